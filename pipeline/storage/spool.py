"""Values kept in a temporary file in the order they come, so that any number of them takes little memory."""

import os
import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import msgspec
from babel import Locale

from pipeline.errors import FileError
from pipeline.model.locale import parse_locale

T = TypeVar("T")
_FLUSH_BYTES = 1 << 20
_REMEDY = "temporary files go there; make room, or name another folder by TMPDIR, and run again"


class Chest:
    """Pieces of bytes, numbered as they are added from 0; the file has no name and ends with the object."""

    def __init__(self) -> None:
        self._handle = open_unnamed()
        self._written = 0
        self._pending = bytearray()
        self._ends = array("Q")
        weakref.finalize(self, os.close, self._handle)

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._ends)

    def add(self, piece: bytes) -> None:
        """Add a piece."""
        self._pending += piece
        self._ends.append(self._written + len(self._pending))
        if len(self._pending) >= _FLUSH_BYTES:
            self._flush()

    def read(self, number: int) -> bytes:
        """Return a piece."""
        start = self._ends[number - 1] if number else 0
        end = self._ends[number]
        if end > self._written:
            self._flush()
        return os.pread(self._handle, end - start, start)

    def _flush(self) -> None:
        write_at(self._handle, self._pending, self._written)
        self._written += len(self._pending)
        self._pending = bytearray()


def open_unnamed() -> int:
    """Open a temporary file that has no name; return its handle.

    Raises FileError if there is no room for one.
    """
    with _making_room():
        handle, name = tempfile.mkstemp(prefix="polypost-")
        Path(name).unlink()
    return handle


def write_at(handle: int, piece: bytes | bytearray, start: int) -> None:
    """Write all of a piece to a place of a temporary file; where other processes write in it does not matter.

    Raises FileError if there is no room for it.
    """
    with memoryview(piece) as rest, _making_room():
        done = 0
        while done < len(rest):
            done += os.pwrite(handle, rest[done:], start + done)


@contextmanager
def _making_room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or "cannot be written"
        raise FileError(Path(tempfile.gettempdir()), f"{reason}; {_REMEDY}") from error


@dataclass(frozen=True, slots=True)
class Packing(Generic[T]):
    """How values of one type, a frozen dataclass, become bytes and values again."""

    encode: Callable[[T], bytes]
    decode: Callable[[bytes], T]


def packing_of(kind: type[T]) -> Packing[T]:
    """Return how values of a type are packed."""
    of: Any = kind  # for mypy no type is hashable
    packing: Packing[T] = _packing(of)
    return packing


@cache
def _packing(kind: type[Any]) -> Packing[Any]:
    return Packing(
        msgspec.msgpack.Encoder(enc_hook=_to_plain).encode,
        msgspec.msgpack.Decoder(kind, dec_hook=_from_plain).decode,
    )


class Spool(Sequence[T], Generic[T]):
    """Values of one type, a frozen dataclass, each made anew when it is asked for."""

    def __init__(self, kind: type[T], values: Iterable[T] = ()) -> None:
        self._chest = Chest()
        self._packing = packing_of(kind)
        for value in values:
            self.append(value)

    def append(self, value: T) -> None:
        """Add a value at the end."""
        self._chest.add(self._packing.encode(value))

    def packed(self, number: int) -> bytes:
        """Return a value as bytes, the same ones for equal values."""
        return self._chest.read(number)

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._chest)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Return a value, or a list of them."""
        numbers = range(len(self))[index]
        return [self[number] for number in numbers] if isinstance(numbers, range) else self._value(numbers)

    def __iter__(self) -> Iterator[T]:
        """Yield the values in their order."""
        return map(self._value, range(len(self)))

    def _value(self, number: int) -> T:
        return self._packing.decode(self._chest.read(number))


def _to_plain(value: Any) -> str:
    if isinstance(value, Locale):
        return str(value)
    raise NotImplementedError(type(value))


def _from_plain(kind: type, value: Any) -> Locale:
    if kind is Locale:
        return _locale(value)
    raise NotImplementedError(kind)


@cache
def _locale(name: str) -> Locale:
    return parse_locale(name)
