"""What a release has beside its pages and feeds: `manifest.json`, and compressed copies for servers that want them.

The manifest lists each file with length and sha256, so that whoever copies or mirrors a release can tell a whole one
from a torn one. Both are made while the files pass by, so a release of any size fits into memory.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

from pipeline.publishing.release.listing import FILE_NAME
from pipeline.publishing.release.switch import FileContent, Passing, TakenOver, pieces_of

_COMPRESSED = (".html", ".json", ".xml", ".css", ".js")
_quoted = json.JSONEncoder(ensure_ascii=False).encode
_LEVEL = 9  # made once, read often


class _Entry(NamedTuple):
    """What is listed of a file."""

    path: str
    length: int
    digest: str

    def __str__(self) -> str:
        return f'{{"path": {_quoted(self.path)}, "bytes": {self.length}, "sha256": "{self.digest}"}}'


def with_manifest(files: Iterable[tuple[str, FileContent]]) -> Iterator[tuple[str, FileContent]]:
    """Yield every file, then the list of them: path, bytes and sha256, a file a line, ordered by path.

    The pieces of a file have to be taken before the next file is asked for.
    """
    entries: list[_Entry] = []
    for path, content in files:
        if isinstance(content, TakenOver):
            yield path, content
            entries.append(_Entry(path, content.length, content.digest))
            continue
        passing = Passing.of(content)
        yield path, passing
        entries.append(_Entry(path, *passing.digest))
    yield FILE_NAME, _serialize(sorted(entries))


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
