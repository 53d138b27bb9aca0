"""`polypost review`: what is to be reviewed, the most urgent first."""

from collections.abc import Callable
from functools import partial
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run


@click.group()
def review() -> None:
    """List what is to be reviewed."""


def _chosen_by(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose units of the queue."""
    for option in (
        click.option("--ids", is_flag=True, help="Print ids only, a line each, for `polypost accept -`."),
        click.option("--limit", type=click.IntRange(min=1), default=None, help="Print at most so many units a locale."),
        click.option("--assigned", default=None, metavar="PERSON", help="Only what is assigned to this person."),
        click.option(
            "--risk", type=click.IntRange(0, 100), default=None, help="Only machines' targets from this risk on."
        ),
        click.option(
            "--finding", default=None, metavar="CHECK", help="Only units about which this check found something."
        ),
        click.option("--posting", default=None, metavar="ID", help="Only units of this posting."),
        click.option(
            "--locale", "locales", multiple=True, type=options.LocaleParam(), help="Only this locale; can be repeated."
        ),
    ):
        command = option(command)
    return command


@review.command("list")
@partial(options.with_records, opened=False)
@_chosen_by
@options.as_json
@remembered
def list_(run: Run, *, as_json: bool, **wanted: Any) -> None:
    """List what is to be reviewed: id, source, target, and why it is urgent.

    What stands as written in published postings comes first, then what keeps postings out, then the rest by its risk,
    then reviewed targets with findings.
    """
    from pipeline.cli import queue
    from pipeline.workflow.project import Project

    queue.print_queue(Project.of(run), queue.Choice(**wanted), as_json=as_json)
