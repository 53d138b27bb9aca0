"""Units are kept: merged with what comes in, written to gettext catalogs that people review."""
