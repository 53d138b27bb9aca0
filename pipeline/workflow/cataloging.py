"""Segments become units, units get targets, catalogs and templates are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog, read_catalog, write_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, seed_words, shipped_words, site_words
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import EngineUse, sum_uses
from pipeline.model.segment import SegmentedPosting
from pipeline.translation.memory_file import open_memory
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.targets import TargetFiller


class CatalogName(NamedTuple):
    """One source language's postings in one locale."""

    source: str
    locale: Locale

    @property
    def domain(self) -> str:
        """The file's stem."""
        return layout.POSTINGS_PREFIX + self.source


Catalogs = Mapping[CatalogName, Catalog]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """What a run did: the catalogs as they are now, how many files it wrote, the use of each engine."""

    catalogs: Catalogs
    written: int
    uses: tuple[EngineUse, ...] = ()


def update_catalogs(project: Project, intake: Intake) -> Translated:
    """Merge the postings into the catalogs; what is remembered is filled in, no engine is asked."""
    return _update(project, intake, ask=False, retranslate=False)


def translate(project: Project, intake: Intake, *, retranslate: bool = False) -> Translated:
    """Merge the postings into the catalogs and have the engines translate what nobody has yet.

    With `retranslate`, untouched targets of an engine or model that is no longer the first choice are made anew.
    """
    return _update(project, intake, ask=True, retranslate=retranslate)


def read_catalogs(project: Project, intake: Intake) -> dict[CatalogName, Catalog]:
    """Read the catalogs of the postings as they are."""
    catalogs = {}
    for source in _sources(project, intake):
        for locale in project.settings.locales:
            name = CatalogName(source, locale)
            catalog = read_catalog(layout.catalog_path(project.locales_dir, locale, name.domain))
            if catalog is not None:
                catalogs[name] = catalog
    return catalogs


def source_languages(project: Project) -> tuple[str, ...]:
    """Name the source languages that the project has catalogs of."""
    return tuple(sorted(layout.source_languages(project.locales_dir)))


def _update(project: Project, intake: Intake, *, ask: bool, retranslate: bool) -> Translated:
    catalogs: dict[CatalogName, Catalog] = {}
    with open_memory(project.memory_path) as memory:
        filler = TargetFiller(project, memory, _proper_names(intake), ask=ask, retranslate=retranslate)
        written = _update_site(project)
        for source in _sources(project, intake):
            postings = intake.by_language.get(source, ())
            written += _update_template(project, postings, source)
            for locale in project.settings.locales:
                name = CatalogName(source, locale)
                catalog = _update_catalog(project, postings, name, filler)
                if catalog is not None:
                    catalogs[name] = catalog
                    written += write_catalog(layout.catalog_path(project.locales_dir, locale, name.domain), catalog)
    return Translated(catalogs=catalogs, written=written, uses=sum_uses(filler.uses))


def _update_catalog(
    project: Project, postings: Iterable[SegmentedPosting], name: CatalogName, filler: TargetFiller
) -> Catalog | None:
    """Merge and fill one catalog; None where neither postings nor a file ask for one."""
    current = read_catalog(layout.catalog_path(project.locales_dir, name.locale, name.domain))
    incoming = layout.incoming_units(layout.for_locales(postings, (name.locale,)))
    if current is None and not incoming:
        return None
    catalog = layout.with_house_headers(current, name.source, name.locale)
    merged = merge_units(catalog.units, incoming)
    return replace(catalog, units=filler.fill(merged, parse_locale(name.source), name.locale))


def _update_template(project: Project, postings: Iterable[SegmentedPosting], source: str) -> bool:
    incoming = layout.incoming_units(layout.for_locales(postings, project.settings.locales))
    path = layout.template_path(project.locales_dir, layout.POSTINGS_PREFIX + source)
    return (bool(incoming) or path.exists()) and write_catalog(path, layout.template(source, incoming))


def _update_site(project: Project) -> int:
    """Bring the catalogs of our own words up to date; what comes with Polypost is filled in as reviewed."""
    words = site_words()
    template = layout.template(SITE_LANGUAGE, words)
    written = int(write_catalog(layout.template_path(project.locales_dir, layout.SITE_DOMAIN), template))
    for locale in project.settings.locales:
        path = layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN)
        catalog = layout.with_house_headers(read_catalog(path), SITE_LANGUAGE, locale)
        units = seed_words(merge_units(catalog.units, words), shipped_words(locale))
        written += write_catalog(path, replace(catalog, units=units))
    return written


def _proper_names(intake: Intake) -> tuple[str, ...]:
    """Name the employers and places of the postings: words that are names in a line of capitals too."""
    found: set[str] = set()
    for posting in intake.read.postings:
        found.add(posting.organization)
        found.update(location.city for location in posting.locations)
    return tuple(sorted(found))


def _sources(project: Project, intake: Intake) -> tuple[str, ...]:
    """Name the languages that postings are written in, and those whose postings are gone but whose catalogs are not."""
    return tuple(sorted(intake.by_language.keys() | layout.source_languages(project.locales_dir)))
