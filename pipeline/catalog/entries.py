"""A catalog's file cut into its entries, of which only those that somebody asks for are parsed.

Parsing, checking and writing 100,000 units takes many seconds, and of these a handful change between two runs. In the
house form every entry ends at a blank line, so a file is cut in milliseconds. What a run found out about its entries,
a row of a fixed length for each, is kept in `build/`, and holds for exactly these bytes:

    entries = Entries(content, rows, narrowed)
    entries.digest_of(UnitKey("title", "Nurse"))  # nothing is parsed
    entries.unit(UnitKey("title", "Nurse"))  # one entry is
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from itertools import compress, repeat
from pathlib import Path
from struct import iter_unpack
from typing import NamedTuple

import msgspec

from pipeline.catalog.filling import asked_engine
from pipeline.catalog.po_file import Catalog, parse_catalog, plural_forms, read_unit, write_head, write_unit
from pipeline.model.segment import KEY_BYTES, TITLE, UnitKey, key_digest
from pipeline.model.unit import Unit, UnitState

BLANK = b"\n\n"
_SOURCE_BYTES = 8
_TEXT_BYTES = 16
_TEXT = KEY_BYTES + _SOURCE_BYTES
_MARK = _TEXT + _TEXT_BYTES
_RISK = _MARK + 1
_SPOKEN = _RISK + 1
_NAMED = _SPOKEN + 1
_NAME_BYTES = 8  # of what decisions know a target by
PAIR_BYTES = KEY_BYTES + _TEXT_BYTES
ROW_BYTES = _NAMED + 2 * _NAME_BYTES
_NO_RISK = 255
_STATES = tuple(UnitState)
_STATE = {state: number for number, state in enumerate(_STATES)}
_STATE_BITS = 0b11
# Marks of an entry beside its state. One that waits has to be looked at in every run: an engine had no answer yet.
# About one that is asked an engine was: the report names it.
WAITS, UNSAID_TITLE, NARROW, ACCEPTED, ASKED = 4, 8, 16, 32, 64
_STATE_OF_MARK = bytes(mark & _STATE_BITS for mark in range(256))
# Behind it the name of the file would say nothing: what is kept holds for its content.
_NOWHERE = Path("kept entries")


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a catalog that a run left at rest.

    `grounds` is a digest of what decided beside the postings, which brought `arrival` and mention `names`, and beside
    what people had `decided`. It is "" where the run could not bring the catalog to rest.
    """

    grounds: str
    arrival: bytes
    names: str
    decided: bytes
    content: bytes
    header: bytes
    rows: bytes
    narrowed: tuple[str, ...]

    def accepted(self) -> set[bytes]:
        """Return the digests of the keys whose target somebody had accepted, of obsolete ones too."""
        return set(compress(column(self.rows, 0, KEY_BYTES), marked(self.rows, ACCEPTED)))

    def by_text(self) -> Mapping[bytes, bytes]:
        """Return the rows by the digest of the text of their entries."""
        return dict(zip(column(self.rows, _TEXT, _TEXT_BYTES), column(self.rows, 0, ROW_BYTES), strict=True))


class Written(NamedTuple):
    """An entry as it stands in a file, without the line end behind it, and its row."""

    text: bytes
    row: bytes


def _silent(_unit: Unit) -> int:
    return 0


def _unnamed(_unit: Unit) -> bytes:
    return bytes(2 * _NAME_BYTES)


@dataclass(frozen=True, slots=True)
class Rest:
    """How a run left units.

    `waiting` are those that an engine has not answered yet, `spoken` tells in which way one speaks to its reader,
    `named` by what decisions know it: two names, with its target and without one.
    """

    waiting: Collection[UnitKey] = frozenset()
    spoken: Callable[[Unit], int] = _silent
    named: Callable[[Unit], bytes] = _unnamed


NO_REST = Rest()


class EntriesPacked(NamedTuple):
    """Entries as they go from one process to another, with their units where they are parsed."""

    content: bytes
    rows: bytes
    narrowed: tuple[str, ...]
    catalog: Catalog | None


