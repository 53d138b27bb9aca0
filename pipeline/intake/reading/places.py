"""Reads where a job is: "Lyon, France", "Remote – Germany", "Greater Boston", `{"country": "DE"}`, "EMEA".

The parts of a place are weighed together, each by what its name may mean: a country, a region, or a city by its
inhabitants. "Paris, TX" is in the United States, "Paris" in France, "Cambridge" is not known. The weight of the winning
country among all is the confidence, 0 to 100.

>>> for place in read_places("Toronto, ON; London, UK").places:
...     print(place.country, place.city, place.region, place.confidence)
CA Toronto ON 100
GB London  100
>>> read_places("Remote – Germany").remote, read_places("Remote – Germany").applicants
(True, ('DE',))
>>> read_places("EMEA").areas, read_places("Cambridge").places[0].confidence < SURE
(('EMEA',), True)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from pipeline.intake.reading.aliases import words
from pipeline.intake.reading.gazetteer import Name, NameKind, fold_name, look_up, look_up_code
from pipeline.intake.reading.place_parts import ELSEWHERE, OWN_REGION, Part, group_parts
from pipeline.model.cleaning import clean_line
from pipeline.model.patterns import lazy_pattern

SURE = 90
_MOST_LISTED = 50  # places between "or" and "/"; of more it is no list
MAX_CHARS = 2_000  # of a longer text the rest is not read
# How much more a country weighs where the text's language is official, and where the rest of a list is for sure.
_OWN_LANGUAGE, _BESIDE = 5, 8
# What any country weighs under a name that is not known.
_UNKNOWN = 0.2
# What weighs against all countries: that the text names no place at all.
_NO_PLACE = 3
_FAR = 100.0  # what is less likely by this power of e is not likely at all
_SEPARATORS = re.compile(r"\s*(?:[;|·•\n]|\s/\s)\s*")
_COMMA_SIGNS = ",，、،"
_COMMAS = re.compile(rf"\s*[{_COMMA_SIGNS}]\s*|\s+[-–—]+\s+|\s*[():：（）\[\]]\s*")
_COMMA = re.compile(rf"\s*[{_COMMA_SIGNS}]\s*")
_CODE = re.compile(r"[A-Z]{2,3}|\d{2}")
_SLASHED_CODE = re.compile(r"([^\s/;|,](?:[^/;|,]*[^\s/;|,])?)\s?/\s?([A-Z]{2})(?![\w/])")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,3}")
_ISO_CODE = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
_FIGURES = re.compile(r"(?:\b[A-Z]{1,2}-)?\b\d[\d-]*\b")
# Addresses of these scripts begin with the largest place, without spaces: 東京都渋谷区.
_DENSE = lazy_pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,20}")
_EDGES = " -–—:/.&+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place as it was read; `country` is the likeliest, `confidence` how sure it is, 0 to 100."""

    written: str
    country: str = ""
    city: str = ""
    region: str = ""
    confidence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a text says of places: `applicants` are countries that remote work may be done from."""

    places: tuple[Place, ...] = ()
    applicants: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    remote: bool | None = None


@lru_cache(maxsize=4096)
def read_country(text: str) -> str:
    """Return the country that a code or a name in any language stands for, "" if none does.

    >>> read_country("fr"), read_country("Korea, Republic of"), read_country("UK"), read_country("Atlantis")
    ('FR', 'KR', 'GB', '')
    """
    readings = (*look_up(text), *(look_up_code(text.strip()) if text.strip().isascii() else ()))
    return next((name.country for name in readings if name.kind is NameKind.COUNTRY), "")


def read_area(text: str) -> str:
    """Return the code of the area of several countries that a name stands for, "" if none does."""
    return next((name.code for name in look_up(text) if name.kind is NameKind.AREA), "")


@lru_cache(maxsize=8192)
def read_places(text: str, near: frozenset[str] = frozenset()) -> Places:
    """Read the places of a text; `near` are countries where its language is official."""
    found: list[Place] = []
    areas: list[str] = []
    applicants: list[str] = []
    remote: bool | None = None
    here: bool | None = None
    for written, goes_on in _places_of(text):
        bare, by_ways = _without_ways(written)
        here = by_ways if by_ways is not None or not goes_on else here
        remote = here if remote is None or here else remote
        groups = list(group_parts(list(_parts(bare))))
        sure = (_decide(group, near) for group in groups) if len(groups) > 1 else ()
        beside = frozenset(place.country for place in sure if place.confidence >= SURE)
        for group in groups:
            if area := _area_of(group):
                areas.append(area)
                continue
            place = _decide(group, near)
            if place.confidence < SURE and len(beside) == 1:
                place = _decide(group, near, beside)
            if here and not place.city and not place.region and place.confidence >= SURE:
                applicants.append(place.country)
            else:
                found.append(place)
    return Places(
        places=tuple(dict.fromkeys(found)),
        applicants=tuple(dict.fromkeys(applicants)),
        areas=tuple(dict.fromkeys(areas)),
        remote=remote,
    )


def _places_of(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text where places are listed, and tell which go on a list: "Remote in Canada or US"."""
    text = text[:MAX_CHARS]
    if "/" in text:
        text = _SLASHED_CODE.sub(
            lambda match: ", ".join(match.groups()) if _is_within(match[2], match[1]) else match[0], text
        )
    pieces = [clean_line(piece) for piece in _SEPARATORS.split(text) if piece.strip(_EDGES)]
    for piece in pieces:
        for number, listed in enumerate(_listed(piece)):
            yield listed, number > 0


