"""Which sentences the most postings wait for, so that a reviewer with an hour accepts the right ones.

A held posting waits for the units that hold it, a published one for those that it shows as written. Both are counted a
decision at a time; then the units are chosen that complete the most postings together.

>>> best_choice({frozenset("a"): 3, frozenset("bc"): 8, frozenset("c"): 1, frozenset("defg"): 2}, most=3)
Choice(items=('c', 'b', 'a'), completed=12)
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
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


def best_choice(sets: Mapping[frozenset[_Item], int], *, most: int) -> Choice[_Item]:
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
        chosen += sorted(best, key=lambda item: (-missing[frozenset({item})], repr(item)))
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


class Waiting:
    """What the postings of one locale wait for; at most `most` units are named, a posting that needs more never is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held, self._shown = _Tally(most), _Tally(most)

    def note(self, decision: Decision) -> None:
        """Count one decision."""
        if decision.holding:
            self._held.add(decision, decision.holding, whole=not decision.as_written)
        elif decision.as_written:
            self._shown.add(decision, decision.as_written, whole=True)

    @property
    def to_publish(self) -> Plan:
        """The units by which held postings go live."""
        return self._held.plan()

    @property
    def to_complete(self) -> Plan:
        """The units by which published postings have nothing left as written."""
        return self._shown.plan()


class _Tally:
    """Postings by the units that they wait for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: Counter[UnitName] = Counter()
        self._sets: Counter[frozenset[UnitName]] = Counter()
        self._whole: Counter[frozenset[UnitName]] = Counter()
        self._units: dict[UnitName, Unit] = {}
        self._risks: dict[UnitName, int] = {}
        self._postings = 0

    def add(self, decision: Decision, units: tuple[Unit, ...], *, whole: bool) -> None:
        language = str(decision.segmented.posting.language)
        names = [UnitName(language, unit.key) for unit in units]
        self._waiting.update(names)
        self._postings += 1
        if len(names) <= self._most:
            together = frozenset(names)
            self._sets[together] += 1
            self._whole[together] += whole
            self._units.update(zip(names, units, strict=True))
            self._risks.update((name, decision.too_risky[name.key]) for name in names if name.key in decision.too_risky)

    def plan(self) -> Plan:
        choice = best_choice(self._sets, most=self._most)
        done = frozenset(choice.items)
        return Plan(
            units=tuple(
                WantedUnit(
                    unit=self._units[name],
                    postings=self._waiting[name],
                    alone=self._sets[frozenset({name})],
                    risk=self._risks.get(name),
                )
                for name in choice.items
            ),
            postings=choice.completed,
            whole=sum(number for names, number in self._whole.items() if names <= done),
            of=len(self._waiting),
            waiting=self._postings,
        )
