"""Compressed copies beside the files of a release, for servers that hand them out as they are."""

import gzip
from collections.abc import Iterable, Iterator
from io import BytesIO

_COMPRESSED = (".html", ".json", ".xml", ".css", ".js")
_LEVEL = 9  # made once, read often


def with_gzip(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield every file, and after one of text its copy with `.gz`; the same content gives the same bytes on any day."""
    for path, content in files:
        yield path, content
        if path.endswith(_COMPRESSED):
            yield f"{path}.gz", _compress(content)


def _compress(content: bytes) -> bytes:
    """Leave time and name out; `gzip.compress` writes another header in other versions of Python."""
    buffer = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()
