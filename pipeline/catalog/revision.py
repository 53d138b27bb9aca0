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
from pipeline.storage.shared_file import revise_shared_file

Change = Callable[[Catalog | None], Catalog | None]
# Makes the new content of a file without parsing it whole; None where that cannot be done.
Splice = Callable[[bytes], Entries | None]


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


def revise_catalog(
    path: Path,
    change: Change,
    *,
    alone_in_folder: Path,
    look: Callable[[Catalog | None], None] = lambda _: None,
    splice: Splice = lambda _: None,
    rested: Callable[[], Rest] = Rest,
) -> CatalogRevision:
    """Replace a catalog by what `change` makes of it; what people save in the meantime is taken over, unit by unit.

    `change` gets None where there is no file and returns None where there shall be none; it may take its time. `look`
    may refuse what was read. `splice` is asked first, and does the same as both. `alone_in_folder` is locked against
    other runs while the file is replaced. `rested` tells how `change` left the units.
    Raises CatalogError if the file cannot be read or written, and what `change`, `look` and `splice` raise.
    """
    base: bytes | None = None
    entries: Entries | None = None

    def make(content: bytes | None) -> bytes | None:
        nonlocal base, entries
        ours = entries
        spliced = splice(content) if content is not None and ours is None else None
        if spliced is not None:
            entries = spliced
        else:
            theirs = parse_content(content, path)
            look(theirs)
            before = parse_content(base, path)
            if before is None or ours is None or theirs is None:
                made = change(theirs)
            else:
                units = take_over(before.units, ours.units, theirs.units)
                made = Catalog(headers=theirs.headers, notes=theirs.notes, units=units)
            entries = Entries.of(made, rested()) if made else None
        base = content
        return entries.content if entries else None

    with catalog_errors(path):
        done = revise_shared_file(path, make, alone_in_folder=alone_in_folder, doubts=(CatalogError, LostWorkError))
    return CatalogRevision(entries=entries, written=done.written, taken_over=done.taken_over)
