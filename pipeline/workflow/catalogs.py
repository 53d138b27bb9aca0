"""The catalogs of a project as they stand: which there are, how they are read, and what a run made of them.

Nothing is merged or translated here, so that a command that only looks loads none of what does that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.entries import Entries
from pipeline.catalog.filling import fill_by_rule
from pipeline.catalog.po_file import Catalog
from pipeline.language.spans import is_untranslatable
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import EngineUse
from pipeline.storage.shared_file import digest_of, read_shared_file
from pipeline.workflow.arriving import Arrival
from pipeline.workflow.decisions import CatalogDecisions
from pipeline.workflow.kept_catalogs import open_entries, open_settled_entries
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake


class CatalogName(NamedTuple):
    """One source language's postings in one locale."""

    source: str
    locale: Locale

    @property
    def domain(self) -> str:
        """The file's stem."""
        return layout.POSTINGS_PREFIX + self.source


Catalogs = Mapping[CatalogName, Entries]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The catalogs of the postings as one state: what is published of a run is made of these and of nothing later.

    `digests` tell what each file held, those of our own words too.
    """

    catalogs: Catalogs
    digests: Mapping[Path, str]

    def changed_since(self) -> tuple[Path, ...]:
        """Return the files that hold something else now: somebody has saved them since."""
        return tuple(path for path, digest in self.digests.items() if digest_of(read_shared_file(path)) != digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What Apertium would do for a project whose configuration names no engines: version 0.1 used it then.

    `targets` are those of it that stand in the catalogs, `unreached` the ways that no other engine takes.
    """

    targets: int
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated(Read):
    """What a run did: how many files it wrote, the use of each engine, the files that people saved meanwhile.

    `left_out` tells that Apertium is no longer used, `arrivals` what postings brought to each catalog, `anywhere` what
    those of a source language brought to any.
    """

    written: int
    uses: tuple[EngineUse, ...] = ()
    taken_over: tuple[Path, ...] = ()
    left_out: LeftOut | None = None
    arrivals: Mapping[CatalogName, Arrival]
    anywhere: Mapping[str, Arrival]


def read_catalogs(project: Project, intake: Intake, only: Locale | None = None) -> dict[CatalogName, Entries]:
    """Read the catalogs of the postings as they are, to look at them; of one locale `only`, if it is given."""
    names = (name for name in names_of(project, intake) if only in (None, name.locale))
    found = ((name, open_entries(project, catalog_path(project, name))) for name in names)
    return {name: _restored(project, name, entries) for name, entries in found if entries is not None}


def read_catalogs_to_publish(project: Project, intake: Intake) -> Read:
    """Read the catalogs of the postings; a cut one is waited for, then refused.

    Raises CatalogError for a file that cannot be read, LostWorkError for one that has lost reviews.
    """
    catalogs: dict[CatalogName, Entries] = {}
    digests: dict[Path, str] = {}
    for name in names_of(project, intake):
        path = catalog_path(project, name)
        entries, content = open_settled_entries(project, path)
        if entries is not None:
            catalogs[name], digests[path] = _restored(project, name, entries), digest_of(content)
    return Read(catalogs=catalogs, digests=digests)


def _restored(project: Project, name: CatalogName, entries: Entries) -> Entries:
    if entries.rested:
        return entries
    restored = restore_catalog(project, name, entries.catalog)
    return entries if restored == entries.catalog else Entries.of(restored)


def restore_catalog(project: Project, name: CatalogName, catalog: Catalog) -> Catalog:
    """Return a catalog with what other tools have taken from it, as far as no engine has to be asked for that."""
    record, names = project.decisions, project.settings.do_not_translate
    route = f"{parse_locale(name.source).language}→{name.locale.language}"
    units = CatalogDecisions(record, name.locale).restore(catalog.units)
    return replace(
        catalog,
        units=tuple(
            fill_by_rule(unit, route)
            if record.is_unsigned_copy(unit, name.locale) and is_untranslatable(unit.key.source, names)
            else unit
            for unit in units
        ),
    )


def catalog_path(project: Project, name: CatalogName) -> Path:
    """Return where a catalog of the project lies."""
    return layout.catalog_path(project.locales_dir, name.locale, name.domain)


def source_languages(project: Project) -> tuple[str, ...]:
    """Name the source languages that the project has catalogs of."""
    return tuple(sorted(layout.source_languages(project.locales_dir)))


def sources_of(project: Project, intake: Intake) -> tuple[str, ...]:
    """Name the languages that postings are written in, and those whose postings are gone but whose catalogs are not."""
    return tuple(sorted(intake.by_language.keys() | layout.source_languages(project.locales_dir)))


def names_of(project: Project, intake: Intake) -> Iterator[CatalogName]:
    """Yield the catalogs that the project has or may have, in their order."""
    for source in sources_of(project, intake):
        yield from (CatalogName(source, locale) for locale in project.settings.locales)
