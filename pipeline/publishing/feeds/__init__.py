"""One module a feed format; each turns a language version into text."""
