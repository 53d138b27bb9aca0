"""Units get targets: memory, then engine, then checks; each source once per engine, model and route."""

from collections.abc import Iterable, Sequence

from babel import Locale

from pipeline.catalog import filling
from pipeline.model.outcome import EngineUse
from pipeline.model.unit import Unit
from pipeline.translation.memory_file import MemoryFile
from pipeline.translation.routes import Route, find_route
from pipeline.translation.translator import Output, Translator
from pipeline.workflow.project import Project


class TargetFiller:
    """Fills the units of one catalog after the other; `uses` tells what the engines were asked."""

    def __init__(self, project: Project, memory: MemoryFile, *, ask: bool, retranslate: bool) -> None:
        self._project = project
        self._translator = Translator(memory=memory, refuse=project.refuse, names=project.settings.do_not_translate)
        self._ask = ask
        self._retranslate = retranslate
        self.uses: list[EngineUse] = []

    def fill(self, units: Sequence[Unit], source: Locale, target: Locale) -> tuple[Unit, ...]:
        """Return the units with targets where they want one, and with the findings about what is unreviewed."""
        offered = filling.fill_from_reviewed(units)
        route = find_route(self._project.engines, source, target)
        filled = self._fill_from_engine(offered, route) if route else offered
        return tuple(filling.note_findings(unit, self._finding_ids(unit)) for unit in filled)

    def _fill_from_engine(self, units: Sequence[Unit], route: Route) -> tuple[Unit, ...]:
        origin = route.origin
        wanting = [unit for unit in units if filling.wants_engine(unit, origin, retranslate=self._retranslate)]
        outputs = self._outputs(dict.fromkeys(unit.key.source for unit in wanting), units, route)
        chosen = {unit.key for unit in wanting if unit.key.source in outputs}
        return tuple(
            filling.fill_from_engine(unit, origin, outputs[unit.key.source].target, outputs[unit.key.source].failures)
            if unit.key in chosen
            else unit
            for unit in units
        )

    def _outputs(self, sources: Iterable[str], units: Sequence[Unit], route: Route) -> dict[str, Output]:
        """Return what the catalog or the memory remembers of `sources`, and what the engine makes of the rest."""
        told = filling.engine_outputs(units, route.origin)
        wanted = tuple(sources)
        known = {
            source: Output(target=told[source][0], failures=told[source][1]) for source in wanted if source in told
        }
        rest = [source for source in wanted if source not in known]
        known |= self._translator.recall(route, rest)
        missing = [source for source in rest if source not in known]
        if not self._ask or not missing:
            return known
        done = 0
        for use in self._translator.ask(route, missing):
            self.uses.append(use)
            done += use.segments
            self._project.progress(f"translate {route.origin.route}", done, len(missing))
        return known | self._translator.recall(route, missing)

    def _finding_ids(self, unit: Unit) -> tuple[str, ...]:
        return tuple(finding.check for finding in self._project.findings(unit))
