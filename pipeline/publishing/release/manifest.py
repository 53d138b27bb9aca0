"""What a release has beside its pages and feeds: `manifest.json`, and compressed copies for servers that want them.

The manifest lists each file with length and sha256, so that whoever copies or mirrors a release can tell a whole one
from a torn one. Both are made while the files pass by, so a release of any size fits into memory.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.publishing.release.switch import FileContent, TakenOver, pieces_of

FILE_NAME = "manifest.json"
_COMPRESSED = (".html", ".json", ".xml", ".css", ".js")
_LEVEL = 9  # made once, read often


class FileDigest(NamedTuple):
    """How long a file is, and its sha256 in hexadecimal digits."""

    length: int
    digest: str


class _Listed(msgspec.Struct):
    path: str
    length: int = msgspec.field(name="bytes")
    sha256: str


class _Manifest(msgspec.Struct):
    files: list[_Listed]


class _Entry(NamedTuple):
    """What is listed of a file."""

    path: str
    length: int
    digest: bytes

    def __str__(self) -> str:
        return json.dumps({"path": self.path, "bytes": self.length, "sha256": self.digest.hex()}, ensure_ascii=False)


class _Passing:
    """Notes what passes of a file."""

    def __init__(self) -> None:
        self._length = 0
        self._digest = hashlib.sha256()

    def noting(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces."""
        for piece in pieces:
            self._length += len(piece)
            self._digest.update(piece)
            yield piece

    def entry(self, path: str) -> _Entry:
        """Return the entry of the file, all of which has passed."""
        return _Entry(path, self._length, self._digest.digest())


def with_manifest(files: Iterable[tuple[str, FileContent]]) -> Iterator[tuple[str, FileContent]]:
    """Yield every file, then the list of them: path, bytes and sha256, a file a line, ordered by path.

    The pieces of a file have to be taken before the next file is asked for.
    """
    entries: list[_Entry] = []
    for path, content in files:
        if isinstance(content, TakenOver):
            yield path, content
            entries.append(_Entry(path, content.length, bytes.fromhex(content.digest)))
            continue
        passing = _Passing()
        yield path, passing.noting(pieces_of(content))
        entries.append(passing.entry(path))
    yield FILE_NAME, _serialize(sorted(entries))


def read_manifest(out: Path) -> dict[str, FileDigest]:
    """Return what the manifest of a release lists; nothing if there is none that can be read."""
    try:
        found = msgspec.json.decode((out / FILE_NAME).read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError):
        return {}
    return {each.path: FileDigest(each.length, each.sha256) for each in found.files}


def _serialize(entries: Iterable[_Entry]) -> Iterator[bytes]:
    before = '{"files": ['
    for entry in entries:
        yield f"{before}\n{entry}".encode()
        before = ","
    yield b"\n]}\n" if before == "," else b'{"files": []}\n'


def with_gzip(
    files: Iterable[tuple[str, FileContent]], standing: Callable[[str], TakenOver | None] = lambda _: None
) -> Iterator[tuple[str, FileContent]]:
    """Yield every file, and after one of text its copy with `.gz`; the same content gives the same bytes on any day.

    The pieces of a file have to be taken before the next file is asked for. Of a file that is taken over the copy is
    one that is `standing` in the current release, if there is one.
    """
    for path, content in files:
        if not path.endswith(_COMPRESSED):
            yield path, content
            continue
        copy = standing(f"{path}.gz") if isinstance(content, TakenOver) else None
        if copy is not None:
            yield path, content
            yield f"{path}.gz", copy
            continue
        buffer = BytesIO()
        yield path, _compressing(pieces_of(content), buffer)
        yield f"{path}.gz", buffer.getvalue()


def _compressing(pieces: Iterable[bytes], buffer: BytesIO) -> Iterator[bytes]:
    """Yield the pieces and compress them; `gzip.compress` writes another header in other versions of Python."""
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=buffer, mtime=0) as file:
        for piece in pieces:
            file.write(piece)
            yield piece
