"""Finds the currency that stands before or behind a number: as a sign, as a code, or as both.

A bare `$` is that of several currencies; the code beside it says which one it is.

>>> from pipeline.language.lexicon import lexicon
>>> from pipeline.language.words import words_of
>>> text = "CAD $99,000"
>>> currency_before(text, words_of(text), 1, lexicon("en"))
Currency(name='CAD', start=0)
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.language.lexicon import Lexicon
from pipeline.language.words import Word

# How far from a number its sign may stand, and how long the longest sign is.
_REACH = 2
_LENGTHS: Final = (4, 3, 2, 1)
_CODE_BEFORE = re.compile(r"(?<![^\W_])([A-Z]{3}|US|CA|AU|NZ)[ \u00a0\u202f]?\Z")
_CODE_BEHIND = re.compile(r"[ \u00a0\u202f]?([A-Z]{3})(?![^\W\d_])")
_LONGEST = 5
# $5M, $5MM, $2B
_LETTER = re.compile(r"\s?(mm?|b)(?![^\W_])", re.IGNORECASE)
_LETTERS: Final = {"m": 1_000_000, "mm": 1_000_000, "b": 1_000_000_000}
# Two letters of a country before a sign that several currencies have: US $120,000.
_COUNTRIES: Final = {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD"}


class Currency(NamedTuple):
    """A currency, or the word for several, and where it begins."""

    name: str
    start: int


def currency_before(text: str, words: Sequence[Word], place: int, known: Lexicon) -> Currency | None:
    """Return the currency that stands before the number at a place among the words."""
    start = words[place].start
    gap = start
    while gap and start - gap < _REACH and text[gap - 1].isspace():
        gap -= 1
    for length in _LENGTHS if text[gap - 1 : gap] in known.sign_ends else ():
        sign = text[max(0, gap - length) : gap]
        if (
            len(sign) == length
            and sign in known.signs
            and not (sign[0].isalpha() and gap > length and text[gap - length - 1].isalpha())
        ):
            return _with_code(text, Currency(known.signs[sign], gap - length), known)
    if place and words[place - 1].end == gap:
        previous = words[place - 1]
        code = text[previous.start : previous.end]
        if code in known.codes:
            return Currency(code, previous.start)
    return None


def _with_code(text: str, found: Currency, known: Lexicon) -> Currency:
    """Let the code before a sign say which currency it is."""
    before = _CODE_BEFORE.search(text, max(0, found.start - _LONGEST), found.start)
    if before is None:
        return found
    code = _COUNTRIES.get(before[1], before[1])
    same = code == found.name or code in known.several.get(found.name, ())
    return Currency(code, before.start()) if same else found


def letter_behind(text: str, end: int) -> tuple[int, int]:
    """Return what a letter behind an amount multiplies it by, and where it ends.

    >>> letter_behind("$2B", 2), letter_behind("$2 bonus", 2)
    ((1000000000, 3), (1, 2))
    """
    match = _LETTER.match(text, end)
    return (_LETTERS[match[1].lower()], match.end()) if match else (1, end)


def code_behind(text: str, end: int, name: str, known: Lexicon) -> tuple[str, int]:
    """Return the currency of an amount that ends somewhere, with the code behind it, and where that ends.

    >>> from pipeline.language.lexicon import lexicon
    >>> code_behind("$120,000 USD", 8, "dollar", lexicon("en"))
    ('USD', 12)
    """
    behind = _CODE_BEHIND.match(text, end)
    if behind is not None and (behind[1] == name or behind[1] in known.several.get(name, ())):
        return behind[1], behind.end()
    return name, end


def surer(one: str, other: str, known: Lexicon) -> str:
    """Return the currency of a range: the one that is no word for several."""
    return one if other in known.several and one in known.several[other] else other or one
