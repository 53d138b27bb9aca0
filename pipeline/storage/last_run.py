"""What the files that people write held after the last run, kept in `build/`, so that lost work is noticed.

A full disk, an editor that dies while it saves or a script can cut a catalog at the end of an entry: what is left is a
sound file, only shorter. So the number of lines of the ledger is remembered, and with what is kept of a catalog the
keys of its reviewed units; a run that finds more than a tenth of them missing stops before it changes anything. Our own
commands never remove a reviewed unit: it becomes obsolete and stays.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from pipeline.errors import LostWorkError
from pipeline.storage.files import write_if_changed

FILE_NAME = "last-run.json"
LOSS_ALLOWED = 0.1  # of the reviewed units of a catalog, or of the lines of the ledger
_DIGEST_CHARS = 12


class _Remembered(msgspec.Struct):
    """What the file says: lines of the ledger by the path from `build/`, notes by kind."""

    lines: dict[str, int] = {}
    notes: dict[str, list[str]] = {}


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """Notices losses since the last run, and remembers this one; `lost` counts what is missing without stopping it."""

    build_dir: Path
    allow_losses: bool
    lost: dict[Path, int] = field(default_factory=dict)

    def look_at_catalog(self, path: Path, before: Collection[bytes], present: Callable[[], Container[bytes]]) -> None:
        """Compare the digests of the keys of a catalog with those of the units that had been reviewed `before`.

        Raises LostWorkError if more than a tenth of these are in it no more, whatever their state.
        """
        there = present() if before else ()
        self._compare(path, "reviewed units", sum(digest not in there for digest in before), len(before))

    def look_at_ledger(self, path: Path, lines: int) -> None:
        """Compare the number of lines of the ledger with that after the last run.

        Raises LostWorkError if more than a tenth of them are gone.
        """
        known = self._remembered.lines.get(self._name(path), 0)
        self._compare(path, "lines", max(known - lines, 0), known)

    def remember_ledger(self, path: Path, lines: int) -> None:
        """Note how many lines the ledger has now."""
        self._remembered.lines[self._name(path)] = lines

    def find_news(self, kind: str, notes: Iterable[str]) -> list[bool]:
        """Tell which notes of a kind the last run that looked for any did not have, and remember these in their place.

        A note is named by what it is about, not by its words: these may tell of a line that has moved.
        """
        digests = [_short_digest(note) for note in notes]
        known = self._remembered.notes.get(kind, ())
        self._remembered.notes[kind] = sorted(set(digests))
        return [digest not in known for digest in digests]

    def write(self) -> None:
        """Keep what was noted for the next run."""
        content = msgspec.json.encode(self._remembered, order="sorted")
        write_if_changed(self.build_dir / FILE_NAME, content)

    @cached_property
    def _remembered(self) -> _Remembered:
        try:
            return msgspec.json.decode((self.build_dir / FILE_NAME).read_bytes(), type=_Remembered)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):  # `build/` may always be deleted
            return _Remembered()

    def _compare(self, path: Path, what: str, lost: int, known: int) -> None:
        if is_too_much(lost, known) and not self.allow_losses:
            raise LostWorkError(path, what, lost, known)
        if lost:
            self.lost[path] = lost
        else:
            self.lost.pop(path, None)

    def _name(self, path: Path) -> str:
        return name_from(self.build_dir, path)


def is_too_much(lost: int, known: int) -> bool:
    """Tell whether so many of `known` units or lines are missing that the file was probably cut off.

    >>> is_too_much(1, 10), is_too_much(2, 10)
    (False, True)
    """
    return lost > known * LOSS_ALLOWED


def name_from(build_dir: Path, path: Path) -> str:
    """Name a file as seen from `build/`: the same when a project moves, another for other catalogs."""
    return os.path.relpath(path.resolve(), build_dir.resolve())


def _short_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARS]
