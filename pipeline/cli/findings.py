"""What `polypost check` prints: the findings by locale and check, and how many there are."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import click
from babel import Locale

from pipeline.cli.finding_formats import Found, as_github, as_gitlab, as_json, as_junit
from pipeline.cli.gates import Gate, end_under
from pipeline.model.finding import Severity
from pipeline.model.unit import UnitState, shown
from pipeline.storage.git import Commit, repository_root
from pipeline.workflow.checking import remedy_of
from pipeline.workflow.maintenance import CatalogFile, CheckedCatalog, CheckedUnit, check_catalogs
from pipeline.workflow.project import Project


def print_findings(
    project: Project, *, form: str, reviewed: bool, gates: Sequence[Gate], since: Commit | None = None
) -> None:
    """Run every check and print what was found; end with 1 for an error that counts, and for a missed gate."""
    catalogs = list(check_catalogs(project, since))
    found = list(_found(catalogs, reviewed=reviewed))
    root = repository_root(project.locales_dir)
    if form == "text":
        _print_report(project, catalogs, found)
    elif form == "json":
        click.echo(as_json(found, partial(_risk, project)))
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


def _found(catalogs: Sequence[CheckedCatalog], *, reviewed: bool) -> Iterator[Found]:
    for catalog in catalogs:
        for checked in catalog.units:
            excused = checked.unit.state is UnitState.REVIEWED and not reviewed
            for finding in checked.findings:
                yield Found(checked, finding, finding.severity is Severity.ERROR and not excused)


def _risk(project: Project, checked: CheckedUnit) -> int | None:
    return project.risks.of(checked.file.source, checked.file.locale).risk(checked.unit)


def _states(project: Project, catalogs: Sequence[CheckedCatalog]) -> dict[Locale, Counter[UnitState]]:
    """Count the units of each configured locale by state."""
    states: dict[Locale, Counter[UnitState]] = {locale: Counter() for locale in project.settings.locales}
    for catalog in catalogs:
        states[catalog.file.locale].update(catalog.states)
    return states


class _Named(NamedTuple):
    """How a report calls a catalog: by its path from here, and the locales of its targets and sources."""

    path: str
    locale: str
    source: str


def _named(file: CatalogFile) -> _Named:
    path = os.path.relpath(file.path) if file.path.is_relative_to(Path.cwd()) else str(file.path)
    return _Named(path, str(file.locale), str(file.source))


def _print_report(project: Project, catalogs: Sequence[CheckedCatalog], found: Sequence[Found]) -> None:
    """Print the findings by locale and check, errors first, then how many there are."""
    names = {catalog.file.path: _named(catalog.file) for catalog in catalogs}
    groups: defaultdict[tuple[str, Severity, str], list[Found]] = defaultdict(list)
    for each in found:
        groups[names[each.checked.file.path].locale, each.finding.severity, each.finding.check].append(each)
    for (locale, severity, check_id), findings in sorted(groups.items(), key=itemgetter(0)):
        color = "red" if severity is Severity.ERROR else "yellow"
        click.secho(
            f"{locale} {severity.value} {check_id} ({len(findings)}): {remedy_of(check_id)}", fg=color, bold=True
        )
        click.echo("\n".join([_described(each, names[each.checked.file.path]) for each in findings]))
    for configured in map(str, project.settings.locales):
        its = (findings for (locale, _, _), findings in groups.items() if locale == configured)
        _print_total(configured, chain.from_iterable(its))
    _print_total("all", found)
    if reviewed := sum(each.reviewed and each.finding.severity is Severity.ERROR for each in found):
        click.echo(f"{reviewed} errors are on reviewed targets, which no check holds back")


def _described(found: Found, named: _Named) -> str:
    """Describe a finding; texts stand behind a word, for a CI log takes a line that begins with `::` for a command."""
    checked, unit = found.checked, found.checked.unit
    return (
        f"  {named.path}:{checked.line} {found.unit} [{unit.key.context}] {unit.state.value} "
        f"in {', '.join(checked.postings)}\n"
        f"    {named.source}: {unit.key.source}\n    {named.locale}: {shown(unit.target)}\n"
        + click.style(f"    {found.finding.detail}", bold=True)
    )


def _print_total(where: str, found: Iterable[Found]) -> None:
    count = Counter(each.finding.severity for each in found)
    click.echo(f"{where}: {count[Severity.ERROR]} errors, {count[Severity.WARNING]} warnings")
