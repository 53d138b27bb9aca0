"""Sources become targets: what is remembered first, then the engine, each text once."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from babel import Locale

from pipeline.errors import EngineError
from pipeline.language.gender_forms import has_inline_forms, is_genderless, without_inline_forms, without_repeated_form
from pipeline.language.limits import TOO_LONG, is_too_long
from pipeline.language.scripts import foreign_words
from pipeline.model.locale import parse_locale, script_of
from pipeline.model.outcome import EngineUse
from pipeline.model.unit import EngineOrigin
from pipeline.translation.engines.cutting import cut_batches
from pipeline.translation.lettering import NO_EVIDENCE, Evidence
from pipeline.translation.protection import MarkerError, Replacement
from pipeline.translation.questions import Question, question_for
from pipeline.translation.routes import Route, Step
from pipeline.translation.shape import Shaped, give_shape, take_shape

MARKER_FAILURE = "placeholders"

Refuse = Callable[[str, str], tuple[str, ...]]
FindTerms = Callable[[str], tuple[Replacement, ...]]


def no_terms(text: str) -> tuple[Replacement, ...]:  # noqa: ARG001  a glossary that asks for nothing
    """Find no term."""
    return ()


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

    No engine is asked for a source that is too long: its output is empty and says so.

    `evidence` tells names from words in lines of capitals, and which names are protected as they are written. The
    wordings of `terms` are put in on a route of one step; where its engine loses their markers, the segment is asked
    again without them. `clock` counts seconds for the report only.
    """

    memory: Memory
    refuse: Refuse
    locale: Locale
    evidence: Evidence = NO_EVIDENCE
    terms: FindTerms = no_terms
    clock: Callable[[], float] = time.perf_counter

    def recall(self, route: Route, sources: Iterable[str]) -> dict[str, Output]:
        """Return what is remembered of `sources` over every step of the route; the others are left out."""
        wanted = tuple(sources)
        beyond = {source: Output(target="", failures=(TOO_LONG,)) for source in wanted if is_too_long(source)}
        shaped = {source: self._take_shape(route, source) for source in wanted if source not in beyond}
        outputs = {core.text: Output(target=core.text) for core in shaped.values()}
        for step in route.steps:
            outputs = self._through(step, outputs, self._terms_on(route))
        return beyond | {
            source: self._shaped(core, outputs[core.text]) for source, core in shaped.items() if core.text in outputs
        }

    def ask(self, route: Route, sources: Iterable[str]) -> Iterator[EngineUse]:
        """Have the engines translate what is not remembered, a batch at a time, into memory; yield each batch's use.

        The batches are cut from the texts sorted by length, so they do not depend on the order of the postings. A text
        whose markers an engine did not let through is asked again in the parts between them.
        """
        cores = (self._take_shape(route, source).text for source in sources if not is_too_long(source))
        outputs = {core: Output(target=core) for core in cores}
        for step in route.steps:
            questions = self._questions(step, outputs.values(), self._terms_on(route))
            answers = self._answers(step, questions.values())
            while missing := _missing(questions.values(), answers):
                yield from self._ask_engine(step, missing)
                answers = self._answers(step, questions.values())
            outputs = self._through(step, outputs, self._terms_on(route))

    def _take_shape(self, route: Route, source: str) -> Shaped:
        """Take the shape off, and what gives the other gender's ending where the engine's language has one form."""
        asked, answered = (parse_locale(language).language for language in route.steps[0].pair)
        one_form = has_inline_forms(asked) and is_genderless(answered)
        return take_shape(without_inline_forms(source) if one_form else source, self.evidence)

    def _terms_on(self, route: Route) -> FindTerms:
        """Return what finds terms: a wording put in before a pivot would be translated once more."""
        return self.terms if len(route.steps) == 1 else no_terms

    def _ask_engine(self, step: Step, asked: Iterable[str]) -> Iterator[EngineUse]:
        ordered = sorted(asked, key=lambda text: (len(text), text))
        for batch in cut_batches(ordered, max_texts=step.engine.batch_segments):
            started = self.clock()
            answers = step.engine.translate(batch, step.pair)
            if len(answers) != len(batch):
                raise EngineError(step.engine.name, f"{len(answers)} targets came back for {len(batch)} segments")
            self.memory.remember(step.origin, dict(zip(batch, answers, strict=True)))
            seconds = self.clock() - started
            yield EngineUse(engine=step.engine.name, calls=1, segments=len(batch), seconds=seconds)

    def _through(self, step: Step, outputs: Mapping[str, Output], terms: FindTerms) -> dict[str, Output]:
        """Take what came out of the steps before through one more; what failed stays as it is."""
        questions = self._questions(step, outputs.values(), terms)
        answers = self._answers(step, questions.values())
        unasked = {output.target for output in outputs.values() if not output.failures} - questions.keys()
        judged = {text: Output(target="", failures=(MARKER_FAILURE,)) for text in unasked}
        judged |= {
            text: self._judge(text, question, answers, step)
            for text, question in questions.items()
            if not _missing((question,), answers)
        }
        return {
            source: output if output.failures else judged[output.target]
            for source, output in outputs.items()
            if output.failures or output.target in judged
        }

    def _questions(self, step: Step, outputs: Iterable[Output], terms: FindTerms) -> dict[str, Question]:
        """Return the question for each text, without those of which no engine could keep the markers."""
        texts = (output.target for output in outputs if not output.failures)
        marker, names = step.engine.marker, self.evidence.names
        foreign = foreign_words(*(script_of(parse_locale(language)) for language in step.pair))
        made = {text: question_for(text, marker, names, terms(text), foreign=foreign) for text in texts}
        return {text: question for text, question in made.items() if question.askable}

    def _answers(self, step: Step, questions: Collection[Question]) -> dict[str, str]:
        """Return all that is remembered of the questions, in whatever way they had to be asked."""
        answers: dict[str, str] = {}
        while missing := _missing(questions, answers):
            found = self.memory.recall(step.origin, missing)
            if not found:
                break
            answers |= found
        return answers

    def _judge(self, text: str, question: Question, answers: Mapping[str, str], step: Step) -> Output:
        try:
            target = question.target(answers, parse_locale(step.pair.target))
        except MarkerError:
            return Output(target="", failures=(MARKER_FAILURE,))
        flaws = (flaw for asked in question.used(answers) for flaw in step.engine.flaws(asked, answers[asked]))
        failures = tuple(dict.fromkeys(flaws)) or self.refuse(text, target)
        return Output(target="" if failures else target, failures=failures)

    def _shaped(self, core: Shaped, output: Output) -> Output:
        target = without_repeated_form(core.text, output.target)
        return Output(target=give_shape(target, core.shape, self.locale), failures=output.failures)


def _missing(questions: Iterable[Question], answers: Mapping[str, str]) -> set[str]:
    """Return what has to be asked and is not answered yet."""
    return {asked for question in questions for asked in question.asked(answers)} - answers.keys()
