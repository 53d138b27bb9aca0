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
    order: Sequence[bytes],
    *,
    made: Mapping[bytes, Sequence[Written]],
    retired: Iterable[Place] = (),
    replaced: Collection[int] = frozenset(),
) -> Entries:
    """Return the live entries of keys in this order, and the obsolete ones behind them in the order that they had.

    For a key that is `made` stands what is made of it, for any other its entry is copied. What stood at `replaced`
    positions is left out, the `retired` are put among the obsolete ones. Raises KeyError unless exactly these
    keys are there or made.
    """
    rows = column(entries.rows, 0, ROW_BYTES)
    obsolete = [*retired_positions(entries.rows)]
    out = sorted({*replaced, *obsolete})
    behind = [Place(at, Written(entries.pieces[at], rows[at])) for at in obsolete if at not in replaced]
    behind.extend(retired)
    behind.sort(key=lambda place: place.position)
    fresh = [place for place, key in enumerate(order) if key in made]
    copied, wanted = _without(entries.keys, out), _without(order, fresh)
    texts, lines = _without(entries.pieces, out), _without(rows, out)
    if copied != wanted:  # somebody has saved the file in another order
        places = dict(zip(copied, range(len(copied)), strict=True))
        moved = [places.pop(key) for key in wanted]
        if places:
            raise KeyError(*places)
        texts, lines = [texts[place] for place in moved], [lines[place] for place in moved]
    written = [made[order[place]] for place in fresh]
    texts = _with(texts, fresh, [BLANK.join(each.text for each in group) for group in written])
    lines = _with(lines, fresh, [b"".join(each.row for each in group) for group in written])
    content = BLANK.join([header, *texts, *(place.written.text for place in behind)]) + b"\n"
    return Entries(content, b"".join([*lines, *(place.written.row for place in behind)]), entries.narrowed)


def _without(items: Sequence[bytes], places: Sequence[int]) -> list[bytes]:
    """Return what does not stand at these places, which are sorted."""
    found: list[bytes] = []
    start = 0
    for place in places:
        found += items[start:place]
        start = place + 1
    found += items[start:]
    return found


def _with(items: Sequence[bytes], places: Sequence[int], put_in: Sequence[bytes]) -> list[bytes]:
    """Return items with others put in so that they stand at these places."""
    found: list[bytes] = []
    start = 0
    for place, each in zip(places, put_in, strict=True):
        stop = start + place - len(found)
        found += items[start:stop]
        found.append(each)
        start = stop
    found += items[start:]
    return found


def _read(piece: bytes) -> Unit | None:
    try:
        return read_unit(piece.decode() + "\n")
    except UnicodeDecodeError:
        return None
