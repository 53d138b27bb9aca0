"""Phrases found in running text by the forms of their words: the longest first, none overlapping."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from pipeline.language.spans import longest_apart, protected_spans
from pipeline.language.word_forms import (
    Form,
    Likeness,
    Word,
    WordForms,
    close_together,
    is_acronym,
    keys_of,
    split_words,
    stands_alone,
)
from pipeline.model.markup import split_markup

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words of a wording; an `exact` one is found only as it is written."""

    words: tuple[str, ...]
    exact: bool = False

    @classmethod
    @lru_cache(maxsize=65536)
    def of(cls, wording: str, *, exact: bool = False) -> "Phrase":
        """Take a wording apart."""
        return cls(words=tuple(word.text for word in split_words(wording)), exact=exact)

    def stands_at(self, words: tuple[Word, ...], number: int, forms: WordForms, alike: Likeness) -> bool:
        """Tell whether the phrase starts with the word of this number."""
        if number < 0 or number + len(self.words) > len(words):
            return False
        return all(
            self._fits(wanted, words[number + offset].text, forms, alike) for offset, wanted in enumerate(self.words)
        )

    def is_written(self, words: tuple[Word, ...]) -> bool:
        """Tell whether words are those of the phrase, capitals aside."""
        return [word.casefold() for word in self.words] == [word.text.casefold() for word in words]

    def _fits(self, wanted: str, word: str, forms: WordForms, alike: Likeness) -> bool:
        if wanted == word:
            return True
        if self.exact or is_acronym(wanted):
            return False
        if wanted.casefold() == word.casefold():
            return True
        if not (wanted[0].isalpha() and word[0].isalpha()):
            return False
        return alike(forms.form(wanted), forms.form(word))


class Match(NamedTuple, Generic[_Value]):
    """Where a phrase stands, and what belongs to it."""

    start: int
    stop: int
    value: _Value


class _Anchored(NamedTuple, Generic[_Value]):
    """A phrase in an index: `offset` is the number of the word that it is found by."""

    phrase: Phrase
    offset: int
    value: _Value


class PhraseIndex(Generic[_Value]):
    """Many phrases of one language, each with a value, by lemma and stem of the word that fewest of them share."""

    def __init__(self, phrases: Iterable[tuple[Phrase, _Value]], forms: WordForms) -> None:
        self._forms = forms
        self._found_by: dict[str, tuple[_Anchored[_Value], ...]] = {}
        self._by_key: dict[str, list[_Anchored[_Value]]] = defaultdict(list)
        listed = tuple((phrase, value) for phrase, value in phrases if phrase.words)
        keys = {word: keys_of(word, forms) for phrase, _ in listed for word in phrase.words}
        frequency = Counter(key for phrase, _ in listed for word in phrase.words for key in keys[word])
        for phrase, value in listed:
            rarity = [max(frequency[key] for key in keys[word]) for word in phrase.words]
            offset = rarity.index(min(rarity))
            for key in keys[phrase.words[offset]]:
                self._by_key[key].append(_Anchored(phrase, offset, value))

    def find(self, text: str) -> tuple[Match[_Value], ...]:
        """Return where phrases stand in a segment, in order: the longest first, none overlapping.

        A phrase neither reaches over a tag nor takes a part of an address, a placeholder or a hyphenated word.
        """
        if not self._by_key:
            return ()
        found: dict[tuple[int, int], Match[_Value]] = {}
        for match in self._matches(text):
            found.setdefault((match.start, match.stop), match)
        return tuple(found[span] for span in longest_apart(found))

    def _matches(self, text: str) -> Iterator[Match[_Value]]:
        words = cut_words(text)
        spans = dict(self._spans(words))
        protected = protected_spans(text) if spans else []
        for (first, last), value in spans.items():
            start, stop = words[first].start, words[last].stop
            whole = stands_alone(text, start, stop) and close_together(words[first : last + 1], text)
            if whole and not _cuts(start, stop, protected):
                yield Match(start, stop, value)

    def _spans(self, words: tuple[Word, ...]) -> Iterator[tuple[tuple[int, int], _Value]]:
        """Yield the numbers of the first and last word of every phrase that stands among the words."""
        for number, word in enumerate(words):
            for phrase, offset, value in self._anchored(word.text):
                first = number - offset
                if phrase.stands_at(words, first, self._forms, Form.inflects):
                    yield (first, first + len(phrase.words) - 1), value

    def _anchored(self, word: str) -> tuple[_Anchored[_Value], ...]:
        """Return the phrases that a word may be found by, which for most words are none."""
        found = self._found_by.get(word)
        if found is None:
            keys = keys_of(word, self._forms)
            found = self._found_by[word] = tuple(each for key in keys for each in self._by_key.get(key, ()))
        return found


class WordedText:
    """A text, asked where wordings stand in it, also as a part of a hyphenated word."""

    def __init__(self, text: str, forms: WordForms) -> None:
        self._text = text
        self._forms = forms
        self._at: dict[str, list[int]] | None = None

    @cached_property
    def _words(self) -> tuple[Word, ...]:
        return cut_words(self._text)

    def find(self, wording: str, alike: Likeness) -> tuple[tuple[int, int], ...]:
        """Return where a wording stands; `alike` says which forms of its words count."""
        phrase = Phrase.of(wording)
        spans = (
            self._words[number : number + len(phrase.words)]
            for number in self._candidates(phrase)
            if phrase.stands_at(self._words, number, self._forms, alike)
        )
        return tuple((span[0].start, span[-1].stop) for span in spans if close_together(span, self._text))

    def holds(self, wording: str) -> bool:
        """Tell whether a wording stands there as it is, capitals aside; asks for no forms of words."""
        as_written = any(map(is_acronym, wording.split()))
        text, wanted = (self._text, wording) if as_written else (self._text.casefold(), wording.casefold())
        start = text.find(wanted)
        stop = start + len(wanted)
        return start >= 0 and not (text[max(start - 1, 0) : start].isalnum() or text[stop : stop + 1].isalnum())

    def _candidates(self, phrase: Phrase) -> tuple[int, ...]:
        if self._at is None:
            self._at = defaultdict(list)
            for number, word in enumerate(self._words):
                for key in keys_of(word.text, self._forms):
                    self._at[key].append(number)
        keys = keys_of(phrase.words[0], self._forms) if phrase.words else ()
        return tuple(sorted({number for key in keys for number in self._at.get(key, ())}))


def cut_words(text: str) -> tuple[Word, ...]:
    """Cut a segment into words and signs; no phrase reaches over a tag."""
    return split_words(_without_tags(text)) if "<" in text else split_words(text)


def _without_tags(text: str) -> str:
    """Put a sign of its own in the place of every character of a tag."""
    return "".join(part if number % 2 == 0 else "\0" * len(part) for number, part in enumerate(split_markup(text)))


def _cuts(start: int, stop: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a match takes a part of a protected span, or lies in one that says more; the spans are in order."""
    place = bisect_left(spans, (start, start))
    beside = spans[max(place - 1, 0) : bisect_left(spans, (stop, stop))]
    return any(
        start < span_stop and stop > span_start and not (start <= span_start and stop >= span_stop)
        for span_start, span_stop in beside
    )
