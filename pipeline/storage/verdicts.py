"""What was found out about texts, kept in `build/`: a check that reads a sentence finds the same in it tomorrow.

All of it is read at once, since a run asks for hundreds of thousands of small ones; what is large, and asked for one by
one, is better kept by `derived`. It holds as long as its grounds do, a digest of everything else that decides: the
program with its data, the configuration, the glossary. Nothing is lost with the file: whatever is wrong with it, the
work is done anew.

    kept = Verdicts(path, tuple[Finding, ...], grounds=digest)
    findings = kept.get(source, target)
    if findings is None:
        findings = kept.put(check(source, target), source, target)
    kept.write()
"""

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from pipeline.errors import FileError
from pipeline.storage.files import write_if_changed

T = TypeVar("T")
_DIGEST_BYTES = 12
_UNUSED = 2  # so many times what a run uses is kept at most
_LITTLE = 0.05  # of what is kept: a run that asks for less has looked at what was changed only
_FEW = 1_000  # take no room, so none of them is dropped


class Verdicts(Generic[T]):
    """Values of one type by the texts that they were made of.

    Without a path, or a place for its folder, they are kept for this run only.
    """

    def __init__(self, path: Path | None, kind: type[T], *, grounds: str) -> None:
        self._path = path
        self.grounds = grounds
        self._values: dict[bytes, T] = {}
        self._used: dict[bytes, T] = {}
        form = msgspec.msgpack.Decoder(tuple[str, dict[bytes, kind]])  # type: ignore[valid-type]
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            held, values = form.decode(path.read_bytes()) if path else (grounds, {})
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

    @property
    def used(self) -> Mapping[bytes, T]:
        """What was put or asked for, by digests of the texts."""
        return self._used

    def add(self, values: Mapping[bytes, T]) -> None:
        """Keep values that another process has put or asked for, by the same digests."""
        self._used.update(values)

    def write(self) -> None:
        """Keep what was used for the next run, and as much again that was not: another command may ask for it."""
        used, values = len(self._used), len(self._values)
        kept = values <= max(_FEW, _UNUSED * used) or used < values * _LITTLE
        known = kept and self._used.keys() <= self._values.keys()
        if known or self._path is None or not self._path.parent.parent.is_dir():
            return
        content = msgspec.msgpack.encode((self.grounds, self._values | self._used if kept else self._used))
        with contextlib.suppress(FileError):
            write_if_changed(self._path, content, lasting=False)


def _digest(texts: tuple[str, ...]) -> bytes:
    joined = "\x1f".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=_DIGEST_BYTES).digest()
