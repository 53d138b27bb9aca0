"""What follows an http or https address: proxies of the environment, few redirects, two time limits.

The standard library's urllib is enough: one request at a time, the certificates of the system. urllib3 and httpx retry
whole requests, which is of no use for a file that is to be resumed.
"""

import io
import ssl
import time
import urllib.request
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from socket import socket
from typing import IO, Any

from pipeline.errors import DownloadError
from pipeline.translation.downloads.patience import Patience

MAX_REDIRECTS = 5


def make_opener(patience: Patience, deadline: float) -> urllib.request.OpenerDirector:
    """Return an opener for http and https alone: the default one reads local files and FTP too."""
    timed = partial(_TimedResponse, patience=patience, deadline=deadline)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _FewRedirects(),
        _Http(timed),
        _Https(timed),
    ):
        opener.add_handler(handler)
    return opener


class _FewRedirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MAX_REDIRECTS
    max_repeats = 2

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Follow within http and https, and never from https to http."""
        if not newurl.lower().startswith("https:" if req.type == "https" else ("https:", "http:")):
            fp.close()
            raise DownloadError(req.full_url, f"redirects to {newurl!r}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _TimedReader(io.RawIOBase):
    """What a socket sends, until nothing comes for a while or the whole has taken too long.

    A socket's own time-out begins anew with every byte: a server could hold us for ever with one now and then.
    """

    def __init__(self, raw: io.RawIOBase, sock: socket, patience: Patience, deadline: float) -> None:
        self._raw = raw
        self._socket = sock
        self._read_seconds = patience.read_seconds
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(min(left, self._read_seconds))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket, *given: Any, patience: Patience, deadline: float, **named: Any) -> None:
        super().__init__(sock, *given, **named)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), sock, patience, deadline))


class _Connection(HTTPConnection):
    def __init__(self, host: str, *, response_class: Any, **given: Any) -> None:
        super().__init__(host, **given)
        self.response_class = response_class


class _ProtectedConnection(HTTPSConnection):
    def __init__(self, host: str, *, response_class: Any, **given: Any) -> None:
        super().__init__(host, **given)
        self.response_class = response_class


class _Http(urllib.request.HTTPHandler):
    def __init__(self, response_class: Any) -> None:
        super().__init__()
        self._connection = partial(_Connection, response_class=response_class)

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, response_class: Any) -> None:
        super().__init__()
        protection = ssl.create_default_context()
        self._connection = partial(_ProtectedConnection, response_class=response_class, context=protection)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._connection, req)
