"""What `polypost check` prints: the findings by locale and check, and how many there are."""

import os
from itertools import groupby
from pathlib import Path

import click

from pipeline.cli import report
from pipeline.model.finding import Finding, Severity
from pipeline.model.unit import UnitState, unit_id
from pipeline.workflow.checking import remedy_of
from pipeline.workflow.maintenance import CheckedUnit, check_catalogs
from pipeline.workflow.project import Project

Found = tuple[CheckedUnit, Finding]


def print_findings(project: Project, *, as_json: bool, reviewed: bool) -> None:
    """Run every check and print what was found; end with 1 for an error that counts."""
    found = [(unit, finding) for unit in check_catalogs(project) for finding in unit.findings]
    if as_json:
        report.print_json([_fields(project, unit, finding) for unit, finding in found])
    else:
        _print_report(project, found)
    counted = found if reviewed else [item for item in found if not _is_reviewed(item)]
    if _count(counted, Severity.ERROR):
        raise SystemExit(1)


def _print_report(project: Project, found: list[Found]) -> None:
    """Print the findings by locale and check, errors first, then how many there are."""
    ordered = sorted(found, key=_place)
    for (locale, severity, check_id), group in groupby(ordered, key=_place):
        findings = list(group)
        color = "red" if severity is Severity.ERROR else "yellow"
        click.secho(
            f"{locale} {severity.value} {check_id} ({len(findings)}): {remedy_of(check_id)}", fg=color, bold=True
        )
        for unit, finding in findings:
            _print_finding(unit, finding)
    for configured in project.settings.locales:
        _print_total(str(configured), [item for item in found if item[0].file.locale == configured])
    _print_total("all", found)
    if reviewed := sum(_held_by_nobody(item) for item in found):
        click.echo(f"{reviewed} errors are on reviewed targets, which no check holds back")


def _place(item: Found) -> tuple[str, Severity, str]:
    unit, finding = item
    return str(unit.file.locale), finding.severity, finding.check


def _print_finding(checked: CheckedUnit, finding: Finding) -> None:
    unit = checked.unit
    path = os.path.relpath(checked.file.path) if checked.file.path.is_relative_to(Path.cwd()) else checked.file.path
    click.echo(f"  {path}:{checked.line} [{unit.key.context}] {unit.state.value} in {', '.join(checked.postings)}")
    click.echo(f"    {unit.key.source}\n    {unit.target}")
    click.secho(f"    {finding.detail}", bold=True)


def _print_total(where: str, found: list[Found]) -> None:
    errors, warnings = _count(found, Severity.ERROR), _count(found, Severity.WARNING)
    click.echo(f"{where}: {errors} errors, {warnings} warnings")


def _held_by_nobody(item: Found) -> bool:
    return item[1].severity is Severity.ERROR and _is_reviewed(item)


def _is_reviewed(item: Found) -> bool:
    return item[0].unit.state is UnitState.REVIEWED


def _holds(item: Found) -> bool:
    return item[1].severity is Severity.ERROR and not _is_reviewed(item)


def _count(found: list[Found], severity: Severity) -> int:
    return sum(finding.severity is severity for _, finding in found)


def _fields(project: Project, checked: CheckedUnit, finding: Finding) -> dict[str, object]:
    return {
        "unit": unit_id(checked.unit.key, checked.file.locale),
        "locale": str(checked.file.locale),
        "domain": checked.file.domain,
        "file": str(checked.file.path),
        "line": checked.line,
        "postings": list(checked.postings),
        "context": checked.unit.key.context,
        "source": checked.unit.key.source,
        "target": checked.unit.target,
        "state": checked.unit.state.value,
        "check": finding.check,
        "severity": finding.severity.value,
        "detail": finding.detail,
        "risk": project.risks.of(checked.file.source, checked.file.locale).risk(checked.unit),
        "holds": _holds((checked, finding)),
        "remedy": remedy_of(finding.check),
    }
