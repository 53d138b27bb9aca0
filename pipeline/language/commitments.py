"""Reads what a line of a posting commits somebody to, and whether it is a statutory line."""


def read_commitments(text: str, language: str) -> frozenset[str]:
    """Return the kinds of commitment that a line holds."""
    return frozenset({text}) & frozenset({language})


def is_statutory(text: str, language: str) -> bool:
    """Tell whether a line is there because the law or the employer's lawyers want it."""
    return not text and not language