class Entries:
    """The entries of a file in the house form, live ones first; `rows` say of each what is known without parsing it.

    `narrowed` are the postings that have units of their own; `rested` tells that a run left the file so.
    """

    def __init__(self, content: bytes, rows: bytes, narrowed: Iterable[str] = (), *, rested: bool = False) -> None:
        self.content = content
        self.rested = rested
        self.rows = rows
        self.narrowed = frozenset(narrowed)

    @classmethod
    def of(cls, catalog: Catalog, rest: Rest = NO_REST) -> "Entries":
        """Write the entries of a catalog that a run left so."""
        forms = plural_forms(catalog)
        ordered = sorted(catalog.units, key=_is_retired)
        written = [write_entry_of(unit, forms, rest) for unit in ordered]
        content = BLANK.join([write_head(catalog).encode()[:-1], *(each.text for each in written)]) + b"\n"
        entries = cls(content, b"".join(each.row for each in written), narrowed_in(ordered))
        entries.__dict__["catalog"] = catalog
        return entries

    @classmethod
    def unpacked(cls, packed: EntriesPacked) -> "Entries":
        """Return the entries that were packed."""
        entries = cls(packed.content, packed.rows, packed.narrowed)
        if packed.catalog is not None:
            entries.__dict__["catalog"] = packed.catalog
        return entries

    def packed(self) -> EntriesPacked:
        """Return them as they go to another process."""
        return EntriesPacked(self.content, self.rows, tuple(self.narrowed), self.__dict__.get("catalog"))

    @cached_property
    def catalog(self) -> Catalog:
        """All of them, parsed."""
        return parse_catalog(self.content.decode(), _NOWHERE)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The fields of the header."""
        return self.catalog.headers if "catalog" in self.__dict__ else self.head.headers

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit: all of them are parsed."""
        return self.catalog.units

    @cached_property
    def head(self) -> Catalog:
        """The header alone, as a catalog without units."""
        return parse_catalog(f"{self.header.decode()}\n", _NOWHERE)

    @cached_property
    def pieces(self) -> list[bytes]:
        """The texts of the entries in the order of the file, without the line end behind each."""
        return self.content[:-1].split(BLANK)[1:]

    @property
    def header(self) -> bytes:
        """The text of the header without the line end behind it."""
        end = self.content.find(BLANK)
        return self.content[: end if end >= 0 else -1]

    @cached_property
    def keys(self) -> list[bytes]:
        """The digests of the keys, in the order of the file."""
        return column(self.rows, 0, KEY_BYTES)

    @cached_property
    def positions(self) -> Mapping[bytes, int]:
        """Where the entry of a key stands, by the digest of the key."""
        return dict(zip(self.keys, range(len(self.keys)), strict=True))

    @cached_property
    def digests(self) -> Mapping[bytes, bytes]:
        """The digests of the texts of live entries, by that of the key."""
        live = (not mark for mark in _is_state(self.rows, UnitState.OBSOLETE))
        return dict(compress(zip(self.keys, column(self.rows, _TEXT, _TEXT_BYTES), strict=True), live))

    @cached_property
    def pairs(self) -> bytes:
        """The digests of keys and of texts of live entries, pair by pair, in the order of the file."""
        rows = self.rows
        if _STATE[UnitState.OBSOLETE] in rows[_MARK::ROW_BYTES].translate(_STATE_OF_MARK):
            retired = _is_state(rows, UnitState.OBSOLETE)
            rows = b"".join(row for row, gone in zip(column(rows, 0, ROW_BYTES), retired, strict=True) if not gone)
        found = bytearray(len(rows) // ROW_BYTES * PAIR_BYTES)
        for place in range(PAIR_BYTES):  # all first bytes, then all second ones: a tenth of the time of row by row
            found[place::PAIR_BYTES] = rows[place if place < KEY_BYTES else place - KEY_BYTES + _TEXT :: ROW_BYTES]
        return bytes(found)

    def digest_of(self, key: UnitKey) -> bytes | None:
        """Return a digest of all that the live entry of a key says; None without one."""
        return self.digests.get(key_digest(key))

    def unit(self, key: UnitKey) -> Unit | None:
        """Parse the entry of a key; None without one."""
        position = self.positions.get(key_digest(key))
        found = None if position is None else self.unit_at(position)
        return found if found is not None and found.key == key else None

    def unit_at(self, position: int) -> Unit:
        """Parse an entry."""
        found = read_unit(self.pieces[position].decode() + "\n")
        if found is None:
            raise AssertionError(self.pieces[position])  # a file is only taken for one in the house form if it is
        return found

    def row_at(self, position: int) -> bytes:
        """Return the row of an entry."""
        return self.rows[position * ROW_BYTES : (position + 1) * ROW_BYTES]

    def accepted_once(self) -> Iterator[Unit]:
        """Yield the reviewed and the obsolete units, in their order; no other is parsed."""
        states = zip(reviewed(self.rows), _is_state(self.rows, UnitState.OBSOLETE), strict=True)
        return (self.unit_at(position) for position, state in enumerate(states) if any(state))

    @cached_property
    def by_key(self) -> "ByKey":
        """The units by their keys; those that are asked for are parsed."""
        return ByKey(self)

    @cached_property
    def states(self) -> Counter[UnitState]:
        """How many units are in each state; none is parsed."""
        states = self.rows[_MARK::ROW_BYTES].translate(_STATE_OF_MARK)
        return Counter({state: states.count(number) for number, state in enumerate(_STATES)})

    @cached_property
    def risks(self) -> Counter[int]:
        """How many targets that nobody accepted have which risk beside them; none is parsed."""
        risks = self.rows[_RISK::ROW_BYTES]
        return Counter({risk: risks.count(risk) for risk in sorted(set(risks) - {_NO_RISK})})

    def kept(self, grounds: str, arrival: bytes = b"", names: str = "", decided: bytes = b"") -> Kept:
        """Return what is to be kept of them."""
        return Kept(grounds, arrival, names, decided, self.digest, self.header, self.rows, tuple(sorted(self.narrowed)))

    @cached_property
    def digest(self) -> bytes:
        """A digest of the whole file."""
        return content_digest(self.content)


class ByKey(Mapping[UnitKey, Unit]):
    """The units of a file by their keys, each parsed when it is first asked for."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._found: dict[UnitKey, Unit | None] = {}

    def __getitem__(self, key: UnitKey) -> Unit:
        """Return the unit of a key."""
        if key not in self._found:
            self._found[key] = self._entries.unit(key)
        found = self._found[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[UnitKey]:
        """Yield every key: all entries are parsed."""
        return (unit.key for unit in self._entries.units)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._entries.rows) // ROW_BYTES


def write_entry_of(unit: Unit, forms: int, rest: Rest = NO_REST) -> Written:
    """Write the entry of a unit, with its row."""
    text = write_unit(unit, forms).encode()[:-1]
    context, source = unit.key
    mark = _STATE[unit.state]
    mark |= (
        WAITS * (unit.key in rest.waiting)
        | NARROW * ("|" in context)
        | ACCEPTED * (unit.translated and not unit.doubtful)
    )
    if not unit.retired and not unit.by_rule and asked_engine(unit) is not None:
        mark |= ASKED
    if (not unit.translated or unit.stale) and context.partition("|")[0] == TITLE:
        mark |= UNSAID_TITLE
    risk = unit.provenance.risk if unit.doubtful and not unit.retired and unit.provenance else None
    row = key_digest(unit.key) + source_digest(source) + text_digest(text)
    return Written(text, row + bytes((mark, _NO_RISK if risk is None else risk, rest.spoken(unit))) + rest.named(unit))


def narrowed_in(units: Iterable[Unit]) -> frozenset[str]:
    """Return the ids of the postings that units are narrowed to."""
    return frozenset(unit.key.context.partition("|")[2] for unit in units if "|" in unit.key.context)


def content_digest(content: bytes) -> bytes:
    """Return a digest of what a file holds."""
    return sha256(content).digest()


def text_digest(text: bytes) -> bytes:
    """Return a digest of the text of an entry."""
    return blake2b(text, digest_size=_TEXT_BYTES).digest()


def source_digest(source: str) -> bytes:
    """Return a short name of a source, by which equal ones in several contexts are found."""
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=_SOURCE_BYTES).digest()


def source_column(rows: bytes) -> list[bytes]:
    """Return the names of the sources of some rows."""
    return column(rows, KEY_BYTES, _SOURCE_BYTES)


def marked(rows: bytes, mark: int) -> Iterator[int]:
    """Tell of each row whether it has a mark."""
    return map(int.__and__, rows[_MARK::ROW_BYTES], repeat(mark))


def named_as(rows: bytes, names: Collection[bytes]) -> Iterator[bool]:
    """Tell of each row whether decisions know its unit by one of some names."""
    own = map(names.__contains__, column(rows, _NAMED, _NAME_BYTES))
    empty = map(names.__contains__, column(rows, _NAMED + _NAME_BYTES, _NAME_BYTES))
    return map(bool.__or__, own, empty)


def reviewed(rows: bytes) -> Iterator[bool]:
    """Tell of each row whether its unit is live and somebody accepted its target."""
    return _is_state(rows, UnitState.REVIEWED)


def spoken_column(rows: bytes) -> bytes:
    """Return of some rows the numbers of the ways in which their targets speak to the reader."""
    return rows[_SPOKEN::ROW_BYTES]


def retired_positions(rows: bytes) -> Iterator[int]:
    """Yield where the obsolete entries stand."""
    return compress(range(len(rows) // ROW_BYTES), _is_state(rows, UnitState.OBSOLETE))


def _is_state(rows: bytes, state: UnitState) -> Iterator[bool]:
    states = rows[_MARK::ROW_BYTES].translate(_STATE_OF_MARK)
    return map(_STATE[state].__eq__, states)


def column(rows: bytes, start: int, length: int) -> list[bytes]:
    """Return what stands at a place of each row."""
    return [found for (found,) in iter_unpack(f"{start}x{length}s{ROW_BYTES - start - length}x", rows)]


def _is_retired(unit: Unit) -> bool:
    return unit.retired
