"""A process that has the program loaded and forks one for every command, where most of the time would be loading.

A command that begins anew spends one to two seconds on imports, regular expressions, the language detector's model and
dictionaries before it comes to the small project of a test. Here that is spent once: `python -m tests.loaded` carries
out a few commands, and then becomes, in a fork of its own each time, `python -m pipeline ARGUMENTS` with a folder, an
environment, streams and an exit code of its own. At its end it does what the interpreter does but for taking itself
apart: of what was loaded each object would be touched, and each page copied, which takes a tenth of a second.
"""

import array
import atexit
import contextlib
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

_CHECKOUT = Path(__file__).parents[1]
_ENVIRONMENT = {**os.environ, "PYTHONPATH": str(_CHECKOUT)}
# What commands look up themselves when they run; all else is read by the interpreter, or by libraries as they load.
_READ_BY_COMMANDS = frozenset(
    {
        *("POLYPOST_MODELS_DIR", "ARGOS_PACKAGES_DIR", "ARGOS_PACKAGE_INDEX", "APERTIUM_DATADIR", "HOME"),
        *("XDG_DATA_HOME", "PATH", "no_proxy", "SOURCE_DATE_EPOCH", "PYTEST_CURRENT_TEST", "TMPDIR"),
        *("PWD", "OLDPWD", "SHLVL", "_"),  # which a shell sets
    }
)
_READ_BY_OTHERS = ("GIT_", "GITHUB_", "CI_", "MAKE", "MFLAGS", "PRE_COMMIT", "RECORD")  # git, make, the scripts
_SECONDS = 300
_BYTES = 1 << 16
_NUMBER_BYTES = 8
# One title is no occupation's name, so that the index in which near ones are looked up is loaded: a second each time.
_PROJECT = {
    "polypost.toml": """
        [project]
        base_url = "https://jobs.example.org/"
        postings = ["*.txt"]
        locales = ["en", "pt_BR", "fr"]
        [translate]
        engines = ["pseudo"]
    """,
    "nurse.txt": "Title: Ferry steward\nLocation: Porto, Portugal\n\nWe look after forty patients on a quiet ward.\n\n"
    "Requirements:\nTwo years of experience\nGood knowledge of Portuguese\n",
    "boulanger.txt": "Title: Boulanger H/F\nLocation: Nantes, France\n\nNous faisons du pain au levain depuis trois "
    "générations dans le même quartier.\n\nProfil recherché :\nVous aimez vous lever tôt.\n",
}
# The same in every language of the samples: five seconds more, of which each first build of them would spend most.
_ALL_LANGUAGES = {
    "polypost.toml": _PROJECT["polypost.toml"].replace('"fr"]', '"fr", "es", "de", "ar"]'),
    "boulanger.txt": _PROJECT["boulanger.txt"].replace("H/F", "du large H/F"),
    "padeiro.txt": "Title: Padeiro de bordo\nLocation: Recife, BR\n\nProcuramos um padeiro para a nossa padaria no "
    "centro da cidade.\n\nRequisitos:\nDois anos de experiência\n",
    "panadero.txt": "Title: Panadero de a bordo\nLocation: Vigo, ES\n\nBuscamos una persona que haga pan en nuestra "
    "panadería del puerto.\n\nRequisitos:\nDos años de experiencia\n",
    "baecker.txt": "Title: Schiffsbäcker (m/w/d)\nLocation: Bremen, DE\n\nWir suchen einen Menschen, der auf unserer "
    "Fähre jeden Tag frisches Brot backt.\n\nAnforderungen:\nZwei Jahre Erfahrung\n",
}
_COMMANDS = (("build",), ("status", "--held"), ("check", "--json"), ("why", "boulanger", "pt_BR"))


