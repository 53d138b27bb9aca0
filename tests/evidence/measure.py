"""All evidence about the checks, gathered once and counted in three ways: by check, by kind of fault, by language."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.bench.table import LACKS, need_of
from tests.evidence import faults, machine, people
from tests.evidence.pairs import Pair
from tests.evidence.verdicts import CHECKS, ERROR, Found, found

# The sets in which a finding is a false one, those of planted faults, and the one whose words nobody tunes to.
SOUND = ("people", "own", "base", "holdout")
PLANTED = ("base", "holdout", "in_people")
HELD_OUT = "holdout"
VERDICTS = ("ok", "awkward", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much is measured; `each` is of every kind of fault in every direction."""

    each: int = faults.EACH
    each_held_out: int = faults.EACH_HELD_OUT
    variants: int = 4
    by_people: int = people.EACH
    with_number: int = people.EACH_WITH_NUMBER
    reversed: int = people.EACH_REVERSED
    in_people: int = people.EACH_KIND
    machine: bool = True


SHORT = Extent(
    each=4, each_held_out=2, variants=1, by_people=30, with_number=10, reversed=20, in_people=4, machine=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A pair and what was found in it; in one with a planted fault only what was not found without the fault."""

    pair: Pair
    found: Found

    def severity(self, without: Collection[str] = ()) -> str:
        """Return the gravest severity that was found, "" if nothing was."""
        kept = {severity for check, severity in self.found.items() if check not in without}
        return ERROR if ERROR in kept else next(iter(kept), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Of how many, how many with an error, and how many with a finding at all."""

    of: int
    errors: int
    any: int

    @property
    def percent_errors(self) -> float:
        return 100 * self.errors / self.of if self.of else 0.0

    @property
    def percent_any(self) -> float:
        return 100 * self.any / self.of if self.of else 0.0


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What was found in everything that could be measured here; `needs` says what the rest needs."""

    sound: Sequence[Outcome]
    planted: Sequence[Outcome]
    judged: Sequence[Outcome]
    machine: Sequence[Outcome]
    needs: Mapping[str, str]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of planted faults, in their order."""
        return tuple(dict.fromkeys(outcome.pair.kind for outcome in self.planted))

    def silent(self) -> list[str]:
        """Name the checks that report on nothing of all this."""
        every = (*self.sound, *self.planted, *self.judged, *self.machine)
        return sorted(set(CHECKS).difference(*(outcome.found for outcome in every)))


def gather(extent: Extent) -> Evidence:
    """Check everything that there is here."""
    needs: dict[str, str] = {}
    in_catalogs: list[Pair] = []
    damaged: list[Pair] = []
    lacking = people.missing()
    if lacking:
        needs["translations by people"] = f"catalogs of Debian are missing; apt-get install {' '.join(lacking)}"
    if len(lacking) < len(people.DOMAINS):
        in_catalogs = people.people(extent.by_people, extent.with_number, extent.reversed)
        damaged = list(people.planted(extent.in_people))
    judged: list[Outcome] = []
    try:
        judged = list(map(outcome_of, machine.judged()))
    except LACKS as lack:
        needs["judged segments"] = need_of(lack)
    translated = list(map(outcome_of, machine.translated())) if extent.machine else []
    if extent.machine and not translated:
        needs["translations by engines"] = f"{machine.COMMAND} makes them, from the shared data"
    sound = [*in_catalogs, *people.own(), *faults.sound("base", extent.variants)]
    return Evidence(
        sound=[outcome_of(pair) for pair in [*sound, *faults.sound(HELD_OUT, extent.variants)]],
        planted=[
            outcome_of(pair)
            for pair in [
                *faults.planted("base", extent.each),
                *faults.planted(HELD_OUT, extent.each_held_out),
                *damaged,
            ]
        ],
        judged=judged,
        machine=translated,
        needs=needs,
    )


def outcome_of(pair: Pair) -> Outcome:
    """Return what is found in a pair, beyond what is found in its sound target."""
    now = found(pair)
    before = found(pair, pair.sound) if pair.sound else {}
    return Outcome(
        pair=pair, found={check: grave for check, grave in now.items() if before.get(check) not in {grave, ERROR}}
    )


def share(outcomes: Iterable[Outcome], without: Collection[str] = ()) -> Share:
    """Count outcomes with an error and with any finding."""
    counts = Counter(outcome.severity(without) for outcome in outcomes)
    return Share(of=counts.total(), errors=counts[ERROR], any=counts.total() - counts[""])


def share_of_check(outcomes: Iterable[Outcome], check: str) -> Share:
    """Count outcomes in which one check reports."""
    counts = Counter(outcome.found.get(check, "") for outcome in outcomes)
    return Share(of=counts.total(), errors=counts[ERROR], any=counts.total() - counts[""])


def alone(outcomes: Iterable[Outcome], check: str) -> int:
    """Count outcomes in which only this check reports: what is lost without it."""
    return sum(set(outcome.found) == {check} for outcome in outcomes)


def of_group(outcomes: Iterable[Outcome], *groups: str) -> list[Outcome]:
    """Return the outcomes of some sets."""
    return [outcome for outcome in outcomes if outcome.pair.group in groups]


def split(outcomes: Iterable[Outcome], key: Callable[[Pair], str]) -> Iterator[tuple[str, list[Outcome]]]:
    """Yield the outcomes that share a key, in the order in which keys come first."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(key(outcome.pair), []).append(outcome)
    yield from found.items()
