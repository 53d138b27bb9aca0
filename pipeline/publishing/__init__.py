"""A posting goes out: chosen by policy, in each language that it exists in, as feeds and pages."""
