"""`polypost status`: how far every locale is."""

import click

from pipeline.cli import options, report
from pipeline.workflow import releasing
from pipeline.workflow.cataloging import read_catalogs
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings, segment


@click.command()
@options.with_project
@click.option("--held", is_flag=True, help="List every posting that is held, with its reason and findings.")
@options.as_json
def status(project: Project, *, held: bool, as_json: bool) -> None:
    """Print per locale how many postings are published and held, and how far the review is; writes nothing.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    intake = segment(project, read_postings(project))
    catalogs = read_catalogs(project, intake)
    reasons = releasing.count_reasons(project, releasing.decide_all(project, intake, catalogs))
    locales = releasing.summarize(reasons, catalogs)
    if as_json:
        report.print_json(report.status_fields(project, intake, locales))
    else:
        report.print_status(project, intake, locales)
    if held and not as_json:
        report.print_held(releasing.decide_all(project, intake, catalogs))
    report.print_rejections(intake.read.rejected)
    report.exit_after(intake.read.rejected)
