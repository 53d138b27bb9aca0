"""Packed posting files: what is in a `.gz` or a `.zip`, each member only as far as an honest one goes.

They are told by their content, not by their names. A member that is larger than its packed size can explain, leads out
of the archive, is encrypted, or is an archive in an archive in an archive is refused by name; the others are read.
"""

import gzip
import io
import lzma
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.intake.formats.encodings import joined
from pipeline.intake.reading.record import RecordError

MAX_MEMBERS = 10_000
# Postings shrink to a tenth, many alike to a fiftieth; a bomb to a thousandth, which is all that deflate can do.
MAX_RATIO = 200
# So little may be nothing but spaces.
RATIO_FREE_BYTES = 10 << 20
MAX_LEVELS = 2
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
# The parts that make a zip a document of an office program, and those of Word and PowerPoint.
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
WORD_PARTS, _SLIDES = "word/", "ppt/"
# What a document of Pages or Numbers keeps its text in.
_IWORK = "Index/Document.iwa"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SPREADSHEET = f"{_OPEN_DOCUMENT}spreadsheet"
_LONGEST_TYPE = 100
_HIDDEN = re.compile(r"\.[^.]|~\$|__MACOSX$")
_ENCRYPTED = 0x1
_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
# What reading a zip raises that is damaged, cut, encrypted or packed in a way of its own.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    OSError,
)
_SPOOLED_BYTES = 64 << 20
_MAX_ZIP_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was found: its name in the container, "" for a plain file, and its content or what is wrong."""

    name: str
    file: BinaryIO | RecordError


def open_members(file: BinaryIO, levels: int = MAX_LEVELS) -> Iterator[Member]:
    """Yield the plain files in a file, which may be one itself, in the order of their names.

    Each is to be read before the next one is asked for.
    """
    head = file.read(4)
    rest: BinaryIO = joined(head, file)
    if not head.startswith((_GZIP, _ZIP, _EMPTY_ZIP)):
        yield Member("", rest)
    elif levels == 0:
        yield Member("", RecordError("an archive inside of an archive inside of an archive; unpack it"))
    elif head.startswith(_GZIP):
        yield from open_members(io.BufferedReader(_Unpacked(rest), 1 << 16), levels - 1)
    else:
        with _seekable(rest) as whole:
            yield from _zip_members(whole, levels)


def _zip_members(whole: BinaryIO, levels: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(whole) as opened:
            members = sorted(
                (part for part in opened.infolist() if not part.filename.endswith("/")), key=lambda part: part.filename
            )
            names = {part.filename for part in members}
            if names & _OFFICE_PARTS:
                if refusal := _refusal_of_type(opened, names):
                    yield Member("", RecordError(refusal))
                else:
                    yield from _office(whole, members, names)
                return
            if _IWORK in names:
                refusal = "a document of Pages or Numbers, which is not read; export it as .docx or .xlsx"
                yield Member("", RecordError(refusal))
                return
            if len(members) > MAX_MEMBERS:
                yield Member(
                    "", RecordError(f"an archive of {len(members):,} files, {MAX_MEMBERS:,} are the limit; unpack it")
                )
                return
            for part in members:
                if not _is_aside(part.filename):
                    yield from _read_member(opened, part, levels)
    except RecordError as error:
        yield Member("", error)
    except DAMAGE as error:
        yield Member("", RecordError(f"a damaged or incomplete zip archive ({error}); get it again"))


def _read_member(opened: zipfile.ZipFile, part: zipfile.ZipInfo, levels: int) -> Iterator[Member]:
    name = "".join(sign if sign.isprintable() else "\ufffd" for sign in part.filename)
    refusal = _refusal(part)
    if refusal:
        yield Member(name, RecordError(refusal))
        return
    try:
        with opened.open(part) as file:
            for inner in open_members(io.BufferedReader(_Guarded(file)), levels - 1):  # type: ignore[arg-type]
                yield Member(f"{name}/{inner.name}" if inner.name else name, inner.file)
    except DAMAGE as error:
        yield Member(name, RecordError(f"damaged in its zip archive ({error}); get it again"))


def _refusal(part: zipfile.ZipInfo) -> str:
    if part.flag_bits & _ENCRYPTED:
        return "encrypted in its zip archive; unpack it"
    if stat.S_IFMT(part.external_attr >> 16) not in _KINDS:
        return "a link or a device in a zip archive"
    if part.file_size > RATIO_FREE_BYTES and part.file_size > MAX_RATIO * part.compress_size:
        return f"unpacks to more than {MAX_RATIO} times its packed size, so it was not read; unpack it"
    return ""


def _is_aside(name: str) -> bool:
    """Tell what systems put into archives beside the files."""
    return any(_HIDDEN.match(step) for step in name.split("/")) or name.endswith("Thumbs.db")


def _refusal_of_type(opened: zipfile.ZipFile, names: set[str]) -> str:
    """Say why a file that names its type is not read, "" if it is one that is."""
    if "mimetype" not in names:
        return ""
    with opened.open("mimetype") as file:
        kind = file.read(_LONGEST_TYPE).decode("ascii", "replace").strip()
    if kind.startswith(_OPEN_DOCUMENT) and not kind.startswith(_SPREADSHEET):
        return "an OpenDocument text or presentation, which is not read; save it as .docx"
    return "an e-book, which is not read; save its text as .docx" if kind == "application/epub+zip" else ""


def _office(whole: BinaryIO, members: list[zipfile.ZipInfo], names: set[str]) -> Iterator[Member]:
    unpacked = sum(part.file_size for part in members)
    packed = sum(part.compress_size for part in members)
    if any(name.startswith(_SLIDES) for name in names):
        yield Member(
            "",
            RecordError("a PowerPoint document, which is not read; write its text into a text file or a Word document"),
        )
    elif unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * packed:
        kind = "Word document" if any(name.startswith(WORD_PARTS) for name in names) else "spreadsheet"
        yield Member(
            "",
            RecordError(
                f"a {kind} that unpacks to more than {MAX_RATIO} times its size, so it was not read; save it again"
            ),
        )
    else:
        whole.seek(0)
        yield Member("", whole)


@contextmanager
def _seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """Put a stream where one can go back and forth in it, as a zip needs."""
    with tempfile.SpooledTemporaryFile(_SPOOLED_BYTES) as copy:
        size = 0
        while chunk := file.read(1 << 20):
            size += len(chunk)
            if size > _MAX_ZIP_BYTES:
                raise RecordError(f"an archive of more than {_MAX_ZIP_BYTES:,} bytes; unpack it")
            copy.write(chunk)
        copy.seek(0)
        yield copy  # type: ignore[misc]


class DamagedError(RecordError):
    """A packed file breaks off or grows beyond what it may; what came before was read."""


class _Unpacked(io.RawIOBase):
    """What is in a gzip stream, as far as its packed size explains it."""

    def __init__(self, file: BinaryIO) -> None:
        self._packed = _Counted(file)
        self._file = gzip.GzipFile(fileobj=self._packed)
        self._size = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Unpack as much as the buffer takes; raises DamagedError."""
        try:
            data = self._file.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DamagedError(f"a damaged or incomplete gzip file ({error})") from error
        self._size += len(data)
        if self._size > max(RATIO_FREE_BYTES, MAX_RATIO * self._packed.size):
            raise DamagedError(f"unpacks to more than {MAX_RATIO} times its packed size, so it was not read to its end")
        buffer[: len(data)] = data
        return len(data)


class _Guarded(io.RawIOBase):
    """A member of a zip, whose damage is told as that of a record."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Unpack as much as the buffer takes; raises DamagedError."""
        try:
            data = self._file.read(len(buffer))
        except DAMAGE as error:
            raise DamagedError(f"damaged in its zip archive ({error}); get it again") from error
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._file.read(size)
        self.size += len(data)
        return data
