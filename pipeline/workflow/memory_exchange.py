"""The memory goes out as TMX and comes in from other tools' TMX; what comes in is offered and shown, not reviewed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from babel import Locale

from pipeline import __version__
from pipeline.catalog.exchange.tmx import TmxMistake, TmxUnit, parse_tmx, serialize_tmx
from pipeline.catalog.filling import fill_from_people
from pipeline.catalog.imported_file import IMPORTED, add_imported, imported_path
from pipeline.catalog.past_units import PastUnit, is_past
from pipeline.catalog.po_file import Catalog
from pipeline.errors import UnreadableFileError
from pipeline.model.locale import source_language, written_alike
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit, UnitState
from pipeline.storage.files import read_regular, write_lines_if_changed
from pipeline.workflow.build import copied
from pipeline.workflow.cataloging import revise
from pipeline.workflow.maintenance import CatalogFile, catalog_files
from pipeline.workflow.project import Project

# A larger file would be a mistake: a memory of a million sentences has 400 MB.
MAX_TMX_BYTES = 1 << 29
# What an export of ours says of targets that nobody has reviewed: the memory is what people said.
_UNREVIEWED = frozenset({UnitState.UNTRANSLATED.value, UnitState.NEEDS_REVIEW.value})
_Pair = tuple[str, Locale]


def export_memory(project: Project, path: Path, locales: Collection[Locale], *, unreviewed: bool) -> int:
    """Write what was reviewed in the catalogs of postings of some locales; return how many units that are.

    `unreviewed` targets are written too if they are wanted, each unit with its state. Equal pairs of texts are one
    unit. Raises FileError if the file cannot be written.
    """
    units = list(dict.fromkeys(_exported(project, locales, unreviewed=unreviewed)))
    sources = {unit.source_locale for unit in units}
    one = next(iter(sources)) if len(sources) == 1 else None
    write_lines_if_changed(path, lambda: serialize_tmx(units, __version__, one))
    return len(units)


def _exported(project: Project, locales: Collection[Locale], *, unreviewed: bool) -> Iterator[TmxUnit]:
    for file in catalog_files(project):
        if not file.of_postings or file.locale not in locales:
            continue
        for unit in file.catalog.units:
            if is_past(unit) or (unreviewed and _is_draft(unit)):
                yield TmxUnit(
                    source_locale=file.source,
                    locale=file.locale,
                    source=unit.key.source,
                    target=unit.target,
                    context=unit.key.context,
                    state=unit.state.value if unreviewed else "",
                )


def _is_draft(unit: Unit) -> bool:
    wanted = unit.translated and unit.doubtful and not unit.retired and unit.target != DELIBERATELY_EMPTY
    return wanted and not unit.extras.plural_source and not unit.for_show


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file: how many units it has, of those `used` by a configured locale, and `new` in the memory.

    `filled` are units without a target that it gave one, to be reviewed.
    """

    units: int
    used: int
    new: int
    filled: int
    mistakes: tuple[TmxMistake, ...]


def import_memory(project: Project, path: Path) -> Imported:
    """Keep the translations of a file for the memory, and offer its exact matches where there is no target.

    Raises UnreadableFileError if it cannot be read, FileError if the memory cannot be written.
    """
    parsed = parse_tmx(_content(path))
    by_pair: dict[_Pair, list[PastUnit]] = defaultdict(list)
    for unit in parsed.units:
        if unit.state not in _UNREVIEWED and any(
            written_alike(unit.locale, locale) for locale in project.settings.locales
        ):
            pair = source_language(unit.source_locale), unit.locale
            by_pair[pair].append(PastUnit(IMPORTED, unit.source, unit.target))
    new = sum(add_imported(imported_path(project.locales_dir, *pair), units) for pair, units in by_pair.items())
    return Imported(
        units=len(parsed.units),
        used=sum(map(len, by_pair.values())),
        new=new,
        filled=_fill(project) if by_pair else 0,
        mistakes=parsed.mistakes,
    )


def preview_import(project: Project, path: Path) -> Imported:
    """Tell what an import would do; nothing of it is kept."""
    with copied(project) as copy:
        return import_memory(copy, path)


def _content(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_TMX_BYTES)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or "cannot be read") from error


def _fill(project: Project) -> int:
    """Offer what was imported in every catalog of postings; return how many units got a target."""
    files = [file for file in catalog_files(project) if file.of_postings]
    filled = sum(_fill_catalog(project, file) for file in files)
    project.last_run.write()
    return filled


def _fill_catalog(project: Project, file: CatalogFile) -> int:
    offers = project.memory.offers(source_language(file.source), file.locale)
    filled = 0

    def changed(current: Catalog | None) -> Catalog | None:
        nonlocal filled
        if current is None:
            return None
        units = fill_from_people(current.units, {}, offers)
        filled = sum(after is not before for after, before in zip(units, current.units, strict=True))
        return replace(current, units=units)

    revise(project, file.path, changed)
    return filled
