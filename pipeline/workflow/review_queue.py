"""What is to be reviewed, in the order in which a review brings the most: the list of `polypost review list`.

Statutory lines and other sentences that stand as written in published postings come first, then what keeps postings
out, of these what brings the most of them out; then the rest by its risk; then reviewed targets about which a check
found something. Each unit stands there once for its locale, with every posting that uses it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from babel import Locale

from pipeline.catalog.decisions import Standing
from pipeline.model.finding import Finding
from pipeline.model.outcome import Decision
from pipeline.model.unit import Unit, UnitState, unit_id
from pipeline.workflow.catalogs import Catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.standing import decide_in
from pipeline.workflow.translation_report import findings_across


class Urgency(IntEnum):
    """Why a unit is in the queue, the most urgent first."""

    AS_WRITTEN = 0
    HOLDS = 1
    UNREVIEWED = 2
    FINDING = 3


@dataclass(slots=True, kw_only=True)
class _Noted:
    """What is known of a unit while the postings pass by."""

    unit: Unit
    language: Locale | None
    postings: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    share: float = 0.0
    as_written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedUnit:
    """A unit to review; `waiting` are the postings that it keeps out, or in which it stands as written.

    `share` is its part in what these wait for: 2.5 if two postings wait for it alone and a third for it and another.
    """

    locale: Locale
    language: Locale | None
    unit: Unit
    urgency: Urgency
    postings: tuple[str, ...]
    waiting: tuple[str, ...]
    share: float
    findings: tuple[Finding, ...]
    risk: int | None
    standing: Standing

    @property
    def id(self) -> str:
        """The digits by which commands name it."""
        return unit_id(self.unit.key, self.locale)


def review_queue(
    project: Project, intake: Intake, catalogs: Catalogs, locales: Iterable[Locale]
) -> Iterator[QueuedUnit]:
    """Yield what is to be reviewed, one locale after the other, the most urgent of each first."""
    across = findings_across(project, catalogs)
    found_across = {(name.locale, unit): found for name, units in across.items() for unit, found in units.items()}
    for locale in locales:
        noted = _note(decide_in(project, intake.segmented, catalogs, locale))
        queued = (_queued(project, locale, each, found_across.get((locale, each.unit), ())) for each in noted)
        yield from sorted(filter(None, queued), key=_order)


def _note(decisions: Iterable[Decision]) -> Sequence[_Noted]:
    noted: dict[tuple[str, Unit], _Noted] = {}
    for decision in decisions:
        posting = decision.segmented.posting
        as_written, holding = frozenset(decision.as_written), frozenset(decision.holding)
        for unit in decision.units:
            name = str(posting.language), unit
            if name not in noted:
                noted[name] = _Noted(unit=unit, language=posting.language)
            noted[name].postings.append(posting.id)
            noted[name].as_written |= unit in as_written
            if unit in as_written or unit in holding:
                noted[name].waiting.append(posting.id)
                noted[name].share += 1 / len(as_written if unit in as_written else holding)
    return tuple(noted.values())


def _queued(project: Project, locale: Locale, noted: _Noted, across: Sequence[Finding]) -> QueuedUnit | None:
    """Return a unit as the queue has it; None if nobody need look at it."""
    unit = noted.unit
    findings = (*project.checks.of(noted.language, locale).findings(unit), *across)
    if noted.as_written:
        urgency = Urgency.AS_WRITTEN
    elif noted.waiting:
        urgency = Urgency.HOLDS
    elif unit.state is not UnitState.REVIEWED:
        urgency = Urgency.UNREVIEWED
    elif findings:
        urgency = Urgency.FINDING
    else:
        return None
    return QueuedUnit(
        locale=locale,
        language=noted.language,
        unit=unit,
        urgency=urgency,
        postings=tuple(noted.postings),
        waiting=tuple(noted.waiting),
        share=round(noted.share, 3),
        findings=findings,
        risk=project.risks.of(noted.language, locale).risk(unit),
        standing=project.decisions.of(unit, locale),
    )


def _order(queued: QueuedUnit) -> tuple[int, float, int]:
    return queued.urgency, -queued.share, -(queued.risk or 0)
