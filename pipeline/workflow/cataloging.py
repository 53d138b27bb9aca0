"""Segments become units, units get targets, catalogs and templates are written.

A run works on what is new or changed since the last one (`refreshing`), on every unit where nothing is kept of that.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.entries import Entries, Kept, Rest
from pipeline.catalog.filling import fill_by_rule
from pipeline.catalog.imported_file import imported_files
from pipeline.catalog.merge import merge, merge_units
from pipeline.catalog.neighbours import note_neighbours
from pipeline.catalog.pairing import Incoming, Languages
from pipeline.catalog.past_units import PastUnits
from pipeline.catalog.po_file import Catalog, write_catalog, write_content
from pipeline.catalog.revision import CatalogRevision, Change, Splice, revise_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, seed_words, shipped_words, site_words
from pipeline.catalog.splicing import Found
from pipeline.language.spans import is_untranslatable
from pipeline.model.decision import Decision
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import EngineUse, sum_uses
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, unit_id
from pipeline.storage.derived import open_derived
from pipeline.storage.last_run import name_from
from pipeline.storage.shared_file import digest_of, read_shared_file
from pipeline.translation.memory_file import open_memory
from pipeline.workflow.arriving import Arrival, Arriving, Segments, read_arriving
from pipeline.workflow.checking import UnitChecker
from pipeline.workflow.decisions import CatalogDecisions
from pipeline.workflow.engines import reached_by_apertium_alone
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.kept_catalogs import (
    FOLDER,
    Decided,
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
from pipeline.workflow.written_versions import written_beside

_log = logging.getLogger(__name__)

APERTIUM = "apertium"
_TITLES_FILE_NAME = "titles.sqlite3"  # which occupations titles name, and the words of our pages


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


class _SiteWords(NamedTuple):
    """The words of our pages, which are extracted from the program."""

    words: tuple[Incoming, ...]


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
    return {name: _restored(project, name, entries) for name, entries in found if entries is not None}


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


def _update(project: Project, intake: Intake, *, ask: bool, retranslate: bool) -> Translated:
    revisions: dict[CatalogName, CatalogRevision] = {}
    arrivals: dict[CatalogName, Arrival] = {}
    anywhere: dict[str, Arrival] = {}
    updates: list[_Update] = []
    kept = open_derived(project.build_dir / _TITLES_FILE_NAME, program=digest_of_program())
    with open_memory(project.memory_path) as memory, kept as derived:
        titles = Titles(project.settings, _proper_names(intake), derived)
        filler = TargetFiller(project, memory, titles, ask=ask, retranslate=retranslate)
        project.decisions.look_for_losses(project.last_run)
        decided = Decided(project)
        words = derived.make(_SiteWords, b"", lambda: _SiteWords(site_words())).words
        ours = _update_site(project, words)
        written = int(_update_site_template(project, words))
        for source in project.progress.over("catalogs", [*_sources(project, intake)]):
            arriving = read_arriving(intake, source, project.settings.locales, _arriving_path(project, source))
            anywhere[source] = arriving.anywhere
            project.places.keep(source, arriving.anywhere.references)
            updates.append(update := _Update(project, filler, source, arriving, decided, anew=retranslate))
            written += update.template()
            for locale in project.settings.locales:
                name = CatalogName(source, locale)
                beside = written_beside(project, intake, name.source, name.locale) if arriving.versions else {}
                revisions[name], arrivals[name] = update.catalog(name, beside), arriving.of(locale)
    revised = ours | {catalog_path(project, name): revision for name, revision in revisions.items()}
    catalogs = {name: revision.entries for name, revision in revisions.items() if revision.entries}
    left_out = _left_out(project, intake, catalogs.values())
    project.decisions.append(chain.from_iterable(update.found for update in updates))
    for path, done in ours.items():
        if done.entries:
            keep_catalog(project, path, done.entries.kept(""))
    for update in updates:
        update.keep()
    decided.keep()
    project.last_run.write()
    project.places.write()
    project.checks.keep()
    return Translated(
        catalogs=catalogs,
        digests={path: digest_of(done.content) for path, done in revised.items()},
        written=written + sum(done.written for done in revised.values()),
        uses=sum_uses(filler.uses),
        taken_over=tuple(path for path, done in revised.items() if done.taken_over),
        left_out=left_out,
        arrivals=arrivals,
        anywhere=anywhere,
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


class _Update:
    """Brings the template and the catalogs of one source language up to date; `anew` looks at every unit.

    `found` is what people have decided in the catalogs since the last run.
    """

    def __init__(
        self, project: Project, filler: TargetFiller, source: str, arriving: Arriving, decided: Decided, *, anew: bool
    ) -> None:
        self._project, self._filler, self._decided, self._anew = project, filler, decided, anew
        self._source, self._arriving = source, arriving
        self._kept: list[tuple[Path, CatalogRevision, str]] = []
        self._template: tuple[Path, Kept] | None = None
        self.found: list[Decision] = []

    def catalog(self, name: CatalogName, written: Mapping[UnitKey, str]) -> CatalogRevision:
        """Merge and fill one catalog; there is none where neither postings nor a file ask for one."""
        project, path, arrival = self._project, catalog_path(self._project, name), self._arriving.of(name.locale)
        worker = _Worker(project, self._filler, name, written)
        housed = partial(layout.with_house_headers, source=name.source, locale=name.locale)
        kept = find_kept_catalog(project, path)
        grounds = self._grounds(path, worker)

        def changed(current: Catalog | None) -> Catalog | None:
            every = arrival.all
            if current is None and not every.units:
                return None
            catalog = housed(current)
            across = partial(_ids_across, worker.checker, project.places.of(name.source))
            filled = worker.work(catalog.units, every, across, lambda units: units)
            return replace(catalog, units=filled.units)

        def look(found: Found) -> None:
            if kept is not None and found.entries.rows is not kept.rows:
                look_for_losses(project, path, kept, lambda: found.entries.positions)

        names = self._decided.since(kept.decided) if kept else None
        rests = kept and kept.grounds == grounds and kept.arrival == self._arriving.digest_before and not self._anew
        splice: Splice = _not_spliced
        if kept is not None and names is not None and rests:
            splice = Refresh(
                kept=kept,
                arrival=arrival,
                anywhere=self._arriving.anywhere,
                names=self._names,
                decided=names,
                rest=worker.rest,
                checker=worker.checker,
                housed=housed,
                work=partial(worker.work, sources=lambda: arrival.sources),
                look=look,
            )
        done = revise_catalog(
            path,
            changed,
            alone_in_folder=project.locales_dir,
            look=partial(look_at_catalog, project, path),
            splice=splice,
            rested=lambda: worker.rest(worker.waiting),
        )
        self.found += worker.decided(done)
        self._kept.append((path, done, "" if done.taken_over else grounds))
        return done

    def keep(self) -> None:
        """Keep for the next run how this one left the template and the catalogs."""
        if self._template is not None:
            keep_catalog(self._project, *self._template)
        for path, done, grounds in self._kept:
            if done.entries:
                known = self._arriving.digest, self._names, self._decided.digest
                keep_catalog(self._project, path, done.entries.kept(grounds, *known))
        self._arriving.keep(_arriving_path(self._project, self._source))

    def template(self) -> bool:
        """Write the segments of the postings without targets; tell whether that changed anything."""
        project, arrival = self._project, self._arriving.anywhere
        path = layout.template_path(project.locales_dir, layout.POSTINGS_PREFIX + self._source)
        kept = find_kept_catalog(project, path)
        grounds = digest_of_program()
        entries: Entries | None = None
        content = read_shared_file(path)
        if kept and content and kept.grounds == grounds and kept.arrival == self._arriving.digest_before:
            entries = refresh_template(content, kept, arrival, partial(layout.template, self._source))
        if entries is None:
            if content is None and not arrival.users:
                return False
            entries = Entries.of(layout.template(self._source, arrival.all.units))
        resting = entries.kept(grounds, self._arriving.digest)
        self._template = None if resting == kept else (path, resting)
        return write_content(path, entries.content)

    @cached_property
    def _names(self) -> str:
        return sha256("\0".join(self._filler.proper).encode("utf-8", "surrogatepass")).hexdigest()

    def _grounds(self, path: Path, worker: "_Worker") -> str:
        """Return a digest of what decides what becomes of units, but for the postings and their names."""
        place = name_from(self._project.build_dir, path)
        filling = self._filler.grounds(worker.source, worker.name.locale)
        decided, written = bool(self._project.decisions.decisions), sorted(worker.written.items())
        texts = (digest_of_program(), place, filling, written, decided, self._imported)
        return sha256(repr(texts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _imported(self) -> list[tuple[str, str]]:
        """What the files of imported translations hold, in digests."""
        files = imported_files(self._project.locales_dir)
        return [(file.path.name, digest_of(read_shared_file(file.path))) for file in files]


class _Worker:
    """Works on the units of one catalog: all of them, or some; `waiting` are those to look at in the next run too."""

    def __init__(
        self, project: Project, filler: TargetFiller, name: CatalogName, written: Mapping[UnitKey, str]
    ) -> None:
        self._project, self._filler = project, filler
        self._decisions = CatalogDecisions(project.decisions, name.locale)
        self._before: Mapping[UnitKey, Unit] = {}
        self._after: tuple[Unit, ...] | None = None
        self.name, self.written = name, written
        self.source = parse_locale(name.source)
        self.checker = project.checks.of(self.source, name.locale)
        self.waiting: frozenset[UnitKey] = frozenset()

    def work(
        self,
        current: Sequence[Unit],
        arriving: Segments,
        across: Across,
        whole: Callable[[Sequence[Unit]], Sequence[Unit]],
        sources: Callable[[], Iterable[str]] | None = None,
    ) -> Filled:
        """Merge units with what arrives of them, and fill and check them; `whole` adds the rest of the catalog.

        Whatever looks at units that are new or changed does so here.
        """
        name, memory = self.name, self._project.memory
        before = {unit.key: unit for unit in self._decisions.restore(current)}
        languages = Languages(source=self.source, target=name.locale, names=arriving.names)
        merged = merge(tuple(before.values()), arriving.units, languages)
        for each in merged.carried:
            unit, edits = unit_id(each.after.key, name.locale), ", ".join(each.edits)
            _log.info("locale=%s unit=%s keeps its target: %s", name.locale, unit, edits)
        known = self._decisions.recognize(merged.units)  # what has come back may have been rejected once
        beside = Beside(
            written=self.written,
            hints=arriving.hints,
            sources=sources or (lambda: [unit.key.source for unit in known if not unit.retired]),
            across=across,
            imported=memory.offers(name.source, name.locale),
        )
        filled = self._filler.fill(known, self.source, name.locale, beside)
        settled = self._decisions.settle(known, filled.units)

        def past() -> PastUnits:
            return memory.past(name.source, name.locale, whole(settled))

        noted = note_neighbours(before, settled, past)
        # What was answered before has not been checked as what it is now.
        answered = (unit.key for unit, was in zip(settled, filled.units, strict=True) if unit is not was)
        self._before, self._after, self.waiting = before, noted, filled.waiting.union(answered)
        return Filled(noted, self.waiting)

    def rest(self, waiting: frozenset[UnitKey]) -> Rest:
        """Return how units were left."""
        return Rest(waiting, self.checker.spoken, self._decisions.named)

    def decided(self, done: CatalogRevision) -> Iterator[Decision]:
        """Yield what people have decided since the last run in the units that were looked at."""
        if done.entries is not None and not done.taken_over and self._after is not None:
            yield from self._decisions.find(self._before, self._after)
        elif done.entries is not None:
            # Where a unit was moved from stands in no file.
            after = {unit.key: unit for unit in self._after or ()}
            saved = done.entries.units
            whole = (after[unit.key] if after.get(unit.key) == unit else unit for unit in saved)
            yield from self._decisions.find(self._before, whole)


def _ids_across(
    checker: UnitChecker, places: Callable[[UnitKey], tuple[str, ...]], units: Sequence[Unit]
) -> Mapping[Unit, tuple[str, ...]]:
    found = checker.findings_across(units, places)
    return {unit: tuple(finding.check for finding in findings) for unit, findings in found.items()}


def _arriving_path(project: Project, source: str) -> Path:
    return project.build_dir / FOLDER / f"arriving.{source}"


def _not_spliced(_content: bytes) -> None:
    return None


def revise(project: Project, path: Path, change: Change) -> CatalogRevision:
    """Change a catalog, unless work has gone from it since the last run.

    What is kept of it stays: the next run looks at what is changed now.
    """
    look = partial(look_at_catalog, project, path)
    return revise_catalog(path, change, alone_in_folder=project.locales_dir, look=look)


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
