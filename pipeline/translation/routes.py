"""Which engine takes a text from one language to another."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.model.unit import EngineOrigin
from pipeline.translation.engines import Engine, Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The engine and the pair that a translation goes through."""

    engine: Engine
    pair: Pair

    @property
    def origin(self) -> EngineOrigin:
        """What a catalog says of a target that came this way."""
        return EngineOrigin(engine=self.engine.name, model=self.engine.model(self.pair), route=str(self.pair))


def pair_for(source: Locale, target: Locale) -> Pair:
    """Drop script and territory: engines know languages, readers have locales."""
    return Pair(source.language, target.language)


def find_route(engines: Sequence[Engine], source: Locale, target: Locale) -> Route | None:
    """Return the first engine's route that covers the pair, in the order of the configuration; None without one."""
    pair = pair_for(source, target)
    return next((Route(engine=engine, pair=pair) for engine in engines if engine.covers(pair)), None)
