"""Segments become units, units get targets, catalogs and templates are written.

A run works on what is new or changed since the last one (`refreshing`), on every unit where nothing is kept of that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.entries import Entries, Rest
from pipeline.catalog.merge import Incoming, merge_units
from pipeline.catalog.parallel import parallel_segments
from pipeline.catalog.po_file import Catalog, write_catalog, write_content
from pipeline.catalog.revision import CatalogRevision, Change, revise_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, seed_words, shipped_words, site_words
from pipeline.catalog.splicing import Found
from pipeline.model.locale import parse_locale, source_language, written_alike
from pipeline.model.outcome import EngineUse, sum_uses
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.storage.derived import open_derived
from pipeline.storage.last_run import name_from
from pipeline.storage.shared_file import digest_of, read_shared_file
from pipeline.translation.memory_file import open_memory
from pipeline.workflow.arriving import Arrival, Arriving, Segments, read_arriving
from pipeline.workflow.engines import reached_by_apertium_alone
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.kept_catalogs import (
    FOLDER,
    find_kept_catalog,
    keep_catalog,
    look_at_catalog,
    look_for_losses,
    open_entries,
    open_settled_entries,
)
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.refreshing import Across, Refresh, refresh_template
from pipeline.workflow.targets import Beside, Filled, TargetFiller
from pipeline.workflow.titles import Titles

APERTIUM = "apertium"
_TITLES_FILE_NAME = "titles.sqlite3"  # which occupations titles name


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

    `left_out` tells that Apertium is no longer used, `arrivals` what postings brought to each catalog.
    """

    written: int
    uses: tuple[EngineUse, ...] = ()
    taken_over: tuple[Path, ...] = ()
    left_out: LeftOut | None = None
    arrivals: Mapping[CatalogName, Arrival]


def update_catalogs(project: Project, intake: Intake) -> Translated:
    """Merge the postings into the catalogs; what is remembered is filled in, no engine is asked."""
    return _update(project, intake, ask=False, retranslate=False)


def translate(project: Project, intake: Intake, *, retranslate: bool = False) -> Translated:
    """Merge the postings into the catalogs and have the engines translate what nobody has yet.

    With `retranslate`, untouched targets of an engine or model that is no longer the first choice are made anew.
    """
    return _update(project, intake, ask=True, retranslate=retranslate)


def read_catalogs(project: Project, intake: Intake, only: Locale | None = None) -> dict[CatalogName, Entries]:
    """Read the catalogs of the postings as they are, to look at them; of one locale `only`, if it is given."""
    names = (name for name in _names(project, intake) if only in (None, name.locale))
    found = ((name, open_entries(project, catalog_path(project, name))) for name in names)
    return {name: entries for name, entries in found if entries is not None}


def read_catalogs_to_publish(project: Project, intake: Intake) -> Read:
    """Read the catalogs of the postings; a cut one is waited for, then refused.

    Raises CatalogError for a file that cannot be read, LostWorkError for one that has lost reviews.
    """
    catalogs: dict[CatalogName, Entries] = {}
    digests: dict[Path, str] = {}
    for name in _names(project, intake):
        path = catalog_path(project, name)
        entries, content = open_settled_entries(project, path)
        if entries is not None:
            catalogs[name], digests[path] = entries, digest_of(content)
    return Read(catalogs=catalogs, digests=digests)


def catalog_path(project: Project, name: CatalogName) -> Path:
    """Return where a catalog of the project lies."""
    return layout.catalog_path(project.locales_dir, name.locale, name.domain)


def source_languages(project: Project) -> tuple[str, ...]:
    """Name the source languages that the project has catalogs of."""
    return tuple(sorted(layout.source_languages(project.locales_dir)))


