"""`make bench`: speed against peers in one run, printed as ratios; absolute times mean little on shared machines.

`python -m tests.bench NAME...` runs some sections only.
"""

import sys
import time
from importlib import import_module

from tests.bench.table import layout

# Each is a module beside this one whose rows() measures; in the order of the table.
SECTIONS = (
    "samples_bench",
    "detection_bench",
    "argos_bench",
    "checks_bench",
    "feeds_bench",
    "markers",
    "beam",
    "same_targets",
    "memory_bench",
)


def main(names: list[str]) -> None:
    """Measure section by section, then print one table."""
    if unknown := set(names) - set(SECTIONS):
        sys.exit(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    rows = []
    for name in names or SECTIONS:
        started = time.monotonic()
        rows += list(import_module(f"tests.bench.{name}").rows())
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)  # noqa: T201
    print(layout(rows))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
