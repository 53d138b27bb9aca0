"""The forms of an occupation's name in one label, such as "Bürokaufmann/Bürokauffrau", "Verkäufer/in", "chargé(e)"."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Final
from unicodedata import combining, normalize

from pipeline.language.knowledge import knowledge
from pipeline.language.spans import GENDER_MARK

_ALL_GENDERS = re.compile(r"\((?:all genders?|gn|tous genres|alle geschlechter)\)", re.IGNORECASE)
# A slash behind a hyphen joins two beginnings of compounds: "Import-/Exportmanager".
_SLASH = re.compile(r"(?<!-)\s*/\s*")
# A slash in an address, a path or a version parts no names: "/v1/users", "v2.4/beta", "a/{id}".
_PATH = re.compile(r"(?<!\S)(?:/[^\s/]+){2,}\S*|\S*(?:[\d{}<>_=?#@~\\]|:/|\.(?=[^\s/]))\S*")
_LOOSE_END = re.compile(r"/\w?\s*\Z")
_WORD = re.compile(r"[^\W\d_]+")
# What stands for the other gender's ending, at the end of a word: the ending that it replaces, and the whole new one.
_ENDINGS = {
    "in": (("e", "in"), ("", "in")),
    "innen": (("en", "innen"), ("e", "innen"), ("", "innen")),
    "a": (("o", "a"), ("e", "a"), ("", "a")),
    "as": (("os", "as"), ("es", "as")),
    "e": (("", "e"),),
    "es": (("s", "es"), ("", "es")),
    "ne": (("n", "nne"),),
    "euse": (("eur", "euse"),),
    "rice": (("eur", "rice"),),
    "trice": (("teur", "trice"),),
    "ère": (("er", "ère"),),
    "ka": (("", "ka"),),
    "woman": (("man", "woman"),),
}
_ABBREVIATED = re.compile(
    r"(?<=[^\W\d_A-Z]{3})(?:(?:/-?|[:*·]|_(?=in)|-(?=e\b))(?P<bare>innen|in|as|a|es|euse|trice|rice|ère|ne|e|ka|woman)(?!\w)"
    r"|\((?P<bracketed>innen|in|as|a|es|euse|trice|rice|ère|ne|e|ka)\))"
)
# The same in running text of languages with `inline_forms`, where a colon or a hyphen may be just that.
INLINE_FORM: Final = re.compile(
    r"(?<=[^\W\d_A-Z])\((?:as?|ras?|os?|e|es|fe|ne|euse|t?rice|ère)\)"
    r"|(?<=[^\W\d_A-Z]{2})/-?(?:as?|ras?|euse|t?rice|ère|ne)(?!\w)|(?<=\b[oO])/a(?!\w)|(?<=\b[eE]l)/la(?!\w)"
)
# "DirektorIn", but not "LinkedIn".
_CAPITAL_IN = re.compile(r"(?<=er|or|st|nt|og)In(?P<many>nen)?(?!\w)")
# Couples whose names have different stems; also as the ends of compounds.
_COUPLES_TEXT = (
    "steward hotesse, steward hostess, boy girl, man woman, master mistress, monk nun, monch nonne, "
    "moine moniale, monaco suora, monge freira, monje monja, munk nunna, munk nonne, monnik non, ator atriz, "
    "krejci svadlena, kloboucnik modistka, ober serveerster, mordomo governanta, mayordomo gobernanta, "
    "homme femme, hombre mujer, homem mulher, uomo donna, mann frau, valet femme, mannequin dressman, "
    "hebamme entbindungspfleger, pfleger schwester, bratr sestra, brat sestra, maieuticien sage, "
    "responsabile direttrice, modelleur direktrice"
)
_COUPLES = frozenset(frozenset(couple.split()) for couple in _COUPLES_TEXT.split(", "))
_HEAD_ENDS = frozenset(
    {"a", "and", "da", "das", "de", "del", "della", "des", "di", "do", "dos", "du", "d", "e", "en", "et", "für", "im"}
    | {"in", "na", "of", "pro", "und", "v", "y", "à"}
)
# The longest label of ESCO has 237 characters; what is longer is no name of one.
MAX_LABEL_CHARS = 300
PAIR = 2
MIN_COMMON = 3
MAX_ENDING = 7
MIN_MISTYPED = 8
MISTYPED_RATIO = 0.85


@lru_cache(maxsize=65536)
def gender_forms(label: str) -> tuple[str, ...]:
    """Return a label without marks such as (m/f/d), then each of the forms that it is made of.

    A label that is nothing but a mark is its own only form.

    >>> gender_forms("Verkäufer/in Mode (m/w/d)")
    ('Verkäufer/in Mode', 'Verkäufer Mode', 'Verkäuferin Mode')
    >>> gender_forms("chargé/chargée de projet")
    ('chargé/chargée de projet', 'chargé de projet', 'chargée de projet')
    >>> gender_forms("audio/video technician")
    ('audio/video technician',)
    """
    whole = strip_gender_marks(label) or label.strip()
    if len(whole) > MAX_LABEL_CHARS:
        return (whole,)
    sides = _couple(whole) or _abbreviated(whole)
    return tuple(dict.fromkeys((whole, *sides)))


def strip_gender_marks(label: str) -> str:
    """Return a label without marks such as (m/f/d) and H/F."""
    bare = _ALL_GENDERS.sub("", GENDER_MARK.sub("", label))
    return " ".join(bare.split()).strip(" -–—,") if bare != label else label.strip()


@cache
def has_inline_forms(language: str) -> bool:
    """Tell whether running text of a language names both genders in one word: "o(a) candidato(a)"."""
    return bool(knowledge(language).table("gender").get("inline_forms"))


@cache
def is_genderless(language: str) -> bool:
    """Tell whether nouns for people have one form in a language: "nurse"."""
    return bool(knowledge(language).table("gender").get("genderless"))


def without_inline_forms(text: str) -> str:
    """Return running text of a Romance language with only the first of two inline forms.

    >>> without_inline_forms("Educador(a) de infância"), without_inline_forms("Buscamos un/a cocinero/a y/o ayudante")
    ('Educador de infância', 'Buscamos un cocinero y/o ayudante')
    """
    return INLINE_FORM.sub("", text) if "(" in text or "/" in text else text


def without_repeated_form(source: str, target: str) -> str:
    """Return the target with one of two equal halves, where the source has a word for each gender.

    >>> without_repeated_form("Jurista/Advogada", "Lawyer / Lawyer"), without_repeated_form("Tom/Tom", "Tom/Tom")
    ('Lawyer', 'Tom/Tom')
    """
    halves = _equal_halves(target)
    return halves[0] if halves and not _equal_halves(source) else target


def _equal_halves(label: str) -> list[str]:
    halves = [half.strip() for half in label.split("/")]
    equal = len(halves) == PAIR and _WORD.search(halves[0]) and halves[0].casefold() == halves[1].casefold()
    return halves if equal else []


def _couple(label: str) -> tuple[str, ...]:
    """Split at the slash between two names of one occupation; the middle one of several is tried first."""
    paths = [match.span() for match in _PATH.finditer(label) if "/" in match[0]]
    slashes = [slash for slash in _SLASH.finditer(label) if not _within(slash, paths)]
    for slash in sorted(slashes, key=lambda match: abs(match.start() + match.end() - len(label))):
        left, right = label[: slash.start()].strip(), _LOOSE_END.sub("", label[slash.end() :]).strip()
        one, two = _WORD.findall(left), _WORD.findall(right)
        if one and one == two:
            return (left,)
        if one and two and _are_couple(one, two):
            return _completed(left, right, one, two)
    return ()


def _within(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() and match.end() <= stop for start, stop in spans)


def _are_couple(one: list[str], two: list[str]) -> bool:
    """Tell whether the first words that differ are the two genders of one word."""
    different = next(((a, b) for a, b in zip(one, two, strict=False) if a.casefold() != b.casefold()), None)
    return different is not None and _similar(*different)


def _similar(one: str, two: str) -> bool:
    """Tell whether two words differ in their ending only, accents and capitals aside.

    >>> _similar("Arzt", "Ärztin"), _similar("audio", "video"), _similar("Kaufmann", "Kauffrau")
    (True, False, True)
    """
    a, b = _plain(one), _plain(two)
    common = next((number for number, (x, y) in enumerate(zip_longest(a, b)) if x != y), len(a))
    if {frozenset((a, b)), frozenset((a[common:], b[common:]))} & _COUPLES:
        return True
    if common >= MIN_COMMON and max(len(a), len(b)) - common <= MAX_ENDING:
        return True
    # Long labels have typing errors: "Kuvertmacher/Kuvermacherin".
    return min(len(a), len(b)) >= MIN_MISTYPED and SequenceMatcher(None, a, b).ratio() >= MISTYPED_RATIO


def _plain(word: str) -> str:
    return "".join(char for char in normalize("NFD", word.casefold()) if not combining(char))


def _completed(left: str, right: str, one: list[str], two: list[str]) -> tuple[str, ...]:
    """Give the shorter side what both share: "opérateur/opératrice de station" are an "opérateur de station" too."""
    head = len(one) < len(two) and not _HEAD_ENDS & {word.casefold() for word in one}
    if head and all(a == b or _similar(a, b) for a, b in zip(one, two, strict=False)):
        rest = right[_end_of_word(right, len(one)) :]
        return (left if rest.lstrip()[:1] in {"(", "-"} else left + rest, right)
    if len(two) == 1 < len(one):
        return left, right + left[_end_of_word(left, 1) :]
    return left, right


def _end_of_word(text: str, number: int) -> int:
    return [match.end() for match in _WORD.finditer(text)][number - 1]


def _abbreviated(label: str) -> Iterator[str]:
    """Yield both genders of a label that gives only the ending of one."""
    if _CAPITAL_IN.search(label):
        yield _CAPITAL_IN.sub(lambda match: "en" if match["many"] else "", label)
        yield _CAPITAL_IN.sub(lambda match: "in" + (match["many"] or ""), label)
    elif _ABBREVIATED.search(label):
        yield _ABBREVIATED.sub("", label)
        yield _other_gender(label)


def _other_gender(label: str) -> str:
    done = ""
    rest = label
    while match := _ABBREVIATED.search(rest):
        ending = match["bare"] or match["bracketed"]
        done += _with_ending(rest[: match.start()], ending)
        rest = rest[match.end() :]
    return done + rest


def _with_ending(word: str, ending: str) -> str:
    old, new = next(((old, new) for old, new in _ENDINGS[ending] if word.endswith(old)), ("", ending))
    return word[: len(word) - len(old)] + new
