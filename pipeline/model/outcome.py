"""What became of the records that were read and of each posting in each locale."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a posting is, or is not, in a language version."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    MACHINE = "machine"
    HUMAN = "human"
    UNTRANSLATED = "untranslated"
    NEEDS_REVIEW = "needs_review"
    FINDING = "finding"
    SOURCE_CHANGED = "source_changed"
    NO_ROUTE = "no_route"
    UNDETERMINED = "undetermined"
    NOT_REQUESTED = "not_requested"
    UNLISTED = "unlisted"
    EXPIRED = "expired"


PUBLISHED_REASONS = frozenset({Reason.SOURCE, Reason.REVIEWED, Reason.MACHINE, Reason.HUMAN})


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
    """What an engine was asked: calls of its `translate`, segments in them, seconds they took."""

    engine: str
    calls: int = 0
    segments: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseChanges:
    """What a release changed, as paths below the output folder."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0


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
        )
    return tuple(sums.values())
