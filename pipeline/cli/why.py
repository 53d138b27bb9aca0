"""`polypost why`: why a posting is, or is not, in a language version."""

import click
from babel import Locale

from pipeline.cli import options, report
from pipeline.cli.remedies import remedy_for
from pipeline.model.decision import Decision
from pipeline.model.unit import Unit, UnitState
from pipeline.workflow.cataloging import read_catalogs
from pipeline.workflow.checking import UnitChecker, current_ids
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings, segment
from pipeline.workflow.releasing import catalog_of, decide_one


@click.command()
@click.argument("posting")
@click.argument("locale", type=options.LocaleParam())
@options.with_records
@options.as_json
def why(project: Project, *, posting: str, locale: Locale, as_json: bool) -> None:
    """Tell why POSTING is, or is not, in the version of LOCALE, and which units hold it."""
    wanted = project.configured_locale(locale)
    intake = segment(project, read_postings(project))
    decision = decide_one(project, intake.find(posting), read_catalogs(project, intake), wanted)
    checker = project.checks.of(decision.segmented.posting.language, wanted)
    if as_json:
        report.print_json(_fields(checker, decision))
        return
    verb = "is published" if decision.published else "is held"
    click.echo(f"{posting} {verb} in {wanted}: {decision.reason.value}")
    for unit in decision.units:
        if unit.state is not UnitState.REVIEWED:
            _print_unit(checker, unit)
    if not decision.published:
        remedy = remedy_for(decision, catalog_of(project, decision))
        click.echo(f"What to do: {remedy}")


def _print_unit(checker: UnitChecker, unit: Unit) -> None:
    click.echo(f"  {_state(unit)}  [{unit.key.context}] {unit.key.source}")
    lines = (
        ("before", unit.previous.source if unit.previous and unit.stale else ""),
        ("target", unit.target),
        ("suggested", unit.suggestion.target if unit.suggestion else ""),
    )
    for word, text in lines:
        if text:
            click.echo(f"      {word}: {text}")
    for finding in checker.findings(unit):
        click.echo(f"      {finding.severity.value} {finding.check}: {finding.detail}")


def _state(unit: Unit) -> str:
    found = f" ({', '.join(current_ids(unit.findings))})" if unit.findings else ""
    note = " (made for another source)" if unit.stale else found
    return unit.state.value + note


def _fields(checker: UnitChecker, decision: Decision) -> dict[str, object]:
    return {
        "posting": decision.segmented.posting.id,
        "locale": str(decision.locale),
        "published": decision.published,
        "reason": decision.reason.value,
        "units": [_unit_fields(checker, unit) for unit in decision.units],
    }


def _unit_fields(checker: UnitChecker, unit: Unit) -> dict[str, object]:
    found = tuple(finding.check for finding in checker.findings(unit))
    return {
        "context": unit.key.context,
        "source": unit.key.source,
        "target": unit.target,
        "state": unit.state.value,
        "origin": unit.made_by.value if unit.translated else None,
        "previous": unit.previous.source if unit.previous else None,
        "findings": list(found or current_ids(unit.findings)),
    }
