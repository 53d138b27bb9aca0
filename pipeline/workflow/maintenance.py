"""What people do with catalogs between builds: compile, count, clear, check what they say and in which form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.merge import clear_machine, posting_of
from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.po_file import Catalog, entry_lines, read_catalog, serialize_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, shipped_words, site_words
from pipeline.errors import CatalogError
from pipeline.model.finding import Finding
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.unit import Unit, UnitState, count_states
from pipeline.publishing.versions.wording import fillable
from pipeline.storage.files import write_if_changed
from pipeline.storage.git import Commit
from pipeline.storage.shared_file import read_shared_file
from pipeline.workflow.cataloging import revise
from pipeline.workflow.changes import Changes
from pipeline.workflow.decisions import CatalogDecisions
from pipeline.workflow.line_merges import find_unseen
from pipeline.workflow.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogFile:
    """A catalog where it lies."""

    path: Path
    locale: Locale
    catalog: Catalog

    @property
    def domain(self) -> str:
        """The domain it belongs to."""
        return self.path.stem

    @property
    def source(self) -> Locale:
        """The language that the sources of a catalog of postings are written in."""
        return parse_locale(self.domain.removeprefix(layout.POSTINGS_PREFIX))

    @property
    def of_postings(self) -> bool:
        """Whether it holds segments of postings, not our own words."""
        return self.domain.startswith(layout.POSTINGS_PREFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedUnit:
    """A unit that a check found something about, the line where its entry begins, and the ids of its postings."""

    file: CatalogFile
    unit: Unit
    findings: tuple[Finding, ...]
    line: int
    postings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCatalog:
    """A catalog of postings, how many of its units are in each state, and the units that something was found about."""

    file: CatalogFile
    states: Mapping[UnitState, int]
    units: tuple[CheckedUnit, ...]


def catalog_files(project: Project) -> Iterator[CatalogFile]:
    """Read the catalogs of the configured locales, one after the other.

    Raises CatalogError at the first file or folder that cannot be read.
    """
    for locale in project.settings.locales:
        folder = layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN).parent
        for path in _catalogs_in(folder):
            catalog = read_catalog(path)
            if catalog is not None:
                yield CatalogFile(path=path, locale=locale, catalog=catalog)


def _catalogs_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".po")
    except FileNotFoundError:
        return []
    except OSError as error:  # a glob would take a closed folder for an empty one
        raise CatalogError(folder, error.strerror or "cannot be read") from error


def compile_catalogs(project: Project) -> int:
    """Write the MO file beside each catalog; return how many changed."""
    return sum(
        write_if_changed(file.path.with_suffix(".mo"), serialize_mo(file.catalog)) for file in catalog_files(project)
    )


def clear_catalogs(project: Project) -> int:
    """Empty the engines' own unreviewed targets in the catalogs of postings; return how many there were."""
    cleared = 0
    for file in catalog_files(project):
        if file.of_postings:
            cleared += _clear(project, file.path)
    project.last_run.write()
    return cleared


def _clear(project: Project, path: Path) -> int:
    cleared = 0

    def changed(current: Catalog | None) -> Catalog | None:
        nonlocal cleared
        units = current.units if current else ()
        cleared = sum(unit.engines_own and unit.doubtful and not unit.retired for unit in units)
        return replace(current, units=clear_machine(units)) if current else None

    revise(project, path, changed)
    return cleared


def catalog_statistics(project: Project) -> Iterator[tuple[CatalogFile, dict[UnitState, int]]]:
    """Count the units of each catalog by state."""
    return ((file, count_states(file.catalog.units)) for file in catalog_files(project))