def _listed(piece: str) -> Iterator[str]:
    between = words().values["between"]
    spelled = piece.replace("/", " / ").split()
    cuts = [
        place
        for place, word in enumerate(spelled)
        if word == "/" or (word.casefold() in between and not _is_in_name(spelled, place))
    ]
    if (
        not cuts
        or len(cuts) > _MOST_LISTED
        or _readings(piece)
        or any(_readings(part) for part in _COMMAS.split(piece) if "/" in part)
    ):
        yield piece
        return
    start = 0
    for cut in (*cuts, len(spelled)):
        listed = " ".join(spelled[start:cut])
        following = " ".join(spelled[cut + 1 : next((later for later in cuts if later > cut), None)])
        joined = cut < len(spelled) and spelled[cut] != "/" and not (_known(listed) and _known(following))
        if not joined:
            if listed.strip(_EDGES):
                yield listed
            start = cut + 1


def _is_in_name(spelled: Sequence[str], place: int) -> bool:
    """Tell whether a word stands within a name between commas: "District of Columbia"."""
    ends = [number for number, word in enumerate(spelled) if word[-1] in _COMMA_SIGNS]
    start = max((end + 1 for end in ends if end < place), default=0)
    stop = min((end + 1 for end in ends if end >= place), default=len(spelled))
    return bool(look_up(" ".join(spelled[start:stop]).rstrip(_COMMA_SIGNS)))


def _is_within(code: str, name: str) -> bool:
    """Tell whether a code is that of the region, or the country, of a place: "Curitiba/PR"."""
    countries = {reading.country for reading in _readings(name)}
    return any(reading.country in countries for reading in look_up_code(code))


def _known(text: str) -> bool:
    bare, remote = _without_ways(text)
    return remote is not None or any(_readings(part) or _is_way(part) for part in (text, *_COMMAS.split(bare)) if part)


def _is_way(part: str) -> bool:
    values = words().values
    return fold_name(part) in values["remote"] | values["on_site"] | values["anywhere"]


