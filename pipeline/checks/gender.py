"""Checks that a posting addresses everybody as its source does: "Nurse (m/f/d)" is not "Enfermeira".

Any right form of a gender mark satisfies: (m/w/d), H/F, Enfermeiro/a, Verkäufer:in, infirmier·ère, "vendedor o
vendedora", "all genders", or a neutral word such as Pflegefachkraft. What is reported is a target that speaks of one
gender where its source speaks of all, or where the words of the source have no gender.
"""

import re
from functools import cache, lru_cache
from typing import Final

from pipeline.checks.check import Check, Compared
from pipeline.checks.protected import words_only
from pipeline.language.gender_forms import is_genderless
from pipeline.language.knowledge import ANY, knowledge, languages
from pipeline.language.spans import GENDER_MARK
from pipeline.language.words import Phrases, words_of
from pipeline.model.finding import Severity

_KEPT = 16384  # the locales of a project have the same sources
# The ending of the other gender behind a word: o(a), /a, /in, *in, :in, _in, ·ère, and the whole other word.
_OTHER_ENDING = re.compile(
    r"[(/·.:*_I-](?:(?<=[^\W\d_].)(?:(?<=\()(?:as?|ras?|os?|es?|ne|le|fe|euse|t?rice|ère|in|innen)\)"
    r"|(?:(?<=/)-?|(?<=[·.:*_]))(?:as?|ras?|[eo]ras?|euses?|t?rices?|ères?|ives?|nes?|es?|in|innen|frau)(?![^\W_])"
    r"|(?<=-)(?:e|ne)s?(?![\w-]))|(?<=[a-zß-ÿ]I)n(?:nen)?\b)"
)
_TAIL: Final = r"[^\W\d_]*"
_BOTH_WORDS = re.compile(
    rf"\b([^\W\d_]{{4}}){_TAIL}(?:\s?/\s?| (?:o|ou|oder|e|et|und|y) (?:an? |uma? |une? |eine? )?)\1{_TAIL}",
    re.IGNORECASE,
)
# Without one of these there are no two such words, or no such ending; a quick look before the search.
_AND = re.compile(r"/| (?:o|ou|oder|e|et|und|y) ", re.IGNORECASE)
_ENDING_SIGN = re.compile(r"[(/·:*_.I-](?:(?<=[(/·:*_])|(?<=[.-])(?=[a-zè])|(?<=I)(?=n))")
# A mark that names one gender only.
_ONE_MARK = re.compile(r"(?<=\w )\((?:[mfwh]|male|female|masc\.?|fem\.?)\)", re.IGNORECASE)


def lost_gender_mark(pair: Compared) -> str:
    """Say that a target speaks of one gender where its source speaks of all.

    Found 140 of 150 planted, false 0 of 7,884 translations by people.
    """
    if not _is_marked(pair.source):
        return ""
    if one := _ONE_MARK.search(pair.target):
        return "" if _ONE_MARK.search(pair.source) else f"{one[0]} names one gender"
    if _is_marked(pair.target):
        return ""
    word = _of_one_gender(pair)
    return f"{word} names one gender" if word else ""


def one_gendered(pair: Compared) -> str:
    """Say that a target names an occupation in one gender where the language of its source has none.

    Of judged machine translations it reports 8 of 106 wrong, 17 of 135 awkward and 4 of 119 right ones; of 7,884
    translations by people, which are of machines and games, 32.
    """
    if not is_genderless(pair.source_language) or is_genderless(pair.language):
        return ""
    if _is_marked(pair.source) or _is_marked(pair.target):
        return ""
    word = _of_one_gender(pair)
    return f"{word} names one gender" if word and _names_occupation(pair.source, pair.source_language) else ""


@lru_cache(maxsize=_KEPT)
def _names_occupation(text: str, language: str) -> bool:
    occupation = _pattern(language, "occupations")
    return occupation is not None and occupation.search(text) is not None


@lru_cache(maxsize=_KEPT)
def _is_marked(text: str) -> bool:
    """Tell whether a text speaks of more than one gender, or of all.

    >>> [_is_marked(text) for text in ("Nurse (m/f/d)", "Verkäufer:in", "vendedor o vendedora", "Enfermeira")]
    [True, True, True, False]
    """
    if _ENDING_SIGN.search(text) and (_OTHER_ENDING.search(text) or GENDER_MARK.search(text)):
        return True
    words_for_all = not _everybody_phrases().none_in(words_of(text)) and _everybody().search(text)
    return bool(words_for_all or (_AND.search(text) and _BOTH_WORDS.search(text)))


def _of_one_gender(pair: Compared) -> str:
    """Return the first word of a target for people of one gender that its source does not have, "" without one."""
    pattern = _pattern(pair.language, "one_gender")
    if pattern is None:
        return ""
    found = (match[0] for match in pattern.finditer(words_only(pair.target)))
    return next((word for word in found if word.casefold() not in _things() and word not in pair.source), "")


@cache
def _things() -> frozenset[str]:
    return frozenset(knowledge(ANY).listed("gender", "things"))


@cache
def _everybody() -> re.Pattern[str]:
    """Return what finds who may apply in words, in any language: all genders, tous les genres."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _phrases_for_all()))})(?!\w)", re.IGNORECASE)


@cache
def _everybody_phrases() -> Phrases[None]:
    """Return the same as words; a quick look before the search."""
    return Phrases((phrase, None) for phrase in _phrases_for_all())


def _phrases_for_all() -> list[str]:
    return [phrase for language in languages("gender") for phrase in knowledge(language).listed("gender", "everybody")]


@cache
def _pattern(language: str, name: str) -> re.Pattern[str] | None:
    """Return what finds the words for people by their endings: of one gender, or of an occupation."""
    known = knowledge(language).table("gender").get(name)
    return re.compile(known, re.IGNORECASE if name == "occupations" else 0) if known else None


CHECKS = (
    Check(
        id="gender",
        severity=Severity.ERROR,
        remedy="address everybody as the source does: (m/w/d), Enfermeiro/a, or a neutral word",
        find=lost_gender_mark,
    ),
    Check(
        id="one_gender",
        severity=Severity.WARNING,
        remedy="address everybody, or accept the target where one person is meant",
        find=one_gendered,
    ),
)
