"""Sources become targets: what is remembered first, then the engines, each question once.

A target with a fault sends its source up the ladder: the other ways to ask for it, in a fixed order. All that the
sources need next is asked together.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from babel import Locale

from pipeline.language.gender_forms import without_repeated_form
from pipeline.language.limits import TOO_LONG, is_too_long
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.translation.asking import Asked, Asker, Memory, Used
from pipeline.translation.end_marks import EndMark, end_mark
from pipeline.translation.fact_forms import fit_facts
from pipeline.translation.ladder import (
    AS_DUTY,
    FIRST,
    TRADE,
    TRADE_AS_DUTY,
    Candidate,
    Output,
    Rung,
    Verdict,
    best,
    rungs,
)
from pipeline.translation.line_parts import Part
from pipeline.translation.preparation import NO_PREPARATION, Preparation, Prepared
from pipeline.translation.protection import MarkerError, Replacement
from pipeline.translation.routes import Route
from pipeline.translation.shape import Shaped, give_shape
from pipeline.translation.wordings import fit_wordings

MARKER_FAILURE = "placeholders"

Refuse = Callable[[str, str], tuple[str, ...]]
Judge = Callable[[UnitKey, str], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translator:
    """Translates into one locale; `refuse` names the checks for which a target is not worth keeping.

    No engine is asked for a source that is too long: its output is empty and says so. `judge` counts the findings of a
    target against the source as it is written. `clock` counts seconds for the report only.
    """

    memory: Memory
    refuse: Refuse
    locale: Locale
    judge: Judge = lambda _unit, _target: Verdict()
    preparation: Preparation = NO_PREPARATION
    clock: Callable[[], float] = time.perf_counter

    def recall(self, routes: Sequence[Route], units: Iterable[UnitKey]) -> dict[UnitKey, Output]:
        """Return what is remembered of `units` over every step of the routes; the others are left out."""
        return _Run(self, routes, None).outputs(units)

    def translate(self, routes: Sequence[Route], units: Iterable[UnitKey], used: Used) -> dict[UnitKey, Output]:
        """Have the engines translate what is not remembered, a batch at a time, into memory; tell each batch's use.

        The batches are cut from the texts sorted by length, so they do not depend on the order of the postings.
        """
        return _Run(self, routes, used).outputs(units)


class _Source(NamedTuple):
    """What is asked for: the source of a unit, or a part of it."""

    unit: UnitKey
    text: str


@dataclass(slots=True, kw_only=True)
class _Climb:
    """How far a source has come: on which rung, at which step of its route, and what came of the rungs before.

    `duty` tells that it names one, and was not answered in infinitives at first, `as_duty` that it was when it was
    asked as one; `lost_terms` that the best answer so far lacks terms of the trade.
    """

    source: _Source
    rungs: Iterator[Rung]
    candidates: list[Candidate] = field(default_factory=list)
    rung: Rung | None = None
    shaped: Shaped | None = None
    text: str = ""
    step: int = 0
    plain: str = ""
    put_in: tuple[Replacement, ...] | None = None
    prepared: Prepared | None = None
    duty: bool = False
    as_duty: bool = False
    lost_terms: bool = False


class _Run:
    """One run of a translator over its routes; without `used` no engine is asked."""

    def __init__(self, translator: Translator, routes: Sequence[Route], used: Used | None) -> None:
        self._translator = translator
        self._preparation = translator.preparation
        self._routes = routes
        self._used = used
        self._asker = Asker(memory=translator.memory, clock=translator.clock)
        self._origins = {route: route.origin for route in routes}

    def outputs(self, units: Iterable[UnitKey]) -> dict[UnitKey, Output]:
        """Return what comes of the sources of `units`; the parts of a line first, each as a source of its own."""
        wanted = dict.fromkeys(units)
        outputs = {unit: Output(target="", failures=failures) for unit in wanted if (failures := self._unsafe(unit))}
        whole = [_Source(unit, unit.source) for unit in wanted if unit not in outputs]
        lines = {source: line for source in whole if (line := tuple(self._preparation.parts(source.text)))}
        asked = [_Source(source.unit, part.text) for source, line in lines.items() for part in line if part.asked]
        made = self._climb({source: None for source in (*whole, *asked) if source not in lines})
        joined = {source: self._joined(source, line, made) for source, line in lines.items()}
        made |= self._climb({source: output for source, output in joined.items() if output is not None})
        return outputs | {source.unit: made[source] for source in whole if source in made}

    def _unsafe(self, unit: UnitKey) -> tuple[str, ...]:
        if is_too_long(unit.source):
            return (TOO_LONG,)
        facts = self._preparation.facts(unit.source, unit)
        return (facts.check,) if facts.unsafe else ()

    def _joined(self, source: _Source, parts: Sequence[Part], made: Mapping[_Source, Output]) -> Output | None:
        """Return a line made of its parts, without a target if one of them has none; None while one is not known."""
        outputs = [
            made.get(_Source(source.unit, part.text)) if part.asked else Output(target=part.wording or part.text)
            for part in parts
        ]
        known = [output for output in outputs if output is not None]
        if len(known) < len(outputs):
            return None
        plain = "".join(output.asked or part.text for output, part in zip(known, parts, strict=True))
        repaired = next((output for output in known if output.repair), known[0])
        failures = tuple(dict.fromkeys(check for output in known for check in output.failures))
        return Output(
            target="" if failures else "".join(output.target for output in known),
            failures=failures,
            origin=repaired.origin or self._origins[self._routes[0]],
            asked="" if plain == source.text else plain,
            repair=repaired.repair,
        )

    def _climb(self, begun: Mapping[_Source, Output | None]) -> dict[_Source, Output]:
        """Bring sources as far up as needed, those that have an output already only where it has a fault."""
        climbs = [self._begin(source, output) for source, output in begun.items()]
        done: dict[_Source, Output] = {}
        while climbs:
            missing: dict[Asked, dict[str, None]] = defaultdict(dict)
            waiting: list[_Climb] = []
            for climb in climbs:
                if self._goes_on(climb, missing):
                    waiting.append(climb)
                else:
                    done[climb.source] = best(climb.candidates).output
            if self._used is None:
                break
            for question, texts in missing.items():
                self._asker.ask(question, texts, self._used)
            climbs = waiting
        return done

    def _begin(self, source: _Source, output: Output | None) -> _Climb:
        climb = _Climb(source=source, rungs=rungs(self._routes))
        if output is not None:
            climb.candidates.append(self._judged(source, output))
        if not any(candidate.faultless for candidate in climb.candidates):
            self._next_rung(climb)
        return climb

    def _next_rung(self, climb: _Climb) -> None:
        climb.rung = next((rung for rung in climb.rungs if _may_help(rung, climb)), None)
        if climb.rung is not None:
            climb.shaped = self._preparation.shaped(climb.source.text, climb.rung.route)
            climb.text, climb.step, climb.plain = climb.shaped.text, 0, ""
            climb.prepared = climb.put_in = None

    def _goes_on(self, climb: _Climb, missing: dict[Asked, dict[str, None]]) -> bool:
        """Take a source as far as the answers reach; tell whether it waits for some, and note them as missing."""
        while climb.rung is not None:
            route, manner = climb.rung
            step = route.steps[climb.step]
            if climb.prepared is None:
                unit = climb.source.unit
                answer = "" if manner.every or not climb.candidates else best(climb.candidates).output.target
                climb.prepared = self._preparation.prepared(
                    climb.text, unit, step, manner, put_in=climb.put_in, answer=answer
                )
                climb.plain = climb.plain or climb.prepared.plain
            asked = climb.prepared.question.asked if climb.prepared.question else ()
            question = Asked(step, min(manner.rank, step.engine.hypotheses - 1))
            unanswered = self._asker.unanswered(question, asked)
            if unanswered:
                missing[question] |= dict.fromkeys(unanswered)
                return True
            self._take_step(climb, climb.rung, question)
        return False

    def _take_step(self, climb: _Climb, rung: Rung, question: Asked) -> None:
        """Go one step of the route on by the answers; what fails at it goes up to the next rung."""
        target, failures = self._answered(climb, question)
        taken_off = climb.prepared.taken_off if climb.prepared else None
        climb.duty = False
        if taken_off and not failures and _is_sentence(climb.source):
            infinitives = taken_off(target)
            climb.duty = rung.manner == FIRST and infinitives.casefold() != target.casefold()
            if rung.manner.duties:
                target, failures = infinitives, () if infinitives else (MARKER_FAILURE,)
        if failures:
            self._close(climb, rung, Output(target="", failures=failures))
        elif climb.step + 1 < len(rung.route.steps):
            climb.put_in = climb.prepared.put_in if climb.prepared else ()
            climb.text, climb.step, climb.prepared = target, climb.step + 1, None
        else:
            shown = [each for each in (climb.prepared.put_in if climb.prepared else ()) if each.asked]
            fitted = fit_facts(fit_wordings(target, shown), shown, self._translator.locale)
            lost = (MARKER_FAILURE,) if target and not fitted else ()
            self._close(climb, rung, Output(target=self._shaped(climb, fitted), failures=lost))

    def _answered(self, climb: _Climb, question: Asked) -> tuple[str, tuple[str, ...]]:
        """Return what a step made of its text, and the checks for which it is not kept."""
        asked = climb.prepared.question if climb.prepared else None
        if asked is None:
            return "", (TOO_LONG,)
        answers, engine = self._asker.answers(question), question.step.engine
        try:
            target = asked.target(answers, parse_locale(question.step.pair.target))
        except MarkerError:
            return "", (MARKER_FAILURE,)
        flaws = (flaw for text in asked.asked for flaw in engine.flaws(text, answers[text]))
        return target, tuple(dict.fromkeys(flaws)) or self._translator.refuse(climb.text, target)

    def _shaped(self, climb: _Climb, target: str) -> str:
        if climb.shaped is None:
            return target
        once = without_repeated_form(climb.shaped.text, target)
        return give_shape(once, climb.shaped.shape, self._translator.locale)

    def _close(self, climb: _Climb, rung: Rung, made: Output) -> None:
        """Keep what came of a rung, and go up to the next where it has a fault."""
        plain = climb.plain if climb.shaped and climb.plain != climb.shaped.text else ""
        output = replace(made, origin=self._origins[rung.route], asked=plain, repair=rung.manner.repair)
        place = 0 if rung.manner == AS_DUTY else len(climb.candidates)  # of equal ones the earliest is kept
        climb.candidates.insert(place, self._judged(climb.source, output))
        if rung.manner == AS_DUTY:
            climb.as_duty = bool(output.target)
        climb.lost_terms = bool(best(climb.candidates).verdict.lost_terms)
        waits = climb.duty or (climb.lost_terms and rung.manner in {FIRST, AS_DUTY, TRADE, TRADE_AS_DUTY})
        if any(candidate.faultless for candidate in climb.candidates) and not waits:
            climb.rung = None
        else:
            self._next_rung(climb)

    def _judged(self, source: _Source, output: Output) -> Candidate:
        part = UnitKey(source.unit.context, source.text)
        return Candidate(output, self._translator.judge(part, output.target) if output.target else Verdict())


def _is_sentence(source: _Source) -> bool:
    """Tell whether a source is a whole segment or, as behind a label, a part of one that ends as a sentence does."""
    return source.text == source.unit.source or end_mark(source.text) is EndMark.STATEMENT


def _may_help(rung: Rung, climb: _Climb) -> bool:
    """Tell whether an engine of the route can be asked that way at all, and not only as it was at first."""
    if rung.manner == AS_DUTY:
        return climb.duty
    if rung.manner.trade:
        return climb.lost_terms and rung.manner.duties == climb.as_duty
    engines = [step.engine for step in rung.route.steps]
    if rung.manner.rank:
        return any(rung.manner.rank < engine.hypotheses for engine in engines)
    return not rung.manner.marker or any(rung.manner.marker <= len(engine.other_markers) for engine in engines)
