"""Whether catalogs are in the house form, and those of our own words say all that our pages say."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog import layout
from pipeline.catalog.plural_forms import plural_faults
from pipeline.catalog.po_file import read_catalog, serialize_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, shipped_words, site_words
from pipeline.model.unit import UnitState
from pipeline.publishing.versions.wording import fillable
from pipeline.storage.shared_file import read_shared_file
from pipeline.workflow.maintenance import CatalogFile, catalog_files
from pipeline.workflow.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a file, and what mends it; a `note` is left to whoever can translate."""

    path: Path
    reason: str
    note: bool = False


def check_form(project: Project) -> Iterator[Problem]:
    """Yield every file that `catalogs update` would rewrite for its form, and every word of ours without a target.

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
        yield from (Problem(path=file.path, reason=fault) for fault in plural_faults(file.catalog, file.locale))
        if file.domain == layout.SITE_DOMAIN:
            yield from _check_words(file, {word.key for word in words})


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
