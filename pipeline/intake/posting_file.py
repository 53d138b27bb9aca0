"""Posting files on disk, read in order; a bad record becomes a rejection and the rest goes on."""

import hashlib
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
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
_BATCH = 2000
_BATCH_BYTES = 1 << 23
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingReader:
    """Reads posting files: names are told relative to `root`, "4 days ago" counts from `as_of`.

    `read_as` says of some files how they are to be read. What a record becomes is taken from `derived`, if an earlier
    run read the same one; one whose outline is among `outlines` is left unread.
    """

    root: Path
    lexicon: HeadingLexicon
    drop_lines: Sequence[re.Pattern[str]] = ()
    drop_furniture: bool = True
    as_of: date | None = None
    read_as: Mapping[Path, ReadAs] = field(default_factory=dict)
    derived: Derived = NOTHING_KEPT
    outlines: Derived = NOTHING_KEPT

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

        def found() -> Iterator[Line | _Prepared]:
            for each in reader.cut(file, name=name, forced=read_as.format):
                if not isinstance(each, Columns):
                    yield each if isinstance(each, Line) else prepared(each)
                elif not read_as.columns:
                    _log.warning("%s: read as %s; to keep or change it, write it under [[intake.sources]]", name, each)

        read_again = partial(self._read_again, reader, read_as)
        for each, made_of, outline in self._looked_up(found(), read_as):
            if not isinstance(each, Line):
                yield self._record(name, each, outline)
            elif outline is None:
                yield from self._read_line(name, each, made_of, prepared)
            else:
                yield Record(name, each.position, made_of, each.raw, outline, read_again)
        _tell(name, doubts, made.total())

    def _looked_up(
        self, found: Iterable["Line | _Prepared"], read_as: ReadAs
    ) -> Iterator[tuple["Line | _Prepared", bytes, Outline | None]]:
        """Yield each with a digest of what it is made of, and with its outline if an earlier run has read it."""
        for batch in _in_batches(found):
            inputs = [self._of_line(each, read_as) if isinstance(each, Line) else each.inputs for each in batch]
            yield from zip(batch, inputs, self.outlines.find_all(Outline, inputs), strict=True)

    def _read_line(
        self, name: str, line: Line, made_of: bytes, prepared: Callable[[Item], "_Prepared"]
    ) -> Iterator["Record | Rejection"]:
        """Yield what stands in a line; it is kept under a digest of the line if that is all that it depends on.

        What has no id gets one by its place among others, and a doubt is counted: both are found out in every run.
        """
        items = list(line.items())
        alone = len(items) == 1 and not items[0].doubt and getattr(items[0].found, "id", None) not in (None, "")
        ready = map(prepared, items)
        yield from (self._record(name, each._replace(inputs=made_of) if alone else each) for each in ready)

    def _read_again(self, reader: Reader, read_as: ReadAs, inputs: bytes, raw: bytes) -> Posting:
        """Return what a line became that an earlier run has read."""

        def understood() -> Posting:
            (item,) = reader.items_of_line(raw, read_as.format)
            record = self._prepared(item, read_as).record
            if isinstance(record, RecordError):
                raise record
            return self._understand(record)

        return self.derived.make(Posting, inputs, understood)

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

    def _record(self, name: str, prepared: "_Prepared", outline: Outline | None = None) -> "Record | Rejection":
        """Return what a record is, which is kept under a digest of what it is made of."""
        item, record, inputs, _ = prepared
        try:
            if isinstance(record, RecordError):
                raise record
            (packed,) = self.derived.find_packed(Posting, [inputs])
            if packed is None:
                packed = self.derived.keep_packed(Posting, inputs, self._understand(record))
            return Record(name, item.position, inputs, packed, outline)
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


class Record(NamedTuple):
    """A record that is a posting: where it stands, a digest of what it is made of, and its `source`.

    That is the posting, packed; or, where `read_again` makes it of the digest and it, the line as it is written.
    `outline` is what an earlier run knew of it.
    """

    file: str
    position: int
    inputs: bytes
    source: bytes
    outline: Outline | None = None
    read_again: Callable[[bytes, bytes], Posting] | None = None

    def posting(self) -> Posting:
        """Return the posting."""
        if self.read_again is None:
            found = packing_of(Posting).decode(self.source)
        else:
            found = self.read_again(self.inputs, self.source)
        return replace(found, file=self.file, position=self.position)


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


def _tell(name: str, doubts: Mapping[str, int], made: int) -> None:
    """Warn of what may have been understood wrongly in a file, and of ids that were made."""
    for doubt, count in doubts.items():
        _log.warning("%s: %d %s: %s", name, count, "record" if count == 1 else "records", doubt)
    if made:
        _log.warning("%s: %d without an id: made from title, organization, place and address", name, made)


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
