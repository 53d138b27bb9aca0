"""Posting files on disk, read in order; a bad record becomes a rejection and the rest goes on."""

import hashlib
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from msgspec import structs

from pipeline.errors import PostingsError
from pipeline.intake.containers import Member, open_members
from pipeline.intake.formats.item import Item, Line
from pipeline.intake.formats.registry import Reader
from pipeline.intake.formats.table import Columns
from pipeline.intake.read_as import ReadAs
from pipeline.intake.reading.aliases import field_named, near_field
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.outcome import Rejection
from pipeline.model.outline import Taken
from pipeline.model.posting import Posting
from pipeline.storage.derived import NOTHING_KEPT, Derived
from pipeline.storage.files import open_regular
from pipeline.storage.spool import packing_of

_log = logging.getLogger(__name__)
# Standard input by the name that commands give it.
STANDARD_INPUT = Path("-")
# What is kept of a rejected record, so that it can be corrected and read again.
MAX_KEPT_CHARS = 1_000_000
_CUT = "; only the first {kept:,} of its {chars:,} characters are kept here"
# Systems have many members that no posting needs; there only what looks like a slip of a field is worth a word.
_OF_SYSTEMS = frozenset({"json", "xml"})
# So many records are looked up at once, and no more when they are so large.
_BATCH = 500
_BATCH_BYTES = 1 << 22
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingReader:
    """Reads posting files: names are told relative to `root`, "4 days ago" counts from `as_of`.

    `read_as` says of some files how they are to be read. What a record becomes is taken from `derived`, if an earlier
    run read the same one.
    """

    root: Path
    lexicon: HeadingLexicon
    drop_lines: Sequence[re.Pattern[str]] = ()
    drop_furniture: bool = True
    as_of: date | None = None
    read_as: Mapping[Path, ReadAs] = field(default_factory=dict)
    derived: Derived = NOTHING_KEPT

    def read(self, paths: Iterable[Path]) -> Iterator[Posting | Rejection]:
        """Yield what each record of each file became.

        Raises PostingsError if a file cannot be opened, or is a pipe or a device, which may never end.
        """
        return (record if isinstance(record, Rejection) else record.posting() for record in self.records(paths))

    def records(self, paths: Iterable[Path]) -> Iterator["Record | Rejection"]:
        """Do the same, but leave packed what an earlier run has read.

        Raises PostingsError as `read` does.
        """
        for path in paths:
            try:
                if path == STANDARD_INPUT:
                    yield from self._read_file(path, sys.stdin.buffer)
                    continue
                with open_regular(path) as file:
                    yield from self._read_file(path, file)
            except OSError as error:
                raise PostingsError(str(path), error.strerror or "cannot be read") from error

    def _read_file(self, path: Path, file: BinaryIO) -> Iterator["Record | Rejection"]:
        name = self._name(path)
        read_as = self.read_as.get(path, ReadAs())
        member = Member("", file)
        try:
            for member in open_members(file):
                inner = f"{name}/{member.name}" if member.name else name
                if isinstance(member.file, RecordError):
                    yield Rejection(file=inner, position=1, reason=str(member.file))
                else:
                    yield from self._read_stream(inner, member.file, read_as)
        except RecordError as error:  # a packed file that breaks off
            yield Rejection(file=name, position=1, reason=str(error))

    def _read_stream(self, name: str, file: BinaryIO, read_as: ReadAs) -> Iterator["Record | Rejection"]:
        reader = Reader(lexicon=self.lexicon, drop_lines=self.drop_lines, columns=read_as.columns)
        made: Counter[str] = Counter()
        doubts: Counter[str] = Counter()

        def prepared(item: Item) -> _Prepared:
            if item.doubt:
                doubts[item.doubt] += 1
            return self._prepared(_with_id(item, name, made), read_as)

        def read_line(line: Line) -> Iterator[Record | Rejection]:
            items = list(line.items())
            item = items[0] if len(items) == 1 else None
            # What has no id gets one by its place among others, and a doubt is counted: both are found out anew.
            alone = item is not None and not item.doubt and getattr(item.found, "id", None) not in (None, "")
            ready = map(prepared, items)
            yield from (self._record(name, each, self._of_line(line, read_as) if alone else None) for each in ready)

        def looked_up() -> Iterator[Line | _Prepared]:
            for found in reader.cut(file, name=name, forced=read_as.format):
                if not isinstance(found, Columns):
                    yield found if isinstance(found, Line) else prepared(found)
                elif not read_as.columns:
                    _log.warning("%s: read as %s; to keep or change it, write it under [[intake.sources]]", name, found)

        for batch in _in_batches(looked_up()):
            inputs = [self._of_line(each, read_as) if isinstance(each, Line) else each.inputs for each in batch]
            known = self.derived.find_packed(Posting, inputs)
            taken = self.derived.find_packed(Taken, inputs)
            for each, made_of, packed, kept in zip(batch, inputs, known, taken, strict=True):
                if packed is not None:
                    position = each.position if isinstance(each, Line) else each.item.position
                    yield Record(name, position, made_of, packed, kept)
                elif isinstance(each, Line):
                    yield from read_line(each)
                else:
                    yield self._record(name, each)
        for doubt, count in doubts.items():
            _log.warning("%s: %d %s: %s", name, count, "record" if count == 1 else "records", doubt)
        if count := made.total():
            _log.warning("%s: %d without an id: made from title, organization, place and address", name, count)

    def _prepared(self, item: Item, read_as: ReadAs) -> "_Prepared":
        record = item.found
        if isinstance(record, RecordError):
            return _Prepared(item, record)
        if item.format in _OF_SYSTEMS:
            slips = {
                name: value for name, value in record.unknown.items() if not field_named(name) and near_field(name)
            }
            record = structs.replace(record, unknown=slips)
        if read_as.id_prefix and record.id not in (None, ""):
            record = structs.replace(record, id=f"{read_as.id_prefix}{record.id}")
        fields = f"{self._options!r}{record!r}"
        return _Prepared(item, record, _digest(fields), len(fields))

    def _record(self, name: str, prepared: "_Prepared", made_of: bytes | None = None) -> "Record | Rejection":
        """Return what a record is; it is kept under a digest of what it was `made_of`, by default of its fields."""
        item, record = prepared.item, prepared.record
        try:
            if isinstance(record, RecordError):
                raise record
            inputs = prepared.inputs if made_of is None else made_of
            packed = self.derived.keep_packed(Posting, inputs, self._understand(record))
            return Record(name, item.position, inputs, packed)
        except RecordError as error:
            return _rejection(name, item, str(error))

    def _understand(self, record: PostingRecord) -> Posting:
        return build_posting(
            record,
            lexicon=self.lexicon,
            drop_lines=self.drop_lines,
            drop_furniture=self.drop_furniture,
            as_of=self.as_of,
        )

    def _of_line(self, line: Line, read_as: ReadAs) -> bytes:
        return _digest(f"{self._options!r}{read_as!r}\0", line.raw)

    @property
    def _options(self) -> tuple[object, ...]:
        """What a posting is made of beside its record and the program."""
        return ([pattern.pattern for pattern in self.drop_lines], self.drop_furniture, self.as_of)

    def _name(self, path: Path) -> str:
        if path == STANDARD_INPUT:
            return "stdin"
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


