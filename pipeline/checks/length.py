"""Is the target plausibly long? Engines lose the tail of long text and loop (LESSONS)."""

from pipeline.model.markup import strip_markup
from pipeline.model.text import count_chars

# Between the languages here clean pairs lie between 0.6 and 1.8; short text varies more, hence the allowance.
MIN_RATIO = 0.45
MAX_RATIO = 2.2
ALLOWANCE_CHARS = 12


def implausible_length(source: str, target: str) -> str:
    """Say what is wrong with the length of `target`, or "" if it is plausible.

    >>> implausible_length("Registered nurse", "Enfermeiro registado")
    ''
    """
    before, after = weighted_length(source), weighted_length(target)
    if after < before * MIN_RATIO - ALLOWANCE_CHARS or (not after and before):
        return f"{after} characters for {before}: something was lost"
    if after > before * MAX_RATIO + ALLOWANCE_CHARS:
        return f"{after} characters for {before}: something was added"
    return ""


def weighted_length(text: str) -> int:
    """Count the characters of a text without its tags, those of dense scripts threefold."""
    return count_chars(strip_markup(text).strip())
