"""What publishing or a build would change, for people and as JSON."""

from collections.abc import Sequence

import click

from pipeline.cli import report
from pipeline.model.outcome import Rejection, ReleaseChanges
from pipeline.workflow.dry_run import ChangeKind, DryRun, LocaleDryRun, PostingChange


def show_dry_run(preview: DryRun, rejected: Sequence[Rejection], *, as_json: bool) -> None:
    """Print what would change; too many withdrawals end it as they would end publishing."""
    report.print_rejections(rejected)
    if as_json:
        report.print_json(_dry_run_fields(preview))
    else:
        _print_dry_run(preview)
    if preview.refusal:
        raise preview.refusal
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
