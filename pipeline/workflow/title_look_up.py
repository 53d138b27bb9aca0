"""What is known of titles that stand in lines of text: what `polypost titles` prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel import Locale

from pipeline.config import Settings
from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.model.locale import parse_locale, source_language
from pipeline.terminology.titles.certainty import certain_occupation
from pipeline.terminology.titles.occupations import suggested_label
from pipeline.terminology.titles.reading import read_phrase
from pipeline.terminology.titles.search import Match, find_concepts
from pipeline.terminology.titles.words import LANGUAGES
from pipeline.workflow.titles import Titles

_READ = 100
# Below it, hardly one name in four is of the concept (MELO).
MIN_SUGGESTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLookUp:
    """What is known of a line of text: its language, the concepts it may name, the best first, and its target.

    A target that is not `used` is a suggestion: what is known of the title, or ESCO's name of the best concept. So is
    one whose every word is known, if the occupation near to it is in doubt: of 99 such names in MELO 33 are of it.
    """

    query: str
    language: Locale | None
    matches: tuple[Match, ...] = ()
    target: str = ""
    used: bool = False


def look_up_titles(
    settings: Settings, lines: Iterable[str], language: Locale | None, locale: Locale, *, top: int = 1
) -> Iterator[TitleLookUp]:
    """Yield what is known of each line that is not empty; without a language, that of each line is detected."""
    titles = Titles(settings)
    ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector()) if language is None else None
    for line in lines:
        query = " ".join(line.split())
        if not query:
            continue
        spoken = _detected(ensemble, query) if ensemble else language
        if spoken is None:
            yield TitleLookUp(query=query, language=None)
            continue
        title = titles.say(query, spoken, locale)
        matches = find_concepts(query, source_language(spoken), top)
        near = matches and matches[0].score >= MIN_SUGGESTED
        sure = not near or _is_sure(query, source_language(spoken))
        suggested = suggested_label(matches[0].number, source_language(locale)) if near else ""
        yield TitleLookUp(
            query=query,
            language=spoken,
            matches=matches,
            target=title.target if title else suggested,
            used=title is not None and title.used and sure,
        )


def _is_sure(title: str, language: str) -> bool:
    """Tell whether a title's occupation is not in doubt; it never is in English, ESCO's own language."""
    return language == "en" or certain_occupation(title, language) is not None


def _detected(ensemble: Ensemble, text: str) -> Locale | None:
    """Return the language of a title: one that reads it, or has the nearest name of an occupation.

    Detectors alone take "Laser beam welder" for German; they decide where languages are equally near.
    """
    guesses = ensemble(text)
    likely = guesses[0].language if guesses else ""
    languages = dict.fromkeys((*([likely] if likely else ()), *LANGUAGES))
    near = {language: _nearness(text, language) for language in languages}
    best = max(languages, key=lambda language: near[language])  # the first of several
    return parse_locale(best) if near[best] else None


def _nearness(text: str, language: str) -> int:
    matches = find_concepts(text, language, 1)
    return (matches[0].score if matches else 0) + (_READ if read_phrase(text, language) else 0)
