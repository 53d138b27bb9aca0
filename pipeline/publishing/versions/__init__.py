"""What a language version holds: which postings, how they read there, and since when."""
