"""Words that are written with a capital as names are, and that every language has its own for."""

import re
from functools import cache

from babel import Locale

_WORD = re.compile(r"[^\W\d_]+")
# Beside those of CLDR, in English.
_OTHERS = frozenset({"I", "Internet", "Bachelor", "Master", "Christmas", "Easter"})


@cache
def known_names(language: str) -> frozenset[str]:
    """Return a language's names of languages, scripts, countries, months and days, by CLDR."""
    locale = Locale.parse(language)
    tables = [locale.languages, locale.territories, locale.scripts]
    tables += [each["format"][width] for each in (locale.months, locale.days) for width in ("wide", "abbreviated")]
    return frozenset(name for table in tables for name in table.values())


@cache
def known_words(language: str) -> frozenset[str]:
    """Return the words of these names, as they are written and with a capital."""
    words = {word for name in known_names(language) for word in _WORD.findall(name)}
    return frozenset(words | {word[0].upper() + word[1:] for word in words}) | _OTHERS
