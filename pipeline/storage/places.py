"""Which postings hold a unit, kept in `build/`: its catalog names only one of them, so that it rarely changes.

A catalog is kept in git, where a line that changes with every new posting is a conflict with each reviewer. So an entry
names the first of its postings by id; all of them are kept here as the last run knew them, for the commands that look
at catalogs without reading the postings. What is written to a catalog never depends on this.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import msgspec

from pipeline.model.segment import UnitKey, key_digest
from pipeline.storage.kept_file import find_kept, keep

FILE_NAME = "places.msgpack"
_Kept: TypeAlias = dict[str, dict[bytes, tuple[str, ...]]]


@dataclass(frozen=True, kw_only=True)
class Places:
    """The references of the units that several postings share, by the language of their sources."""

    build_dir: Path

    def of(self, source: str) -> Callable[[UnitKey], tuple[str, ...]]:
        """Return what tells the references of a unit as they are kept now; none if it has one at most."""
        kept = self._kept.get(source, {})
        return lambda key: kept.get(key_digest(key), ()) if kept else ()

    def keep(self, source: str, references: dict[bytes, tuple[str, ...]]) -> None:
        """Note the references of the units of a source language that several postings share, by their keys' digests."""
        self._kept[source] = references

    def write(self) -> None:
        """Keep what was noted for the next run."""
        if any(self._kept.values()) or (self.build_dir / FILE_NAME).exists():
            keep(self.build_dir / FILE_NAME, msgspec.msgpack.encode(self._kept))

    @cached_property
    def _kept(self) -> _Kept:
        kept = find_kept(self.build_dir / FILE_NAME)
        try:
            return {} if kept is None else msgspec.msgpack.decode(kept, type=_Kept)
        except msgspec.MsgspecError:  # of another version
            return {}
