"""What a part of a line is: a question for an engine, a name that stays, or words that have a fixed wording.

>>> line = Line(source=Locale("en"), target=Locale("pt", "BR"), names=LineNames(proper=frozenset({"acme"})))
>>> for part in parts_by_kind("Cook, Acme, Germany", line, alone=False):
...     if part.text:
...         print(part.kind, repr(part.wording or part.text))
asked 'Cook'
kept ', '
kept 'Acme'
kept ', '
worded 'Alemanha'
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import pairwise

from babel import Locale

from pipeline.language.knowledge import knowledge
from pipeline.language.spans import GENDER_MARK, is_untranslatable
from pipeline.language.trade_words import names_occupation, trade_wording
from pipeline.model.markup import TAG
from pipeline.translation.facts import NO_HINTS, find_facts
from pipeline.translation.lettering import NO_EVIDENCE, Evidence

MAX_TOWN_WORDS = 3
MAX_CODE_LETTERS = 4
WORD = re.compile(r"[^\W_]+(?:[&'’.-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*\Z|[.!?]\s+[^\W\d_]")
_ACRONYM = re.compile(rf"(?:[A-Z]{{2,{MAX_CODE_LETTERS}}}|[A-Z]{{0,5}}\d[A-Z\d-]*)(?![\w])")
# An address that a source cut off: all of it is for machines.
_CUT_ADDRESS = re.compile(r"(?:<a\b|https?:|www\.)\S*(?:\s+href=\S*)?\Z")
_BEHIND_CITY = re.compile(r"(?<=[a-z]) [A-Z]{2}\Z|/[A-Z]{2}\Z")

# Tells what a name of a place stands for: the code of a country or area that CLDR names, "" for a city or a region that
# every language writes alike, None for what is no place.
PlaceOf = Callable[[str], str | None]


def no_places(name: str) -> str | None:  # noqa: ARG001  a gazetteer that knows nothing
    """Know no place."""
    return None


class PartKind(StrEnum):
    """What becomes of a part: an engine is asked, it stays as it is written, or it has a fixed wording."""

    ASKED = "asked"
    KEPT = "kept"
    WORDED = "worded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a line; `wording` is what a worded one is in the target's locale."""

    text: str
    kind: PartKind
    wording: str = ""

    @property
    def asked(self) -> bool:
        """Whether it is a question for an engine, a source of its own."""
        return self.kind is PartKind.ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNames:
    """What tells names from words: `proper` are whole names of employers and places of the postings, in small letters.

    `evidence` tells how running text of the source's language writes a word, `place_of` knows places.
    """

    proper: frozenset[str] = frozenset()
    evidence: Evidence = field(default=NO_EVIDENCE)
    place_of: PlaceOf = no_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the parts of a line are judged by."""

    source: Locale
    target: Locale
    names: LineNames


def parts_by_kind(core: str, line: Line, *, alone: bool) -> Iterator[Part]:
    """Yield what stands between separators as what is asked, kept and worded; `alone` if it is all of a line."""
    if not alone and _is_code(core, line):
        yield asked_part(core) if _states_fact(core, line) else kept_part(core)
        return
    named = None if "," in core else named_part(core, line)  # the country of a place is worded
    yield from [named] if named else _elements(core, line, alone=alone) or [named_part(core, line) or asked_part(core)]


def named_part(text: str, line: Line) -> Part | None:
    """Return a text that is a name or has a fixed wording as a part, None if it is words."""
    wording = trade_wording(text, line.source.language, line.target.language)
    if wording:
        return Part(text=text, kind=PartKind.WORDED, wording=wording)
    return _place(text, line) or (kept_part(text) if _is_proper(text, line) else None)


def _is_proper(text: str, line: Line) -> bool:
    words = without_tags(text)
    return words[:1].isupper() and words.casefold() in line.names.proper - line.names.evidence.small


def _is_code(text: str, line: Line) -> bool:
    """Tell whether there is nothing to translate in a part: signs, addresses, acronyms, numbers of postings."""
    return (
        _ACRONYM.fullmatch(text) is not None
        or _CUT_ADDRESS.match(text) is not None
        or is_untranslatable(text, line.names.evidence.names)
        or not has_letters(text)
    )


def _states_fact(text: str, line: Line) -> bool:
    """Tell whether a part without words has a fact that the target's locale writes otherwise: "Start: 12/13/2026".

    Which currency its `$` is and which day its 03/04/2027 is known where it is asked. Of 16 such parts in lines of 296
    real postings 3 have one.
    """
    facts = find_facts(text, line.source, line.target, NO_HINTS)
    return bool(facts.unsafe) or any(each.text != text[each.start : each.stop] for each in facts.replacements)


def _place(text: str, line: Line) -> Part | None:
    """Return a place: a country in the words of the target's locale, a city or region as it is written."""
    bare = _BEHIND_CITY.sub("", text)
    if not text[:1].isupper() or _ACRONYM.fullmatch(bare) or is_common(text, line):
        return None
    code = _areas(line.source).get(text) or line.names.place_of(bare)
    if code is None:
        return None
    name = line.target.territories.get(code, "") if code and bare == text else ""
    return Part(text=text, kind=PartKind.WORDED, wording=name) if name else kept_part(text)


