"""What postings bring to the catalogs: their segments, and what they say of the figures in them.

What each posting brought in the last run is kept in `build/`, by digests of its segments, so that a run knows which
segments have come, gone or stand in other postings now without reading ten thousand postings:

    arriving = read_arriving(intake, "en", settings.locales, kept=path)
    arrival = arriving.of(locale)
    arrival.changed  # digests of the keys that the postings bring otherwise than in the last run; None if all may be
    arrival.some(keys)  # these segments; `arrival.units` are all of them

Most locales get the same of the postings, and share it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from pathlib import Path

import msgspec
from babel import Locale
from msgspec import structs

from pipeline.catalog.incoming import Incoming, posting_reference
from pipeline.model.locale import source_language
from pipeline.model.segment import KEY_BYTES, SegmentedPosting, UnitKey
from pipeline.storage.kept_file import find_kept, keep
from pipeline.translation.fact_hints import Stated, agreed, read_stated
from pipeline.translation.facts import FactHints
from pipeline.workflow.reading import Intake

_DIGIT = re.compile(r"\d")
_DIGEST_BYTES = 16


class Brought(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a posting brings: `wanted` are the places of the locales that it goes to, each a bit.

    `digest` is one of all that it says, `keys` are those of its segments' keys, one after the other. `separate` tells
    whether people wrote it in another language too. `names` are its own: its employer, its cities.
    """

    id: str
    digest: bytes
    wanted: int
    separate: bool
    keys: bytes
    currency: str
    orders: tuple[bool, ...]
    names: tuple[str, ...]

    def key_digests(self) -> list[bytes]:
        """Return the digests of the keys of its segments, in reading order."""
        return [self.keys[start : start + KEY_BYTES] for start in range(0, len(self.keys), KEY_BYTES)]

    @property
    def stated(self) -> Stated:
        """What it says that the words of its segments leave open."""
        return Stated(self.currency, frozenset(self.orders))

    def changed_since(self, before: "Brought") -> set[bytes]:
        """Return the digests of the keys that it brings otherwise than before: all if it says else of its segments."""
        now, old = set(self.key_digests()), set(before.key_digests())
        same = structs.replace(before, digest=self.digest, keys=self.keys) == self
        return now ^ old if same else now | old


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What the postings of a language brought in a run, to these locales."""

    locales: tuple[str, ...]
    brought: tuple[Brought, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """Segments of postings, each once, and what the postings of a segment with a figure say of it.

    `names` are those that a posting has for itself, its employer and its cities, by its reference.
    """

    units: tuple[Incoming, ...]
    hints: Mapping[UnitKey, FactHints]
    names: Mapping[str, tuple[str, ...]]


class Arrival:
    """What some postings bring; `numbers` say which of all these are, `before` which brought something last time."""

    def __init__(self, arriving: "Arriving", numbers: Sequence[int], before: Collection[Brought] | None) -> None:
        self._arriving = arriving
        self._numbers = numbers
        self._before = before

    @cached_property
    def users(self) -> Mapping[bytes, list[int]]:
        """The numbers of the postings of each segment, by the digest of its key; in reading order."""
        found: defaultdict[bytes, list[int]] = defaultdict(list)
        for number in self._numbers:
            for digest in self._arriving.brought[number].key_digests():
                found[digest].append(number)
        return dict(found)

    @cached_property
    def order(self) -> tuple[bytes, ...]:
        """The digests of the keys, in the order of the postings."""
        return tuple(self.users)

    @cached_property
    def changed(self) -> frozenset[bytes] | None:
        """The digests of keys that come otherwise than last time; None if all may be others.

        They are new or gone in a posting, or of a posting that says something else of its segments.
        """
        if self._before is None:
            return None
        now = [self._arriving.brought[number] for number in self._numbers]
        old, new = {each.digest: each for each in self._before}, {each.digest: each for each in now}
        stayed = [digest for digest in old if digest in new], [digest for digest in new if digest in old]
        if len(old) < len(self._before) or len(new) < len(now) or stayed[0] != stayed[1]:
            return None
        gone = {each.id: each for digest, each in old.items() if digest not in new}
        came = [each for digest, each in new.items() if digest not in old]
        changed = [each.changed_since(gone.pop(each.id)) if each.id in gone else each.key_digests() for each in came]
        return frozenset(chain(*changed, *(each.key_digests() for each in gone.values())))

    @cached_property
    def came(self) -> tuple[int, ...]:
        """The numbers of the postings that brought nothing last time, or something else."""
        before = {each.digest for each in self._before or ()}
        return tuple(number for number in self._numbers if self._arriving.brought[number].digest not in before)

    @property
    def shared(self) -> dict[bytes, tuple[str, ...]]:
        """The references of the postings of each segment that several have, by the digest of its key."""
        names = self._arriving.references
        shared = ((key, numbers) for key, numbers in self.users.items() if len(numbers) > 1)
        return {key: tuple([names[number] for number in numbers]) for key, numbers in shared}

    @cached_property
    def all(self) -> Segments:
        """Every segment, in the order of the postings."""
        return self._segments({})

    def some(self, digests: Collection[bytes], known: Mapping[bytes, UnitKey]) -> Segments:
        """Return the segments that arrive of some keys, in the order of the postings; some keys may be `known`."""
        wanted = sorted((self.rank[digest], digest) for digest in digests if digest in self.users)
        names = [digest for _, digest in wanted]
        return self._gathered(names, self.keys_of(names, known))

    def keys_of(self, digests: Iterable[bytes], known: Mapping[bytes, UnitKey]) -> Mapping[bytes, UnitKey]:
        """Return keys by their digests; a posting is read for each that is neither `known` nor in one read before."""
        found = dict(known)
        for digest in digests:
            if digest not in found and digest in self.users:
                found |= self._arriving.keys_in(self.users[digest][0])
        return found

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources of all segments; the postings are read for them."""
        every = (self._arriving.keys_in(number).values() for number in self._numbers)
        return frozenset(key.source for keys in every for key in keys)

    def users_of(self, key: bytes) -> Sequence[int]:
        """Return the numbers of the postings that have a segment of this key; none if it does not come."""
        return self.users.get(key, ())

    def references_of(self, key: bytes) -> list[str]:
        """Return the references of these postings."""
        return [self._arriving.references[number] for number in self.users_of(key)]

    def postings_of(self, key: bytes) -> list[str]:
        """Return the ids of the postings that have a segment of this key."""
        return [self._arriving.brought[number].id for number in self.users.get(key, ())]

    def keys_at(self, number: int) -> list[bytes]:
        """Return the digests of the keys of a posting."""
        return self._arriving.brought[number].key_digests()

    def number_of(self, reference: str) -> int | None:
        """Return the number of the posting that a reference names; None if it brings nothing here."""
        return self._number_of.get(reference)

    @cached_property
    def _number_of(self) -> Mapping[str, int]:
        return {self._arriving.references[number]: number for number in self._numbers}

    def of_postings(self, ids: Collection[str]) -> set[bytes]:
        """Return the digests of the keys of some postings."""
        every = (self._arriving.brought[number] for number in self._numbers)
        return set(chain.from_iterable(each.key_digests() for each in every if each.id in ids))

    @cached_property
    def rank(self) -> Mapping[bytes, int]:
        """Where each key comes among all, by its digest."""
        return dict(zip(self.order, range(len(self.order)), strict=True))

    def _segments(self, known: Mapping[bytes, UnitKey]) -> Segments:
        found = dict(known)
        for number in self._numbers:
            found |= self._arriving.keys_in(number)
        return self._gathered(self.users, found)

    def _gathered(self, digests: Collection[bytes], keys: Mapping[bytes, UnitKey]) -> Segments:
        references, stated = self._arriving.references, self._arriving.stated
        units = tuple(
            Incoming(key=keys[digest], references=tuple(references[number] for number in self.users[digest]))
            for digest in digests
        )
        hints = {
            key: agreed(stated[number] for number in self.users[digest])
            for digest in digests
            if _DIGIT.search((key := keys[digest]).source)
        }
        return Segments(units=units, hints=hints, names=self._arriving.names)


