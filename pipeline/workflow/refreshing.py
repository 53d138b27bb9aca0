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
from functools import partial
from itertools import chain, compress
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from pipeline.catalog.entries import (
    ACCEPTED,
    NARROW,
    UNSAID_TITLE,
    WAITS,
    Entries,
    Kept,
    Rest,
    Written,
    content_digest,
    marked,
    named_as,
    reviewed,
    source_column,
    source_digest,
    spoken_column,
    write_entry_of,
)
from pipeline.catalog.house_form import read_house_form
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.po_file import Catalog, parse_catalog, plural_forms, write_head
from pipeline.catalog.splicing import Found, Place, find_entries, splice
from pipeline.checks.address import ADDRESS
from pipeline.errors import CatalogError
from pipeline.model.segment import UnitKey, key_digest
from pipeline.model.unit import Unit, UnitState
from pipeline.workflow.arriving import Arrival, Segments
from pipeline.workflow.checking import Spoken, UnitChecker, odd_kinds
from pipeline.workflow.targets import Filled

Across = Callable[[Sequence[Unit]], Mapping[Unit, tuple[str, ...]]]
# Works on units, given what arrives of them, what names the findings that need more than one unit, and what makes the
# whole catalog of what has become of them.
Work = Callable[[Sequence[Unit], Segments, Across, Callable[[Sequence[Unit]], Sequence[Unit]]], Filled]
_NOWHERE = Path("header")


@dataclass(frozen=True, kw_only=True)
class Refresh:
    """What brings a catalog up to date of which something is kept.

    `anywhere` is what the postings bring to any locale; a posting speaks to its reader in all of its segments. `names`
    are a digest of those that the postings mention, `decided` by which names decisions know what somebody has decided
    anew. `housed` sets the fields of the header that are ours, `work` merges, fills and checks.
    """

    kept: Kept
    arrival: Arrival
    anywhere: Arrival
    names: str
    decided: frozenset[bytes]
    rest: Callable[[frozenset[UnitKey]], Rest]
    checker: UnitChecker
    housed: Callable[[Catalog], Catalog]
    work: Work
    look: Callable[[Found], None]

    def __call__(self, content: bytes) -> Entries | None:
        """Return the entries of the catalog as it is to be; None if all of it has to be worked on."""
        before = _parsed(self.kept.header)
        found = find_entries(content, self.kept, plural_forms(before)) if before else None
        header = self._header(found.entries.header) if found else None
        if before is None or found is None or header is None or plural_forms(header) != plural_forms(before):
            return None
        self.look(found)
        looked = self._to_look_at(found)
        written = write_head(header).encode()[:-1]
        return self._refreshed(found.entries, written, looked, plural_forms(header)) if looked else None

    def _header(self, header: bytes) -> Catalog | None:
        """Return the header that is to be written; None for one that only the other reader reads."""
        found = _parsed(header)
        return self.housed(found) if found else None

    def _to_look_at(self, found: Found) -> "_Looked | None":
        """Return what this run has to look at; None if all may be others."""
        entries, arrival, came = found.entries, self.arrival, self.anywhere.changed
        if arrival.changed is None or came is None:
            return None
        marks = WAITS | NARROW | (UNSAID_TITLE if self.names != self.kept.names else 0)
        unsteady = {*found.changed, *compress(entries.keys, marked(entries.rows, marks))}
        if self.decided:
            unsteady.update(compress(entries.keys, named_as(entries.rows, self.decided)))
        keys = unsteady | arrival.changed
        keys |= arrival.of_postings(entries.narrowed) if entries.narrowed else set()
        alike = self._of_same_sources(entries, keys)
        postings = {*self.anywhere.came, *chain.from_iterable(map(self.anywhere.users_of, unsteady | (alike - keys)))}
        speaking = set(compress(entries.keys, spoken_column(entries.rows)))
        beside = {key for number in postings if speaking for key in self.anywhere.keys_at(number) if key in speaking}
        return _Looked(frozenset(keys | alike | beside | (came & speaking)), frozenset(postings))

    def _of_same_sources(self, entries: Entries, keys: set[bytes]) -> set[bytes]:
        """Return the keys of the entries that have the source of one of these in another context."""
        known = source_column(entries.rows)
        sources = {known[entries.positions[key]] for key in keys if key in entries.positions}
        fresh = [key for key in keys if key not in entries.positions]
        arriving = self.arrival.keys_of(fresh, {})  # of whole postings
        sources.update(source_digest(arriving[key].source) for key in fresh if key in arriving)
        return set(compress(entries.keys, map(sources.__contains__, known)))

    def _refreshed(self, entries: Entries, header: bytes, looked: "_Looked", forms: int) -> Entries | None:
        """Merge, fill and check the units of some keys, and put them into their places among the others."""
        positions = sorted(entries.positions[key] for key in looked.keys if key in entries.positions)
        units = [entries.unit_at(position) for position in positions]
        known = {entries.keys[position]: unit.key for position, unit in zip(positions, units, strict=True)}
        if any(key_digest(key) != digest for digest, key in known.items()):
            return None
        across = _Across(self.checker, self.anywhere, entries, looked.postings)
        whole = partial(self._whole, entries, frozenset(positions))
        filled = self.work(units, self.arrival.some(looked.keys, known), across, whole)
        if across.surprised:
            return None
        rest = self.rest(filled.waiting)
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
        replaced = frozenset(positions)
        try:
            return splice(entries, header, self.arrival.order, made=made, retired=retired, replaced=replaced)
        except KeyError:  # what is kept is of something else
            return None

    def _whole(self, entries: Entries, replaced: frozenset[int], units: Sequence[Unit]) -> Sequence[Unit]:
        """Return what people have accepted in the catalog, in its order, as far as it stays as it is, and the units."""
        rank = self.arrival.rank
        placed: list[tuple[bool, int, Unit]] = []
        for position in compress(range(len(entries.keys)), marked(entries.rows, ACCEPTED)):
            if position not in replaced:
                unit = entries.unit_at(position)
                placed.append((unit.retired, position if unit.retired else rank[entries.keys[position]], unit))
        last = 0
        for unit in units:
            key = key_digest(unit.key)
            last = rank.get(key, last)
            placed.append((unit.retired, entries.positions[key] if unit.retired else last, unit))
        return [unit for *_, unit in sorted(placed, key=itemgetter(0, 1))]


