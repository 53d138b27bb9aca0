"""Sources become targets: what is remembered first, then the engine, each source once."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from pipeline.errors import EngineError
from pipeline.model.outcome import EngineUse
from pipeline.model.unit import EngineOrigin
from pipeline.translation.memory_file import Output
from pipeline.translation.protection import Hidden, MarkerError, mask, unmask
from pipeline.translation.routes import Route

# One transaction and one line of progress a batch: a killed run repeats at most this many segments.
BATCH_SEGMENTS = 64
MARKER_FAILURE = "placeholders"
_Item = TypeVar("_Item")

Refuse = Callable[[str, str], tuple[str, ...]]


class Memory(Protocol):
    """Remembers what engines made."""

    def recall(self, origin: EngineOrigin, sources: Iterable[str]) -> dict[str, Output]:
        """Return what is known of `sources`."""

    def remember(self, origin: EngineOrigin, outputs: Mapping[str, Output]) -> None:
        """Keep a batch, whole or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """Translates through a route; `refuse` names the checks for which a target is not worth keeping.

    `names` are protected as they are written. `clock` counts seconds for the report only.
    """

    memory: Memory
    refuse: Refuse
    names: tuple[str, ...] = ()
    clock: Callable[[], float] = time.perf_counter

    def recall(self, route: Route, sources: Iterable[str]) -> dict[str, Output]:
        """Return what is remembered of `sources` without asking the engine."""
        return self.memory.recall(route.origin, sources)

    def ask(self, route: Route, sources: Iterable[str]) -> Iterator[EngineUse]:
        """Have the engine translate `sources`, a batch at a time, into memory; yield the use of each batch.

        The batches are cut from the sources sorted by length, so they do not depend on the order of the postings.
        """
        ordered = sorted(set(sources), key=lambda source: (len(source), source))
        for batch in _batches(ordered, BATCH_SEGMENTS):
            started = self.clock()
            outputs = self._translate(route, batch)
            self.memory.remember(route.origin, outputs)
            yield EngineUse(
                engine=route.engine.name,
                calls=1,
                segments=len(batch),
                seconds=self.clock() - started,
                refused=sum(bool(output.failures) for output in outputs.values()),
            )

    def _translate(self, route: Route, batch: Sequence[str]) -> dict[str, Output]:
        marker = route.engine.marker
        masked = [mask(source, marker, self.names) for source in batch]
        targets = route.engine.translate([segment.text for segment in masked], route.pair)
        if len(targets) != len(batch):
            raise EngineError(route.engine.name, f"{len(targets)} targets came back for {len(batch)} segments")
        return {
            source: self._judge(source, target, segment.originals, route)
            for source, target, segment in zip(batch, targets, masked, strict=True)
        }

    def _judge(self, source: str, target: str, originals: tuple[Hidden, ...], route: Route) -> Output:
        try:
            restored = unmask(target, originals, route.engine.marker) if target else ""
        except MarkerError:
            return Output(target="", failures=(MARKER_FAILURE,))
        failures = self.refuse(source, restored)
        return Output(target="" if failures else restored, failures=failures)


def _batches(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
