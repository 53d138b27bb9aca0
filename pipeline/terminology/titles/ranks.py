"""The words for a rank or a kind of work in names of occupations, in any language; see `data/esco_rules.toml`.

>>> sorted(ranks("diretor de hotel")), leads("jefes de taller"), leads("Laborant")
(['director'], True, False)
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.terminology.titles.words import fold_word

_COMPOUND = 6
_LEADS = ("director", "lead")


def ranks(name: str) -> frozenset[str]:
    """Return the ranks and kinds of work that the words of a name tell."""
    folded = fold_word(name)
    return frozenset(rank for rank, pattern in _patterns().items() if pattern.search(folded))


def leads(name: str) -> bool:
    """Tell whether a name is one of people who lead others."""
    folded = fold_word(name)
    return any(_patterns()[rank].search(folded) for rank in _LEADS)


def is_guarded(name: str) -> bool:
    """Tell whether the law of countries guards a part of an English name."""
    return any(f" {beginning}" in f" {fold_word(name)}" for beginning in _rules()["regulated"])


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Return what finds each rank: a beginning of a word, or any part of one that a German compound may end with."""
    return {
        rank: re.compile(
            "|".join(part if len(part) >= _COMPOUND else rf"(?<![^\W\d_]){part}" for part in map(fold_word, parts))
        )
        for rank, parts in _rules()["ranks"].items()
    }


@cache
def _rules() -> Mapping[str, Mapping[str, list[str]]]:
    text = (files("pipeline.terminology.titles") / "data" / "esco_rules.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
