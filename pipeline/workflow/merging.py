"""Versions of the record are merged: for git, which asks as often as it merges, and where git has left markers.

A catalog, a template too, is merged by unit. What is a line a statement, `publications.jsonl` and the decisions of
people, is united: the lines of both sides, each once; the next build adds what follows from them.
"""

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.catalog.foreign_form import convert, decode_catalog
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.catalog.three_way import Dispute, Merged, merge_catalogs, unite_doubles
from pipeline.errors import CatalogError
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit, shown
from pipeline.storage.conflict_markers import Sides, describe_regions, find_regions, split_sides
from pipeline.storage.files import write_if_changed
from pipeline.storage.git_merging import Stages, find_clone, merge_lines, read_setting, read_stages, write_setting
from pipeline.storage.shared_file import read_shared_file, revise_shared_file

_LINES = ".jsonl"
_KINDS = frozenset({".po", ".pot", _LINES})
_DRIVER = "polypost"
_ATTRIBUTES = ".gitattributes"
# The built-in union is all that a file of lines needs, and hosted merges know it too.
_PATTERNS = (
    "**/*.po merge=polypost",
    "*.pot merge=polypost",
    "publications.jsonl merge=union",
    "decisions/*.jsonl merge=union",
)
_SHORT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedFile:
    """A file that was merged, and what people have to decide in it; `text` is what it holds now."""

    path: Path
    text: str
    disputes: tuple[Dispute, ...] = ()

    def questions(self) -> Iterator[str]:
        """Say what people have to decide, a line each."""
        for ours, theirs in self.disputes:
            yield (
                f"{self.path}: two people differ about {_short(ours.key.source)}: {_words(ours)} and {_words(theirs)}; "
                "it waits for review with one of them, the other stands in `#. conflict:`, and "
                "`polypost review list` shows both"
            )


def merge_versions(base: Path, ours: Path, theirs: Path, *, name: Path) -> MergedFile:
    """Merge three versions of the file that is called `name` into that of `ours`, as git asks of a merge driver.

    Raises CatalogError if one of them cannot be read; `ours` then holds what git makes of them, with markers.
    """
    try:
        sides = [decode_catalog(path.read_bytes(), name) for path in (base, ours, theirs)]
        merged = _merge(name, Sides(sides[0] or None, sides[1], sides[2]))
    except CatalogError:
        merge_lines(base, ours, theirs)
        raise
    write_if_changed(ours, merged.text.encode())
    return merged


def find_unfinished(locales_dir: Path) -> tuple[Path, ...]:
    """Return the files of the record that git has left unfinished."""
    files = sorted(path for path in locales_dir.rglob("*") if path.suffix in _KINDS and path.is_file())
    return tuple(
        path for path in files if _is_unfinished((read_shared_file(path) or b"").decode(errors="replace"), path)
    )


def _is_unfinished(text: str, path: Path) -> bool:
    """Tell whether a file has conflict markers, or holds a unit twice where git has joined lines without noticing."""
    if find_regions(text) or path.suffix == _LINES:
        return bool(find_regions(text))
    try:
        units = parse_catalog(text, path, doubles=True).units
    except CatalogError:
        return False
    return len({unit.key for unit in units}) < len(units)


def resolve(path: Path, *, locales_dir: Path, dry_run: bool = False) -> MergedFile:
    """Mend a file that has conflict markers.

    While git remembers the versions that it could not merge, these are merged, and what somebody has written into the
    file since is kept; else what stands between the markers. Raises CatalogError if neither can be read.
    """
    text = decode_catalog(read_shared_file(path) or b"", path)
    sides = split_sides(text)
    if sides is None:
        what = f"{describe_regions(find_regions(text))}, with markers missing"
        raise CatalogError(path, f"{what}; `git checkout --merge -- {path}` puts them back")
    if path.suffix != _LINES and not find_regions(text):
        merged = _merged_file(path, unite_doubles(parse_catalog(text, path, doubles=True)))
    elif path.suffix != _LINES and (stages := read_stages(path)):
        merged = _merge_stages(path, stages, sides)
    else:
        merged = _merge(path, sides)
    if not dry_run:
        revise_shared_file(
            path,
            lambda content: merged.text.encode() if content == text.encode() else content,
            alone_in_folder=locales_dir,
        )
    return merged


