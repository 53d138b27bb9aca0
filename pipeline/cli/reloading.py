"""Serves a release to browsers on this machine, and tells open pages when another one has taken its place.

Any web page that the same browser has open, and any program on this machine, can send requests to it. So it answers a
request only for its own address (a name of somebody else that leads to 127.0.0.1 would let their pages read ours: DNS
rebinding), only with files that lie in the release itself, and a client that is slow, or many at once, hold nothing up.
"""

import io
import mimetypes
import os
import select
import sys
import threading
import time
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from pathlib import Path
from shutil import copyfileobj
from socket import socket
from socketserver import ThreadingTCPServer
from typing import Any, BinaryIO
from urllib.parse import quote, unquote_to_bytes

from pipeline.storage.files import open_regular

ADDRESS = "127.0.0.1"
SCRIPT = "/.polypost/reload.js"
RELEASES = "/.polypost/releases"
_NAMES = (ADDRESS, "localhost", "[::1]")
_TAG = f'<script src="{SCRIPT}" defer></script>\n</head>'.encode()
_LOOK_EVERY = 0.5  # seconds
# Something has to be written now and then, else nobody notices that a page was closed.
_LOOKS_PER_SIGN = 20
# A browser opens six connections to a server, and one a page stays open to hear of releases.
MAX_CONNECTIONS = 64
_MAX_LISTENING = 32
MAX_HEAD_BYTES = 16_384  # of the request line and all headers
REQUEST_SECONDS = 10.0  # for a request to come, and for a piece of an answer to be taken
_PIECE = 65_536
_MISSING = "404.html"
_REFUSAL = b"HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def current_release(out: Path) -> str:
    """Name what `out` holds: its release, or for a plain folder when its list of languages was last written."""
    try:
        written = (out / "languages.json").stat().st_mtime_ns
    except OSError:  # between two releases
        return ""
    return sha256(f"{out.resolve()}\0{written}".encode()).hexdigest()[:16]


