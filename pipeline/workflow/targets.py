"""Units get targets: memory, glossary, copies, then engine, then checks; each source once per engine, model, route."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import filling
from pipeline.catalog.filling import EngineMade
from pipeline.checks.terms import disregards_terms, lost_terms
from pipeline.intake.reading.gazetteer import place_code
from pipeline.language.duties import duties_of
from pipeline.language.gerunds import with_prepositions
from pipeline.language.glossary import TermScope
from pipeline.language.glued_words import part_glued_words
from pipeline.language.limits import is_too_long
from pipeline.language.product_names import find_names, lost_names
from pipeline.language.spans import is_untranslatable
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import source_language
from pipeline.model.outcome import EngineUse
from pipeline.model.segment import TITLE, UnitKey
from pipeline.model.unit import EngineOrigin, Unit, UnitState
from pipeline.storage.files import read_regular
from pipeline.translation.asking import Asker
from pipeline.translation.facts import NO_HINTS, FactHints, Facts, find_facts
from pipeline.translation.ladder import Output, Verdict
from pipeline.translation.lettering import gather_evidence
from pipeline.translation.line_parts import LineNames
from pipeline.translation.lines import part_line
from pipeline.translation.memory_file import MemoryFile
from pipeline.translation.preparation import Preparation
from pipeline.translation.protection import Replacement
from pipeline.translation.risk import UNASKED, SecondAnswers
from pipeline.translation.round_trip import Made, RoundTrip
from pipeline.translation.routes import Route, find_route, find_routes
from pipeline.translation.translator import Translator
from pipeline.translation.wordings import (
    find_replacements,
    glossary_origin,
    replace_forms,
    whole_listed,
    whole_target,
    whole_term,
)
from pipeline.workflow.checking import UnitChecker
from pipeline.workflow.project import Project
from pipeline.workflow.titles import Titles, is_title, titles_origin

# Of so many texts the facts are kept: a text that is asked in several ways states the same each time.
_FACTS_KEPT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One catalog to fill: from which language into which locale, on which routes, under which terms and checks.

    `titles` are the titles of its postings, which lines of their texts often repeat.
    """

    source: Locale
    target: Locale
    routes: tuple[Route, ...]
    terms: TermScope
    trade: TermScope
    checker: UnitChecker
    hints: Mapping[UnitKey, FactHints]
    titles: frozenset[str] = frozenset()

    def facts(self, text: str, unit: UnitKey) -> Facts:
        """Return what a text that belongs to a unit states."""
        return find_facts(text, self.source, self.target, self.hints.get(unit, NO_HINTS))


