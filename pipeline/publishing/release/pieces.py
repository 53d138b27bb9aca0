"""Takes the unchanged parts of a file from the one that stands in the current release.

A feed of ten thousand postings of which one has changed is the old one but for one item. So of every file that is put
together of postings it is kept where each lies in it, under a digest of what the posting was there made of:

    pieces = Pieces(kept, place)
    content = serialize_jobs(version, (pieces.take(digest, partial(render, posting)) for digest, posting in ...))
    for piece in pieces.noting(content): ...

The old file is read only if all of it is what was written then: nothing that somebody changed there gets any further.
"""

import hashlib
import os
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec


class KeptPieces(msgspec.Struct, frozen=True, array_like=True):
    """Where the pieces of a file lie: their digests, first bytes and lengths; `sha256` is that of the whole file."""

    sha256: bytes
    grounds: bytes
    digests: list[bytes]
    starts: list[int]
    lengths: list[int]


class Pieces:
    """The pieces of one file while it is made anew; `grounds` are digests of what all of them are made of."""

    def __init__(self, kept: KeptPieces | None, place: Path | None, grounds: bytes) -> None:
        self._grounds = grounds
        self._old: dict[bytes, tuple[int, int]] = {}
        self._handle = -1
        if kept is not None and place is not None and kept.grounds == grounds and self._opens(place, kept.sha256):
            self._old = dict(zip(kept.digests, zip(kept.starts, kept.lengths, strict=True), strict=True))
        self._expected: deque[tuple[bytes, bytes]] = deque()
        self._digests: list[bytes] = []
        self._starts: list[int] = []
        self._lengths: list[int] = []

    def take(self, digest: bytes, make: Callable[[], bytes]) -> bytes:
        """Return the piece that is made of something with this digest: the old one if there is one."""
        found = self._old.get(digest)
        piece = make() if found is None else os.pread(self._handle, found[1], found[0])
        self._expected.append((digest, piece))
        return piece

    def noting(self, content: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the parts of the file and note where the pieces lie; none is cut into two parts."""
        before = 0
        for part in content:
            position = 0
            while self._expected and (start := part.find(self._expected[0][1], position)) >= 0:
                digest, piece = self._expected.popleft()
                position = start + len(piece)
                self._digests.append(digest)
                self._starts.append(before + start)
                self._lengths.append(len(piece))
            before += len(part)
            yield part

    def kept(self, sha256: bytes) -> KeptPieces:
        """Return what is to be kept of the file once all of it has passed."""
        return KeptPieces(sha256, self._grounds, self._digests, self._starts, self._lengths)

    def _opens(self, place: Path, sha256: bytes) -> bool:
        """Open the old file; tell whether it is whole."""
        try:
            self._handle = os.open(place, os.O_RDONLY)
        except OSError:
            return False
        weakref.finalize(self, os.close, self._handle)
        with os.fdopen(os.dup(self._handle), "rb") as file:
            return hashlib.file_digest(file, "sha256").digest() == sha256
