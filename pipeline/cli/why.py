"""`polypost why`: why a posting is, or is not, in a language version."""

from collections.abc import Mapping
from pathlib import Path

import click
from babel import Locale

from pipeline.cli import options, report
from pipeline.cli.options import OF_CATALOGS, OF_RECORDS, options_used
from pipeline.model.outcome import Decision, Reason
from pipeline.model.unit import Unit, UnitState
from pipeline.workflow.cataloging import read_catalogs
from pipeline.workflow.checking import UnitChecker, current_ids
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings, segment
from pipeline.workflow.releasing import catalog_of, decide_one

_REMEDIES: Mapping[Reason, str] = {
    Reason.UNTRANSLATED: "run `polypost translate{options}`, or write the targets that are missing in {catalog}",
    Reason.NEEDS_REVIEW: "accept or change these units in {catalog}: take away `fuzzy` (in Poedit: Needs Work)",
    Reason.FINDING: "correct these units in {catalog}, or accept them as they are: what is reviewed is never held",
    Reason.SOURCE_CHANGED: "these units were edited in the posting: bring their targets up to date in {catalog}",
    Reason.NO_ROUTE: "translate {catalog} by hand, or install a model: `polypost engines{folders}` names the command",
    Reason.UNDETERMINED: 'name the language in the posting: `Language: de` in a text file, "language": "de" in JSON',
    Reason.NOT_REQUESTED: "the posting's own `locales` or `translate`, or the policy of this locale, leave it out",
    Reason.FIELD: "a field that restricts the posting was not understood; `polypost inspect` names it",
    Reason.UNLISTED: 'the posting asks to be shown nowhere ("locales": [])',
    Reason.EXPIRED: "its last day, `valid_through`, has passed",
}


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


def remedy_for(decision: Decision, catalog: Path) -> str:
    """Return what to do next; "" if the posting is published."""
    return _REMEDIES.get(decision.reason, "").format(
        catalog=catalog, options=options_used(*OF_RECORDS), folders=options_used(*OF_CATALOGS)
    )
