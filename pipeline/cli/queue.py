"""What `polypost review list` prints: the units to review, each with what a reviewer needs to decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import click
from babel import Locale

from pipeline.cli import report
from pipeline.cli.unit_lines import unit_lines
from pipeline.errors import UsageError
from pipeline.model.unit import Unit
from pipeline.workflow.catalogs import Catalogs, read_catalogs
from pipeline.workflow.checking import CHECK_IDS, current_ids
from pipeline.workflow.neighbours import Neighbour, current_neighbours
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings
from pipeline.workflow.review_queue import QueuedUnit, Urgency, review_queue

_URGENCY = {
    Urgency.AS_WRITTEN: "stands as written in",
    Urgency.HOLDS: "keeps out",
    Urgency.UNREVIEWED: "not reviewed, in",
    Urgency.FINDING: "reviewed, with findings, in",
}
# Of the postings that use a unit so many are named; `--json` names all.
_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which units are wanted, and whether only their ids; what is None leaves nothing out."""

    locales: tuple[Locale, ...] = ()
    posting: str | None = None
    finding: str | None = None
    risk: int | None = None
    assigned: str | None = None
    limit: int | None = None
    ids: bool = False

    def takes(self, queued: QueuedUnit) -> bool:
        """Tell whether a unit is wanted."""
        return (
            self.posting in {None, *queued.postings}
            and self.finding in {None, *(finding.check for finding in queued.findings), *_refused_by(queued.unit)}
            and (self.risk is None or (queued.risk or 0) >= self.risk)
            and self.assigned in {None, queued.standing.assigned}
        )


def print_queue(project: Project, choice: Choice, *, as_json: bool) -> None:
    """Print the units that are wanted, the most urgent of each locale first."""
    if choice.finding is not None and choice.finding not in (ids := CHECK_IDS.promised | CHECK_IDS.adjustable):
        raise UsageError(f"no check has the id {choice.finding!r}; there are {', '.join(sorted(ids))}")
    intake = read_postings(project)
    if choice.posting is not None:
        intake.find(choice.posting)  # an id that nobody has is a mistake, not an empty list
    locales = [project.configured_locale(locale) for locale in choice.locales] or [*project.settings.locales]
    catalogs = read_catalogs(project, intake)
    queue = review_queue(project, intake, catalogs, locales)
    wanted = _limited(filter(choice.takes, queue), choice.limit)
    if choice.ids:
        for queued in wanted:
            click.echo(queued.id)
        return
    listed = [*wanted]
    neighbours = _neighbours(project, catalogs, listed)
    if as_json:
        report.print_json([_fields(queued, neighbours[queued.id]) for queued in listed])
    else:
        _print(listed, neighbours)


def _neighbours(project: Project, catalogs: Catalogs, listed: list[QueuedUnit]) -> dict[str, Sequence[Neighbour]]:
    """Return the neighbours of each unit by its id; those of one pair of languages are looked up together."""
    found: dict[str, Sequence[Neighbour]] = {}
    for queued in listed:
        if queued.id not in found:
            alike = [other for other in listed if _pair(other) == _pair(queued)]
            units = (other.unit for other in alike)
            near = current_neighbours(project, catalogs, queued.language, queued.locale, units)
            found |= {other.id: near.get(other.unit.key, ()) for other in alike}
    return found


def _pair(queued: QueuedUnit) -> tuple[Locale | None, Locale]:
    return queued.language, queued.locale


def _limited(queue: Iterator[QueuedUnit], limit: int | None) -> Iterator[QueuedUnit]:
    for _, units in groupby(queue, key=lambda queued: queued.locale):
        yield from islice(units, limit)


def _print(queue: Sequence[QueuedUnit], neighbours: Mapping[str, Sequence[Neighbour]]) -> None:
    for queued in queue:
        unit, postings = queued.unit, queued.waiting or queued.postings
        more = f" and {len(postings) - _NAMED} more" if len(postings) > _NAMED else ""
        click.secho(f"{queued.id} {queued.locale}", bold=True, nl=False)
        click.echo(f"  {_URGENCY[queued.urgency]} {', '.join(postings[:_NAMED])}{more}")
        click.echo(f"  [{unit.key.context}] {unit.key.source}")
        risk = f"{queued.risk} of 100" if queued.risk is not None else ""
        said = queued.standing
        for line in unit_lines(unit, risk=risk, assigned=said.assigned, comments=said.comments):
            click.echo(f"    {line}")
        for near in neighbours[queued.id]:
            click.echo(f"    neighbour: {near.line}")
        for finding in queued.findings:
            click.echo(f"    {finding.severity.value} {finding.check}: {finding.detail}")
    ids = "; polypost accept, reject, replace or dismiss take their ids" if queue else ""
    click.echo(f"{len(queue)} units{ids}")


def _refused_by(unit: Unit) -> tuple[str, ...]:
    """Name the checks that refused what an engine made of a unit without a target."""
    return () if unit.translated else current_ids(unit.findings)


def _fields(queued: QueuedUnit, neighbours: Sequence[Neighbour]) -> dict[str, object]:
    unit = queued.unit
    return {
        "unit": queued.id,
        "locale": str(queued.locale),
        "source_language": str(queued.language),
        "context": unit.key.context,
        "source": unit.key.source,
        "previous": unit.previous.source if unit.previous and unit.stale else None,
        "target": unit.target,
        "suggestion": unit.suggestion.target if unit.suggestion else None,
        "state": unit.state.value,
        "origin": unit.made_by.value if unit.translated else None,
        "risk": queued.risk,
        "refused_by": list(_refused_by(unit)),
        "conflicts": list(unit.conflicts),
        "notes": [*filter(None, unit.extras.notes)],
        "urgency": queued.urgency.name.lower(),
        "postings": list(queued.postings),
        "waiting": list(queued.waiting),
        "assigned": queued.standing.assigned or None,
        "comments": [
            {"person": comment.person, "text": comment.text, "when": comment.when}
            for comment in queued.standing.comments
        ],
        "findings": [
            {"check": finding.check, "severity": finding.severity.value, "detail": finding.detail}
            for finding in queued.findings
        ],
        "neighbours": report.neighbour_fields(neighbours),
    }
