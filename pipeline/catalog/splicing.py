"""A file is made of the entries of another: most are copied as they stand, a few are written anew.

found = find_entries(content, kept, forms)
spliced = splice(found.entries, header, order=keys, made={key: [write_entry_of(unit, forms)]})
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.catalog.entries import (
    BLANK,
    ROW_BYTES,
    Entries,
    Kept,
    Written,
    column,
    content_digest,
    narrowed_in,
    retired_positions,
    text_digest,
    write_entry_of,
)
from pipeline.catalog.po_file import read_unit
from pipeline.model.segment import KEY_BYTES, key_digest
from pipeline.model.unit import Unit


class Found(NamedTuple):
    """The entries of a file, and the keys of those that somebody changed, added or took away since it was kept."""

    entries: Entries
    changed: frozenset[bytes]


def find_entries(content: bytes, kept: Kept, forms: int) -> Found | None:
    """Cut a file of which something is kept; None if it is not in the house form or holds an entry twice.

    An entry that is not known is parsed. `forms` is the number of plural forms of the file, whose header is not read.
    """
    if content_digest(content) == kept.content:
        return Found(Entries(content, kept.rows, kept.narrowed), frozenset())
    if not content.endswith(b"\n"):
        return None
    cut, known = Entries(content, b"", kept.narrowed), kept.by_text()
    rows: list[bytes] = []
    units: list[Unit] = []
    for piece in cut.pieces:
        row = known.get(text_digest(piece))
        if row is None:
            unit = _read(piece)
            if unit is None:
                return None
            units.append(unit)
            row = write_entry_of(unit, forms).row
        rows.append(row)
    entries = Entries(content, b"".join(rows), cut.narrowed | narrowed_in(units))
    if len(entries.positions) < len(rows):
        return None
    gone = {key for key in column(kept.rows, 0, KEY_BYTES) if key not in entries.positions}
    return Found(entries, frozenset(gone.union(key_digest(unit.key) for unit in units)))


class Place(NamedTuple):
    """Where an obsolete entry stood in the file before, and what is to be written for it."""

    position: int
    written: Written


def splice(
    entries: Entries,
    header: bytes,
    order: Iterable[bytes],
    *,
    made: Mapping[bytes, Sequence[Written]],
    retired: Iterable[Place] = (),
    replaced: Collection[int] = frozenset(),
) -> Entries:
    """Return the live entries of keys in this order, and the obsolete ones behind them in the order that they had.

    For a key that is `made` stands what is made of it, for any other its entry is copied. Of the obsolete ones those at
    `replaced` positions are left out, the `retired` put in. Raises KeyError for a live key that is neither there nor
    made.
    """
    texts = dict(zip(entries.keys, entries.pieces, strict=True))
    rows = dict(zip(entries.keys, column(entries.rows, 0, ROW_BYTES), strict=True))
    old = [place for place in retired_positions(entries.rows) if place not in replaced]
    behind = [Place(place, _at(entries, place)) for place in old]
    behind = [*behind, *retired]
    behind.sort(key=lambda place: place.position)
    for key in [entries.keys[place] for place in retired_positions(entries.rows)]:
        del texts[key]
    for key, written in made.items():
        texts[key] = BLANK.join(each.text for each in written)
        rows[key] = b"".join(each.row for each in written)
    keys = tuple(order)
    live = list(map(texts.__getitem__, keys))
    content = BLANK.join([header, *live, *(place.written.text for place in behind)]) + b"\n"
    lines = [*map(rows.__getitem__, keys), *(place.written.row for place in behind)]
    return Entries(content, b"".join(lines), entries.narrowed)


def _at(entries: Entries, place: int) -> Written:
    return Written(entries.pieces[place], entries.rows[place * ROW_BYTES : (place + 1) * ROW_BYTES])


def _read(piece: bytes) -> Unit | None:
    try:
        return read_unit(piece.decode() + "\n")
    except UnicodeDecodeError:
        return None
