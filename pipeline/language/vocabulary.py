"""Tells which words of a text no spelling dictionary of its language knows.

Engines make words that nobody writes ("auto-inimido") and leave halves of others. The dictionaries are bundled, each
as one minimal automaton in `vocabularies/` (sources and licences in `ATTRIBUTION.md` there), made by
`tests/make/vocabularies.py`; that nothing else is read makes the answer the same on every machine.

>>> unknown_words("um auto-inimido que gosta de desafios", "pt")
('inimido',)
"""

import lzma
import re
import sys
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from unicodedata import normalize

from pipeline.language.knowledge import ANY, knowledge
from pipeline.language.limits import MAX_WORD_CHARS

FOLDER: Final = Path(__file__).with_name("vocabularies")
# An arc: a letter in the low bits, whether a word ends with it, whether it is the last of its node, what follows.
LETTER: Final = 0x7F
FINAL: Final = 0x80
LAST: Final = 0x100
TARGET_SHIFT: Final = 9

# Shorter ones are too often abbreviations.
MIN_CHARS: Final = 5
# No language has a longer one, and to look up all that one may be made of takes long.
MAX_CHARS: Final = 40
# A word with its hyphens, no part of an address or of what an apostrophe cut.
_PART = re.compile(r"(?<![\w'’@.#/&-])[^\W\d_]++(?:-[^\W\d_]++)*+(?![\w'’@#/&-]|\.\w)")
# The first word, where no other capital beside it makes it a name.
_FIRST = re.compile(r"\W*([^\W\d_]+)(?= [^\W\d_A-Z])")


class Vocabulary:
    """The words of one language, without hyphens, in small letters; names with their capital."""

    def __init__(self, packed: bytes) -> None:
        alphabet, _, arcs = packed.partition(b"\n")
        self._codes = {letter: number for number, letter in enumerate(alphabet.decode())}
        self._arcs = array("I", arcs)
        if sys.byteorder == "big":
            self._arcs.byteswap()

    def __contains__(self, word: str) -> bool:
        """Tell whether a word is known."""
        arcs, codes = self._arcs, self._codes
        place, arc = 1, 0
        for letter in word:
            code = codes.get(letter)
            if code is None or not place:
                return False
            while (arc := arcs[place]) & LETTER != code:
                if arc & LAST:
                    return False
                place += 1
            place = arc >> TARGET_SHIFT
        return arc & FINAL != 0


@cache
def has_vocabulary(language: str) -> bool:
    """Tell whether the words of a language are known."""
    return (FOLDER / f"{language}.xz").is_file()


def unknown_words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text that its language does not know, each once and in small letters; none without a list.

    What begins with a capital may be a name and is not asked for, unless it is the first word before a small one or a
    part behind a hyphen. A list is read when its first word is asked for, in 0.05 seconds, and takes 2 MB at most.
    Of 2,210 sentences of Portuguese postings 34 have an unknown word that is not English, half of them names and
    misspellings; of 2,299 that an engine made of English ones 40, of which 37 are right findings.
    """
    if not has_vocabulary(language):
        return ()
    words = _ordinary_words(normalize("NFC", text))
    unknown = [word for word in words if not is_known(word.lower(), language) and not is_listed_name(word, language)]
    return tuple(dict.fromkeys(map(str.lower, unknown)))


@lru_cache(maxsize=65536)
def is_known(word: str, language: str) -> bool:
    """Tell whether a language has a word in small letters, also in an older spelling or as one made of others.

    One without a list has none.

    >>> [is_known(word, "pt") for word in ("microcréditos", "transacção", "inimido")]
    [True, True, False]
    """
    words = _vocabulary(language)
    if word in words or is_loan(word) or len(word) > MAX_WORD_CHARS:
        return len(word) <= MAX_WORD_CHARS
    made = knowledge(language).table("vocabulary")
    if word in made.get("words", ()):
        return True
    if any(word.endswith(ending) and word.removesuffix(ending) in words for ending in made.get("endings", ())):
        return True
    if any(old in word and word.replace(old, new) in words for old, new in made.get("spellings", ())):
        return True
    if any(word.startswith(start) and is_known(word[len(start) :], language) for start in made.get("prefixes", ())):
        return True
    part = made.get("compounds", MAX_CHARS)
    return any(
        (word[:cut] in words or (word[cut - 1] == "s" and word[: cut - 1] in words)) and is_known(word[cut:], language)
        for cut in range(part, len(word) - part + 1)
    )


def is_listed(word: str, language: str) -> bool:
    """Tell whether the dictionary of a language itself has a word, made of others or not."""
    return word in _vocabulary(language)


def is_loan(word: str) -> bool:
    """Tell whether a word in small letters is one that every language has from English: "backend", "dashboards"."""
    return word in _loans() or (word.endswith("s") and word[:-1] in _loans())


def is_listed_name(word: str, language: str) -> bool:
    """Tell whether a language has a word with its capital: a name, or a word that some dictionary also has so."""
    return not word.islower() and is_listed(word, language)


@cache
def _vocabulary(language: str) -> Vocabulary:
    """Return the words of a language, none without a list."""
    path = FOLDER / f"{language}.xz"
    return Vocabulary(lzma.decompress(path.read_bytes()) if path.is_file() else b"")


@cache
def _loans() -> frozenset[str]:
    return frozenset(knowledge(ANY).listed("loans", "words"))


def _ordinary_words(text: str) -> Iterator[str]:
    """Yield words in small letters, parts of compounds, and the first word, of which a capital tells nothing."""
    beginning, first = _FIRST.match(text), _PART.search(text)
    begins = bool(beginning and first and beginning.start(1) == first.start())
    for place, word in enumerate(_PART.findall(text)):
        if "-" not in word and word.islower():
            if MIN_CHARS <= len(word) <= MAX_CHARS:
                yield word
            continue
        parts = word.split("-")
        titled = (place == 0 and begins) or len(parts) > 1
        for part in parts:
            if MIN_CHARS <= len(part) <= MAX_CHARS and (part.islower() or (titled and part.istitle())):
                yield part
