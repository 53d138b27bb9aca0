"""The list of a version for the script that filters, sorts and searches it: `list.json`, a row a posting.

A row holds the texts of the posting's card and what it can be chosen by. What several postings share (an employer, a
place, a day) stands once in a table and is named by its number there, 0 for nothing; nothing at its end is left out:

    {"employers": ["", "Acme"], "places": [["", []], ["Lyon, France", [0]]], …,
     "rows": [["413b168ebe", "Nurse", 1, 4, 1, 1], …]}

Rows are in the order of the list, newest first. `segments` says in which segment of the full text each stands, one
digit of base 36 a row, and is empty if there is only one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import msgspec
from babel import Locale

from pipeline.language.city_names import city_name
from pipeline.language.scripts import foreign_words
from pipeline.model.locale import direction_of, script_of, to_tag
from pipeline.model.outcome import Reason
from pipeline.publishing.pages import cards
from pipeline.publishing.pages.listings import ANYWHERE, NO_COUNTRY
from pipeline.publishing.pages.script_words import script_words
from pipeline.publishing.pages.search_index import Segment, segment_of
from pipeline.publishing.pages.search_words import fold, words_of
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.collation import collation_key
from pipeline.publishing.versions.facts import applicants_of
from pipeline.publishing.versions.isolation import isolate_text
from pipeline.publishing.versions.ledger import MAX_SLUG_CHARS
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
_LATIN_WORDS = re.compile("[a-z0-9]+")
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


class _Table:
    """Values numbered as they come, each written once; what it is made of tells them apart."""

    def __init__(self, *nothing: object) -> None:
        self.written: list[object] = list(nothing)
        self._numbers: dict[Hashable, int] = {}

    def number(self, key: Hashable, write: Callable[[], object]) -> int:
        """Return the number of a value, which is written where it is the first of its key."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.written)
            self.written.append(write())
        return found


