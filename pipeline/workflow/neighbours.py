"""The neighbours that units have now: what people have made of similar sources since the units were made, too."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from babel import Locale

from pipeline.catalog.neighbours import neighbour_line, word_diff
from pipeline.catalog.past_units import Match
from pipeline.model.locale import source_language
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.workflow.catalogs import CatalogName, Catalogs
from pipeline.workflow.project import Project


class Neighbour(NamedTuple):
    """A neighbour of a unit: its score, 0 to 100, what differs in its source, and all of that in a line."""

    score: int
    context: str
    source: str
    changes: str
    target: str
    line: str


Neighbours = Mapping[UnitKey, Sequence[Neighbour]]


def current_neighbours(
    project: Project, catalogs: Catalogs, language: Locale | None, locale: Locale, units: Iterable[Unit]
) -> Neighbours:
    """Return the neighbours of those units, from one language into one locale, that are still to be reviewed."""
    name = CatalogName(source_language(language), locale) if language else None
    if name is None or name not in catalogs:
        return {}
    found = project.memory.neighbours(name.source, locale, catalogs[name].accepted_once(), units)
    return {key: tuple(_neighbour(key.source, match) for match in near) for key, near in found.items()}


def _neighbour(source: str, match: Match) -> Neighbour:
    return Neighbour(
        score=int(match.score),
        context=match.unit.context,
        source=match.unit.source,
        changes=word_diff(match.unit.source, source),
        target=match.unit.target,
        line=neighbour_line(source, match),
    )
