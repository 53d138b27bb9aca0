"""Units get targets: memory, glossary, copies, then engine, then checks; each source once per engine, model, route."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from babel import Locale

from pipeline.catalog import filling
from pipeline.checks.terms import disregards_terms
from pipeline.language.glossary import TermScope
from pipeline.language.limits import is_too_long
from pipeline.language.spans import is_untranslatable
from pipeline.model.finding import Finding
from pipeline.model.locale import source_language
from pipeline.model.outcome import EngineUse
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, UnitState
from pipeline.translation.lettering import gather_evidence
from pipeline.translation.memory_file import MemoryFile
from pipeline.translation.routes import Route, find_route
from pipeline.translation.translator import Output, Translator
from pipeline.translation.wordings import find_replacements, glossary_origin, whole_target, whole_term
from pipeline.workflow.project import Project
from pipeline.workflow.titles import Titles, titles_origin


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One catalog to fill: from which language into which locale, on which route, under which terms."""

    source: Locale
    target: Locale
    route: Route | None
    terms: TermScope


class TargetFiller:
    """Fills the units of one catalog after the other; `uses` tells what the engines were asked.

    `proper` are names that postings mention: employers and places.
    """

    def __init__(
        self, project: Project, memory: MemoryFile, proper: Iterable[str] = (), *, ask: bool, retranslate: bool
    ) -> None:
        self._project = project
        self._glossary = project.glossary  # a broken one stops the run before a file is written
        self._memory = memory
        self._proper = tuple(proper)
        self._titles = Titles(project.settings, self._proper)
        self._ask = ask
        self._retranslate = retranslate
        self.uses: list[EngineUse] = []

    def fill(
        self, units: Sequence[Unit], source: Locale, target: Locale, written: Mapping[UnitKey, str]
    ) -> tuple[Unit, ...]:
        """Return the units with targets where they want one, and with the findings about what is unreviewed.

        `written` is what people wrote for segments in versions of their own.
        """
        task = _Task(
            source=source,
            target=target,
            route=find_route(self._project.engines, source, target),
            terms=self._glossary.scope(source_language(source), target),
        )
        ready = tuple(self._fill_by_rules(unit, task) for unit in filling.fill_from_people(units, written))
        filled = self._fill_from_engine(ready, task, task.route) if task.route else ready
        checker = self._project.checks.of(source, target)
        return tuple(
            filling.note_findings(unit, _finding_ids(checker.findings(unit)))
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
            return filling.fill_from_engine(unit, origin, wording, ()) if wanted else unit
        names = self._project.settings.do_not_translate
        if is_too_long(unit.key.source):
            return unit
        if unit.state is UnitState.UNTRANSLATED and is_untranslatable(unit.key.source, names):
            return filling.fill_by_rule(unit, f"{task.source.language}→{task.target.language}")
        if title := self._titles.target(unit.key, task.source, task.target):
            origin = titles_origin(title, task.source, task.target)
            wanted = filling.wants_engine(unit, origin, retranslate=self._retranslate)
            return filling.fill_from_engine(unit, origin, title, ()) if wanted else unit
        return unit

    def _fill_from_engine(self, units: Sequence[Unit], task: _Task, route: Route) -> tuple[Unit, ...]:
        """Fill in what the engines make, one context after the other where the glossary tells them apart."""
        wanting: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            if self._wants_engine(unit, task, route):
                wanting[task.terms.narrowest(unit.key.context)].append(unit)
        if not wanting:
            return tuple(units)
        translator = self._translator(units, task)
        made: dict[UnitKey, Output] = {}
        for context, group in wanting.items():
            alike = (unit for unit in units if task.terms.narrowest(unit.key.context) == context)
            agreeing = (unit for unit in alike if not disregards_terms(unit, task.terms))
            remembered = filling.engine_outputs(agreeing, route.origin)
            worded = replace(translator, terms=find_replacements(task.terms, context))
            outputs = self._outputs(dict.fromkeys(unit.key.source for unit in group), remembered, route, worded)
            made |= {unit.key: outputs[unit.key.source] for unit in group if unit.key.source in outputs}
        return tuple(
            filling.fill_from_engine(unit, route.origin, made[unit.key].target, made[unit.key].failures)
            if unit.key in made
            else unit
            for unit in units
        )

    def _wants_engine(self, unit: Unit, task: _Task, route: Route) -> bool:
        """Tell whether an engine is to be asked; not where the segment is a term of the glossary or a known title."""
        if whole_term(unit, task.terms) is not None or self._titles.target(unit.key, task.source, task.target):
            return False
        disregards = self._retranslate and disregards_terms(unit, task.terms)
        return filling.wants_engine(unit, route.origin, retranslate=self._retranslate, disregards=disregards)

    def _translator(self, units: Sequence[Unit], task: _Task) -> Translator:
        evidence = gather_evidence(
            dict.fromkeys(unit.key.source for unit in units if not unit.retired),
            task.source.language,
            proper=self._proper,
            names=self._project.settings.do_not_translate,
        )
        return Translator(
            memory=self._memory, refuse=self._project.checks.refuse, locale=task.target, evidence=evidence
        )

    def _outputs(
        self,
        sources: Iterable[str],
        remembered: Mapping[str, tuple[str, tuple[str, ...]]],
        route: Route,
        translator: Translator,
    ) -> dict[str, Output]:
        """Return what the catalog or the memory remembers of `sources`, and what the engine makes of the rest."""
        wanted = tuple(sources)
        known = {
            source: Output(target=remembered[source][0], failures=remembered[source][1])
            for source in wanted
            if source in remembered
        }
        rest = [source for source in wanted if source not in known]
        known |= translator.recall(route, rest)
        missing = [source for source in rest if source not in known]
        if not self._ask or not missing:
            return known
        done = 0
        for use in translator.ask(route, missing):
            self.uses.append(use)
            done += use.segments
            self._project.progress(f"translate {route.origin.route}", done, len(missing))
        return known | translator.recall(route, missing)


def _finding_ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.check for finding in findings)
