"""Which engines take a text from one language to another, direct or in two steps through a pivot; and what is missing.

Example: with English→Portuguese and Portuguese→Spanish installed, an English text reaches Spanish in two steps, and
goes that way too where an engine takes it directly but is ranked lower than both steps together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import Final

from babel import Locale

from pipeline.model.locale import parse_locale, source_language, written_alike
from pipeline.model.packages import PIVOT
from pipeline.model.unit import SHOW_ENGINE, EngineOrigin
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.ranks import GIST, Ranks, chained

# What is done to a text before and after an engine: what is hidden, said in plainer words, cut, asked again. Another
# recipe makes another target with the same model, so origins name it, and an attempt that failed by an older one is
# made once more. To be raised with every change of masks, plain words or ladder that many targets owe something to.
RECIPE: Final = "r3"
# How many are tried for a source, the first included: each is asked in several ways.
MAX_ROUTES: Final = 3
MEASURED: Final = Ranks()


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
        """What a catalog says of a target that came this way: every engine, model and language, in order; the recipe.

        An engine that takes both steps is named once.
        """
        origins = [step.origin for step in self.steps]
        languages = [self.steps[0].pair.source, *(step.pair.target for step in self.steps)]
        return EngineOrigin(
            engine="+".join(dict.fromkeys(origin.engine for origin in origins)),
            model=f"{'+'.join(origin.model for origin in origins)}/{RECIPE}",
            route="→".join(languages),
        )

    def rank(self, ranks: Ranks) -> int:
        """Return how far it can be trusted, 0 to 100, the lower the better."""
        return chained(ranks.of(step.engine.name, step.pair) for step in self.steps)

    @property
    def for_show(self) -> bool:
        """Whether what comes out is no translation, only as long as one."""
        return any(step.engine.name == SHOW_ENGINE for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachablePair:
    """A pair that some route covers, what the route consists of, and its rank; the recipe is no part of it.

    `steps` are the ranks of the steps; `others` are the routes that come behind it, as far as they are tried.
    """

    pair: Pair
    origin: EngineOrigin
    rank: int
    steps: tuple[int, ...]
    others: tuple["ReachablePair", ...] = ()

    def __str__(self) -> str:
        steps = f": {', '.join(map(str, self.steps))}" if len(self.steps) > 1 else ""
        return f"{self.origin} (rank {self.rank}{steps})"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachedLocale:
    """A configured locale that no route leads to from a source language.

    `steps` are the pairs, one or both halves of a pivot, that would make a route with the engines that are there.
    """

    source: str
    locale: Locale
    steps: tuple[Pair, ...]

    def __str__(self) -> str:
        return f"{self.source}→{self.locale}"

    @property
    def remedy(self) -> str:
        """The command that supplies the steps."""
        source, target = self.steps[0].source, self.steps[-1].target
        through = f" --through {PIVOT}" if len(self.steps) > 1 else ""
        return f"polypost models install {source} {target}{through}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """A command and what it opens; without a command, what opens when both halves have come by commands before."""

    command: str
    opens: tuple[UnreachedLocale, ...]


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


def find_route(engines: Sequence[Engine], source: Locale, target: Locale, ranks: Ranks = MEASURED) -> Route | None:
    """Return the route for a pair: by rank, then the fewest steps, then the order of the configuration."""
    return next(iter(_routes(engines, source, target, ranks)), None)


def find_routes(
    engines: Sequence[Engine], source: Locale, target: Locale, ranks: Ranks = MEASURED
) -> tuple[Route, ...]:
    """Return the routes that a source may be taken over when the first fails, in order; none for show beside others.

    One that only tells what a text is about repairs nothing: of the first five sentences of the samples that went so
    from Portuguese through English three were wrong, and no check saw it.
    """
    first, *others = _routes(engines, source, target, ranks) or (None,)
    if first is None or first.for_show:
        return (first,) if first else ()
    repairing = (route for route in others if not route.for_show and route.rank(ranks) < GIST)
    return (first, *islice(repairing, MAX_ROUTES - 1))


def makes_again(engines: Sequence[Engine], origin: EngineOrigin) -> bool:
    """Tell whether the engines that are here can go every step of the route by which a target was made."""
    names = origin.engine.split("+")
    steps = [Pair(*step) for step in pairwise(origin.route.split("→"))]
    return all(any(engine.name in names and engine.covers(step) for engine in engines) for step in steps)


def _routes(engines: Sequence[Engine], source: Locale, target: Locale, ranks: Ranks) -> Sequence[Route]:
    pairs = pairs_for(source, target)
    direct = (route for pair in pairs for route in _direct_routes(engines, pair))
    pivot = (route for pair in pairs for route in _pivot_routes(engines, pair))
    return sorted(chain(direct, pivot), key=lambda route: (route.rank(ranks), len(route.steps)))


def reachable_pairs(engines: Sequence[Engine]) -> tuple[Pair, ...]:
    """Return every pair that some route covers, sorted."""
    direct = {pair for engine in engines for pair in engine.pairs()}
    through = {Pair(one.source, two.target) for one in direct for two in direct if one.target == two.source}
    return tuple(sorted(pair for pair in direct | through if pair.source != pair.target))


def list_reachable(engines: Sequence[Engine], ranks: Ranks = MEASURED) -> Iterator[ReachablePair]:
    """Yield every pair that a route covers, with that route and the next ones."""
    for pair in reachable_pairs(engines):
        routes = _routes(engines, parse_locale(pair.source), parse_locale(pair.target), ranks)[:MAX_ROUTES]
        if routes:
            first, *others = (_reachable(pair, route, ranks) for route in routes)
            yield replace(first, others=tuple(others))


def _reachable(pair: Pair, route: Route, ranks: Ranks) -> ReachablePair:
    origin = route.origin
    return ReachablePair(
        pair=pair,
        origin=replace(origin, model=origin.model.removesuffix(f"/{RECIPE}")),
        rank=route.rank(ranks),
        steps=tuple(ranks.of(step.engine.name, step.pair) for step in route.steps),
    )


def list_unreached(
    engines: Sequence[Engine], sources: Iterable[str], locales: Sequence[Locale]
) -> Iterator[UnreachedLocale]:
    """Yield the locales without a route from a source language of the postings."""
    for source in sources:
        for locale in locales:
            language = parse_locale(source)
            if not written_alike(language, locale) and find_route(engines, language, locale) is None:
                yield UnreachedLocale(source=source, locale=locale, steps=_missing_steps(engines, language, locale))


def group_by_command(unreached: Iterable[UnreachedLocale]) -> tuple[Supply, ...]:
    """Name each command once, those that supply a single step first; it opens all it says on its own."""
    by_steps: dict[tuple[Pair, ...], list[UnreachedLocale]] = {}
    for missing in unreached:
        by_steps.setdefault(missing.steps, []).append(missing)
    single = {steps for steps in by_steps if len(steps) == 1}
    halves = {steps for steps in by_steps if steps not in single and all((step,) in single for step in steps)}
    commands = sorted((steps for steps in by_steps if steps not in halves), key=len)
    supplies = [Supply(command=by_steps[steps][0].remedy, opens=tuple(by_steps[steps])) for steps in commands]
    together = tuple(missing for steps, opened in by_steps.items() if steps in halves for missing in opened)
    return (*supplies, Supply(command="", opens=together)) if together else tuple(supplies)


def _missing_steps(engines: Sequence[Engine], source: Locale, target: Locale) -> tuple[Pair, ...]:
    """Return what is missing: the pair itself to or from the pivot of the Argos index, else the halves not there yet.

    The index has hardly a package between two other languages.
    """
    if PIVOT.language in {source.language, target.language}:
        return (pairs_for(source, target)[-1],)
    there = {pair for engine in engines for pair in engine.pairs()}
    halves = (pairs_for(source, PIVOT), pairs_for(PIVOT, target))
    return tuple(pairs[-1] for pairs in halves if there.isdisjoint(pairs))


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
