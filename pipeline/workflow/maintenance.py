"""What people do with catalogs between builds: compile, count, clear, check what they say and in which form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.incoming import posting_of
from pipeline.catalog.merge import clear_machine
from pipeline.catalog.mo_file import serialize_mo
from pipeline.catalog.po_file import Catalog, entry_lines, read_catalog, serialize_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, shipped_words, site_words
from pipeline.errors import CatalogError
from pipeline.model.finding import Finding
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.site_settings import FOOTER_CONTEXT, SiteSettings
from pipeline.model.unit import Unit, UnitState, count_states
from pipeline.publishing.versions.wording import LABELS, LABELS_WITH_COUNT, fillable
from pipeline.storage.files import write_if_changed
from pipeline.storage.git import Commit
from pipeline.storage.shared_file import read_shared_file
from pipeline.translation.routes import makes_again
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


class Cleared(NamedTuple):
    """How many unreviewed targets of engines were emptied, and how many stay since no engine here makes them again."""

    emptied: int
    left: int


def clear_catalogs(project: Project) -> Cleared:
    """Empty the engines' own unreviewed targets in the catalogs of postings, as far as they can be made again."""
    counts = [_clear(project, file.path) for file in catalog_files(project) if file.of_postings]
    project.last_run.write()
    return Cleared(sum(each.emptied for each in counts), sum(each.left for each in counts))


def _clear(project: Project, path: Path) -> Cleared:
    before: list[Unit] = []
    after: list[Unit] = []

    def changed(current: Catalog | None) -> Catalog | None:
        before[:] = current.units if current else ()
        after[:] = clear_machine(before, partial(makes_again, project.engines))
        return replace(current, units=tuple(after)) if current else None

    revise(project, path, changed)
    left = sum(map(_is_engines, after))
    return Cleared(sum(map(_is_engines, before)) - left, left)


def _is_engines(unit: Unit) -> bool:
    return unit.engines_own and unit.doubtful and not unit.retired


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
        checked = project.progress.over("check", checker.each(live, project), len(live))
        found = [(unit, (*findings, *across.get(unit, ()))) for unit, findings in checked]
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
    project.keep_findings()


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
    site = project.settings.site
    words = site_words(site)
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
            yield from _check_words(file, {word.key for word in site_words()})
            yield from _check_owners_words(file, {word.key for word in words[len(site_words()) :]}, site)
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


def _check_owners_words(file: CatalogFile, wanted: set[tuple[str, str]], site: SiteSettings) -> Iterator[Problem]:
    """Yield a note where words of the project's own site have no target; a footer needs none where it is written."""
    if site.footer_locale and site.footer_locale.language == file.locale.language:
        wanted = wanted - {(FOOTER_CONTEXT, site.footer)}
    reviewed = {unit.key for unit in file.catalog.units if unit.state is UnitState.REVIEWED}
    if missing := sorted(source for _, source in wanted - reviewed):
        reason = f"words of your own site have no target, pages show them as you wrote them; translate {missing}"
        yield Problem(path=file.path, reason=reason, note=True)


def _check_words(file: CatalogFile, wanted: set[tuple[str, str]]) -> Iterator[Problem]:
    reviewed = {unit.key for unit in file.catalog.units if unit.state is UnitState.REVIEWED}
    missing = sorted(wanted - reviewed)
    if missing and shipped_words(file.locale) is None:  # as in a new project in a language that we have no words in
        reason = f"{len(missing)} of our {len(wanted)} words have no target, pages show them in English; translate them"
        labels = [label for label in (*LABELS, *(one for one, _ in LABELS_WITH_COUNT)) if ("", label) in missing]
        if labels:
            named = ", ".join(map(repr, labels))
            reason += f", first what labels a machine translation, without which none is published: {named}"
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