class _Looked(NamedTuple):
    """The digests of the keys that a run looks at, and the postings whose way to speak to the reader may change."""

    keys: frozenset[bytes]
    postings: frozenset[int]


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
    """Names what is found where the units of a posting stand together, of some units of a catalog.

    `surprised` tells that a unit speaks otherwise now in another posting than was expected.
    """

    def __init__(self, checker: UnitChecker, anywhere: Arrival, entries: Entries, expected: frozenset[int]) -> None:
        self._checker = checker
        self._anywhere = anywhere
        self._entries = entries
        self._expected = expected
        self.surprised = False

    def __call__(self, units: Sequence[Unit]) -> Mapping[Unit, tuple[str, ...]]:
        """Return the checks that find something in units; what the others are like is known from their rows."""
        spoken = {unit: Spoken(self._checker.spoken(unit), unit.state is UnitState.REVIEWED) for unit in units}
        known = self._kept()
        narrow: defaultdict[str, list[Spoken]] = defaultdict(list)
        for unit, said in spoken.items():
            key = key_digest(unit.key)
            before = known.pop(key, None)
            if key in self._anywhere.users:
                if (said if said.kind else None) != before:
                    self.surprised |= not self._expected.issuperset(self._anywhere.users[key])
                if said.kind:
                    known[key] = said
            elif said.kind:
                for reference in unit.references:
                    narrow[reference].append(said)
        return self._found(spoken, known, narrow)

    def _found(
        self, spoken: Mapping[Unit, Spoken], known: Mapping[bytes, Spoken], narrow: Mapping[str, Sequence[Spoken]]
    ) -> Mapping[Unit, tuple[str, ...]]:
        """Name the units that speak in an odd way; `known` are all by key, `narrow` those of one posting alone."""
        odd: dict[str, frozenset[int]] = {}
        found = {}
        for unit, said in spoken.items():
            for reference in self._references(unit) if said.kind else ():
                if reference not in odd:
                    odd[reference] = odd_kinds([*self._of_posting(reference, known), *narrow.get(reference, ())])
                if said.kind in odd[reference] and not self._checker.is_dismissed(ADDRESS, unit):
                    found[unit] = (ADDRESS,)
        return found

    def _kept(self) -> dict[bytes, Spoken]:
        """Return how units speak, and whether they are accepted, as it is kept."""
        rows = self._entries.rows
        every = zip(self._entries.keys, spoken_column(rows), reviewed(rows), strict=True)
        return {key: Spoken(kind, accepted) for key, kind, accepted in every if kind}

    def _references(self, unit: Unit) -> Sequence[str]:
        return self._anywhere.references_of(key_digest(unit.key)) or unit.references

    def _of_posting(self, reference: str, known: Mapping[bytes, Spoken]) -> Iterable[Spoken]:
        number = self._anywhere.number_of(reference)
        keys = self._anywhere.keys_at(number) if number is not None else ()
        return (known[key] for key in keys if key in known)


def _parsed(header: bytes) -> Catalog | None:
    """Return a header in the house form as a catalog without units; None of any other."""
    text = header.decode("utf-8", "replace") + "\n"
    try:
        return parse_catalog(text, _NOWHERE) if read_house_form(text) else None
    except CatalogError:
        return None
