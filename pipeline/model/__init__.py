"""The nouns that every stage shares."""
