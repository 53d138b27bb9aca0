"""Titles of postings: read into their parts, found in ESCO, and said in another language."""
