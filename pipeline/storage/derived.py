"""What a run found out about texts, kept in `build/`: a check that reads a sentence finds the same in it tomorrow.

What is kept holds as long as its grounds do, a digest of everything else that decides: the program with its data, the
configuration, the glossary. With other grounds all of it is forgotten. Nothing is lost with the file: whatever is wrong
with it, the work is done anew.

    kept = Derived(path, tuple[Finding, ...], grounds=digest)
    findings = kept.get(source, target)
    if findings is None:
        findings = kept.put(check(source, target), source, target)
    kept.write()
"""

import contextlib
import hashlib
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from pipeline.errors import FileError
from pipeline.storage.files import write_if_changed

T = TypeVar("T")
_DIGEST_BYTES = 12


class Derived(Generic[T]):
    """Values of one type by the texts that they were made of; no file is written into a folder that is not there."""

    def __init__(self, path: Path, kind: type[T], *, grounds: str) -> None:
        self._path = path
        self._form = msgspec.msgpack.Decoder(tuple[str, dict[bytes, kind]])  # type: ignore[valid-type]
        self._grounds = grounds
        self._values: dict[bytes, T] = {}
        self._used: dict[bytes, T] = {}
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            held, values = self._form.decode(path.read_bytes())
            self._values = values if held == grounds else {}

    def get(self, *texts: str) -> T | None:
        """Return what was made of some texts; None if nothing is kept."""
        key = _digest(texts)
        value = self._used.get(key)
        if value is None and (value := self._values.get(key)) is not None:
            self._used[key] = value
        return value

    def put(self, value: T, *texts: str) -> T:
        """Keep what was made of some texts, and return it."""
        self._used[_digest(texts)] = value
        return value

    def write(self) -> None:
        """Keep what was used for the next run, and what was not while it is no more than that."""
        if self._used.keys() <= self._values.keys() and len(self._values) <= 2 * len(self._used):
            return
        unused = self._values if len(self._values) <= 2 * len(self._used) else {}
        if self._path.parent.is_dir():
            with contextlib.suppress(FileError):
                write_if_changed(self._path, msgspec.msgpack.encode((self._grounds, unused | self._used)))


def _digest(texts: tuple[str, ...]) -> bytes:
    joined = "\x1f".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=_DIGEST_BYTES).digest()