class ReleaseServer(ThreadingTCPServer):
    """Serves the folder `out`, or the release that it is a link to at the moment; a connection has a thread."""

    allow_reuse_address = True
    daemon_threads = True  # an open page must not keep the command from ending
    request_queue_size = MAX_CONNECTIONS

    def __init__(self, out: Path, port: int) -> None:
        self.out = out
        self.listening = threading.Semaphore(_MAX_LISTENING)
        self._free = threading.Semaphore(MAX_CONNECTIONS)
        super().__init__((ADDRESS, port), _Handler)
        self.port: int = self.server_address[1]
        self.hosts = {f"{name}:{self.port}" for name in _NAMES} | set(_NAMES if self.port == 80 else ())  # noqa: PLR2004  HTTP

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, or refuse if there are too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
            return
        request.setblocking(False)
        with suppress(OSError):
            request.send(_REFUSAL)
        self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for another connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a client that went away or took too long; a bug keeps its traceback."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Serves files as they are, but pages with one script more; one request a connection."""

    server: ReleaseServer
    server_version = "Polypost"
    sys_version = ""
    default_request_version = "HTTP/1.0"  # what is refused before its version is known has headers too

    def handle(self) -> None:
        """Read a request, within its bounds, and answer it."""
        head = _read_head(self.connection)
        self.connection.settimeout(REQUEST_SECONDS)
        if len(head) > MAX_HEAD_BYTES:
            self.requestline, self.request_version, self.command = "", "HTTP/1.0", ""
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            self.rfile = io.BufferedReader(io.BytesIO(head))
            self.handle_one_request()

    def do_GET(self) -> None:
        """Answer with the script, the stream of releases, a page, or any other file."""
        path, _, query = self.path.partition("?")
        if [host.lower() for host in self.headers.get_all("Host", [])] not in [[host] for host in self.server.hosts]:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, f"only http://{ADDRESS}:{self.server.port}/ is served here")
        elif path == SCRIPT:
            content = (files("pipeline.cli") / "reload.js").read_bytes()
            self._send(io.BytesIO(content), len(content), "text/javascript; charset=utf-8")
        elif path == RELEASES:
            self._tell_releases()
        else:
            self._send_file(path, query)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's
        """Say nothing: the client is told."""

    def _send_file(self, path: str, query: str) -> None:
        try:
            names = _names_in(path)
            found = _inside(self.server.out, names)
            if found.is_dir() and not path.endswith("/"):
                _inside(self.server.out, (*names, "index.html"))
                self._redirect(f"{quote('/'.join(('', *names)))}/{query and '?'}{query}")
                return
            found = _inside(self.server.out, (*names, "index.html")) if path.endswith("/") else found
            file = open_regular(found)
        except (OSError, ValueError):
            self._send_missing()
            return
        with file:
            if found.suffix == ".html":
                content = file.read().replace(b"</head>", _TAG, 1)
                self._send(io.BytesIO(content), len(content), "text/html; charset=utf-8")
            else:
                kind, packed = mimetypes.guess_type(found.name)
                self._send(file, os.fstat(file.fileno()).st_size, "application/gzip" if packed else kind)

    def _send_missing(self) -> None:
        """Answer with the page of the release for wrong addresses, as hosts do."""
        try:
            with open_regular(_inside(self.server.out, (_MISSING,))) as file:
                content = file.read()
        except (OSError, ValueError):
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(io.BytesIO(content), len(content), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _redirect(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, content: BinaryIO, length: int, kind: str | None, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._begin(kind or "application/octet-stream", length, status)
        if self.command != "HEAD":
            copyfileobj(content, self.wfile, _PIECE)

    def _begin(self, kind: str, length: int | None = None, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _tell_releases(self) -> None:
        """Write an event for the release that is there and for each that follows, until the page is gone."""
        if not self.server.listening.acquire(blocking=False):
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            self._begin("text/event-stream")
            if self.command != "HEAD":
                self._write_releases()
        finally:
            self.server.listening.release()

    def _write_releases(self) -> None:
        announced, looks = "", 0
        while True:
            release = current_release(self.server.out)
            if release and release != announced:
                announced = release
                self.wfile.write(f"data: {release}\n\n".encode())
            elif looks % _LOOKS_PER_SIGN == 0:
                self.wfile.write(b": still here\n\n")
            looks += 1
            if select.select([self.connection], [], [], _LOOK_EVERY)[0]:  # a page says nothing more, but that it closes
                return


def _read_head(connection: socket) -> bytes:
    """Read a request line and its headers.

    Raises TimeoutError if they take too long as a whole; then nobody waits for an answer.
    """
    deadline = time.monotonic() + REQUEST_SECONDS
    head = b""
    while len(head) <= MAX_HEAD_BYTES and b"\r\n\r\n" not in head and b"\n\n" not in head:
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        piece = connection.recv(_PIECE)
        if not piece:
            break
        head += piece
    return head


def _names_in(path: str) -> tuple[str, ...]:
    """Return the names in a path of a request.

    Raises ValueError if one of them is no name of a file that a release may hold.
    """
    first, *names = unquote_to_bytes(path.encode("latin-1")).decode().split("/")
    if path.endswith("/"):
        names = names[:-1]
    if first or any(not name or name.startswith(".") or "\0" in name for name in names):
        raise ValueError(path)
    return tuple(names)


def _inside(out: Path, names: tuple[str, ...]) -> Path:
    """Return where something in the release that `out` holds really lies.

    Raises OSError if it is not there, ValueError if a link leads out of the release.
    """
    root = os.path.realpath(out, strict=True)
    found = os.path.realpath(os.path.join(root, *names), strict=True)  # noqa: PTH118  realpath's, which takes no Path
    if os.path.commonpath((root, found)) != root:
        raise ValueError(found)
    return Path(found)
