"""Cuts texts into the words that a search compares, in the same way as `static/words.js` does in the browser.

A word is compared without case and accents. Signs that make another word of it stay on it, so that "C++", "C#" and
".NET" are neither "C" nor "net"; a number is its digits, however they are grouped; scripts without spaces are cut into
pairs of letters.

>>> words_of("C++ & C# on .NET: 58.000 € in São Paulo")
['c++', 'c#', 'on', '.net', '58000', 'in', 'sao', 'paulo']
>>> words_of("夜勤あり")
['夜勤', '勤あ', 'あり']
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model.patterns import lazy_pattern

# Accents, points of Hebrew, short vowels of Arabic and its stretched line; vowel signs of other scripts are letters.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0655]")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ß": "ss", "ς": "σ"}
    | {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966) for digit in range(10)}
)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W{_UNSPACED}]|[\u0900-\u0963\u0966-\u0dff]"
_WORD = lazy_pattern(
    rf"(?P<unspaced>[{_UNSPACED}]+)"
    r"|(?P<number>(?<![\d.,])\d{1,3}(?:,\d\d)*(?:[.,'’٬ ]\d{3})+(?!\d))(?:[.,]\d{1,2}(?!\d))?"
    rf"|(?P<word>(?:(?<![\w.)\]])\.(?=[^\W\d_]))?(?:{_LETTER})+(?:[.&](?:{_LETTER})+)*"
    r"(?:(?<=[^\W\d_])(?:\+\+|[+#](?!\w)))?)"
)
_REST = re.compile(r"\d{3}(?!\d)")
_GROUPING = re.compile(r"\D")
_LONGEST = 40
_LONGEST_KNOWN = 24
_MOST_KNOWN = 1 << 15
_SHORTEST_PART = 3


def fold(text: str) -> str:
    """Return a text in small letters without accents, its digits in ASCII.

    >>> fold("Île ÅNGSTRÖM ١٢")
    'ile angstrom 12'
    """
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
    return bare.lower().translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order; one that is joined by dots or "&" is followed by its parts.

    >>> words_of("ASP.NET, R&D and Node.js")
    ['asp.net', 'asp', '.net', 'r&d', 'and', 'node.js', 'node', '.js']
    """
    return _cut(fold(text))


def distinct_words(texts: Sequence[str]) -> set[str]:
    """Return the words of texts, each once.

    What stands between two spaces mostly stands in other postings too, so its words are remembered. Only a number can
    go on behind a space, so texts with what may be the rest of one are cut by themselves.

    >>> sorted(distinct_words(["A room for 1 000", "A room, rooms"]))
    ['1000', 'a', 'for', 'room', 'rooms']
    """
    parts = _parts_of(texts)
    rests = [part for part in parts if _PARTS[part].begins_with_rest]
    apart = {text for text in texts if any(rest in text for rest in rests) and _goes_on(text)} if rests else set()
    if apart:
        parts = _parts_of(text for text in texts if text not in apart)
    return set[str]().union(*[_PARTS[part].words for part in parts], *map(words_of, apart))


def _parts_of(texts: Iterable[str]) -> set[str]:
    return set("\n".join(texts).split())


def _goes_on(text: str) -> bool:
    """Tell whether a number may go on behind a space of a text."""
    parts = [_PARTS[part] for part in text.split()]
    return any(one.ends_with_digit and other.begins_with_rest for one, other in pairwise(parts))


class _Part(NamedTuple):
    """The words of what stands between two spaces; it may begin with the rest of a number, or end with its start."""

    words: tuple[str, ...]
    begins_with_rest: bool
    ends_with_digit: bool


class _Parts(dict[str, _Part]):
    """Remembers the words of what is short; what is long has many of them and seldom comes again."""

    def __missing__(self, part: str) -> _Part:
        folded = fold(part)
        found = _Part(tuple(_cut(folded)), _REST.match(folded) is not None, folded[-1:].isdecimal())
        if len(part) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[part] = found
        return found


_PARTS = _Parts()


def _cut(folded: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(folded):
        kind, word = str(match.lastgroup), match[0]
        if kind == "unspaced":
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif kind == "number":
            found.append(_GROUPING.sub("", match["number"]))
        else:
            found.append(word[:_LONGEST])
            found += _parts(word)
    return found


def _parts(word: str) -> list[str]:
    """Return the parts of a word that is joined by dots, all but the first with their dot, and the long ones at "&"."""
    first, *others = word[1:].split(".")
    if others:
        return [word[0] + first, *(f".{other}"[:_LONGEST] for other in others)]
    return [part for part in word.split("&") if len(part) >= _SHORTEST_PART] if "&" in word else []
