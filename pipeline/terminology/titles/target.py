"""A whole title is said in a locale, part by part: "Acme | Nurse (m/f/d) | Porto" has three, of which one is a title.

A part is read by the bundled words; or it is a name, an address, a country or a figure, which stays or has a name of its
own in the target. A target is `used` if every part is one of these: else the words that are left are for an engine, and
what is known is a suggestion.

>>> target = title_target("Senior Backend Engineer, Acme", "en", Locale("pt", "BR"), names=("Acme",))
>>> target.target, target.used
('Engenheiro(a) de backend sênior, Acme', True)
>>> target = title_target("Senior Backend Engineer - Delivery Whispering", "en", Locale("pt", "BR"))
>>> target.target, target.used, target.asked
('Engenheiro(a) de backend sênior - Delivery Whispering', False, ('Delivery Whispering',))
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from pipeline.language.gender_forms import gender_forms
from pipeline.language.spans import GENDER_MARK, is_untranslatable
from pipeline.terminology.titles.person_forms import Gender
from pipeline.terminology.titles.reading import Phrase, read_phrase
from pipeline.terminology.titles.saying import say_phrase
from pipeline.terminology.titles.words import LANGUAGES, Kind, fold

MAX_CHARS = 300
# What stands between the parts of a title; a hyphen only beside a space, or behind the number of a vacancy.
_SEPARATOR = re.compile(
    r"(\s*[|;•·\[\]()]\s*|\s*[–—]\s*|\s+-+\s*|\s*-+\s+|(?<=\d)-(?=[^\W\d])|,\s+|:\s+|\s+/\s+|\s+@\s+|\.\s*\Z|\s+\Z|\A\s+)"
)
_OTHER_GENDER = re.compile(
    r"(?<=[^\W\d_])\s?\((?:as?|e|ne|le|fe|in|innen|euse|t?rice|i?ère)\)"
    r"|(?<=[^\W\d_]{2})(?:/-?|[*:_·])(?:a|in|r|e|ne|euse|trice|ière|ère)(?!\w)"
)
# Who may apply, in the letters of each language: two genders, and more than two.
_MARKS = {
    "en": ("m/f", "m/f/d"),
    "pt": ("m/f", "m/f/d"),
    "es": ("h/m", "h/m/x"),
    "fr": ("F/H", "F/H/X"),
    "de": ("m/w", "m/w/d"),
}
_TWO = 2
_NUMBER = re.compile(r"#?\d[\d.,/-]*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePart:
    """A part of a title: its text, and what it is in the target locale, "" where that is not known.

    `named` tells that the bundled words made the target; else it is a name or a figure that stays.
    """

    text: str
    target: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleTarget:
    """What a title is in a locale; what is not known stands in it as in the source.

    `used` tells that every word is accounted for, so that the target can stand as a machine's; `asked` are the parts
    that only an engine can say.
    """

    target: str
    parts: tuple[TitlePart, ...]

    @property
    def used(self) -> bool:
        """Whether the target is known as a whole, and at least one part of it by its words."""
        return not self.asked and any(part.named for part in self.parts)

    @property
    def asked(self) -> tuple[str, ...]:
        """The parts whose target is not known."""
        return tuple(part.text for part in self.parts if part.text and not part.target)


def title_target(
    source: str, language: str, locale: Locale, *, gender: Gender = Gender.PAIRED, names: Collection[str] = ()
) -> TitleTarget | None:
    """Return what a title is in a locale, None where no word of it is known or one of the languages is not.

    `names` are proper ones, of employers and places: they stay as they are written.
    """
    if not knows(language, locale) or len(source) > MAX_CHARS:
        return None
    speaker = _Speaker(language=language, locale=locale, gender=gender, names=frozenset(names))
    parts = tuple(speaker.parts(source))
    if not any(part.named for part in parts):
        return None
    return TitleTarget(target="".join(part.target or part.text for part in parts), parts=parts)


def knows(language: str, locale: Locale) -> bool:
    """Tell whether the bundled words have both languages; the Portuguese ones are those of Brazil."""
    european = locale.language == "pt" and locale.territory not in {None, "BR"}
    return language in LANGUAGES and locale.language in LANGUAGES and locale.language != language and not european


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """Says the parts of one title in a locale."""

    language: str
    locale: Locale
    gender: Gender
    names: frozenset[str]

    def parts(self, source: str) -> Iterator[TitlePart]:
        """Yield the parts and the separators between them, in order."""
        mark = next(GENDER_MARK.finditer(source), None)
        if mark is not None:
            before, behind = source[: mark.start()], source[mark.end() :]
            yield from self._between(before.rstrip(), marked=True)
            gap = before[len(before.rstrip()) :]
            yield TitlePart(text=gap + mark[0], target=gap + say_mark(mark[0], self.locale.language))
            yield from self._between(behind, marked=False)
        else:
            yield from self._between(source, marked=False)

    def _between(self, text: str, *, marked: bool) -> Iterator[TitlePart]:
        pieces = _SEPARATOR.split(text)
        texts, separators = pieces[::2], [*pieces[1::2], ""]
        number = 0
        while number < len(texts):
            part, separator = texts[number], separators[number]
            turned = self._turned(texts[number : number + 2], separator, marked=marked)
            if turned is not None:
                part, number = turned, number + 1
                separator = separators[number]
                yield part
            elif part:
                yield self._part(part, marked=marked)
            if separator:
                yield TitlePart(text=separator, target=separator)
            number += 1

    def _turned(self, pair: list[str], separator: str, *, marked: bool) -> TitlePart | None:
        """Read "Manager, Claims Compliance" as the manager of claims compliance."""
        if len(pair) < _TWO or not separator.startswith(","):
            return None
        head, field = (self._read(text) for text in pair)
        if head is None or field is None or head.core is None or head.core.kind is not Kind.HEAD or head.fields:
            return None
        if field.core is not None or not field.fields or field.ranks or head.level or head.terms:
            return None
        said = self._say(replace(head, fields=field.fields), marked=marked)
        return TitlePart(text=separator.join(pair), target=said, named=True) if said else None

    def _part(self, text: str, *, marked: bool) -> TitlePart:
        if text in self.names or _NUMBER.match(text) or is_untranslatable(text, ()):
            return TitlePart(text=text, target=text)
        phrase = self._read(text)
        said = self._say(phrase, marked=marked) if phrase else ""
        if said:
            lower = text[:1].islower() and phrase is not None and phrase.core is None and said[1:].islower()
            return TitlePart(text=text, target=said.lower() if lower else said, named=True)
        if place := territories(self.language).get(" ".join(fold(text))):
            return TitlePart(text=text, target=self.locale.territories.get(place, ""))
        return TitlePart(text=text)

    def _read(self, text: str) -> Phrase | None:
        found = read_phrase(_OTHER_GENDER.sub("", text), self.language)
        if found is not None or "/" not in text:
            return found
        forms = (read_phrase(form, self.language) for form in gender_forms(text)[1:2])
        return next((form for form in forms if form is not None), None)

    def _say(self, phrase: Phrase, *, marked: bool) -> str:
        """Say a phrase; a French title with a mark such as F/H names one gender, the mark the other."""
        by_mark = marked and self.locale.language == "fr" and self.gender is Gender.PAIRED
        return say_phrase(phrase, self.locale.language, Gender.MASCULINE if by_mark else self.gender)


def say_mark(mark: str, language: str) -> str:
    """Return a gender mark in the letters of a language, with as many genders as it had.

    >>> say_mark("(m/w/d)", "fr"), say_mark("H/F", "de")
    ('(F/H/X)', 'm/w')
    """
    letters = re.findall(r"\w+|\*", mark)
    two, more = _MARKS[language]
    said = two if len(letters) == _TWO else more
    return f"({said})" if mark.startswith("(") else said


@cache
def territories(language: str) -> Mapping[str, str]:
    """Return the countries and continents of CLDR by their folded name in a language."""
    names = Locale(language).territories
    return {" ".join(fold(name)): code for code, name in names.items()}


