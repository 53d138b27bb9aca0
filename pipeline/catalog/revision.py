"""A catalog is changed while people may save it: what they saved meanwhile is taken over, unit by unit.

revise_catalog(path, lambda current: merged(current), alone_in_folder=folder)
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.entries import Entries, Rest
from pipeline.catalog.merge import take_over
from pipeline.catalog.po_file import Catalog, catalog_errors, parse_content
from pipeline.errors import CatalogError, LostWorkError
from pipeline.storage.shared_file import revise_shared_file, use_shared_file

Change = Callable[[Catalog | None], Catalog | None]
# Makes the new content of a file without parsing it whole; None where that cannot be done.
Splice = Callable[[bytes], Entries | None]
_DOUBTS = (CatalogError, LostWorkError)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogRevision:
    """A catalog after a command has changed it: whether that wrote the file, and how often it was saved meanwhile.

    `entries` are what the file holds; None where there is no file.
    """

    entries: Entries | None
    written: bool
    taken_over: int

    @property
    def content(self) -> bytes | None:
        """What the file holds."""
        return self.entries.content if self.entries else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a catalog shall hold where its file holds `base`; None where there is, or shall be, no file."""

    base: bytes | None
    entries: Entries | None


def prepare_catalog(
    path: Path,
    change: Change,
    *,
    look: Callable[[Catalog | None], None] = lambda _: None,
    splice: Splice = lambda _: None,
    rested: Callable[[], Rest] = Rest,
) -> Prepared:
    """Return what `revise_catalog` would make of a catalog as it is now; nothing is written.

    Raises CatalogError if the file cannot be read, and what `change`, `look` and `splice` raise.
    """
    making = _Making(path, change, look, splice, rested)
    with catalog_errors(path):
        use_shared_file(path, making, doubts=_DOUBTS)
    return Prepared(base=making.base, entries=making.entries)


def revise_catalog(  # noqa: PLR0913  a file, and how it is read, changed and written
    path: Path,
    change: Change,
    *,
    alone_in_folder: Path,
    look: Callable[[Catalog | None], None] = lambda _: None,
    splice: Splice = lambda _: None,
    rested: Callable[[], Rest] = Rest,
    prepared: Prepared | None = None,
) -> CatalogRevision:
    """Replace a catalog by what `change` makes of it; what people save in the meantime is taken over, unit by unit.

    `change` gets None where there is no file and returns None where there shall be none; it may take its time. `look`
    may refuse what was read. `splice` is asked first, and does the same as both. `alone_in_folder` is locked against
    other runs while the file is replaced. `rested` tells how `change` left the units. What was `prepared` is not made
    again; somebody who has saved the file since then has saved it in the meantime.
    Raises CatalogError if the file cannot be read or written, and what `change`, `look` and `splice` raise.
    """
    making = _Making(path, change, look, splice, rested, prepared)
    with catalog_errors(path):
        done = revise_shared_file(path, making, alone_in_folder=alone_in_folder, doubts=_DOUBTS)
    return CatalogRevision(
        entries=making.entries, written=done.written, taken_over=done.taken_over + making.saved_before
    )


class _Making:
    """Makes the new content of a catalog of the old one, again where somebody has saved that meanwhile."""

    def __init__(
        self,
        path: Path,
        change: Change,
        look: Callable[[Catalog | None], None],
        splice: Splice,
        rested: Callable[[], Rest],
        prepared: Prepared | None = None,
    ) -> None:
        self._path, self._change, self._look, self._splice, self._rested = path, change, look, splice, rested
        self._prepared = prepared
        self._begun = False
        self.saved_before = False
        self.base = prepared.base if prepared else None
        self.entries = prepared.entries if prepared else None

    def __call__(self, content: bytes | None) -> bytes | None:
        """Return what the file shall hold; None where there shall be none."""
        prepared = self._prepared
        if prepared is not None and content == prepared.base:
            self.entries = prepared.entries
        else:
            self.saved_before |= prepared is not None and not self._begun
            self.entries = self._made(content)
        self._begun = True
        self.base = content
        return self.entries.content if self.entries else None

    def _made(self, content: bytes | None) -> Entries | None:
        ours = self.entries
        spliced = self._splice(content) if content is not None and ours is None else None
        if spliced is not None:
            return spliced
        theirs = parse_content(content, self._path)
        self._look(theirs)
        before = parse_content(self.base, self._path)
        if before is None or ours is None or theirs is None:
            made = self._change(theirs)
        else:
            units = take_over(before.units, ours.units, theirs.units)
            made = Catalog(headers=theirs.headers, notes=theirs.notes, units=units)
        return Entries.of(made, self._rested()) if made else None
