"""Finds the occupation that a title names among ESCO's labels of its own language, however it is inflected.

Each label is a vector of the pieces of its words, three to five letters long, and so is a title; the nearer, the
better. A piece weighs more the fewer labels have it. The weights of a word grow with its rarity, and a long word does
not outweigh a short one, so that "Fachrichtung" counts less than "Koch". Of a concept its nearest label counts.
Groups of occupations (`isco/…`) count less than occupations, which are named alike and wanted far more often.

MELO, mean reciprocal rank of national names: de .59, es .52, fr .85, pt .70 (`make bench`, section `titles`). Shorter
pieces, stems, or all labels of a concept together change no language by .01.

>>> [esco.labels("de")[match.number][0] for match in find_concepts("Softwareentwicklerinnen", "de", 1)]
['Softwareentwickler/Softwareentwicklerin']
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.language.gender_forms import gender_forms
from pipeline.terminology.titles import esco
from pipeline.terminology.titles.words import fold_word

_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 3, 5
# How much of a word's length is taken from its weight, and how much of its rarity is added.
_EVENNESS = 0.5
_GROUP = 0.7
# An alternative label counts less than the preferred one; all labels of a concept settle between equal ones.
_ALTERNATIVE = 0.95
_OTHERS = 0.05
_NOTHING = 1e-9
_BITS = 20
_BUCKETS = 1 << _BITS
MAX_CHARS = 300
Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A concept that a title may name, the score from 0 to 100, and its number in the list of concepts."""

    concept: str
    score: int
    number: int


def find_concepts(title: str, language: str, top: int) -> tuple[Match, ...]:
    """Return the concepts nearest to a title, the nearest first; nothing in a language without labels."""
    if language not in esco.languages() or not title.strip():
        return ()
    scores = _index(language).scores(_one_form(title[:MAX_CHARS]))
    least = np.partition(scores, -min(top, len(scores)))[-min(top, len(scores))]
    near = np.flatnonzero(scores >= max(least, _NOTHING))
    best = near[np.argsort(-scores[near], kind="stable")][:top]
    names = esco.concepts()
    return tuple(
        Match(concept=names[number], score=round(float(scores[number]) * 100), number=int(number)) for number in best
    )


class _Index:
    """The labels of one language, by the pieces that they have."""

    def __init__(self, labels: Sequence[Sequence[str]]) -> None:
        texts: list[str] = []
        owners: list[int] = []
        factors: list[float] = []
        for number, names in enumerate(labels):
            for place, text in enumerate(dict.fromkeys(map(_one_form, names))):
                texts.append(text)
                owners.append(number)
                factors.append(_ALTERNATIVE if place else 1.0)
        self._size = len(texts)
        self._concepts = len(labels)
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
        self._weights_of = (weights * (np.array(factors) / norms)[self._labels]).astype(np.float32)
        self._owners, self._bounds, self._counts = np.unique(np.array(owners), return_index=True, return_counts=True)
        groups = np.array([name.startswith("isco/") for name in esco.concepts()])
        self._factor = np.where(groups, _GROUP, 1.0)

    def scores(self, title: str) -> Weights:
        """Return how near each concept is, from 0 to 1: its nearest label, and a little of the mean of all of them."""
        found = np.zeros(self._concepts)
        words = tuple(dict.fromkeys(_words_of(title)))
        if not words:
            return found
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
        near = np.bincount(
            self._labels[places], self._weights_of[places] * np.repeat(weights, counts), minlength=self._size
        )
        mean = np.add.reduceat(near, self._bounds) / self._counts
        found[self._owners] = np.maximum.reduceat(near, self._bounds) * (1 - _OTHERS) + mean * _OTHERS
        factored: Weights = found * self._factor
        return factored

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


def _one_form(label: str) -> str:
    """Return a label with one of the two genders that it names."""
    if "/" not in label and "(" not in label:
        return label
    return gender_forms(label)[:2][-1]


@cache
def _index(language: str) -> _Index:
    return _Index(esco.labels(language))
