"""Pairs for the tests of single checks."""

from collections.abc import Callable

from babel import Locale

from pipeline.checks.check import Compared, LanguageOf
from pipeline.language.glossary import FormsOf


def compared(
    source: str,
    target: str,
    locale: str = "pt",
    *,
    language: str = "en",
    language_of: LanguageOf | None = None,
    forms_of: FormsOf | None = None,
) -> Compared:
    """Return a source and its target in a locale."""
    return Compared(
        source=source,
        target=target,
        source_language=language,
        locale=Locale.parse(locale),
        language_of=language_of,
        forms_of=forms_of,
    )


def say(find: Callable[[Compared], str], source: str, target: str, locale: str = "pt", language: str = "en") -> str:
    """Return what a check says of a source and its target."""
    return find(compared(source, target, locale, language=language))
