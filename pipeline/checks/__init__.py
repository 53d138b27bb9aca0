"""Findings about a unit: pure functions with stable ids, gathered in `registry`."""
