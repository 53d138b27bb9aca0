"""The list of a version for the script that filters, sorts and searches it.

`list.json` says by what each posting can be chosen, so that a choice is counted as soon as it is there: a column a
property, a number a posting, in the order of the list. What several postings share (a day, a place) stands once in a
table and is named by its number there, 0 for nothing; zeros at the end of a column are left out:

    {"days": ["", "2026-11-30"], "places": [[], [0]], …, "columns": {"posted": [1, 1], "places": [1], …}}

What the cards say of the postings is many times as long and stands in the parts that `list_parts` writes; `parts` has
the name of each and its number of postings, newest first. `segments` says in which segment of the full text each
posting stands, a digit of base 36 each, and is empty if there is only one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import msgspec
from babel import Locale

from pipeline.language.city_names import city_name
from pipeline.language.scripts import foreign_words
from pipeline.model.locale import script_of
from pipeline.model.outcome import Reason
from pipeline.publishing.pages.list_parts import Part, Table, amounts_of
from pipeline.publishing.pages.listings import ANYWHERE, NO_COUNTRY
from pipeline.publishing.pages.script_words import script_words
from pipeline.publishing.pages.search_index import Segment, segment_of
from pipeline.publishing.pages.search_words import fold, words_of
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.collation import collation_key
from pipeline.publishing.versions.facts import applicants_of
from pipeline.publishing.versions.version import Entry, Version, country_name

FILE_NAME = "list.json"
NAMES_FILE_NAME = "names.json"
ANYONE = "*"
ENGLISH = Locale("en")
# How many hours, days, weeks and months of full-time work a year has.
_YEARLY = {"HOUR": 2080, "DAY": 260, "WEEK": 52, "MONTH": 12, "YEAR": 1}
_COUNTRY = re.compile("[A-Z]{2}")
# What CLDR names like a country and is none: the European Union, the euro zone, the United Nations, regions for tests.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# Other names of a city by its own and its country's code: "Munich" and "Monaco di Baviera" of "München".
OtherNames = Callable[[str, str], Iterable[str]]


def no_other_names(city: str, country: str) -> Iterable[str]:
    """Know no other name of any city."""
    del city, country
    return ()


class Choices(NamedTuple):
    """What there is to choose among the postings of a version; a field that would choose nothing is not shown.

    `currency` is the one that most of them pay in.
    """

    types: tuple[str, ...]
    cities: bool
    currency: str
    remote: bool
    texts: bool


class City(NamedTuple):
    """A city of a place of work as it is written; `country` is "" where none is named."""

    name: str
    country: str


class _Choosing:
    """The columns of what postings are chosen by, and the tables that they name."""

    def __init__(self, version: Version) -> None:
        self._version = version
        self.cities = Table()
        self.groups = Table()
        self.tables = {
            "days": Table(""),
            "countries": Table([]),
            "places": Table([]),
            "types": Table([]),
            "pays": Table(["", 0]),
            "remotes": Table(""),
        }

    def columns(self) -> dict[str, list[int]]:
        """Write a number a posting in each column."""
        entries = self._version.postings.entries
        numbers: dict[str, Callable[[Entry], int]] = {
            "posted": lambda entry: self._day(entry.posted),
            "closes": lambda entry: self._day(entry.valid_through),
            "countries": self._countries,
            "places": lambda entry: self._one("places", entry.locations, partial(self._cities, entry)),
            "types": lambda entry: self._one("types", entry.employment_type, lambda: entry.employment_type),
            "pays": self._pay,
            "remotes": lambda entry: self._number("remotes", open_to(entry)) if entry.remote else 0,
            "translated": lambda entry: int(entry.translation != Reason.SOURCE),
        }
        return {name: _without_zeros(map(number, entries)) for name, number in numbers.items()}

    def _one(self, table: str, key: Hashable, write: Callable[[], object]) -> int:
        return self.tables[table].number(key, write) if key else 0

    def _number(self, table: str, value: str) -> int:
        return self.tables[table].number(value, lambda: value)

    def _day(self, day: date | None) -> int:
        return self._number("days", day.isoformat()) if day else 0

    def _countries(self, entry: Entry) -> int:
        groups = groups_of(entry)
        numbers = (self.groups.number(code, partial(str, code)) for code in groups)
        return self.tables["countries"].number(groups, partial(list, numbers))

    def _cities(self, entry: Entry) -> list[int]:
        """Return the numbers of the cities of a posting: of one that is written in several ways, as in the first row.

        Of 296 real postings 21 are in "São Paulo" and 4 in "Sao Paulo". What readers call a city stands beside a name
        that they may not read.
        """
        numbers: dict[int, None] = {}
        for city in cities_of(entry):
            name = _called(self._version, city)
            names = [*city] if name == city.name else [*city, name]
            numbers[self.cities.number((fold(name), city.country), partial(list, names))] = None
        return list(numbers)

    def _pay(self, entry: Entry) -> int:
        """Return the number of the most that a posting pays by the year, in whole units of its currency."""
        salary = entry.salary
        amounts = amounts_of(salary)
        if salary is None or not amounts:
            return 0
        yearly = [salary.currency, round(max(amounts) * _YEARLY.get(salary.unit, 1))]
        return self.tables["pays"].number(tuple(yearly), lambda: yearly)


def _without_zeros(numbers: Iterable[int]) -> list[int]:
    """Return a column without the zeros at its end.

    >>> _without_zeros([0, 3, 0, 0])
    [0, 3]
    """
    column = list(numbers)
    while column and column[-1] == 0:
        column.pop()
    return column


def choices_of(version: Version) -> Choices:
    """Return what there is to choose."""
    entries = version.postings.entries
    currencies = Counter(entry.salary.currency for entry in entries if entry.salary)
    return Choices(
        types=tuple(sorted({code for entry in entries for code in entry.employment_type})),
        cities=any(place.city for entry in entries for place in entry.locations),
        currency=min(currencies, key=lambda code: (-currencies[code], code), default=""),
        remote=any(entry.remote for entry in entries),
        texts=len({entry.translation == Reason.SOURCE for entry in entries}) > 1,
    )


def groups_of(entry: Entry) -> tuple[str, ...]:
    """Return which lists, besides that of all, a posting stands in."""
    return entry.countries or (ANYWHERE if entry.worldwide else NO_COUNTRY,)


def cities_of(entry: Entry) -> list[City]:
    """Return the cities of a posting, each once."""
    return list(dict.fromkeys(City(place.city, place.country) for place in entry.locations if place.city))


def open_to(entry: Entry) -> str:
    """Return who may do a remote job: codes of countries, or ANYONE; where nobody is named, people where it is."""
    if entry.worldwide:
        return ANYONE
    return " ".join(applicants_of(entry) or entry.countries)


def serialize_list(version: Version, segments: Sequence[Segment], parts: Iterable[Part], card: str = "") -> bytes:
    """Write by what the postings of a version can be chosen; `card` is one that a script fills for each it shows."""
    choosing = _Choosing(version)
    columns = choosing.columns()
    codes = [str(code) for code in choosing.groups.written]
    index: dict[str, Any] = {
        "card": card,
        "words": script_words(version.translations, version.locale),
        "cities": choosing.cities.written,
        "groups": [(code, _group_name(version, code)) for code in codes],
        "kinds": _types(version),
        "people": _people(version),
        **{name: table.written for name, table in choosing.tables.items()},
        "columns": columns,
        "parts": list(parts),
        "orders": [segment.order for segment in segments],
        "shards": [segment.shards for segment in segments],
        "segments": _dealt(version, segments),
    }
    return msgspec.json.encode(index) + b"\n"


def _group_name(version: Version, code: str) -> str:
    """Return the name of a list in the version's language."""
    own = {ANYWHERE: "Anywhere", NO_COUNTRY: "No country named"}
    return version.translations.gettext(own[code]) if code in own else country_name(version.locale, code)


