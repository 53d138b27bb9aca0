"""`polypost check`: every check over every catalog."""

from functools import partial

import click

from pipeline.cli import gates as gate
from pipeline.cli import messages, options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run


@click.command()
@partial(options.with_catalogs, opened=False)
@options.form_of("json", "github", "gitlab", "junit")
@click.option("--reviewed", is_flag=True, help="End with 1 for errors on reviewed targets too.")
@click.option(
    "--since",
    default="",
    metavar="REV",
    help="Check only units that differ from what they were where this branch left a git revision: HEAD, origin/main.",
)
@gate.fail_under
def check(run: Run, *, form: str, reviewed: bool, since: str, gates: tuple[gate.Gate, ...]) -> None:
    """Run every check over the targets in the catalogs; ends with 1 for an error on a target that is not reviewed.

    `--format github` annotates a pull request, `gitlab` is a code quality report, `junit` a file of tests.
    """
    from pipeline.workflow.decisions import find_foreign_lines

    # Not part of what is remembered: git has a history that moves without any of our files.
    for lines in find_foreign_lines(run.locales_dir):
        messages.note("decisions", str(lines))
    if since:
        _check_changes(run, form=form, reviewed=reviewed, since=since, gates=gates)
    else:
        _check_all(run, form=form, reviewed=reviewed, gates=gates)


@remembered
def _check_all(run: Run, *, form: str, reviewed: bool, gates: tuple[gate.Gate, ...]) -> None:
    from pipeline.cli import findings
    from pipeline.workflow.project import Project

    findings.print_findings(Project.of(run), form=form, reviewed=reviewed, gates=gates)


def _check_changes(run: Run, *, form: str, reviewed: bool, since: str, gates: tuple[gate.Gate, ...]) -> None:
    """Check what was changed; what git has moves without any of our files, so that no answer is kept."""
    from pipeline.cli import findings
    from pipeline.storage.git import find_fork
    from pipeline.workflow.project import Project

    fork = find_fork(run.settings.root, since)
    findings.print_findings(Project.of(run), form=form, reviewed=reviewed, gates=gates, since=fork)
