"""Twenty merges of a reviewer's branch with that of CI, as a team has them every day: what conflicts, and what is lost.

Both work from the same commit: one accepts, edits and rejects targets in an editor that strips what it does not know,
the other brings postings, edited sentences and targets made anew. No unit is touched by both.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.table import Row
from tests.tools import require_tool
from tests.workflow.git_rounds import begin, commit, merge_ci, rounds, run, survives, units

MERGES = 20


def rows(merges: int = MERGES) -> Iterator[Row]:
    """Merge with the driver; then as git does by itself, with what it leaves mended by `catalogs resolve`."""
    require_tool("git")
    with tempfile.TemporaryDirectory() as folder:
        size = f"{merges} merges"
        project = begin(Path(folder) / "driver")
        run(project, "catalogs", "install-driver")
        commit(project, "Merge catalogs by unit")
        conflicts, lost = _tally(project, merges, merge_ci)
        yield Row(what="merges with the driver that conflict", size=size, ours=(conflicts,), at_most=0)
        yield Row(what="reviews lost with the driver", size=size, ours=(lost,), at_most=0)
        project = begin(Path(folder) / "alone")
        conflicts, lost = _tally(project, merges, _mended)
        yield Row(what="merges by git alone that conflict", size=size, ours=(conflicts,))
        yield Row(what="reviews lost after catalogs resolve", size=size, ours=(lost,), at_most=0)


def _tally(project: Path, merges: int, bring_together: Callable[[Path], bool]) -> tuple[int, int]:
    """Return how many merges conflicted, and how many decisions of the reviewer are gone after all."""
    conflicts = lost = 0
    for conflict, decisions in rounds(project, merges, bring_together):
        conflicts += conflict
        after = units(project)
        lost += sum(not survives(each, after) for each in decisions)
    return conflicts, lost


def _mended(project: Path) -> bool:
    conflict = merge_ci(project)
    if conflict:
        run(project, "catalogs", "resolve")
        commit(project, "Resolve")
    return conflict
