"""To which other postings the page of one leads: to similar ones, and to more of the same employer.

Two titles are as similar as the words that they share are rare, measured against all words of both; postings in the
same country go first. Words are compared by their first letters: "infirmière" is near "infirmier". Only the rarest
words of a title are looked up, and for each of them only the postings that stand nearest in the order of countries and
days; so the time grows with the number of postings, and a new posting changes the pages of a few others, never those of
all that are called "Engineer". Of 2,393 national names of occupations to which experts gave the same occupation as to
another one in their list, 1,506 led to such a one; with whole words, counted by how few have them, 1,242 did.

    neighbours = Neighbours(version.postings.entries)
    leads = neighbours.leads(version.postings.entries)
    for related in neighbours.related(leads): ...
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice
from typing import NamedTuple, Protocol

import msgspec

from pipeline.language.words import DENSE
from pipeline.publishing.versions.version import Entry

MOST = 5  # of each kind
_WORDS = 4  # of a title, the rarest ones
_REACH = 4  # postings with the same word, on either side
_STEM = 6  # letters by which words are compared
# The weight of a word that so many titles have, by the length of that number in bits: 1 / sqrt(2 ** bits), whole.
_WEIGHTS = [round(2 ** (15 - bits / 2)) for bits in range(31)]
_LEAST = 1 / 8  # of what two titles hold, to be called similar
_IN_COUNTRY = 1 / 8  # what the same country adds
_DIGEST_BYTES = 16
_DENSE = re.compile(f"[{DENSE}]+")
_WORD = re.compile(rf"[^\W\d_{DENSE}]{{2,}}")


_Order = tuple[tuple[str, ...], int, str]


class Subject(Protocol):
    """What is looked at of a posting, whether it is open or not."""

    @property
    def posting(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title in the language of the version."""

    @property
    def organization(self) -> str:
        """Its employer."""

    @property
    def countries(self) -> tuple[str, ...]:
        """Its countries."""

    @property
    def posted(self) -> date | None:
        """The day from which it is counted."""


class Related(NamedTuple):
    """To which postings a page leads; `more` tells that the employer has others still."""

    similar: tuple[Entry, ...]
    of_employer: tuple[Entry, ...]
    more: bool


class Leads(msgspec.Struct, frozen=True, array_like=True):
    """To which postings the pages of some subjects lead, each by its place among those of the version."""

    similar: tuple[tuple[int, ...], ...]
    of_employer: tuple[tuple[int, ...], ...]


class Neighbours:
    """The postings of a version by the words of their titles, and by their employers."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=_order)
        self._orders = list(map(_order, self._entries))

    def digest(self, subjects: Iterable[Subject]) -> bytes:
        """Return a digest of all that decides to which postings the pages of these subjects lead."""
        told = blake2b(digest_size=_DIGEST_BYTES)
        for each in chain(self._entries, subjects):
            told.update(repr((each.posting, each.title, each.organization, each.countries, each.posted)).encode())
        return told.digest()

    def leads(self, subjects: Iterable[Subject]) -> Leads:
        """Find to which postings the pages of some subjects lead; one more of the employer than a page shows."""
        index = _Index(self._entries, self._orders)
        found = [index.of(subject) for subject in subjects]
        return Leads(tuple(similar for similar, _ in found), tuple(others for _, others in found))

    def related(self, leads: Leads) -> Iterator[Related]:
        """Yield the postings that were found for each subject."""
        entries = self._entries
        for similar, others in zip(leads.similar, leads.of_employer, strict=True):
            shown = others[:MOST]
            yield Related(tuple([entries[n] for n in similar]), tuple([entries[n] for n in shown]), shown != others)


class _Index:
    """Where in their order the postings stand whose titles have a word, and those of an employer."""

    def __init__(self, entries: Sequence[Entry], orders: Sequence[_Order]) -> None:
        self._entries, self._orders = entries, orders
        self._employer = list(map(_employer, entries))
        self._words = [words_of_title(entry.title) for entry in entries]
        self._with_word: dict[str, list[int]] = {}
        self._of_employer: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            for word in words:
                self._with_word.setdefault(word, []).append(place)
            self._of_employer.setdefault(self._employer[place], []).append(place)
        self._weights = {word: _WEIGHTS[len(places).bit_length()] for word, places in self._with_word.items()}
        self._totals = list(map(self._weight, self._words))

    def of(self, subject: Subject) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the places of similar postings, and of others of the employer."""
        place, employer = bisect_left(self._orders, _order(subject)), _employer(subject)
        same = self._of_employer.get(employer, ()) if employer else ()
        others = [other for other in _around(same, place, MOST + 2) if self._entries[other].posting != subject.posting]
        return tuple(self._similar(subject, place, employer)), tuple(others[: MOST + 1])

    def _similar(self, subject: Subject, place: int, employer: str) -> Iterator[int]:
        words = words_of_title(subject.title)
        rarest = sorted((len(self._with_word[word]), word) for word in words if word in self._with_word)[:_WORDS]
        near = {other for _, word in rarest for other in _around(self._with_word[word], place, 2 * _REACH)}
        total = self._weight(words)
        weighed = [(word, self._weights[word]) for word in words if word in self._weights]
        ranked = []
        for other in near:
            theirs = self._words[other]
            shared = sum([weight for word, weight in weighed if word in theirs])
            score = shared / (total + self._totals[other] - shared)
            if score >= _LEAST and not (employer and self._employer[other] == employer):
                nearby = not set(subject.countries).isdisjoint(self._orders[other][0])
                ranked.append((-score - nearby * _IN_COUNTRY, self._orders[other], other))
        ranked.sort()
        return islice((other for _, _, other in ranked if self._entries[other].posting != subject.posting), MOST)

    def _weight(self, words: Iterable[str]) -> int:
        return sum([self._weights.get(word, _WEIGHTS[1]) for word in words])


@lru_cache(maxsize=1 << 16)
def words_of_title(title: str) -> frozenset[str]:
    """Return the first letters of the words of a title, of Chinese and Japanese each two signs that stand together.

    >>> sorted(words_of_title("Data engineer (m/f/d), 3 days")), sorted(words_of_title("データ看護師"))
    (['data', 'days', 'engine'], ['タ看', 'デー', 'ータ', '看護', '護師'])
    """
    low = title.casefold()
    pairs = (run[at : at + 2] for run in _DENSE.findall(low) for at in range(len(run) - 1))
    return frozenset(chain((word[:_STEM] for word in _WORD.findall(low)), pairs))


def _employer(subject: Subject) -> str:
    return subject.organization.strip().casefold()


def _order(subject: Subject) -> _Order:
    return subject.countries, -(subject.posted.toordinal() if subject.posted else 0), subject.posting


def _around(places: Sequence[int], place: int, number: int) -> Sequence[int]:
    """Return so many of the places, in their order, that stand around one."""
    first = max(0, min(bisect_left(places, place) - number // 2, len(places) - number))
    return places[first : first + number]
