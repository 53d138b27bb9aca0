"""Units get targets: memory, glossary, copies, then engine, then checks; each source once per engine, model, route."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import filling
from pipeline.catalog.filling import EngineMade
from pipeline.checks.terms import disregards_terms
from pipeline.intake.reading.gazetteer import place_code
from pipeline.language.duties import duties_of
from pipeline.language.glossary import TermScope
from pipeline.language.glued_words import part_glued_words
from pipeline.language.limits import is_too_long
from pipeline.language.product_names import find_names, lost_names
from pipeline.language.spans import is_untranslatable
from pipeline.model.finding import Finding, Severity
from pipeline.model.locale import source_language
from pipeline.model.outcome import EngineUse
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, Unit, UnitState
from pipeline.translation.facts import NO_HINTS, FactHints, Facts, find_facts
from pipeline.translation.ladder import Output, Verdict
from pipeline.translation.lettering import gather_evidence
from pipeline.translation.line_parts import LineNames
from pipeline.translation.lines import part_line
from pipeline.translation.memory_file import MemoryFile
from pipeline.translation.preparation import Preparation
from pipeline.translation.protection import Replacement
from pipeline.translation.routes import Route, find_routes
from pipeline.translation.translator import Translator
from pipeline.translation.wordings import find_replacements, glossary_origin, whole_target, whole_term
from pipeline.workflow.checking import UnitChecker
from pipeline.workflow.project import Project
from pipeline.workflow.titles import Titles, titles_origin

# Of so many texts the facts are kept: a text that is asked in several ways states the same each time.
_FACTS_KEPT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One catalog to fill: from which language into which locale, on which routes, under which terms and checks."""

    source: Locale
    target: Locale
    routes: tuple[Route, ...]
    terms: TermScope
    checker: UnitChecker
    hints: Mapping[UnitKey, FactHints]

    def facts(self, text: str, unit: UnitKey) -> Facts:
        """Return what a text that belongs to a unit states."""
        return find_facts(text, self.source, self.target, self.hints.get(unit, NO_HINTS))


class _Alike(NamedTuple):
    """What decides, beside the route, what comes of a source: units that agree in it are one question."""

    source: str
    context: str
    plain: str
    hints: FactHints


