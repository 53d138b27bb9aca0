"""What a command takes: seconds by the clock and of processors, and the most memory that one of its processes held.

The command is started by a small process, which is this file run as a program: a peak of memory is taken over from the
process that starts another, so that of a large one would be too high.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_CHECKOUT = Path(__file__).parents[2]


class Cost(NamedTuple):
    """What a command took, and what it printed."""

    seconds: float
    processor_seconds: float
    megabytes: float
    output: str

    @property
    def quiet_seconds(self) -> float:
        """Return the seconds on a machine that does nothing else: by the clock, or less where others were at work."""
        return min(self.seconds, self.processor_seconds)


def cost_of(*python: str, cwd: Path = _CHECKOUT) -> Cost:
    """Run a Python command, as `-m pipeline build`; it has to succeed."""
    return cost_of_program(sys.executable, *python, cwd=cwd)


def cost_of_program(*command: str, cwd: Path = _CHECKOUT) -> Cost:
    """Run any command; it has to succeed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_CHECKOUT), *filter(None, sys.path)])}
    done = subprocess.run(
        [sys.executable, "-I", "-S", __file__, json.dumps(command)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    figures, _, output = done.stdout.partition("\n")
    taken, of_processors, megabytes = json.loads(figures)
    return Cost(taken, of_processors, megabytes, output)


def _measure(command: Sequence[str]) -> int:
    """Print what a command takes, then what it printed."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as running:
        output = running.stdout.read() if running.stdout else b""
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    megabytes = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps([seconds, used.ru_utime + used.ru_stime, megabytes]), flush=True)  # noqa: T201
    sys.stdout.buffer.write(output)
    return running.returncode


if __name__ == "__main__":
    sys.exit(_measure(json.loads(sys.argv[1])))
