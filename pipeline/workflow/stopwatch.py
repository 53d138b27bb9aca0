"""How long the stages of a run take: what each stage tells of its progress is added up, and passed on to be shown.

A stage tells how much of it is done. One can go on within another, as engines are asked while catalogs are brought up
to date: time counts for the innermost, so that the stages add up to the run.
"""

import math
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
# Stage, steps that are done, steps in all if that is known.
Progress = Callable[[str, int, int | None], None]
PAGES = "pages"
FEEDS = "feeds"
SWITCH = "switch"
_BETWEEN = "other"
WORTH_TELLING = 1.0  # second, of a stage within another
_SHOW_EVERY = 0.1  # seconds
_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(slots=True, kw_only=True)
class Stage:
    """What a stage took: seconds of its own, steps, and the most memory that the process had had when it ended."""

    name: str
    seconds: float = 0.0
    count: int = 0
    peak_bytes: int = 0

    @property
    def rate(self) -> float:
        """Steps a second; 0 if it took no time."""
        return self.count / self.seconds if self.seconds else 0.0


def peak_memory() -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_BYTES


def show_nothing(_stage: str, _done: int, _total: int | None) -> None:
    """Show no progress."""


def _tell_nobody(_stage: Stage) -> None:
    pass


class Stopwatch:
    """Adds up what the stages of one run take.

    `show` hears of their progress, `ended` of each that ends, unless it took but a moment within another.
    `expected` says of stages that do not know how many steps they have how many they had in the last run.
    """

    def __init__(
        self,
        *,
        show: Progress = show_nothing,
        ended: Callable[[Stage], None] = _tell_nobody,
        clock: Callable[[], float] = time.monotonic,
        peak: Callable[[], int] = peak_memory,
        expected: Callable[[str], int | None] = lambda _stage: None,
    ) -> None:
        self._show = show
        self._ended = ended
        self._clock = clock
        self._peak = peak
        self._expected = expected
        self._sums = {_BETWEEN: Stage(name=_BETWEEN)}
        self._running: dict[str, Stage] = {}  # the innermost is the last
        self._last = self._shown = clock()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Note that so many steps of a stage are done: none when it begins, all when it ends."""
        now = self._clock()
        if stage in self._running:
            while (inner := self._innermost) != stage:
                self._end(inner)
        else:
            if not done:
                self._spend(now)  # for what went on before
            self._running[stage] = Stage(name=stage)
            self._shown = -math.inf
        self._spend(now)
        self._running[stage].count = done
        if total is not None and done >= total:
            self._end(stage)
        elif now - self._shown >= _SHOW_EVERY:
            self._show(stage, done, total)
            self._shown = now

    def mute(self) -> None:
        """Show and tell nothing any more: a child process does not."""
        self._show, self._ended = show_nothing, _tell_nobody

    def over(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """Yield items; each is a step of a stage, done when the next one is asked for."""
        if total is None:
            total = len(items) if isinstance(items, Sized) else self._expected(stage)
        done = 0
        self(stage, done, total or None)
        for done, item in enumerate(items, start=1):
            yield item
            self(stage, done, max(total, done + 1) if total else None)
        self(stage, done, done)

    def over_files(self, files: Iterable[tuple[str, T]], pages: int) -> Iterator[tuple[str, T]]:
        """Yield the files of a release: so many pages of postings, and lists and feeds; then the switch begins."""
        self(PAGES, 0, pages or None)
        for path, content in files:
            yield path, content
            stage = PAGES if "/postings/" in path else FEEDS
            done = self._steps(stage) + 1
            self(stage, done, max(pages, done + 1) if stage == PAGES else None)
        done = self._steps(PAGES)
        self(PAGES, done, done)
        self(SWITCH, 0, 1)

    def stages(self) -> tuple[Stage, ...]:
        """Return what each stage took, in the order of their ends; what was spent between them comes last."""
        self._spend(self._clock())
        for stage in reversed(tuple(self._running)):
            self._end(stage)
        between = self._sums[_BETWEEN]
        between.peak_bytes = self._peak()
        return (*(each for each in self._sums.values() if each is not between), between)

    def _steps(self, stage: str) -> int:
        return self._running[stage].count if stage in self._running else 0

    @property
    def _innermost(self) -> str:
        return next(reversed(self._running))

    def _spend(self, now: float) -> None:
        """Count the time since the last call for the innermost stage."""
        if self._running:
            self._running[self._innermost].seconds += now - self._last
        else:
            self._sums[_BETWEEN].seconds += now - self._last
        self._last = now

    def _end(self, stage: str) -> None:
        done = self._running.pop(stage)
        done.peak_bytes = self._peak()
        self._show(stage, done.count, done.count)
        if not self._running or done.seconds >= WORTH_TELLING:
            self._ended(done)
        summed = self._sums.setdefault(stage, Stage(name=stage))
        summed.seconds += done.seconds
        summed.count += done.count
        summed.peak_bytes = done.peak_bytes
