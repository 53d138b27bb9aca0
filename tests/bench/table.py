"""What every bench hands in, and the one table that is made of it.

A row compares a figure of ours with that of a peer, or with a limit, and says whether the ratio is what it has to be:

    Row(what="feeds in Atom, postings", unit="/s", ours=(900.0,), peer=(200.0,), against="feedgen", at_least=4)
    Row(what="unchanged build", size="10,000 × 5", unit="s", ours=(0.4,), at_most=3)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from pipeline.errors import EngineError

HEAD = ("what", "size", "ours", "peer or limit", "ratio", "bar", "met?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured of ours and of a peer, in a figure a round; the two of a round one right after the other.

    A machine's speed drifts, so the ratio is taken within a round. `at_least` or `at_most` says what the ratio to the
    peer has to be; without a peer it is the limit of our figure itself.
    """

    what: str
    ours: tuple[float, ...]
    size: str = ""
    unit: str = ""
    peer: tuple[float, ...] = ()
    against: str = ""
    at_least: float | None = None
    at_most: float | None = None

    def __post_init__(self) -> None:
        if not self.ours or (self.peer and len(self.ours) != len(self.peer)):
            raise ValueError(f"{self.what}: {len(self.ours)} rounds of ours, {len(self.peer)} of the peer")
        if self.at_least is not None and self.at_most is not None:
            raise ValueError(f"{self.what}: one bar a row")

    @property
    def limit(self) -> float | None:
        """Return what our figure is held against where there is no peer."""
        return None if self.peer else self._bar

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return ours by the peer's, a round each, or by the limit; none without either, nor by 0."""
        others = self.peer or (self.limit or 0.0,) * len(self.ours)
        return tuple(ours / other for ours, other in zip(self.ours, others, strict=True) if other)

    @property
    def met(self) -> bool | None:
        """Return whether the bar is met; None without a bar."""
        if self._bar is None:
            return None
        reached = median(self.ratios if self.peer else self.ours)
        return reached <= self._bar if self.at_least is None else reached >= self._bar

    @property
    def _bar(self) -> float | None:
        return self.at_most if self.at_least is None else self.at_least

    def cells(self) -> tuple[str, ...]:
        """Return the row as printed: medians, and the lowest and highest ratio of several rounds."""
        other = f"{figure(median(self.peer))} {self.against}".strip() if self.peer else ""
        if self.limit is not None:
            other = f"limit {figure(self.limit)}"
        sign = "" if self._bar is None else "≤ " if self.at_least is None else "≥ "
        bar = f"{sign}{figure(self._bar if self.peer else 1)}" if self._bar is not None and self.ratios else ""
        met = {None: "", True: "yes", False: "NO"}[self.met]
        ours = f"{figure(median(self.ours))} {self.unit}".strip()
        return (self.what, self.size, ours, other, self._ratio(), bar, met)

    def _ratio(self) -> str:
        if not self.ratios:
            return ""
        low, middle, high = (f"{ratio:.2f}" for ratio in (min(self.ratios), median(self.ratios), max(self.ratios)))
        return middle if low == high else f"{middle} ({low}–{high})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A row that could not be measured, and what it needs."""

    what: str
    need: str

    def cells(self) -> tuple[str, ...]:
        """Return the row as printed."""
        return (self.what, "", f"missing: {self.need}", "", "", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something found while measuring that is no figure of the table."""

    what: str
    text: str


Found = Row | Missing | Note

# What says that a machine lacks something: a package, a file or program, the shared data.
LACKS = (ModuleNotFoundError, FileNotFoundError, EngineError, pytest.skip.Exception, pytest.fail.Exception)


def tried(what: str, measure: Callable[[], Iterable[Found]]) -> Iterator[Found]:
    """Yield what can be measured on this machine, and at the first thing that it lacks a row that names it.

    >>> list(tried("Atom", lambda: [Note(what="Atom", text=str(open("/nonexistent/feed")))]))
    [Missing(what='Atom', need='there is no feed')]
    """
    try:
        yield from measure()
    except LACKS as lack:
        yield Missing(what=what, need=need_of(lack))


def need_of(lack: BaseException) -> str:
    """Say what a machine needs, without a path of this one."""
    if isinstance(lack, ModuleNotFoundError):
        module = (lack.name or str(lack)).partition(".")[0]
        return f"the Python module {module}; pip install --editable '.[fast,dev]'"
    if isinstance(lack, FileNotFoundError) and lack.filename is not None:
        return f"there is no {Path(str(lack.filename)).name}"
    return str(lack).partition("\n")[0]


def figure(value: float) -> str:
    """Write a figure with the digits that matter.

    >>> [figure(each) for each in (0.0312, 4, 17.25, 1234.5)]
    ['0.03', '4.00', '17.2', '1,234']
    """
    return f"{value:,.{0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2}f}"


def layout(rows: Iterable[Found]) -> str:
    """Lay rows out as a table, the notes below it.

    >>> print(layout([Row(what="words", unit="/s", ours=(30.0, 20.0), peer=(10.0, 10.0), against="it", at_least=2)]))
    what   size  ours     peer or limit  ratio             bar     met?
    words        25.0 /s  10.0 it        2.50 (2.00–3.00)  ≥ 2.00  yes
    """
    every = list(rows)
    cells = [HEAD, *(row.cells() for row in every if not isinstance(row, Note))]
    notes = [f"{note.what}: {note.text}" for note in every if isinstance(note, Note)]
    return "\n".join([columns(cells), *notes])


def columns(lines: Sequence[Sequence[str]]) -> str:
    """Lay lines of as many cells out, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
