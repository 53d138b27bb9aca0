"""Which engines take a text from one language to another: direct, or in two steps through a pivot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.model.locale import source_language
from pipeline.model.unit import EngineOrigin
from pipeline.translation.engines import Engine, Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One engine and the pair that it translates."""

    engine: Engine
    pair: Pair

    @property
    def origin(self) -> EngineOrigin:
        """What the memory keeps the output of this step under."""
        return EngineOrigin(engine=self.engine.name, model=self.engine.model(self.pair), route=str(self.pair))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The steps that a translation goes through: one, or two that meet in a pivot language."""

    steps: tuple[Step, ...]

    @property
    def origin(self) -> EngineOrigin:
        """What a catalog says of a target that came this way: every engine, model and language, in order.

        An engine that takes both steps is named once.
        """
        origins = [step.origin for step in self.steps]
        languages = [self.steps[0].pair.source, *(step.pair.target for step in self.steps)]
        return EngineOrigin(
            engine="+".join(dict.fromkeys(origin.engine for origin in origins)),
            model="+".join(origin.model for origin in origins),
            route="→".join(languages),
        )


def pairs_for(source: Locale, target: Locale) -> tuple[Pair, ...]:
    """Return the pairs that serve a locale, the nearest first: engines know languages, few know a territory.

    The script is dropped only where it is the usual one: Simplified Chinese is no stand-in for Traditional.

    >>> pairs_for(Locale("en"), Locale("pt", "BR"))
    (Pair(source='en', target='pt_BR'), Pair(source='en', target='pt'))
    >>> pairs_for(Locale("en"), Locale("zh", script="Hant"))
    (Pair(source='en', target='zh_Hant'),)
    """
    targets = dict.fromkeys((str(target), source_language(target)))
    return tuple(Pair(source_language(source), language) for language in targets)


def find_route(engines: Sequence[Engine], source: Locale, target: Locale) -> Route | None:
    """Return the route for a pair: direct before pivot, then the order of the configuration; None without one."""
    pairs = pairs_for(source, target)
    direct = (route for pair in pairs for route in _direct_routes(engines, pair))
    pivot = (route for pair in pairs for route in _pivot_routes(engines, pair))
    return next(direct, None) or next(pivot, None)


def reachable_pairs(engines: Sequence[Engine]) -> tuple[Pair, ...]:
    """Return every pair that some route covers, sorted."""
    direct = {pair for engine in engines for pair in engine.pairs()}
    through = {Pair(one.source, two.target) for one in direct for two in direct if one.target == two.source}
    return tuple(sorted(pair for pair in direct | through if pair.source != pair.target))


def _direct_routes(engines: Sequence[Engine], pair: Pair) -> Iterator[Route]:
    return (Route(steps=(Step(engine=engine, pair=pair),)) for engine in engines if engine.covers(pair))


def _pivot_routes(engines: Sequence[Engine], pair: Pair) -> Iterator[Route]:
    """Yield the routes through one pivot: in the order of the first engine, then of the second, then of the pivots."""
    for first in engines:
        for second in engines:
            pivots = sorted({one.target for one in first.pairs() if one.source == pair.source} - {pair.target})
            for pivot in pivots:
                if second.covers(Pair(pivot, pair.target)):
                    one = Step(engine=first, pair=Pair(pair.source, pivot))
                    yield Route(steps=(one, Step(engine=second, pair=Pair(pivot, pair.target))))
