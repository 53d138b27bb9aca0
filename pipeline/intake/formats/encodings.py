"""Bytes become UTF-8: by their byte order mark, by what a document declares, else by what they are."""

import codecs
import io
import re
from encodings.aliases import aliases
from functools import cache
from typing import BinaryIO

from pipeline.intake.reading.record import RecordError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4_096
# What web pages and exports call Latin 1 is Windows' form of it (WHATWG Encoding Standard).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
DOUBT = "is not UTF-8 and was read as windows-1252"
_CHUNK = 1 << 16


def encoding_of(head: bytes) -> tuple[str, int]:
    """Return the encoding that a document names, "" for none, and the length of its byte order mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    if guessed := _by_zeros(head[:64]):
        return guessed, 0
    match = _DECLARED.search(head[:_DECLARED_WITHIN])
    if match is None:
        return "", 0
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return "", 0
    if name == "utf-8" or name.startswith(("utf-16", "utf-32")) or name not in _text_encodings():
        return "", 0  # what says so in single bytes is mistaken
    return _MEANT.get(name, name), 0


@cache
def _text_encodings() -> frozenset[str]:
    """Return the encodings of text; Python also has some that unpack (`zip`, `bz2`), which no document may ask for."""
    families = (
        "cp",
        "iso8859",
        "koi8",
        "mac",
        "shift_jis",
        "euc",
        "gb",
        "big5",
        "iso2022",
        "johab",
        "tis-620",
        "ascii",
        "hz",
    )
    return frozenset(name for name in map(str, _known()) if name.startswith(families))


def _known() -> set[str]:
    names = set()
    for name in {*aliases.values()}:
        try:
            names.add(codecs.lookup(name).name)
        except LookupError:  # encodings of another system
            continue
    return names


def _by_zeros(start: bytes) -> str:
    """Tell UTF-16 and UTF-32 without a mark by where the zeros of the first signs stand."""
    if len(start) < 4 or b"\x00" not in start[:4]:  # noqa: PLR2004  one sign of UTF-32
        return ""
    zeros = "".join("0" if byte == 0 else "x" for byte in start[:4])
    return {"x0x0": "utf-16-le", "0x0x": "utf-16-be", "x000": "utf-32-le", "000x": "utf-32-be"}.get(zeros, "")


def as_utf8(raw: bytes) -> tuple[bytes, str]:
    """Return bytes of an undeclared encoding as UTF-8, and the doubt if they were not."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").encode(), DOUBT
    return raw, ""


_CONTROLS = (*range(7), *range(14, 18))
_MOST_IN_OTHERS, _MOST_IN_UTF8 = 1000, 4  # one of so many bytes


def decode_text(raw: bytes) -> tuple[str, str]:
    """Return bytes of an undeclared encoding as text, and the doubt if they were not UTF-8.

    Raises RecordError for what is no text at all.
    """
    data, doubt = as_utf8(raw)
    # Text may hold a few control characters, which are cleaned away; what is no UTF-8 either is another kind of file.
    strange = sum(map(raw.count, _CONTROLS))
    if strange > len(raw) // (_MOST_IN_OTHERS if doubt else _MOST_IN_UTF8):
        raise RecordError("not text, nor a form of file that is known; export the postings as JSON, CSV or text")
    return data.decode("utf-8"), doubt


def transcoded(file: BinaryIO, encoding: str) -> BinaryIO:
    """Return a stream in a known encoding as one in UTF-8; what is no sign in it becomes U+FFFD."""
    return io.BufferedReader(_Transcoded(file, encoding), _CHUNK)


def joined(start: bytes, rest: BinaryIO) -> BinaryIO:
    """Return what was read of a stream already and the rest of it as one stream."""
    return io.BufferedReader(_Joined(start, rest), _CHUNK)


def read_up_to(file: BinaryIO, size: int) -> bytes:
    """Return the beginning of a stream; less than `size` only if it ends there."""
    parts = []
    while size > 0 and (chunk := file.read(size)):
        parts.append(chunk)
        size -= len(chunk)
    return b"".join(parts)


class _Transcoded(io.RawIOBase):
    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer as far as there is text."""
        while not self._ready and not self._ended:
            chunk = self._file.read(_CHUNK)
            self._ended = not chunk
            self._ready = self._decoder.decode(chunk, final=self._ended).encode("utf-8", "replace")
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


class _Joined(io.RawIOBase):
    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = io.BytesIO(start)
        self._rest = rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer from the start first."""
        data = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