class Arriving:
    """What the postings of a language bring to each of the locales of a project, and to any of them."""

    def __init__(
        self,
        postings: Sequence[SegmentedPosting],
        numbers: Sequence[int],
        brought: Sequence[Brought],
        locales: Sequence[Locale],
        before: Sequence[Brought] | None,
    ) -> None:
        self._postings, self._numbers = postings, numbers
        self._locales = tuple(locales)
        self._before = before
        self._arrivals: dict[tuple[tuple[int, ...], tuple[int, ...] | None], Arrival] = {}
        self.brought = brought
        self.references = [posting_reference(each.id) for each in brought]
        self.stated = [each.stated for each in brought]
        self.names = {name: each.names for name, each in zip(self.references, brought, strict=True)}

    @property
    def versions(self) -> bool:
        """Whether people wrote one of the postings in another language too."""
        return any(each.separate for each in self.brought)

    def of(self, locale: Locale) -> Arrival:
        """Return what the postings bring to a locale."""
        return self._arrival(1 << self._locales.index(locale))

    @property
    def anywhere(self) -> Arrival:
        """What they bring to any of the locales."""
        return self._arrival((1 << len(self._locales)) - 1)

    @cached_property
    def digest(self) -> bytes:
        """One of all that they bring."""
        return blake2b(self._packed, digest_size=_DIGEST_BYTES).digest()

    @cached_property
    def digest_before(self) -> bytes:
        """One of all that they brought last time."""
        packed = _pack(self._locales, self._before or ())
        return blake2b(packed, digest_size=_DIGEST_BYTES).digest()

    def keys_in(self, number: int) -> Mapping[bytes, UnitKey]:
        """Read the keys of a posting."""
        keys = self._postings[self._numbers[number]].keys()
        return dict(zip(self.brought[number].key_digests(), keys, strict=True))

    def keep(self, path: Path) -> None:
        """Keep what the postings bring for the next run."""
        keep(path, self._packed)

    @cached_property
    def _packed(self) -> bytes:
        return _pack(self._locales, self.brought)

    def _arrival(self, bits: int) -> Arrival:
        numbers = tuple(number for number, each in enumerate(self.brought) if each.wanted & bits)
        before = None if self._before is None else [each for each in self._before if each.wanted & bits]
        key = numbers, None if before is None else tuple(map(id, before))
        if key not in self._arrivals:
            self._arrivals[key] = Arrival(self, numbers, before)
        return self._arrivals[key]


