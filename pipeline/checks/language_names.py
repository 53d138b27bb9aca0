"""Many languages write the names of languages with a small letter, and engines leave English's capital."""

import re
from collections.abc import Callable
from functools import cache

from babel import Locale

# By CLDR these write "inglês", "anglais", "engelska".
_WRITE_SMALL = "pt gl es ca fr it ro sv da nb pl cs"
_SMALL = frozenset(_WRITE_SMALL.split())
# Alone within a sentence: neither at its beginning nor a part of a longer name.
_CAPITAL = re.compile(
    r"(?:(?<=[a-z\u00df-\u00ff] )|(?<=[a-z\u00df-\u00ff], ))"
    r"([A-Z\u00c0-\u00de][^\W\d_A-Z]+)(?![\w'’-])(?! [A-Z\u00c0-\u00de])"
)
_WORD = re.compile(r"[^\W\d_]+")
MIN_NAME_CHARS = 4


def language_names_check(source_language: str, language: str) -> Callable[[str, str], str]:
    """Return the check for names of languages with a capital, where the source names the same language.

    >>> language_names_check("en", "pt")("Fluent Swahili and good English", "Suaíli fluente e bom Inglês")
    'Inglês'
    """
    if language not in _SMALL:
        return lambda _source, _target: ""

    def capital_names(source: str, target: str) -> str:
        capitals = _CAPITAL.findall(target)
        if not capitals:
            return ""
        own, theirs = _codes(source_language), _codes(language)
        named = {code for word in _WORD.findall(source.casefold()) for code in own.get(word, ())}
        found = [word for word in capitals if named & {*own.get(low := word.casefold(), ()), *theirs.get(low, ())}]
        return ", ".join(found)

    return capital_names


@cache
def _codes(language: str) -> dict[str, frozenset[str]]:
    """Return the codes of the languages that one word of a language names, without variants in brackets."""
    found: dict[str, set[str]] = {}
    for code, name in Locale.parse(language).languages.items():
        if name.isalpha() and len(name) >= MIN_NAME_CHARS:
            found.setdefault(name.casefold(), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
