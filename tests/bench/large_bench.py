"""What a build of many postings costs, and the next ones where nothing, a sentence, a posting or a unit has changed.

Seconds are those of the processor, so that others on the machine do not count; MB is the most that a command held.
`python -m tests.bench.large_bench POSTINGS...` measures other sizes than `make bench` does.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.large import LOCALES, postings, write_project
from tests.bench.table import Note, Row, layout
from tests.projects import CHECKOUT

SIZES = (1_000, 3_000, 10_000)
# At 10,000 postings in five locales; seconds, and MB where there is a limit.
_LIMITS = {"first build": (60, 0), "unchanged": (3, 300), "status": (1, 0), "why": (1, 0)}
_ONE_CHANGE = (6, 0)
_UNTRANSLATED = re.compile(rb'(msgid "([^"\n]+ at site \d+\.)"\nmsgstr )""')


class Cost(NamedTuple):
    """What a command took."""

    seconds: float
    megabytes: float


def rows(sizes: tuple[int, ...] = SIZES) -> Iterator[Row | Note]:
    """Measure every size from nothing."""
    for size in sizes:
        with TemporaryDirectory(prefix="polypost-large-") as folder:
            for what, cost in costs(Path(folder), size):
                seconds, megabytes = _LIMITS.get(what, _ONE_CHANGE)
                name = f"{size:,} × {len(LOCALES)}, {what}"
                yield Row(what=f"{name}: s", ours=(cost.seconds,), wanted=f"≤ {seconds} at 10,000")
                limit = f"≤ {megabytes} at 10,000" if megabytes else ""
                yield Row(what=f"{name}: MB", ours=(cost.megabytes,), wanted=limit)


def costs(folder: Path, size: int) -> Iterator[tuple[str, Cost]]:
    """Build a project of `size` postings, change it step by step, and yield what each step costs."""
    write_project(folder, size)
    steps: tuple[tuple[str, Callable[[Path], object], tuple[str, ...]], ...] = (
        ("first build", lambda _: None, ("build",)),
        ("unchanged", lambda _: None, ("build",)),
        ("one changed sentence", change_sentence, ("build",)),
        ("one new posting", lambda project: add_posting(project, size), ("build",)),
        ("one accepted unit", accept_unit, ("build",)),
        ("status", lambda _: None, ("status",)),
        ("status again", lambda _: None, ("status",)),
        ("why", lambda _: None, ("why", f"posting-{size // 2:06d}", "fr")),
    )
    for what, change, arguments in steps:
        change(folder)
        yield what, measured(folder, *arguments)


def measured(project: Path, *arguments: str) -> Cost:
    """Run a command in the folder of a project; it has to succeed."""
    command = [sys.executable, "-m", "pipeline", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    running = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def change_sentence(project: Path) -> None:
    """Change one sentence of the posting in the middle."""
    path = project / "postings.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    middle = len(lines) // 2
    lines[middle] = re.sub(r"at site (\d+)\.", r"at site \1, by night.", lines[middle], count=1)
    path.write_text("".join(lines), encoding="utf-8")


def add_posting(project: Path, number: int) -> None:
    """Write one more posting behind the others."""
    with (project / "postings.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in postings(1, first=number))


def accept_unit(project: Path) -> None:
    """Give one unit a target, as a reviewer does."""
    path = project / "locales/fr/LC_MESSAGES/postings.en.po"
    content, count = _UNTRANSLATED.subn(rb'\1"\2"', path.read_bytes(), count=1)
    if not count:
        raise AssertionError(path)
    path.write_bytes(content)


if __name__ == "__main__":
    print(layout(rows(tuple(map(int, sys.argv[1:])) or SIZES)))  # noqa: T201
