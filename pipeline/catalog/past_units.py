"""What people have translated before, and which of it is most like a source: the memory that neighbours come from.

A translator who reads "Ph.D. in Computer Science" wants to see what was made of "Ph.D. in Statistics" last year:

>>> units = [PastUnit("", "Ph.D. in Statistics", "Doctorat en statistiques"), PastUnit("", "Cook", "Cuisinier")]
>>> [(round(score), unit.target) for score, unit in next(PastUnits(units).nearest(["Ph.D. in Physics"]))]
[(74, 'Doctorat en statistiques')]

Few look-ups compare a source with everything. For many an index is made: the groups of six characters that stand in
each past source, in arrays; of those in a source the rarest are looked up, and what shares most of them is compared.
Of 200,000 past sources (82 characters in the mean) one core looks up 900 to 1,300 a second. Making the index takes
1.5 to 2.6 s and 400 MB for a moment; 70 MB stay. Of the best three of a full scan with a score of 60 or more, which
takes 100 ms a source, it finds all for real sentences, .997 where a fifth of their words was replaced, .971 for titles
and other lines of at most 30 characters, all in Japanese, and .86 among 120,000 generated sentences of few patterns,
where thousands are equally near.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.language.limits import is_too_long
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit

# Of 2,220 real sentences with their nearest one, the targets are alike too (60 of 100) in 71 % of those that score 65
# to 70, 33 % of 60 to 65, 11 % of 55 to 60, 2 % of 50 to 55.
MIN_SCORE = 60
MOST = 3
# What look-ups cost, in nanoseconds: to compare one with a past source (real ones of 84 characters 150, of 109 270);
# and by an index: to load numpy, for each past source, and for each look-up.
_NS_COMPARED = 250
_NS_OPENED, _NS_INDEXED, _NS_LOOKED_UP = 80_000_000, 7_600, 460_000


class PastUnit(NamedTuple):
    """A source in a context and a target that people gave it."""

    context: str
    source: str
    target: str

    @property
    def key(self) -> UnitKey:
        """What made the unit one."""
        return UnitKey(self.context, self.source)


class Match(NamedTuple):
    """A past unit and how alike its source is, 0 to 100; 100 is exact."""

    score: float
    unit: PastUnit


def past_units(units: Iterable[Unit]) -> Iterator[PastUnit]:
    """Yield what people accepted in a catalog, obsolete units too: their posting is gone, their wording is not."""
    for unit in units:
        if unit.target and not unit.doubtful and is_past(unit):
            yield PastUnit(unit.key.context, unit.key.source, unit.target)


def is_past(unit: Unit) -> bool:
    """Tell whether a unit holds what a person said; a copy by rule and a target for show say nothing."""
    wanted = unit.translated and not unit.doubtful and unit.target != DELIBERATELY_EMPTY
    return wanted and not unit.extras.plural_source and not (unit.by_rule or unit.for_show)


class PastUnits:
    """The past units of one pair of languages, each source with its targets once."""

    def __init__(self, units: Iterable[PastUnit]) -> None:
        self._by_source: dict[str, dict[str, PastUnit]] = {}
        for unit in units:
            if not is_too_long(unit.source):
                self._by_source.setdefault(unit.source, {}).setdefault(unit.target, unit)

    def exact(self, source: str) -> tuple[PastUnit, ...]:
        """Return the past units of a source, one for each target, in the order in which they came."""
        return tuple(self._by_source.get(source, {}).values())

    def nearest(self, sources: Sequence[str]) -> Iterator[tuple[Match, ...]]:
        """Yield for each source the most similar past units, at most three, the best first."""
        known = len(self._sources)
        indexed = _NS_OPENED + known * _NS_INDEXED + len(sources) * _NS_LOOKED_UP
        scan = "_index" not in self.__dict__ and len(sources) * known * _NS_COMPARED <= indexed
        for source in sources:
            if not known or is_too_long(source):
                yield ()
                continue
            near = self._sources if scan else [self._sources[number] for number in self._index(source)]
            found = process.extract(source, near, scorer=fuzz.ratio, score_cutoff=MIN_SCORE, limit=MOST)
            matches = (Match(score, unit) for text, score, _ in found for unit in self.exact(text))
            yield tuple(match for match, _ in zip(matches, range(MOST), strict=False))

    @cached_property
    def _sources(self) -> list[str]:
        return list(self._by_source)

    @cached_property
    def _index(self) -> Callable[[str], list[int]]:
        from pipeline.catalog.group_index import GroupIndex  # noqa: PLC0415  numpy takes a tenth of a second to load

        return GroupIndex(self._sources).find
