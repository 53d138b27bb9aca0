"""Reads where a posting is and from where it can be done: texts, our objects, schema.org's, lists of these.

>>> address = {"postalCode": "69003", "addressLocality": "Lyon", "addressCountry": "France"}
>>> found = read_where([{"address": address}, "Remote – DACH"], Doubts())
>>> found.locations, found.areas, found.remote
((Location(country='FR', city='Lyon', region='', postal_code='69003'),), ('DACH',), True)
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import msgspec
from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

from pipeline.intake.reading.aliases import field_named, has_word
from pipeline.intake.reading.places import MAX_CHARS, SURE, Place, read_area, read_country, read_places
from pipeline.intake.reading.values import Doubts, line_of, members_of, text_of
from pipeline.model.posting import Location

# What stands beside "remote" and is no name of a place: "CET ± 2h", "nationwide".
_NO_NAME = re.compile(r"^[a-zß-ÿ]|\d")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_FIGURES = re.compile(r"\d+\+?")
_CODE_CHARS = 2
_OURS = frozenset({"country", "city", "region", "postal_code"})
# Further names of parts, where an address is an object.
_FURTHER = {
    "addressregion": "region",
    "code": "country",
    **dict.fromkeys(("name", "text", "label", "raw", "displayname", "locationstr", "fulllocation", "libelle"), "name"),
}
_INSIDE = ("postalAddress", "address", "jobLocation", "location", "place")
# A city with more than its name: "Dallas, Texas, United States", "92 - Nanterre".
_COMPOSED = re.compile(r",|^\d+\s+[-–—]\s")
# With these begins no bare name: a list that was written as a text, a number before a name.
_NOT_A_NAME = ("[", *"0123456789")
_NAME_THE_COUNTRY = "name the country, for example Lyon, FR"


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: places of work, countries that applicants may be in, areas, and whether it says remote."""

    locations: tuple[Location, ...] = ()
    applicants: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    remote: bool | None = None


NOWHERE = Where()


@lru_cache(maxsize=512)
def countries_of(language: str, territory: str | None) -> frozenset[str]:
    """Return the country of a locale, or those where its language is official."""
    if territory:
        return frozenset({territory})
    codes = get_global("territory_languages")
    return frozenset(code for code in codes if len(code) == _CODE_CHARS and language in get_official_languages(code))


def read_where(value: object, doubts: Doubts, locale: Locale | None = None) -> Where:
    """Read the places of a posting; one whose country is not sure keeps its name only, and is noted."""
    if value is None or value in ("", []):
        return NOWHERE
    if quick := _quick_locations(value):
        return Where(locations=quick)
    reader = _Reader(doubts, countries_of(locale.language, locale.territory) if locale else frozenset())
    for member in _members(value):
        reader.add(member)
    return reader.where()


def _quick_locations(value: object) -> tuple[Location, ...]:
    """Read a list of our own objects with codes of countries; nothing if any is of another form."""
    found: list[Location] = []
    if type(value) is not list:
        return ()
    for member in value:
        if type(member) is not dict or not member.keys() <= _OURS:
            return ()
        country, city, region = member.get("country"), member.get("city", ""), member.get("region", "")
        postal_code = member.get("postal_code", "")
        if not (isinstance(country, str) and len(country) == _CODE_CHARS and read_country(country) == country):
            return ()
        if not (type(city) is type(region) is type(postal_code) is str) or "," in city or city.startswith(_NOT_A_NAME):
            return ()
        parts = {"city": city, "region": region, "postal_code": postal_code}
        found.append(Location(country=country, **{name: line_of(part) for name, part in parts.items()}))
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def read_applicants(value: object, doubts: Doubts) -> Where:
    """Read from which countries and areas applicants may be; what is not understood holds the posting."""
    if value is None:
        return NOWHERE
    if type(value) is list and all(
        type(code) is str and len(code) == _CODE_CHARS and read_country(code) == code for code in value
    ):
        return Where(applicants=tuple(dict.fromkeys(value)))
    whole = value if isinstance(value, str) and (read_country(value) or read_area(value)) else None
    countries: list[str] = []
    areas: list[str] = []
    for member in [whole] if whole else members_of(value):
        text = text_of(member)
        if not text or has_word("anywhere", text):
            continue
        if country := read_country(text):
            countries.append(country)
        elif area := read_area(text):
            areas.append(area)
        else:
            read = read_places(text)
            # A town alone, however well known, is no country that somebody has named.
            named = [place for place in read.places if "," in text or not place.city]
            sure = [place.country for place in named if place.confidence >= SURE]
            if not (sure or read.applicants or read.areas) or len(sure) < len(read.places):
                doubts.hold(
                    "applicant_countries", text, "is no country that is known", "write its code, for example FR"
                )
            countries += [*sure, *read.applicants]
            areas += read.areas
    return Where(applicants=tuple(dict.fromkeys(countries)), areas=tuple(dict.fromkeys(areas)))


def read_areas(value: object, doubts: Doubts) -> tuple[str, ...]:
    """Read areas of several countries by code or name."""
    found: list[str] = []
    for text in filter(None, map(text_of, members_of(value))):
        area = read_area(text.replace("_", " ")) or read_area(text)
        if area:
            found.append(area)
        else:
            doubts.note("areas", text, "is no area that is known", "write for example EU, EMEA or LATAM")
    return tuple(dict.fromkeys(found))


