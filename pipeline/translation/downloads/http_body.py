"""The body of an HTTP response, unpacked where a server packs it although it was asked not to."""

import zlib
from collections.abc import Iterable, Iterator

from pipeline.errors import DownloadError

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def decode_body(url: str, pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the pieces as the file has them.

    Raises DownloadError if they are packed in another way than gzip, damaged, or end too early.
    """
    if encoding == "":
        return iter(pieces)
    if encoding in {"gzip", "x-gzip"}:
        return _unzipped(url, pieces)
    raise DownloadError(url, f"comes encoded as {encoding!r}, which was not asked for")


def _unzipped(url: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    # A piece grows to its thousandfold at most; the limit on the whole is the caller's.
    unpacking = zlib.decompressobj(_GZIP_WINDOW)
    try:
        for piece in pieces:
            yield unpacking.decompress(piece)
    except zlib.error as error:
        raise DownloadError(url, "comes in gzip that is damaged", passing=True) from error
    if not unpacking.eof:
        raise DownloadError(url, "broke off before its end", passing=True)
