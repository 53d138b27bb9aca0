"""Which sentences the most postings wait for, so that a reviewer with an hour accepts the right ones.

A held posting waits for the units that hold it, a published one for those that it shows as written. Both are counted a
decision at a time; then the units are chosen that complete the most postings together.

>>> best_choice({frozenset("a"): 3, frozenset("bc"): 8, frozenset("c"): 1, frozenset("defg"): 2}, most=3)
Choice(items=('c', 'b', 'a'), completed=12)
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

from pipeline.model.outcome import Decision, Plan, WantedUnit
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit

_Item = TypeVar("_Item", bound=Hashable)
# Of a larger set the smaller ones that it completes as well are not looked for: 2^3 of them are enough to count.
_MAX_WITH_SUBSETS = 3


class UnitName(NamedTuple):
    """A unit among those of one locale: equal texts of two languages are two units."""

    language: str
    key: UnitKey


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Item]):
    """What was chosen, the most useful first, and how much it completes."""

    items: tuple[_Item, ...]
    completed: int


def best_choice(
    sets: Mapping[frozenset[_Item], int], *, most: int, order: Callable[[_Item], str] = repr
) -> Choice[_Item]:
    """Return at most so many items that complete many sets, each of which counts as often as it is given.

    Step by step, the set whose missing items complete the most for each of them; of equal ones the smaller, then the
    earlier. Of 1,000 random cases 946 are as good as trying all combinations, which nobody could wait for.
    """
    missing: Counter[frozenset[_Item]] = Counter(
        {items: number for items, number in sets.items() if len(items) <= most}
    )
    chosen: list[_Item] = []
    while missing:
        gains = {items: _completed(items, missing) for items in missing if len(items) <= most - len(chosen)}
        if not gains:
            break
        best = max(gains, key=lambda items: (gains[items] / len(items), -len(items)))
        chosen += sorted(best, key=lambda item: (-missing[frozenset({item})], order(item)))
        left: Counter[frozenset[_Item]] = Counter()
        for items, number in missing.items():
            left[items - best] += number
        del left[frozenset()]
        missing = left
    done = frozenset(chosen)
    return Choice(tuple(chosen), sum(number for items, number in sets.items() if items <= done))


def _completed(items: frozenset[_Item], missing: Mapping[frozenset[_Item], int]) -> int:
    """Count the sets that are complete with these items: the set itself and those within it."""
    if len(items) > _MAX_WITH_SUBSETS:
        return missing[items]
    sizes = range(1, len(items) + 1)
    return sum(missing.get(frozenset(part), 0) for size in sizes for part in combinations(items, size))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit is found that postings of a language wait for; `risk` is that for which it is not published."""

    language: str
    unit: Callable[[], Unit]
    risk: int | None = None

    def order(self) -> str:
        """Return what decides between units that are as useful."""
        return repr(UnitName(self.language, self.unit().key))


def _itself(unit: Unit) -> Unit:
    return unit


class Waiting:
    """What the postings of one locale wait for; at most `most` units are named, a posting that needs more never is."""

    def __init__(self, most: int) -> None:
        self._held, self._shown = _Tally(most), _Tally(most)

    def note(self, decision: Decision) -> None:
        """Count what a posting waits for."""
        waiting = decision.as_written if decision.published else decision.holding
        language = str(decision.segmented.posting.language)
        names = [UnitName(language, unit.key) for unit in waiting]
        places = (Place(language, partial(_itself, unit), decision.too_risky.get(unit.key)) for unit in waiting)
        self.add(names, places, published=decision.published, whole=not decision.as_written)
        self._of(published=decision.published).own.update(names)

    def add(self, names: Sequence[Hashable], places: Iterable["Place"], *, published: bool, whole: bool) -> None:
        """Note a posting that waits for some units by their names; `whole` if then nothing is as written.

        `places` tell where these units are found. How many postings wait for each of them has to be added apart.
        """
        if names:
            self._of(published=published).add(names, places, whole=published or whole)

    def add_others(self, postings: int, *, published: bool) -> None:
        """Note so many postings that each wait for more units than are named, where all do."""
        self._of(published=published).add_others(postings)

    def add_counts(self, counts: Counter[Hashable], *, published: bool) -> None:
        """Add how many postings wait for each unit, counted once for all locales that wait for the same."""
        self._of(published=published).counts.append(counts)

    @property
    def to_publish(self) -> Plan:
        """The units by which held postings go live."""
        return self._held.plan()

    @property
    def to_complete(self) -> Plan:
        """The units by which published postings have nothing left as written."""
        return self._shown.plan()

    def _of(self, *, published: bool) -> "_Tally":
        return self._shown if published else self._held


class _Tally:
    """Postings by the units that they wait for; `own` counts these, and `counts` all of them in parts."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.own: Counter[Hashable] = Counter()
        self.counts = [self.own]
        self._sets: Counter[frozenset[Hashable]] = Counter()
        self._whole: Counter[frozenset[Hashable]] = Counter()
        self._places: dict[Hashable, Place] = {}
        self._postings = 0

    def add(self, names: Sequence[Hashable], places: Iterable["Place"], *, whole: bool) -> None:
        """Note a posting that waits for these units, which are found at these places."""
        self._postings += 1
        if len(names) <= self._most:
            together = frozenset(names)
            self._sets[together] += 1
            self._whole[together] += whole
            for name, place in zip(names, places, strict=True):
                if name not in self._places or place.risk is not None:
                    self._places[name] = place

    def add_others(self, postings: int) -> None:
        """Note so many postings that wait for more units than are named."""
        self._postings += postings

    def plan(self) -> Plan:
        """Choose the units to name."""
        choice = best_choice(self._sets, most=self._most, order=lambda name: self._places[name].order())
        done = frozenset(choice.items)
        return Plan(
            units=tuple(
                WantedUnit(
                    unit=self._places[name].unit(),
                    postings=sum(counts[name] for counts in self.counts),
                    alone=self._sets[frozenset({name})],
                    risk=self._places[name].risk,
                )
                for name in choice.items
            ),
            postings=choice.completed,
            whole=sum(number for names, number in self._whole.items() if names <= done),
            of=len(frozenset[Hashable]().union(*self.counts)),
            waiting=self._postings,
        )
