"""A file is made of the entries of another: most are copied as they stand, a few are written anew.

found = find_entries(content, kept, forms)
spliced = splice(found.entries, header, order=keys, made={key: [write_entry_of(unit, forms)]})
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
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
    obsolete = [*retired_positions(entries.rows)]
    behind = [Place(at, Written(entries.pieces[at], entries.row_at(at))) for at in obsolete if at not in replaced]
    behind.extend(retired)
    behind.sort(key=lambda place: place.position)
    stays = _runs(sorted({*replaced, *obsolete}), len(entries.keys), left_out=1)
    fresh = [place for place, key in enumerate(order) if key in made]
    copied, wanted = _cut(entries.keys, stays), _cut(order, _runs(fresh, len(order), left_out=1))
    texts = _cut(entries.pieces, stays)
    rows = b"".join([entries.rows[start * ROW_BYTES : stop * ROW_BYTES] for start, stop in stays])
    if copied != wanted:  # somebody has saved the file in another order
        places = dict(zip(copied, range(len(copied)), strict=True))
        moved = [places.pop(key) for key in wanted]
        if places:
            raise KeyError(*places)
        lines = column(rows, 0, ROW_BYTES)
        texts, rows = [texts[place] for place in moved], b"".join([lines[place] for place in moved])
    pieces, parts = [header], []
    between = _runs([place - number for number, place in enumerate(fresh)], len(texts), left_out=0)
    groups = [*(made[order[place]] for place in fresh), [place.written for place in behind]]
    for (start, stop), group in zip(between, groups, strict=True):
        pieces += [*texts[start:stop], *(each.text for each in group)]
        parts += [rows[start * ROW_BYTES : stop * ROW_BYTES], *(each.row for each in group)]
    return Entries(BLANK.join(pieces) + b"\n", b"".join(parts), entries.narrowed)


def _runs(places: Sequence[int], count: int, *, left_out: int) -> list[tuple[int, int]]:
    """Return the beginnings and ends of what lies between places, which are sorted, and from the last to the end."""
    return [*zip((0, *(place + left_out for place in places)), (*places, count), strict=True)]


def _cut(items: Sequence[bytes], runs: Iterable[tuple[int, int]]) -> list[bytes]:
    return [*chain.from_iterable(items[start:stop] for start, stop in runs)]


def _read(piece: bytes) -> Unit | None:
    try:
        return read_unit(piece.decode() + "\n")
    except UnicodeDecodeError:
        return None
