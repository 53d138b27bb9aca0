"""The parts of a place: what each may mean, what it weighs for a country, and which of them belong together.

"Madrid, Barcelona" and "Belgique, Luxembourg" are two places each, "Getafe, Madrid" and "Armenia, Colombia" one: what
follows a city and may lie around it belongs to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.intake.reading.gazetteer import Name, NameKind, look_up_code

# What a name weighs: a tenth of the thousands that live there; of a region this many times that, of a country this much
# more, of a city to this power:
# large cities are named alone more often than their share (of 230 real places 222 are found with it, 202 without, all
# right). A code that no region has stands for its country more surely.
_COUNTRY, _REGION, _PEOPLE, _FAME, _BY_CODE = 5_000, 5, 10, 1.5, 3_000
# A city is named before its region; the other order is so much rarer.
_UNUSUAL_ORDER = 30
# How much more a city weighs in its own region.
OWN_REGION = 20
# What a country weighs that a name has no reading in.
ELSEWHERE = 0.2
# Codes that stand for regions in addresses: "Austin, TX", "São Paulo, SP", also beside a city that is not known.
_CODED_REGIONS = {"US": 1_500, "CA": 300, "BR": 100, "AU": 100}
# Of the countries that share their code with a state of the US, those that are meant beside a city that is not known.
_COUNTRIES_FIRST = frozenset({"DE", "IN"})
_BESIDE_ITS_CITY = 300
# Thousands of inhabitants of a city that is named without its region.
_LARGE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a place and what it may mean; a `code` means something only beside another part, or a country."""

    written: str
    names: tuple[Name, ...] = ()
    code: bool = False

    def weights(self, cities: Sequence[Name], *, before: bool, behind: bool) -> dict[str, float]:
        """Return what the part weighs for each country, between parts `before` and `behind` it."""
        if self.code:
            return _weights_of_code(self.written, cities)
        unusual = NameKind.CITY if before else NameKind.REGION if behind else None
        weights: dict[str, float] = {}
        for name in self.names:
            weight = _weight(name) / (_UNUSUAL_ORDER if name.kind is unusual else 1)
            weights[name.country] = weights.get(name.country, ELSEWHERE) + weight
        return weights

    def has(self, kind: NameKind, country: str = "") -> bool:
        """Tell whether it may be the name of something of a kind, in a country."""
        return any(name.kind is kind and (not country or name.country == country) for name in self.names)

    @property
    def countries(self) -> frozenset[str]:
        """The countries that it may be, or be in."""
        return frozenset(name.country for name in (*self.names, *(look_up_code(self.written) if self.code else ())))


def _weight(name: Name) -> float:
    weight = 1 + name.thousands / _PEOPLE
    if name.kind is NameKind.CITY:
        return float(weight**_FAME)
    return weight + _COUNTRY if name.kind is NameKind.COUNTRY else weight * _REGION


def _weights_of_code(code: str, cities: Sequence[Name]) -> dict[str, float]:
    """Weigh what a code may be: a region of the city's country, or a country."""
    readings = look_up_code(code)
    is_country = any(name.kind is NameKind.COUNTRY for name in readings)
    weights: dict[str, float] = {}
    for name in readings:
        beside = [city for city in cities if city.country == name.country]
        if name.kind is NameKind.COUNTRY:
            weight = float(_BY_CODE)
        elif beside:
            weight = float(_BESIDE_ITS_CITY if is_country else _BY_CODE)
            weight *= OWN_REGION if any(city.code == name.code for city in beside) else 1
        elif code.isdigit() or code in _COUNTRIES_FIRST:
            continue
        else:
            weight = float(_CODED_REGIONS.get(name.country, 2))
        weights[name.country] = max(weights.get(name.country, ELSEWHERE), weight)
    return weights


def group_parts(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Part a list of cities or countries; what follows a city and may lie around it belongs to it."""
    group: list[Part] = []
    for part in parts:
        again = any(part.written == each.written for each in group)
        if again and not part.has(NameKind.REGION):
            continue
        if group and _begins_anew(group, part):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _begins_anew(group: Sequence[Part], part: Part) -> bool:
    if part.code or not part.names:
        return False
    if part.has(NameKind.AREA) or all(each.has(NameKind.AREA) for each in group):
        return True
    if all(each.has(NameKind.COUNTRY) and not each.code for each in (*group, part)) and _are_apart(group, part):
        return True
    ended = {each.names[0].country for each in group if each.has(NameKind.COUNTRY) and len(each.countries) == 1}
    has_city = any(each.has(NameKind.CITY) and not each.has(NameKind.COUNTRY) for each in group)
    if ended:
        within = part.countries & ended
        return not within or (has_city and not part.has(NameKind.COUNTRY))
    before = frozenset().union(*(each.countries for each in group))
    around = {name.country for name in part.names if name.kind is not NameKind.CITY and _may_hold(name, part, group)}
    return has_city and part.has(NameKind.CITY) and not around & before


def _are_apart(group: Sequence[Part], part: Part) -> bool:
    """Tell countries in a row from a place with the name of one: "Armenia, Colombia", "USA, Georgia"."""
    within = {name.country for each in group for name in each.names if name.kind is not NameKind.COUNTRY}
    around = {country for each in group for country in each.countries} & _CODED_REGIONS.keys()
    return not (within | around) & part.countries


def _may_hold(around: Name, part: Part, group: Sequence[Part]) -> bool:
    """Tell whether a region may hold the city before it: not New York one of those named Paris.

    Where only names are known, not what lies where, a capital of a region lies in its own, and who names a large city
    needs no region: "Madrid, Barcelona" and "Lyon, Paris" are lists, "Getafe, Madrid" is none.
    """
    if around.kind is not NameKind.REGION:
        return True
    cities = [name for each in group for name in each.names if name.kind is NameKind.CITY]
    own = [name for name in cities if name.country == around.country]
    regions = {name.code for name in own}
    if all(regions):
        return around.code in regions
    capitals = {
        name.code
        for each in group
        if each.has(NameKind.CITY, around.country)
        for name in each.names
        if name.kind is NameKind.REGION and name.country == around.country
    }
    same = any(name in own for name in part.names)  # "Capital Federal, Buenos Aires"
    if same or around.code in capitals or not part.has(NameKind.CITY, around.country):
        return True
    return not capitals and not any(name.thousands >= _LARGE for name in own)
