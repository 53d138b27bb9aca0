"""Knows the lines that web pages put around a posting: "Apply now", "87 applicants", "Save Share".

Whole lines only, as the data file of each language lists them, alone or several in a line; never words inside a
sentence.

>>> is_furniture("Apply now | 87 applicants"), is_furniture("Show more"), is_furniture("Apply now and bake with us")
(True, True, False)
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.intake.reading.aliases import words
from pipeline.intake.reading.gazetteer import fold_name, language_code

_LONGEST = 70
_LONGEST_ANNOUNCEMENT, _MOST_WORDS = 45, 6
_LONG_ENOUGH_TO_INFLECT = 6
_NUMBER = r"\d[\d ]*\+?"
_ANYTHING = r".{1,40}?"


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is furniture of a page."""
    if len(line) > _LONGEST or not _may_begin(line.partition(" ")[0]):
        return False
    folded = fold_name(line)
    return folded in _plain() or _patterns().fullmatch(folded) is not None or _several().fullmatch(folded) is not None


def announces_advert(line: str) -> bool:
    """Tell a whole line that says only that a job is offered, and not which: it is never a title.

    >>> announces_advert("*** WE'RE HIRING!!! ***"), announces_advert("We're hiring bakers")
    (True, False)
    """
    return len(line) <= _LONGEST and fold_name(line) in words().adverts


@lru_cache(maxsize=4096)
def announced_language(line: str) -> str:
    """Return the language whose version of a posting a whole line announces, "" for any other line.

    >>> announced_language("---- English version below ----"), announced_language("Version française")
    ('en', 'fr')
    >>> announced_language("Deutsch:"), announced_language("Fluent English")
    ('de', '')
    """
    if len(line) > _LONGEST_ANNOUNCEMENT or line.count(" ") > _MOST_WORDS:
        return ""
    names = [word for word in fold_name(line).split() if word not in words().versions]
    return _language_of(names[0]) if len(names) == 1 else ""


@lru_cache(maxsize=4096)
def _language_of(word: str) -> str:
    """Return the language that a word names, also inflected: "englische", "française"."""
    stems = (word, word[:-1], word[:-2]) if len(word) >= _LONG_ENOUGH_TO_INFLECT else (word,)
    return next(filter(None, map(language_code, stems)), "")


def may_hold_furniture(lines: Iterable[str]) -> bool:
    """Tell by length and first word whether any of these clean lines may be furniture: few sections have such."""
    return any(map(_may_begin, [line.partition(" ")[0] for line in lines if len(line) <= _LONGEST]))


@lru_cache(maxsize=16384)
def _may_begin(word: str) -> bool:
    """Tell whether furniture may begin with a word: asked for every short line, so that it has to be quick."""
    return word[:1].isdigit() or _first_word(word) in _beginnings()


def _first_word(word: str) -> str:
    return fold_name(word).split(" ", 1)[0]


@cache
def _plain() -> frozenset[str]:
    return frozenset(fold_name(line) for line in words().furniture if not {"#", "*"} & set(line))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(_first_word(line.split()[0]) for line in words().furniture if line[0] != "#")


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile("|".join(_pattern(line) for line in words().furniture if {"#", "*"} & set(line)))


@cache
def _several() -> re.Pattern[str]:
    """Return what finds lines of buttons and counts that stood beside each other."""
    lines = sorted((line for line in words().furniture if "*" not in line), key=len, reverse=True)
    one = "|".join(map(_pattern, lines))
    return re.compile(rf"(?:(?:{one})(?:$|[ |·•,]+(?=\w)))+")


def _pattern(line: str) -> str:
    pieces = ({"#": _NUMBER, "*": _ANYTHING}.get(piece) or re.escape(fold_name(piece)) for piece in line.split())
    return " ".join(pieces)
