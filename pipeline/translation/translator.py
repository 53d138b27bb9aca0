"""Sources become targets: what is remembered first, then the engine, each text once."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from babel import Locale

from pipeline.errors import EngineError
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import EngineUse
from pipeline.model.unit import EngineOrigin
from pipeline.translation.lettering import NO_EVIDENCE, Evidence
from pipeline.translation.protection import MarkerError, Masked, join_parts, keeps_markers, mask, parts_around, unmask
from pipeline.translation.routes import Route, Step
from pipeline.translation.shape import Shape, fit_part, give_shape, take_shape

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
    """Translates into one locale; `refuse` names the checks for which a target is not worth keeping.

    `evidence` tells names from words in lines of capitals, and which names are protected as they are written. `clock`
    counts seconds for the report only.
    """

    memory: Memory
    refuse: Refuse
    locale: Locale
    evidence: Evidence = NO_EVIDENCE
    clock: Callable[[], float] = time.perf_counter

    def recall(self, route: Route, sources: Iterable[str]) -> dict[str, Output]:
        """Return what is remembered of `sources` over every step of the route; the others are left out."""
        shaped = {source: take_shape(source, self.evidence) for source in sources}
        outputs = {core.text: Output(target=core.text) for core in shaped.values()}
        for step in route.steps:
            outputs = self._through(step, outputs)
        return {
            source: self._shaped(outputs[core.text], core.shape)
            for source, core in shaped.items()
            if core.text in outputs
        }

    def ask(self, route: Route, sources: Iterable[str]) -> Iterator[EngineUse]:
        """Have the engines translate what is not remembered, a batch at a time, into memory; yield each batch's use.

        The batches are cut from the texts sorted by length, so they do not depend on the order of the postings. A text
        whose markers an engine did not let through is asked again in the parts between them.
        """
        cores = (take_shape(source, self.evidence).text for source in sources)
        outputs = {core: Output(target=core) for core in cores}
        for step in route.steps:
            masked = self._masked(step, outputs.values())
            yield from self._ask_engine(step, {hidden.text for hidden in masked.values()})
            answers = self._answers(step, masked.values())
            yield from self._ask_engine(
                step, {part for hidden in masked.values() for part in _asked(hidden, answers, step)}
            )
            outputs = self._through(step, outputs)

    def _ask_engine(self, step: Step, asked: Collection[str]) -> Iterator[EngineUse]:
        known = self.memory.recall(step.origin, asked)
        ordered = sorted(set(asked) - known.keys(), key=lambda text: (len(text), text))
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
        masked = self._masked(step, outputs.values())
        answers = self._answers(step, masked.values())
        judged = {
            text: self._judge(text, hidden, answers, step)
            for text, hidden in masked.items()
            if all(asked in answers for asked in _asked(hidden, answers, step))
        }
        return {
            source: output if output.failures else judged[output.target]
            for source, output in outputs.items()
            if output.failures or output.target in judged
        }

    def _masked(self, step: Step, outputs: Iterable[Output]) -> dict[str, Masked]:
        texts = (output.target for output in outputs if not output.failures)
        return {text: mask(text, step.engine.marker, self.evidence.names) for text in texts}

    def _answers(self, step: Step, masked: Collection[Masked]) -> dict[str, str]:
        """Return what is remembered of masked texts, and of the parts of those whose markers were lost."""
        answers = self.memory.recall(step.origin, [hidden.text for hidden in masked])
        parts = {part for hidden in masked for part in _asked(hidden, answers, step)}
        return answers | self.memory.recall(step.origin, parts - answers.keys())

    def _judge(self, text: str, hidden: Masked, answers: Mapping[str, str], step: Step) -> Output:
        try:
            restored = _restored(hidden, answers, step)
        except MarkerError:
            return Output(target="", failures=(MARKER_FAILURE,))
        whole, *parts = _asked(hidden, answers, step)
        flaws = (flaw for asked in parts or [whole] for flaw in step.engine.flaws(asked, answers[asked]))
        failures = tuple(dict.fromkeys(flaws)) or self.refuse(text, restored)
        return Output(target="" if failures else restored, failures=failures)

    def _shaped(self, output: Output, shape: Shape) -> Output:
        return Output(target=give_shape(output.target, shape, self.locale), failures=output.failures)


def _asked(hidden: Masked, answers: Mapping[str, str], step: Step) -> tuple[str, ...]:
    """Return what an engine has to have been asked: the text, and the parts of it if its markers did not come back."""
    answer = answers.get(hidden.text, "")
    parted = hidden.originals and answer and not keeps_markers(answer, hidden, step.engine.marker)
    return (hidden.text, *parts_around(hidden, step.engine.marker)) if parted else (hidden.text,)


def _restored(hidden: Masked, answers: Mapping[str, str], step: Step) -> str:
    """Return the answer with the originals, put together from its parts where its markers were lost; "" if one is.

    Raises MarkerError if an engine invented a marker, also between the markers.
    """
    marker = step.engine.marker
    parts = _asked(hidden, answers, step)[1:]
    if not parts:
        return unmask(answers[hidden.text], hidden.originals, marker) if answers[hidden.text] else ""
    if not all(answers[part] for part in parts):
        return ""
    locale = parse_locale(step.pair.target)
    return join_parts(hidden, marker, {part: fit_part(answers[part], part, locale) for part in parts})


def _batches(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