class _Prepared(NamedTuple):
    """An item with the fields that a posting is made of, and a digest of these; the types of values count too."""

    item: Item
    record: PostingRecord | RecordError
    inputs: bytes = b""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is a posting: where it stands, a digest of what it is made of, and the posting, packed.

    `taken` is what an earlier run made further of the same, packed too.
    """

    file: str
    position: int
    inputs: bytes
    packed: bytes
    taken: bytes | None = None

    def posting(self) -> Posting:
        """Return the posting."""
        return replace(packing_of(Posting).decode(self.packed), file=self.file, position=self.position)


def _in_batches(found: Iterable[Line | _Prepared]) -> Iterator[list[Line | _Prepared]]:
    """Yield what is looked up together: many small records, few large ones."""
    batch: list[Line | _Prepared] = []
    size = 0
    for each in found:
        batch.append(each)
        size += len(each.raw) if isinstance(each, Line) else each.size
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


def _digest(text: str, raw: bytes = b"") -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass") + raw, digest_size=_DIGEST_BYTES).digest()


def _with_id(item: Item, name: str, made: Counter[str]) -> Item:
    """Give a record without an id one that stays the same while its title, organization, place and address do."""
    record = item.found
    if isinstance(record, RecordError) or record.id not in (None, ""):
        return item
    if not (record.title or record.description or record.sections):
        return item
    identity = repr((record.url or (record.title, record.organization, record.locations), record.language))
    digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:8]
    made[digest] += 1
    number = f"-{made[digest]}" if made[digest] > 1 else ""
    return replace(item, found=structs.replace(record, id=f"{PurePath(name).stem}-{digest}{number}"))


def _rejection(name: str, item: Item, reason: str) -> Rejection:
    record = item.written()
    if len(record) > MAX_KEPT_CHARS:
        reason += _CUT.format(kept=MAX_KEPT_CHARS, chars=len(record))
        record = record[:MAX_KEPT_CHARS]
    place = f"{item.path}: " if item.path else ""
    return Rejection(file=name, position=item.position, reason=f"{place}{reason}", record=record, format=item.format)
