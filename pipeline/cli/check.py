"""`polypost check`: every check over every catalog."""

from functools import partial

import click

from pipeline.cli import options
from pipeline.cli.answers import remembered
from pipeline.workflow.run import Run


@click.command()
@partial(options.with_catalogs, opened=False)
@options.as_json
@click.option("--reviewed", is_flag=True, help="End with 1 for errors on reviewed targets too.")
@remembered
def check(run: Run, *, as_json: bool, reviewed: bool) -> None:
    """Run every check over the targets in the catalogs; ends with 1 for an error on a target that is not reviewed."""
    from pipeline.cli import findings
    from pipeline.workflow.project import Project

    findings.print_findings(Project.of(run), as_json=as_json, reviewed=reviewed)
