"""Posting files on disk, read in order; a bad record becomes a rejection and the rest goes on."""

import hashlib
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from msgspec import structs

from pipeline.errors import PostingsError
from pipeline.intake.containers import Member, open_members
from pipeline.intake.formats.item import Item
from pipeline.intake.formats.registry import Reader
from pipeline.intake.formats.table import Columns
from pipeline.intake.read_as import ReadAs
from pipeline.intake.reading.aliases import field_named, near_field
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.outcome import Rejection
from pipeline.model.posting import Posting
from pipeline.storage.derived import NOTHING_KEPT, Derived
from pipeline.storage.files import open_regular

_log = logging.getLogger(__name__)
# Standard input by the name that commands give it.
STANDARD_INPUT = Path("-")
# What is kept of a rejected record, so that it can be corrected and read again.
MAX_KEPT_CHARS = 1_000_000
_CUT = "; only the first {kept:,} of its {chars:,} characters are kept here"
# Systems have many members that no posting needs; there only what looks like a slip of a field is worth a word.
_OF_SYSTEMS = frozenset({"json", "xml"})


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
        for path in paths:
            try:
                if path == STANDARD_INPUT:
                    yield from self._read_file(path, sys.stdin.buffer)
                    continue
                with open_regular(path) as file:
                    yield from self._read_file(path, file)
            except OSError as error:
                raise PostingsError(str(path), error.strerror or "cannot be read") from error

    def _read_file(self, path: Path, file: BinaryIO) -> Iterator[Posting | Rejection]:
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

    def _read_stream(self, name: str, file: BinaryIO, read_as: ReadAs) -> Iterator[Posting | Rejection]:
        reader = Reader(lexicon=self.lexicon, drop_lines=self.drop_lines, columns=read_as.columns)
        made: Counter[str] = Counter()
        doubts: Counter[str] = Counter()
        for item in reader.read(file, name=name, forced=read_as.format):
            if isinstance(item, Columns):
                if not read_as.columns:
                    _log.warning("%s: read as %s; to keep or change it, write it under [[intake.sources]]", name, item)
                continue
            if item.doubt:
                doubts[item.doubt] += 1
            yield self._posting(name, _with_id(item, name, made), read_as)
        for doubt, count in doubts.items():
            _log.warning("%s: %d %s: %s", name, count, "record" if count == 1 else "records", doubt)
        if count := made.total():
            _log.warning("%s: %d without an id: made from title, organization, place and address", name, count)

    def _posting(self, name: str, item: Item, read_as: ReadAs) -> Posting | Rejection:
        try:
            record = item.found
            if isinstance(record, RecordError):
                raise record
            if item.format in _OF_SYSTEMS:
                slips = {
                    name: value for name, value in record.unknown.items() if not field_named(name) and near_field(name)
                }
                record = structs.replace(record, unknown=slips)
            if read_as.id_prefix and record.id not in (None, ""):
                record = structs.replace(record, id=f"{read_as.id_prefix}{record.id}")
            posting = self.derived.make(Posting, self._inputs(record), partial(self._understand, record))
            return replace(posting, file=name, position=item.position)
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

    def _inputs(self, record: PostingRecord) -> bytes:
        """Return all that a posting is made of, but for the program; the types of values too, which `repr` tells."""
        options = ([pattern.pattern for pattern in self.drop_lines], self.drop_furniture, self.as_of)
        return f"{options!r}{record!r}".encode("utf-8", "surrogatepass")

    def _name(self, path: Path) -> str:
        if path == STANDARD_INPUT:
            return "stdin"
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


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
