"""A posting comes in: its format is parsed, its sections found, its countries named, its language detected."""
