"""What we know of languages, for every stage above: data files, CLDR, and readings of what a text states."""
