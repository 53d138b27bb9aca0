"""What the files that people write held after the last run, kept in `build/`, so that lost work is noticed.

A full disk, an editor that dies while it saves or a script can cut a catalog at the end of an entry: what is left is a
sound file, only shorter. So the keys of the reviewed units of each catalog, and the number of lines of the ledger, are
remembered; a run that finds more than a tenth of them missing stops before it changes anything. Our own commands never
remove a reviewed unit: it becomes obsolete and stays.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from pipeline.errors import LostWorkError
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.storage.files import write_if_changed

FILE_NAME = "last-run.json"
LOSS_ALLOWED = 0.1  # of the reviewed units of a catalog, or of the lines of the ledger
_DIGEST_CHARS = 12


class _Remembered(msgspec.Struct):
    """What the file says: digests of reviewed units, and lines of the ledger, by the path from `build/`; notes."""

    reviewed: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    noted: list[str] = []


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """Notices losses since the last run, and remembers this one; `lost` counts what is missing without stopping it."""

    build_dir: Path
    allow_losses: bool
    lost: dict[Path, int] = field(default_factory=dict)

    def look_at_catalog(self, path: Path, units: Iterable[Unit]) -> None:
        """Compare the units of a catalog with those that it held after the last run.

        Raises LostWorkError if more than a tenth of its reviewed units are in it no more, whatever their state.
        """
        known = self._remembered.reviewed.get(self._name(path), ())
        present = {_digest(unit.key) for unit in units} if known else set()
        self._compare(path, "reviewed units", sum(digest not in present for digest in known), len(known))

    def look_at_ledger(self, path: Path, lines: int) -> None:
        """Compare the number of lines of the ledger with that after the last run.

        Raises LostWorkError if more than a tenth of them are gone.
        """
        known = self._remembered.lines.get(self._name(path), 0)
        self._compare(path, "lines", max(known - lines, 0), known)

    def remember_catalog(self, path: Path, units: Iterable[Unit]) -> None:
        """Note what a catalog holds now."""
        accepted = (unit.key for unit in units if unit.translated and not unit.doubtful)
        self._remembered.reviewed[self._name(path)] = sorted(map(_digest, accepted))

    def remember_ledger(self, path: Path, lines: int) -> None:
        """Note how many lines the ledger has now."""
        self._remembered.lines[self._name(path)] = lines

    def is_news(self, note: str) -> bool:
        """Tell whether a note was never printed before, and remember that it is."""
        news = note not in self._remembered.noted
        if news:
            self._remembered.noted.append(note)
        return news

    def write(self) -> None:
        """Keep what was noted for the next run."""
        write_if_changed(self.build_dir / FILE_NAME, msgspec.json.encode(self._remembered, order="sorted"))

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
        """Name a file as seen from `build/`: the same when a project moves, another for other catalogs."""
        return os.path.relpath(path.resolve(), self.build_dir.resolve())


def is_too_much(lost: int, known: int) -> bool:
    """Tell whether so many of `known` units or lines are missing that the file was probably cut off.

    >>> is_too_much(1, 10), is_too_much(2, 10)
    (False, True)
    """
    return lost > known * LOSS_ALLOWED


def _digest(key: UnitKey) -> str:
    return hashlib.sha256(f"{key.context}\x1f{key.source}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_CHARS]
