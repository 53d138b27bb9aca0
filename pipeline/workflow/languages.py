"""One list of languages with what each can do, gathered from the stages that do it."""

from collections.abc import Mapping

from babel import Locale

from pipeline.catalog.site_domain import WordCounts, shipped_locales, shipped_words
from pipeline.intake.detection.detectors import PY3LANGID_LANGUAGES as DETECTED
from pipeline.language.abilities import abilities
from pipeline.language.knowledge import languages

# A detector's code for Norwegian, and the one of its written form that CLDR and our data name.
_OURS = {"no": "nb"}
ABILITIES = (
    "detected",
    "sentences",
    "headings",
    "number_words",
    "quantities",
    "calendar",
    "negation",
    "obligation",
    "gender_forms",
    "site_words",
)


def list_languages() -> Mapping[str, tuple[str, ...]]:
    """Return every language that something is known of, by code, with the names of what it can do.

    Figures, addresses and markup are read in every language; sentences are cut in every one too, and those that are
    named here have a list of their abbreviations.
    """
    known = abilities(languages())
    can: dict[str, set[str]] = {
        "detected": {_OURS.get(code, code) for code in DETECTED},
        "sentences": set(languages("abbreviations")),
        "headings": set(languages("headings")),
        "gender_forms": set(languages("gender")),
        "site_words": {locale.language for locale in shipped_locales()},
    }
    for ability in ("number_words", "quantities", "calendar", "negation", "obligation"):
        can[ability] = {each.language for each in known if getattr(each, ability)}
    codes = sorted(set().union(*can.values()))
    return {code: tuple(ability for ability in ABILITIES if code in can[ability]) for code in codes}


def count_site_words() -> Mapping[Locale, WordCounts]:
    """Count the words of our own pages in each locale that they are shipped in, and the drafts among them."""
    return {locale: WordCounts.of(shipped_words(locale)) for locale in shipped_locales()}
