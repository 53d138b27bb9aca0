"""Names of two words of which an engine translated the second: "Pilar Ríos" is not Pilar Rivers."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from pipeline.checks.foreign_letters import sounds
from pipeline.checks.known_words import known_names
from pipeline.checks.protected import words_only
from pipeline.model.scripts import CAPITAL_LATIN, SMALL_LATIN

# Languages that put what they say of a noun behind it, and those that put it before. Between the two a translation
# turns a pair around, "Paris Office" into "Escritório de Paris"; what keeps its order while the second word changes was
# taken for two words that it is not. German writes every noun as English writes names.
_NOUN_FIRST: Final = frozenset({"ca", "es", "fr", "gl", "it", "pt", "ro"})
_NOUN_LAST: Final = frozenset({"da", "en", "et", "fi", "hu", "nb", "nl", "sv", "tr"})
_WORD = rf"[{CAPITAL_LATIN}][{SMALL_LATIN}]+"
# Every word beside its next one, so that of three in a row there are two pairs.
_PAIR = re.compile(rf"(?<![\w'’&./@#-])({_WORD})(?= ({_WORD})(?![\w'’&/@-]))")
_LISTED = re.compile(rf"{_WORD} {_WORD}")
_BETWEEN = re.compile(rf"[,;:] | [{SMALL_LATIN}]{{1,3}} ")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?…]\W*\Z")
# In a line where all begins with capitals, so many pairs alone between commas are names: "Luz Campos, Pilar Ríos".
MIN_LISTED = 2
# Above this share of capitals a line that is no sentence is a heading in title case.
MAX_CAPITAL_SHARE = 0.5
# A word that is nearer is the same in another language: Hospital Regional is Hospital Régional.
MAX_NEARNESS = 0.65
MIN_STEM_CHARS = 3

Difference = Callable[[str, str], str]


def half_translated_check(source_language: str, target_language: str) -> Difference:
    """Return the check that no second word of a name is translated behind the first one, which stayed.

    >>> half_translated_check("es", "en")("Pregunte por Pilar Ríos.", "Ask for Pilar Rivers.")
    'Pilar Ríos became Pilar Rivers'
    """
    turned = {(source_language in each, target_language in each) for each in (_NOUN_FIRST, _NOUN_LAST)}
    if turned != {(True, False), (False, True)}:
        return lambda _source, _target: ""

    def half_translated(source: str, target: str) -> str:
        found = (_second_changed(name, target) for name in _names(source, source_language))
        return next(filter(None, found), "")

    return half_translated


def half_changed_check(source_language: str, target_language: str) -> Difference:
    """Return the check for a name of which one word changed beside the other, between languages of one order.

    What is no name changes so too: Seguridad Social is Segurança Social.

    >>> half_changed_check("es", "pt")("Pregunte por Consuelo Paz.", "Pergunte por Consolo Paz.")
    'Consuelo Paz became Consolo Paz'
    """
    if not {source_language, target_language} <= _NOUN_FIRST:
        return lambda _source, _target: ""

    def half_changed(source: str, target: str) -> str:
        names = [*_names(source, source_language)]
        found = (_second_changed(name, target) or _first_changed(name, target, source) for name in names)
        return next(filter(None, found), "")

    return half_changed


class _Name(NamedTuple):
    """Two words with capitals in a row, and the words of the text that they stand in, in small letters."""

    one: str
    two: str
    given: frozenset[str]


def _names(source: str, language: str) -> Iterator[_Name]:
    """Yield the pairs of a text that is no heading, without countries and what else CLDR names."""
    if not _PAIR.search(source):
        return
    pairs = _PAIR.findall(text := words_only(source))
    if not pairs or _is_heading(text):
        return
    given = frozenset(word.casefold() for word in _ANY_WORD.findall(text))
    known = known_names(language)
    yield from (_Name(one, two, given) for one, two in pairs if not {one, two, f"{one} {two}"} & known)


def _is_heading(text: str) -> bool:
    """Tell whether most words of a line have capitals, and it is neither a sentence nor a list of pairs."""
    words = _ANY_WORD.findall(text)
    if sum(word[0].isupper() for word in words) <= MAX_CAPITAL_SHARE * len(words) or _ENDS.search(text):
        return False
    return sum(_LISTED.fullmatch(part.strip()) is not None for part in _BETWEEN.split(text)) < MIN_LISTED


def _second_changed(name: _Name, target: str) -> str:
    """Say what a name became if its first word stands in the target before another one than its second."""
    if f"{name.one} " not in target or _stands(name.two, target):
        return ""
    found = re.finditer(rf"(?<![\w'’-]){name.one} ({_WORD})(?![\w'’-])", target)
    told = (match[0] for match in found if _is_another(name.two, match[1], name.given, MAX_NEARNESS))
    return next((f"{name.one} {name.two} became {became}" for became in told), "")


def _first_changed(name: _Name, target: str, source: str) -> str:
    """Say the same of its second word, unless the first one has its capital from the beginning of the text."""
    if f" {name.two}" not in target or _stands(name.one, target) or source.startswith(f"{name.one} {name.two}"):
        return ""
    found = re.finditer(rf"(?<![\w'’-])({_WORD}) {name.two}(?![\w'’-])", target)
    told = (match[0] for match in found if _is_another(name.one, match[1], name.given, 1))
    return next((f"{name.one} {name.two} became {became}" for became in told), "")


def _stands(word: str, target: str) -> bool:
    """Tell whether a word stands in a text, perhaps with another ending."""
    stem = word[: max(len(word) - 2, MIN_STEM_CHARS)].casefold()
    return any(other.startswith(stem) for other in _ANY_WORD.findall(target.casefold()))


def _is_another(word: str, new: str, given: frozenset[str], nearness: float) -> bool:
    ratio = SequenceMatcher(None, sounds(word), sounds(new), autojunk=False).ratio()
    return new.casefold() not in given and ratio < nearness
