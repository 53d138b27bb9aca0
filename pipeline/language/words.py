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
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from pipeline.language.figures import NUMBER, western
from pipeline.model.patterns import lazy_pattern

Meaning = TypeVar("Meaning")
# Scripts that write no spaces, by the sign.
DENSE = "\u3040-\u30ff\u3400-\u9fff"
_WORD = lazy_pattern(
    rf"(?:[^\W\d_{DENSE}]++|[\u0300-\u036f\u064b-\u0652]++)++|(?<![\d.,])(?>{NUMBER.pattern})|\d+|[{DENSE}]"
)
# The same where no letter is beyond Latin: a class that names its letters is three times as fast.
_BEYOND_LATIN = re.compile("[^\x00-\u02ff]")
_LATIN = "".join(re.escape(char) for char in map(chr, range(0x300)) if re.match(r"[^\W\d_]", char))
_LATIN_WORD = lazy_pattern(rf"[{_LATIN}]+|(?<![\d.,])(?>{NUMBER.pattern})|\d+")
_MARKS = re.compile("[\u064b-\u0652]")
_FIGURE = re.compile("[0-9]")
# No word in letters begins with a character before this one, every number does.
BEHIND_FIGURES = ":"
# A stem in a list is as long as this at least: it is looked up by its beginning.
_STEM = 3
_KEPT = 2048
# Words of which it is kept what begins with them: those of a language come again and again.
_BEGINNINGS = 16384


class Word(NamedTuple):
    """A word of a text in small letters, or a number as it is written, and where it stands."""

    text: str
    start: int
    end: int
    is_number: bool


class Words(Sequence[Word]):
    """The words of a text, and by which quick look it can be told that a phrase is not among them.

    `ordered` are the bare words and `texts` the different ones; where each stands is looked up when it is asked for,
    which for most texts it never is.
    """

    __slots__ = ("_low", "_placed", "_starts", "_written", "has_number", "ordered", "texts")

    def __init__(self, low: str, written: list[str]) -> None:
        self._low, self._written = low, written
        marked = not low.isascii() and _MARKS.search(low)
        self.ordered = tuple([_MARKS.sub("", word) for word in written] if marked else written)
        self.texts = frozenset(self.ordered)
        self.has_number = _FIGURE.search(low) is not None
        self._placed: tuple[Word, ...] | None = None
        self._starts: frozenset[str] | None = None

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.ordered)

    def __iter__(self) -> Iterator[Word]:
        """Yield each word with its place."""
        return iter(self.placed)

    def __getitem__(self, place: int) -> Word:  # type: ignore[override]  # nobody takes a part of a text's words
        """Return a word with its place."""
        return self.placed[place]

    @property
    def placed(self) -> tuple[Word, ...]:
        """The words, each with its place."""
        if self._placed is None:
            found, end, find = [], 0, self._low.index
            for text, written in zip(self.ordered, self._written, strict=True):
                start = find(written, end)  # every letter and figure is part of a word
                end = start + len(written)
                found.append(_made(Word, (text, start, end, "" < text < BEHIND_FIGURES)))
            self._placed = tuple(found)
        return self._placed

    @property
    def starts(self) -> frozenset[str]:
        """The first letters of each word, as many as tell whether a stem of a list may begin it."""
        if self._starts is None:
            self._starts = frozenset([text[:_STEM] for text in self.texts])
        return self._starts


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
    is_latin = low.isascii() or not _BEYOND_LATIN.search(low)
    return Words(low, (_LATIN_WORD if is_latin else _WORD).findall(low))


class Phrases(Generic[Meaning]):
    """A list of phrases, each with what it means; a star at the end stands for any ending."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        whole: dict[str, dict[tuple[str, ...], Meaning]] = defaultdict(dict)
        stems: dict[str, dict[str, Meaning]] = defaultdict(dict)
        for phrase, meaning in phrases:
            words = words_of(phrase).ordered
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

    def at(self, texts: tuple[str, ...], place: int) -> Found[Meaning] | None:
        """Return the longest phrase that begins with the word at a place, None if none does."""
        text = texts[place]
        for rest, meaning in self._whole.get(text, ()):
            stop = place + 1 + len(rest)
            if not rest or texts[place + 1 : stop] == rest:
                return Found(meaning, place, stop)
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
        stop = 0
        for place in self.beginnings(words):
            if place >= stop and (phrase := self.at(words.ordered, place)):
                found.append(phrase)
                stop = phrase.stop
        return found

    def begun(self, texts: tuple[str, ...], start: int, stop: int) -> list[int]:
        """Return the places from one up to another of the words with which a phrase may begin."""
        whole, stems = self._whole, self._stems
        return [place for place in range(start, stop) if (text := texts[place]) in whole or text[:_STEM] in stems]

    def beginnings(self, words: Words) -> list[int]:
        """Return the places of the words with which a phrase may begin."""
        if self.none_in(words):
            return []
        whole, stems = self._whole, self._stems
        if stems:
            return [place for place, text in enumerate(words.ordered) if text in whole or text[:_STEM] in stems]
        return [place for place, text in enumerate(words.ordered) if text in whole]


class PhraseLists(Generic[Meaning]):
    """Several lists that are looked for in the same texts; phrases of two may overlap, those of one do not."""

    def __init__(self, lists: Iterable[Sequence[tuple[str, Meaning]]]) -> None:
        lists = tuple(lists)
        self._lists = tuple(map(Phrases, lists))
        self._any = Phrases(chain.from_iterable(lists))
        self._begun_by = lru_cache(maxsize=_BEGINNINGS)(self._find_begun)

    def _find_begun(self, word: str) -> tuple[int, ...]:
        return tuple(number for number, each in enumerate(self._lists) if each.may_begin(word))

    def all(self, words: Words) -> list[Found[Meaning]]:
        """Return the phrases of each list in a text, list after list."""
        found: list[list[Found[Meaning]]] = [[] for _ in self._lists]
        texts = words.ordered
        for place in self._any.beginnings(words):
            for number in self._begun_by(texts[place]):
                before = found[number]
                if (not before or before[-1].stop <= place) and (phrase := self._lists[number].at(texts, place)):
                    before.append(phrase)
        return [phrase for each in found for phrase in each]