def _without_ways(text: str) -> tuple[str, bool | None]:
    """Take off what says how and not where: remote, hybrid, anywhere; and tell whether the place is remote."""
    values = words().values
    remote: bool | None = None
    kept: list[str] = []
    for part in _COMMAS.split(text):
        spelled = part.replace("-", " ").split() if not _readings(part) else part.split()
        start = 0
        outcome: list[str] = []
        while start < len(spelled):
            stop, means = _way_at(spelled, start, values)
            if means:
                remote = means != "on_site" if remote is None else remote and means != "on_site"
                start = stop
            else:
                outcome.append(spelled[start])
                start += 1
        if outcome and len(outcome) < len(spelled):
            kept.append(" ".join(outcome))
        elif outcome:
            kept.append(part)
    return ", ".join(kept), remote


_LONGEST_WAY = 4


def _way_at(spelled: Sequence[str], start: int, values: Mapping[str, frozenset[str]]) -> tuple[int, str]:
    for stop in range(min(len(spelled), start + _LONGEST_WAY), start, -1):
        phrase = fold_name(" ".join(spelled[start:stop]))
        for means in ("on_site", "remote", "anywhere"):
            if phrase in values[means]:
                return stop, means
    return start, ""


def _parts(text: str) -> Iterator[Part]:
    """Read the parts of a place, between commas, dashes and brackets."""
    whole = look_up(text)
    if whole and all(name.kind in {NameKind.COUNTRY, NameKind.AREA} for name in whole):
        yield Part(written=text, names=whole)
        return
    first = True
    for piece in _pieces(text):
        bare = piece.replace(".", "") if _DOTTED.fullmatch(piece.strip()) else piece.strip(_EDGES)
        if not bare:
            continue
        names = _readings(bare)
        if names or _CODE.fullmatch(bare):
            yield Part(written=bare, names=names, code=_is_code(bare, names, first=first))
            first = False
        elif not any(char.isalpha() for char in bare):
            continue
        else:
            yield from _cut_at_end(bare)
            first = False


def _pieces(text: str) -> Iterator[str]:
    """Cut at commas, and at dashes and brackets where they are no part of a name: "Taiwan (ROC)"."""
    for piece in _COMMA.split(text):
        if look_up(piece):
            yield piece
        else:
            yield from _COMMAS.split(piece)


def _is_code(bare: str, names: tuple[Name, ...], *, first: bool) -> bool:
    """Tell whether a part is to be read as a code: behind a city also what is a name elsewhere, "New Orleans, LA"."""
    if not _CODE.fullmatch(bare) or not (bare.isdigit() or look_up_code(bare)):
        return False
    return not names or not (first or any(name.kind in {NameKind.COUNTRY, NameKind.AREA} for name in names))


def _cut_at_end(bare: str) -> Iterator[Part]:
    """Read "Austin TX", "Berlin Germany": a known name or a code at the end of one that is not known."""
    spelled = _FIGURES.sub(" ", bare).split()
    for last in range(min(3, len(spelled) - 1), 0, -1):
        head, tail = " ".join(spelled[:-last]), " ".join(spelled[-last:])
        tail_names = tuple(name for name in look_up(tail) if name.kind in {NameKind.COUNTRY, NameKind.REGION})
        coded = last == 1 and bool(_CODE.fullmatch(tail)) and bool(look_up_code(tail)) and not tail.isdigit()
        if (tail_names or coded) and (head_names := _readings(head)):
            yield Part(written=head, names=head_names)
            yield Part(written=tail, names=() if coded else tail_names, code=coded)
            return
    yield Part(written=bare)


@lru_cache(maxsize=8192)
def _readings(text: str) -> tuple[Name, ...]:
    """Return what a part may mean, with and without the words and figures around its name."""
    if match := _ISO_CODE.fullmatch(text):
        return tuple(name for name in look_up_code(match[1]) if name.kind is NameKind.COUNTRY)
    if names := look_up(text):
        return names
    bare = _FIGURES.sub(" ", text).strip(_EDGES)
    if bare != text and (names := look_up(bare)):
        return names
    if _DENSE.match(bare):
        starts = (look_up(bare[:end]) for end in range(len(bare) - 1, 1, -1))
        return next((names for names in starts if names), ())
    spelled: list[str] | None = fold_name(bare).split()
    names = ()
    while not names and (spelled := _without_edge(spelled or [])):
        names = look_up(" ".join(spelled))
    return names