@cache
def _areas(locale: Locale) -> Mapping[str, str]:
    """Return the codes of countries and areas by what CLDR calls them in a language."""
    return {name: code for code, name in locale.territories.items()}


def _elements(text: str, line: Line, *, alone: bool) -> list[Part]:
    """Return the elements of a list with names or fixed wordings, "Lead Nurse, Bonn, Germany"; none for another text.

    What are words stays together, with the gaps between them.
    """
    if SENTENCE_END.search(text):
        return []
    cut = _gaps(line.source.language).split(text)
    known = _known_elements(cut[::2], line, alone=alone)
    if not any(known) or any(element[:1].islower() for element, part in zip(cut[::2], known, strict=True) if not part):
        return []
    made: list[Part] = []
    for gap, element, part in zip(("", *cut[1::2]), cut[::2], known, strict=True):
        between = gap
        if made and made[-1].asked:
            made[-1], between = _with_bracket(made[-1], gap)
        if made and made[-1].asked and element and not part:
            made[-1] = asked_part(made[-1].text + between + element)
        else:
            made += [_gap(between, line), part or (asked_part(element) if element else kept_part(""))]
    return made


def _with_bracket(part: Part, gap: str) -> tuple[Part, str]:
    """Return what is asked with the bracket that closes in the gap behind it, and the rest of the gap."""
    if ")" not in gap or part.text.count("(") <= part.text.count(")"):
        return part, gap
    inside, rest = gap.split(")", 1)
    return asked_part(f"{part.text}{inside})"), rest


def _known_elements(texts: list[str], line: Line, *, alone: bool) -> list[Part | None]:
    """Return those elements that are names, fixed wordings, or codes behind a name, as parts; none if all are words."""
    known = [_element(text, line) for text in texts]
    codes = [not part and _is_code(text, line) for text, part in zip(texts, known, strict=True)]
    for number, (text, behind) in enumerate(pairwise(texts)):
        if not known[number] and _is_town(text, behind, line, alone=alone):
            known[number] = kept_part(text)
    if len(texts) > 1 and all(part or code for part, code in zip(known, codes, strict=True)):
        return [part or kept_part(text) for text, part in zip(texts, known, strict=True)]
    for number in range(1, len(texts)):
        if codes[number] and known[number - 1]:
            known[number] = kept_part(texts[number])
    return known


def _is_town(text: str, behind: str, line: Line, *, alone: bool) -> bool:
    """Tell whether what stands before a region's code is the name of a place, in a line of parts before a country too.

    "El Segundo, CA", "Cook | Wetherby, United Kingdom"; alone it may be "Rider Experience, Poland".
    """
    words = WORD.findall(text)
    return (
        0 < len(words) <= MAX_TOWN_WORDS
        and all(word[0].isupper() and not is_common(word, line) for word in words)
        and (line.names.place_of(behind) == "" or (not alone and _place(behind, line) is not None))
    )


def is_common(text: str, line: Line) -> bool:
    """Tell whether a text is no name: running text writes it small, or it names an occupation or a rank."""
    small, language = text.casefold(), line.source.language
    return (
        small in line.names.evidence.small
        or small in knowledge(language).listed("lettering", "common")
        or any(names_occupation(text, each) for each in (language, "en"))  # titles are English in other languages too
    )


def _element(text: str, line: Line) -> Part | None:
    """Return an element that is a name, or a row of fixed wordings such as "ONSITE VISA"; nothing for words."""
    named = named_part(text, line)
    if named or not text:
        return named
    row = [trade_wording(word, line.source.language, line.target.language) for word in text.split(" ")]
    return Part(text=text, kind=PartKind.WORDED, wording=" ".join(row)) if all(row) else None


def _gap(text: str, line: Line) -> Part:
    word = text.strip()
    wording = trade_wording(word, line.source.language, line.target.language) if word.isalpha() else ""
    return Part(text=text, kind=PartKind.WORDED, wording=text.replace(word, wording)) if wording else kept_part(text)


@cache
def _gaps(language: str) -> re.Pattern[str]:
    """Return what stands between the elements of a list: signs, and the words for "and" and "or"."""
    joining = knowledge(language).table("lines", "words")
    words = "|".join(re.escape(word) for name in ("and", "or") for word in joining.get(name, ()) if word.isalpha())
    marks = rf"\s*(?i:{GENDER_MARK.pattern})\s*,?\s*"
    return re.compile(rf"(?<!\s)({marks}|\s*[,;/()]\s*|\s+(?:[&+]{words and '|'}{words})\s+)")


def asked_part(text: str) -> Part:
    """Return a question for an engine."""
    return Part(text=text, kind=PartKind.ASKED)


def kept_part(text: str) -> Part:
    """Return what stays as it is written."""
    return Part(text=text, kind=PartKind.KEPT)


def without_tags(text: str) -> str:
    """Return a part of a line without tags, also those whose other half is in another part."""
    return TAG.sub("", text)


def has_letters(text: str) -> bool:
    """Tell whether there is anything to read in a part beside its tags."""
    return any(map(str.isalpha, without_tags(text)))
