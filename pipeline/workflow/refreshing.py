"""Of a catalog only what a run has to look at is parsed, merged, filled and checked; the rest of the file is copied.

That is what the postings bring otherwise than in the last run, what somebody changed in the file, what waits for an
engine, and what these decide about: units of the same source, and units whose posting speaks to its reader in another
way now. What decides about every unit at once (settings, glossary, engines, the program) stands in the grounds of what
is kept; under others, and where anything is not as expected, the whole catalog is worked on as in a first run. Both
ways give the same bytes (`tests/workflow/test_incremental.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

from pipeline.catalog.entries import (
    BLANK,
    NARROW,
    UNSAID_TITLE,
    WAITS,
    Entries,
    Kept,
    Rest,
    Written,
    content_digest,
    marked,
    reviewed,
    source_column,
    source_digest,
    spoken_column,
    write_entry_of,
)
from pipeline.catalog.house_form import read_house_form
from pipeline.catalog.merge import Incoming, merge_units
from pipeline.catalog.po_file import Catalog, parse_catalog, plural_forms, write_head
from pipeline.catalog.splicing import Found, Place, find_entries, splice
from pipeline.checks.address import ADDRESS
from pipeline.errors import CatalogError
from pipeline.model.segment import key_digest
from pipeline.model.unit import MAX_REFERENCES, Unit, UnitState
from pipeline.workflow.arriving import Arrival, Segments
from pipeline.workflow.checking import Spoken, UnitChecker, odd_kinds
from pipeline.workflow.targets import Filled

Across = Callable[[Sequence[Unit]], Mapping[Unit, tuple[str, ...]]]
# Fills units, given what arrives of them, and what names the findings that need more than one unit.
Fill = Callable[[Sequence[Unit], Segments, Across], Filled]
_NOWHERE = Path("header")


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """What brings a catalog up to date of which something is kept.

    `names` are a digest of those that the postings mention, `housed` sets the fields of the header that are ours.
    """

    kept: Kept
    arrival: Arrival
    names: str
    checker: UnitChecker
    housed: Callable[[Catalog], Catalog]
    fill: Fill
    look: Callable[[Found], None]

    def __call__(self, content: bytes) -> Entries | None:
        """Return the entries of the catalog as it is to be; None if all of it has to be worked on."""
        before = _parsed(self.kept.header)
        found = find_entries(content, self.kept, plural_forms(before)) if before else None
        header = self._header(found.entries.header) if found else None
        if self.arrival.changed is None or before is None or found is None or header is None:
            return None
        forms = plural_forms(header)
        if forms != plural_forms(before):
            return None
        self.look(found)
        keys = self._to_look_at(found)
        written = write_head(header).encode()[:-1]
        if not keys and content.startswith(written + BLANK) and found.entries.rows == self.kept.rows:
            return found.entries
        return self._refreshed(found.entries, written, keys, forms)

    def _header(self, header: bytes) -> Catalog | None:
        """Return the header that is to be written; None for one that only the other reader reads."""
        found = _parsed(header)
        return self.housed(found) if found else None

    def _to_look_at(self, found: Found) -> frozenset[bytes]:
        """Return the digests of the keys that this run has to look at."""
        entries, arrival = found.entries, self.arrival
        keys = set(arrival.changed or ()) | found.changed
        marks = WAITS | NARROW | (UNSAID_TITLE if self.names != self.kept.names else 0)
        keys.update(compress(entries.keys, marked(entries.rows, marks)))
        keys |= arrival.of_postings(entries.narrowed) if entries.narrowed else set()
        keys |= self._of_same_sources(entries, keys)
        return frozenset(keys | self._spoken_beside(entries, keys)) if keys else frozenset()

    def _of_same_sources(self, entries: Entries, keys: set[bytes]) -> set[bytes]:
        """Return the keys of the entries that have the source of one of these in another context."""
        known = source_column(entries.rows)
        sources = {known[entries.positions[key]] for key in keys if key in entries.positions}
        fresh = [key for key in keys if key not in entries.positions]
        sources.update(source_digest(key.source) for key in self.arrival.keys_of(fresh, {}).values())
        return set(compress(entries.keys, map(sources.__contains__, known)))

    def _spoken_beside(self, entries: Entries, keys: set[bytes]) -> set[bytes]:
        """Return the keys of units that speak to the reader, of the postings of these: what is usual there may change.

        Which postings count for a unit is what its references name.
        """
        spoken = spoken_column(entries.rows)
        speaking = set(compress(entries.keys, spoken)) if any(spoken) else set()
        postings = {number for key in keys for number in self._counted(key)} if speaking else set()
        near = ((key, number) for number in postings for key in self.arrival.keys_at(number) if key in speaking)
        return {key for key, number in near if number in self._counted(key)}

    def _counted(self, key: bytes) -> Sequence[int]:
        return self.arrival.users.get(key, ())[:MAX_REFERENCES]

    def _refreshed(self, entries: Entries, header: bytes, keys: frozenset[bytes], forms: int) -> Entries | None:
        """Merge, fill and check the units of some keys, and put them into their places among the others."""
        positions = sorted(entries.positions[key] for key in keys if key in entries.positions)
        units = [entries.unit_at(position) for position in positions]
        known = {entries.keys[position]: unit.key for position, unit in zip(positions, units, strict=True)}
        arriving = self.arrival.some(keys, known)
        if any(key_digest(key) != digest for digest, key in known.items()):
            return None
        across = _Across(self.checker, self.arrival, entries)
        filled = self.fill(merge_units(units, arriving.units), arriving, across)
        rest = Rest(filled.waiting, self.checker.spoken)
        made: dict[bytes, list[Written]] = {}
        retired: list[Place] = []
        behind: list[Written] = []  # narrow units stand behind the wide one of the same source
        for unit in filled.units:
            key = key_digest(unit.key)
            written = write_entry_of(unit, forms, rest)
            if unit.retired:
                retired.append(Place(entries.positions[key], written))
            elif key in self.arrival.users:
                behind = made[key] = [written]
            else:
                behind.append(written)
        try:
            return splice(
                entries, header, self.arrival.order, made=made, retired=retired, replaced=frozenset(positions)
            )
        except KeyError:  # what is kept is of something else
            return None


def refresh_template(
    content: bytes, kept: Kept, arrival: Arrival, template: Callable[[Iterable[Incoming]], Catalog]
) -> Entries | None:
    """Return a template with what the postings bring otherwise than in the last run; None if it has to be made anew."""
    if arrival.changed is None or kept.content != content_digest(content):
        return None
    entries = Entries(content, kept.rows)
    known = {key: entries.unit_at(entries.positions[key]).key for key in arrival.changed if key in entries.positions}
    replaced = {entries.positions[key] for key in arrival.changed if key in entries.positions}
    fresh = template(arrival.some(arrival.changed, known).units)
    made = {key_digest(unit.key): [write_entry_of(unit, plural_forms(fresh))] for unit in fresh.units}
    try:
        return splice(entries, entries.header, arrival.order, made=made, replaced=replaced)
    except KeyError:
        return None


class _Across:
    """Names what is found where the units of a posting stand together, of some units of a catalog."""

    def __init__(self, checker: UnitChecker, arrival: Arrival, entries: Entries) -> None:
        self._checker = checker
        self._arrival = arrival
        self._entries = entries

    def __call__(self, units: Sequence[Unit]) -> Mapping[Unit, tuple[str, ...]]:
        """Return the checks that find something in units; what the others are like is known from their rows."""
        spoken = {unit: self._checker.spoken(unit) for unit in units}
        if not any(spoken.values()):
            return {}
        known = {
            key: Spoken(kind, accepted)
            for key, kind, accepted in zip(
                self._entries.keys,
                spoken_column(self._entries.rows),
                reviewed(self._entries.rows),
                strict=True,
            )
            if kind
        }
        narrow: defaultdict[str, list[Spoken]] = defaultdict(list)
        for unit, kind in spoken.items():
            said = Spoken(kind, unit.state is UnitState.REVIEWED)
            key = key_digest(unit.key)
            known.pop(key, None)
            if kind and key in self._arrival.users:
                known[key] = said
            elif kind:
                for reference in unit.references:
                    narrow[reference].append(said)
        odd: dict[str, frozenset[int]] = {}
        found = {}
        for unit, kind in spoken.items():
            for reference in unit.references if kind else ():
                if reference not in odd:
                    odd[reference] = odd_kinds([*self._of_posting(reference, known), *narrow[reference]])
                if kind in odd[reference]:
                    found[unit] = (ADDRESS,)
        return found

    def _of_posting(self, reference: str, known: Mapping[bytes, Spoken]) -> Iterable[Spoken]:
        number = self._arrival.number_of(reference)
        keys = self._arrival.keys_at(number) if number is not None else ()
        users = self._arrival.users
        return (known[key] for key in keys if key in known and number in users[key][:MAX_REFERENCES])


def _parsed(header: bytes) -> Catalog | None:
    """Return a header in the house form as a catalog without units; None of any other."""
    text = header.decode("utf-8", "replace") + "\n"
    try:
        return parse_catalog(text, _NOWHERE) if read_house_form(text) else None
    except CatalogError:
        return None
