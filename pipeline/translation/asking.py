"""Engines are asked in batches, and never twice: what one answered is remembered under its name, model and pair."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from pipeline.errors import EngineError
from pipeline.model.outcome import EngineUse
from pipeline.model.unit import EngineOrigin
from pipeline.translation.engines.cutting import cut_batches
from pipeline.translation.routes import Step

Used = Callable[[EngineUse], None]


class Memory(Protocol):
    """Remembers what engines answered."""

    def recall(self, origin: EngineOrigin, asked: Iterable[str]) -> dict[str, str]:
        """Return the answers to texts that were asked before."""

    def remember(self, origin: EngineOrigin, answers: Mapping[str, str]) -> None:
        """Keep a batch, whole or not at all."""


class Asked(NamedTuple):
    """Who is asked for a text, and for which of the answers: 0 is the best."""

    step: Step
    rank: int = 0

    @property
    def origin(self) -> EngineOrigin:
        """What the memory keeps the answers under; the best has the plain name of its model."""
        origin = self.step.origin
        return replace(origin, model=f"{origin.model}#{self.rank}") if self.rank else origin

    def ask(self, texts: Sequence[str]) -> list[str]:
        """Have the engine answer."""
        engine, pair = self.step.engine, self.step.pair
        return engine.hypothesis(texts, pair, self.rank) if self.rank else engine.translate(texts, pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Knows what was answered, and asks for the rest; `clock` counts seconds for the report only."""

    memory: Memory
    clock: Callable[[], float] = time.perf_counter
    _answers: dict[Asked, dict[str, str]] = field(default_factory=lambda: defaultdict(dict), init=False)

    def answers(self, asked: Asked) -> Mapping[str, str]:
        """Return the answers that are known by now."""
        return self._answers[asked]

    def unanswered(self, asked: Asked, texts: Iterable[str]) -> list[str]:
        """Return what of the texts is not answered; what the memory knows is answered from now on."""
        known = self._answers[asked]
        unknown = [text for text in texts if text not in known]
        if unknown:
            known |= self.memory.recall(asked.origin, unknown)
        return [text for text in unknown if text not in known]

    def ask(self, asked: Asked, texts: Iterable[str], used: Used) -> None:
        """Have the engine answer texts, a batch at a time, into memory; tell each batch's use.

        The batches are cut from the texts sorted by length, so they do not depend on the order of the postings.
        """
        engine = asked.step.engine
        ordered = sorted(texts, key=lambda text: (len(text), text))
        for batch in cut_batches(ordered, max_texts=engine.batch_segments):
            started = self.clock()
            answers = asked.ask(batch)
            if len(answers) != len(batch):
                raise EngineError(engine.name, f"{len(answers)} targets came back for {len(batch)} segments")
            answered = dict(zip(batch, answers, strict=True))
            self.memory.remember(asked.origin, answered)
            self._answers[asked] |= answered
            used(EngineUse(engine=engine.name, calls=1, segments=len(batch), seconds=self.clock() - started))
