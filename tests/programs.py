"""A program `polypost` for the scripts of a shell: behind it stands the loaded one, where each would begin anew.

The folder that it lies in is put in front of PATH. The program asks the process that offers it, which has the command
carried out with the folder, the environment and the streams of the one that asks.
"""

import array
import json
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.loaded import run_loaded

_ASK = """
import array, json, os, socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
request = json.dumps([os.getcwd(), sys.argv[2:], dict(os.environ)]).encode() + b"\\n"
socket.send_fds(connection, [request[:1]], [1, 2])
connection.sendall(request[1:])
answer = connection.recv(8)
if answer:
    sys.exit(array.array("q", answer)[0])
os.execv(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[2:]])
"""


@contextmanager
def offered(folder: Path) -> Iterator[Path]:
    """Offer the program in a folder as long as it is used."""
    ask, program = folder / "ask.py", folder / "polypost"
    # The address of a socket has at most about a hundred letters.
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as listener:
        address = f"{short}/asked"
        folder.mkdir(parents=True)
        ask.write_text(_ASK, encoding="utf-8")
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{ask}" "{address}" "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        listener.bind(address)
        listener.listen()
        thread = threading.Thread(target=_serve, args=(listener,))
        thread.start()
        try:
            yield folder
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:  # nobody is to ask any more
            return
        with closing(connection):
            _answer(connection)


def _answer(connection: socket.socket) -> None:
    """Have the command carried out; no answer where it has to begin anew."""
    begun, streams, _, _ = socket.recv_fds(connection, 1, 2)
    with (
        connection.makefile("rb") as rest,
        os.fdopen(streams[0], "wb") as stdout,
        os.fdopen(streams[1], "wb") as stderr,
    ):
        folder, arguments, environment = json.loads(begun + rest.readline())
        done = run_loaded(Path(folder), ["-m", "pipeline", *arguments], environment, stdout=stdout)
        if done is not None:
            stderr.write(done.stderr.encode())
            stderr.flush()
            connection.send(array.array("q", [done.returncode]))
