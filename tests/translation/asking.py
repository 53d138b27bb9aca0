"""Sources asked for and recalled by their text alone, on one route."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.model.outcome import EngineUse
from pipeline.model.segment import UnitKey
from pipeline.translation.ladder import Output
from pipeline.translation.routes import Route
from pipeline.translation.translator import Translator


def ask(one: Translator, route: Route, sources: Iterable[str]) -> list[EngineUse]:
    """Have sources translated; return what was asked."""
    uses: list[EngineUse] = []
    one.translate([route], [UnitKey("offer", source) for source in sources], uses.append)
    return uses


def recall(one: Translator, route: Route, sources: Iterable[str]) -> dict[str, Output]:
    """Return what is remembered of sources, without the origin, which is the route's."""
    outputs = one.recall([route], [UnitKey("offer", source) for source in sources])
    return {key.source: replace(output, origin=None) for key, output in outputs.items()}
