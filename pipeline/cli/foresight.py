"""What publishing would change, for people and as JSON."""

from collections.abc import Sequence

import click

from pipeline.model.outcome import ReleaseChanges
from pipeline.workflow.foresight import ChangeKind, Foresight, LocaleForesight, PostingChange


def foresight_fields(foresight: Foresight) -> dict[str, object]:
    """Return the object of `publish --dry-run --json`."""
    return {
        "locales": {
            str(locale): {
                **{kind.value: [_posting_fields(change) for change in _of_kind(found, kind)] for kind in ChangeKind},
                "files": _file_counts(found.files),
            }
            for locale, found in foresight.locales.items()
        },
        "files": {**_file_counts(foresight.files), "unchanged": foresight.files.unchanged},
        "stopped": str(foresight.refusal) if foresight.refusal else None,
    }


def print_foresight(foresight: Foresight) -> None:
    """Print per language which postings would come, change and go, and how many files with them."""
    for locale, found in foresight.locales.items():
        counts = ", ".join(f"{len(_of_kind(found, kind))} {kind.value}" for kind in ChangeKind)
        click.echo(f"{locale}: postings {counts}; files {_told(found.files)}")
        for change in found.postings:
            click.echo(f"  {change.kind.value:<9}  {change.posting}  {change.title}".rstrip())
    click.echo(f"in all: files {_told(foresight.files)}, {foresight.files.unchanged} unchanged")


def _of_kind(found: LocaleForesight, kind: ChangeKind) -> Sequence[PostingChange]:
    return [change for change in found.postings if change.kind is kind]


def _posting_fields(change: PostingChange) -> dict[str, str]:
    return {"posting": change.posting, "title": change.title}


def _file_counts(files: ReleaseChanges) -> dict[str, int]:
    return {"added": len(files.added), "changed": len(files.changed), "removed": len(files.removed)}


def _told(files: ReleaseChanges) -> str:
    return ", ".join(f"{number} {what}" for what, number in _file_counts(files).items())
