"""What a run was like: the time of its stages, how far each locale is, what readers of feeds are told again and why.

It is data alone, for `build/report.json` (its schema is in `docs/`) and the page beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from babel import Locale

from pipeline.model.outcome import EngineUse, LocaleStatus, ReleaseChanges
from pipeline.model.unit import UnitState
from pipeline.publishing.versions.ledger import Ledger, Publication
from pipeline.workflow.stopwatch import Stage

FORM = 1  # of the report; a change that a reader of it has to know of counts on
Fields = dict[str, object]


class Announcement(StrEnum):
    """Why the feeds of a language version announce an item again; `FACTS_CHANGED` is one with the same words."""

    NEW = "new"
    RETURNED = "returned"
    TEXT_CHANGED = "text_changed"
    FACTS_CHANGED = "facts_changed"
    WITHDRAWN = "withdrawn"


def count_announced(before: Ledger, lines: Iterable[Publication]) -> Mapping[str, Mapping[Announcement, int]]:
    """Count what new lines announce after a record, by the name of the locale."""
    counts: defaultdict[str, Counter[Announcement]] = defaultdict(Counter)
    for line in lines:
        counts[line.locale][_announcement(before.get(line.key), line)] += 1
    return counts


def _announcement(before: Publication | None, line: Publication) -> Announcement:
    if line.withdrawn:
        return Announcement.WITHDRAWN
    if before is None:
        return Announcement.NEW
    if before.withdrawn:
        return Announcement.RETURNED
    return Announcement.FACTS_CHANGED if before.digest == line.digest else Announcement.TEXT_CHANGED


def mean_risk(risks: Mapping[int, int]) -> float | None:
    """Return the mean of risks that stand beside so many targets; None without any."""
    count = sum(risks.values())
    return round(sum(risk * number for risk, number in risks.items()) / count, 1) if count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleReport:
    """How far one locale is after a run; what a command does not do, publishing say, it says nothing of."""

    units: Mapping[UnitState, int]
    mean_risk: float | None
    status: LocaleStatus | None = None
    announced: Mapping[Announcement, int] | None = None
    words_as_written: int = 0

    def fields(self) -> Fields:
        """Return it as the report has it."""
        found: Fields = {
            "units": {state.value: self.units[state] for state in UnitState},
            "mean_risk": self.mean_risk,
        }
        if self.status is not None:
            found |= {
                "published": self.status.published,
                "held": self.status.held,
                "held_reasons": {reason.value: number for reason, number in self.status.held_reasons.items()},
                "words_as_written": self.words_as_written,
            }
        if self.announced is not None:
            found["announced"] = {reason.value: number for reason, number in self.announced.items()}
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run of a command; `postings` counts the records by what became of them, `versions` of what made it."""

    command: str
    ended: str
    as_of: str | None
    versions: Mapping[str, str]
    stages: tuple[Stage, ...]
    postings: Mapping[str, int]
    locales: Mapping[Locale, LocaleReport]
    uses: tuple[EngineUse, ...] = ()
    changes: ReleaseChanges | None = None

    def fields(self) -> Fields:
        """Return it as `report.json` holds it."""
        found: Fields = {
            "form": FORM,
            "command": self.command,
            "ended": self.ended,
            "as_of": self.as_of,
            "versions": dict(self.versions),
            "seconds": round(sum(stage.seconds for stage in self.stages), 3),
            "peak_bytes": max((stage.peak_bytes for stage in self.stages), default=0),
            "stages": [
                {
                    "stage": stage.name,
                    "seconds": round(stage.seconds, 3),
                    "count": stage.count,
                    "rate": round(stage.rate, 1),
                    "peak_bytes": stage.peak_bytes,
                }
                for stage in self.stages
            ],
            "postings": dict(self.postings),
            "locales": {str(locale): report.fields() for locale, report in self.locales.items()},
            "engines": {
                use.engine: {"calls": use.calls, "segments": use.segments, "seconds": round(use.seconds, 3)}
                for use in self.uses
            },
        }
        if self.changes is not None:
            files = self.changes
            found["files"] = {
                "added": len(files.added),
                "changed": len(files.changed),
                "removed": len(files.removed),
                "unchanged": files.unchanged,
            }
        return found
