"""What people say of units: `polypost accept`, `reject`, `replace`, `approve`, `comment`, `assign`, `dismiss`, `undo`.

Units are named by the ids that `polypost review list`, `why` and `check` print; `-` reads ids from standard input.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import click

from pipeline.cli import messages, options
from pipeline.errors import UsageError
from pipeline.model.decision import Decision
from pipeline.model.unit import shown
from pipeline.workflow.checking import CHECK_IDS
from pipeline.workflow.decisions import person_here
from pipeline.workflow.project import Project
from pipeline.workflow.reviewing import FoundUnit, Reviewed, Step, Steps, review

_MAX_SHOWN = 100
_units = click.argument("units", nargs=-1, required=True, metavar="UNIT...")
_unit = click.argument("unit", metavar="UNIT")
_dry_run = click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")


def _command(*parameters: Callable[..., Any]) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command that decides, with the options of a project's catalogs and its own parameters."""

    def made(command: Callable[..., None]) -> click.Command:
        decorated = options.with_catalog_run(_dry_run(command))
        for parameter in reversed(parameters):
            decorated = parameter(decorated)
        return click.command(command.__name__.rstrip("_"))(decorated)

    return made


@_command(_units, click.option("--suggestion", is_flag=True, help="Accept the engine's version of an edited source."))
def accept(project: Project, units: tuple[str, ...], *, suggestion: bool, dry_run: bool) -> None:
    """Accept the targets of UNITs: reviewed, and published as such."""
    _decide(project, units, lambda steps: steps.accept_suggestion if suggestion else steps.accept, dry_run=dry_run)


@_command(_units)
def reject(project: Project, units: tuple[str, ...], *, dry_run: bool) -> None:
    """Empty the targets of UNITs; what an engine offered there is not offered again."""
    _decide(project, units, lambda steps: steps.reject, dry_run=dry_run)


@_command(_units)
def approve(project: Project, units: tuple[str, ...], *, dry_run: bool) -> None:
    """Sign reviewed UNITs off, for locales whose policy is `approved`."""
    _decide(project, units, lambda steps: steps.approve, dry_run=dry_run)


@_command(_unit, click.argument("target"))
def replace(project: Project, unit: str, target: str, *, dry_run: bool) -> None:
    """Put TARGET in place of the target of UNIT; it is reviewed with that."""
    _decide(project, (unit,), lambda steps: lambda found: steps.replace(found, target), dry_run=dry_run)


@_command(_unit, click.argument("text"))
def comment(project: Project, unit: str, text: str, *, dry_run: bool) -> None:
    """Say TEXT of the target of UNIT; `review list` and `why` show it."""
    _decide(project, (unit,), lambda steps: lambda found: steps.comment(found, text), dry_run=dry_run)


@_command(_units, click.option("--to", "person", required=True, help='Who is to look; "" for nobody any more.'))
def assign(project: Project, units: tuple[str, ...], person: str, *, dry_run: bool) -> None:
    """Ask somebody to look at UNITs; `review list --assigned` lists them."""
    _decide(project, units, lambda steps: lambda found: steps.assign(found, person), dry_run=dry_run)


@_command(
    _units,
    click.option(
        "--finding",
        "check",
        required=True,
        type=click.Choice(sorted(CHECK_IDS.promised | CHECK_IDS.adjustable)),
        metavar="CHECK",
        help="The check that is wrong here.",
    ),
)
def dismiss(project: Project, units: tuple[str, ...], check: str, *, dry_run: bool) -> None:
    """Silence what a check finds in the targets that UNITs have now."""
    _decide(project, units, lambda steps: lambda found: steps.dismiss(found, check), dry_run=dry_run)


@_command(_units)
def undo(project: Project, units: tuple[str, ...], *, dry_run: bool) -> None:
    """Take back what you did last to each of UNITs; `withhold --undo` takes a posting back in."""
    _decide(project, units, lambda steps: steps.undo, dry_run=dry_run)


def _decide(
    project: Project,
    units: tuple[str, ...],
    choose: Callable[[Steps], Callable[[FoundUnit], Step]],
    *,
    dry_run: bool,
) -> None:
    steps = Steps(project.decisions.decisions, person=person_here(project.settings.root), when=datetime.now(UTC))
    outcomes = review(project, _ids(units), choose(steps), dry_run=dry_run)
    for outcome in outcomes:
        _print(outcome)
    done = sum(not outcome.refusal for outcome in outcomes)
    click.echo(f"{done} of {len(outcomes)} units {'would be ' if dry_run else ''}done")
    if done < len(outcomes):
        raise SystemExit(1)


def _ids(units: tuple[str, ...]) -> list[str]:
    """Return the ids that are named, `-` read from standard input."""
    if "-" not in units:
        return list(units)
    if sys.stdin.isatty():
        raise UsageError(
            "`-` reads ids from standard input, a line each: polypost review list --ids | polypost accept -"
        )
    read = sys.stdin.read().split()
    return [each for unit in units for each in (read if unit == "-" else [unit])]


def _print(outcome: Reviewed) -> None:
    found, before, after = outcome.found, outcome.found.unit, outcome.after
    place = f"{found.id} {found.locale} [{before.key.context}] {_short(before.key.source)}"
    if outcome.refusal:
        messages.note("refused", f"{place}: {outcome.refusal}", unit=found.id)
        return
    click.echo(place)
    if after.target != before.target:
        click.echo(f"  - {shown(before.target)}\n  + {shown(after.target)}")
    if after.state is not before.state:
        click.echo(f"  {before.state.value} → {after.state.value}")
    elif after.target == before.target:
        click.echo(f"  {_named(outcome.decisions)}")


def _named(decisions: Sequence[Decision]) -> str:
    """Name what was decided where a target shows nothing of it."""
    if not decisions:
        return "nothing to do: you have said so before"
    last = decisions[-1]
    return f"taken back: {last.undoes.value}" if last.undoes else last.action.value


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
