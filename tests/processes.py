"""Commands that run in processes of their own, to be stopped, cut off and looked at."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.projects import CHECKOUT, NO_MODELS

SECONDS = 180  # only a test that fails waits as long, on the slowest machine
STOPPED = "stopped; what was finished is kept, run the same command again\n"
POLYPOST = (sys.executable, "-m", "pipeline")
Process = subprocess.Popen[str]


@contextmanager
def started(
    folder: Path, *command: str, stdout: IO[bytes] | int = subprocess.PIPE, environment: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """Run something; where it still runs at the end, it is killed."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell sets it in the background, for children too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: Process) -> tuple[int, str, str]:
    """Return the exit code of a process that has to end soon, its output and its notes."""
    output, notes = process.communicate(timeout=SECONDS)
    return process.returncode, output, notes


def wait_until_heard(process: Process) -> None:
    """Wait until the first lines of the program have run; before, a signal is the interpreter's."""
    deadline = time.monotonic() + SECONDS
    while not _hears(process, signal.SIGTERM):
        assert process.poll() is None
        assert time.monotonic() < deadline


def _hears(process: Process, number: signal.Signals) -> bool:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (number - 1) & 1)
