"""The stems of a title's words, in which its genders, plurals and cases are alike; without "of", "and" and the like.

>>> stems_of("OPERADORAS DE GRÚAS", "es") == stems_of("operador de grúa", "es")
True
"""

import re
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from babel import Locale

from pipeline.terminology.titles.words import Kind, fold_word, words

_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?:in|a|e|o|s)\Z")
# A shorter stem has no ending of a gender or a plural left.
_SHORT = 4


def stems_of(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, in its order, without "of", "and" and the like."""
    small = words(language).small(Kind.LINK, Kind.JOINING)
    return tuple(_stem(word, language) for word in _WORD.findall(fold_word(text)) if word not in small)


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer_of(language)
    stem = str(stemmer.stemWord(word)) if stemmer else word
    return _ENDING.sub("", stem) if stemmer and len(stem) > _SHORT else stem


@cache
def _stemmer_of(language: str) -> Any:
    """Return Snowball's stemmer of a language, which bears its English name; None without one.

    Both written forms of Norwegian begin with "Norwegian" in CLDR.
    """
    name = str(Locale("en").languages.get(language, "")).partition(" ")[0]
    if find_spec(f"snowballstemmer.{name.lower()}_stemmer") is None:
        return None
    # The class itself: what the package offers at its top changes with another library that may be installed.
    return getattr(import_module(f"snowballstemmer.{name.lower()}_stemmer"), f"{name}Stemmer")()
