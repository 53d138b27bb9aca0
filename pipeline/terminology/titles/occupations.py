"""Names of occupations that ESCO has and the bundled words lack, with the test of whether one may be said as it is.

A name is used if it is the preferred one of exactly one concept, no other label of the language is the same, and no
other concept has the same preferred label in the target; if the target has no word for a rank that the name lacks
("Diretor de hotel" for a hotel manager); and if the law guards no part of it. ESCO's Portuguese is that of Portugal:
for Brazil each word of a label is looked up in `data/brazilian.tsv`; a label with a word that is not there is not used.

>>> row = occupation(fold("Laser beam welder"), "en")
>>> row.name_in("pt"), row.name_in("de"), occupation(fold("Nurse assistant"), "en")
('soldador(a) a laser', 'Laserschweißer/in', None)
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.language.gender_forms import gender_forms
from pipeline.terminology.titles import esco
from pipeline.terminology.titles.person_forms import feminine, masculine
from pipeline.terminology.titles.ranks import is_guarded, ranks
from pipeline.terminology.titles.words import Kind, Row, fold

_DATA = files("pipeline.terminology.titles") / "data"
_WORD = re.compile(r"[^\W\d_]+(?:\([a-z]+\)|/[a-z]+(?!\w))?")
_MARK = re.compile(r"\([a-z]+\)|/[a-z]+\Z")
_SEVERAL = -1
# How a language writes the two endings of one name, tried in order: stem, ending of the other gender, sign.
_SHORT = {
    "pt": (("o", "a", "(a)"), ("", "a", "(a)")),
    "es": (("o", "a", "/a"), ("", "a", "/a")),
    "fr": (
        ("", "e", "(e)"),
        ("", "ne", "(ne)"),
        ("eur", "euse", "/euse"),
        ("teur", "trice", "/trice"),
        ("er", "ère", "/ère"),
    ),
    "de": (("", "in", "/in"),),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Occupation(Row):
    """A concept of ESCO that a title names: `name` is what the title has, `number` the concept."""

    number: int
    name: str

    def name_in(self, language: str) -> str:
        """Return what a language calls it, "" where its name is not safe to use."""
        return safe_label(self.number, self.name, language)


def occupation(tokens: tuple[str, ...], language: str) -> Occupation | None:
    """Return the occupation whose preferred name consists of some folded words, None if there is none or several."""
    number = _names(language).get(tokens, _SEVERAL)
    if (
        number == _SEVERAL
        or number not in _preferred(language).get(tokens, ())
        or is_guarded(_first(esco.labels("en")[number]))
    ):
        return None
    name = _first(esco.labels(language)[number])
    return Occupation(kind=Kind.REGULATED, names={}, number=number, name=name)


def safe_label(number: int, name: str, language: str) -> str:
    """Return what a language calls the occupation that a name means, "" where that is not safe to use.

    The law may guard the name that a title has, as "assistant accountant", where ESCO's own is another.
    """
    if is_guarded(_first(esco.labels("en")[number])) or is_guarded(name):
        return ""
    label = _label(number, language)
    return label if label and ranks(label) <= ranks(name) else ""


def preferred_label(number: int, language: str) -> str:
    """Return the preferred name that a language has for a concept, "" without one."""
    return _first(esco.labels(language)[number])


def suggested_label(number: int, language: str) -> str:
    """Return what a language calls a concept, for a person to judge: of Portuguese, what is said in Brazil if known."""
    preferred = _first(esco.labels(language)[number])
    short = shorten(preferred, language) or preferred
    return (brazilian(short) or short) if language == "pt" else short


def shorten(label: str, language: str) -> str:
    """Return a label that names both genders as titles do; "" where its two names do not fit together.

    >>> shorten("Bäcker/Bäckerin", "de"), shorten("Técnico de instrumentação/Técnica de instrumentação", "pt")
    ('Bäcker/in', 'Técnico(a) de instrumentação')
    """
    whole, *forms = gender_forms(label)
    if len(forms) != 2:  # noqa: PLR2004  two genders
        return "" if "/" in whole else whole
    one, two = (form.split(" ") for form in forms)
    if len(one) != len(two):
        return ""
    short = " ".join(a if a == b else _short_word(a, b, language) for a, b in zip(one, two, strict=True))
    fits = masculine(short) == " ".join(one) and feminine(short) == " ".join(two)
    return short if fits else ""


def brazilian(label: str) -> str:
    """Return a label of Portugal as it is said in Brazil, "" if a word in it is not in the table.

    >>> brazilian("Canalizador(a)"), brazilian("Motorista de autocarros"), brazilian("Escanção em fabulândia")
    ('encanador(a)', 'motorista de ônibus', '')
    """
    table = _brazilian()
    small = label[:1].lower() + label[1:]
    words = [_MARK.sub("", word).casefold() for word in _WORD.findall(small)]
    if not all(word in table for word in words):
        return ""
    return _WORD.sub(lambda match: _in_brazil(match[0], table), small)


def _in_brazil(word: str, table: Mapping[str, "_InBrazil"]) -> str:
    brazilian = table[_MARK.sub("", word).casefold()]
    return brazilian.paired if _MARK.search(word) else brazilian.form


@dataclass(frozen=True, slots=True)
class _InBrazil:
    """What Brazil says for a word: of people in both genders, and in the one of the word."""

    paired: str
    form: str


def _short_word(one: str, two: str, language: str) -> str:
    for old, new, sign in _SHORT.get(language, ()):
        if one.endswith(old) and two == one[: len(one) - len(old)] + new:
            return one + sign
    return f"{one}/{two}"


@cache
def _label(number: int, language: str) -> str:
    """Return the preferred name that a language has for an occupation, if no other one has the same."""
    preferred = _first(esco.labels(language)[number])
    tokens = fold(gender_forms(preferred)[-1]) if preferred else ()
    if not tokens or _preferred(language).get(tokens) != (number,) or "(" in preferred or "," in preferred:
        return ""
    short = shorten(preferred, language) if language != "en" else preferred
    return brazilian(short) if language == "pt" else short


@cache
def _names(language: str) -> Mapping[tuple[str, ...], int]:
    """Return the concept of every label by its folded words, -1 of one that several concepts have."""
    found: dict[tuple[str, ...], int] = {}
    for number, names in enumerate(esco.labels(language)):
        for name in names:
            for tokens in _forms(name):
                found[tokens] = number if found.get(tokens, number) == number else _SEVERAL
    return found


@cache
def _preferred(language: str) -> Mapping[tuple[str, ...], tuple[int, ...]]:
    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    for number, (concept, names) in enumerate(zip(esco.concepts(), esco.labels(language), strict=True)):
        if names and concept.startswith("occupation/"):
            for tokens in _forms(names[0]):
                found[tokens] = (*found.get(tokens, ()), number)
    return found


def _forms(name: str) -> Iterator[tuple[str, ...]]:
    if "/" not in name and "(" not in name:
        yield fold(name)
    else:
        yield from map(fold, gender_forms(name))


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""


@cache
def _brazilian() -> Mapping[str, _InBrazil]:
    lines = (_DATA / "brazilian.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found: dict[str, _InBrazil] = {}
    for line in lines:
        european, brazilian, _ = line.split("\t")
        one_for_all = masculine(european) == feminine(european)
        for form in (masculine, feminine):
            found.setdefault(form(european), _InBrazil(brazilian, brazilian if one_for_all else form(brazilian)))
    return found