def check_catalogs(project: Project, since: Commit | None = None) -> Iterator[CheckedCatalog]:
    """Run every check over the live units of the postings' catalogs, or over those that were changed `since` then."""
    changes = Changes(since) if since else None
    for file in catalog_files(project):
        if not file.of_postings:
            continue
        checker = project.checks.of(file.source, file.locale)
        places = project.places.of(source_language(file.source))
        units = CatalogDecisions(project.decisions, file.locale).restore(file.catalog.units)
        across = checker.findings_across(units, places)
        live = [unit for unit in units if not unit.retired]
        if changes:
            changed = changes.of(file.path, file.catalog)
            live = [unit for unit in live if unit.key in changed]
        found = [
            (unit, (*checker.findings(unit), *across.get(unit, ()))) for unit in project.progress.over("check", live)
        ]
        lines = entry_lines(file.path) if any(findings for _, findings in found) else {}
        yield CheckedCatalog(
            file=file,
            states=count_states(file.catalog.units),
            units=tuple(
                CheckedUnit(
                    file=file,
                    unit=unit,
                    findings=findings,
                    line=lines.get(unit.key, 0),
                    postings=tuple(filter(None, map(posting_of, places(unit.key) or unit.references))),
                )
                for unit, findings in found
                if findings
            ),
        )
    project.checks.keep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a file, and what mends it; a `note` is left to whoever can translate."""

    path: Path
    reason: str
    note: bool = False


def check_form(project: Project) -> Iterator[Problem]:
    """Yield every file that `catalogs update` would rewrite for its form, and every word of ours without a target.

    Also what a merge that git made line by line calls reviewed though nobody has accepted it.
    Raises CatalogError, with the line, at the first file that cannot be read.
    """
    words = site_words()
    yield from _check_site_template(project, serialize_catalog(layout.template(SITE_LANGUAGE, words)))
    for path in sorted(project.locales_dir.glob(f"{layout.POSTINGS_PREFIX}*.pot")):
        catalog = read_catalog(path)
        if catalog is not None:
            yield from _check_bytes(path, serialize_catalog(catalog))
    for file in catalog_files(project):
        yield from _check_bytes(file.path, serialize_catalog(file.catalog))
        faults = layout.plural_faults(file.catalog, file.locale)
        yield from (Problem(path=file.path, reason=fault) for fault in faults)
        if file.domain == layout.SITE_DOMAIN:
            yield from _check_words(file, {word.key for word in words})
    yield from (Problem(path=found.path, reason=found.reason) for found in find_unseen(project.locales_dir))


def _check_site_template(project: Project, wanted: str) -> Iterator[Problem]:
    path = layout.template_path(project.locales_dir, layout.SITE_DOMAIN)
    current = read_shared_file(path)
    if current != wanted.encode():
        yield Problem(path=path, reason="is stale: our pages say other words now; run polypost catalogs update")


def _check_bytes(path: Path, wanted: str) -> Iterator[Problem]:
    if read_shared_file(path) != wanted.encode():
        yield Problem(
            path=path, reason="is not in the house form; polypost catalogs update rewrites it, losing nothing"
        )


def _check_words(file: CatalogFile, wanted: set[tuple[str, str]]) -> Iterator[Problem]:
    reviewed = {unit.key for unit in file.catalog.units if unit.state is UnitState.REVIEWED}
    missing = sorted(wanted - reviewed)
    if missing and shipped_words(file.locale) is None:  # as in a new project in a language that we have no words in
        reason = f"{len(missing)} of our {len(wanted)} words have no target, pages show them in English; translate them"
        yield Problem(path=file.path, reason=reason, note=True)
        missing = []
    for context, source in missing:
        place = f" ({context})" if context else ""
        yield Problem(path=file.path, reason=f"has no reviewed target for {source!r}{place}; translate it by hand")
    for unit in file.catalog.units:
        source = unit.extras.plural_source or unit.key.source
        targets = unit.extras.plural_targets or (unit.target,)
        if unit.key in wanted and any(fillable(target, source) != target for target in targets if target != source):
            reason = f"has a target for {source!r} whose % places are not those of the source; write them as there"
            yield Problem(path=file.path, reason=reason)
