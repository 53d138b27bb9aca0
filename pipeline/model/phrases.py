"""Phrases found in running text by the forms of their words: the longest first, none overlapping."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from pipeline.model.markup import split_markup
from pipeline.model.spans import protected_spans
from pipeline.model.word_forms import (
    Form,
    Likeness,
    Word,
    WordForms,
    close_together,
    is_acronym,
    split_words,
    stands_alone,
)

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words of a wording; an `exact` one is found only as it is written."""

    words: tuple[str, ...]
    exact: bool = False

    @classmethod
    def of(cls, wording: str, *, exact: bool = False) -> "Phrase":
        """Take a wording apart."""
        return cls(words=tuple(word.text for word in split_words(wording)), exact=exact)

    def stands_at(self, words: tuple[Word, ...], number: int, forms: WordForms, alike: Likeness) -> bool:
        """Tell whether the phrase starts with the word of this number."""
        found = words[number : number + len(self.words)]
        return len(found) == len(self.words) and all(
            self._fits(wanted, word.text, forms, alike) for wanted, word in zip(self.words, found, strict=True)
        )

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


class PhraseIndex(Generic[_Value]):
    """Many phrases of one language, each with a value, by the lemma and the stem of their first word."""

    def __init__(self, phrases: Iterable[tuple[Phrase, _Value]], forms: WordForms) -> None:
        self._forms = forms
        self._by_first: dict[str, list[tuple[Phrase, _Value]]] = defaultdict(list)
        for phrase, value in phrases:
            for key in self._keys(phrase.words[0]) if phrase.words else ():
                self._by_first[key].append((phrase, value))

    def find(self, text: str) -> tuple[Match[_Value], ...]:
        """Return where phrases stand in a segment, in order: the longest first, none overlapping.

        A phrase neither reaches over a tag nor takes a part of an address, a placeholder or a hyphenated word.
        """
        if not self._by_first:
            return ()
        kept: list[Match[_Value]] = []
        for match in sorted(self._matches(text), key=lambda match: (match.start - match.stop, match.start)):
            if all(match.stop <= other.start or match.start >= other.stop for other in kept):
                kept.append(match)
        return tuple(sorted(kept, key=lambda match: match.start))

    def _matches(self, text: str) -> Iterator[Match[_Value]]:
        words = split_words(_without_tags(text))
        seen: set[tuple[int, int]] = set()
        protected: list[tuple[int, int]] | None = None
        for number, word in enumerate(words):
            for phrase, value in self._starting_with(word.text):
                if not phrase.stands_at(words, number, self._forms, Form.inflects):
                    continue
                found = words[number : number + len(phrase.words)]
                start, stop = found[0].start, found[-1].stop
                if protected is None:
                    protected = protected_spans(text)
                if (start, stop) not in seen and stands_alone(text, start, stop) and close_together(found, text):
                    if _cuts(start, stop, protected):
                        continue
                    seen.add((start, stop))
                    yield Match(start, stop, value)

    def _starting_with(self, word: str) -> Iterator[tuple[Phrase, _Value]]:
        for key in self._keys(word):
            yield from self._by_first.get(key, ())

    def _keys(self, word: str) -> tuple[str, ...]:
        form = self._forms.form(word)
        return tuple(dict.fromkeys((word.casefold(), form.lemma, form.stem)))


def find_wording(text: str, wording: str, forms: WordForms, alike: Likeness) -> tuple[tuple[int, int], ...]:
    """Return where one wording stands in a text, also as a part of a hyphenated word."""
    phrase = Phrase.of(wording)
    words = split_words(_without_tags(text))
    found = (
        words[number : number + len(phrase.words)]
        for number in range(len(words))
        if phrase.words and phrase.stands_at(words, number, forms, alike)
    )
    return tuple((span[0].start, span[-1].stop) for span in found if close_together(span, text))


def _without_tags(text: str) -> str:
    """Put a sign of its own in the place of every character of a tag."""
    return "".join(part if number % 2 == 0 else "\0" * len(part) for number, part in enumerate(split_markup(text)))


def _cuts(start: int, stop: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a match takes a part of a protected span, or lies in one that says more."""
    return any(
        start < span_stop and stop > span_start and not (start <= span_start and stop >= span_stop)
        for span_start, span_stop in spans
    )
