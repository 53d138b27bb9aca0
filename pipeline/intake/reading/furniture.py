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
from pipeline.intake.reading.gazetteer import fold_name

_LONGEST = 70
_NUMBER = r"\d[\d ]*\+?"
_ANYTHING = r".{1,40}?"


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is furniture of a page."""
    if len(line) > _LONGEST or not _may_begin(line.partition(" ")[0]):
        return False
    folded = fold_name(line)
    return folded in _plain() or _patterns().fullmatch(folded) is not None or _several().fullmatch(folded) is not None


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
