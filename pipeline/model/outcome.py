"""What became of the records that were read and of each posting in each locale."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from babel import Locale

from pipeline.model.segment import SegmentedPosting, UnitKey
from pipeline.model.unit import Unit, UnitState, count_states


class Reason(StrEnum):
    """Why a posting is, or is not, in a language version."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    MACHINE = "machine"
    HUMAN = "human"
    UNTRANSLATED = "untranslated"
    NEEDS_REVIEW = "needs_review"
    FINDING = "finding"
    RISK = "risk"
    SOURCE_CHANGED = "source_changed"
    NO_ROUTE = "no_route"
    WORDS = "words"
    UNDETERMINED = "undetermined"
    NOT_REQUESTED = "not_requested"
    FIELD = "field"
    WITHHELD = "withheld"
    UNLISTED = "unlisted"
    EXPIRED = "expired"


PUBLISHED_REASONS = frozenset({Reason.SOURCE, Reason.REVIEWED, Reason.MACHINE, Reason.HUMAN})
# What a posting asks for itself: it is then neither published nor held.
OWN_REASONS = frozenset({Reason.EXPIRED, Reason.UNLISTED})
# How many postings each locale has for each reason to publish or to hold one.
Reasons = Mapping[Locale, Mapping[Reason, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleStatus:
    """How far one locale is: its units by state, how many of the reviewed are approved, its postings by reason."""

    units: Mapping[UnitState, int]
    reasons: Mapping[Reason, int]
    approved: int = 0

    @classmethod
    def of(
        cls,
        reasons: Mapping[Reason, int],
        units: Iterable[Unit],
        signed_off: Callable[[Unit], bool] = lambda _: False,
    ) -> "LocaleStatus":
        """Count the units beside postings that were counted by reason."""
        approved = 0

        def noted() -> Iterator[Unit]:
            nonlocal approved
            for unit in units:
                approved += unit.state is UnitState.REVIEWED and signed_off(unit)
                yield unit

        return cls(units=count_states(noted()), reasons=reasons, approved=approved)

    @property
    def published(self) -> int:
        """How many postings the language version holds."""
        return sum(count for reason, count in self.reasons.items() if reason in PUBLISHED_REASONS)

    @property
    def held_reasons(self) -> Mapping[Reason, int]:
        """Why the others are held, sorted, with the number of postings for each reason."""
        passed = PUBLISHED_REASONS | OWN_REASONS
        return {reason: count for reason, count in sorted(self.reasons.items()) if reason not in passed}

    @property
    def held(self) -> int:
        """How many postings are held."""
        return sum(self.held_reasons.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A record that could not be read; `position` counts lines from 1, `record` is what stood there.

    `format` is the name of the format by which the record alone is read again, once it has been corrected.
    """

    file: str
    position: int
    reason: str
    record: str = ""
    format: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.position}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A record that said the same as an earlier one and went into it."""

    file: str
    position: int
    posting_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineUse:
    """What an engine was asked: calls of its `translate`, segments in them, seconds they took.

    `repaired` counts its targets that came out right in another than the first way to ask, by what helped.
    """

    engine: str
    calls: int = 0
    segments: int = 0
    seconds: float = 0.0
    repaired: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseChanges:
    """What a release changed, as paths below the output folder."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    def below(self, folder: str) -> "ReleaseChanges":
        """Return the changes below a folder, without the number of files that stay."""
        added, changed, removed = (
            tuple(path for path in paths if path.startswith(folder))
            for paths in (self.added, self.changed, self.removed)
        )
        return ReleaseChanges(added=added, changed=changed, removed=removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What a build would write: files of the `record` in `locales/`, lines of `publications`, files of the output."""

    record: tuple[str, ...] = ()
    publications: int = 0
    files: ReleaseChanges = ReleaseChanges()

    def __bool__(self) -> bool:
        """Tell whether there is something."""
        return bool(self.record or self.publications or self.files.added or self.files.changed or self.files.removed)


class ChangeKind(StrEnum):
    """What happens to a posting in a language version."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


def sum_uses(uses: Iterable[EngineUse]) -> tuple[EngineUse, ...]:
    """Add up the uses of each engine, in order of first use."""
    sums: dict[str, EngineUse] = {}
    for use in uses:
        before = sums.get(use.engine, EngineUse(engine=use.engine))
        sums[use.engine] = EngineUse(
            engine=use.engine,
            calls=before.calls + use.calls,
            segments=before.segments + use.segments,
            seconds=before.seconds + use.seconds,
            repaired=dict(sorted((Counter(before.repaired) + Counter(use.repaired)).items())),
        )
    return tuple(sums.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether and why a posting is in a language version; `units` are those of its segments, in reading order.

    `holding` are those that keep it out: once each of them has a target that may be published, the posting is out too.
    `as_written` are those that are shown, or would be then, in the language of the posting; statutory lines first.
    `too_risky` are the segments whose target is not published for its risk, with that.
    """

    segmented: SegmentedPosting
    locale: Locale
    reason: Reason
    units: tuple[Unit, ...] = ()
    holding: tuple[Unit, ...] = ()
    as_written: tuple[Unit, ...] = ()
    too_risky: Mapping[UnitKey, int] = field(default_factory=dict)

    @property
    def highest_risk(self) -> int:
        """The risk of the riskiest target that keeps the posting out for that; 0 without one."""
        return max((self.too_risky.get(unit.key, 0) for unit in self.holding), default=0)

    @property
    def published(self) -> bool:
        """Whether the posting is in this language version."""
        return self.reason in PUBLISHED_REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedUnit:
    """A unit, and how many postings wait for it, `alone` for nothing else.

    `risk` is that of a target which is not published for it.
    """

    unit: Unit
    postings: int
    alone: int = 0
    risk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The units to accept first, of the number `of` that postings wait for, and how many postings are then complete.

    `whole` of these have nothing left as written; `waiting` postings wait in all.
    """

    units: tuple[WantedUnit, ...]
    postings: int
    whole: int
    of: int
    waiting: int
