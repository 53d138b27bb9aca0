"""What `polypost check` prints: the findings by locale and check, and how many there are."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click
from babel import Locale

from pipeline.cli.finding_formats import Found, as_github, as_gitlab, as_json, as_junit
from pipeline.cli.gates import Gate, end_under
from pipeline.model.finding import Severity
from pipeline.model.unit import UnitState
from pipeline.storage.git import Commit, repository_root
from pipeline.workflow.checking import remedy_of
from pipeline.workflow.maintenance import CheckedCatalog, check_catalogs
from pipeline.workflow.project import Project


def print_findings(
    project: Project, *, form: str, reviewed: bool, gates: Sequence[Gate], since: Commit | None = None
) -> None:
    """Run every check and print what was found; end with 1 for an error that counts, and for a missed gate."""
    catalogs = list(check_catalogs(project, since))
    found = list(_found(project, catalogs, reviewed=reviewed))
    root = repository_root(project.locales_dir)
    if form == "text":
        _print_report(project, found)
    elif form == "json":
        click.echo(as_json(found))
    elif form == "gitlab":
        click.echo(as_gitlab(found, root))
    elif form == "junit":
        click.echo(as_junit(catalogs, found, root))
    else:
        click.echo(as_github(found, root), nl=bool(found))
        _print_total("all", found)
    if gates:
        end_under(gates, _states(project, catalogs))
    if any(each.counts for each in found):
        raise SystemExit(1)


def _found(project: Project, catalogs: Sequence[CheckedCatalog], *, reviewed: bool) -> Iterator[Found]:
    for catalog in catalogs:
        risks = project.risks.of(catalog.file.source, catalog.file.locale)
        for checked in catalog.units:
            excused = checked.unit.state is UnitState.REVIEWED and not reviewed
            for finding in checked.findings:
                counts = finding.severity is Severity.ERROR and not excused
                yield Found(checked, finding, risks.risk(checked.unit), counts)


def _states(project: Project, catalogs: Sequence[CheckedCatalog]) -> dict[Locale, Counter[UnitState]]:
    """Count the units of each configured locale by state."""
    states: dict[Locale, Counter[UnitState]] = {locale: Counter() for locale in project.settings.locales}
    for catalog in catalogs:
        states[catalog.file.locale].update(catalog.states)
    return states


def _print_report(project: Project, found: list[Found]) -> None:
    """Print the findings by locale and check, errors first, then how many there are."""
    ordered = sorted(found, key=_place)
    for (locale, severity, check_id), group in groupby(ordered, key=_place):
        findings = list(group)
        color = "red" if severity is Severity.ERROR else "yellow"
        click.secho(
            f"{locale} {severity.value} {check_id} ({len(findings)}): {remedy_of(check_id)}", fg=color, bold=True
        )
        for each in findings:
            _print_finding(each)
    for configured in project.settings.locales:
        _print_total(str(configured), [each for each in found if each.checked.file.locale == configured])
    _print_total("all", found)
    if reviewed := sum(each.reviewed and each.finding.severity is Severity.ERROR for each in found):
        click.echo(f"{reviewed} errors are on reviewed targets, which no check holds back")


def _place(found: Found) -> tuple[str, Severity, str]:
    return str(found.checked.file.locale), found.finding.severity, found.finding.check


def _print_finding(found: Found) -> None:
    """Print a finding; texts stand behind a word, for a CI log takes a line that begins with `::` for a command."""
    file, unit = found.checked.file, found.checked.unit
    path = os.path.relpath(file.path) if file.path.is_relative_to(Path.cwd()) else file.path
    places = ", ".join(found.checked.postings)
    click.echo(f"  {path}:{found.checked.line} [{unit.key.context}] {unit.state.value} in {places}")
    click.echo(f"    {file.source}: {unit.key.source}\n    {file.locale}: {unit.target}")
    click.secho(f"    {found.finding.detail}", bold=True)


def _print_total(where: str, found: Sequence[Found]) -> None:
    count = Counter(each.finding.severity for each in found)
    click.echo(f"{where}: {count[Severity.ERROR]} errors, {count[Severity.WARNING]} warnings")
