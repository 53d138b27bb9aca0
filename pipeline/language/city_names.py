"""What readers call a city whose name is written in letters that they may not read.

A posting from Osaka says 大阪, and one from Amman عمّان. A reader of Portuguese is told "Osaka" and "Amã": the name that
GeoNames has in Latin letters, or the one that CLDR has for the reader's language. A name in letters that the reader's
language writes stays as the employer wrote it ("Lisboa", not "Lisbon"), and so do Latin letters everywhere.

The table `city_names.tsv.xz` is made by `tests/make/city_names.py`: GeoNames (https://www.geonames.org/, CC BY 4.0),
reduced to 8,000 cities and their 17,000 names in the scripts of their own countries. Of the 117 names in such scripts
that CLDR has for cities it knows 103, and takes none for another city's.
"""

import lzma
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from pipeline.language.scripts import foreign_words
from pipeline.language.typography import cities
from pipeline.model.locale import script_of

_TABLE = "city_names.tsv.xz"
# Short vowels of Arabic, points of Hebrew: some write them.
_POINTS = re.compile("[\u0591-\u05c7\u064b-\u0655]")
_ENGLISH = Locale("en")


class _City(NamedTuple):
    country: str
    name: str


@lru_cache(maxsize=4096)
def city_name(locale: Locale, name: str, country: str) -> str:
    """Return what readers of a locale call a city of a country (ISO 3166), as it is written where nobody knows.

    >>> city_name(Locale("en"), "大阪", "JP"), city_name(Locale("fr"), "القاهرة", "EG")
    ('Osaka', 'Le Caire')
    """
    if not foreign_words(script_of(locale)).search(name):
        return name
    latin = _latin_names().get(_City(country, bare_name(name)))
    if latin is None:
        return name
    zone = _zones().get(_City(country, latin))
    return cities(locale)[zone] if zone else latin


def bare_name(name: str) -> str:
    """Return a name as it is compared: small, without what some write above and below the letters of Arabic and Hebrew.

    >>> bare_name("عمّان"), bare_name("МОСКВА")
    ('عمان', 'москва')
    """
    return unicodedata.normalize("NFC", _POINTS.sub("", name)).casefold().strip()


@cache
def _latin_names() -> Mapping[_City, str]:
    """Return the Latin names of cities by their names in other letters."""
    lines = lzma.decompress((files("pipeline.language") / _TABLE).read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines)
    return {_City(country, name): latin for country, latin, *names in rows for name in names}


@cache
def _zones() -> Mapping[_City, str]:
    """Return the time zones that have the name of a city, by that in English."""
    territories = get_global("zone_territories")
    return {_City(territories[zone], name): zone for zone, name in cities(_ENGLISH).items()}
