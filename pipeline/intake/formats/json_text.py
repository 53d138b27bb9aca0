"""JSON as bytes: values cut out of a stream of any length, decoded one at a time and cleaned where it is needed.

A file of a hundred gigabytes with one posting after the other takes no more memory than its largest posting: a value
is cut out by counting brackets, and only then decoded. One that is broken costs itself; the rest goes on.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from pipeline.intake.reading.record import RecordError
from pipeline.language.limits import MAX_RECORD_BYTES
from pipeline.model.cleaning import clean_tree

# No export nests deeper than a dozen levels.
MAX_DEPTH = 200
NOT_AN_OBJECT = 'not an object; write for example {"id": "1", "title": "Baker", "description": "We bake."}'
_CHUNK = 1 << 16
# Escapes for what text may not hold (cleaning.py): control characters, line separators, byte order marks.
_DOUBTFUL_ESCAPE = re.compile(rb"\\u(?:00[0189]|001|202[89]|[fF][eEfF])|\\[fr]")
_C2, _E2, _EF, _DEL = b"\xc2", b"\xe2", b"\xef", b"\x7f"
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_SEPARATORS = re.compile(rb"\xe2\x80[\xa8\xa9]")
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_IN_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_CUT_OFF = "the file ends in the midst of this record; it was cut off, get it whole"
_decode = msgspec.json.decode


@dataclass(frozen=True, slots=True)
class Piece:
    """A value cut out of a document: its bytes, the line on which it begins, and what is wrong with it, if anything."""

    raw: bytes
    line: int
    fault: str = ""


class NotUtf8Error(RecordError):
    """The bytes are not UTF-8, the encoding that JSON has."""


def decode_json(raw: bytes) -> object:
    """Decode a value; what no text may hold is dropped from it, `NaN` and `Infinity` become null.

    Raises NotUtf8Error if it is in another encoding, RecordError if it is no JSON.
    """
    try:
        value = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _decode_slowly(raw)
    return clean_tree(value) if _needs_cleaning(raw) else value


def _needs_cleaning(raw: bytes) -> bool:
    """Tell whether there may be something in it that no text may hold; each question is one pass in C."""
    return bool(
        (b"\\" in raw and _DOUBTFUL_ESCAPE.search(raw))
        or (_E2 in raw and _SEPARATORS.search(raw))
        or (_C2 in raw and _C1.search(raw))
        or _EF in raw
        or _DEL in raw
    )


def _decode_slowly(raw: bytes) -> object:
    """Decode by the standard library, which reads lone surrogates and says where a fault is."""
    try:
        text = raw.decode("utf-8-sig")
        return clean_tree(json.loads(text, parse_constant=_as_null, parse_int=_read_integer, strict=False))
    except json.JSONDecodeError as error:
        line = f"line {error.lineno} of it, " if error.lineno > 1 else ""
        raise RecordError(f"not JSON: {error.msg} at {line}column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise NotUtf8Error(f"not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except RecursionError as error:
        raise RecordError("not JSON: nested too deeply") from error


def _as_null(_name: str) -> None:
    return None


def _read_integer(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:  # Python reads no more than 4,300 digits
        raise RecordError("not JSON: a number is too long to be read") from error


def cut_values(file: BinaryIO, *, depth: int, most: int = MAX_RECORD_BYTES) -> Iterator[Piece]:
    """Yield the objects and lists that stand `depth` brackets deep, 0 for those at the top, in their order.

    One of more than `most` bytes is yielded with its beginning only, one that the end of the file cuts off with what
    there is of it; both have a `fault`. Simple values between them are passed over.
    """
    return _Cutter(depth, most).cut(file)


class _Cutter:
    """Goes through a document once, bracket by bracket."""

    def __init__(self, wanted: int, most: int) -> None:
        self._wanted = wanted
        self._most = most
        self._depth = 0
        self._deepest = 0
        self._in_string = False
        self._parts: list[bytes] | None = None  # of the value that is being cut out
        self._size = 0
        self._line = 1
        self._begun = 1

    def cut(self, file: BinaryIO) -> Iterator[Piece]:
        rest = b""
        while chunk := file.read(_CHUNK):
            data = rest + chunk
            # A backslash at the end belongs to the sign behind it.
            held = len(data) - len(data.rstrip(b"\\"))
            rest = data[len(data) - held :] if held else b""
            data = data[: len(data) - held] if held else data
            yield from self._feed(data)
        yield from self._feed(rest)
        if self._parts is not None:
            piece = self._finished()
            yield Piece(piece.raw, piece.line, piece.fault or _CUT_OFF)

    def _feed(self, data: bytes) -> Iterator[Piece]:  # noqa: C901  one pass with one state
        position = start = counted = 0
        while True:
            if self._in_string:
                end = _IN_STRING.match(data, position)
                if end is None:
                    break
                self._in_string = False
                position = end.end()
                continue
            token = _TOKEN.search(data, position)
            if token is None:
                break
            position = token.end()
            sign = token[0]
            if sign == b'"':
                self._in_string = True
            elif sign in (b"{", b"["):
                if self._depth == self._wanted and self._parts is None:
                    self._line += data.count(b"\n", counted, token.start())
                    counted = start = token.start()
                    self._parts, self._size, self._deepest, self._begun = [], 0, 0, self._line
                self._depth += 1
                self._deepest = max(self._deepest, self._depth)
            elif sign in (b"}", b"]"):
                self._depth = max(0, self._depth - 1)
                if self._depth == self._wanted and self._parts is not None:
                    self._keep(data[start:position])
                    yield self._finished()
        if self._parts is not None:
            self._keep(data[start:])
        self._line += data.count(b"\n", counted)

    def _keep(self, data: bytes) -> None:
        if self._parts is not None:
            room = max(0, self._most + 1 - self._size)
            self._parts.append(data[:room])
            self._size += len(data)

    def _finished(self) -> Piece:
        raw = b"".join(self._parts or ())
        self._parts = None
        fault = ""
        if self._size > self._most:
            fault = f"larger than {self._most:,} bytes, so it was not read; part it into postings"
        elif self._deepest - self._wanted > MAX_DEPTH:
            fault = "not JSON: nested too deeply"
        return Piece(raw, self._begun, fault)