def run_loaded(
    folder: Path, python: Sequence[str], environment: Mapping[str, str], *, stdout: IO[bytes] | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Run what `python` would with these arguments (`-m MODULE …`, `-c CODE …`), in a process of its own.

    None where it has to begin anew: something of the environment is read before a command comes to run, as another hash
    seed is, or a command is running already.
    """
    names = {*environment, *_ENVIRONMENT}
    others = {name for name in names if environment.get(name) != _ENVIRONMENT.get(name)} - _READ_BY_COMMANDS
    if not all(name.startswith(_READ_BY_OTHERS) for name in others):
        return None
    return _program().run(folder, python, environment, stdout)


class _LoadedProgram:
    """The process that forks, and the connection to it; it ends when the one that started it does."""

    def __init__(self) -> None:
        self._connection, theirs = socket.socketpair()
        self._free = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.loaded", str(theirs.fileno())],
                cwd=_CHECKOUT,
                env=_ENVIRONMENT,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def run(
        self, folder: Path, python: Sequence[str], environment: Mapping[str, str], stdout: IO[bytes] | None
    ) -> subprocess.CompletedProcess[str] | None:
        """Run a command; None while another one runs."""
        if not self._free.acquire(blocking=False):
            return None
        try:
            with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as notes:
                request = {
                    "folder": str(folder),
                    "python": list(python),
                    "environment": dict(environment),
                    "all_languages": (folder / "samples").is_dir(),
                }
                streams = [(stdout or output).fileno(), notes.fileno()]
                socket.send_fds(self._connection, [json.dumps(request).encode() + b"\n"], streams)
                code = self._exit_code()
                return subprocess.CompletedProcess(python, code, *map(_text, (output, notes)))
        finally:
            self._free.release()

    def _exit_code(self) -> int:
        process = self._answer()
        try:
            return self._answer()
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            self._answer()
            raise

    def _answer(self) -> int:
        self._connection.settimeout(_SECONDS)
        (number,) = array.array("q", self._connection.recv(_NUMBER_BYTES))
        return int(number)

    def end(self) -> None:
        """Let the process end."""
        self._connection.close()
        self._process.wait()


@cache
def _program() -> _LoadedProgram:
    program = _LoadedProgram()
    atexit.register(program.end)
    return program


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _load(project: Mapping[str, str]) -> None:
    """Carry out commands, so that what they load the first time is there; no engine, which would have threads."""
    from pipeline.cli.commands import run  # noqa: PLC0415  only in the process that has the program loaded

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), Path(os.devnull).open("w") as nowhere:
        for name, text in project.items():
            Path(name).write_text(text, encoding="utf-8")
        with contextlib.redirect_stderr(nowhere):
            for command in _COMMANDS:
                run(command)
    gc.collect()
    gc.freeze()  # else the first collection in each fork copies everything


def _serve(connection: socket.socket) -> None:
    """Fork a process for each request; tell its number, and then its exit code."""
    all_languages = False
    while True:
        request, streams, _, _ = socket.recv_fds(connection, _BYTES, 2)
        while request and not request.endswith(b"\n"):
            request += connection.recv(_BYTES)
        if not request:
            return
        asked = json.loads(request)
        if asked["all_languages"] and not all_languages:
            _load(_ALL_LANGUAGES)
            all_languages = True
        process = os.fork()
        if process == 0:
            connection.close()
            _become(asked, streams)
        for stream in streams:
            os.close(stream)
        connection.send(array.array("q", [process]))
        _, status = os.waitpid(process, 0)
        connection.send(array.array("q", [os.waitstatus_to_exitcode(status)]))


def _become(request: Mapping[str, Any], streams: Sequence[int]) -> NoReturn:
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    tempfile.tempdir = None  # to be read from the environment again
    for number, stream in enumerate(streams, 1):
        os.dup2(stream, number)
        os.close(stream)
    how, what, *arguments = request["python"]
    sys.argv = [how, *arguments]
    code = 0
    try:
        if how == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            exec(what, {"__name__": "__main__"})  # noqa: S102  as `python -c` does
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  the last to hear of it
        traceback.print_exc()
        code = 1
    _shut_down()
    os._exit(code)


def _shut_down() -> None:
    """Do what the interpreter does when the program has ended: wait for threads, call what wants to be, flush."""
    threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001
    atexit._run_exitfuncs()  # noqa: SLF001
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.closed:
            stream.flush()


if __name__ == "__main__":
    _load(_PROJECT)
    _serve(socket.socket(fileno=int(sys.argv[1])))