def _without_edge(spelled: list[str]) -> list[str] | None:
    """Take off what stands before or behind a name: "Greater Boston", "Boston area"."""
    values = words().values
    for size in (3, 2, 1):
        if len(spelled) > size:
            if " ".join(spelled[:size]) in values["before"]:
                return spelled[size:]
            if " ".join(spelled[-size:]) in values["behind"]:
                return spelled[:-size]
    return None


def _area_of(group: Sequence[Part]) -> str:
    areas = [name.code for part in group for name in part.names if name.kind is NameKind.AREA]
    return areas[0] if areas and all(part.has(NameKind.AREA) for part in group) else ""


def _decide(group: Sequence[Part], near: frozenset[str], beside: frozenset[str] = frozenset()) -> Place:
    """Weigh the countries that the parts of one place may be in; `beside` are those of the others in a list."""
    cities = [name for part in group for name in part.names if name.kind is NameKind.CITY]
    named = [bool(part.names) for part in group]
    weighed = [
        weights
        for place, part in enumerate(group)
        if (weights := part.weights(cities, before=any(named[:place]), behind=any(named[place + 1 :])))
        or not part.written.isdigit()
    ]
    countries = {country for weights in weighed for country in weights if country}
    alone = len(group) == 1
    scores: dict[str, float] = {}
    for country in countries:
        score = log(_BESIDE) if country in beside else log(_OWN_LANGUAGE) if country in near else 0.0
        for weights in weighed:
            score += log(weights.get(country, ELSEWHERE) if weights else _UNKNOWN)
        scores[country] = score + (log(OWN_REGION) if _in_own_region(group, country, cities) else 0)
    written = ", ".join(part.written for part in group)
    if not scores or (alone and group[0].code and not _is_country_code(group[0].written)):
        return Place(written=written, city=written)
    best = max(scores, key=lambda country: (scores[country], country))
    rest = sum(exp(score - scores[best]) for score in scores.values()) + _NO_PLACE * exp(min(-scores[best], _FAR))
    confidence = round(100 / rest)
    return _place(group, best, confidence, written)


def _is_country_code(code: str) -> bool:
    return any(name.kind is NameKind.COUNTRY for name in look_up_code(code))


def _in_own_region(group: Sequence[Part], country: str, cities: Sequence[Name]) -> bool:
    """Tell whether a city of the country lies in the region that is named."""
    named = {
        name.code
        for part in group
        for name in part.names
        if name.kind is NameKind.REGION and name.country == country and len(group) > 1
    }
    return any(city.country == country and city.code and city.code in named for city in cities)


def _place(group: Sequence[Part], country: str, confidence: int, written: str) -> Place:
    """Name the city and the region among the parts."""
    rest = [part for part in group if not _names_country(part, country)]
    if len(group) > 1 and not rest:  # Singapore, Singapore
        rest = [group[0]]
    city = next((part.written for part in rest if part.has(NameKind.CITY, country)), "")
    if not city:
        city = next((part.written for part in rest if not part.names and not _CODE.fullmatch(part.written)), "")
    region = next(
        (
            part.written
            for part in rest
            if part.written != city
            and (part.has(NameKind.REGION, country) or (part.code and not part.written.isdigit()))
        ),
        "",
    )
    bare = _FIGURES.sub(" ", city)
    city = " ".join(bare.split()).strip(_EDGES) or city
    return Place(written=written, country=country, city=city, region=region, confidence=confidence)


def _names_country(part: Part, country: str) -> bool:
    if part.code:
        names = look_up_code(part.written)
        return any(n.kind is NameKind.COUNTRY and n.country == country for n in names) and not any(
            n.kind is NameKind.REGION and n.country == country for n in names
        )
    return part.has(NameKind.COUNTRY, country)
