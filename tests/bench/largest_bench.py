"""`make bench-large`: 100,000 postings in five locales, with the room and the time that they need said first.

The project is made in the folder for temporary files (TMPDIR). `python -m tests.bench.largest_bench POSTINGS` measures
another number in the same way.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.argos_bench import CACHE, small_packages
from tests.bench.feeds_bench import large_rows
from tests.bench.large_bench import FIRST, STEPS, Limit, project_rows
from tests.bench.memory_bench import row
from tests.bench.table import Found, Missing, layout, tried

SIZE = 100_000
# Measured with 10,000: what the project and everything made of it takes of the disk, and all steps of two cores.
_KILOBYTES_EACH = 75
_SECONDS_EACH = 0.03
_LIMITS = {FIRST: Limit(660), "unchanged build": Limit(20, 1024)}
_STEPS = tuple(
    step._replace(limit=_LIMITS[step.what], rounds=1 if step.what == FIRST else 2)
    for step in STEPS
    if step.what in _LIMITS
)


def rows(size: int = SIZE) -> Iterator[Found]:
    """Measure the first build and an unchanged one, then feeds and pages alone; nothing where the disk is too full."""
    needed = size * _KILOBYTES_EACH / 1024**2
    minutes = size * _SECONDS_EACH / 60
    free = shutil.disk_usage(tempfile.gettempdir()).free / 1024**3
    told = f"{size:,} postings take {needed:.1f} GB in the folder for temporary files, which has {free:.1f}"
    print(f"{told}, and about {minutes:.0f} minutes", file=sys.stderr, flush=True)  # noqa: T201
    if free < needed:
        yield Missing(what=f"{size:,} postings", need=f"{needed:.1f} GB of disk; TMPDIR names another folder")
        return
    with tempfile.TemporaryDirectory(prefix="polypost-large-") as folder:
        yield from project_rows(Path(folder), size, _STEPS)
    yield from large_rows(size // 10, size)
    yield from tried("argos, memory", lambda: [row(small_packages(CACHE), size // 10, size)])


if __name__ == "__main__":
    print(layout(rows(int(sys.argv[1]))))  # noqa: T201
