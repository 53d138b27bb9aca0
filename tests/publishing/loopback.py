"""A web server for one test run: on this machine only, silent, and gone by itself if a test forgets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread, Timer

LIFETIME = 300  # seconds; no test of ours takes as long


class _Handler(SimpleHTTPRequestHandler):
    timeout = 10  # seconds that a connection may say nothing

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Keep quiet."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; the address ends with a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    ended = Timer(LIFETIME, server.shutdown)
    ended.daemon = True
    ended.start()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        ended.cancel()
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
