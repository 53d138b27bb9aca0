"""`polypost detect`: in which language each posting is written."""

from functools import partial

import click

from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run


@click.command()
@partial(options.with_reading, opened=False)
@options.as_json
@remembered
def detect(run: Run, *, as_json: bool) -> None:
    """Print the language of every posting and why; with --json as JSON Lines."""
    from pipeline.cli import detecting
    from pipeline.workflow.project import Project

    detecting.print_languages(Project.of(run), as_json=as_json)
