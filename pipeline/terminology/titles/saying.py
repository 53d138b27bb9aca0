"""What a title tells is said in another language, in its order of words and in the gender form of the locale.

>>> from pipeline.terminology.titles.reading import read_phrase
>>> say_phrase(read_phrase("Senior Backend Engineer", "en"), "pt", Gender.PAIRED)
'Engenheiro(a) de backend sênior'
>>> say_phrase(read_phrase("ANALISTA COMERCIAL SR", "pt"), "en", Gender.PAIRED)
'Senior Commercial Analyst'
>>> say_phrase(read_phrase("Head of Sales", "en"), "de", Gender.FEMININE)
'Vertriebsdirektorin'
"""

import re

from pipeline.terminology.titles.person_forms import Gender, in_gender
from pipeline.terminology.titles.reading import Phrase
from pipeline.terminology.titles.words import ADJECTIVE, BEHIND, HOLE, Kind, Row, standing_alone

_AND = {"en": "and", "pt": "e", "es": "y", "fr": "et", "de": "und"}
_SMALL = frozenset(["a", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
_RANKS_FIRST = frozenset({"en", "de"})
_HOLE_WITH_LINK = re.compile(r" (?:de|des|du) \{\}")
_LINK_AND_HOLE = re.compile(r"(?: (?:de|del|des|do|du|em|en|of))? ?\{\} ?(?:of )?")
_ELISION = re.compile(r"\bde (?=[aeiouyhâéèêîôû])", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_HEADS = re.compile(r"(?:\A|/)(?!in\b|r\b)\w")
_HAS_LINK = re.compile(r" (?:de|em|en|para) \{\}")
_PAIRED_PT = re.compile(r"([^\W\d_]+[aeor])(\(a\))?\Z")
_MANY_PAIRED = re.compile(r"\(a\)")
_PAIR = 2


def say_phrase(phrase: Phrase, language: str, gender: Gender) -> str:
    """Return what a phrase tells in a language, with a capital at its start; "" where the language lacks a word."""
    rows = [row for row in (phrase.core, *phrase.fields, *phrase.ranks, *phrase.terms) if row is not None]
    if not all(row.name_in(language) for row in rows):
        return ""
    if phrase.nested and (language == "de" or not all(_is_noun(row, language) for row in phrase.fields)):
        return ""
    if phrase.core is None:
        wording = _listed(phrase, language)
        wording = " ".join(part for part in (wording, " ".join(row.name_in(language) for row in phrase.ranks)) if part)
        terms = ", ".join(row.name_in(language) for row in phrase.terms)
        return capitalized(wording or terms, language)
    wording = _with_ranks(_with_fields(phrase.core, phrase, language), phrase.ranks, language)
    if phrase.several:
        wording = _several(wording, language)
        if not wording:
            return ""
    wording = " ".join(part for part in (in_gender(wording, gender, language), phrase.level) if part)
    if phrase.terms:
        wording += f" ({', '.join(row.name_in(language) for row in phrase.terms)})"
    return capitalized(wording, language)


def _with_ranks(name: str, ranks: tuple[Row, ...], language: str) -> str:
    if language in _RANKS_FIRST:
        return " ".join((*(row.name_in(language) for row in ranks), name))
    return " ".join((name, *(row.name_in(language) for row in reversed(ranks))))


def _with_fields(core: Row, phrase: Phrase, language: str) -> str:
    pattern = core.name_in(language)
    if core.kind is not Kind.HEAD:
        pattern = f"{HOLE} {pattern}" if language == "en" else f"{pattern} {HOLE}"
    if not phrase.fields:
        return _LINK_AND_HOLE.sub("", pattern)
    if language == "de" and core.kind is Kind.HEAD:
        return _german(pattern, phrase)
    listed = _listed(phrase, language)
    if language in {"pt", "es"}:
        marks = {row.name_in(language)[0] if row.kind is Kind.FIELD else ADJECTIVE for row in phrase.fields}
        if marks == {ADJECTIVE}:
            pattern = _HOLE_WITH_LINK.sub(f" {HOLE}", pattern)
        elif not marks <= {ADJECTIVE, BEHIND} and not _HAS_LINK.search(pattern):
            listed = f"de {listed}"
    wording = pattern.replace(HOLE, listed)
    return _ELISION.sub("d'", wording) if language == "fr" else wording


def _german(pattern: str, phrase: Phrase) -> str:
    """Join a field and its head into one word: Vertriebsleiter/in, Backend-Entwickler/in."""
    if pattern.startswith(HOLE) and len(phrase.fields) == 1:
        row = phrase.fields[0]
        stem, plus, joint = row.name_in("de").partition("+")
        if row.kind is Kind.NAME or not plus:
            joint = "-"
        joined = stem + joint
        return re.sub(
            r"\{\}(\w)", lambda match: joined + (match[1].upper() if joined.endswith("-") else match[1]), pattern
        )
    head = _HEADS.sub(lambda match: match[0].upper(), pattern.replace(HOLE, "").strip())
    return f"{head} {_listed(phrase, 'de')}"


def _is_noun(row: Row, language: str) -> bool:
    return row.kind is Kind.FIELD and row.name_in(language)[0] not in {ADJECTIVE, BEHIND}


def _listed(phrase: Phrase, language: str) -> str:
    wording = [row.name_in(language) for row in phrase.fields]
    wording = [
        standing_alone(name) if row.kind is Kind.FIELD else name
        for row, name in zip(phrase.fields, wording, strict=True)
    ]
    if len(wording) < _PAIR:
        return "".join(wording)
    if phrase.nested:
        return " ".join(wording) if language == "en" else f"{wording[1]} de {wording[0]}"
    joining = "e" if language == "es" and wording[-1][:1].casefold() == "i" else _AND[language]
    return f"{', '.join(wording[:-1])} {joining} {wording[-1]}"


def _several(name: str, language: str) -> str:
    """Put the name of an occupation into the plural, where its language makes it by an ending.

    >>> _several("engenheiro(a) de software", "pt"), _several("desenvolvedor(a) web", "pt")
    ('engenheiros(as) de software', 'desenvolvedores(as) web')
    """
    first, space, rest = name.partition(" ")
    match = _PAIRED_PT.match(first)
    if language != "pt" or match is None or _MANY_PAIRED.search(rest):
        return ""
    stem, ending = match[1], match[2] or ""
    plural = stem + ("es" if stem.endswith("r") and ending else "s")
    return plural + ("(as)" if ending else "") + space + rest


def capitalized(wording: str, language: str) -> str:
    """Write a title in the letters of its language: only English has title case; names such as iOS stay."""
    if language == "en":
        wording = _WORD.sub(lambda match: match[0] if match[0] in _SMALL else _with_capital(match[0]), wording)
    return _WORD.sub(lambda match: _with_capital(match[0]), wording, count=1)


def _with_capital(word: str) -> str:
    return word[0].upper() + word[1:] if word.islower() else word
