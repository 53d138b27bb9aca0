"""Titles said by the bundled words: for the catalogs, and for `polypost titles`, which reads lines of text."""

from collections.abc import Iterable

from babel import Locale

from pipeline.config import Settings
from pipeline.intake.reading.gazetteer import look_up
from pipeline.model.locale import source_language
from pipeline.model.segment import TITLE, UnitKey
from pipeline.model.unit import EngineOrigin, digest
from pipeline.terminology.titles.person_forms import Gender
from pipeline.terminology.titles.target import TitleTarget, title_target

TITLES_ENGINE = "titles"


class Titles:
    """Says titles in the locales of a project; `proper` are names that postings mention: employers and places."""

    def __init__(self, settings: Settings, proper: Iterable[str] = ()) -> None:
        self._settings = settings
        self._names = frozenset(name.casefold() for name in (*proper, *settings.do_not_translate))

    def say(self, source: str, language: Locale, locale: Locale) -> TitleTarget | None:
        """Return what is known of a title in a locale, None if nothing is."""
        gender = Gender(self._settings.gender_of(locale))
        return title_target(source, source_language(language), locale, gender=gender, is_name=self._is_name)

    def target(self, key: UnitKey, language: Locale, locale: Locale) -> str:
        """Return the target of a unit that is a title of which every word is known, else ""."""
        if key.context.partition("|")[0] != TITLE:
            return ""
        said = self.say(key.source, language, locale)
        return said.target if said is not None and said.used else ""

    def _is_name(self, text: str) -> bool:
        return text.casefold() in self._names or bool(look_up(text))


def titles_origin(target: str, source: Locale, locale: Locale) -> EngineOrigin:
    """Return the origin of a title's target; its model changes only where the words would say the title otherwise."""
    return EngineOrigin(engine=TITLES_ENGINE, model=digest(target), route=f"{source.language}→{locale.language}")
