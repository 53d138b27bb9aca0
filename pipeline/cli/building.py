"""What `polypost build` does and prints where something has changed since the last one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pipeline.cli import messages, notes, pending, report, run_files
from pipeline.cli.publish import show_dry_run
from pipeline.cli.status import SENTENCES
from pipeline.cli.summary import print_rulings
from pipeline.model.outcome import ReleaseChanges
from pipeline.workflow import build as job
from pipeline.workflow.build import Built
from pipeline.workflow.page_words import require_words
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings
from pipeline.workflow.run import Run
from pipeline.workflow.standing import summarize
from pipeline.workflow.waiting import LocaleWaiting

# What a build reads and never writes: if it has changed meanwhile, the next one has something to do.
UNTOUCHED = ("program", "configuration", "postings", "engines", "day")


def open_project(run: Run, *, allow_incomplete: bool) -> Project:
    """Return a run with all that it works with; a new locale that our pages have no words in has to be allowed."""
    project = Project.of(run)
    if not allow_incomplete:
        require_words(project)
    return project


def build(project: Project, *, allow_withdrawals: bool) -> Built:
    """Run every step, and write what the run was like."""
    built = job.build(project, allow_withdrawals=allow_withdrawals)
    run_files.write_built(project, built)
    return built


def preview(project: Project, *, allow_withdrawals: bool, as_json: bool) -> None:
    """Print what a build would change."""
    intake = read_postings(project)
    found = job.preview_build(project, intake, allow_withdrawals=allow_withdrawals)
    notes.tell({"file": notes.of_files(intake.remarks)})
    show_dry_run(found, intake.read.rejected, as_json=as_json)


def check(project: Project, *, allow_withdrawals: bool, as_json: bool) -> None:
    """Print what a build would write, and end with 1 if it would, or would be stopped."""
    intake = read_postings(project)
    found, refusal = job.check_build(project, intake, allow_withdrawals=allow_withdrawals)
    report.print_rejections(intake.read.rejected)
    if refusal:
        raise refusal
    pending.show(found, as_json=as_json)
    report.exit_after(intake.read.rejected)


def is_whole(built: Built) -> bool:
    """Tell whether all that people had saved when it ended is in it."""
    return not built.translated.changed_since()


def unchanged(built: Built) -> Built:
    """Return what a build finds that has nothing to do after this one."""
    changes = built.published.changes
    files = len(changes.added) + len(changes.changed) + changes.unchanged
    return replace(
        built,
        translated=replace(built.translated, written=0, uses=(), taken_over=()),
        published=replace(built.published, changes=ReleaseChanges(unchanged=files), undated=0),
        saved_later=(),
    )


def show(project: Project, built: Built, *, as_json: bool) -> None:
    """Print what a build did."""
    read = built.intake.read
    report.print_rejections(read.rejected)
    standing: notes.Notes = {
        "file": notes.of_files(built.intake.remarks),
        "contradiction": notes.contradictions(built.intake.doubtful),
        "doubt": notes.doubts(built.intake.doubtful),
        "passed_over": notes.passed_over(project),
        "left_out": notes.left_out(built.translated.left_out),
        "local_address": notes.local_address(project),
        "one_gender": notes.one_gender(project),
        "unmet": notes.unmet_requirements(built.published),
    }
    notes.tell_news(project, standing)
    report.print_saved_meanwhile(project, built.translated.taken_over, built.saved_later)
    report.print_undated(built.published.undated)
    locales = summarize(project, built.published.reasons, built.translated.catalogs)
    if as_json:
        fields = report.status_fields(project, built.intake, locales)
        report.print_json({**fields, "engines": report.use_fields(built.translated.uses)})
    else:
        report.print_status(project, built.intake, locales)
        report.print_uses(built.translated.uses)
        report.print_outcomes(project, built.outcomes)
        report.print_changes(project, built.published.changes)


def show_unchanged(project: Project, built: Built, *, as_json: bool) -> None:
    """Print what the next build finds, and end as it does."""
    show(project, unchanged(built), as_json=as_json)
    for line in project.decisions.broken:
        messages.note("decisions", str(line))
    end(built)


def show_standing(project: Project, built: Built, asked: Sequence[dict[str, Any]]) -> Iterator[Callable[[], None]]:
    """Yield what prints what `polypost status` prints after the build, asked by locale in some forms."""
    rulings = built.published.rulings
    counted = LocaleWaiting(project, SENTENCES)
    counted.count(rulings)

    def show(form: dict[str, Any]) -> None:
        for line in project.decisions.broken:
            messages.note("decisions", str(line))
        print_rulings(project, rulings, built.translated.catalogs, **form, counted=counted)

    for each in asked:
        yield partial(show, each)


def end(built: Built) -> None:
    """End with 1 if a record was rejected."""
    report.exit_after(built.intake.read.rejected)
