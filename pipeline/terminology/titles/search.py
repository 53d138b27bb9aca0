"""Finds the occupation that a title names among ESCO's labels of its own language, however it is inflected.

Each label is a vector of the pieces of its words, three to five letters long, and so is a title; the nearer, the
better. A piece weighs more the fewer labels have it. The weights of a word grow with its rarity, and a long word does
not outweigh a short one, so that "Fachrichtung" counts less than "Koch". Of a concept its nearest label counts.
Groups of occupations (`isco/…`) count less than occupations, which are named alike and wanted far more often.

MELO, mean reciprocal rank of national names (`make bench`, section `titles`): de .61, es .54, fr .86, pt .71; by the
labels of the name's own language alone .59, .52, .86, .70. What adds to it, each measured in all four languages:

- what stands behind both genders of a name belongs to each ("Leiter/Leiterin - Forst"): de +.015, others ± 0;
- labels of two related languages, of which many words are alike: de +.008, es +.012, fr + 0, pt +.010;
- a manager, head or supervisor is looked for if the title says so, and only then: de +.003, es +.007, fr +.002, pt + 0.

Shorter or longer pieces, stems, or vectors of latent meaning over seven languages change no language by .01.

>>> [esco.labels("de")[match.number][0] for match in find_concepts("Softwareentwicklerinnen", "de", 1)]
['Softwareentwickler/Softwareentwicklerin']
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.terminology.titles import esco
from pipeline.terminology.titles.person_forms import one_form
from pipeline.terminology.titles.ranks import leads
from pipeline.terminology.titles.stems import stems_of
from pipeline.terminology.titles.words import fold_word

_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 3, 5
# How much of a word's length is taken from its weight, and how much of its rarity is added.
_EVENNESS = 0.5
_GROUP = 0.7
# An alternative label counts less than the preferred one.
_ALTERNATIVE = 0.95
# What related languages add to a score, of what it lacks; and what is left of that of a lead where none is meant.
_RELATED = 0.35
_LEAD = 0.85
_NOTHING = 1e-9
_BITS = 20
_BUCKETS = 1 << _BITS
MAX_CHARS = 300
Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

# The languages whose words are most like those of another.
_RELATIVES = {
    "cs": ("sk", "pl"),
    "da": ("no", "sv"),
    "de": ("nl", "da"),
    "es": ("pt", "it"),
    "fr": ("it", "es"),
    "hr": ("sl",),
    "it": ("es", "fr"),
    "nb": ("da", "sv"),
    "nl": ("de", "da"),
    "nn": ("da", "sv"),
    "no": ("da", "sv"),
    "pl": ("cs", "sk"),
    "pt": ("es", "it"),
    "ro": ("it", "fr"),
    "sk": ("cs", "pl"),
    "sl": ("hr",),
    "sv": ("da", "no"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A concept that a title may name, the score from 0 to 100, and its number in the list of concepts."""

    concept: str
    score: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The occupation that is nearest to a title: how near it is, and how much nearer than the second, from 0 to 1.

    `agreed` tells that it is also the nearest one by the labels of related languages alone.
    """

    number: int
    score: float
    margin: float
    agreed: bool


def find_concepts(title: str, language: str, top: int) -> tuple[Match, ...]:
    """Return the concepts nearest to a title, the nearest first; nothing in a language without labels."""
    if language not in esco.languages() or not title.strip():
        return ()
    scores, _ = _scores(title, language)
    least = np.partition(scores, -min(top, len(scores)))[-min(top, len(scores))]
    near = np.flatnonzero(scores >= max(least, _NOTHING))
    best = near[np.argsort(-scores[near], kind="stable")][:top]
    names = esco.concepts()
    return tuple(
        Match(concept=names[number], score=round(float(scores[number]) * 100), number=int(number)) for number in best
    )


def nearest_occupation(title: str, language: str) -> Nearest | None:
    """Return the occupation nearest to a title, groups of them aside; None if no label has a piece of it."""
    if language not in esco.languages() or not title.strip():
        return None
    scores, related = _scores(title, language)
    scores = np.where(_groups(), 0.0, scores)
    number = int(scores.argmax())
    best = float(scores[number])
    if best < _NOTHING:
        return None
    scores[number] = 0.0
    agreed = int(np.where(_groups(), 0.0, related).argmax()) == number
    return Nearest(number=number, score=best, margin=best - float(scores.max()), agreed=agreed)


@lru_cache(maxsize=1)
def _scores(title: str, language: str) -> tuple[Weights, Weights]:
    """Return how near each concept is to a title, and how near by the labels of related languages alone."""
    text = one_form(title[:MAX_CHARS])
    own, related = _index(language).scores(text)
    lead = leads(text)
    differ = _lead_concepts(language) != lead
    return (own + _RELATED * related * (1 - own)) * np.where(differ, _LEAD, 1.0), related


class _Index:
    """The labels of one language, and of languages related to it, by the pieces that they have."""

    def __init__(self, languages: Sequence[str]) -> None:
        texts: list[str] = []
        owners: list[int] = []
        factors: list[float] = []
        self._concepts = len(esco.concepts())
        self._languages = len(languages)
        for place, language in enumerate(languages):
            for label in _distinct_labels(language):
                texts.append(label.text)
                owners.append(place * self._concepts + label.number)
                factors.append(1.0 if label.preferred else _ALTERNATIVE)
        self._size = len(texts)
        self._vocabulary: dict[str, int] = {}
        of_label = [self._numbers(text) for text in texts]
        word_of = np.array([word for words in of_label for word in words], dtype=np.int64)
        label_of = np.repeat(np.arange(self._size), [len(words) for words in of_label])
        pieces = _pieces_of(tuple(self._vocabulary))
        self._rarity = self._rarity_of(np.bincount(word_of, minlength=len(self._vocabulary)))
        # Each label has the pieces of its words.
        first = np.searchsorted(pieces.words, np.arange(len(self._vocabulary) + 1))
        counts = np.diff(first)[word_of]
        places = _runs(first[word_of], counts)
        key = pieces.buckets[places] * self._size + np.repeat(label_of, counts)
        unique, inverse = np.unique(key, return_inverse=True)
        buckets, self._labels = unique // self._size, (unique % self._size).astype(np.int32)
        self._starts = np.searchsorted(buckets, np.arange(_BUCKETS + 1))
        self._weight_of = self._rarity_of(np.diff(self._starts))
        weights = np.bincount(inverse, self._weights(pieces, self._rarity)[places])
        norms = np.sqrt(np.bincount(self._labels, weights * weights, minlength=self._size))
        self._weights_of = (weights * np.array(factors)[self._labels] / norms[self._labels]).astype(np.float32)
        self._owners, self._bounds = np.unique(np.array(owners), return_index=True)
        self._factor = np.where(_groups(), _GROUP, 1.0)

    def scores(self, title: str) -> tuple[Weights, Weights]:
        """Return how near each concept is, from 0 to 1, by its nearest label; then, by those of related languages."""
        found = np.zeros(self._concepts * self._languages)
        words = tuple(dict.fromkeys(_words_of(title)))
        if words:
            found[self._owners] = np.maximum.reduceat(self._near(words), self._bounds)
        own, *related = found.reshape(self._languages, self._concepts) * self._factor
        return own, np.add.reduce(related) if related else np.zeros(self._concepts)

    def _near(self, words: tuple[str, ...]) -> Weights:
        """Return how near each label is to some words."""
        unknown = np.log(1 + self._size) + 1
        rarity = np.array(
            [self._rarity[self._vocabulary[word]] if word in self._vocabulary else unknown for word in words]
        )
        pieces = _pieces_of(words)
        buckets, inverse = np.unique(pieces.buckets, return_inverse=True)
        weights = np.bincount(inverse, self._weights(pieces, rarity))
        weights = weights / np.sqrt((weights * weights).sum())
        counts = self._starts[buckets + 1] - self._starts[buckets]
        places = _runs(self._starts[buckets], counts)
        weighted = self._weights_of[places] * np.repeat(weights.astype(np.float32), counts)
        near: Weights = np.bincount(self._labels[places], weighted, minlength=self._size).astype(np.float64, copy=False)
        return near

    def _numbers(self, text: str) -> list[int]:
        return [self._vocabulary.setdefault(word, len(self._vocabulary)) for word in dict.fromkeys(_words_of(text))]

    def _rarity_of(self, counts: Numbers) -> Weights:
        rarity: Weights = np.log((1 + self._size) / (1 + counts)) + 1
        return rarity

    def _weights(self, pieces: "_Pieces", rarity: Weights) -> Weights:
        weights = self._weight_of[pieces.buckets]
        lengths = np.sqrt(np.bincount(pieces.words, weights * weights, minlength=len(rarity)))
        evened: Weights = weights * ((rarity / lengths) ** _EVENNESS)[pieces.words]
        return evened


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pieces:
    """The pieces of words: of which word each is, and its bucket; in the order of the words."""

    words: Numbers
    buckets: Numbers


def _pieces_of(words: Sequence[str]) -> _Pieces:
    """Cut each word, with a space at both ends, into all its pieces at once; a bucket is the hash of a piece."""
    letters = np.frombuffer("".join(f" {word} " for word in words).encode("utf-32-le"), dtype=np.uint32)
    lengths = np.array([len(word) + 2 for word in words])
    owners = np.repeat(np.arange(len(words)), lengths)
    ends = np.repeat(np.cumsum(lengths), lengths)
    hashes = letters.astype(np.uint64)
    found_words, found_hashes = [], []
    for length in range(2, min(_LONGEST, len(letters)) + 1):
        stop = len(letters) - length + 1
        hashes = hashes[:stop] * np.uint64(1_000_003) ^ letters[length - 1 :].astype(np.uint64)
        if length >= _SHORTEST:
            whole = np.arange(stop) + length <= ends[:stop]
            found_words.append(owners[:stop][whole])
            found_hashes.append(hashes[whole])
    mixed = np.concatenate(found_hashes) * np.uint64(0x9E3779B97F4A7C15)
    buckets = (mixed >> np.uint64(64 - _BITS)).astype(np.int64)
    order = np.argsort(np.concatenate(found_words), kind="stable")
    return _Pieces(words=np.concatenate(found_words)[order], buckets=buckets[order])


def _runs(starts: Numbers, counts: Numbers) -> Numbers:
    """Return the numbers from each start on, as many as its count, one run after the other."""
    before = np.cumsum(counts) - counts
    places: Numbers = np.repeat(starts - before, counts) + np.arange(counts.sum())
    return places


def _words_of(text: str) -> list[str]:
    return _WORD.findall(fold_word(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A label in one gender, of a concept by its number."""

    text: str
    number: int
    preferred: bool


def _distinct_labels(language: str) -> Iterator[_Label]:
    """Yield the labels of each concept, of those that differ in their endings alone the first."""
    for number, names in enumerate(esco.labels(language)):
        distinct: dict[tuple[str, ...], str] = {}
        for text in map(one_form, names):
            distinct.setdefault(stems_of(text, language), text)
        for place, text in enumerate(distinct.values()):
            yield _Label(text=text, number=number, preferred=not place)


@cache
def _index(language: str) -> _Index:
    return _Index((language, *_RELATIVES.get(language, ())))


@cache
def _groups() -> NDArray[np.bool_]:
    return np.array([name.startswith("isco/") for name in esco.concepts()])


@cache
def _lead_concepts(language: str) -> NDArray[np.bool_]:
    """Tell of each concept whether its preferred name, here or in English, is one of people who lead others."""
    own, english = esco.labels(language), esco.labels("en")
    return np.array([leads(" ".join((*one[:1], *other[:1]))) for one, other in zip(own, english, strict=True)])
