"""`polypost translate`: catalogs updated and translated."""

import os
from dataclasses import replace

import click

from pipeline.cli import notes, options, report, run_files
from pipeline.workflow import cataloging
from pipeline.workflow.engines import require_locked
from pipeline.workflow.project import Project
from pipeline.workflow.reading import take_in
from pipeline.workflow.reviewing import finish
from pipeline.workflow.translation_report import write_report


@click.command()
@options.with_run
@click.option("--retranslate", is_flag=True, help="Replace untouched machine targets of another engine or model.")
@options.asked_engines
@options.locked
@options.as_json
def translate(project: Project, *, retranslate: bool, engines: tuple[str, ...], locked: bool, as_json: bool) -> None:
    """Update the catalogs and have the engines translate what has no target yet.

    A target that a person wrote, edited or reviewed is never touched. POSTINGS replace the configured posting files;
    they need --locales-dir, --build-dir and --out.
    """
    if locked:
        require_locked(project.settings, engines, os.environ)
    finish(project)
    intake = take_in(project)
    chosen = replace(project, asked_engines=engines, locked=locked)
    translated = cataloging.translate(chosen, intake, retranslate=retranslate)
    outcomes = write_report(chosen, translated)
    run_files.write_translated(chosen, intake, translated)
    report.print_rejections(intake.read.rejected)
    standing: notes.Notes = {
        "passed_over": notes.passed_over(chosen),
        "left_out": notes.left_out(translated.left_out),
    }
    notes.tell_news(chosen, standing)
    report.print_saved_meanwhile(chosen, translated.taken_over)
    if as_json:
        report.print_json(report.use_fields(translated.uses))
    else:
        report.print_uses(translated.uses)
        report.print_outcomes(chosen, outcomes)
        click.echo(f"{project.locales_dir}: {translated.written} files written")
    report.exit_after(intake.read.rejected)
