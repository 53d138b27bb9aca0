"""The words that a script needs while somebody filters a list, in the language of the version.

A text that counts has one form for each plural category of the language, so that a script can choose; # is the number:

    {"found": {"none": "No posting found", "one": "# posting found", "other": "# postings found"}, …}
"""

from collections.abc import Callable, Mapping
from gettext import NullTranslations

from babel import Locale

from pipeline.publishing.versions import wording

# Large enough to meet every plural category that CLDR has for whole numbers: "many" in French begins at a million.
_COUNTS = (*range(1, 201), 1_000_000)
_DAYS = (1, 7, 30)


def script_words(translations: NullTranslations, locale: Locale) -> dict[str, str | Mapping[str, str]]:
    """Return the words of the list for a script; places such as %(words)s are filled there."""
    gettext, ngettext = translations.gettext, translations.ngettext

    def without(count: int) -> str:
        return ngettext("Without “%(filter)s”: %(num)d posting", "Without “%(filter)s”: %(num)d postings", count)

    return {
        "found": dict(wording.found_forms(translations, locale)),
        "without": _forms(locale, without, "Without “%(filter)s”: %(num)d postings"),
        "elsewhere": gettext("In other languages"),
        "meant": wording.fillable(gettext("Did you mean %(words)s?"), "Did you mean %(words)s?"),
    }


def day_choices(translations: NullTranslations) -> list[tuple[int, str]]:
    """Return within how many days a posting may be asked for, and what that is called."""

    def within(days: int) -> str:
        return translations.ngettext("In the last %(num)d day", "In the last %(num)d days", days)

    return [(days, wording.fillable(within(days), "%(num)d").replace("%(num)d", str(days))) for days in _DAYS]


def _forms(locale: Locale, text: Callable[[int], str], source: str) -> dict[str, str]:
    """Return a text by CLDR plural category."""
    counts = {locale.plural_form(count): count for count in reversed(_COUNTS)}
    return {
        category: wording.fillable(text(count), source).replace("%(num)d", "#")
        for category, count in sorted(counts.items())
    }
