"""Which files of the current release would come out the same, so that they are taken over without being made.

A file is made of a posting's text, its facts, the words of our pages, the addresses around it. Under the digest of all
of these, and of the program, `build/` keeps the length and digest of the file that came of it. Where the manifest of
the current release lists just that file, it stands there already. A release is trusted as far as its manifest goes:
what somebody edited below `public/` is found by `polypost verify`, and a file that is gone or cut is made again.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.publishing.release.listing import FileDigest, read_manifest
from pipeline.publishing.release.pieces import KeptPieces, Pieces
from pipeline.publishing.release.switch import FileContent, TakenOver, pieces_of
from pipeline.storage.derived import NOTHING_KEPT, Derived


class Unchanged:
    """The files of a release, by what each was made of; without a folder `out` none is known."""

    def __init__(self, derived: Derived = NOTHING_KEPT, out: Path | None = None) -> None:
        self._derived = derived.read_all()
        self._out = out
        self._listed: Mapping[str, FileDigest] = read_manifest(out) if out else {}

    def file(self, path: str, inputs: bytes, make: Callable[[], FileContent]) -> FileContent:
        """Return a file as it stands if it was made of the same, else make it and note what came of it."""
        made_of = f"{path}\0".encode() + inputs
        known = self._derived.find(FileDigest, made_of)
        if known is not None and self._listed.get(path) == known:
            current = self.standing(path)
            if current is not None:
                return current
        return self._noted(made_of, make())

    def assembled(
        self, path: str, inputs: bytes, make: Callable[[Pieces], FileContent], *, grounds: bytes
    ) -> FileContent:
        """Do the same with a file that is put together of pieces, of which those that are known are taken over too.

        `grounds` are digests of what every piece is made of beside what names it.
        """

        def content() -> FileContent:
            kept = self._derived.find(KeptPieces, path.encode())
            pieces = Pieces(kept, self._out / path if self._out else None, grounds)
            digest = hashlib.sha256()

            def passing() -> Iterator[bytes]:
                for part in pieces.noting(pieces_of(make(pieces))):
                    digest.update(part)
                    yield part
                self._derived.keep(KeptPieces, path.encode(), pieces.kept(digest.digest()))

            return passing()

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

    def _noted(self, made_of: bytes, content: FileContent) -> Iterator[bytes]:
        """Yield the pieces of a file; what came of its inputs is kept when all have passed."""
        digest, length = hashlib.sha256(), 0
        for piece in pieces_of(content):
            digest.update(piece)
            length += len(piece)
            yield piece
        self._derived.keep(FileDigest, made_of, FileDigest(length, digest.hexdigest()))
