"""What a build of many postings costs, and the next ones where nothing, a sentence, a posting or a unit has changed.

Seconds are those of a machine that does nothing else: by the clock, or of processors where that is less. MB is the most
that one process of a command held. `python -m tests.bench.large_bench POSTINGS...` measures other sizes than
`make bench` does.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.bench.cost import Cost, cost_of
from tests.bench.large import LOCALES, postings, write_project
from tests.bench.table import Row, layout
from tests.projects import read_times

SIZES = (1_000, 10_000)
ROUNDS = 3
# With twice the postings a first build may take that many times as long.
_DOUBLING = 2.2
_COMMAND_SECONDS = 0.3
_UNTRANSLATED = re.compile(rb'(msgid "([^"\n]+ at site \d+\.)"\nmsgstr )""')


class Limit(NamedTuple):
    """What a command may take at 10,000 postings in five locales, and so with fewer too."""

    seconds: float
    megabytes: float | None = None


class Step(NamedTuple):
    """A change to a project, and a command; `rounds` times where it leaves everything as it was."""

    what: str
    limit: Limit
    arguments: tuple[str, ...]
    change: Callable[[Path, int], object] = lambda _project, _size: None
    rounds: int = 1


def change_sentence(project: Path, _size: int) -> None:
    """Change one sentence of the posting in the middle."""
    path = project / "postings.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    middle = len(lines) // 2
    lines[middle] = re.sub(r"at site (\d+)\.", r"at site \1, by night.", lines[middle], count=1)
    path.write_text("".join(lines), encoding="utf-8")


def add_posting(project: Path, size: int) -> None:
    """Write one more posting behind the others."""
    with (project / "postings.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in postings(1, first=size))


def accept_unit(project: Path, _size: int) -> None:
    """Give one unit a target, as a reviewer does."""
    path = project / "locales/fr/LC_MESSAGES/postings.en.po"
    content, count = _UNTRANSLATED.subn(rb'\1"\2"', path.read_bytes(), count=1)
    if not count:
        raise AssertionError(path)
    path.write_bytes(content)


FIRST = "first build, no engine"
STEPS = (
    Step(FIRST, Limit(60), ("build",)),
    Step("unchanged build", Limit(3, 300), ("build",), rounds=ROUNDS),
    Step("build after one changed sentence", Limit(6), ("build",), change_sentence),
    Step("build after one new posting", Limit(6), ("build",), add_posting),
    Step("build after one accepted unit", Limit(6), ("build",), accept_unit),
    Step("status, the first time", Limit(1), ("status",)),
    Step("status, again", Limit(1), ("status",), rounds=ROUNDS),
    Step("why, the first time", Limit(1), ("why", "posting-000005", "fr")),
    Step("why, of another posting", Limit(1), ("why", "posting-000007", "fr")),
    Step("why, again", Limit(1), ("why", "posting-000007", "fr"), rounds=ROUNDS),
)


def rows(sizes: tuple[int, ...] = SIZES) -> Iterator[Row]:
    """Measure what every command takes to begin, every size from nothing, and twice the postings."""
    for command in ("--help", "--version"):
        seconds = tuple(cost_of("-m", "pipeline", command).quiet_seconds for _ in range(ROUNDS))
        yield Row(what=f"polypost {command}, imports with it", unit="s", ours=seconds, at_most=_COMMAND_SECONDS)
    first = {}
    for size in sizes:
        with TemporaryDirectory(prefix="polypost-large-") as folder:
            for row in project_rows(Path(folder), size):
                if row.what == FIRST and row.unit == "s":
                    first[size] = median(row.ours)
                yield row
    most = max(sizes)
    with TemporaryDirectory(prefix="polypost-large-") as folder:
        write_project(Path(folder), most // 2)
        half = cost_of("-m", "pipeline", "build", cwd=Path(folder)).quiet_seconds
    of = f"{most:,} and {most // 2:,}"
    yield Row(what="first build of twice the postings", size=of, ours=(first[most] / half,), at_most=_DOUBLING)


def project_rows(folder: Path, size: int, steps: Sequence[Step] = STEPS) -> Iterator[Row]:
    """Build a project of `size` postings, change it step by step, and yield what each step costs."""
    write_project(folder, size)
    name = f"{size:,} × {len(LOCALES)}"
    for step in steps:
        step.change(folder, size)
        before = read_times(folder)
        costs = [cost_of("-m", "pipeline", *step.arguments, cwd=folder) for _ in range(step.rounds)]
        yield from step_rows(step, name, costs)
        if step.arguments == ("build",) and step.rounds > 1:
            after = read_times(folder)
            written = sum(after.get(path) != when for path, when in before.items() if not path.startswith("build/"))
            yield Row(what=f"{step.what}, files written", size=name, ours=(float(written),), at_most=0)


def step_rows(step: Step, size: str, costs: list[Cost]) -> Iterator[Row]:
    """Yield a row of seconds, and one of memory where there is a limit or much is done."""
    seconds, megabytes = tuple(cost.quiet_seconds for cost in costs), tuple(cost.megabytes for cost in costs)
    yield Row(what=step.what, size=size, unit="s", ours=seconds, at_most=step.limit.seconds)
    if step.arguments == ("build",):
        memory = f"{step.what}, peak memory"
        yield Row(what=memory, size=size, unit="MB", ours=megabytes, at_most=step.limit.megabytes)


if __name__ == "__main__":
    print(layout(rows(tuple(map(int, sys.argv[1:])) or SIZES)))  # noqa: T201
