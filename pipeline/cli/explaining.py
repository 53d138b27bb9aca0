"""What `polypost why` prints of a posting in a language version, and of its units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click
from babel import Locale

from pipeline.cli import report
from pipeline.cli.reasons import describe_risk, explain, remedy_for
from pipeline.cli.unit_lines import unit_lines
from pipeline.model.finding import Finding
from pipeline.model.max_risk import HIGHEST_RISK, MaxRisk
from pipeline.model.outcome import Decision
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, unit_id
from pipeline.workflow.catalogs import read_catalogs
from pipeline.workflow.checking import UnitChecker, current_ids
from pipeline.workflow.decisions import DecisionRecord
from pipeline.workflow.neighbours import Neighbours, current_neighbours
from pipeline.workflow.page_words import page_words_in
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings
from pipeline.workflow.risks import RiskReader
from pipeline.workflow.rulings import Rulings
from pipeline.workflow.standing import catalog_of, decide_one
from pipeline.workflow.waiting import Users, findings_beside, units_in_question, users_of_units

# Of the postings that share a unit so many are named; `--json` names all.
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explained:
    """A decision, with what is known of its units, and the highest risk that is published in its locale."""

    decision: Decision
    checker: UnitChecker
    across: Mapping[Unit, Sequence[Finding]]
    risks: RiskReader
    max_risk: MaxRisk
    users: Mapping[UnitKey, Users]
    neighbours: Neighbours
    decisions: DecisionRecord

    def findings(self, unit: Unit) -> tuple[Finding, ...]:
        """Return what the checks say of a unit, by itself and among the others of the posting."""
        return (*self.checker.findings(unit), *self.across.get(unit, ()))


def explain_posting(project: Project, posting: str, locale: Locale, *, as_json: bool) -> None:
    """Tell why a posting is, or is not, in the version of a locale, and which units hold it."""
    wanted = project.configured_locale(locale)
    intake = read_postings(project)
    catalogs = read_catalogs(project, intake, only=wanted)
    decision = decide_one(project, intake.find(posting), catalogs, wanted)
    rulings = Rulings(project, intake, catalogs, {wanted: page_words_in(project, wanted)})
    explained = _Explained(
        decision=decision,
        checker=project.checks.of(decision.segmented.posting.language, wanted),
        across=findings_beside(project, intake, catalogs, decision),
        risks=project.risks.of(decision.segmented.posting.language, wanted),
        max_risk=project.settings.max_risk_of(wanted),
        users=users_of_units(project, rulings, decision),
        neighbours=current_neighbours(
            project, catalogs, decision.segmented.posting.language, wanted, (*decision.as_written, *decision.units)
        ),
        decisions=project.decisions,
    )
    if as_json:
        report.print_json(_fields(explained))
        return
    verb = "is published" if decision.published else "is held"
    click.echo(f"{posting} {verb} in {wanted}: {decision.reason.value}")
    for unit in units_in_question(project, decision):
        _print_unit(explained, unit)
    click.echo("\n".join(explain((decision.reason,))))
    if not decision.published:
        click.echo(f"What to do: {remedy_for(decision, catalog_of(project, decision))}")


def _print_unit(explained: _Explained, unit: Unit) -> None:
    name = unit_id(unit.key, explained.decision.locale)
    click.echo(f"  {name} {_state(unit)}  [{unit.key.context}] {unit.key.source}")
    said = explained.decisions.of(unit, explained.decision.locale)
    for line in unit_lines(unit, risk=_risk(explained, unit), assigned=said.assigned, comments=said.comments):
        click.echo(f"      {line}")
    lines = (
        ("shown", "as written" if unit in explained.decision.as_written else ""),
        ("holds", _holds(explained, unit)),
    )
    for word, text in lines:
        if text:
            click.echo(f"      {word}: {text}")
    for near in explained.neighbours.get(unit.key, ()):
        click.echo(f"      neighbour: {near.line}")
    for finding in explained.findings(unit):
        click.echo(f"      {finding.severity.value} {finding.check}: {finding.detail}")


def _holds(explained: _Explained, unit: Unit) -> str:
    """Say what a unit holds: this posting, alone or with others, and which other postings."""
    decision = explained.decision
    if unit not in decision.holding:
        return ""
    alone = "the posting, alone" if len(decision.holding) == 1 else "the posting"
    others = [posting for posting in explained.users[unit.key].waiting if posting != decision.segmented.posting.id]
    if not others:
        return alone
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return f"{alone}, and {len(others)} other{'s' * (len(others) > 1)}: {', '.join(others[:_NAMED])}{more}"


def _risk(explained: _Explained, unit: Unit) -> str:
    """Say how likely a machine's target is wrong, and whether it is not published for that."""
    risk = explained.risks.risk(unit)
    if risk is None:
        return ""
    too_risky = unit.key in explained.decision.too_risky
    return describe_risk(risk, explained.max_risk.of(unit.key.context) if too_risky else HIGHEST_RISK)


def _state(unit: Unit) -> str:
    found = f" ({', '.join(current_ids(unit.findings))})" if unit.findings else ""
    note = " (made for another source)" if unit.stale else found
    return unit.state.value + note


def _fields(explained: _Explained) -> dict[str, object]:
    decision = explained.decision
    listed = {unit.key: unit for unit in (*decision.as_written, *decision.units)}
    return {
        "posting": decision.segmented.posting.id,
        "locale": str(decision.locale),
        "published": decision.published,
        "reason": decision.reason.value,
        "units": [_unit_fields(explained, unit) for unit in listed.values()],
    }


def _unit_fields(explained: _Explained, unit: Unit) -> dict[str, object]:
    found = tuple(finding.check for finding in explained.findings(unit))
    users = explained.users.get(unit.key, Users())
    as_written = unit in explained.decision.as_written or unit.kept_as_written
    return {
        "id": unit_id(unit.key, explained.decision.locale),
        "context": unit.key.context,
        "source": unit.key.source,
        "target": unit.target,
        "state": unit.state.value,
        "origin": unit.made_by.value if unit.translated else None,
        "previous": unit.previous.source if unit.previous else None,
        "findings": list(found or current_ids(unit.findings)),
        "risk": explained.risks.risk(unit),
        "shown": "as_written" if as_written else "target",
        "holds": unit in explained.decision.holding,
        "postings": list(users.postings),
        "waiting": list(users.waiting),
        "neighbours": report.neighbour_fields(explained.neighbours.get(unit.key, ())),
    }
