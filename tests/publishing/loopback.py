"""A web server for one test run: on this machine only, silent, and gone with the process that runs the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

from tests.tools import SLOW_PAGES

_LATE = 0.1  # seconds until an answer begins, where pages are made slow


class _Handler(SimpleHTTPRequestHandler):
    timeout = 10  # seconds that a connection may say nothing

    def do_GET(self) -> None:
        """Answer, late where pages are made slow."""
        if SLOW_PAGES:
            sleep(_LATE)
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Keep quiet."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; the address ends with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
