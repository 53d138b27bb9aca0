"""`polypost publish`: language versions from the catalogs as they are."""

import click

from pipeline.cli import options, report
from pipeline.cli.dry_run import show_dry_run
from pipeline.workflow import releasing
from pipeline.workflow.cataloging import read_catalogs, read_catalogs_to_publish
from pipeline.workflow.dry_run import preview
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings, segment, take_in


@click.command()
@options.with_run
@options.allow_withdrawals
@click.option("--dry-run", is_flag=True, help="Print what would be added, changed and withdrawn; write nothing.")
@options.as_json
def publish(project: Project, *, allow_withdrawals: bool, dry_run: bool, as_json: bool) -> None:
    """Write one release of every language version from the catalogs as they are; no engine is asked.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    if dry_run:
        _tell(project, allow_withdrawals=allow_withdrawals, as_json=as_json)
        return
    intake = take_in(project)
    read = read_catalogs_to_publish(project, intake)
    published = releasing.publish(project, intake, read.catalogs, allow_withdrawals=allow_withdrawals)
    locales = releasing.summarize(published.reasons, read.catalogs)
    report.print_rejections(intake.read.rejected)
    report.print_saved_meanwhile(project, later=read.changed_since())
    report.print_local_address(project)
    report.print_undated(published.undated)
    if as_json:
        report.print_json(report.status_fields(project, intake, locales))
    else:
        report.print_status(project, intake, locales)
        report.print_changes(project, published.changes)
    report.exit_after(intake.read.rejected)


def _tell(project: Project, *, allow_withdrawals: bool, as_json: bool) -> None:
    intake = segment(project, read_postings(project))
    found = preview(project, intake, read_catalogs(project, intake), allow_withdrawals=allow_withdrawals)
    show_dry_run(found, intake.read.rejected, as_json=as_json)