def places_of(version: Version) -> tuple[list[str], list[City]]:
    """Return the codes of the countries that the postings count for, and the cities where they are."""
    entries = version.postings.entries
    groups = {groups_of(entry) for entry in entries}
    places = {entry.locations: entry for entry in entries}
    codes = {code for group in groups for code in group} - {ANYWHERE, NO_COUNTRY}
    return sorted(codes), sorted({city for entry in places.values() for city in cities_of(entry)})


def serialize_names(version: Version, other_names: OtherNames) -> bytes:
    """Write what else countries and cities are called, in words that a search compares.

    Countries by their English names, cities by those that languages of the version's script have for them, and as they
    are written where readers see another name.
    """
    codes, cities = places_of(version)
    foreign = foreign_words(script_of(version.locale))
    others: defaultdict[str, list[str]] = defaultdict(list)
    for city in cities:
        called = _called(version, city)
        others[f"{city.country} {fold(called)}"] += [name for name in other_names(*city) if not foreign.search(name)]
        others[f"{city.country} {fold(called)}"] += [city.name] if called != city.name else []
    named = {
        "groups": {code: _words(country_name(ENGLISH, code)) for code in codes},
        "cities": {city: _words(*names) for city, names in others.items() if names},
    }
    return msgspec.json.encode(named) + b"\n"


def _called(version: Version, city: City) -> str:
    return city_name(version.locale, *city)


def _words(*names: str) -> str:
    return " ".join(dict.fromkeys(word for name in names for word in words_of(name)))


def _types(version: Version) -> list[tuple[str, str]]:
    """Return the types of employment that some posting has, and their names."""
    codes = sorted({code for entry in version.postings.entries for code in entry.employment_type})
    return [(code, wording.employment_type(version.translations, code)) for code in codes]


def _people(version: Version) -> list[tuple[str, str]]:
    """Return the countries whose people some remote job is open to: all that there are if one is open to anyone."""
    held = {open_to(entry) for entry in version.postings.entries if entry.remote}
    codes = {code for each in held - {ANYONE} for code in each.split()}
    if ANYONE in held:
        codes |= {code for code in map(str, version.locale.territories) if _COUNTRY.fullmatch(code)} - _NO_COUNTRIES
    names = [(country_name(version.locale, code), code) for code in codes]
    return [
        (code, name) for name, code in sorted(names, key=lambda each: (collation_key(version.locale, each[0]), each))
    ]


def _dealt(version: Version, segments: Sequence[Segment]) -> str:
    """Return the segment of every posting, in the order of the list."""
    if len(segments) == 1:
        return ""
    return "".join(_DIGITS[segment_of(entry.posting, len(segments))] for entry in version.postings.entries)
