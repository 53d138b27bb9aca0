"""One list of languages with what each can do, gathered from the stages that do it."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

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
        "site_words": _languages_of_site(),
    }
    for ability in ("number_words", "quantities", "calendar", "negation", "obligation"):
        can[ability] = {each.language for each in known if getattr(each, ability)}
    codes = sorted(set().union(*can.values()))
    return {code: tuple(ability for ability in ABILITIES if code in can[ability]) for code in codes}


def _languages_of_site() -> set[str]:
    """Return the languages that the words of our own pages are shipped in, from the package or the checkout."""
    packed, checkout = Path(str(files("pipeline"))) / "site", Path(__file__).parents[2] / "locales"
    return {
        path.parts[-3].partition("_")[0] for root in (packed, checkout) for path in root.glob("*/LC_MESSAGES/site.po")
    }