def _update(project: Project, intake: Intake, *, ask: bool, retranslate: bool) -> Translated:
    revisions: dict[CatalogName, CatalogRevision] = {}
    arrivals: dict[CatalogName, Arrival] = {}
    kept = open_derived(project.build_dir / _TITLES_FILE_NAME, program=digest_of_program())
    with open_memory(project.memory_path) as memory, kept as derived:
        titles = Titles(project.settings, _proper_names(intake), derived)
        filler = TargetFiller(project, memory, titles, ask=ask, retranslate=retranslate)
        revised = _update_site(project)
        written = int(_update_site_template(project))
        for source in project.progress.over("catalogs", [*_sources(project, intake)]):
            arriving = read_arriving(intake, source, project.settings.locales, _arriving_path(project, source))
            update = _Update(project, filler, source, arriving, anew=retranslate)
            written += update.template()
            for locale in project.settings.locales:
                name = CatalogName(source, locale)
                beside = _written_beside(project, intake, name) if arriving.versions else {}
                revisions[name], arrivals[name] = update.catalog(name, beside), arriving.of(locale)
            arriving.keep(_arriving_path(project, source))
    revised |= {catalog_path(project, name): revision for name, revision in revisions.items()}
    catalogs = {name: revision.entries for name, revision in revisions.items() if revision.entries}
    left_out = _left_out(project, intake, catalogs.values())
    project.last_run.write()
    project.checks.keep()
    return Translated(
        catalogs=catalogs,
        digests={path: digest_of(done.content) for path, done in revised.items()},
        written=written + sum(done.written for done in revised.values()),
        uses=sum_uses(filler.uses),
        taken_over=tuple(path for path, done in revised.items() if done.taken_over),
        left_out=left_out,
        arrivals=arrivals,
    )


def _left_out(project: Project, intake: Intake, catalogs: Iterable[Entries]) -> LeftOut | None:
    """Tell what Apertium would do here; None where it would do nothing, or the engines are named."""
    if project.settings.names_engines or project.asked_engines:
        return None
    named = (catalog for catalog in catalogs if APERTIUM.encode() in catalog.content)
    made = (unit.provenance.engine for catalog in named for unit in catalog.units if unit.provenance)
    targets = sum(engine is not None and APERTIUM in engine.engine.split("+") for engine in made)
    alone = reached_by_apertium_alone(project.engines, _sources(project, intake), project.settings.locales)
    return LeftOut(targets=targets, unreached=tuple(map(str, alone))) if targets or alone else None


