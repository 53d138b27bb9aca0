"""Does the target loop? Engines repeat words and phrases (argos-translate #197, #428, #444)."""

from unicodedata import category

MAX_PHRASE_WORDS = 4
# A word three times in a row, or a phrase of two to four words twice in a row, is no language's habit.
_RUNS = {1: 3, 2: 2, 3: 2, 4: 2}


def looping_phrase(source: str, target: str) -> str:
    """Return the words that the target repeats in a row and the source does not, or "" without a loop.

    >>> looping_phrase("a varied workplace", "um local de trabalho de trabalho")
    'de trabalho'
    """
    loops = _loops(target)
    return "" if not loops or _loops(source) else loops[0]


def _loops(text: str) -> list[str]:
    words = _words(text)
    return [
        " ".join(words[start : start + length])
        for length in range(1, MAX_PHRASE_WORDS + 1)
        for start in range(len(words) - length * _RUNS[length] + 1)
        if words[start : start + length] * _RUNS[length] == words[start : start + length * _RUNS[length]]
    ]


def _words(text: str) -> list[str]:
    r"""Return the words of a text; `\w` would cut Hindi and Thai ones at their vowel signs."""
    return "".join(char if char.isalnum() or category(char)[0] == "M" else " " for char in text.casefold()).split()
