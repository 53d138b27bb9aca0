"""`polypost status`: how far every locale is."""

import click

from pipeline.cli import options, report
from pipeline.workflow import releasing
from pipeline.workflow.cataloging import read_catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings, segment


@click.command()
@options.with_project
@options.as_json
def status(project: Project, *, as_json: bool) -> None:
    """Print per locale how many postings are published and held, and how far the review is; writes nothing.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    intake = segment(project, read_postings(project))
    locales = releasing.status(project, intake, read_catalogs(project, intake))
    if as_json:
        report.print_json(report.status_fields(project, intake, locales))
    else:
        report.print_status(project, intake, locales)
    report.print_rejections(intake.read.rejected)
    report.exit_after(intake.read.rejected)
