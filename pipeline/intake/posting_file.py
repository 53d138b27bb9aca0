"""Posting files on disk, read in order; a bad record becomes a rejection and the rest goes on."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import PostingsError
from pipeline.intake.formats.json_lines import parse_json_line
from pipeline.intake.formats.text import parse_text
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.language.limits import MAX_RECORD_BYTES
from pipeline.model.outcome import Rejection
from pipeline.model.posting import Posting
from pipeline.storage.files import open_regular

_BOM = b"\xef\xbb\xbf"
# What is kept of a record that is too large to be read: enough to find it again.
_KEPT_BYTES = 2_000
# What is read of a record at a time: enough to see that it is too large.
_READ_BYTES = len(_BOM) + MAX_RECORD_BYTES + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingReader:
    """Reads posting files; names of files are told relative to `root`, "4 days ago" counts from `as_of`."""

    root: Path
    lexicon: HeadingLexicon
    drop_lines: Sequence[re.Pattern[str]] = ()
    drop_furniture: bool = True
    as_of: date | None = None

    def read(self, paths: Iterable[Path]) -> Iterator[Posting | Rejection]:
        """Yield what each record of each file became.

        Raises PostingsError if a file cannot be opened, or is a pipe or a device, which may never end.
        """
        for path in paths:
            try:
                with open_regular(path) as file:
                    yield from self._read_file(path, file)
            except OSError as error:
                raise PostingsError(str(path), error.strerror or "cannot be read") from error

    def _read_file(self, path: Path, file: BinaryIO) -> Iterator[Posting | Rejection]:
        name = self._name(path)
        if path.suffix == ".jsonl":
            for position, line in enumerate(_lines(file), start=1):  # a line at a time: a file may hold any number
                record = line.removesuffix(b"\n").removeprefix(_BOM if position == 1 else b"")
                if record.strip() or len(record) > MAX_RECORD_BYTES:
                    yield self._read_record(name, position, record, parse_json_line)
        elif path.suffix == ".txt":
            content = file.read(_READ_BYTES).removeprefix(_BOM)
            yield self._read_record(name, 1, content, lambda text: self._parse_file(path.stem, text))
        else:
            yield Rejection(file=name, position=1, reason="not a format that is read; name it .txt or .jsonl")

    def _read_record(
        self, name: str, position: int, content: bytes, parse: Callable[[str], PostingRecord]
    ) -> Posting | Rejection:
        if len(content) > MAX_RECORD_BYTES:
            reason = f"larger than {MAX_RECORD_BYTES:,} bytes, so it was not read; is it one posting?"
            return Rejection(file=name, position=position, reason=reason, record=_kept(content[:_KEPT_BYTES]))
        try:
            record = parse(_decode(content))
            return build_posting(
                record,
                lexicon=self.lexicon,
                drop_lines=self.drop_lines,
                drop_furniture=self.drop_furniture,
                as_of=self.as_of,
                file=name,
                position=position,
            )
        except RecordError as error:
            return Rejection(file=name, position=position, reason=str(error), record=_kept(content))

    def _parse_file(self, stem: str, text: str) -> PostingRecord:
        if not text.strip():
            raise RecordError("the file is empty")
        return parse_text(text, stem=stem, lexicon=self.lexicon, drop_lines=self.drop_lines)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long only enough to tell that it is."""
    while line := file.readline(_READ_BYTES):
        rest = line
        while len(rest) == _READ_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(_READ_BYTES)
        yield line


def _kept(content: bytes) -> str:
    return content.decode("utf-8", "backslashreplace")


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(f"not UTF-8 at byte {error.start}; save the file as UTF-8") from error
