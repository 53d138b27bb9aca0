"""What every engine promises, and what most of them share; one module an engine."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.model.packages import Pair as Pair
from pipeline.translation.protection import Marker


class Engine(Protocol):
    """Translates batches of segments offline."""

    @property
    def name(self) -> str:
        """The word in `polypost.toml` and in catalogs."""

    @property
    def marker(self) -> Marker:
        """The marker that its models let through best, measured."""

    @property
    def other_markers(self) -> tuple[Marker, ...]:
        """The next best, for a text in which that one was lost; measured too."""
        return ()

    @property
    def hypotheses(self) -> int:
        """How many answers it has to a question, the best included."""
        return 1

    @property
    def batch_segments(self) -> int:
        """How many segments are asked for at once: what a crash costs, and what an engine sorts by length."""

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs that can be a step of a route; an engine for show has none to offer."""

    def covers(self, pair: Pair) -> bool:
        """Tell whether a model for `pair` is installed."""

    def model(self, pair: Pair) -> str:
        """Name the model of a covered pair; another name when it would translate otherwise."""

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Translate a batch; the result has the same length and order.

        What the model could not translate comes back empty.
        """

    def hypothesis(self, segments: Sequence[str], pair: Pair, rank: int) -> list[str]:  # noqa: ARG002  for beams
        """Translate a batch by its answer of a rank, 1 for the second best; empty where there is none."""
        return [""] * len(segments)

    def flaws(self, asked: str, answer: str) -> tuple[str, ...]:  # noqa: ARG002  for engines that mark words
        """Name the checks that an answer fails by the engine's own marks in it; most engines mark no word."""
        return ()
