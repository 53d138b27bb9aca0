"""Ours and its peers in turn, round after round, since the speed of a machine drifts."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Someone who translates, and what: a slow one gets fewer segments, of the same kind."""

    name: str
    translate: Callable[[Sequence[str]], object]
    segments: Sequence[str]

    def words_a_second(self) -> float:
        """Translate once, by the clock."""
        return sum(len(segment.split()) for segment in self.segments) / seconds(lambda: self.translate(self.segments))


def race(runners: Sequence[Runner], rounds: int) -> dict[str, tuple[float, ...]]:
    """Return the words a second of everyone, a figure a round; a first sentence to load the models is not counted."""
    for runner in runners:
        runner.translate(["Accountant"])
    measured = [{runner.name: runner.words_a_second() for runner in runners} for _ in range(rounds)]
    return {runner.name: tuple(figures[runner.name] for figures in measured) for runner in runners}


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
