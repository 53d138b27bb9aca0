"""How long a text may be: bounds that no real posting comes near, so that no text can make a run take for ever.

The longest segment of 296 real postings has 5,757 characters (a whole description without a line end), the longest word
178 (an address), the longest record 7,302.
"""

from typing import Final

from pipeline.language.scripts import UNSPACED, letters_of
from pipeline.model.patterns import lazy_pattern

# A record above it is refused before it is read: a posting is some thousand characters long.
MAX_RECORD_BYTES: Final = 2_000_000
# No engine is asked for a longer segment and no check compares one: it is left to a person, and the unit says so.
# Twice the longest real one; what is shorter is asked in its sentences and clauses.
MAX_SEGMENT_CHARS: Final = 12_000
# A longer word is no word of a language: no engine is asked for it, it stays as it stands.
MAX_WORD_CHARS: Final = 200
# What a unit says whose source or target is longer than a segment may be.
TOO_LONG: Final = "too_long"

# The scripts that write without spaces have no word that would be too long; nor do the signs between their words.
_WORD_CHAR = rf"[^\s\u3000-\u303f\uff00-\uff0f{letters_of(*UNSPACED)}]"
_LONG_WORD = lazy_pattern(rf"(?<!{_WORD_CHAR}){_WORD_CHAR}{{{MAX_WORD_CHARS + 1},}}+")


def is_too_long(text: str) -> bool:
    """Tell whether a text is longer than a segment may be that is translated or checked."""
    return len(text) > MAX_SEGMENT_CHARS


def long_words(text: str) -> list[tuple[int, int]]:
    """Return where the words stand that are longer than any word of a language.

    >>> long_words("see " + 201 * "a" + " there")
    [(4, 205)]
    """
    return [match.span() for match in _LONG_WORD.finditer(text)] if len(text) > MAX_WORD_CHARS else []
