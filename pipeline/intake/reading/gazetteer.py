"""Names of countries, areas, regions, cities and languages, looked up offline.

The table `data/names.tsv.xz` is made by `tests/make/names_of_places.py` from GeoNames, CLDR and ISO 3166; its sources
and licences stand in `data/ATTRIBUTION.md`. It is unpacked at the first look-up and searched where it lies, sorted by
folded name, so that nothing is parsed before it is asked for.

>>> [(name.kind.value, name.country, name.code) for name in look_up("Île-de-France")]
[('region', 'FR', 'IDF')]
>>> [(name.kind.value, name.code) for name in look_up("Lateinamerika")]
[('area', 'LATAM')]
"""

import lzma
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_APOSTROPHES = re.compile("[.'’ʼ`´‘]")
_PARTS = re.compile(r"[\W_]+")
# Codes of two or three letters stand in the table behind this sign, names without it.
CODE = "#"
_REGION_CODE = re.compile("[A-Z]{2}")
# Where addresses name a region by its code: "Austin, TX", "São Paulo, SP".
_CODED = frozenset({"AU", "BR", "CA", "US"})
LANGUAGE = "~"
# Under this key stand the entries of cities that are as large as another of their country, to the thousand.
SHARED = "*"

# Lines that name a city of 100,000 inhabitants or more, which has three digits or more: "munich\t*DE1505".
_NAMES_OF_LARGE_CITIES = re.compile(
    rf"^([^{CODE}{LANGUAGE}{SHARED}\t\n][^\t\n]*)\t([^\n]*\*..\d{{3}}[^\n]*)$", re.MULTILINE
)
_DIGITS = slice(3, 6)


class NameKind(Enum):
    """What a name is the name of; the value is the mark of its entries."""

    COUNTRY = "country"
    AREA = "area"
    REGION = "region"
    CITY = "city"


# From this many thousand inhabitants a city is meant wherever its name stands alone.
_LARGE_CITY = 100
# Where people say in which region a job is. Those of others have the names of other things: Java, Union, Central.
_WITH_REGIONS = frozenset({"AU", "BR", "CA", "DE", "ES", "FR", "GB", "IT", "US"})
_MARKS = {"=": NameKind.COUNTRY, "@": NameKind.AREA, "+": NameKind.REGION, "*": NameKind.CITY}


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that a name means: `code` is that of the area or region, of a city its region's where it is known.

    `thousands` is how many thousands live there; of a region its even share of the country's.
    """

    kind: NameKind
    country: str
    code: str = ""
    thousands: int = 0


def fold_name(name: str) -> str:
    """Return the form in which names are compared: small letters without accents, dots and hyphens.

    >>> fold_name("São Paulo"), fold_name("St. Louis"), fold_name("Îles-Åland"), fold_name("U.K.")
    ('sao paulo', 'st louis', 'iles aland', 'uk')
    """
    plain = name.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))).translate(_LETTERS)
    return _PARTS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


@lru_cache(maxsize=8192)
def look_up(name: str) -> tuple[Name, ...]:
    """Return what a name may mean, the largest city first; nothing for a name that is not known."""
    return _names(fold_name(name))


def look_up_code(code: str) -> tuple[Name, ...]:
    """Return the countries and regions that have a code: `FR`, `FRA`, and `TX` of `US-TX`; in capitals or small.

    >>> [(name.kind.value, name.country, name.code) for name in look_up_code("TX")]
    [('region', 'US', 'TX')]
    """
    return _names(CODE + code.casefold())


def place_code(name: str) -> str | None:
    """Return the code of the country that a name stands for, "" for a large region or city, None for no place.

    A small one has the name of too many other things: Reading, Union, Nord.

    >>> place_code("Germany"), place_code("New York"), place_code("TX"), place_code("Sales"), place_code("Nurse")
    ('DE', '', '', None, None)
    """
    readings = look_up(name)
    if not readings and _REGION_CODE.fullmatch(name):
        return "" if any(reading.country in _CODED and reading.code for reading in look_up_code(name)) else None
    country = next((reading.country for reading in readings if reading.kind is NameKind.COUNTRY), None)
    known = any(
        reading.kind is NameKind.AREA
        or (reading.kind is NameKind.CITY and reading.thousands >= _LARGE_CITY)
        or (reading.kind is NameKind.REGION and reading.country in _WITH_REGIONS)
        for reading in readings
    )
    return country or ("" if known else None)


def language_code(name: str) -> str:
    """Return the code of the language that a name in any of CLDR's languages stands for, "" if none does.

    >>> language_code("português"), language_code("German"), language_code("Elvish")
    ('pt', 'de', '')
    """
    return _line(LANGUAGE + fold_name(name))


def other_names(city: str, country: str) -> tuple[str, ...]:
    """Return what a large city is called in any language, folded and sorted; `country` is "" where it is not known.

    Nothing for one that is as large as another of its country: of 4,829 sizes from 100,000 inhabitants on 821 are those
    of several cities, whose names the table does not tell apart.

    >>> {"munich", "monaco di baviera"} <= {*other_names("München", "DE")}, other_names("Atlantis", "")
    (True, ())
    """
    readings = (entry for entry in _line(fold_name(city)).split() if entry.startswith(f"*{country}"))
    return _names_by_city().get(next(readings, ""), ())


@cache
def _names_by_city() -> dict[str, tuple[str, ...]]:
    shared = set(_line(SHARED).split())
    found: dict[str, list[str]] = {}
    for name, entries in _NAMES_OF_LARGE_CITIES.findall(_table().decode()):
        for entry in entries.split():
            if entry[0] == "*" and entry[_DIGITS].isdigit() and entry not in shared:
                found.setdefault(entry, []).append(name)
    return {entry: tuple(names) for entry, names in found.items()}


def _names(key: str) -> tuple[Name, ...]:
    return tuple(map(_read, _line(key).split())) if key else ()


def _read(entry: str) -> Name:
    kind, rest = _MARKS[entry[0]], entry[1:]
    if kind is NameKind.AREA:
        return Name(kind, "", rest)
    country, rest = rest[:2], rest[2:]
    if kind is NameKind.REGION:
        code, _, thousands = rest.partition("=")
        return Name(kind, country, code, int(thousands))
    thousands, _, code = rest.partition("/")
    return Name(kind, country, code, int(thousands))


def _line(key: str) -> str:
    """Return what stands behind a key in the sorted table, by halving it."""
    table = _table()
    wanted = f"{key}\t".encode()
    low, high = 0, len(table)
    while low < high:
        middle = table.rfind(b"\n", 0, (low + high) // 2) + 1
        end = table.find(b"\n", middle)
        line = table[middle:end]
        if line.startswith(wanted):
            return line[len(wanted) :].decode()
        if line < wanted:
            low = end + 1
        else:
            high = middle
    return ""


@cache
def _table() -> bytes:
    return lzma.decompress((files("pipeline.intake.reading") / "data" / "names.tsv.xz").read_bytes())
