"""`polypost publish`: language versions from the catalogs as they are."""

import click

from pipeline.cli import options, report
from pipeline.workflow import releasing
from pipeline.workflow.cataloging import read_catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import take_in


@click.command()
@options.with_project
@options.allow_withdrawals
@options.as_json
def publish(project: Project, *, allow_withdrawals: bool, as_json: bool) -> None:
    """Write one release of every language version from the catalogs as they are; no engine is asked.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    intake = take_in(project)
    catalogs = read_catalogs(project, intake)
    published = releasing.publish(project, intake, catalogs, allow_withdrawals=allow_withdrawals)
    locales = releasing.summarize(published.decisions, catalogs)
    report.print_rejections(intake.read.rejected)
    if as_json:
        report.print_json(report.status_fields(project, intake, locales))
    else:
        report.print_status(project, intake, locales)
        report.print_changes(project, published.changes)
    report.exit_after(intake.read.rejected)
