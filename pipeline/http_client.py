"""HTTP for everything that may connect: the download of models and the LibreTranslate engine.

urllib3 does the work: pooled connections, time-outs, TLS with the certificates of the system. This module adds what
both users need beside it: a limit on the whole time and size, redirects that never lead to another scheme or from https
to http, one place for retries with back-off, and every failure as one DownloadError with a reason in words.

Example: `HttpClient().request("GET", "https://models.example.org/index.json", limit=8_000_000)`.
"""

import logging
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead
from typing import Any, TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3 import exceptions

from pipeline import __version__
from pipeline.errors import DownloadError

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

MAX_REDIRECTS = 5
MAX_BACKOFF_SECONDS = 60.0
_PIECE_BYTES = 64 * 1024
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_OWN_HEADERS = {"User-Agent": f"polypost/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How long a request may take; `attempts` counts those in a row that bring nothing new."""

    connect_seconds: float = 10
    read_seconds: float = 30
    total_seconds: float = 3600
    attempts: int = 4
    backoff_seconds: float = 1  # before the second attempt, then twice as long each time


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer with status 200 or 206 whose body is still to be read."""

    url: str
    deadline: float
    raw: urllib3.BaseHTTPResponse

    @property
    def encoding(self) -> str:
        """How the body is packed for travelling although it was asked not to be; "" if it is not."""
        return self.raw.headers.get("Content-Encoding", "").strip().lower().removeprefix("identity")

    def pieces(self) -> Iterator[bytes]:
        """Yield the body, unpacked; what has come is given before an error tells that the rest does not come.

        Raises DownloadError if it breaks off, takes too long or cannot be unpacked.
        """
        if not self.encoding:
            yield from self._travelling()
            return
        if self.encoding not in {"gzip", "x-gzip"}:
            raise DownloadError(self.url, f"comes encoded as {self.encoding!r}, which was not asked for")
        # Not urllib3's decoder: it takes gzip that was cut off for whole. A piece grows to its thousandfold at most.
        unpacking = zlib.decompressobj(_GZIP_WINDOW)
        try:
            for piece in self._travelling():
                yield unpacking.decompress(piece)
        except zlib.error as error:
            raise DownloadError(self.url, "comes in gzip that is damaged", transient=True) from error
        if not unpacking.eof:
            raise DownloadError(self.url, "broke off before its end", transient=True)

    def read(self, limit: int) -> bytes:
        """Return the whole body.

        Raises DownloadError as `pieces` does, or if it has more than `limit` bytes.
        """
        content = bytearray()
        require_within(self.url, self.raw.length_remaining or 0, limit)
        for piece in self.pieces():
            content += piece
            require_within(self.url, len(content), limit)
        return bytes(content)

    def _travelling(self) -> Iterator[bytes]:
        with _failing_in_words(self.url, self.deadline):
            while (left := self.raw.length_remaining) != 0:
                # read1 and not stream: what has come is kept, however little it is, when the next piece does not come.
                size = _PIECE_BYTES if left is None else min(left, _PIECE_BYTES)
                piece = self.raw.read1(size, decode_content=False)
                if not piece:
                    return
                yield piece
                if time.monotonic() >= self.deadline:
                    raise TimeoutError


class HttpClient:
    """Asks servers; `max_redirects` is 0 where a key or a password goes along, which is for that server alone."""

    def __init__(self, policy: RetryPolicy | None = None, *, max_redirects: int = MAX_REDIRECTS) -> None:
        self.policy = policy or RetryPolicy()
        self._max_redirects = max_redirects
        self._pools: dict[str, urllib3.PoolManager] = {}

    def request(
        self, method: str, url: str, *, limit: int, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> bytes:
        """Return the whole answer to a request, which is sent again where that may help.

        Raises DownloadError if it does not come whole or has more than `limit` bytes.
        """

        def attempt(deadline: float) -> bytes:
            with self.open(url, deadline=deadline, headers=headers or {}, method=method, body=body) as response:
                if response.raw.status != HTTPStatus.OK:
                    raise DownloadError(url, f"the server answers {response.raw.status}, which is no file")
                return response.read(limit)

        return self.retry(attempt)

    def retry(self, attempt: Callable[[float], _Result], received: Callable[[], int] = lambda: 0) -> _Result:
        """Repeat what fails in passing, with back-off; the attempt gets its deadline on the monotonic clock.

        `received` tells how many bytes are there by now. Raises the last DownloadError once too many attempts in a row
        have brought nothing.
        """
        deadline = time.monotonic() + self.policy.total_seconds
        most, failed = received(), 0
        while True:
            try:
                return attempt(deadline)
            except DownloadError as error:
                failed = 1 if received() > most else failed + 1
                most = max(most, received())
                backoff = max(self.policy.backoff_seconds * 2 ** (failed - 1), error.retry_after)
                pause = min(backoff, MAX_BACKOFF_SECONDS)
                late = time.monotonic() + pause > deadline
                if not error.transient or failed >= self.policy.attempts or late:
                    raise
                _log.warning("%s; trying again in %g s", error, pause)
                time.sleep(pause)

    @contextmanager
    def open(
        self, url: str, *, deadline: float, headers: Mapping[str, str], method: str = "GET", body: bytes | None = None
    ) -> Iterator[Response]:
        """Ask once, and where a GET is redirected, there; the body is read from what is yielded.

        Raises DownloadError if no answer, a refusal or a web page comes.
        """
        visited = [url]
        while True:
            raw = self._ask(method, visited[-1], body, headers, deadline)
            try:
                moved = raw.get_redirect_location() if self._max_redirects else None
                if not moved:
                    response = Response(url=url, deadline=deadline, raw=raw)
                    _require_success(response)
                    yield response
                    return
            finally:
                raw.close()
            target = urljoin(visited[-1], moved)
            if urlsplit(target).scheme not in {"https", urlsplit(visited[-1]).scheme}:
                raise DownloadError(url, f"redirects to {moved!r}, which is not followed")
            if target in visited or len(visited) > self._max_redirects:
                raise DownloadError(url, "redirects in a circle or too often")
            visited.append(target)

    def _ask(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], deadline: float
    ) -> urllib3.BaseHTTPResponse:
        pool = self._pool(_split(url))
        left = max(deadline - time.monotonic(), 0.001)
        connect, read = min(self.policy.connect_seconds, left), min(self.policy.read_seconds, left)
        with _failing_in_words(url, deadline):
            return pool.request(
                method,
                url,
                body=body,
                headers=_OWN_HEADERS | dict(headers),
                timeout=urllib3.Timeout(connect=connect, read=read),
                retries=False,  # here: what has come of a body is taken up, which urllib3 cannot do
                redirect=False,
                preload_content=False,
            )

    def _pool(self, address: SplitResult) -> urllib3.PoolManager:
        """Return the connections to a host, through the proxy that the environment names for it."""
        proxy = "" if proxy_bypass(str(address.hostname)) else getproxies().get(address.scheme, "")
        if proxy not in self._pools:
            pool = urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()
            pool.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
            self._pools[proxy] = pool
        return self._pools[proxy]


class _TimedHeaders(urllib3.connection.HTTPConnection):
    """Hangs up when the headers as a whole take too long: a socket's own time-out begins anew with every byte."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as in urllib3 itself
        seconds = float(self.timeout or 0)
        started = time.monotonic()
        hang_up = threading.Timer(seconds, _shut_down, (self.sock,))
        hang_up.daemon = True  # a command that is stopped as it starts does not wait for it
        try:
            hang_up.start()
            return super().getresponse()
        finally:
            hang_up.cancel()
            if time.monotonic() - started >= seconds:
                raise TimeoutError


class _SecureTimedHeaders(urllib3.connection.HTTPSConnection, _TimedHeaders):
    pass


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _TimedHeaders


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureTimedHeaders


def host_of(url: str) -> str:
    """Name the host of an address, without a password that may stand before it."""
    return _split(url).netloc


def require_within(url: str, size: int, limit: int) -> None:
    """Raise DownloadError if something has more than `limit` bytes."""
    if size > limit:
        raise DownloadError(url, f"has more than {limit} bytes, which are the limit")


def _shut_down(connected: socket.socket) -> None:
    with suppress(OSError):  # closed in the meantime
        connected.shutdown(socket.SHUT_RDWR)


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


def _require_success(response: Response) -> None:
    status, headers = response.raw.status, response.raw.headers
    if status not in range(200, 300):
        phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""  # not the server's own words
        body = b""
        with suppress(DownloadError):
            body = response.read(_PIECE_BYTES)
        raise DownloadError(
            response.url,
            f"the server answers {status} {phrase}".rstrip(),
            status=status,
            transient=status in _TRANSIENT,
            retry_after=_retry_after(response.raw),
            body=body,
        )
    if headers.get("Content-Type", "").lower().startswith("text/html"):
        raise DownloadError(response.url, "leads to a web page, not to a file (a login page of this network?)")


def _retry_after(raw: urllib3.BaseHTTPResponse) -> float:
    try:
        return urllib3.Retry().get_retry_after(raw) or 0
    except exceptions.InvalidHeader:
        return 0


@contextmanager
def _failing_in_words(url: str, deadline: float) -> Iterator[None]:
    """Turn what urllib3 and sockets raise into a DownloadError that says why nothing, or no more, came."""
    try:
        yield
    except (exceptions.HTTPError, OSError, HTTPException, ValueError) as error:
        reason, transient = _reason(_root(error), url, deadline)
        raise DownloadError(url, reason, transient=transient) from error


def _root(error: BaseException) -> BaseException:
    inner = error.__cause__ or next((part for part in error.args if isinstance(part, Exception)), None)
    return _root(inner) if inner else error


def _reason(cause: Any, url: str, deadline: float) -> tuple[str, bool]:
    """Say what happened, and whether it may pass."""
    late = time.monotonic() >= deadline
    match cause:
        case ssl.SSLCertVerificationError():
            return f"the certificate is not trusted ({cause.verify_message})", False
        case TimeoutError() | exceptions.TimeoutError() if late:
            return "took too long as a whole", False
        case socket.gaierror():
            reason = f"the name {host_of(url)} cannot be resolved"
        case TimeoutError() | exceptions.TimeoutError():
            reason = "no answer in time"
        case IncompleteRead():
            reason = f"broke off {cause.expected or 'some'} bytes before its end"
        case OSError():
            reason = (cause.strerror or str(cause) or "the connection failed").lower()
        case HTTPException():
            reason = f"answers in no HTTP that is understood ({type(cause).__name__})"
        case _:
            return str(cause), False
    return reason, True
