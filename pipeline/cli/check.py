"""`polypost check`: every check over every catalog."""

import click

from pipeline.cli import options, report
from pipeline.model.finding import Severity
from pipeline.workflow.project import Project
from pipeline.workflow.upkeep import CheckedUnit, check_catalogs


@click.command()
@options.with_catalogs
@options.as_json
def check(project: Project, *, as_json: bool) -> None:
    """Run every check over the targets in the catalogs; ends with 1 if one found an error."""
    checked = list(check_catalogs(project))
    if as_json:
        report.print_json([fields for unit in checked for fields in _fields(unit)])
    else:
        for unit in checked:
            _print(unit)
        click.echo(f"{_count(checked, Severity.ERROR)} errors, {_count(checked, Severity.WARNING)} warnings")
    if _count(checked, Severity.ERROR):
        raise SystemExit(1)


def _count(checked: list[CheckedUnit], severity: Severity) -> int:
    return sum(finding.severity is severity for unit in checked for finding in unit.findings)


def _print(checked: CheckedUnit) -> None:
    unit = checked.unit
    click.echo(f"{checked.file.path} [{unit.key.context}] ({unit.state.value})")
    click.echo(f"  {unit.key.source}\n  {unit.target}")
    for finding in checked.findings:
        click.secho(f"  {finding.severity.value} {finding.check}: {finding.detail}", fg="yellow")


def _fields(checked: CheckedUnit) -> list[dict[str, object]]:
    return [
        {
            "locale": str(checked.file.locale),
            "domain": checked.file.domain,
            "context": checked.unit.key.context,
            "source": checked.unit.key.source,
            "target": checked.unit.target,
            "state": checked.unit.state.value,
            "check": finding.check,
            "severity": finding.severity.value,
            "detail": finding.detail,
        }
        for finding in checked.findings
    ]
