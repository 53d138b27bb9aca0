"""One module a format; each turns text into posting records."""
