"""Titles said by the bundled words, for the catalogs."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale

from pipeline.config import Settings
from pipeline.intake.reading.gazetteer import look_up
from pipeline.model.locale import source_language
from pipeline.model.segment import TITLE, UnitKey
from pipeline.model.unit import TITLES_ENGINE, EngineOrigin, digest
from pipeline.storage.derived import NOTHING_KEPT, Derived
from pipeline.terminology.titles.certainty import certain_occupation
from pipeline.terminology.titles.person_forms import Gender
from pipeline.terminology.titles.target import TitleTarget, occupation_target, title_target
from pipeline.translation.protection import Replacement


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
        if not is_title(key.context):
            return ""
        title = self.say(key.source, language, locale)
        return title.target if title is not None and title.used else ""

    def known_parts(self, text: str, context: str, language: Locale, locale: Locale) -> tuple[Replacement, ...]:
        """Return the parts of a title whose target is known, where an engine has to say the others."""
        title = self.say(text, language, locale) if is_title(context) else None
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


def is_title(context: str) -> bool:
    """Tell whether a context is that of titles, narrowed to a posting or not."""
    return context.partition("|")[0] == TITLE


def titles_origin(target: str, source: Locale, locale: Locale) -> EngineOrigin:
    """Return the origin of a title's target; its model changes only where the words would say the title otherwise."""
    return EngineOrigin(engine=TITLES_ENGINE, model=digest(target), route=f"{source.language}→{locale.language}")
