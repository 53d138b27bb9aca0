"""Whether memory stays as it is while segments come and go: the peak of a process that translates, early and late."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path

from tests.bench.argos_bench import CACHE, open_engine, small_packages
from tests.bench.argos_peers import PAIR
from tests.bench.sentences import sentences
from tests.bench.table import Row
from tests.projects import CHECKOUT

EARLY, LATE = 3_000, 30_000  # `make bench-large` goes to 100,000
SEED = 13
MOSTLY_SHORT = 8  # every so many segments is a sentence, the others are titles with a number


def rows() -> Iterator[Row]:
    """Compare the peak after many segments with that after some."""
    import_module("ctranslate2")  # missed here, it is named; in a process of its own it would only fail
    yield row(small_packages(CACHE), EARLY, LATE)


def row(models: Path, early: int, late: int) -> Row:
    """Measure in a process of its own, since a peak never goes down."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory_bench", str(models), str(early), str(late)],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after = json.loads(done.stdout)
    return Row(
        what="argos, peak memory",
        size=f"{late:,} segments",
        unit="MB",
        against=f"after {early:,}",
        ours=(after,),
        peer=(before,),
        at_most=1.1,
    )


def peaks(models: Path, counts: Sequence[int]) -> list[float]:
    """Translate in the engine's batches; return the peak, in MB, each time so many segments have been translated."""
    engine = open_engine(models)
    coming, done, found = segments(), 0, []
    for count in counts:
        while done < count:
            batch = list(islice(coming, min(engine.batch_segments, count - done)))
            engine.translate(batch, PAIR)
            done += len(batch)
        found.append(peak())
    return found


def peak() -> float:
    """Return the most memory that this process has held, in MB.

    Not `getrusage`, whose figure a process takes over from the one that started it. Linux only.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def segments() -> Iterator[str]:
    """Yield segments without end, hardly any of them twice."""
    for number, sentence in enumerate(sentences(SEED)):
        yield f"Python {number}" if number % MOSTLY_SHORT else sentence


if __name__ == "__main__":
    print(json.dumps(peaks(Path(sys.argv[1]), list(map(int, sys.argv[2:])))))  # noqa: T201
