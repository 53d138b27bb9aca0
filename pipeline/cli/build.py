"""`polypost build`: the whole job."""

from dataclasses import replace

import click

from pipeline.cli import options, report
from pipeline.workflow import build as job
from pipeline.workflow.project import Project
from pipeline.workflow.releasing import summarize


@click.command()
@options.with_run
@options.asked_engines
@options.allow_withdrawals
@options.as_json
def build(project: Project, *, engines: tuple[str, ...], allow_withdrawals: bool, as_json: bool) -> None:
    """Read the postings, update and translate the catalogs, publish every language version.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    chosen = replace(project, asked_engines=engines)
    built = job.build(chosen, allow_withdrawals=allow_withdrawals)
    read = built.intake.read
    report.print_rejections(read.rejected)
    report.print_contradictions(read.postings)
    report.print_doubts(read.postings)
    report.print_passed_over(chosen)
    report.print_saved_meanwhile(chosen, built.translated.taken_over, built.saved_later)
    report.print_undated(built.published.undated)
    locales = summarize(built.published.reasons, built.translated.catalogs)
    if as_json:
        fields = report.status_fields(project, built.intake, locales)
        report.print_json({**fields, "engines": report.use_fields(built.translated.uses)})
    else:
        report.print_status(project, built.intake, locales)
        report.print_uses(built.translated.uses)
        report.print_outcomes(project, built.outcomes)
        report.print_changes(project, built.published.changes)
    report.exit_after(read.rejected)
