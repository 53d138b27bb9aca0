"""Which files of the current release would come out the same, so that they are taken over without being made.

A file is made of a posting's text, its facts, the words of our pages, the addresses around it. Under the digest of all
of these, and of the program, `build/` keeps the length and digest of the file that came of it. Where the manifest of
the current release lists just that file, it stands there already. A release is trusted as far as its manifest goes:
what somebody edited below `public/` is found by `polypost verify`, and a file that is gone or cut is made again.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from pipeline.publishing.release.listing import FileDigest, read_manifest
from pipeline.publishing.release.pieces import KeptPieces, Pieces
from pipeline.publishing.release.switch import FileContent, Passing, TakenOver, pieces_of
from pipeline.storage.derived import NOTHING_KEPT, Derived

T = TypeVar("T")


class Unchanged:
    """The files of a release, by what each was made of; without a folder `out` none is known."""

    def __init__(self, derived: Derived = NOTHING_KEPT, out: Path | None = None) -> None:
        self._derived = derived.read_all()
        self._out = out
        self._listed: Mapping[str, FileDigest] = read_manifest(out) if out else {}

    def made(self, kind: type[T], inputs: bytes, make: Callable[[], T]) -> T:
        """Return what was made of the same before, else make it: what files are named by."""
        return self._derived.make(kind, inputs, make)

    def file(self, path: str, inputs: bytes, make: Callable[[], FileContent]) -> FileContent:
        """Return a file as it stands if it was made of the same, else make it and note what came of it."""
        made_of = f"{path}\0".encode() + inputs
        return self._current(path, made_of) or Passing.of(make()).then(partial(self._derived.keep, FileDigest, made_of))

    def stands(self, path: str, inputs: bytes) -> bool:
        """Tell whether a file stands there that was made of the same."""
        return self._current(path, f"{path}\0".encode() + inputs) is not None

    def _current(self, path: str, made_of: bytes) -> TakenOver | None:
        known = self._derived.find(FileDigest, made_of)
        return self.standing(path) if known is not None and self._listed.get(path) == known else None

    def assembled(
        self, path: str, inputs: bytes, make: Callable[[Pieces], FileContent], *, grounds: bytes
    ) -> FileContent:
        """Do the same with a file that is put together of pieces, of which those that are known are taken over too.

        `grounds` are digests of what every piece is made of beside what names it.
        """

        def content() -> FileContent:
            kept = self._derived.find(KeptPieces, path.encode())
            pieces = Pieces(kept, self._out / path if self._out else None, grounds)

            def keep(file: FileDigest) -> None:
                self._derived.keep(KeptPieces, path.encode(), pieces.kept(bytes.fromhex(file.digest)))

            return Passing(pieces.noting(pieces_of(make(pieces)))).then(keep)

        self._derived.need(KeptPieces, (path.encode(),))
        return self.file(path, inputs, content)

    def standing(self, path: str) -> TakenOver | None:
        """Return a file of the current release; None if it is not there, or not as long as its manifest says."""
        listed = self._listed.get(path)
        if self._out is None or listed is None:
            return None
        try:
            whole = os.stat(f"{self._out}/{path}").st_size == listed.length  # noqa: PTH116  ten times as fast
        except OSError:
            return None
        return TakenOver(folder=self._out, path=path, length=listed.length, digest=listed.digest) if whole else None

    def contents(self, files: Mapping[str, str]) -> list[bytes] | None:
        """Return what stands in files of the current release, by path and digest; None if one is not that any more."""
        found: list[bytes] = []
        for path, digest in files.items():
            try:
                content = (self._out / path).read_bytes() if self._out else b""
            except OSError:
                return None
            if hashlib.sha256(content).hexdigest() != digest:
                return None
            found.append(content)
        return found

    def find(self, kind: type[T], name: str) -> T | None:
        """Return what was kept under a name."""
        return self._derived.find(kind, name.encode())

    def keep(self, kind: type[T], name: str, value: T) -> None:
        """Keep something under a name, for the next release."""
        self._derived.keep(kind, name.encode(), value)

    def need(self, kind: type[T], name: str) -> None:
        """Say that what was kept under a name is needed, also where nobody asks for it this time."""
        self._derived.need(kind, (name.encode(),))
