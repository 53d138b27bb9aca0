"""Reads what turns a sentence's meaning: negation, obligation and permission, bounds, and words that have an opposite.

>>> [(mark.subject, mark.side) for mark in read("You must not work more than 40 hours without a break", "en")]
[('modality', 'prohibition'), ('negation', 'not'), ('bound', 'lower'), ('company', 'without'), ('negation', 'doubtful')]
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from pipeline.language.knowledge import knowledge
from pipeline.language.words import Found, PhraseLists, Words, words_of

_KEPT = 16384  # the locales of a project have the same sources
_APOSTROPHES = ("'", "’")
NEGATION: Final = "negation"
MODALITY: Final = "modality"
BOUND: Final = "bound"
_NO_SIDE: Final[frozenset[str]] = frozenset()
NOT, DOUBTFUL, NEUTRAL = "not", "doubtful", "neutral"
# Of a comparison only its direction is compared: "more than 5" may be written as "at least 6".
_DIRECTIONS: Final = {"at_least": "lower", "more_than": "lower", "at_most": "upper", "less_than": "upper"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word or phrase that takes a side in a subject: `permission` in `modality`, `part_time` in `hours`.

    In `negation` the side is `not`, or `doubtful` for what may deny or be said with a negation in another language.
    """

    start: int
    end: int
    subject: str
    side: str


@lru_cache(maxsize=_KEPT)
def read(text: str, language: str) -> tuple[Mark, ...]:
    """Return the marks of a text in their order, none in a language whose words are not known."""
    words = words_of(text)
    found = [
        Mark(start=words[each.first].start, end=words[each.stop - 1].end, subject=each.meaning[0], side=each.meaning[1])
        for each in _found(text, words, language)
    ]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.subject)))


def _found(text: str, words: Words, language: str) -> Iterator[Found[tuple[str, str]]]:
    for each in _lists(language).all(words) if knowledge(language).known else ():
        if each.meaning[1] != NEUTRAL and not _is_no_word(text, words, each, language):
            yield each


def _is_no_word(text: str, words: Words, found: Found[tuple[str, str]], language: str) -> bool:
    """Tell whether a word is an abbreviation ("No. 5"), a letter without its apostrophe ("n'est"), or an ending.

    >>> read("Technicien(ne) réseau", "fr")
    ()
    """
    written = words.ordered[found.first]
    if found.stop - found.first > 1 or (
        len(written) > 1 and "(" not in text and written not in _abbreviations(language)
    ):
        return False
    word = words[found.first]
    if word.start > 1 and text[word.start - 1] == "(" and text[word.start - 2].isalpha():
        return True
    behind = text[word.end : word.end + 1]
    return (behind == "." and word.text in _abbreviations(language)) or (
        len(word.text) == 1 and behind not in _APOSTROPHES
    )


@lru_cache(maxsize=_KEPT)
def sides(text: str, language: str) -> Mapping[str, frozenset[str]]:
    """Return the sides that a text takes, by subject.

    >>> sorted(sides("Part-time, without weekends", "en").items())
    [('company', frozenset({'without'})), ('hours', frozenset({'part_time'})), ('negation', frozenset({'doubtful'}))]
    """
    found: dict[str, frozenset[str]] = {}
    for each in _found(text, words_of(text), language):
        subject, side = each.meaning
        found[subject] = found.get(subject, _NO_SIDE) | {side}
    return found


@cache
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(knowledge(language).table("negation").get("abbreviations", ()))


@cache
def subjects(language: str) -> frozenset[str]:
    """Return the subjects whose words are known in a language."""
    table = knowledge(language)
    found = {name for name in (NEGATION, MODALITY) if table.table(name)} | set(table.table("polarity"))
    return frozenset(found | {BOUND} if table.table("comparators") else found)


@cache
def _lists(language: str) -> PhraseLists[tuple[str, str]]:
    """Return the lists of each subject."""
    table = knowledge(language)
    made = [
        [(phrase, (name, side)) for phrase, side in table.phrases(name) if side != "abbreviations"]
        for name in (NEGATION, MODALITY)
    ]
    polarity = table.table("polarity")
    opposites = [
        (p, (name, side)) for name, sides in polarity.items() for side, listed in sides.items() for p in listed
    ]
    return PhraseLists([*made, [*_bounds(language)], opposites])


def _bounds(language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    known = knowledge(language)
    of_numbers = set(known.table("comparison").get("of_numbers", ()))
    for phrase, comparator in known.phrases("comparators"):
        if comparator in _DIRECTIONS and phrase not in of_numbers:
            yield phrase, (BOUND, _DIRECTIONS[comparator])
