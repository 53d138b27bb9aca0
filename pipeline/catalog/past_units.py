"""What people have translated before, and which of it is most like a source: the memory that neighbours come from.

A translator who reads "Ph.D. in Computer Science" wants to see what was made of "Ph.D. in Statistics" last year:

>>> units = [PastUnit("", "Ph.D. in Statistics", "Doctorat en statistiques"), PastUnit("", "Cook", "Cuisinier")]
>>> [(round(score), unit.target) for score, unit in next(PastUnits(units).nearest(["Ph.D. in Physics"]))]
[(69, 'Doctorat en statistiques')]

Few look-ups compare a source with everything. For many an index is made: the groups of six characters that stand in
each past source, in arrays; of those in a source the rarest are looked up, and what shares most of them is compared.
Of 200,000 past sources (82 characters in the mean) one core looks up 900 to 1,300 a second. Making the index takes
1.5 to 2.6 s and 400 MB for a moment; 70 MB stay. Of the best three of a full scan with a score of 60 or more, which
takes 100 ms a source, it finds all for real sentences, .997 where a fifth of their words was replaced, .971 for titles
and other lines of at most 30 characters, all in Japanese, and .86 among 120,000 generated sentences of few patterns,
where thousands are equally near.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from pipeline.language.limits import is_too_long
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit

# Of 2,220 real sentences with their nearest one, the targets are alike too (60 of 100) in 71 % of those that score 65
# to 70, 33 % of 60 to 65, 11 % of 55 to 60, 2 % of 50 to 55.
MIN_SCORE = 60
MOST = 3
# The least characters in which sources that look alike differ; three find more short lines and half as many others.
_GROUP_CHARS = 6
_BITS = 20
# So many entries of the index are looked through for a source, and so many past sources compared with it.
_LOOKED_THROUGH = 16_000
_COMPARED = 250
# What a look-up costs, in nanoseconds: by comparing it with each past source, and by an index that has to be made.
_NS_COMPARED, _NS_INDEXED, _NS_LOOKED_UP = 450, 10_500, 750_000
_AT_ONCE = 20_000  # so many sources are cut into groups at a time
_BEFORE, _AFTER = "\x02", "\x03"


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
        scanned = len(sources) * known * _NS_COMPARED
        scan = "_index" not in self.__dict__ and scanned <= known * _NS_INDEXED + len(sources) * _NS_LOOKED_UP
        for source in sources:
            if is_too_long(source) or not known:
                yield ()
                continue
            near = self._sources if scan else [self._sources[number] for number in self._index.find(source)]
            found = process.extract(source, near, scorer=fuzz.ratio, score_cutoff=MIN_SCORE, limit=MOST)
            matches = (Match(score, unit) for text, score, _ in found for unit in self.exact(text))
            yield tuple(match for match, _ in zip(matches, range(MOST), strict=False))

    @cached_property
    def _sources(self) -> list[str]:
        return list(self._by_source)

    @cached_property
    def _index(self) -> "_GroupIndex":
        return _GroupIndex(self._sources)


class _GroupIndex:
    """Which texts hold a group of characters, by a number that is made of the group."""

    def __init__(self, texts: Sequence[str]) -> None:
        chunks = [_groups(texts, first) for first in range(0, len(texts), _AT_ONCE)]
        counts = np.zeros(1 << _BITS, np.int64)
        for groups, _ in chunks:
            counts += np.bincount(groups, minlength=1 << _BITS)
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._texts = np.empty(self._starts[-1], np.uint32)
        filled = self._starts[:-1].copy()
        for groups, holders in chunks:  # each is sorted by group, so that the rank within one is the way from its first
            found = np.bincount(groups, minlength=1 << _BITS)
            rank = np.arange(len(groups)) - (np.cumsum(found) - found)[groups]
            self._texts[filled[groups] + rank] = holders
            filled += found
        self._sizes = np.bincount(self._texts, minlength=len(texts))

    def find(self, text: str) -> list[int]:
        """Return the numbers of the texts that share most with this one, in their order.

        What it depends on is exact, so that every machine finds the same.
        """
        groups = _groups([text], 0)[0]
        starts, stops = self._starts[groups], self._starts[groups + 1]
        rarest = np.argsort(stops - starts, kind="stable")
        used = rarest[: max(1, int(np.searchsorted(np.cumsum((stops - starts)[rarest]), _LOOKED_THROUGH)))]
        parts = [
            self._texts[start:stop] for start, stop in zip(starts[used].tolist(), stops[used].tolist(), strict=True)
        ]
        found = np.concatenate(parts)
        found.sort()
        firsts = np.flatnonzero(_first_of_each(found))
        holders, shared = found[firsts], np.diff(firsts, append=len(found))
        if len(holders) > _COMPARED:
            alike = (shared * (1 << 24) // (len(groups) + self._sizes[holders])).astype(np.uint64)
            ranks = (alike << np.uint64(32)) | (np.uint64(0xFFFFFFFF) - holders.astype(np.uint64))
            holders = np.sort(holders[ranks >= np.partition(ranks, -_COMPARED)[-_COMPARED]])
        numbers: list[int] = holders.tolist()
        return numbers


def _first_of_each(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Tell of values in their order which are the first of their kind; np.unique takes ten times as long."""
    return np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, np.bool_)


def _groups(texts: Sequence[str], first: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the groups of characters of some texts from the first on, and by each the text, sorted, each pair once."""
    folded = [f"{_BEFORE}{text.lower()}{_AFTER * (_GROUP_CHARS - 1)}" for text in texts[first : first + _AT_ONCE]]
    signs = np.frombuffer("".join(folded).encode("utf-32-le", "surrogatepass"), np.uint32)
    mixed = np.zeros(len(signs), np.uint32)
    for place in range(_GROUP_CHARS):  # the end of the last text is filled up, so no group lacks a sign that counts
        mixed *= np.uint32(0x9E3779B1)
        mixed[: len(signs) - place] += signs[place:]
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA6B)
    holders = np.repeat(np.arange(first, first + len(folded), dtype=np.uint64), [len(text) for text in folded])
    pairs = (mixed >> np.uint32(32 - _BITS)).astype(np.uint64) << np.uint64(32) | holders
    pairs.sort()
    pairs = pairs[_first_of_each(pairs)]
    return (pairs >> np.uint64(32)).astype(np.uint32), pairs.astype(np.uint32)
