"""The order of the steps; the only part that knows every stage."""
