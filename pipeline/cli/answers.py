"""A command that only looks at a project prints again what it printed about the same state of it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from pipeline.cli import messages
from pipeline.storage.answers import MAX_CHARS, Answer, Answers
from pipeline.workflow.inputs import Inputs, digest_inputs
from pipeline.workflow.run import Run

# What else a command looks at when it prints.
_ENVIRONMENT = ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


def remembered(command: Callable[..., None]) -> Callable[..., None]:
    """Have a command that writes nothing answer from what was kept, if it was asked the same about the same."""

    @wraps(command)
    def answer(run: Run, **values: Any) -> None:
        question, inputs = question_of(command.__name__, run, values), digest_inputs(run)
        answers = Answers(run.build_dir)
        found = answers.find(digest_of(inputs), question)
        if found is None:
            found = _heard(lambda: command(run, **values))
            if digest_inputs(run) == inputs:  # else somebody saved a file meanwhile
                answers.keep(digest_of(inputs), question, found)
        else:
            repeat(found)
        if found.code:
            raise SystemExit(found.code)

    return answer


def question_of(command: str, run: Run, values: dict[str, Any]) -> str:
    """Name what a command was asked, and how what it prints is to look."""
    folders = (run.settings.path, run.locales_dir, run.build_dir, run.out, run.files, run.allow_losses, run.all_notes)
    screen = (sys.stdout.isatty(), sys.stderr.isatty(), shutil.get_terminal_size().columns)
    looks = (screen, messages.in_json(), messages.told_in_all())
    environment = [os.environ.get(name) for name in _ENVIRONMENT]
    asked = (command, sys.argv[0], Path.cwd(), folders, sorted(values.items()), looks, environment)
    return sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(inputs: Inputs) -> str:
    """Return one digest of all inputs."""
    return sha256(repr(sorted(inputs.items())).encode()).hexdigest()


def repeat(answer: Answer, *, output: bool = True) -> None:
    """Print an answer again, or only what was noted beside it."""
    messages.repeat(answer.notes)
    if output:
        sys.stdout.write(answer.output)


def hear(command: Callable[[], None]) -> Answer:
    """Run something and return what it prints, without printing it."""
    return _listen(command, StringIO(), StringIO())


def _heard(command: Callable[[], None]) -> Answer:
    """Run something that prints, and return what it printed."""
    return _listen(command, sys.stdout, sys.stderr)


def _listen(command: Callable[[], None], output: TextIO, notes: TextIO) -> Answer:
    code = 0
    with _replaced(_Copied(output), _Copied(notes)) as (copied_output, copied_notes):
        try:
            command()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Answer(output=copied_output.copied(), notes=copied_notes.copied(), code=code)


@contextmanager
def _replaced(output: "_Copied", notes: "_Copied") -> Iterator[tuple["_Copied", "_Copied"]]:
    """Put other streams in the place of the standard ones."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = output, notes
    try:
        yield output, notes
    finally:
        sys.stdout, sys.stderr = before


class _Copied(StringIO):
    """A stream that writes on to another one and keeps a copy."""

    def __init__(self, real: TextIO) -> None:
        super().__init__()
        self._real = real
        self._kept: list[str] = []
        self._chars = 0

    def write(self, text: str, /) -> int:
        """Write on, and keep as much as an answer may have."""
        written = self._real.write(text)
        self._chars += len(text)
        if self._chars <= MAX_CHARS:
            self._kept.append(text)
        return written

    def copied(self) -> str:
        """Return what was written, more than is kept of any answer if it was too much."""
        return "".join(self._kept) if self._chars <= MAX_CHARS else " " * (MAX_CHARS + 1)

    def flush(self) -> None:
        """Write on what waits."""
        self._real.flush()

    def isatty(self) -> bool:
        """Tell whether the other one is a terminal."""
        return self._real.isatty()

    def fileno(self) -> int:
        """Return the number of the other one."""
        return self._real.fileno()
