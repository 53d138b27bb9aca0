"""`polypost publish`: language versions from the catalogs as they are."""

from collections.abc import Sequence

import click

from pipeline.cli import notes, options, report, run_files
from pipeline.model.outcome import ChangeKind, Rejection, ReleaseChanges
from pipeline.workflow import releasing
from pipeline.workflow.catalogs import read_catalogs, read_catalogs_to_publish
from pipeline.workflow.page_words import require_words
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings, take_in
from pipeline.workflow.releasing import DryRun, LocaleDryRun, PostingChange, preview
from pipeline.workflow.reviewing import finish
from pipeline.workflow.standing import summarize


@click.command()
@options.with_run
@options.allow_withdrawals
@options.allow_incomplete
@click.option("--dry-run", is_flag=True, help="Print what would be added, changed and withdrawn; write nothing.")
@options.as_json
def publish(project: Project, *, allow_withdrawals: bool, dry_run: bool, **values: bool) -> None:
    """Write one release of every language version from the catalogs as they are; no engine is asked.

    POSTINGS replace the configured posting files; they need --locales-dir, --build-dir and --out.
    """
    as_json = values["as_json"]
    if not values["allow_incomplete"]:
        require_words(project)
    if dry_run:
        intake = read_postings(project)
        found = preview(project, intake, read_catalogs(project, intake), allow_withdrawals=allow_withdrawals)
        show_dry_run(found, intake.read.rejected, as_json=as_json)
        return
    finish(project)
    intake = take_in(project)
    read = read_catalogs_to_publish(project, intake)
    published = releasing.publish(project, intake, read.catalogs, allow_withdrawals=allow_withdrawals)
    locales = summarize(project, published.reasons, read.catalogs)
    run_files.write_published(project, intake, read.catalogs, published)
    report.print_rejections(intake.read.rejected)
    report.print_saved_meanwhile(project, later=read.changed_since())
    standing: notes.Notes = {
        "local_address": notes.local_address(project),
        "one_gender": notes.one_gender(project),
        "unmet": notes.unmet_requirements(published),
    }
    notes.tell_news(project, standing)
    report.print_undated(published.undated)
    if as_json:
        report.print_json(report.status_fields(project, intake, locales))
    else:
        report.print_status(project, intake, locales)
        report.print_changes(project, published.changes)
    report.exit_after(intake.read.rejected)


def show_dry_run(found: DryRun, rejected: Sequence[Rejection], *, as_json: bool) -> None:
    """Print what would change; too many withdrawals end it as they would end publishing."""
    report.print_rejections(rejected)
    if as_json:
        report.print_json(_dry_run_fields(found))
    else:
        _print_dry_run(found)
    if found.refusal:
        raise found.refusal
    report.exit_after(rejected)


def _dry_run_fields(preview: DryRun) -> dict[str, object]:
    return {
        "locales": {
            str(locale): {
                **{kind.value: [_posting_fields(change) for change in _of_kind(found, kind)] for kind in ChangeKind},
                "files": _file_counts(found.files),
            }
            for locale, found in preview.locales.items()
        },
        "files": {**_file_counts(preview.files), "unchanged": preview.files.unchanged},
        "stopped": str(preview.refusal) if preview.refusal else None,
    }


def _print_dry_run(preview: DryRun) -> None:
    """Print per language which postings would come, change and go, and how many files with them."""
    for locale, found in preview.locales.items():
        counts = ", ".join(f"{len(_of_kind(found, kind))} {kind.value}" for kind in ChangeKind)
        click.echo(f"{locale}: postings {counts}; files {_describe(found.files)}")
        for change in found.postings:
            click.echo(f"  {change.kind.value:<9}  {change.posting}  {change.title}".rstrip())
    for use in preview.uses:
        click.echo(f"{use.engine}: {use.segments} segments asked in {use.seconds:.1f} s, nothing of it kept")
    click.echo(f"in all: files {_describe(preview.files)}, {preview.files.unchanged} unchanged")


def _of_kind(found: LocaleDryRun, kind: ChangeKind) -> Sequence[PostingChange]:
    return [change for change in found.postings if change.kind is kind]


def _posting_fields(change: PostingChange) -> dict[str, str]:
    return {"posting": change.posting, "title": change.title}


def _file_counts(files: ReleaseChanges) -> dict[str, int]:
    return {"added": len(files.added), "changed": len(files.changed), "removed": len(files.removed)}


def _describe(files: ReleaseChanges) -> str:
    return ", ".join(f"{number} {what}" for what, number in _file_counts(files).items())
