"""LibreTranslate itself with two small packages, and a server that answers whatever a test wants."""

import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest

from pipeline.models.install import install_package
from tests.models.argos_archives import EN_PT, PT_ES

START_SECONDS = 120
LANGUAGES = [{"code": "en", "name": "English", "targets": ["en", "pt", "zh-Hans", "zh-Hant", "pt-BR"]}]
OPENING = {
    "/languages": json.dumps(LANGUAGES),
    "/spec": '{"info": {"version": "9.9.9"}}',
    "/frontend/settings": '{"charLimit": 1000, "keyRequired": true}',
}


def require_libretranslate() -> str:
    """Return LibreTranslate's command; skip without it on a user's machine, fail in CI."""
    found = os.environ.get("POLYPOST_LIBRETRANSLATE") or shutil.which("libretranslate")
    if found is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("POLYPOST_LIBRETRANSLATE has to name LibreTranslate's command; .ci/run installs it")
    pytest.skip("POLYPOST_LIBRETRANSLATE does not name LibreTranslate's command")


@contextmanager
def free_port() -> Iterator[int]:
    """Keep a port that nothing listens on: who asks for any port gets another one, a server that asks for it gets it.

    Without it another test, or the connection of a browser, may have taken the port before the server has.
    """
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


@contextmanager
def libretranslate(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the real server, offline, until it is no longer wanted; it may be killed before."""
    command = require_libretranslate()
    packages = folder / "packages"
    if not packages.exists():
        for archive in (EN_PT, PT_ES):
            install_package(archive, packages)
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    options = ["--load-only", "en,pt,es", "--disable-web-ui", "--disable-files-translation", "--char-limit", "2000"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [command, "--host", "127.0.0.1", "--port", str(port), *options],
            env={**os.environ, **dict.fromkeys(places, str(folder)), "ARGOS_PACKAGES_DIR": str(packages)},
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
        )
    try:
        _wait_until_it_answers(process, port)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("LibreTranslate did not start")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the scripted server answers to one request; `never`: nothing as long as it runs."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    never: bool = False


@dataclass(frozen=True, kw_only=True)
class Scripted:
    """A server's address, and what was sent to it: the bodies, and the Authorization of every request."""

    url: str
    received: list[dict[str, object]]
    authorized: list[str]


@contextmanager
def scripted(replies: Sequence[Reply]) -> Iterator[Scripted]:
    """Serve the three answers that open an engine, and `replies` in turn to what is sent; the last one stays."""
    rest = list(replies)
    received: list[dict[str, object]] = []
    authorized: list[str] = []
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(Reply(body=OPENING[self.path.removeprefix("/under")]))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(json.loads(body))
            self._reply(rest.pop(0) if len(rest) > 1 else rest[0])

        def _reply(self, reply: Reply) -> None:
            authorized.append(self.headers.get("Authorization", ""))
            if reply.never:
                ended.wait()
            body = reply.body.encode()
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # whoever asked did not wait

        def log_message(self, *arguments: object) -> None:
            del arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Scripted(url=f"http://127.0.0.1:{server.server_port}", received=received, authorized=authorized)
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
