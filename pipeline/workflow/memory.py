"""What people have translated before, here or elsewhere: shown beside new units, exchanged with other tools as TMX.

The memory of a pair of languages is what was reviewed in its catalogs, those of our own words and of other regions
too, and what was imported. It is put together when the first new unit asks for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.imported_file import ImportedFile, imported_files, read_imported
from pipeline.catalog.neighbours import wants_neighbours
from pipeline.catalog.past_units import Match, PastUnit, PastUnits, past_units
from pipeline.catalog.po_file import Catalog, catalog_errors, parse_content, read_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE
from pipeline.model.locale import parse_locale, written_alike
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.storage.shared_file import read_shared_file
from pipeline.workflow.run import Run


class ProjectMemory:
    """The memory of a project; each file is read once, when something asks for it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._read: dict[Path, tuple[PastUnit, ...]] = {}
        self._imported: dict[tuple[str, Locale], PastUnits] = {}
        self._held: dict[Path, bytes | None] = {}

    def hold(self, source: str, locale: Locale) -> None:
        """Hold what the other catalogs of the pair contain now, so that writing them changes nothing of the memory."""
        for path in self._other_catalogs(source, locale):
            if path.stem != layout.SITE_DOMAIN and path not in self._held:
                self._held[path] = read_shared_file(path)

    def past(self, source: str, locale: Locale, units: Iterable[Unit]) -> PastUnits:
        """Return the past units from a source language into a locale; `units` are those of its own catalog."""
        return PastUnits(chain(past_units(units), self._elsewhere(source, locale)))

    def offers(self, source: str, locale: Locale) -> Callable[[str], Mapping[str, UnitKey]]:
        """Return what gives the imported targets of a source that are for this very locale, or for no region."""

        def offered(text: str) -> Mapping[str, UnitKey]:
            if (source, locale) not in self._imported:
                files = (file for file in self._imported_into(source, locale) if _same_region(file.locale, locale))
                self._imported[source, locale] = PastUnits(chain.from_iterable(self._of(file.path) for file in files))
            return {unit.target: unit.key for unit in self._imported[source, locale].exact(text)}

        return offered

    def neighbours(
        self, source: str, locale: Locale, units: Iterable[Unit], wanted: Iterable[Unit]
    ) -> dict[UnitKey, tuple[Match, ...]]:
        """Return the neighbours that the `wanted` ones of a catalog's units have now, if they are to be reviewed."""
        asking = [unit for unit in wanted if wants_neighbours(unit)]
        if not asking:
            return {}
        found = self.past(source, locale, units).nearest([unit.key.source for unit in asking])
        return {unit.key: near for unit, near in zip(asking, found, strict=True)}

    def _elsewhere(self, source: str, locale: Locale) -> Iterator[PastUnit]:
        """Yield what was reviewed in other catalogs of the pair, of this locale first, and what was imported for it."""
        for path in self._other_catalogs(source, locale):
            yield from self._of(path)
        for file in self._imported_into(source, locale):
            yield from self._of(file.path)

    def _other_catalogs(self, source: str, locale: Locale) -> Iterator[Path]:
        written = parse_locale(source)
        domains = [layout.POSTINGS_PREFIX + name for name in sorted(layout.source_languages(self._run.locales_dir))]
        alike = [name for name in domains if parse_locale(name.partition(".")[2]).language == written.language]
        if written.language == SITE_LANGUAGE:
            alike.append(layout.SITE_DOMAIN)
        others = [each for each in self._run.settings.locales if written_alike(each, locale)]
        for other in sorted(others, key=lambda each: each != locale):
            for domain in alike:
                if (domain, other) != (layout.POSTINGS_PREFIX + source, locale):
                    yield layout.catalog_path(self._run.locales_dir, other, domain)

    def _imported_into(self, source: str, locale: Locale) -> list[ImportedFile]:
        written = parse_locale(source)
        found = imported_files(self._run.locales_dir)
        of_pair = (each for each in found if each.source.language == written.language)
        alike = (each for each in of_pair if written_alike(each.locale, locale))
        return sorted(alike, key=lambda each: (each.locale != locale, each.path))

    def _of(self, path: Path) -> tuple[PastUnit, ...]:
        if path not in self._read:
            if path.suffix == ".po":
                catalog = self._catalog(path)
                units = catalog.units if catalog else ()
                if path.stem == layout.SITE_DOMAIN:  # where a draft waits for nobody to be shown
                    units = tuple(unit for unit in units if not unit.draft)
                self._read[path] = tuple(past_units(units))
            else:
                self._read[path] = read_imported(path)
        return self._read[path]

    def _catalog(self, path: Path) -> Catalog | None:
        if path not in self._held:
            return read_catalog(path)
        with catalog_errors(path):
            return parse_content(self._held[path], path)


def _same_region(first: Locale, second: Locale) -> bool:
    """Tell whether what is written for one locale can be offered in the other as it stands."""
    return first.territory == second.territory or None in {first.territory, second.territory}
