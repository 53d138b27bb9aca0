"""A whole title is said in a locale, part by part: "Acme | Nurse (m/f/d) | Porto" has three, of which one is a title.

A part is read by the bundled words; or it is a name, an address, a country or a figure, which stays or has a name of
its own in the target. A target is `used` if every part is one of these: else the words that are left are for an engine,
and what is known is a suggestion.

>>> target = title_target("Senior Backend Engineer, Acme", "en", Locale("pt", "BR"), is_name="Acme".__eq__)
>>> target.target, target.used
('Engenheiro(a) de backend sênior, Acme', True)
>>> target = title_target("Senior Backend Engineer - Delivery Whispering", "en", Locale("pt", "BR"))
>>> target.target, target.used, target.asked
('Engenheiro(a) de backend sênior - Delivery Whispering', False, ('Delivery Whispering',))
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from pipeline.language.gender_forms import gender_forms, is_genderless
from pipeline.language.spans import GENDER_MARK, is_untranslatable
from pipeline.terminology.titles.certainty import certain_occupation
from pipeline.terminology.titles.occupations import preferred_label, safe_label
from pipeline.terminology.titles.person_forms import Gender, in_gender, one_form
from pipeline.terminology.titles.reading import Phrase, read_phrase
from pipeline.terminology.titles.saying import capitalized, say_phrase
from pipeline.terminology.titles.words import LANGUAGES, Kind, fold

Certain = Callable[[str, str], int | None]
MAX_CHARS = 300
# What stands between the parts of a title; a hyphen only beside a space, or behind the number of a vacancy.
_SEPARATOR = re.compile(
    r"(\s*[|;•·\[\]()]\s*|\s*[–—]\s*|\s+-+\s*|\s*-+\s+|(?<=\d)-(?=[^\W\d])|,\s+|:\s+|\s+/\s+|\s+@\s+|\.\s*\Z|\s+\Z|\A\s+)"
)
_OTHER_GENDER = re.compile(
    r"(?<=[^\W\d_])\s?\((?:as?|e|ne|le|fe|in|innen|euse|t?rice|i?ère)\)"
    r"|(?<=[^\W\d_]{2})(?:/-?|[*:_·])(?:a|in|r|e|ne|euse|trice|ère|ive)(?!\w)"
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
# Two to five capitals that no language's words have stay as they are: QC, NYC, TX.
_ACRONYM = re.compile(r"[A-Z]{2,5}\Z")
# An address, or what a list that cut its titles left of one.
_ADDRESS = re.compile(r"<a\b.*|(?:ht|htt|https?)(?::.*)?\Z", re.DOTALL)
_COMPANY = re.compile(r"\b(?:Inc|Ltd|Ltda|LLC|GmbH|AG|S\.?A|Limited|Corp)\.?\Z")


def no_name(text: str) -> bool:  # noqa: ARG001  a caller that knows no names
    """Take no text for a name."""
    return False


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
    def source(self) -> str:
        """The title as it was read: without what marks the other gender, such as "(a)"."""
        return "".join(part.text for part in self.parts)

    @property
    def used(self) -> bool:
        """Whether the target is known as a whole, and at least one part of it by its words."""
        return not self.asked and any(part.named for part in self.parts)

    @property
    def asked(self) -> tuple[str, ...]:
        """The parts whose target is not known."""
        return tuple(part.text for part in self.parts if part.text and not part.target)


def title_target(
    source: str,
    language: str,
    locale: Locale,
    *,
    gender: Gender = Gender.PAIRED,
    is_name: Callable[[str], bool] = no_name,
) -> TitleTarget | None:
    """Return what a title is in a locale, None where no word of it is known or one of the languages is not.

    `is_name` tells the proper names of employers and places: they stay as they are written.
    """
    if not knows(language, locale) or len(source) > MAX_CHARS:
        return None
    bare = source if is_genderless(language) else _OTHER_GENDER.sub("", source)
    speaker = _Speaker(language=language, locale=locale, gender=gender, is_name=is_name)
    parts = tuple(speaker.parts(bare))
    if not any(part.named for part in parts):
        return None
    return TitleTarget(target="".join(part.target or part.text for part in parts), parts=parts)


def occupation_target(
    source: str, language: str, locale: Locale, *, gender: Gender, certain: Certain = certain_occupation
) -> TitleTarget | None:
    """Return the name of the occupation that a whole title names without doubt, with its gender mark; else None.

    `certain` finds the occupation; whoever keeps what was found once need not search again.
    """
    if not knows(language, locale) or len(source) > MAX_CHARS:
        return None
    mark = GENDER_MARK.search(source)
    title = source[: mark.start()].rstrip() if mark else source
    if mark and mark.end() < len(source.rstrip()):
        return None
    number = certain(title, language)
    if number is None:
        return None
    name = safe_label(number, f"{title} {preferred_label(number, language)}", locale.language)
    by_mark = mark is not None and locale.language == "fr" and gender is Gender.PAIRED
    wording = capitalized(in_gender(name, Gender.MASCULINE if by_mark else gender, locale.language), locale.language)
    parts = [TitlePart(text=title, target=wording, named=True)]
    if mark:
        gap = source[len(title) : mark.start()]
        parts += [TitlePart(text=gap, target=gap), TitlePart(text=mark[0], target=say_mark(mark[0], locale.language))]
    return TitleTarget(target="".join(part.target for part in parts), parts=tuple(parts)) if name else None


def knows(language: str, locale: Locale) -> bool:
    """Tell whether the bundled words have both languages; the Portuguese ones are those of Brazil."""
    european = locale.language == "pt" and locale.territory not in {None, "BR"}
    return language in LANGUAGES and locale.language in LANGUAGES and locale.language != language and not european


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A part of a title as it was read: a phrase, or a gender mark, or neither."""

    text: str
    phrase: Phrase | None = None
    mark: str = ""
    employer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """Says the parts of one title in a locale."""

    language: str
    locale: Locale
    gender: Gender
    is_name: Callable[[str], bool]

    def parts(self, source: str) -> Iterator[TitlePart]:
        """Yield the parts and the separators between them, in order."""
        pieces = [*self._pieces(source), ""]
        read = [self._read(text) for text in pieces[::2]]
        separators = pieces[1::2]
        read = _with_employer(read, separators)
        marked = any(part.mark for part in read)
        occupied = any(part.phrase is not None and part.phrase.core is not None for part in read)
        number = 0
        while number < len(read):
            part, separator = read[number], separators[number]
            turned = _turned(part.phrase, read[number + 1].phrase) if separator.startswith(",") else None
            if turned is not None:
                number += 1
                part = _Read(text=part.text + separator + read[number].text, phrase=turned)
                separator = separators[number]
            if part.text:
                yield self._part(part, marked=marked, occupied=occupied)
            if separator:
                yield TitlePart(text=separator, target=separator)
            number += 1

    def _pieces(self, source: str) -> Iterator[str]:
        """Yield parts and separators in turn, a part first; a gender mark is a part of its own."""
        end = 0
        for mark in GENDER_MARK.finditer(source):
            before = source[end : mark.start()]
            yield from _SEPARATOR.split(_one_name(before.rstrip()))
            yield before[len(before.rstrip()) :]
            yield mark[0]
            end = mark.end()
            gap = re.match(r"\s*", source[end:])
            yield gap[0] if gap else ""
            end += len(gap[0]) if gap else 0
        yield from _SEPARATOR.split(_one_name(source[end:]))

    def _read(self, text: str) -> _Read:
        if GENDER_MARK.fullmatch(text):
            return _Read(text=text, mark=say_mark(text, self.locale.language))
        # The two genders of one name, and not two names.
        one, *others = [read_phrase(form, self.language) for form in gender_forms(text)[1:]] or [None]
        phrase = one if one is not None and others == [one] else read_phrase(text, self.language)
        return _Read(text=text, phrase=phrase)

    def _part(self, part: _Read, *, marked: bool, occupied: bool) -> TitlePart:
        if part.mark:
            return TitlePart(text=part.text, target=part.mark)
        text, phrase = part.text, part.phrase
        if phrase is not None and (occupied or not phrase.ranks):
            by_mark = marked and self.locale.language == "fr" and self.gender is Gender.PAIRED
            # A French title with F/H names one gender, the mark the other.
            wording = say_phrase(phrase, self.locale.language, Gender.MASCULINE if by_mark else self.gender)
            lower = (
                text[:1].islower() and phrase.core is None and self.locale.language != "de" and wording[1:].islower()
            )
            return TitlePart(text=text, target=wording.lower() if lower else wording, named=bool(wording))
        if place := territories(self.language).get(" ".join(fold(text))):
            return TitlePart(text=text, target=self.locale.territories.get(place, ""))
        stays = part.employer or self._stays(text)
        return TitlePart(text=text, target=text if stays else "")

    def _stays(self, text: str) -> bool:
        return (
            _NUMBER.match(text) is not None
            or _ACRONYM.match(text) is not None
            or _COMPANY.search(text) is not None
            or _ADDRESS.match(text) is not None
            or is_untranslatable(text, ())
            or all(map(self.is_name, text.split("/")))
        )


