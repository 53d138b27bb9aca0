"""Units get targets: memory, then engine, then checks; each source once per engine, model and route."""

from collections.abc import Iterable, Mapping, Sequence

from babel import Locale

from pipeline.catalog import filling
from pipeline.model.finding import Finding
from pipeline.model.outcome import EngineUse
from pipeline.model.spans import is_untranslatable
from pipeline.model.unit import Unit, UnitState
from pipeline.translation.lettering import gather_evidence
from pipeline.translation.memory_file import MemoryFile
from pipeline.translation.routes import Route, find_route
from pipeline.translation.translator import Output, Translator
from pipeline.workflow.project import Project


class TargetFiller:
    """Fills the units of one catalog after the other; `uses` tells what the engines were asked.

    `proper` are names that postings mention: employers and places.
    """

    def __init__(
        self, project: Project, memory: MemoryFile, proper: Iterable[str] = (), *, ask: bool, retranslate: bool
    ) -> None:
        self._project = project
        self._memory = memory
        self._proper = proper
        self._ask = ask
        self._retranslate = retranslate
        self.uses: list[EngineUse] = []

    def fill(self, units: Sequence[Unit], source: Locale, target: Locale) -> tuple[Unit, ...]:
        """Return the units with targets where they want one, and with the findings about what is unreviewed."""
        copied = [self._copy(unit, f"{source.language}→{target.language}") for unit in units]
        offered = filling.fill_from_reviewed(copied)
        route = find_route(self._project.engines, source, target)
        filled = self._fill_from_engine(offered, route, source, target) if route else offered
        checker = self._project.checks.of(source, target)
        return tuple(filling.note_findings(unit, _finding_ids(checker.findings(unit))) for unit in filled)

    def _copy(self, unit: Unit, route: str) -> Unit:
        wanted = unit.state is UnitState.UNTRANSLATED
        names = self._project.settings.do_not_translate
        return filling.fill_by_rule(unit, route) if wanted and is_untranslatable(unit.key.source, names) else unit

    def _fill_from_engine(
        self, units: Sequence[Unit], route: Route, source: Locale, target: Locale
    ) -> tuple[Unit, ...]:
        origin = route.origin
        wanting = [unit for unit in units if filling.wants_engine(unit, origin, retranslate=self._retranslate)]
        if not wanting:
            return tuple(units)
        translator = self._translator(units, source, target)
        told = filling.engine_outputs(units, origin)
        outputs = self._outputs(dict.fromkeys(unit.key.source for unit in wanting), told, route, translator)
        chosen = {unit.key for unit in wanting if unit.key.source in outputs}
        return tuple(
            filling.fill_from_engine(unit, origin, outputs[unit.key.source].target, outputs[unit.key.source].failures)
            if unit.key in chosen
            else unit
            for unit in units
        )

    def _translator(self, units: Sequence[Unit], source: Locale, target: Locale) -> Translator:
        evidence = gather_evidence(
            dict.fromkeys(unit.key.source for unit in units if not unit.retired),
            source.language,
            proper=self._proper,
            names=self._project.settings.do_not_translate,
        )
        return Translator(memory=self._memory, refuse=self._project.checks.refuse, locale=target, evidence=evidence)

    def _outputs(
        self,
        sources: Iterable[str],
        told: Mapping[str, tuple[str, tuple[str, ...]]],
        route: Route,
        translator: Translator,
    ) -> dict[str, Output]:
        """Return what the catalog or the memory remembers of `sources`, and what the engine makes of the rest."""
        wanted = tuple(sources)
        known = {
            source: Output(target=told[source][0], failures=told[source][1]) for source in wanted if source in told
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
