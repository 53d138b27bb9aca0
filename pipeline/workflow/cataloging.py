"""Segments become units, units get targets, catalogs and templates are written; a report says what engines were asked.

The report, a line a unit in `build/`, is read off the catalogs and not off the run, so an unchanged run writes the same
bytes.
"""

import json
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.filling import asked_engine, engine_outcome
from pipeline.catalog.merge import merge, merge_units, posting_reference
from pipeline.catalog.pairing import Incoming, Languages
from pipeline.catalog.parallel import parallel_segments
from pipeline.catalog.po_file import (
    Catalog,
    CatalogRevision,
    Change,
    read_catalog,
    read_settled_catalog,
    revise_catalog,
    write_catalog,
)
from pipeline.catalog.site_domain import SITE_LANGUAGE, seed_words, shipped_words, site_words
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding
from pipeline.model.locale import parse_locale, written_alike
from pipeline.model.outcome import EngineUse, sum_uses
from pipeline.model.segment import SegmentedPosting, UnitKey
from pipeline.model.unit import EngineOrigin, Unit, unit_id
from pipeline.storage.derived import open_derived
from pipeline.storage.files import write_if_changed
from pipeline.storage.shared_file import digest_of, read_shared_file
from pipeline.translation.memory_file import open_memory
from pipeline.workflow.arriving import Segments, read_arriving
from pipeline.workflow.decisions import CatalogDecisions
from pipeline.workflow.engines import reached_by_apertium_alone
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.project import Project
from pipeline.workflow.reading import Intake
from pipeline.workflow.targets import TargetFiller
from pipeline.workflow.titles import Titles

_log = logging.getLogger(__name__)