def _one_name(text: str) -> str:
    """Return a text with one of two names that differ in gender, so that the slash between them parts no title."""
    return one_form(text) if " / " in text else text


def _with_employer(read: list[_Read], separators: list[str]) -> list[_Read]:
    """Take parts of which no word is known for the employer: the first one before a bar, and what stands behind "@".

    In 45 of 45 real titles with two bars or more that begin with no known word, an employer stands there ("Everwise |
    Nurse | Porto"), and in 3 of 3 behind "@".
    """
    bars = sum("|" in separator for separator in separators)
    places = [0] if bars >= _TWO and "|" in separators[0] else []
    places += [place + 1 for place, separator in enumerate(separators) if "@" in separator and place + 1 < len(read)]
    unknown = {place for place in places if read[place].phrase is None and read[place].text}
    return [replace(part, employer=True) if place in unknown else part for place, part in enumerate(read)]


def _turned(head: Phrase | None, field: Phrase | None) -> Phrase | None:
    """Read "Manager, Claims Compliance" as the manager of claims compliance."""
    if head is None or field is None or head.core is None or head.core.kind is not Kind.HEAD or head.fields:
        return None
    if field.core is not None or not field.fields or field.ranks or head.level or head.terms:
        return None
    return replace(head, fields=field.fields, nested=field.nested)


def say_mark(mark: str, language: str) -> str:
    """Return a gender mark in the letters of a language, with as many genders as it had.

    >>> say_mark("(m/w/d)", "fr"), say_mark("H/F", "de")
    ('(F/H/X)', 'm/w')
    """
    letters = re.findall(r"\w+|\*", mark)
    two, more = _MARKS[language]
    letter = two if len(letters) == _TWO else more
    return f"({letter})" if mark.startswith("(") else letter


@cache
def territories(language: str) -> Mapping[str, str]:
    """Return the countries and continents of CLDR by their folded name in a language."""
    names = Locale(language).territories
    return {" ".join(fold(name)): code for code, name in names.items()}
