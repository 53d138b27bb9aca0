"""One catalog is brought up to date: postings merged in, units filled and checked, then the file is replaced.

Catalogs know nothing of each other, so those of several locales are made by several processes and written by one:

    update = SourceUpdate(project, filler, "en", arriving, decided, anew=False)
    updates = [update.catalog(path, locale, {}) for path, locale in ...]
    for revision in update_together(project, updates): ...
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.entries import Entries, EntriesPacked, Kept, Rest
from pipeline.catalog.imported_file import imported_files
from pipeline.catalog.merge import merge
from pipeline.catalog.neighbours import note_neighbours
from pipeline.catalog.pairing import Languages
from pipeline.catalog.past_units import PastUnits
from pipeline.catalog.po_file import Catalog, parse_content, write_content
from pipeline.catalog.revision import CatalogRevision, Prepared, Splice, prepare_catalog, revise_catalog
from pipeline.catalog.splicing import Found
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, unit_id
from pipeline.storage.last_run import name_from
from pipeline.storage.shared_file import digest_of, read_shared_file
from pipeline.storage.spool import Packing, packing_of
from pipeline.workflow.arriving import Arriving, Segments
from pipeline.workflow.checking import UnitChecker
from pipeline.workflow.decisions import CatalogDecisions
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.kept_catalogs import (
    FOLDER,
    Decided,
    find_kept_catalog,
    keep_catalog,
    look_at_catalog,
    look_for_losses,
)
from pipeline.workflow.project import Project
from pipeline.workflow.refreshing import Across, Refresh, refresh_template
from pipeline.workflow.targets import Beside, Filled, TargetFiller
from pipeline.workflow.word_forms import KeptForms, NewForms

_log = logging.getLogger(__name__)
# What a unit takes that nothing is known of: 518,448 units took 42 s.
_SECONDS_A_UNIT = 8e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a catalog becomes, which units are `waiting`, what people had decided in it and what checks found.

    `forms` are what another process found out about words. `lost` is how much reviewed work has gone from it since the
    last run; `apart` that another process has made it.
    """

    prepared: Prepared
    waiting: frozenset[UnitKey]
    found: tuple[Decision, ...]
    findings: Mapping[bytes, tuple[Finding, ...]]
    forms: Mapping[str, NewForms] = field(default_factory=dict)
    lost: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """The same as it goes from one process to another."""

    base: bytes | None
    entries: EntriesPacked | None
    waiting: tuple[UnitKey, ...]
    found: tuple[Decision, ...]
    findings: dict[bytes, tuple[Finding, ...]]
    forms: dict[str, NewForms]
    lost: int


def _pack(words: KeptForms, made: Made) -> bytes:
    entries = made.prepared.entries
    sent = _Sent(
        base=made.prepared.base,
        entries=entries.packed() if entries else None,
        waiting=tuple(made.waiting),
        found=made.found,
        findings=dict(made.findings),
        forms=words.new(),
        lost=made.lost,
    )
    return packing_of(_Sent).encode(sent)


def _unpack(packed: bytes) -> Made:
    sent = packing_of(_Sent).decode(packed)
    entries = Entries.unpacked(sent.entries) if sent.entries else None
    return Made(
        prepared=Prepared(base=sent.base, entries=entries),
        waiting=frozenset(sent.waiting),
        found=sent.found,
        findings=sent.findings,
        forms=sent.forms,
        lost=sent.lost,
        apart=True,
    )


