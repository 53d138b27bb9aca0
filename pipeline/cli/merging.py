"""`polypost catalogs merge`, `install-driver` and `resolve`: versions of the record that git has to bring together."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import click

from pipeline.cli import messages, options
from pipeline.workflow import merging
from pipeline.workflow.run import Run

_file = click.Path(dir_okay=False, path_type=Path)
_version = click.Path(exists=True, dir_okay=False, path_type=Path)
_dry_run = click.option("--dry-run", is_flag=True, help="Print what would be done; write nothing.")


@click.command()
@click.argument("base", type=_version)
@click.argument("ours", type=_version)
@click.argument("theirs", type=_version)
@click.argument("name", type=_file, required=False)
def merge(base: Path, ours: Path, theirs: Path, name: Path | None) -> None:
    """Merge by unit the versions OURS and THEIRS of a catalog, which parted at BASE, into OURS.

    NAME is what the file is called, if OURS is a copy. Git runs this once `catalogs install-driver` has told it to.
    Ends with 1 where two people said different things of a unit, which then keeps both targets and waits for review.
    """
    _tell_questions((merging.merge_versions(base, ours, theirs, name=name or ours),))


@click.command("install-driver")
@partial(options.with_catalogs, opened=False)
@_dry_run
def install_driver(run: Run, *, dry_run: bool) -> None:
    """Have git merge catalogs by unit in this clone; `.gitattributes` says so to every clone that has done the same."""
    changes = merging.install_driver(run.locales_dir, dry_run=dry_run)
    for change in changes:
        click.echo(change)
    click.echo(f"{len(changes)} changes{' to make' if dry_run else ''}")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@partial(options.with_catalogs, opened=False)
@_dry_run
def resolve(run: Run, files: tuple[Path, ...], *, dry_run: bool) -> None:
    """Mend FILES, by default all of the record, in which git has left conflict markers.

    Without FILES also what a merge that is the last commit has made by joining lines: where it calls a target reviewed
    that nobody has accepted, the one that was accepted is put back.
    Ends with 1 where two people said different things of a unit, which then keeps both targets and waits for review.
    """
    found = files or merging.find_unfinished(run.locales_dir)
    mended = []
    for path in found:
        mended.append(merging.resolve(path, locales_dir=run.locales_dir, dry_run=dry_run))
        click.echo(f"{path}: {'would be mended' if dry_run else f'mended; git add {path}'}")
    if not found:
        click.echo(f"{run.locales_dir}: no file has conflict markers")
        _mend_joined_lines(run.locales_dir, dry_run=dry_run)
    _tell_questions(mended)


def _mend_joined_lines(locales_dir: Path, *, dry_run: bool) -> None:
    from pipeline.workflow.line_merges import find_unseen, mend

    for found in find_unseen(locales_dir):
        if not dry_run:
            mend(found, locales_dir=locales_dir)
        sources = ", ".join(repr(unit.key.source) for unit in found.units)
        click.echo(f"{found.path}: {'would put' if dry_run else 'put'} back what was accepted of {sources}")


def _tell_questions(files: Iterable[merging.MergedFile]) -> None:
    """Tell what people have to decide, and end with 1 if there is anything."""
    questions = [question for file in files for question in file.questions()]
    for question in questions:
        messages.error(question)
    if questions:
        raise SystemExit(1)
