"""Posting files on disk, read in order; a bad record becomes a rejection and the rest goes on."""

import hashlib
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
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
from pipeline.model.outline import Outline
from pipeline.model.posting import Posting
from pipeline.storage.children import NO_CHILDREN, Children
from pipeline.storage.derived import NOTHING_KEPT, Derived
from pipeline.storage.files import open_regular
from pipeline.storage.spool import Packing, packing_of

_log = logging.getLogger(__name__)
# Standard input by the name that commands give it.
STANDARD_INPUT = Path("-")
# What is kept of a rejected record, so that it can be corrected and read again.
MAX_KEPT_CHARS = 1_000_000
_CUT = "; only the first {kept:,} of its {chars:,} characters are kept here"
# Systems have many members that no posting needs; there only what looks like a slip of a field is worth a word.
_OF_SYSTEMS = frozenset({"json", "xml"})
# So many records are looked up at once, and no more when they are so large.
_BATCH = 2000
_BATCH_BYTES = 1 << 23
_DIGEST_BYTES = 32
_RECORDS_A_PART = 50
# To cut a description of 2,000 bytes of HTML into blocks takes .36 ms; sections that are cut already take a tenth.
_SECONDS_A_BYTE = 1.8e-7


def _warn(remark: str) -> None:
    _log.warning("%s", remark)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingReader:
    """Reads posting files: names are told relative to `root`, "4 days ago" counts from `as_of`.

    `read_as` says of some files how they are to be read. What a record becomes is taken from `derived`, if an earlier
    run read the same one; one whose outline is among `outlines` is left unread. `children` share in reading the rest.
    `remark` is told what may have been understood wrongly in a file as a whole.
    """

    root: Path
    lexicon: HeadingLexicon
    drop_lines: Sequence[re.Pattern[str]] = ()
    drop_furniture: bool = True
    as_of: date | None = None
    read_as: Mapping[Path, ReadAs] = field(default_factory=dict)
    derived: Derived = NOTHING_KEPT
    outlines: Derived = NOTHING_KEPT
    children: Children = NO_CHILDREN
    remark: Callable[[str], object] = _warn

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
                    yield from _Document(self, inner, read_as).records(member.file)
        except RecordError as error:  # a packed file that breaks off
            yield Rejection(file=name, position=1, reason=str(error))

    def _name(self, path: Path) -> str:
        if path == STANDARD_INPUT:
            return "stdin"
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


