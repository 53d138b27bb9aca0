"""What a locale says in two ways: equal sources with different reviewed targets, terms with different wordings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from pipeline.catalog.conflicts import Conflict, PlacedUnit, find_conflicts
from pipeline.catalog.site_domain import SITE_LANGUAGE
from pipeline.checks.terms import renderings
from pipeline.language.glossary import TermScope
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.unit import Unit
from pipeline.workflow.maintenance import CatalogFile, catalog_files
from pipeline.workflow.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConflict:
    """A source of a language with several reviewed targets in a locale."""

    language: str
    locale: Locale
    conflict: Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class TermConflict:
    """A term, of the project's glossary or of the trade's, and by each of its wordings the units that use it.

    The wording "" stands for any that no list knows.
    """

    language: str
    locale: Locale
    term: str
    of_project: bool
    wordings: Mapping[str, Sequence[Unit]]


def read_catalogs_by_locale(project: Project) -> dict[Locale, list[CatalogFile]]:
    """Read all catalogs of the configured locales."""
    found: dict[Locale, list[CatalogFile]] = defaultdict(list)
    for file in catalog_files(project):
        found[file.locale].append(file)
    return found


def find_source_conflicts(files: Iterable[CatalogFile]) -> Iterator[SourceConflict]:
    """Yield the sources with several reviewed targets in the catalogs of one locale, one language after the other."""
    by_language: dict[str, list[CatalogFile]] = defaultdict(list)
    for file in files:
        by_language[parse_locale(_language(file)).language].append(file)
    for language, alike in sorted(by_language.items()):
        placed = (PlacedUnit(file.domain, unit) for file in alike for unit in file.catalog.units)
        for conflict in find_conflicts(placed):
            yield SourceConflict(language=language, locale=alike[0].locale, conflict=conflict)


def find_term_conflicts(project: Project, files: Iterable[CatalogFile]) -> Iterator[TermConflict]:
    """Yield the terms that the targets of a locale, reviewed or a machine's, say in several ways."""
    for file in files:
        if file.of_postings:
            language = source_language(file.source)
            for of_project, glossary in ((True, project.glossary), (False, project.trade)):
                scope = glossary.scope(language, file.locale)
                for term, wordings in _wordings(file, scope).items():
                    if len(wordings) > 1:
                        yield TermConflict(
                            language=language,
                            locale=file.locale,
                            term=term,
                            of_project=of_project,
                            wordings=dict(sorted(wordings.items(), key=lambda pair: (not pair[0], -len(pair[1])))),
                        )


def _wordings(file: CatalogFile, scope: TermScope) -> dict[str, dict[str, list[Unit]]]:
    found: dict[str, dict[str, list[Unit]]] = defaultdict(lambda: defaultdict(list))
    for unit in file.catalog.units if scope.terms else ():
        if unit.translated and not unit.retired and not unit.for_show and not unit.extras.plural_source:
            for term, wording in renderings(unit, scope):
                found[term.source][wording].append(unit)
    return found


def _language(file: CatalogFile) -> str:
    return source_language(file.source) if file.of_postings else SITE_LANGUAGE
