"""A web server on loopback that breaks in every way that a test asks for, and stops by itself."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.processes import SECONDS

# No test asks as often, unless something asks without end.
MAX_REQUESTS = 100
# Longer than every time-out of a test: what is held back for as long counts as never sent.
HELD_SECONDS = 20


@dataclass(kw_only=True)
class Request:
    """One request, and the ways to answer it."""

    handler: BaseHTTPRequestHandler
    released: threading.Event
    number: int
    """How many requests for the same path came before it."""

    @property
    def start(self) -> int:
        """Where the range that was asked for begins."""
        return int(self.handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a response; headers are named with _ for -, and the length is the true one if not given."""
        self.begin(status, **{"Content_Length": str(len(body)), **headers})
        self.handler.wfile.write(body)

    def begin(self, status: int, **headers: str) -> None:
        """Send the headers of a response."""
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def file(self, content: bytes, etag: str = '"one"') -> None:
        """Send a file as a good server does, from the byte that was asked for if that file is still meant."""
        if self.start and self.handler.headers.get("If-Range") == etag:
            told = f"bytes {self.start}-{len(content) - 1}/{len(content)}"
            self.answer(206, content[self.start :], ETag=etag, Content_Range=told)
        else:
            self.answer(200, content, ETag=etag)

    def broken_off(self, content: bytes, length: int, etag: str = '"one"') -> None:
        """Announce a file, or the rest of it, send so many bytes and hang up."""
        partial = self.start and self.handler.headers.get("If-Range") == etag
        start = self.start if partial else 0
        rest = content[start:]
        told = {"Content_Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if partial else {}
        self.begin(206 if partial else 200, ETag=etag, Content_Length=str(len(rest)), **told)
        self.handler.wfile.write(rest[:length])
        self.handler.wfile.flush()

    def hold(self) -> None:
        """Send nothing more until the test is over."""
        self.handler.wfile.flush()
        self.released.wait(HELD_SECONDS)

    def reset(self) -> None:
        """Hang up so that the other side gets an error and not an end."""
        self.handler.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        self.handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.handler.connection.close()


Reply = Callable[[Request], None]


def _absent(request: Request) -> None:
    request.answer(404)


@dataclass(kw_only=True)
class BreakingServer:
    """Replies by path; what was asked is kept, as (path, Range)."""

    address: str
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"{self.address}{path}"

    def ranges(self, path: str) -> list[str]:
        """Return which ranges of a path were asked for, "" for all of it."""
        return [asked_range for asked_path, asked_range in self.asked if asked_path == path]

    def wait_for(self, number: int) -> None:
        """Wait until it has read so many requests; who asked may have gone before it comes to do so."""
        deadline = time.monotonic() + SECONDS
        while len(self.asked) < number:
            assert time.monotonic() < deadline
            time.sleep(0.01)


@contextmanager
def serving(replies: Mapping[str, Reply], certificate: Path | None = None) -> Iterator[BreakingServer]:
    """Serve until the test ends; with TLS if there is a file with certificate and key."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        timeout = HELD_SECONDS

        def do_GET(self) -> None:
            with lock:
                number = len(server.ranges(self.path))
                server.asked.append((self.path, self.headers.get("Range", "")))
            reply = server.replies.get(self.path, _absent)
            if len(server.asked) > MAX_REQUESTS:
                self.send_error(403)
            else:
                reply(Request(handler=self, released=server.released, number=number))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's name
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: the other side hangs up where a test wants it to."""

        def shutdown_request(self, request: Any) -> None:
            if request.fileno() != -1:  # else it was reset
                super().shutdown_request(request)

    with Quiet(("127.0.0.1", 0), Handler) as listening:
        if certificate:
            protection = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            protection.load_cert_chain(certificate)
            listening.socket = protection.wrap_socket(listening.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "https" if certificate else "http"
        server = BreakingServer(address=f"{scheme}://127.0.0.1:{listening.server_port}", replies=dict(replies))
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            listening.shutdown()
            thread.join()


def dead_address() -> str:
    """Return an address where nothing listens: no program gets the port that did not ask for it as root."""
    return "http://127.0.0.1:1"
