"""Compressed copies beside the files of a release, for servers that hand them out as they are."""

import gzip
from collections.abc import Iterable, Iterator
from io import BytesIO

from pipeline.publishing.release.switch import FileContent, pieces_of

_COMPRESSED = (".html", ".json", ".xml", ".css", ".js")
_LEVEL = 9  # made once, read often


def with_gzip(files: Iterable[tuple[str, FileContent]]) -> Iterator[tuple[str, FileContent]]:
    """Yield every file, and after one of text its copy with `.gz`; the same content gives the same bytes on any day.

    The pieces of a file have to be taken before the next file is asked for.
    """
    for path, content in files:
        if not path.endswith(_COMPRESSED):
            yield path, content
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
