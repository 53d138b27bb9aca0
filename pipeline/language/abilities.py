"""Says of each language what its readings can do, from what its data holds.

>>> found, = abilities(("de",))
>>> found.language, found.number_words, found.negation
('de', True, True)
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.language import calendar, meaning
from pipeline.language.knowledge import knowledge
from pipeline.language.lexicon import lexicon
from pipeline.language.meaning import MODALITY, NEGATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What is read in a language; figures are read in every one.

    `quantities` are units, currencies and bounds at numbers, `calendar` dates, weekdays and times in words.
    """

    language: str
    number_words: bool
    quantities: bool
    calendar: bool
    negation: bool
    obligation: bool


def abilities(languages: Iterable[str]) -> tuple[Abilities, ...]:
    """Return what can be read in each of some languages."""
    return tuple(map(_abilities, languages))


def _abilities(language: str) -> Abilities:
    subjects = meaning.subjects(language)
    return Abilities(
        language=language,
        number_words=lexicon(language).counts_words,
        quantities=knowledge(language).known,
        calendar=calendar.reads(language),
        negation=NEGATION in subjects,
        obligation=MODALITY in subjects,
    )
