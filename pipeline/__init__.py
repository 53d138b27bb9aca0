"""Polypost: job postings in any language in, one reviewed version per language out."""

__version__ = "0.1.0"
