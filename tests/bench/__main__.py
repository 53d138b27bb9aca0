"""`make bench`: speed against peers in one run, printed as ratios; absolute times mean little on shared machines.

`python -m tests.bench NAME...` runs some sections only.
"""

import sys
import time
from collections.abc import Iterable
from importlib import import_module

from tests.bench.table import LACKS, Note, Row, layout, need_of, tried
from tests.projects import shared_data

# Each is a module beside this one whose rows() measures; in the order of the table.
SECTIONS = {
    "samples": "samples_bench",
    "titles": "titles_bench",
    "intake": "intake_bench",
    "bodies": "bodies_bench",
    "detection": "detection_bench",
    "argos": "argos_bench",
    "spanish": "spanish_bench",
    "yield": "yield_bench",
    "checks": "evidence_bench",
    "pofilter": "checks_bench",
    "feeds": "feeds_bench",
    "markers": "markers",
    "facts": "facts_bench",
    "beam": "beam",
    "same_targets": "same_targets",
    "memory": "memory_bench",
    "plain": "plain_bench",
    "risk": "risk_bench",
    "large": "large_bench",
    "catalogs": "catalogs_bench",
}


def main(names: list[str]) -> None:
    """Measure section by section, then print one table; what a machine lacks is said and skipped."""
    if unknown := set(names) - set(SECTIONS):
        sys.exit(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    if need := need_of_data():
        print(f"{need}: what measures on it is passed over", file=sys.stderr)  # noqa: T201
    rows: list[Row | Note] = []
    for name in names or SECTIONS:
        started = time.monotonic()
        rows += measured(name)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)  # noqa: T201
    print(layout(rows))  # noqa: T201


def need_of_data() -> str:
    """Say what this machine lacks to measure on real postings and texts; "" if it has them."""
    try:
        shared_data()
    except LACKS as lack:
        return need_of(lack)
    return ""


def measured(section: str) -> Iterable[Row | Note]:
    """Yield the rows of a section; its module imports what it measures, which may be missing too."""

    def rows() -> Iterable[Row | Note]:
        found: Iterable[Row | Note] = import_module(f"tests.bench.{SECTIONS[section]}").rows()
        return found

    return tried(section, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