def read_arriving(intake: Intake, source: str, locales: Sequence[Locale], kept: Path) -> Arriving:
    """Gather what the postings in a language bring; one that is as it was in the last run is not read."""
    numbers = [
        number
        for number, outline in enumerate(intake.outlines)
        if outline.language is not None and source_language(outline.language) == source
    ]
    before = _find(kept, locales)
    known = {each.digest: each for each in before or ()}
    brought = []
    for number in numbers:
        outline = intake.outlines[number]
        found = known.get(outline.digest)
        if found is None:
            stated = read_stated(intake.segmented[number].posting)
            found = Brought(
                outline.id,
                outline.digest,
                sum(1 << place for place, locale in enumerate(locales) if outline.wants(locale)),
                outline.separate,
                outline.keys,
                stated.currency,
                tuple(sorted(stated.orders)),
                tuple(filter(None, (outline.organization, *outline.cities))),
            )
        brought.append(found)
    return Arriving(intake.segmented, numbers, brought, locales, before)


def _pack(locales: Iterable[Locale], brought: Iterable[Brought]) -> bytes:
    return msgspec.msgpack.encode(_Kept(tuple(map(str, locales)), tuple(brought)))


def _find(path: Path, locales: Iterable[Locale]) -> tuple[Brought, ...] | None:
    """Return what was brought to the same locales in the last run."""
    packed = find_kept(path)
    try:
        found = None if packed is None else msgspec.msgpack.decode(packed, type=_Kept)
    except msgspec.MsgspecError:  # of another version
        return None
    return found.brought if found is not None and found.locales == tuple(map(str, locales)) else None
