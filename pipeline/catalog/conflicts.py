"""Equal sources that people have given different targets, in whatever contexts and catalogs of a pair of languages.

"Apply now" is "Candidate-se" in one posting and "Inscreva-se" in the next: readers take it for two things.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.catalog.past_units import is_past
from pipeline.model.unit import Unit


class PlacedUnit(NamedTuple):
    """A unit and the domain of its catalog."""

    domain: str
    unit: Unit


class Conflict(NamedTuple):
    """A source, and by each of its targets the units that have it."""

    source: str
    targets: dict[str, tuple[PlacedUnit, ...]]


def find_conflicts(placed: Iterable[PlacedUnit]) -> Iterator[Conflict]:
    """Yield the sources with several reviewed targets, in the order of the units.

    A unit that is narrowed to a posting is meant to be another one, and says nothing of the rest.
    """
    by_source: dict[str, dict[str, list[PlacedUnit]]] = defaultdict(lambda: defaultdict(list))
    for each in placed:
        if not each.unit.retired and is_past(each.unit) and "|" not in each.unit.key.context:
            by_source[each.unit.key.source][each.unit.target].append(each)
    for source, targets in by_source.items():
        if len(targets) > 1:
            yield Conflict(source, {target: tuple(units) for target, units in targets.items()})