class TargetFiller:
    """Fills the units of one catalog after the other; `uses` tells what the engines were asked.

    `proper` are names that postings mention: employers and places.
    """

    def __init__(
        self, project: Project, memory: MemoryFile, proper: Iterable[str] = (), *, ask: bool, retranslate: bool
    ) -> None:
        self._project = project
        # A broken glossary or list stops the run before a file is written.
        self._glossary, self._plain_words = project.glossary, project.plain_words
        self._memory = memory
        self._proper = tuple(proper)
        self._titles = Titles(project.settings, self._proper)
        self._untranslatable = cache(partial(is_untranslatable, names=project.settings.do_not_translate))
        self._ask = ask
        self._retranslate = retranslate
        self.uses: list[EngineUse] = []

    def fill(
        self,
        units: Sequence[Unit],
        source: Locale,
        target: Locale,
        *,
        written: Mapping[UnitKey, str],
        hints: Mapping[UnitKey, FactHints],
    ) -> tuple[Unit, ...]:
        """Return the units with targets where they want one, and with the findings about what is unreviewed.

        `written` is what people wrote for segments in versions of their own, `hints` what the postings of a segment
        say of its figures.
        """
        task = _Task(
            source=source,
            target=target,
            routes=find_routes(self._project.engines, source, target),
            terms=self._glossary.scope(source_language(source), target),
            checker=self._project.checks.of(source, target),
            hints=hints,
        )
        ready = tuple(self._fill_by_rules(unit, task) for unit in filling.fill_from_people(units, written))
        filled = self._fill_from_engine(ready, task) if task.routes else ready
        return tuple(
            filling.note_findings(unit, _finding_ids(task.checker.findings(unit)))
            if unit.state is UnitState.NEEDS_REVIEW
            else unit
            for unit in filled
        )

    def _fill_by_rules(self, unit: Unit, task: _Task) -> Unit:
        """Translate what is a term or a title of known words, and copy a segment in which nothing can be translated."""
        term = whole_term(unit, task.terms)
        if term is not None:
            origin = glossary_origin(term, task.source, task.target)
            wording = whole_target(unit.key.source, term, task.target)
            wanted = filling.wants_engine(unit, origin, retranslate=self._retranslate)
            return filling.fill_from_engine(unit, EngineMade(origin, wording)) if wanted else unit
        if is_too_long(unit.key.source):
            return unit
        if unit.state is UnitState.UNTRANSLATED and self._untranslatable(unit.key.source):
            facts = task.facts(unit.key.source, unit.key)
            if task.routes and (facts.replacements or facts.unsafe):
                return unit  # no language in it, but figures that the target writes in a form of its own
            return filling.fill_by_rule(unit, f"{task.source.language}→{task.target.language}")
        if self._wants_title(unit) and (title := self._titles.target(unit.key, task.source, task.target)):
            origin = titles_origin(title, task.source, task.target)
            wanted = filling.wants_engine(unit, origin, retranslate=self._retranslate)
            return filling.fill_from_engine(unit, EngineMade(origin, title)) if wanted else unit
        return unit

    def _fill_from_engine(self, units: Sequence[Unit], task: _Task) -> tuple[Unit, ...]:
        """Fill in what the catalog remembers and what the engines make; units that are alike are one question."""
        origin = task.routes[0].origin
        wanting = [unit for unit in units if self._wants_engine(unit, task)]
        if not wanting:
            return tuple(units)
        questions: dict[_Alike, UnitKey] = {}
        for unit in wanting:
            questions.setdefault(self._alike(unit.key, task), unit.key)
        known: dict[_Alike, EngineMade] = {}
        sources = {alike.source for alike in questions}
        for unit in units:
            if unit.key.source in sources and not disregards_terms(unit, task.terms):
                made = filling.engine_made(unit, origin)
                if made is not None:
                    known.setdefault(self._alike(unit.key, task), made)
        rest = {alike: key for alike, key in questions.items() if alike not in known}
        outputs = self._outputs(rest.values(), self._translator(units, task), task.routes)
        known |= {alike: _made(outputs[key], origin) for alike, key in rest.items() if key in outputs}
        self.uses += map(_repaired, (known[alike] for alike in rest if alike in known and known[alike].repair))
        wanted = {unit.key for unit in wanting}
        return tuple(
            filling.fill_from_engine(unit, known[alike])
            if unit.key in wanted and (alike := self._alike(unit.key, task)) in known
            else unit
            for unit in units
        )

    def _wants_title(self, unit: Unit) -> bool:
        """Tell whether it matters what a title is by its words: reading all of them in every run would take seconds."""
        return self._retranslate or not unit.translated or unit.stale

    def _alike(self, key: UnitKey, task: _Task) -> _Alike:
        plain = self._plain_words(task.source.language).rewrite(key.source, key.context)
        duties = duties_of(task.source.language, task.target.language)
        asked = duties.asked(plain, key.context) if duties else plain
        return _Alike(key.source, task.terms.narrowest(key.context), asked, task.hints.get(key, NO_HINTS))

    def _wants_engine(self, unit: Unit, task: _Task) -> bool:
        """Tell whether an engine is to be asked; not where the segment is a term of the glossary or a known title."""
        if whole_term(unit, task.terms) is not None:
            return False
        if self._wants_title(unit) and self._titles.target(unit.key, task.source, task.target):
            return False
        disregards = self._retranslate and disregards_terms(unit, task.terms)
        origin = task.routes[0].origin
        return filling.wants_engine(unit, origin, retranslate=self._retranslate, disregards=disregards)

    def _translator(self, units: Sequence[Unit], task: _Task) -> Translator:
        evidence = gather_evidence(
            dict.fromkeys(unit.key.source for unit in units if not unit.retired),
            task.source.language,
            proper=self._proper,
            names=self._project.settings.do_not_translate,
        )
        proper = frozenset(name.casefold() for name in self._proper)
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
        return self._plain_words(language).rewrite(parted.text, context, parted.kept)

    def _outputs(
        self, keys: Iterable[UnitKey], translator: Translator, routes: Sequence[Route]
    ) -> dict[UnitKey, Output]:
        """Return what the memory remembers of sources and, in a run that asks, what the engines make of the rest."""
        wanted = tuple(keys)
        if not self._ask:
            return translator.recall(routes, wanted)
        done = 0

        def use(used: EngineUse) -> None:
            nonlocal done
            done += used.segments
            self.uses.append(used)
            self._project.progress(f"translate {routes[0].origin.route}", done, max(done, len(wanted)))

        return translator.translate(routes, wanted, use)


def _judge(task: _Task, key: UnitKey, target: str) -> Verdict:
    """Count what the checks say of a target, against the source as it is written, and the listed names that it lost."""
    findings = task.checker.findings(Unit(key=key, target=target, doubtful=True))
    found = Counter(finding.severity for finding in findings)
    lost = lost_names(key.source, target, task.source.language)
    return Verdict(errors=found[Severity.ERROR], lost_names=len(lost), warnings=found[Severity.WARNING])


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
