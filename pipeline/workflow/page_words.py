"""The words of our own pages in each locale: of the project's own `site` catalog, else as they come with Polypost."""

from collections.abc import Mapping
from gettext import NullTranslations

from babel import Locale

from pipeline.catalog import layout
from pipeline.catalog.po_file import Catalog, read_catalog
from pipeline.catalog.site_domain import SITE_LANGUAGE, WordCounts, page_words, shipped_words
from pipeline.errors import CatalogError, MissingWordsError
from pipeline.publishing.versions.ledger_file import read_ledger
from pipeline.workflow.project import Project


def page_words_of(project: Project) -> dict[Locale, NullTranslations]:
    """Read the words of our pages in every locale.

    Raises CatalogError if the plural rule in the header is none that a number could be counted by.
    """
    return {locale: page_words_in(project, locale) for locale in project.settings.locales}


def page_words_in(project: Project, locale: Locale) -> NullTranslations:
    """Read the words of our pages in a locale.

    Raises CatalogError if the plural rule in the header is none that a number could be counted by.
    """
    own = _own_words(project, locale)
    if own and (fault := layout.plural_rule_fault(own, locale)):
        raise CatalogError(layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN), fault)
    return page_words(locale, own)


def count_words(project: Project) -> Mapping[Locale, WordCounts]:
    """Count the words of our pages in every locale, and those that are drafts or missing."""
    return {
        locale: WordCounts.of(_own_words(project, locale) or shipped_words(locale))
        for locale in project.settings.locales
    }


def require_words(project: Project) -> None:
    """Refuse a new locale in which no word of our pages is translated.

    Raises MissingWordsError for the first one that nothing has been published in.
    """
    lacking = [locale for locale, found in count_words(project).items() if _speaks_english(locale, found)]
    known = {line.locale for line in read_ledger(project.ledger_path)} if lacking else set[str]()
    for locale in lacking:
        if str(locale) not in known:
            path = layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN)
            raise MissingWordsError(str(locale), path)


def _speaks_english(locale: Locale, found: WordCounts) -> bool:
    return locale.language != SITE_LANGUAGE and found.words == found.missing


def _own_words(project: Project, locale: Locale) -> Catalog | None:
    return read_catalog(layout.catalog_path(project.locales_dir, locale, layout.SITE_DOMAIN))
