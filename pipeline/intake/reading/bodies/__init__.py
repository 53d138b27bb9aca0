"""Bodies of postings, in whatever form they come, become sections of blocks in source order."""