class _Document:
    """One document of a file, and what is counted in it: ids that were made, and doubts about records."""

    def __init__(self, files: PostingReader, name: str, read_as: ReadAs) -> None:
        self._files, self._name, self._read_as = files, name, read_as
        self._reader = Reader(
            lexicon=files.lexicon, drop_lines=files.drop_lines, columns=read_as.columns, derived=files.derived
        )
        # What a posting is made of beside its record and the program.
        self._options = repr(([each.pattern for each in files.drop_lines], files.drop_furniture, files.as_of))
        self._made_ids: Counter[str] = Counter()
        self._doubts: Counter[str] = Counter()

    def records(self, file: BinaryIO) -> Iterator["Record | Rejection"]:
        """Yield what each record became."""
        for batch in _in_batches(self._cut(file)):
            yield from self._records(batch)
        for doubt, count in self._doubts.items():
            self._files.remark(f"{self._name}: {count} {'record' if count == 1 else 'records'}: {doubt}")
        if made := self._made_ids.total():
            self._files.remark(f"{self._name}: {made} without an id: made from title, organization, place and address")

    def _cut(self, file: BinaryIO) -> Iterator["Line | _Prepared"]:
        for each in self._reader.cut(file, name=self._name, forced=self._read_as.format):
            if not isinstance(each, Columns):
                yield each if isinstance(each, Line) else self._prepared(each)
            elif not self._read_as.columns:
                told = f"read as {each}; to keep or change it, write it under [[intake.sources]]"
                self._files.remark(f"{self._name}: {told}")

    def _records(self, batch: Sequence["Line | _Prepared"]) -> Iterator["Record | Rejection"]:
        records = list(self._looked_up(batch))
        made = self._made([each for each in records if isinstance(each, _New)])
        for each in records:
            if isinstance(each, Record):
                yield each
                continue
            found = next(made)
            if not found.fault:
                yield self._kept(each, found)
            elif isinstance(each.found, Line):
                yield from self._records([self._prepared(item) for item in each.found.items()])
            else:
                yield _rejection(self._name, each.found.item, found.fault)

    def _looked_up(self, batch: Sequence["Line | _Prepared"]) -> Iterator["Record | _New"]:
        """Yield what an earlier run has read as the record that it is; a line whose outline is known is left unread."""
        around = f"{self._options}{self._read_as!r}\0"
        inputs = [_digest(around, each.raw) if isinstance(each, Line) else each.inputs for each in batch]
        outlines = self._files.outlines.find_all(Outline, inputs)
        known = [each if isinstance(found, Line) else None for found, each in zip(batch, outlines, strict=True)]
        asked = [made_of for made_of, outline in zip(inputs, known, strict=True) if outline is None]
        packed = iter(self._files.derived.find_packed(Posting, asked))
        for each, made_of, outline in zip(batch, inputs, outlines, strict=True):
            if isinstance(each, Line) and outline is not None:
                yield Record(self._name, each.position, outline.id, made_of, each.raw, outline, self._read_again)
            elif (source := next(packed)) is not None:
                posting_id = outline.id if outline else packing_of(Posting).decode(source).id
                yield Record(self._name, each.position, posting_id, made_of, source, outline)
            else:
                yield _New(each, made_of, outline)

    def _made(self, new: Sequence["_New"]) -> Iterator["_Made"]:
        """Yield what each is made into, in their order; children share in it."""

        def work(part: int) -> list[_Made]:
            return list(map(self._make, new[part * _RECORDS_A_PART : (part + 1) * _RECORDS_A_PART]))

        parts = -(-len(new) // _RECORDS_A_PART)
        seconds = sum(each.found.size for each in new) * _SECONDS_A_BYTE
        made: Iterator[list[_Made]] = self._files.children.share(work, parts, _PACKING, seconds=seconds)
        return chain.from_iterable(made)

    def _make(self, new: "_New") -> "_Made":
        found = new.found
        try:
            record = self._alone(found, new.inputs) if isinstance(found, Line) else found.record
            posting = self._understand(record, found.position)
        except RecordError as error:
            return _Made(fault=str(error))
        return _Made(posting.id, posting=posting)

    def _alone(self, line: Line, made_of: bytes) -> PostingRecord | RecordError:
        """Return the record that a line is.

        Raises RecordError if it does not depend on the line alone: what has no id gets one by its place among others,
        and doubts are counted.
        """
        items = list(line.items())
        if len(items) == 1 and not items[0].doubt and getattr(items[0].found, "id", None) not in (None, ""):
            return self._as_configured(items[0], made_of).record
        raise RecordError("several records, or one that others are needed for")

    def _kept(self, new: "_New", made: "_Made") -> "Record":
        """Return a record that was made now, and keep it under a digest of what it is made of."""
        packed = made.packed
        if self._files.derived.keeps:
            packed = made.packed_up()
            self._files.derived.put(Posting, new.inputs, packed)
        return Record(self._name, new.found.position, made.id, new.inputs, packed, new.outline, made=made.posting)

    def _read_again(self, inputs: bytes, raw: bytes) -> Posting:
        """Return what a line became that an earlier run has read."""

        def understood() -> Posting:
            (item,) = self._reader.items_of_line(raw, self._read_as.format)
            return self._understand(self._as_configured(item, inputs).record)

        return self._files.derived.make(Posting, inputs, understood)

    def _prepared(self, item: Item) -> "_Prepared":
        if item.doubt:
            self._doubts[item.doubt] += 1
        return self._as_configured(_with_id(item, self._name, self._made_ids))

    def _as_configured(self, item: Item, made_of: bytes = b"") -> "_Prepared":
        """Return an item as it is understood; `made_of` is a digest that stands for its fields."""
        record = item.found
        if isinstance(record, RecordError):
            return _Prepared(item, record)
        if item.format in _OF_SYSTEMS:
            slips = {
                name: value for name, value in record.unknown.items() if not field_named(name) and near_field(name)
            }
            record = structs.replace(record, unknown=slips)
        if self._read_as.id_prefix and record.id not in (None, ""):
            record = structs.replace(record, id=f"{self._read_as.id_prefix}{record.id}")
        if made_of:
            return _Prepared(item, record, made_of)
        fields = f"{self._options}{record!r}"
        return _Prepared(item, record, _digest(fields), len(fields))

    def _understand(self, record: PostingRecord | RecordError, position: int = 0) -> Posting:
        if isinstance(record, RecordError):
            raise record
        return build_posting(
            record,
            lexicon=self._files.lexicon,
            drop_lines=self._files.drop_lines,
            drop_furniture=self._files.drop_furniture,
            as_of=self._files.as_of,
            file=self._name,
            position=position,
        )


class _Prepared(NamedTuple):
    """An item with the fields that a posting is made of, and a digest of these; the types of values count too."""

    item: Item
    record: PostingRecord | RecordError
    inputs: bytes = b""
    size: int = 0

    @property
    def position(self) -> int:
        """Where it stands."""
        return self.item.position


class _New(NamedTuple):
    """What no earlier run has read, and a digest of what it is made of; of a record its outline may be known."""

    found: Line | _Prepared
    inputs: bytes
    outline: Outline | None


class _Made(NamedTuple):
    """The id of a posting that was made now, and itself or it packed; or the `fault` for which there is none."""

    id: str = ""
    packed: bytes = b""
    fault: str = ""
    posting: Posting | None = None

    def packed_up(self) -> bytes:
        """Return the posting packed, without where it stood."""
        if self.posting is None:
            return self.packed
        return packing_of(Posting).encode(replace(self.posting, file="", position=0))


def _pack(made: list[_Made]) -> bytes:
    return packing_of(list[_Made]).encode([each._replace(packed=each.packed_up(), posting=None) for each in made])


# A child packs the postings that it makes, and as such they are kept.
_PACKING = Packing(encode=_pack, decode=packing_of(list[_Made]).decode)


class Record(NamedTuple):
    """A record that is a posting: where it stands, its id, a digest of what it is made of, and its `source`.

    That is the posting, packed; or, where `read_again` makes it of the digest and it, the line as it is written; empty
    where there is only what was `made` right now. `outline` is what an earlier run knew of it.
    """

    file: str
    position: int
    id: str
    inputs: bytes
    source: bytes
    outline: Outline | None = None
    read_again: Callable[[bytes, bytes], Posting] | None = None
    made: Posting | None = None

    def packed(self) -> bytes:
        """Return the source, which is small: thousands of records can be kept so."""
        return self.source or packing_of(Posting).encode(self.posting())

    @property
    def is_new(self) -> bool:
        """Whether no earlier run has read it, and it may be kept for others."""
        return self.outline is None and bool(self.inputs)

    def posting(self) -> Posting:
        """Return the posting."""
        if self.made is not None:
            return self.made
        decode = packing_of(Posting).decode
        found = self.read_again(self.inputs, self.source) if self.read_again else decode(self.source)
        return replace(found, file=self.file, position=self.position)


def _in_batches(found: Iterable[Line | _Prepared]) -> Iterator[list[Line | _Prepared]]:
    """Yield what is looked up together: many small records, few large ones."""
    batch: list[Line | _Prepared] = []
    size = 0
    for each in found:
        batch.append(each)
        size += each.size
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
    return structs.replace(item, found=structs.replace(record, id=f"{PurePath(name).stem}-{digest}{number}"))


def _rejection(name: str, item: Item, reason: str) -> Rejection:
    record = item.written()
    if len(record) > MAX_KEPT_CHARS:
        reason += _CUT.format(kept=MAX_KEPT_CHARS, chars=len(record))
        record = record[:MAX_KEPT_CHARS]
    place = f"{item.path}: " if item.path else ""
    return Rejection(file=name, position=item.position, reason=f"{place}{reason}", record=record, format=item.format)
