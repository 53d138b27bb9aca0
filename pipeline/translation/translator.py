"""Sources become targets: what is remembered first, then the engine, each text once."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from pipeline.errors import EngineError
from pipeline.model.outcome import EngineUse
from pipeline.model.unit import EngineOrigin
from pipeline.translation.protection import MarkerError, Masked, mask, unmask
from pipeline.translation.routes import Route, Step

MARKER_FAILURE = "placeholders"
_Item = TypeVar("_Item")

Refuse = Callable[[str, str], tuple[str, ...]]


class Memory(Protocol):
    """Remembers what engines answered."""

    def recall(self, origin: EngineOrigin, asked: Iterable[str]) -> dict[str, str]:
        """Return the answers to texts that were asked before."""

    def remember(self, origin: EngineOrigin, answers: Mapping[str, str]) -> None:
        """Keep a batch, whole or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a route made of a source; `failures` are the checks for which its target was not kept."""

    target: str
    failures: tuple[str, ...] = ()


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
        """Return what is remembered of `sources` over every step of the route; the others are left out."""
        outputs = {source: Output(target=source) for source in sources}
        for step in route.steps:
            outputs = self._through(step, outputs)
        return outputs

    def ask(self, route: Route, sources: Iterable[str]) -> Iterator[EngineUse]:
        """Have the engines translate what is not remembered, a batch at a time, into memory; yield each batch's use.

        The batches are cut from the texts sorted by length, so they do not depend on the order of the postings.
        """
        outputs = {source: Output(target=source) for source in sources}
        for step in route.steps:
            texts = {output.target for output in outputs.values() if not output.failures}
            yield from self._ask_step(step, texts)
            outputs = self._through(step, outputs)

    def _ask_step(self, step: Step, texts: Iterable[str]) -> Iterator[EngineUse]:
        asked = {masked.text for masked in self._masked(step, texts).values()}
        known = self.memory.recall(step.origin, asked)
        ordered = sorted(asked - known.keys(), key=lambda text: (len(text), text))
        for batch in _batches(ordered, step.engine.batch_segments):
            started = self.clock()
            answers = step.engine.translate(batch, step.pair)
            if len(answers) != len(batch):
                raise EngineError(step.engine.name, f"{len(answers)} targets came back for {len(batch)} segments")
            self.memory.remember(step.origin, dict(zip(batch, answers, strict=True)))
            seconds = self.clock() - started
            yield EngineUse(engine=step.engine.name, calls=1, segments=len(batch), seconds=seconds)

    def _through(self, step: Step, outputs: Mapping[str, Output]) -> dict[str, Output]:
        """Take what came out of the steps before through one more; what failed stays as it is."""
        masked = self._masked(step, {output.target for output in outputs.values() if not output.failures})
        answers = self.memory.recall(step.origin, (hidden.text for hidden in masked.values()))
        judged = {
            text: self._judge(text, answers[hidden.text], hidden, step)
            for text, hidden in masked.items()
            if hidden.text in answers
        }
        return {
            source: output if output.failures else judged[output.target]
            for source, output in outputs.items()
            if output.failures or output.target in judged
        }

    def _masked(self, step: Step, texts: Iterable[str]) -> dict[str, Masked]:
        return {text: mask(text, step.engine.marker, self.names) for text in texts}

    def _judge(self, text: str, answer: str, hidden: Masked, step: Step) -> Output:
        try:
            restored = unmask(answer, hidden.originals, step.engine.marker) if answer else ""
        except MarkerError:
            return Output(target="", failures=(MARKER_FAILURE,))
        failures = self.refuse(text, restored)
        return Output(target="" if failures else restored, failures=failures)


def _batches(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
