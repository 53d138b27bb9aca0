"""Segments become units, units get targets, catalogs and templates are written.

A run works on what is new or changed since the last one (`refreshing`), on every unit where nothing is kept of that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.entries import Entries
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog, write_catalog
from pipeline.catalog.revision import CatalogRevision, Change, revise_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, seed_words, shipped_words, site_words
from pipeline.model.outcome import sum_uses
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.shared_file import digest_of
from pipeline.translation.memory_file import open_memory
from pipeline.workflow.arriving import read_arriving
from pipeline.workflow.catalog_updates import CatalogUpdate, SourceUpdate, arriving_path, update_together
from pipeline.workflow.catalogs import CatalogName, LeftOut, Translated, catalog_path, sources_of
from pipeline.workflow.engines import reached_by_apertium_alone
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.kept_catalogs import (
    Decided,
    keep_catalog,
    look_at_catalog,
)
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.targets import TargetFiller
from pipeline.workflow.titles import Titles
from pipeline.workflow.written_versions import written_beside

APERTIUM = "apertium"
_TITLES_FILE_NAME = "titles.sqlite3"  # which occupations titles name, and the words of our pages


class _SiteWords(NamedTuple):
    """The words of pages, which are extracted from the program and from what the owner of the site brings."""

    words: tuple[Incoming, ...]


def update_catalogs(project: Project, intake: Intake) -> Translated:
    """Merge the postings into the catalogs; what is remembered is filled in, no engine is asked."""
    return _update(project, intake, ask=False, retranslate=False)


def translate(project: Project, intake: Intake, *, retranslate: bool = False) -> Translated:
    """Merge the postings into the catalogs and have the engines translate what nobody has yet.

    With `retranslate`, untouched targets of an engine or model that is no longer the first choice are made anew.
    """
    return _update(project, intake, ask=True, retranslate=retranslate)


def _update(project: Project, intake: Intake, *, ask: bool, retranslate: bool) -> Translated:
    updates: list[SourceUpdate] = []
    catalogs_of: dict[CatalogName, CatalogUpdate] = {}
    kept = open_derived(project.build_dir / _TITLES_FILE_NAME, program=digest_of_program())
    with open_memory(project.memory_path) as memory, kept as derived:
        titles = Titles(project.settings, _proper_names(intake), derived)
        filler = TargetFiller(project, memory, titles, ask=ask, retranslate=retranslate)
        project.decisions.look_for_losses(project.last_run)
        decided = Decided(project)
        words = _words_of_site(project, derived)
        site = _update_site(project, words)
        written = int(_update_site_template(project, words))
        project.progress("catalogs", 0, None)
        for source in sources_of(project, intake):
            arriving = read_arriving(intake, source, project.settings.locales, arriving_path(project, source))
            project.places.keep(source, arriving.anywhere.shared)
            updates.append(update := SourceUpdate(project, filler, source, arriving, decided, anew=retranslate))
            written += update.template()
            for locale in project.settings.locales:
                name = CatalogName(source, locale)
                beside = written_beside(intake, source, locale) if arriving.versions else {}
                catalogs_of[name] = update.catalog(catalog_path(project, name), locale, beside)
                project.memory.hold(source, locale)
        done = update_together(project, [*catalogs_of.values()])
        revisions = dict(zip(catalogs_of, project.progress.over("catalogs", done, len(catalogs_of)), strict=True))
    revised = site | {catalog_path(project, name): revision for name, revision in revisions.items()}
    catalogs = {name: revision.entries for name, revision in revisions.items() if revision.entries}
    left_out = _left_out(project, intake, catalogs.values())
    project.decisions.append(chain.from_iterable(each.found for each in catalogs_of.values()))
    for path, revision in site.items():
        if revision.entries:
            keep_catalog(project, path, revision.entries.kept(""))
    for each in catalogs_of.values():
        each.keep()
    for update in updates:
        update.keep()
    decided.keep()
    project.last_run.write()
    project.places.write()
    project.keep_findings()
    return Translated(
        catalogs=catalogs,
        digests={path: digest_of(revision.content) for path, revision in revised.items()},
        written=written + sum(revision.written for revision in revised.values()),
        uses=sum_uses(filler.uses),
        taken_over=tuple(path for path, revision in revised.items() if revision.taken_over),
        left_out=left_out,
        arrivals={name: each.arrival for name, each in catalogs_of.items()},
        anywhere={update.source: update.arriving.anywhere for update in updates},
    )


def _left_out(project: Project, intake: Intake, catalogs: Iterable[Entries]) -> LeftOut | None:
    """Tell what Apertium would do here; None where it would do nothing, or the engines are named."""
    if project.settings.names_engines or project.asked_engines:
        return None
    named = (catalog for catalog in catalogs if APERTIUM.encode() in catalog.content)
    made = (unit.provenance.engine for catalog in named for unit in catalog.units if unit.provenance)
    targets = sum(engine is not None and APERTIUM in engine.engine.split("+") for engine in made)
    alone = reached_by_apertium_alone(project.engines, sources_of(project, intake), project.settings.locales)
    return LeftOut(targets=targets, unreached=tuple(map(str, alone))) if targets or alone else None


def revise(project: Project, path: Path, change: Change) -> CatalogRevision:
    """Change a catalog, unless work has gone from it since the last run.

    What is kept of it stays: the next run looks at what is changed now.
    """
    look = partial(look_at_catalog, project, path)
    return revise_catalog(path, change, alone_in_folder=project.locales_dir, look=look)


def _words_of_site(project: Project, derived: Derived) -> tuple[Incoming, ...]:
    own = project.settings.site
    return derived.make(_SiteWords, own.digest.encode(), lambda: _SiteWords(site_words(own))).words


def _update_site_template(project: Project, words: Sequence[Incoming]) -> bool:
    path = layout.template_path(project.locales_dir, layout.SITE_DOMAIN)
    return write_catalog(path, layout.template(SITE_LANGUAGE, words))


def _update_site(project: Project, words: tuple[Incoming, ...]) -> dict[Path, CatalogRevision]:
    """Bring the catalogs of our own words up to date; what comes with Polypost is filled in as reviewed."""
    revisions = {}
    for locale in project.settings.locales:
        path = layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN)
        revisions[path] = revise(project, path, partial(_with_site_words, words=words, locale=locale))
    return revisions


def _with_site_words(current: Catalog | None, *, words: tuple[Incoming, ...], locale: Locale) -> Catalog:
    """Bring the `site` catalog of a project up to date; what comes with Polypost is filled in."""
    catalog = layout.with_house_headers(current, SITE_LANGUAGE, locale)
    merged = merge_units(catalog.units, words)
    return replace(catalog, units=seed_words(merged, shipped_words(locale), catalog.plural_rule))


def _proper_names(intake: Intake) -> tuple[str, ...]:
    """Name the employers and places of the postings: words that are names in a line of capitals too."""
    found: set[str] = set()
    for outline in intake.outlines:
        found.update((outline.organization, *outline.cities))
    return tuple(sorted(found))
