"""Countries that a translation exchanged for others: engines take one for another as they take any word."""

import re
from collections.abc import Callable
from functools import cache

from babel import Locale

from pipeline.model.locale import parse_locale

_COUNTRY_CODE = re.compile("[A-Z]{2}")
# Codes of CLDR that are no countries: the European Union, the eurozone, pseudo-locales, an unknown region.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


def countries_check(source_language: str, target: Locale) -> Callable[[str, str], str]:
    """Return the check for a country that is gone while another one came, by the names of CLDR.

    A name that is only missing may be inflected or written otherwise, and is left to the reviewer.

    >>> countries_check("en", Locale("pt"))("Residence in India", "Residência em Portugal")
    'India became Portugal'
    """
    source = parse_locale(source_language)

    def exchanged_countries(source_text: str, target_text: str) -> str:
        said = _countries_in(source_text, source)
        if not said:
            return ""
        told = _countries_in(target_text, target)
        lost, come = sorted(said.keys() - told.keys()), sorted(told.keys() - said.keys())
        if not lost or not come:
            return ""
        return f"{', '.join(said[code] for code in lost)} became {', '.join(told[code] for code in come)}"

    return exchanged_countries


def _countries_in(text: str, locale: Locale) -> dict[str, str]:
    pattern, codes = _names(locale)
    return {codes[name]: name for name in pattern.findall(text)}


@cache
def _names(locale: Locale) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds a country's name, the longest first, and the code of each name."""
    codes = {
        name: code
        for code, name in sorted(locale.territories.items())
        if _COUNTRY_CODE.fullmatch(code) and code not in _NO_COUNTRIES
    }
    longest_first = sorted(codes, key=lambda name: (-len(name), name))
    spaced = all(ord(name[0]) < 0x3000 for name in longest_first)  # noqa: PLR2004  where the dense scripts begin
    edge = r"\b" if spaced else ""
    return re.compile(edge + "(?:" + "|".join(map(re.escape, longest_first)) + ")" + edge), codes