def convert_to_utf8(locales_dir: Path) -> tuple[Path, ...]:
    """Rewrite in UTF-8 the catalogs that declare another encoding; return which.

    Raises CatalogError for one that is in no encoding that it declares; it stays as it is.
    """
    done = []
    for path in sorted(locales_dir.glob("*/LC_MESSAGES/*.po")):
        revision = revise_shared_file(path, partial(_converted, path), alone_in_folder=locales_dir)
        done += [path] if revision.written else []
    return tuple(done)


def _converted(path: Path, content: bytes | None) -> bytes | None:
    return convert(content, path) if content else None


def install_driver(locales_dir: Path, *, dry_run: bool = False) -> tuple[str, ...]:
    """Have git merge catalogs by unit in the clone that `locales_dir` lies in; return what that changes, a line each.

    Raises UsageError if it lies in no clone, or if the clone's configuration cannot be written.
    """
    clone = find_clone(locales_dir)
    changes: list[str] = []
    settings = {"name": "catalogs by unit (Polypost)", "driver": f"{_own_command()} catalogs merge %O %A %B %P"}
    for name, value in settings.items():
        key = f"merge.{_DRIVER}.{name}"
        if read_setting(clone, key) != value:
            changes.append(f"git config {key} {shlex.quote(value)}")
            if not dry_run:
                write_setting(clone, key, value)
    folder = locales_dir.resolve().relative_to(clone.resolve()).as_posix().replace(" ", "?")  # a space ends a pattern
    wanted = [f"{folder}/{pattern}".removeprefix("./") for pattern in _PATTERNS]
    path = clone / _ATTRIBUTES
    before = (read_shared_file(path) or b"").decode()
    missing = [line for line in wanted if line not in before.splitlines()]
    if missing:
        changes += [f"{_ATTRIBUTES}: {line}" for line in missing]
        gap = "\n" if before and not before.endswith("\n") else ""
        if not dry_run:
            write_if_changed(path, "\n".join((f"{before}{gap}{missing[0]}", *missing[1:], "")).encode())
    return tuple(changes)


def _own_command() -> str:
    """Return how this program is started from any folder."""
    started = Path(sys.argv[0])
    if started.name == _DRIVER:
        return shlex.quote(str(started.resolve()))
    return f"{shlex.quote(sys.executable)} -m pipeline"


def _merge(path: Path, sides: Sides) -> MergedFile:
    if path.suffix == _LINES:
        return MergedFile(path=path, text=_unite_lines(sides))
    base, ours, theirs = (None if text is None else _without_doubles(text, path) for text in sides)
    return _merged_file(path, merge_catalogs(base, ours or Catalog(), theirs or Catalog()))


def _without_doubles(text: str, path: Path) -> Catalog:
    return unite_doubles(parse_catalog(text, path, doubles=True)).catalog


def _merged_file(path: Path, merged: Merged) -> MergedFile:
    return MergedFile(path=path, text=serialize_catalog(merged.catalog), disputes=merged.disputes)


def _unite_lines(sides: Sides) -> str:
    """Return the lines of both sides, each once: those that both had, then ours, then theirs."""
    lines = (line for text in (sides.ours, sides.theirs) for line in text.split("\n") if line.strip())
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _merge_stages(path: Path, stages: Stages, sides: Sides) -> MergedFile:
    """Merge the versions that git remembers, and keep what stands in the file outside the markers in no version."""
    contents = (None if content is None else parse_catalog(decode_catalog(content, path), path) for content in stages)
    base, ours, theirs = contents
    if ours is None or theirs is None:
        return _merge(path, sides)
    merged = merge_catalogs(base, ours, theirs)
    left, right = (_without_doubles(text, path) for text in (sides.ours, sides.theirs))
    known = {(unit.key, unit.target) for catalog in (base, ours, theirs) if catalog for unit in catalog.units}
    others = {unit.key: unit for unit in right.units}
    written = {
        unit.key: unit
        for unit in left.units
        if others.get(unit.key) == unit and unit.target and (unit.key, unit.target) not in known
    }
    units = tuple(written.get(unit.key, unit) for unit in merged.catalog.units)
    disputes = tuple(dispute for dispute in merged.disputes if dispute.ours.key not in written)
    return _merged_file(path, Merged(replace(merged.catalog, units=units), disputes))


def _words(unit: Unit) -> str:
    """Say what somebody made of a unit."""
    if unit.target == DELIBERATELY_EMPTY:
        return shown(unit.target)
    if not unit.target:
        return "a rejection" if unit.rejected else "nothing"
    return f"{_short(unit.target)} ({unit.state.value.replace('_', ' ')})"


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHORT else f"{text[:_SHORT]}…")
