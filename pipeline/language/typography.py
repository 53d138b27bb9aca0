r"""How a locale sets its signs: quotation marks, the space before a colon, the cities that it names in its own way.

>>> quotes_of(Locale("de")), quotes_of(Locale("pt", "PT")).opening
(Quotes(opening='„', closing='“', inner_opening='‚', inner_closing='‘'), '«')
>>> space_before(":", Locale("fr")), space_before(":", Locale("de"))
('\xa0', '')
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from pipeline.language.knowledge import knowledge

_FILE = files("pipeline.language") / "quotes.toml"


class Quotes(NamedTuple):
    """The marks around a quotation, and around one within it."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


@cache
def quotes_of(locale: Locale) -> Quotes:
    """Return the quotation marks of a locale by CLDR, those of English where it names none."""
    known = _quotes()
    script, territory = locale.script, locale.territory
    tails = ((script, territory), (script,), (territory,), ())
    names = ("_".join(filter(None, (locale.language, *tail))) for tail in tails)
    return next((known[name] for name in names if name in known), known["en"])


def space_before(mark: str, locale: Locale) -> str:
    """Return what space a locale puts between a word and a mark behind it, "" for none."""
    return str(_typography(locale).get("before", {}).get(mark, ""))


def space_within_quotes(locale: Locale) -> str:
    """Return what space a locale puts between quotation marks and what they are around, "" for none."""
    return str(_typography(locale).get("within_quotes", ""))


def is_elided(before: str, language: str) -> bool:
    """Tell whether what stands before a name changes with the first letter of that: d'Amazon, de Google; an Amazon.

    >>> is_elided("l'équipe d'", "fr"), is_elided("a job at an ", "en"), is_elided("a job at ", "en")
    (True, True, False)
    """
    words = before.casefold().split()
    small = knowledge(language).table("typography").get("elided", ())
    return bool(small) and (before.endswith(("'", "\u2019")) or bool(words and words[-1] in small))


@cache
def cities(locale: Locale) -> Mapping[str, str]:
    """Return how a locale calls the cities that CLDR names a time zone by, by the name of the zone.

    >>> cities(Locale("de"))["Europe/Lisbon"], cities(Locale("en"))["Europe/Lisbon"]
    ('Lissabon', 'Lisbon')
    >>> cities(Locale("de"))["Europe/Kyiv"]
    'Kiew'
    """
    return {
        zone: str(names.get("city", zone.rpartition("/")[2].replace("_", " ")))
        for zone, names in _zones(locale)
        if "/" in zone and not zone.startswith("Etc/")
    }


def _zones(locale: Locale) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield every zone with CLDR's names of it; English names few, since most are called as they are named.

    CLDR goes on to name a zone by what it was called first: `Europe/Kiev`.
    """
    known = locale.time_zones
    first = {new: old for old, new in get_global("zone_aliases").items() if old in known}
    return ((zone, known.get(zone, known.get(first.get(zone), {}))) for zone in get_global("zone_territories"))


def _typography(locale: Locale) -> Mapping[str, Mapping[str, str]]:
    table = knowledge(locale.language).table("typography")
    return {**table, **table.get(locale.territory or "", {})}


@cache
def _quotes() -> Mapping[str, Quotes]:
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {name: Quotes(*signs) for signs, names in found.items() for name in names.split()}