class SourceUpdate:
    """Brings the template and the catalogs of one source language up to date; `anew` looks at every unit."""

    def __init__(
        self, project: Project, filler: TargetFiller, source: str, arriving: Arriving, decided: Decided, *, anew: bool
    ) -> None:
        self.project, self.filler, self.decided, self.anew = project, filler, decided, anew
        self.source, self.arriving = source, arriving
        self._template: tuple[Path, Kept] | None = None

    def catalog(self, path: Path, locale: Locale, written: Mapping[UnitKey, str]) -> "CatalogUpdate":
        """Return what brings the catalog of a locale up to date; `written` is what people wrote for segments."""
        return CatalogUpdate(self, path, locale, written)

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
        self._template = None if resting == kept else (path, resting)
        return write_content(path, entries.content)

    def keep(self) -> None:
        """Keep for the next run how this one left the template."""
        if self._template is not None:
            keep_catalog(self.project, *self._template)
        self.arriving.keep(arriving_path(self.project, self.source))

    @cached_property
    def names(self) -> str:
        """A digest of the names that postings mention."""
        return sha256("\0".join(self.filler.proper).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def imported(self) -> list[tuple[str, str]]:
        """What the files of imported translations hold, in digests."""
        files = imported_files(self.project.locales_dir)
        return [(file.path.name, digest_of(read_shared_file(file.path))) for file in files]


class CatalogUpdate:
    """Brings one catalog up to date: first it is made, which changes nothing, then written.

    `arrival` is what postings bring to it, `found` what people have decided in it since the last run.
    """

    def __init__(self, update: SourceUpdate, path: Path, locale: Locale, written: Mapping[UnitKey, str]) -> None:
        self._update, self._path, self._locale = update, path, locale
        self._project, self._arriving = update.project, update.arriving
        self.arrival = update.arriving.of(locale)
        self._worker = _Worker(update.project, update.filler, update.source, locale, written)
        self._kept = find_kept_catalog(update.project, path)
        self._grounds = self._grounds_of(written)
        self._done: CatalogRevision | None = None
        self.found: tuple[Decision, ...] = ()

    @cached_property
    def rests(self) -> bool:
        """Whether nothing has changed but postings and the file, of which a run looks only at what is new in them."""
        kept, update = self._kept, self._update
        known = kept is not None and update.decided.since(kept.decided) is not None
        same = kept is not None and kept.grounds == self._grounds and kept.arrival == self._arriving.digest_before
        return known and same and not update.anew

    @property
    def asks(self) -> bool:
        """Whether engines, or what they answered, may be asked for targets."""
        return self._update.filler.has_route(self._worker.source, self._locale)

    @property
    def seconds(self) -> float:
        """About how long it takes to make it."""
        return 0.0 if self.rests else len(self.arrival.order) * _SECONDS_A_UNIT

    def make(self) -> Made:
        """Return what the catalog becomes; there is none where neither postings nor a file ask for one."""
        worker = self._worker
        prepared = prepare_catalog(
            self._path,
            self._changed,
            look=partial(look_at_catalog, self._project, self._path),
            splice=self._splice,
            rested=lambda: worker.rest(worker.waiting),
        )
        self._kept = None  # what is made takes its place
        return Made(
            prepared=prepared,
            waiting=worker.waiting,
            found=tuple(worker.decided(prepared.entries)),
            findings=worker.checker.found,
            lost=self._project.last_run.lost.get(self._path, 0),
        )

    def write(self, made: Made) -> CatalogRevision:
        """Write the catalog; what somebody has saved since it was made is taken over."""
        worker = self._worker
        if made.apart:
            worker.checker.take_over(made.findings)
            self._project.word_forms.take_over(made.forms)
            if made.lost:
                self._project.last_run.lost[self._path] = made.lost
            checked = len(made.prepared.entries.keys) if made.prepared.entries else 0
            for done in (0, checked):  # elsewhere, and meanwhile
                self._project.progress("check", done, checked)
        revision = revise_catalog(
            self._path,
            self._changed,
            alone_in_folder=self._project.locales_dir,
            look=partial(look_at_catalog, self._project, self._path),
            rested=lambda: worker.rest(made.waiting),
            prepared=made.prepared,
        )
        if revision.taken_over and made.apart:
            worker.recall(made.prepared)
        self.found = tuple(worker.decided_by_others(revision.entries)) if revision.taken_over else made.found
        self._done = revision
        return revision

    def keep(self) -> None:
        """Keep for the next run how this one left the catalog."""
        if self._done is not None and self._done.entries:
            grounds = "" if self._done.taken_over else self._grounds
            known = self._arriving.digest, self._update.names, self._update.decided.digest
            keep_catalog(self._project, self._path, self._done.entries.kept(grounds, *known))

    def _changed(self, current: Catalog | None) -> Catalog | None:
        every = self.arrival.all
        if current is None and not every.units:
            return None
        catalog = self._housed(current)
        across = partial(_ids_across, self._worker.checker, self._project.places.of(self._update.source))
        return replace(catalog, units=self._worker.work(catalog.units, every, across, lambda units: units).units)

    def _housed(self, current: Catalog | None) -> Catalog:
        return layout.with_house_headers(current, source=self._update.source, locale=self._locale)

    @property
    def _splice(self) -> Splice:
        """What refreshes a catalog that rests."""
        kept, arrival, worker = self._kept, self.arrival, self._worker
        names = self._update.decided.since(kept.decided) if kept else None
        if kept is None or names is None or not self.rests:
            return _not_spliced
        return Refresh(
            kept=kept,
            arrival=arrival,
            anywhere=self._arriving.anywhere,
            names=self._update.names,
            decided=names,
            rest=worker.rest,
            checker=worker.checker,
            housed=self._housed,
            work=partial(worker.work, sources=lambda: arrival.sources),
            look=partial(self._look, kept),
        )

    def _look(self, kept: Kept, found: Found) -> None:
        if found.entries.rows is not kept.rows:
            look_for_losses(self._project, self._path, kept, lambda: found.entries.positions)

    def _grounds_of(self, written: Mapping[UnitKey, str]) -> str:
        """Return a digest of what decides what becomes of units, but for the postings and their names."""
        place = name_from(self._project.build_dir, self._path)
        filling = self._update.filler.grounds(self._worker.source, self._locale)
        decided = bool(self._project.decisions.decisions)
        texts = (digest_of_program(), place, filling, sorted(written.items()), decided, self._update.imported)
        return sha256(repr(texts).encode("utf-8", "surrogatepass")).hexdigest()


def update_together(project: Project, updates: Sequence[CatalogUpdate]) -> Iterator[CatalogRevision]:
    """Make catalogs, some of them in child processes, and write them in their order.

    Those for which an engine may be asked are made here, where the engines are, and so are those that rest.
    """
    own = [number for number, each in enumerate(updates) if each.asks or each.rests or project.allow_losses]
    shared = sum(each.seconds for number, each in enumerate(updates) if number not in own)

    def make(number: int) -> Made:
        return updates[number].make()

    packing = Packing(encode=partial(_pack, project.word_forms), decode=_unpack)
    made = project.share(make, len(updates), packing, seconds=shared, own=own)
    return (each.write(done) for each, done in zip(updates, made, strict=True))


class _Worker:
    """Works on the units of one catalog: all of them, or some; `waiting` are those to look at in the next run too."""

    def __init__(
        self, project: Project, filler: TargetFiller, source: str, locale: Locale, written: Mapping[UnitKey, str]
    ) -> None:
        self._project, self._filler = project, filler
        self._decisions = CatalogDecisions(project.decisions, locale)
        self._before: Mapping[UnitKey, Unit] = {}
        self._after: tuple[Unit, ...] | None = None
        self._name, self._locale, self._written = source, locale, written
        self.source = parse_locale(source)
        self.checker = project.checks.of(self.source, locale)
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
        name, locale, memory = self._name, self._locale, self._project.memory
        before = {unit.key: unit for unit in self._decisions.restore(current)}
        languages = Languages(source=self.source, target=locale, names=arriving.names)
        merged = merge(tuple(before.values()), arriving.units, languages)
        for each in merged.carried:
            unit, edits = unit_id(each.after.key, locale), ", ".join(each.edits)
            _log.info("locale=%s unit=%s keeps its target: %s", locale, unit, edits)
        known = self._decisions.recognize(merged.units)  # what has come back may have been rejected once
        beside = Beside(
            written=self._written,
            hints=arriving.hints,
            sources=sources or (lambda: [unit.key.source for unit in known if not unit.retired]),
            across=across,
            imported=memory.offers(name, locale),
        )
        filled = self._filler.fill(known, self.source, locale, beside)
        settled = self._decisions.settle(known, filled.units)

        def past() -> PastUnits:
            return memory.past(name, locale, whole(settled))

        noted = note_neighbours(before, settled, past)
        # What was answered before has not been checked as what it is now.
        answered = (unit.key for unit, was in zip(settled, filled.units, strict=True) if unit is not was)
        self._before, self._after, self.waiting = before, noted, filled.waiting.union(answered)
        return Filled(noted, self.waiting)

    def rest(self, waiting: frozenset[UnitKey]) -> Rest:
        """Return how units were left."""
        return Rest(waiting, self.checker.spoken, self._decisions.named)

    def recall(self, prepared: Prepared) -> None:
        """Know what another process made of the units as if it had been made here."""
        current = parse_content(prepared.base, Path()) if prepared.base else None
        self._before = {unit.key: unit for unit in self._decisions.restore(current.units if current else ())}
        self._after = prepared.entries.units if prepared.entries else None

    def decided(self, entries: Entries | None) -> Iterator[Decision]:
        """Yield what people have decided since the last run in the units that were looked at."""
        if entries is not None and self._after is not None:
            yield from self._decisions.find(self._before, self._after)
        else:
            yield from self.decided_by_others(entries)

    def decided_by_others(self, entries: Entries | None) -> Iterator[Decision]:
        """Yield the same of all units, as somebody has saved them meanwhile."""
        if entries is not None:
            # Where a unit was moved from stands in no file.
            after = {unit.key: unit for unit in self._after or ()}
            whole = (after[unit.key] if after.get(unit.key) == unit else unit for unit in entries.units)
            yield from self._decisions.find(self._before, whole)


def _ids_across(
    checker: UnitChecker, places: Callable[[UnitKey], tuple[str, ...]], units: Sequence[Unit]
) -> Mapping[Unit, tuple[str, ...]]:
    found = checker.findings_across(units, places)
    return {unit: tuple(finding.check for finding in findings) for unit, findings in found.items()}


def arriving_path(project: Project, source: str) -> Path:
    """Return where it is kept what the postings of a language brought."""
    return project.build_dir / FOLDER / f"arriving.{source}"


def _not_spliced(_content: bytes) -> None:
    return None
