"""`manifest.json`: what a release holds, so that whoever copies or mirrors it can tell a whole one from a torn one."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from pipeline.publishing.release import FileContent, pieces_of

FILE_NAME = "manifest.json"


class _Entry:
    """What is noted of a file while its pieces pass."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._length = 0
        self._digest = hashlib.sha256()

    def noting(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces."""
        for piece in pieces:
            self._length += len(piece)
            self._digest.update(piece)
            yield piece

    def fields(self) -> dict[str, str | int]:
        """Return the entry of the file, all of which has passed."""
        return {"path": self.path, "bytes": self._length, "sha256": self._digest.hexdigest()}


def with_manifest(files: Iterable[tuple[str, FileContent]]) -> Iterator[tuple[str, FileContent]]:
    """Yield every file, then the list of them: path, bytes and sha256, ordered by path.

    The pieces of a file have to be taken before the next file is asked for.
    """
    entries: list[_Entry] = []
    for path, content in files:
        entry = _Entry(path)
        entries.append(entry)
        yield path, entry.noting(pieces_of(content))
    listed = [entry.fields() for entry in sorted(entries, key=lambda entry: entry.path)]
    yield FILE_NAME, (json.dumps({"files": listed}, ensure_ascii=False, indent=1) + "\n").encode()
