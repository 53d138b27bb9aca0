"""Reads how a text speaks to its reader: formally, as with "Sie", "vous", "usted", or informally, "du", "tu", "tú".

The words stand in the table `address` of a language; a language without one is not read, nor is Portuguese outside of
the territories that its table names: "você" is formal beside "tu" in Portugal only. Words that may mean other people
too, as "su" and "le", are in no list; German tells "Sie" from "sie" by the capital, which says nothing where a sentence
begins.

Of 97 real postings, read by eye, 58 speak to the reader: 33 formally, 24 informally, one in both ways. 57 are read
right, so are the others but for one, a motto that has "votre domicile" in it; of 20 German ones none is missed.

>>> read_address("Wir freuen uns, wenn Sie Ihre Stärken zeigen.", "de")
Address(formal=('Sie', 'Ihre'), informal=())
>>> read_address("Sie passt zu dir und deinem Team.", "de").informal
('dir', 'deinem')
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from pipeline.language.knowledge import knowledge
from pipeline.language.words import words_of

FORMAL: Final = "formal"
INFORMAL: Final = "informal"
ADDRESSES: Final = (FORMAL, INFORMAL)
# The lists of words that tell of a reader without a kind, as "you", and of phrases that speak to nobody, "per Du".
_READER, _NOBODY = "reader", "nobody"
_ANY = "*"  # before the ending of a verb that has no other meaning: "acompañarás"
# A word that stands after another one: what begins a sentence has its capital from there.
_INSIDE = r"(?:(?<=\w\s)|(?<=\w,\s))"
# The letters of the first word of a phrase, or of the ending of a verb; a mark behind a letter is part of its word, and
# hides the phrase in a list of words that the pattern finds.
_FIRST = re.compile(r"\*?([^\W\d_]+)")
_MARK = re.compile("[\u0300-\u036f]")
# No letter of a longer word or of an abbreviation, and no unit: "40 u".
_BEFORE, _BEHIND = r"(?<![\w.])(?<!\d\s)", r"(?!\w)"


class Address(NamedTuple):
    """The words of a text by which it speaks to its reader, of each kind in their order, each once."""

    formal: tuple[str, ...] = ()
    informal: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The one kind that stands in the text, "" if none or both do."""
        if bool(self.formal) == bool(self.informal):
            return ""
        return FORMAL if self.formal else INFORMAL

    def words(self, kind: str) -> tuple[str, ...]:
        """Return the words of a kind."""
        return self.formal if kind == FORMAL else self.informal


def read_address(text: str, language: str, territory: str | None = None, source: str = "", of: str = "") -> Address:
    """Return how a text speaks to its reader.

    Where nothing else tells and its `source`, in the language `of`, speaks to the reader, a capital counts where a
    sentence begins too: "Sie verfügen" for "You have", not for "They have".
    """
    territories = knowledge(language).listed("address", "territories")
    if territories and territory not in territories:
        return Address()
    found = _read(text, language, starts=False)
    if found == Address() and _speaks_to_reader(source, of):
        return _read(text, language, starts=True)
    return found


def _speaks_to_reader(text: str, language: str) -> bool:
    return any(kind != _NOBODY for kind, _ in _found(text, language, starts=False))


def _read(text: str, language: str, *, starts: bool) -> Address:
    found = tuple(_found(text, language, starts=starts))
    formal, informal = (dict.fromkeys(word for each, word in found if each == kind) for kind in (FORMAL, INFORMAL))
    return Address(tuple(formal), tuple(informal))


def _found(text: str, language: str, *, starts: bool) -> Iterator[tuple[str, str]]:
    """Yield each word or phrase of a language's lists in a text, with the name of its list before it."""
    kinds = _kinds(language)
    for match in _pattern(language, starts=starts).finditer(text) if kinds and _may_stand_in(text, language) else ():
        word = " ".join(match[0].replace("’", "'").split())
        yield kinds.get(word) or kinds.get(word.lower()) or _kind_by_ending(word, kinds), match[0]


def _may_stand_in(text: str, language: str) -> bool:
    """Tell by the words of a text whether a phrase may stand in it: a quick look before the search."""
    words, (firsts, endings) = words_of(text), _telling(language)
    if not firsts.isdisjoint(words.texts) or _MARK.search(text):
        return True
    return bool(endings) and any(word.endswith(endings) for word in words.texts)


@cache
def _telling(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the first words of phrases and the endings of verbs, in small letters."""
    first = {phrase: found[1].lower() for phrase in _kinds(language) if (found := _FIRST.match(phrase))}
    endings = tuple(word for phrase, word in first.items() if phrase[0] == _ANY)
    return frozenset(word for phrase, word in first.items() if phrase[0] != _ANY), endings


def _kind_by_ending(word: str, kinds: Mapping[str, str]) -> str:
    return next(kind for entry, kind in kinds.items() if entry[0] == _ANY and word.endswith(entry[1:]))


@cache
def _kinds(language: str) -> Mapping[str, str]:
    known = knowledge(language)
    return {word: kind for kind in (_READER, FORMAL, INFORMAL, _NOBODY) for word in known.listed("address", kind)}


@cache
def _pattern(language: str, *, starts: bool) -> re.Pattern[str]:
    """Return what finds the words of a language, longer phrases first; with `starts` a capital counts anywhere."""
    phrases = sorted(_kinds(language), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(f"{_BEFORE}(?:{'|'.join(_phrase(phrase, starts=starts) for phrase in phrases)})")


def _phrase(phrase: str, *, starts: bool) -> str:
    """Return the pattern of a phrase: in small letters also with capitals, else as it is and inside a sentence.

    What is all in capitals is an acronym (TI, TU) unless it is listed so.
    """
    if phrase != phrase.lower():
        inside = "" if starts or phrase.isupper() else _INSIDE
        return f"{inside}{re.escape(phrase)}{_BEHIND}"
    if phrase[0] == _ANY:
        return rf"\w+{phrase[1:]}{_BEHIND}"
    letters = (f"[{char}{char.upper()}]" if first else re.escape(char) for first, char in _letters(phrase))
    return "".join(letters).replace("\\ ", r"\s+").replace("'", "['’]") + ("" if phrase.endswith("'") else _BEHIND)


def _letters(phrase: str) -> Iterator[tuple[bool, str]]:
    """Yield each character, with whether it begins a word."""
    yield from zip(map(str.isspace, f" {phrase}"), phrase, strict=False)
