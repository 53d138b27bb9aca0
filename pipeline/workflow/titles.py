"""Titles said by the bundled words: for the catalogs, and for `polypost titles`, which reads lines of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel import Locale

from pipeline.config import Settings
from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.reading.gazetteer import look_up
from pipeline.model.locale import parse_locale, source_language
from pipeline.model.segment import TITLE, UnitKey
from pipeline.model.unit import TITLES_ENGINE, EngineOrigin, digest
from pipeline.storage.derived import NOTHING_KEPT, Derived
from pipeline.terminology.titles.certainty import certain_occupation
from pipeline.terminology.titles.occupations import suggested_label
from pipeline.terminology.titles.person_forms import Gender
from pipeline.terminology.titles.reading import read_phrase
from pipeline.terminology.titles.search import Match, find_concepts
from pipeline.terminology.titles.target import TitleTarget, occupation_target, title_target
from pipeline.terminology.titles.words import LANGUAGES
from pipeline.translation.protection import Replacement

_READ = 100
# Below it, hardly one name in four is of the concept (MELO).
MIN_SUGGESTED = 50


@dataclass(frozen=True, slots=True)
class _Occupation:
    """Which occupation a title names without doubt, by its number; None if there is a doubt."""

    number: int | None


class Titles:
    """Says titles in the locales of a project; `proper` are names that postings mention: employers and places.

    Searching an occupation loads an index of all of them, which takes seconds: what was found is `kept`.
    """

    def __init__(self, settings: Settings, proper: Iterable[str] = (), kept: Derived = NOTHING_KEPT) -> None:
        self._settings = settings
        self.proper = tuple(proper)
        self._kept = kept
        self._names = frozenset(name.casefold() for name in (*self.proper, *settings.do_not_translate))

    def say(self, source: str, language: Locale, locale: Locale) -> TitleTarget | None:
        """Return what is known of a title in a locale, None if nothing is."""
        gender = Gender(self._settings.gender_of(locale))
        title = title_target(source, source_language(language), locale, gender=gender, is_name=self._is_name)
        if title is not None and title.used:
            return title
        named = occupation_target(source, source_language(language), locale, gender=gender, certain=self._certain)
        return named or title

    def target(self, key: UnitKey, language: Locale, locale: Locale) -> str:
        """Return the target of a unit that is a title of which every word is known, else ""."""
        if not _is_title(key.context):
            return ""
        title = self.say(key.source, language, locale)
        return title.target if title is not None and title.used else ""

    def known_parts(self, text: str, context: str, language: Locale, locale: Locale) -> tuple[Replacement, ...]:
        """Return the parts of a title whose target is known, where an engine has to say the others."""
        title = self.say(text, language, locale) if _is_title(context) else None
        if title is None or title.source != text:
            return ()
        found = []
        start = 0
        for part in title.parts:
            if part.named:
                found.append(Replacement(start=start, stop=start + len(part.text), text=part.target))
            start += len(part.text)
        return tuple(found)

    def _certain(self, title: str, language: str) -> int | None:
        inputs = f"{language}\0{title}".encode("utf-8", "surrogatepass")
        return self._kept.make(_Occupation, inputs, lambda: _Occupation(certain_occupation(title, language))).number

    def _is_name(self, text: str) -> bool:
        return text.casefold() in self._names or bool(look_up(text))


def _is_title(context: str) -> bool:
    return context.partition("|")[0] == TITLE


def titles_origin(target: str, source: Locale, locale: Locale) -> EngineOrigin:
    """Return the origin of a title's target; its model changes only where the words would say the title otherwise."""
    return EngineOrigin(engine=TITLES_ENGINE, model=digest(target), route=f"{source.language}→{locale.language}")


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
