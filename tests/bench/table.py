"""What every bench hands in, and the one table that is made of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import pytest

from pipeline.errors import EngineError

HEAD = ("what", "ours", "peer", "ratio", "rounds", "wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured of ours and of a peer, in a figure a round; the two of a round one right after the other.

    A machine's speed drifts, so the ratio is taken within a round; `wanted` says what it should be. There may be no
    peer.
    """

    what: str
    ours: tuple[float, ...]
    peer: tuple[float, ...] = ()
    wanted: str = ""

    def __post_init__(self) -> None:
        if not self.ours or (self.peer and len(self.ours) != len(self.peer)):
            raise ValueError(f"{self.what}: {len(self.ours)} rounds of ours, {len(self.peer)} of the peer")

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return ours by the peer's, a round each; none without a peer."""
        return tuple(ours / peer for ours, peer in zip(self.ours, self.peer, strict=False))

    def cells(self) -> tuple[str, ...]:
        """Return the row as printed: medians, and the lowest and highest ratio of several rounds."""
        ratios = self.ratios
        if not ratios:
            return (self.what, f"{median(self.ours):,.1f}", "", "", "", self.wanted)
        spread = f"{min(ratios):.2f}–{max(ratios):.2f}" if len(ratios) > 1 else ""
        figures = (f"{median(self.ours):,.1f}", f"{median(self.peer):,.1f}", f"{median(ratios):.2f}")
        return (self.what, *figures, spread, self.wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A row that could not be measured, or something found while measuring."""

    what: str
    text: str


# What says that a machine lacks something: a package, a file or program, the shared data.
LACKS = (ModuleNotFoundError, FileNotFoundError, EngineError, pytest.skip.Exception, pytest.fail.Exception)


def tried(what: str, measure: Callable[[], Iterable[Row | Note]]) -> Iterator[Row | Note]:
    """Yield what can be measured on this machine, and at the first thing that it lacks a note that names it.

    >>> list(tried("Atom", lambda: [Note(what="Atom", text=str(open("/nonexistent/feed")))]))
    [Note(what='Atom', text="skipped: [Errno 2] No such file or directory: '/nonexistent/feed'")]
    """
    try:
        yield from measure()
    except LACKS as lack:
        yield Note(what=what, text=f"skipped: {need_of(lack)}")


def need_of(lack: BaseException) -> str:
    """Say what a machine needs."""
    if isinstance(lack, ModuleNotFoundError):
        module = (lack.name or str(lack)).partition(".")[0]
        return f"the Python module {module} is missing; pip install --editable '.[fast,dev]'"
    return str(lack)


def layout(rows: Iterable[Row | Note]) -> str:
    """Lay rows out as a table, the notes below it.

    >>> print(layout([Row(what="words a second", ours=(30.0, 20.0), peer=(10.0, 10.0), wanted="≥ 2")]))
    what            ours  peer  ratio  rounds     wanted
    words a second  25.0  10.0  2.50   2.00–3.00  ≥ 2
    """
    every = list(rows)
    cells = [HEAD, *(row.cells() for row in every if isinstance(row, Row))]
    notes = [f"{note.what}: {note.text}" for note in every if isinstance(note, Note)]
    return "\n".join([columns(cells), *notes])


def columns(lines: Sequence[Sequence[str]]) -> str:
    """Lay lines of as many cells out, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
