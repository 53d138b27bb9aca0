"""One HTTP GET; every way it can fail is told in words."""

import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import IO
from urllib.parse import SplitResult, urlsplit

from pipeline import __version__
from pipeline.errors import DownloadError
from pipeline.translation.downloads.http_body import decode_body
from pipeline.translation.downloads.http_opener import make_opener
from pipeline.translation.downloads.patience import Patience

_PIECE_BYTES = 64 * 1024
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response whose body is still to be read."""

    url: str
    status: int
    headers: Message
    body: IO[bytes]
    deadline: float

    @property
    def length(self) -> int | None:
        """How many bytes the body is announced to have, as it travels; None if that is not told."""
        text = self.headers.get("Content-Length", "")
        chunked = "chunked" in self.headers.get("Transfer-Encoding", "").lower()
        return int(text) if text.isascii() and text.isdecimal() and not chunked else None

    @property
    def encoding(self) -> str:
        """How the body is packed for travelling; "" if it is not."""
        named = self.headers.get("Content-Encoding", "").strip().lower()
        return "" if named == "identity" else named

    def pieces(self) -> Iterator[bytes]:
        """Yield the body, unpacked.

        Raises DownloadError if it breaks off, takes too long or cannot be unpacked.
        """
        return decode_body(self.url, self._raw_pieces(), self.encoding)

    def _raw_pieces(self) -> Iterator[bytes]:
        # Counted here: http.client of Python 3.11 neither stops at the announced length nor notices a shorter body.
        left = self.length
        while left != 0:
            piece = self._read(_PIECE_BYTES if left is None else min(left, _PIECE_BYTES))
            if not piece:
                break
            left = None if left is None else left - len(piece)
            yield piece
        if left:
            raise DownloadError(self.url, f"broke off {left} bytes before its end", passing=True)

    def _read(self, size: int) -> bytes:
        try:
            # read1 and not read: what has come is kept, however little it is, when the next piece does not come.
            return self.body.read1(size)  # type: ignore[attr-defined,no-any-return]  # typeshed knows no read1
        except (OSError, HTTPException) as error:
            raise _told(self.url, error, self.deadline) from error


def host_of(url: str) -> str:
    """Name the host of an address, without a password that may stand before it."""
    parts = _split(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


@contextmanager
def open_url(url: str, headers: Mapping[str, str], patience: Patience, deadline: float) -> Iterator[Answer]:
    """Ask for `url`; the body comes as it is stored, where the server heeds that.

    Raises DownloadError if no answer, an error or a web page comes.
    """
    _split(url)
    asked = {"User-Agent": f"polypost/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity", **headers}
    try:
        request = urllib.request.Request(url, headers=asked)  # noqa: S310  http and https only, see _split
        response: HTTPResponse = make_opener(patience, deadline).open(request, timeout=patience.connect_seconds)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(url, error) from error
    except (OSError, HTTPException, ValueError) as error:
        raise _told(url, error, deadline) from error
    with response:
        if response.headers.get_content_type() == "text/html" and "Content-Type" in response.headers:
            raise DownloadError(url, "leads to a web page, not to a file (a login page of this network?)")
        yield Answer(url=url, status=response.status, headers=response.headers, body=response, deadline=deadline)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise DownloadError(url, "is no http or https address")
    if "@" in parts.netloc:
        raise DownloadError(str(parts.hostname), "an address with a password in it is not used")
    return parts


def _refused(url: str, error: urllib.error.HTTPError) -> DownloadError:
    if error.code < HTTPStatus.BAD_REQUEST:
        to = error.headers.get("Location", "")
        followed = to.lower().startswith(("http://", "https://", "/"))
        why = "redirects in a circle or too often" if followed else f"redirects to {to!r}, which is not followed"
        return DownloadError(url, why, status=error.code)
    phrase = HTTPStatus(error.code).phrase if error.code in set(HTTPStatus) else ""  # not the server's own words
    seconds = error.headers.get("Retry-After", "")
    return DownloadError(
        url,
        f"the server answers {error.code} {phrase}".rstrip(),
        status=error.code,
        passing=error.code in _PASSING,
        pause=float(seconds) if seconds.isascii() and seconds.isdecimal() else 0,
    )


def _told(url: str, error: Exception, deadline: float) -> DownloadError:
    """Tell why nothing, or no more, came."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    match cause:
        case ssl.SSLCertVerificationError():
            return DownloadError(url, f"the certificate is not trusted ({cause.verify_message})")
        case socket.gaierror():
            reason = f"the name {host_of(url)} cannot be resolved"
        case TimeoutError() if time.monotonic() >= deadline:
            return DownloadError(url, "took too long as a whole")
        case TimeoutError():
            reason = "no answer in time"
        case IncompleteRead():
            reason = "broke off before its end"
        case OSError():
            reason = (cause.strerror or str(cause) or "the connection failed").lower()
        case HTTPException():
            reason = f"answers in no HTTP that is understood ({type(cause).__name__})"
        case _:
            return DownloadError(url, str(cause))
    return DownloadError(url, reason, passing=True)
