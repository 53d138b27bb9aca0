"""Argos packages as others run them: argostranslate and LibreTranslate, each in a process of its own.

Both read their settings once, when they start, and write below the home folder, so each gets a folder of its own.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from pipeline.translation.engines import Pair

PAIR = Pair("en", "pt")
START_SECONDS = 120
# Unmodified argostranslate, a segment a call, with every way out of the machine closed.
PROGRAM = """
import json, socket, sys
def refuse(*_):
    raise OSError("a bench is offline")
socket.socket.connect = socket.getaddrinfo = refuse
from argostranslate.translate import translate
for line in sys.stdin:
    print(json.dumps([translate(text, *sys.argv[1:]) for text in json.loads(line)]), flush=True)
"""

Translate = Callable[[Sequence[str]], list[str]]


@contextmanager
def argostranslate(models: Path, folder: Path, **settings: str) -> Iterator[Translate]:
    """Run argostranslate on the packages in `models`; `settings` are environment variables."""
    log = folder / "argostranslate.log"
    with log.open("w") as errors:
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *PAIR],
            env=_environment(models, folder, settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )

    def translate(segments: Sequence[str]) -> list[str]:
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(list(segments)) + "\n")
        child.stdin.flush()
        answer = child.stdout.readline()
        if not answer:
            raise RuntimeError(log.read_text(encoding="utf-8"))
        return list(map(str, json.loads(answer)))

    try:
        yield translate
    finally:
        child.kill()
        child.communicate()


@contextmanager
def libretranslate(executable: str, models: Path, folder: Path, **settings: str) -> Iterator[Translate]:
    """Run a LibreTranslate server; a batch is one request, which spares it the way there and back for each segment."""
    port = _free_port()
    command = [executable, "--host", "127.0.0.1", "--port", str(port), "--load-only", "en,pt,es", "--disable-web-ui"]
    log = folder / "libretranslate.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command, env=_environment(models, folder, settings), stdout=output, stderr=subprocess.STDOUT, cwd=folder
        )
    question = {"source": PAIR.source, "target": PAIR.target}
    try:
        _wait_until_ready(server, port, log)
        yield lambda segments: list(_ask(port, "/translate", {**question, "q": list(segments)})["translatedText"])
    finally:
        server.terminate()
        server.wait(30)


def _environment(models: Path, folder: Path, settings: dict[str, str]) -> dict[str, str]:
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    own = {key: value for key, value in os.environ.items() if not key.startswith(("ARGOS_", "LT_", "PYTHONPATH"))}
    return {**own, **dict.fromkeys(places, str(folder)), "ARGOS_PACKAGES_DIR": str(models.resolve()), **settings}


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            _ask(port, "/languages")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"LibreTranslate did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def _ask(port: int, path: str, content: dict[str, Any] | None = None) -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    try:
        if content is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, json.dumps(content), {"Content-Type": "application/json"})
        return json.load(connection.getresponse())
    finally:
        connection.close()