class _Alike(NamedTuple):
    """What decides, beside the route, what comes of a source: units that agree in it are one question."""

    source: str
    context: str
    plain: str
    hints: FactHints


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What decides of units beside themselves.

    `written` is what people wrote for segments in versions of their own, `hints` what the postings of a segment say of
    its figures, `imported` what the memory offers of translations from elsewhere. `sources` are those of all live units
    of the catalog, `across` names the checks that find something where the units of a posting stand together.
    """

    written: Mapping[UnitKey, str]
    hints: Mapping[UnitKey, FactHints]
    sources: Callable[[], Iterable[str]]
    across: Callable[[Sequence[Unit]], Mapping[Unit, tuple[str, ...]]]
    imported: filling.Offers


class Filled(NamedTuple):
    """Units as a run leaves them; those that are `waiting` for an engine are to be looked at in the next run too."""

    units: tuple[Unit, ...]
    waiting: frozenset[UnitKey]


class TargetFiller:
    """Fills the units of one catalog after the other; `uses` tells what the engines were asked.

    `titles` say the titles, and know the names that postings mention.
    """

    def __init__(self, project: Project, memory: MemoryFile, titles: Titles, *, ask: bool, retranslate: bool) -> None:
        self._project = project
        # A broken glossary or list stops the run before a file is written.
        self._glossary, self._plain_words = project.glossary, project.plain_words
        self._memory = memory
        self.proper = titles.proper
        self._titles = titles
        self._untranslatable = cache(partial(is_untranslatable, names=project.settings.do_not_translate))
        self._ask = ask
        self._retranslate = retranslate
        self.uses: list[EngineUse] = []

    def fill(self, units: Sequence[Unit], source: Locale, target: Locale, beside: Beside) -> Filled:
        """Return the units with targets where they want one, and with the findings about what is unreviewed.

        They may be some of a catalog: then with each all others of the same source.
        """
        task = replace(self._task(source, target, beside.hints), titles=_titles_of(units))
        offered = filling.fill_from_people(units, beside.written, beside.imported)
        ready = tuple(self._fill_by_rules(unit, task) for unit in offered)
        filled = self._fill_from_engine(ready, task, beside.sources) if task.routes else Filled(ready, frozenset())
        across = beside.across(filled.units)
        noted = tuple(
            filling.note_findings(unit, (*_finding_ids(task.checker.findings(unit)), *across.get(unit, ())))
            if not unit.retired
            else unit
            for unit in task.checker.ahead(self._project.progress.over("check", filled.units))
        )
        return Filled(noted, filled.waiting)

    def has_route(self, source: Locale, target: Locale) -> bool:
        """Tell whether an engine, or what it answered before, may be asked for targets."""
        return bool(find_routes(self._project.engines, source, target, self._project.ranks))

    def grounds(self, source: Locale, target: Locale) -> str:
        """Return all but postings, names and what people wrote that decides what becomes of units, in a text."""
        task = self._task(source, target, {})
        settings = self._project.settings
        routes = [str(route.origin) for route in task.routes]
        plain = read_regular(settings.plain_words) if settings.plain_words else b""
        return repr((task.checker.grounds, routes, settings.gender_of(target), settings.round_trip, plain))

    def _task(self, source: Locale, target: Locale, hints: Mapping[UnitKey, FactHints]) -> _Task:
        return _Task(
            source=source,
            target=target,
            routes=find_routes(self._project.engines, source, target, self._project.ranks),
            terms=self._glossary.scope(source_language(source), target),
            trade=self._project.trade.scope(source_language(source), target),
            checker=self._project.checks.of(source, target),
            hints=hints,
        )

    def _fill_by_rules(self, unit: Unit, task: _Task) -> Unit:
        """Translate what is a term or a title of known words, and copy a segment in which nothing can be translated."""
        source = unit.key.source
        term = whole_term(unit, task.terms)
        if term is None and is_too_long(source):
            return unit
        unsigned = self._project.decisions.is_unsigned_copy(unit, task.target)
        if term is None and (unsigned or unit.state is UnitState.UNTRANSLATED) and self._untranslatable(source):
            facts = task.facts(source, unit.key)
            if task.routes and (facts.replacements or facts.unsafe):
                return unit  # no language in it, but figures that the target writes in a form of its own
            return filling.fill_by_rule(unit, f"{task.source.language}→{task.target.language}")
        made = self._made_of_words(unit, task) if self._wants_words(unit) else None
        if made is None or not filling.wants_engine(unit, made.origin, retranslate=self._retranslate):
            return unit
        return filling.fill_from_engine(unit, made)

    def _made_of_words(self, unit: Unit, task: _Task) -> EngineMade | None:
        """Return the target of what is a term of the glossary, a title of known words, or a term of the trade."""
        term = whole_term(unit, task.terms)
        if term is not None:
            wording = whole_target(unit.key.source, term, task.target)
            return EngineMade(glossary_origin(term, task.source, task.target), wording)
        key = UnitKey(TITLE, unit.key.source) if unit.key.source in task.titles else unit.key
        if self._wants_words(unit) and (title := self._titles.target(key, task.source, task.target)):
            return EngineMade(titles_origin(title, task.source, task.target), title)
        listed = whole_listed(unit.key.source, unit.key.context, task.trade)
        return EngineMade(glossary_origin(listed[0], task.source, task.target), listed[1]) if listed else None

    def _fill_from_engine(self, units: Sequence[Unit], task: _Task, sources: Callable[[], Iterable[str]]) -> Filled:
        """Fill in what the catalog remembers and what the engines make; units that are alike are one question."""
        origin = task.routes[0].origin
        wanting = [unit for unit in units if self._wants_engine(unit, task)]
        if not wanting:
            return Filled(tuple(units), frozenset())
        questions: dict[_Alike, UnitKey] = {}
        for unit in wanting:
            questions.setdefault(self._alike(unit.key, task), unit.key)
        known: dict[_Alike, EngineMade] = {}
        asked = {alike.source for alike in questions}
        for unit in units:
            if unit.key.source in asked and not disregards_terms(unit, task.terms):
                made = filling.engine_made(unit, origin)
                if made is not None:
                    known.setdefault(self._alike(unit.key, task), made)
        rest = {alike: key for alike, key in questions.items() if alike not in known}
        outputs = self._outputs(rest.values(), self._translator(sources(), task), task.routes) if rest else {}
        known |= {alike: _made(outputs[key], origin) for alike, key in rest.items() if key in outputs}
        self.uses += map(_repaired, (known[alike] for alike in rest if alike in known and known[alike].repair))
        filled = {
            unit.key: filling.fill_from_engine(unit, known[alike])
            for unit in wanting
            if (alike := self._alike(unit.key, task)) in known
        }
        filled |= {unit.key: filling.note_risk(unit, risk) for unit, risk in self._risks(filled.values(), task)}
        waiting = frozenset(unit.key for unit in wanting if unit.key not in filled)
        return Filled(tuple(filled.get(unit.key, unit) for unit in units), waiting)

    def _risks(self, filled: Iterable[Unit], task: _Task) -> Iterator[tuple[Unit, int]]:
        """Yield the units that have just got a machine's target, each with how likely that is wrong."""
        reader = self._project.risks.of(task.source, task.target)
        made = [
            (unit, Made(unit.provenance.asked or unit.key.source, unit.target))
            for unit in filled
            if unit.provenance and unit.machine_made and unit.risk is None
        ]
        asks = self._project.settings.round_trip
        again = self._second_answers((each for _, each in made), task) if asks else {}
        yield from ((unit, reader.find(unit, again.get(each, UNASKED))) for unit, each in made)

    def _second_answers(self, made: Iterable[Made], task: _Task) -> Mapping[Made, SecondAnswers]:
        """Return what engines answer that are asked again; in a run that does not ask, what is remembered."""
        back = find_route(self._project.engines, task.target, task.source)
        trip = RoundTrip(asker=Asker(memory=self._memory), there=task.routes[0], back=back)
        return trip.answers(made, self.uses.append if self._ask else None)

    def _wants_words(self, unit: Unit) -> bool:
        """Tell whether it matters what a unit is by its words: reading all of them in every run would take seconds."""
        return self._retranslate or not unit.translated or unit.stale

    def _alike(self, key: UnitKey, task: _Task) -> _Alike:
        plain = self._plain_words(task.source.language).rewrite(key.source, key.context)
        duties = duties_of(task.source.language, task.target.language)
        asked = duties.asked(plain, key.context) if duties else plain
        narrowest = task.terms.narrowest(key.context)
        of_trade = any(each.term.context for each in task.trade.find(key.source, key.context))
        kind = narrowest or (task.trade.narrowest(key.context) if of_trade else "")
        return _Alike(key.source, kind, asked, task.hints.get(key, NO_HINTS))

    def _wants_engine(self, unit: Unit, task: _Task) -> bool:
        """Tell whether an engine is to be asked; not where the segment is a term or a known title."""
        if not self._wants_words(unit) or self._made_of_words(unit, task) is not None:
            return False
        disregards = self._retranslate and disregards_terms(unit, task.terms)
        origin = task.routes[0].origin
        return filling.wants_engine(unit, origin, retranslate=self._retranslate, disregards=disregards)

    def _translator(self, sources: Iterable[str], task: _Task) -> Translator:
        evidence = gather_evidence(
            dict.fromkeys(sources),
            task.source.language,
            proper=self.proper,
            names=self._project.settings.do_not_translate,
        )
        proper = frozenset(name.casefold() for name in self.proper)
        names = LineNames(proper=proper, evidence=evidence, place_of=place_code)
        for_show = any(route.for_show for route in task.routes)
        return Translator(
            memory=self._memory,
            refuse=self._project.checks.refuse,
            judge=(lambda _unit, _target: Verdict()) if for_show else partial(_judge, task),
            locale=task.target,
            preparation=Preparation(
                evidence=evidence,
                terms=partial(self._terms, task),
                trade=partial(_lost_trade, task),
                facts=lru_cache(_FACTS_KEPT)(task.facts),
                names=partial(find_names, language=task.source.language),
                plain=self._plain,
                duties=duties_of,
                parts=partial(part_line, source=task.source, target=task.target, names=names),
            ),
        )

    def _terms(self, task: _Task, text: str, context: str) -> tuple[Replacement, ...]:
        """Return what is put in for the engine: terms of the glossary, else the known parts of a title."""
        terms = find_replacements(task.terms)(text, context)
        return terms or self._titles.known_parts(text, context, task.source, task.target)

    def _plain(self, text: str, language: str, context: str, kept: Sequence[tuple[int, int]]) -> str:
        parted = part_glued_words(text, language, kept)
        return with_prepositions(self._plain_words(language).rewrite(parted.text, context, parted.kept), language)

    def _outputs(
        self, keys: Iterable[UnitKey], translator: Translator, routes: Sequence[Route]
    ) -> dict[UnitKey, Output]:
        """Return what the memory remembers of sources and, in a run that asks, what the engines make of the rest."""
        wanted = tuple(keys)
        if not self._ask or not wanted:
            return translator.recall(routes, wanted)
        stage, done = f"translate {routes[0].origin.route}", 0
        self._project.progress(stage, done, len(wanted))

        def use(used: EngineUse) -> None:
            nonlocal done
            done += used.segments
            self.uses.append(used)
            self._project.progress(stage, done, max(done + 1, len(wanted)))

        outputs = translator.translate(routes, wanted, use)
        self._project.progress(stage, done, done)
        return outputs


