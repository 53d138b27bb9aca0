"""What follows an http or https address: proxies of the environment, few redirects, two time limits.

The standard library's urllib is enough: one request at a time, the certificates of the system. urllib3 and httpx retry
whole requests, which is of no use for a file that is to be resumed.
"""

import ssl
import urllib.request
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import IO, Any

from pipeline.errors import DownloadError
from pipeline.translation.downloads.patience import Patience

MAX_REDIRECTS = 5


def make_opener(patience: Patience) -> urllib.request.OpenerDirector:
    """Return an opener for http and https alone: the default one reads local files and FTP too."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _FewRedirects(),
        _Http(patience),
        _Https(patience),
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


class _Connection(HTTPConnection):
    def __init__(self, host: str, *, read_seconds: float, **given: Any) -> None:
        super().__init__(host, **given)
        self.read_seconds = read_seconds

    def connect(self) -> None:
        """Connect within one time limit, read with another."""
        super().connect()
        self.sock.settimeout(self.read_seconds)


class _ProtectedConnection(HTTPSConnection):
    def __init__(self, host: str, *, read_seconds: float, **given: Any) -> None:
        super().__init__(host, **given)
        self.read_seconds = read_seconds

    def connect(self) -> None:
        """Connect and shake hands within one time limit, read with another."""
        super().connect()
        self.sock.settimeout(self.read_seconds)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._connection = partial(_Connection, read_seconds=patience.read_seconds)

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._connection = partial(
            _ProtectedConnection, read_seconds=patience.read_seconds, context=ssl.create_default_context()
        )

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._connection, req)
