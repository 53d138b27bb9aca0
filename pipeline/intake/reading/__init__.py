"""The text of a posting: bodies into sections, headings into kinds, places into countries."""