@dataclass(frozen=True, kw_only=False)
class _Update:
    """Brings the template and the catalogs of one source language up to date; `anew` looks at every unit."""

    project: Project
    filler: TargetFiller
    source: str
    arriving: Arriving
    _: KW_ONLY
    anew: bool

    def catalog(self, name: CatalogName, written: Mapping[UnitKey, str]) -> CatalogRevision:
        """Merge and fill one catalog; there is none where neither postings nor a file ask for one."""
        project, path = self.project, catalog_path(self.project, name)
        source, arrival = parse_locale(name.source), self.arriving.of(name.locale)
        housed = partial(layout.with_house_headers, source=name.source, locale=name.locale)
        checker = project.checks.of(source, name.locale)
        kept = find_kept_catalog(project, path)
        grounds = self._grounds(path, source, name.locale, written)
        waiting: frozenset[UnitKey] = frozenset()

        def changed(current: Catalog | None) -> Catalog | None:
            nonlocal waiting
            every = arrival.all
            if current is None and not every.units:
                return None
            catalog = housed(current)
            merged = merge_units(catalog.units, every.units)
            sources = [unit.key.source for unit in merged if not unit.retired]
            beside = Beside(written=written, hints=every.hints, sources=lambda: sources)
            filled = self.filler.fill(merged, source, name.locale, beside)
            waiting = filled.waiting
            return replace(catalog, units=filled.units)

        def fill(units: Sequence[Unit], segments: Segments, across: Across) -> Filled:
            beside = Beside(written=written, hints=segments.hints, sources=lambda: arrival.sources, across=across)
            return self.filler.fill(units, source, name.locale, beside)

        def look(found: Found) -> None:
            if kept is not None and found.entries.rows is not kept.rows:
                look_for_losses(project, path, kept, partial(lambda: found.entries.positions))

        known = kept and kept.grounds == grounds and kept.arrival == self.arriving.digest_before and not self.anew
        refresh = (
            Refresh(kept=kept, arrival=arrival, names=self._names, checker=checker, housed=housed, fill=fill, look=look)
            if kept and known
            else None
        )
        done = revise_catalog(
            path,
            changed,
            alone_in_folder=project.locales_dir,
            look=partial(look_at_catalog, project, path),
            splice=refresh or _not_spliced,
            rested=lambda: Rest(waiting, checker.spoken),
        )
        if done.entries:
            rests = "" if done.taken_over else grounds
            resting = done.entries.kept(rests, self.arriving.digest, self._names)
            if resting != kept:
                keep_catalog(project, path, resting)
        return done

    def template(self) -> bool:
        """Write the segments of the postings without targets; tell whether that changed anything."""
        project, arrival = self.project, self.arriving.anywhere
        path = layout.template_path(project.locales_dir, layout.POSTINGS_PREFIX + self.source)
        kept = find_kept_catalog(project, path)
        grounds = digest_of_program()
        entries: Entries | None = None
        content = read_shared_file(path)
        if kept and content and kept.grounds == grounds and kept.arrival == self.arriving.digest_before:
            entries = refresh_template(content, kept, arrival, partial(layout.template, self.source))
        if entries is None:
            if content is None and not arrival.users:
                return False
            entries = Entries.of(layout.template(self.source, arrival.all.units))
        resting = entries.kept(grounds, self.arriving.digest)
        if resting != kept:
            keep_catalog(project, path, resting)
        return write_content(path, entries.content)

    @cached_property
    def _names(self) -> str:
        return sha256("\0".join(self.filler.proper).encode("utf-8", "surrogatepass")).hexdigest()

    def _grounds(self, path: Path, source: Locale, locale: Locale, written: Mapping[UnitKey, str]) -> str:
        """Return a digest of what decides what becomes of units, but for the postings and their names."""
        place = name_from(self.project.build_dir, path)
        texts = (digest_of_program(), place, self.filler.grounds(source, locale), sorted(written.items()))
        return sha256(repr(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _arriving_path(project: Project, source: str) -> Path:
    return project.build_dir / FOLDER / f"arriving.{source}"


def _not_spliced(_content: bytes) -> None:
    return None


def _written_beside(project: Project, intake: Intake, name: CatalogName) -> dict[UnitKey, str]:
    """Return what people wrote for segments in the versions of postings in this locale."""
    found: dict[UnitKey, str] = {}
    for number, outline in enumerate(intake.outlines):
        if not outline.separate or outline.language is None or source_language(outline.language) != name.source:
            continue
        segmented = intake.segmented[number]
        for version in segmented.posting.versions:
            if version.separate and written_alike(version.language, name.locale):
                detection = replace(segmented.posting.detection, language=version.language)
                other = replace(segmented.posting, detection=detection, sections=version.sections)
                found |= parallel_segments(segmented, project.segmenter.segment(other))
    return found


def revise(project: Project, path: Path, change: Change) -> CatalogRevision:
    """Change a catalog, unless work has gone from it since the last run.

    What is kept of it stays: the next run looks at what is changed now.
    """
    look = partial(look_at_catalog, project, path)
    return revise_catalog(path, change, alone_in_folder=project.locales_dir, look=look)


def _update_site_template(project: Project) -> bool:
    path = layout.template_path(project.locales_dir, layout.SITE_DOMAIN)
    return write_catalog(path, layout.template(SITE_LANGUAGE, site_words()))


def _update_site(project: Project) -> dict[Path, CatalogRevision]:
    """Bring the catalogs of our own words up to date; what comes with Polypost is filled in as reviewed."""
    words = site_words()
    revisions = {}
    for locale in project.settings.locales:
        path = layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN)
        done = revise(project, path, partial(_with_site_words, words=words, locale=locale))
        if done.entries:
            keep_catalog(project, path, done.entries.kept(""))
        revisions[path] = done
    return revisions


def _with_site_words(current: Catalog | None, *, words: tuple[Incoming, ...], locale: Locale) -> Catalog:
    catalog = layout.with_house_headers(current, SITE_LANGUAGE, locale)
    merged = merge_units(catalog.units, words)
    return replace(catalog, units=seed_words(merged, shipped_words(locale), catalog.plural_rule))


def _proper_names(intake: Intake) -> tuple[str, ...]:
    """Name the employers and places of the postings: words that are names in a line of capitals too."""
    found: set[str] = set()
    for outline in intake.outlines:
        found.add(outline.organization)
        found.update(outline.cities)
    return tuple(sorted(found))


def _sources(project: Project, intake: Intake) -> tuple[str, ...]:
    """Name the languages that postings are written in, and those whose postings are gone but whose catalogs are not."""
    return tuple(sorted(intake.by_language.keys() | layout.source_languages(project.locales_dir)))


def _names(project: Project, intake: Intake) -> Iterator[CatalogName]:
    """Yield the catalogs that the project has or may have, in their order."""
    for source in _sources(project, intake):
        yield from (CatalogName(source, locale) for locale in project.settings.locales)
