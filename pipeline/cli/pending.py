"""What `polypost build --check` prints: the files that a build would write, and that it would, or that none is left."""

import json

import click

from pipeline.model.outcome import Pending

_KINDS = ("added", "changed", "removed")
# A first build writes thousands: the first ones tell which kind they are.
_MAX_FILES = 20


def show(pending: Pending, *, as_json: bool) -> None:
    """Print what a build would write; end with 1 if it would."""
    if as_json:
        click.echo(json.dumps(_fields(pending), ensure_ascii=False, indent=2))
    else:
        _print(pending)
    if pending:
        raise SystemExit(1)


def _fields(pending: Pending) -> dict[str, object]:
    return {
        "would_write": bool(pending),
        "locales": list(pending.record),
        "publications": pending.publications,
        "public": {kind: list(getattr(pending.files, kind)) for kind in _KINDS},
    }


def _print(pending: Pending) -> None:
    for name in pending.record:
        click.echo(f"locales: {name} would be written")
    if pending.publications:
        click.echo(f"locales: publications.jsonl would be continued, lines: {pending.publications}")
    for kind in _KINDS:
        names = getattr(pending.files, kind)
        for name in names[:_MAX_FILES]:
            click.echo(f"public: {name} would be {kind}")
        if names[_MAX_FILES:]:
            click.echo(f"public: {len(names) - _MAX_FILES} more would be {kind}")
    click.echo("run `polypost build`, it has something to write" if pending else "a build would write nothing")