APERTIUM = "apertium"
REPORT_FILE_NAME = "translation-report.jsonl"
_TITLES_FILE_NAME = "titles.sqlite3"  # which occupations titles name
# Why a unit has no target, by the check that its attempt names.
_NOT_KEPT = {
    "": "the engine's target was not kept",
    "currency": "no engine was asked: neither the text nor its postings say which currency it is",
    "dates": "no engine was asked: neither the text nor its postings say which number is the month",
    "too_long": "no engine was asked: it is too long, or has no place to cut it",
}


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

    `left_out` tells that Apertium is no longer used.
    """

    written: int
    uses: tuple[EngineUse, ...] = ()
    taken_over: tuple[Path, ...] = ()
    left_out: LeftOut | None = None


def update_catalogs(project: Project, intake: Intake) -> Translated:
    """Merge the postings into the catalogs; what is remembered is filled in, no engine is asked."""
    return _update(project, intake, ask=False, retranslate=False)


def translate(project: Project, intake: Intake, *, retranslate: bool = False) -> Translated:
    """Merge the postings into the catalogs and have the engines translate what nobody has yet.

    With `retranslate`, untouched targets of an engine or model that is no longer the first choice are made anew.
    """
    return _update(project, intake, ask=True, retranslate=retranslate)


def read_catalogs(project: Project, intake: Intake, only: Locale | None = None) -> dict[CatalogName, Catalog]:
    """Read the catalogs of the postings as they are, to look at them; of one locale `only`, if it is given."""
    names = (name for name in _names(project, intake) if only in (None, name.locale))
    found = ((name, read_catalog(catalog_path(project, name))) for name in names)
    return {name: _restored(project, name, catalog) for name, catalog in found if catalog is not None}


def read_catalogs_to_publish(project: Project, intake: Intake) -> Read:
    """Read the catalogs of the postings; a cut one is waited for, then refused.

    Raises CatalogError for a file that cannot be read, LostWorkError for one that has lost reviews.
    """
    catalogs: dict[CatalogName, Catalog] = {}
    digests: dict[Path, str] = {}
    for name in _names(project, intake):
        path = catalog_path(project, name)
        catalog, content = read_settled_catalog(path, partial(_look_at, project, path))
        if catalog is not None:
            catalogs[name], digests[path] = _restored(project, name, catalog), digest_of(content)
    return Read(catalogs=catalogs, digests=digests)


def _restored(project: Project, name: CatalogName, catalog: Catalog) -> Catalog:
    """Return a catalog as the next build will make it where other tools have written it."""
    return replace(catalog, units=CatalogDecisions(project.decisions, name.locale).restore(catalog.units))


def catalog_path(project: Project, name: CatalogName) -> Path:
    """Return where a catalog of the project lies."""
    return layout.catalog_path(project.locales_dir, name.locale, name.domain)


def source_languages(project: Project) -> tuple[str, ...]:
    """Name the source languages that the project has catalogs of."""
    return tuple(sorted(layout.source_languages(project.locales_dir)))


def _update(project: Project, intake: Intake, *, ask: bool, retranslate: bool) -> Translated:
    revisions: dict[CatalogName, CatalogRevision] = {}
    decided: list[Decision] = []
    kept = open_derived(project.build_dir / _TITLES_FILE_NAME, program=digest_of_program())
    with open_memory(project.memory_path) as memory, kept as derived:
        titles = Titles(project.settings, _proper_names(intake), derived)
        filler = TargetFiller(project, memory, titles, ask=ask, retranslate=retranslate)
        revised = _update_site(project)
        written = int(_update_site_template(project))
        for source in project.progress.over("catalogs", [*_sources(project, intake)]):
            postings = intake.by_language.get(source, ())
            arriving = read_arriving(postings, project.settings.locales)
            project.places.keep(source, ((unit.key, unit.references) for unit in arriving.anywhere))
            written += _update_template(project, source, arriving.anywhere)
            for locale in project.settings.locales:
                name = CatalogName(source, locale)
                beside = _written_beside(project, postings, locale) if arriving.versions else {}
                fill = partial(filler.fill, written=beside, hints=arriving.of[locale].hints)
                revisions[name] = _update_catalog(project, name, arriving.of[locale], fill, decided)
    revised |= {catalog_path(project, name): revision for name, revision in revisions.items()}
    left_out = _left_out(project, intake, [done.catalog for done in revisions.values() if done.catalog])
    project.decisions.append(decided)
    project.last_run.write()
    project.places.write()
    project.checks.keep()
    return Translated(
        catalogs={name: revision.catalog for name, revision in revisions.items() if revision.catalog},
        digests={path: digest_of(done.content) for path, done in revised.items()},
        written=written + sum(done.written for done in revised.values()),
        uses=sum_uses(filler.uses),
        taken_over=tuple(path for path, done in revised.items() if done.taken_over),
        left_out=left_out,
    )


def _left_out(project: Project, intake: Intake, catalogs: Iterable[Catalog]) -> LeftOut | None:
    """Tell what Apertium would do here; None where it would do nothing, or the engines are named."""
    if project.settings.names_engines or project.asked_engines:
        return None
    made = (unit.provenance.engine for catalog in catalogs for unit in catalog.units if unit.provenance)
    targets = sum(engine is not None and APERTIUM in engine.engine.split("+") for engine in made)
    alone = reached_by_apertium_alone(project.engines, _sources(project, intake), project.settings.locales)
    return LeftOut(targets=targets, unreached=tuple(map(str, alone))) if targets or alone else None


def _update_catalog(
    project: Project,
    name: CatalogName,
    arriving: Segments,
    fill: Callable[..., tuple[Unit, ...]],
    decided: list[Decision],
) -> CatalogRevision:
    """Merge and fill one catalog; there is none where neither postings nor a file ask for one.

    What people have decided in it since the last run is added to `decided`.
    """
    decisions = CatalogDecisions(project.decisions, name.locale)
    before: dict[UnitKey, Unit] = {}

    def changed(current: Catalog | None) -> Catalog | None:
        nonlocal before
        if current is None and not arriving.units:
            return None
        catalog = layout.with_house_headers(current, name.source, name.locale)
        before = {unit.key: unit for unit in decisions.restore(catalog.units)}
        languages = Languages(source=parse_locale(name.source), target=name.locale, names=arriving.names)
        merged = merge(tuple(before.values()), arriving.units, languages)
        for each in merged.carried:
            unit, edits = unit_id(each.after.key, name.locale), ", ".join(each.edits)
            _log.info("locale=%s unit=%s keeps its target: %s", name.locale, unit, edits)
        known = decisions.restore(merged.units)  # what has come back may have been rejected once
        filled = fill(known, parse_locale(name.source), name.locale)
        return replace(catalog, units=decisions.settle(known, filled))

    done = revise(project, catalog_path(project, name), changed)
    decided += decisions.find(before, done.catalog.units if done.catalog else ())
    return done


def _written_beside(project: Project, postings: Iterable[SegmentedPosting], locale: Locale) -> dict[UnitKey, str]:
    """Return what people wrote for segments in the versions of postings in this locale."""
    found: dict[UnitKey, str] = {}
    for segmented in postings:
        for version in segmented.posting.versions:
            if version.separate and written_alike(version.language, locale):
                detection = replace(segmented.posting.detection, language=version.language)
                other = replace(segmented.posting, detection=detection, sections=version.sections)
                found |= parallel_segments(segmented, project.segmenter.segment(other))
    return found


def revise(project: Project, path: Path, change: Change) -> CatalogRevision:
    """Change a catalog, unless work has gone from it since the last run."""
    look = partial(_look_at, project, path)
    done = revise_catalog(path, change, alone_in_folder=project.locales_dir, look=look)
    if done.catalog:
        project.last_run.remember_catalog(path, done.catalog.units)
    return done


def _look_at(project: Project, path: Path, catalog: Catalog | None) -> None:
    project.last_run.look_at_catalog(path, catalog.units if catalog else ())


def _update_template(project: Project, source: str, arriving: tuple[Incoming, ...]) -> bool:
    path = layout.template_path(project.locales_dir, layout.POSTINGS_PREFIX + source)
    return (bool(arriving) or path.exists()) and write_catalog(path, layout.template(source, arriving))


def _update_site_template(project: Project) -> bool:
    path = layout.template_path(project.locales_dir, layout.SITE_DOMAIN)
    return write_catalog(path, layout.template(SITE_LANGUAGE, site_words()))


def _update_site(project: Project) -> dict[Path, CatalogRevision]:
    """Bring the catalogs of our own words up to date; what comes with Polypost is filled in as reviewed."""
    words = site_words()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUnit:
    """A live unit that an engine was asked about, where it lies and who was asked."""

    name: CatalogName
    unit: Unit
    asked: EngineOrigin


def reported_units(catalogs: Catalogs) -> Iterator[ReportedUnit]:
    """Yield what engines were asked about, in the order of the catalogs."""
    for name, catalog in catalogs.items():
        for unit in catalog.units:
            asked = asked_engine(unit)
            if asked is not None and not unit.retired and not unit.by_rule:
                yield ReportedUnit(name=name, unit=unit, asked=asked)


def write_report(project: Project, intake: Intake, catalogs: Catalogs) -> Counter[str]:
    """Write the report into `build/`; return how many units had each outcome.

    It names every posting that uses a unit, of which the catalogs name one.
    """
    reported = tuple(reported_units(catalogs))
    users = _users_of_shared(project, intake, catalogs)
    across = findings_across(project, catalogs)
    write_if_changed(report_path(project), "".join(_lines(project, reported, across, users)).encode())
    return Counter(engine_outcome(item.unit) for item in reported)


def findings_across(project: Project, catalogs: Catalogs) -> dict[CatalogName, dict[Unit, tuple[Finding, ...]]]:
    """Return what only shows where the units of a posting stand together."""
    return {
        name: project.checks.of(parse_locale(name.source), name.locale).findings_across(
            catalog.units, project.places.of(name.source)
        )
        for name, catalog in catalogs.items()
    }


def report_path(project: Project) -> Path:
    """Where the report lies."""
    return project.build_dir / REPORT_FILE_NAME


def _users_of_shared(
    project: Project, intake: Intake, catalogs: Catalogs
) -> Mapping[CatalogName, Mapping[UnitKey, Sequence[str]]]:
    """Return the postings that use a unit, of the units that several postings share."""
    found: dict[CatalogName, dict[UnitKey, list[str]]] = {}
    for name, catalog in catalogs.items():
        live = {unit.key for unit in catalog.units if not unit.retired}
        places = project.places.of(name.source)
        found[name] = {key: [] for key in live if places(key)}
        alike = intake.by_language.get(name.source, ()) if found[name] else ()
        for item in layout.for_locales(alike, (name.locale,)):
            for key in found[name].keys() & item.keys():
                if key.narrowed(item.posting.id) not in live:
                    found[name][key].append(posting_reference(item.posting.id))
    return found


def _lines(
    project: Project,
    reported: Collection[ReportedUnit],
    across: Mapping[CatalogName, Mapping[Unit, Sequence[Finding]]],
    users: Mapping[CatalogName, Mapping[UnitKey, Sequence[str]]],
) -> Iterator[str]:
    for item in project.progress.over("report", reported):
        unit = item.unit
        checker = project.checks.of(parse_locale(item.name.source), item.name.locale)
        found = (*checker.findings(unit), *across[item.name].get(unit, ())) if unit.findings else ()
        details = {finding.check: finding for finding in found}
        fields = {
            "locale": str(item.name.locale),
            "catalog": str(layout.catalog_path(Path(), item.name.locale, item.name.domain)),
            "postings": list(users[item.name].get(unit.key, unit.references)),
            "context": unit.key.context,
            "source": unit.key.source,
            "engine": item.asked.engine,
            "model": item.asked.model,
            "route": item.asked.route,
            "outcome": engine_outcome(unit),
            **_how_it_was_made(unit),
            "target": unit.suggestion.target if unit.suggestion else unit.target,
            "findings": [
                {
                    "check": check,
                    "severity": details[check].severity.value if check in details else "error",
                    "detail": details[check].detail if check in details else _NOT_KEPT.get(check, _NOT_KEPT[""]),
                }
                for check in unit.findings
            ],
        }
        yield json.dumps(fields, ensure_ascii=False) + "\n"


def _how_it_was_made(unit: Unit) -> dict[str, str | int | None]:
    """Return in which plainer words a target was asked for, what repaired it and its risk, where the catalog tells."""
    made = unit.provenance
    found: dict[str, str | int | None] = {"asked": made.asked, "repaired": made.repair} if made else {}
    return {name: value for name, value in (found | {"risk": unit.risk}).items() if value not in {"", None}}