class _Tables:
    """The tables of an index while its rows are written; most texts of most postings stand there already."""

    def __init__(self, version: Version) -> None:
        self._version = version
        self.cities = _Table()
        self.groups = _Table()
        self.of = {
            "languages": _Table(""),
            "employers": _Table(""),
            "places": _Table(["", []]),
            "remotes": _Table(["", ""]),
            "pays": _Table(["", "", 0, 0, ""]),
            "types": _Table(["", []]),
            "countries": _Table([]),
            "days": _Table(["", ""]),
            "labels": _Table(["", 0]),
        }

    def row(self, entry: Entry) -> list[object]:
        """Write the row of a posting."""
        title = isolate_text(entry.title, entry.title_language)
        row: list[object] = [
            _short_slug(entry.slug, title),
            title,
            self._day(entry, entry.posted, cards.posted_text),
            self._countries(groups_of(entry)),
            self._one("employers", entry.organization, lambda: entry.organization),
            self._one("places", entry.locations + (() if entry.remote else entry.areas), partial(self._place, entry)),
            self._one("types", entry.employment_type, partial(self._types, entry)),
            self._label(entry),
            self._one("pays", entry.salary, partial(self._pay, entry)),
            self._day(entry, entry.valid_through, cards.apply_text),
            self._remote(entry) if entry.remote else 0,
            self._day(entry, entry.edited, cards.edited_text),
            self._language(entry),
        ]
        while row[-1] == 0:
            row.pop()
        return row

    def _one(self, table: str, key: Hashable, write: Callable[[], object]) -> int:
        """Return the number of what a posting has one of, 0 for nothing."""
        return self.of[table].number(key, write) if key else 0

    def _day(self, entry: Entry, day: date | None, text: Callable[[Version, Entry], str]) -> int:
        if day is None:
            return 0
        return self.of["days"].number((text, day, entry.posted), lambda: [day.isoformat(), text(self._version, entry)])

    def _countries(self, groups: tuple[str, ...]) -> int:
        numbers = (self.groups.number(code, partial(str, code)) for code in groups)
        return self.of["countries"].number(groups, partial(list, numbers))

    def _types(self, entry: Entry) -> list[object]:
        return [self._isolated(cards.types_text(self._version, entry)), entry.employment_type]

    def _isolated(self, text: str) -> str:
        return isolate_text(text, self._version.locale)

    def _place(self, entry: Entry) -> list[object]:
        return [self._isolated(cards.place_text(self._version, entry)), list(dict.fromkeys(self._cities(entry)))]

    def _cities(self, entry: Entry) -> Iterator[int]:
        """Yield the numbers of the cities of a posting: of one that is written in several ways, as in the first row.

        Of 296 real postings 21 are in "São Paulo" and 4 in "Sao Paulo". What readers call a city stands beside a name
        that they may not read.
        """
        for city in cities_of(entry):
            name = _called(self._version, city)
            names = [*city] if name == city.name else [*city, name]
            yield self.cities.number((fold(name), city.country), partial(list, names))

    def _remote(self, entry: Entry) -> int:
        text = self._isolated(cards.remote_text(self._version, entry))
        return self.of["remotes"].number((text, open_to(entry)), lambda: [text, open_to(entry)])

    def _pay(self, entry: Entry) -> list[object]:
        """Write what a posting pays: by the year in whole units of its currency, and its amounts in figures."""
        salary = entry.salary
        amounts = [amount for amount in (salary.minimum, salary.maximum) if amount is not None] if salary else []
        if salary is None or not amounts:
            return ["", "", 0, 0, ""]
        figures = " ".join(str(int(amount) if amount == int(amount) else amount) for amount in amounts)
        yearly = (round(amount * _YEARLY.get(salary.unit, 1)) for amount in (min(amounts), max(amounts)))
        return [self._isolated(cards.pay_text(self._version, entry)), salary.currency, *yearly, figures]

    def _label(self, entry: Entry) -> int:
        """Return the number of a label, 0 for a posting as it was written; one says 1 for a person, 2 for a machine."""
        if entry.translation == Reason.SOURCE:
            return 0
        made_by = 1 + (entry.translation == Reason.MACHINE)
        key = (made_by, entry.source_language)
        return self.of["labels"].number(key, lambda: [cards.label_text(self._version, entry), made_by])

    def _language(self, entry: Entry) -> int:
        language, tag = entry.title_language, to_tag(entry.title_language)
        if tag == self._version.tag:
            return 0
        return self.of["languages"].number(tag, lambda: [tag, direction_of(language)])


def _short_slug(slug: str, title: str) -> str:
    """Leave out of a slug what the script makes of the title: all but the digest at its end, which has no hyphen.

    >>> _short_slug("ingenieur-e-donnees-413b168ebe", "Ingénieur·e données"), _short_slug("nurse-413b168ebe", "Pfleger")
    ('413b168ebe', 'nurse-413b168ebe')
    """
    words = "-".join(_LATIN_WORDS.findall(fold(title)))[:MAX_SLUG_CHARS].rstrip("-")
    digest = slug.removeprefix(f"{words}-")
    return slug if "-" in digest else digest


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


def serialize_list(version: Version, segments: Sequence[Segment], card: str = "") -> bytes:
    """Write the index of a version; `card` is one that a script fills for each posting that it shows."""
    tables = _Tables(version)
    rows = [tables.row(entry) for entry in version.postings.entries]
    codes = [str(code) for code in tables.groups.written]
    index: dict[str, Any] = {
        "card": card,
        "words": script_words(version.translations, version.locale),
        "cities": tables.cities.written,
        "groups": [(code, _group_name(version, code)) for code in codes],
        "kinds": _types(version),
        "people": _people(version),
        **{name: table.written for name, table in tables.of.items()},
        "orders": [segment.order for segment in segments],
        "shards": [segment.shards for segment in segments],
        "segments": _dealt(version, segments),
        "rows": rows,
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
