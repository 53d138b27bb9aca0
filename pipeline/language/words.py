"""Cuts a text into words and figures, and finds phrases of a list in them.

Every reading of a text looks at the same words: letters without case, each Chinese or Japanese sign by itself, each
number as one. An apostrophe or a hyphen parts words, so "don't" is `don`, `t` in lists and texts alike.

>>> [word.text for word in words_of("Don't wait: €1,200")]
['don', 't', 'wait', '1,200']
>>> phrases = Phrases([("at least", "lower"), ("oblig*", "must")])
>>> [(found.meaning, found.first, found.stop) for found in phrases.all(words_of("at least one is obligatory"))]
[('lower', 0, 2), ('must', 4, 5)]
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from pipeline.language.figures import NUMBER, western

Meaning = TypeVar("Meaning")
# Scripts that write no spaces, by the sign.
DENSE = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(
    rf"(?:[^\W\d_{DENSE}]++|[\u0300-\u036f\u064b-\u0652]++)++|(?P<number>(?<![\d.,])(?>{NUMBER.pattern})|\d+)|[{DENSE}]"
)
_MARKS = re.compile("[\u064b-\u0652]")
# A stem in a list is as long as this at least: it is looked up by its beginning.
_STEM = 3
_KEPT = 2048


class Word(NamedTuple):
    """A word of a text in small letters, or a number as it is written, and where it stands."""

    text: str
    start: int
    end: int
    is_number: bool


class Words(tuple[Word, ...]):  # noqa: SLOT001  a tuple cannot have slots, and what is read of it is kept
    """The words of a text, and by which quick look it can be told that a phrase is not among them."""

    @cached_property
    def texts(self) -> frozenset[str]:
        """The different words."""
        return frozenset([word.text for word in self])

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first letters of each word, as many as tell whether a stem of a list may begin it."""
        return frozenset([text[:_STEM] for text in self.texts])

    @cached_property
    def has_number(self) -> bool:
        """Whether one of them is a number in figures."""
        return any(word.is_number for word in self)


_made = tuple.__new__  # half of the time that is spent here is that of the class's own constructor


class Found(NamedTuple, Generic[Meaning]):
    """A phrase of a list, from the word `first` up to, and without, the word `stop`."""

    meaning: Meaning
    first: int
    stop: int


@lru_cache(maxsize=_KEPT)
def words_of(text: str) -> Words:
    """Return the words and numbers of a text in their order."""
    plain = western(text)
    low = plain.lower()
    if len(low) != len(plain):  # İ becomes two characters
        low = "".join(char if len(char.lower()) > 1 else char.lower() for char in plain)
    marked = not plain.isascii() and _MARKS.search(plain) is not None
    found = []
    for match in _WORD.finditer(low):
        start, end = match.span()
        number = match.lastgroup is not None
        word = match[0] if number or not marked else _MARKS.sub("", match[0])
        found.append(_made(Word, (word, start, end, number)))
    return Words(found)


class Phrases(Generic[Meaning]):
    """A list of phrases, each with what it means; a star at the end stands for any ending."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        whole: dict[str, dict[tuple[str, ...], Meaning]] = defaultdict(dict)
        stems: dict[str, dict[str, Meaning]] = defaultdict(dict)
        for phrase, meaning in phrases:
            words = tuple(word.text for word in words_of(phrase))
            if phrase.endswith("*") and len(words) == 1 and len(words[0]) >= _STEM:
                stems[words[0][:_STEM]].setdefault(words[0], meaning)
            elif words:
                whole[words[0]].setdefault(words[1:], meaning)
        self._whole = {first: sorted(rests.items(), key=lambda rest: -len(rest[0])) for first, rests in whole.items()}
        self._stems = {start: sorted(found.items(), key=lambda stem: -len(stem[0])) for start, found in stems.items()}

    def __bool__(self) -> bool:
        return bool(self._whole or self._stems)

    def may_begin(self, word: str) -> bool:
        """Tell whether a phrase may begin with a word: a quick look before the search."""
        return word in self._whole or word[:_STEM] in self._stems

    def at(self, words: Sequence[Word], place: int) -> Found[Meaning] | None:
        """Return the longest phrase that begins with the word at a place, None if none does."""
        text = words[place].text
        for rest, meaning in self._whole.get(text, ()):
            if not rest:
                return Found(meaning, place, place + 1)
            following = words[place + 1 : place + 1 + len(rest)]
            if following and following[0].text == rest[0] and tuple([word.text for word in following]) == rest:
                return Found(meaning, place, place + 1 + len(rest))
        if self._stems:
            for stem, meaning in self._stems.get(text[:_STEM], ()):
                if text.startswith(stem):
                    return Found(meaning, place, place + 1)
        return None

    def none_in(self, words: Words) -> bool:
        """Tell whether no phrase can stand among words, by their beginnings: a quick look before the search."""
        return self._whole.keys().isdisjoint(words.texts) and (
            not self._stems or self._stems.keys().isdisjoint(words.starts)
        )

    def all(self, words: Words) -> list[Found[Meaning]]:
        """Return the phrases of a text, none of which overlap, the longer one first where two begin together."""
        found: list[Found[Meaning]] = []
        if self.none_in(words):
            return found
        stop = 0
        for place, word in enumerate(words):
            if place >= stop and self.may_begin(word.text) and (phrase := self.at(words, place)):
                found.append(phrase)
                stop = phrase.stop
        return found