def _titles_of(units: Iterable[Unit]) -> frozenset[str]:
    """Return the titles of postings; a line of a text that repeats one is said as that is."""
    return frozenset(unit.key.source for unit in units if is_title(unit.key.context) and not unit.retired)


def _judge(task: _Task, key: UnitKey, target: str) -> Verdict:
    """Count what the checks say of a target, against the source as it is written, and the listed names that it lost."""
    findings = task.checker.findings(Unit(key=key, target=target, doubtful=True))
    found = Counter(finding.severity for finding in findings)
    lost = lost_names(key.source, target, task.source.language)
    terms = lost_terms(key.source, target, key.context, task.trade)
    return Verdict(
        errors=found[Severity.ERROR],
        lost_names=len(lost),
        lost_terms=len(terms),
        warnings=found[Severity.WARNING],
    )


def _lost_trade(task: _Task, text: str, unit: UnitKey, answer: str) -> tuple[Replacement, ...]:
    """Return what is put in for the engine: the terms of the trade of which its answer has no wording."""
    lost = lost_terms(text, answer, unit.context, task.trade)
    occurrences = (each for each in task.trade.find(text, unit.context) if each.term in lost)
    return tuple(replace_forms(text, occurrences, task.target))


def _repaired(made: EngineMade) -> EngineUse:
    """Count a repair for the engine that gave the target its words."""
    return EngineUse(engine=made.origin.engine.rpartition("+")[2], repaired={made.repair: 1})


def _made(output: Output, origin: EngineOrigin) -> EngineMade:
    return EngineMade(
        origin=(output.origin or origin) if output.target else origin,
        target=output.target,
        failures=output.failures,
        asked=output.asked,
        repair=output.repair.value if output.target else "",
    )


def _finding_ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.check for finding in findings)