def _members(value: object) -> Iterator[object]:
    """Yield the places of a list, also of one that was written as text: "['Lyon, France']"."""
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        value = [one or other for one, other in _QUOTED.findall(value)] or value
    if isinstance(value, list | tuple | set):
        for member in value:
            if member is not None:
                yield member
    else:
        yield value


class _Reader:
    """Collects what the places of one posting say."""

    def __init__(self, doubts: Doubts, near: frozenset[str]) -> None:
        self._doubts, self._near = doubts, near
        self._locations: list[Location] = []
        self._applicants: list[str] = []
        self._areas: list[str] = []
        self._remote: bool | None = None

    def where(self) -> Where:
        return Where(
            locations=tuple(dict.fromkeys(self._locations)),
            applicants=tuple(dict.fromkeys(self._applicants)),
            areas=tuple(dict.fromkeys(self._areas)),
            remote=self._remote,
        )

    def add(self, value: object, depth: int = 0) -> None:
        if isinstance(value, str):
            self._add_text(value)
        elif not isinstance(value, Mapping):
            self._doubts.note("locations", value, "is no place")
        elif value.keys() <= _OURS:
            for city in _members(value.get("city")):
                self._add_address({name: text_of(part) for name, part in {**value, "city": city}.items()})
        elif depth < len(_INSIDE) and (inner := next((value[name] for name in _INSIDE if value.get(name)), None)):
            for member in _members(inner):
                self.add(member, depth + 1)
        else:
            self._add_address(_named_parts(value))

    def _add_text(self, text: str) -> None:
        if not line_of(text):
            return
        if len(text) > MAX_CHARS:
            self._doubts.note("locations", text, f"is read no further than {MAX_CHARS:,} characters")
        if has_word("several", _FIGURES.sub("#", text)):
            self._doubts.note("locations", text, "names none of the places", _NAME_THE_COUNTRY)
            return
        read = read_places(text, self._near)
        self._applicants += read.applicants
        self._areas += read.areas
        if read.remote is not None:
            self._remote = read.remote or bool(self._remote)
        for place in read.places:
            sure = self._sure(place, place.city, place.region)
            if place.confidence or read.remote is None or not _NO_NAME.search(place.written):
                self._locations.append(sure)

    def _sure(self, place: Place, city: str, region: str) -> Location:
        """Return a place with its country if that is sure; note it otherwise."""
        if place.confidence >= SURE:
            return Location(country=place.country, city=city, region=region)
        if place.confidence and place.country:
            reason = f"may be in {place.country} ({place.confidence} of 100)"
        else:
            reason = "is no place that is known"
        self._doubts.note("locations", place.written, reason, _NAME_THE_COUNTRY)
        return Location(city=place.written if city == place.city else city, region="" if city == place.city else region)

    def _within(self, country: str, name: str) -> Location | None:
        """Read the name of a place whose country is known beside it."""
        places = read_places(name, frozenset({country})).places if name and not read_country(name) else ()
        if len(places) != 1:
            return None
        same = places[0].country == country
        city = places[0].city if same else name
        return Location(country=country, city=city, region=places[0].region if same else "")

    def _add_address(self, parts: Mapping[str, str]) -> None:
        city, region, named, postal_code = (
            parts.get(name, "") for name in ("city", "region", "country", "postal_code")
        )
        city = "" if city.isdigit() else city  # the number of a community is no name of it
        if not (city or region or named):
            before = len(self._locations)
            self._add_text(parts.get("name", ""))
            if postal_code and len(self._locations) == before + 1:
                self._locations[-1] = replace(self._locations[-1], postal_code=postal_code)
            return
        if country := read_country(named) if named else "":
            region = "" if read_country(region) == country or read_area(region) else region
            composed = not city or _COMPOSED.search(city)
            found = self._within(country, city or parts.get("name", "")) if composed else None
            found = found or Location(country=country, city=city)
            self._locations.append(replace(found, region=region or found.region, postal_code=postal_code))
            return
        if named and not city and (area := read_area(named)):
            self._areas.append(area)
            return
        # A country that is named and not known says more than the city's likeliest one.
        text = named or ", ".join(filter(None, (city, region)))
        read = read_places(text, self._near)
        if read.remote or len(read.places) != 1:
            self._add_text(", ".join(filter(None, (city, region, named))))
            return
        (place,) = read.places
        if place.confidence >= SURE and text == city and _COMPOSED.search(city):
            self._locations.append(
                Location(country=place.country, city=place.city, region=place.region, postal_code=postal_code)
            )
            return
        kept = self._sure(
            Place(written=text, country=place.country, confidence=place.confidence), city or named, region
        )
        self._locations.append(replace(kept, city=city or named, region=region, postal_code=postal_code))


def _named_parts(value: Mapping[str, object]) -> dict[str, str]:
    """Take the parts of an address by any of their names."""
    parts: dict[str, str] = {}
    for name, part in value.items():
        key = field_named(str(name))
        key = (
            key
            if key in _OURS
            else _FURTHER.get(str(name).lower().replace("_", ""), "name" if key in {"title", "locations"} else "")
        )
        if key and (text := text_of(part)):
            parts.setdefault(key, text)
    return parts
