"""To which other postings the page of one leads: to similar ones, and to more of the same employer.

Two titles are as similar as the words that they share are rare, measured against all words of both; postings in the
same country go first. Words are compared by their first letters: "infirmière" is near "infirmier". Only the rarest
words of a title are looked up, and for each of them only the postings that stand nearest in the order of countries and
days; so the time grows with the number of postings, and a new posting changes the pages of a few others, never those of
all that are called "Engineer". Of 2,393 national names of occupations to which experts gave the same occupation as to
another one in their list, 1,506 led to such a one; with whole words, counted by how few have them, 1,242 did.

    neighbours = Neighbours(version.postings.entries, gone)
    leads = neighbours.leads(before)
    for related in neighbours.related(leads): ...

Of what an earlier run found, `before`, all is taken over but for the pages around a posting that came, went or changed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple, Protocol

import msgspec

from pipeline.language.words import DENSE
from pipeline.model.patterns import lazy_pattern
from pipeline.publishing.versions.version import Entry

MOST = 5  # of each kind
_WORDS = 4  # of a title, the rarest ones
_REACH = 4  # postings with the same word, on either side
_FAR = 4 * _REACH + 2 * MOST  # so many places, half of them on either side, hold all that look at one
_GONE = -1
_STEM = 6  # letters by which words are compared
# The weight of a word that so many titles have, by the length of that number in bits: 1 / sqrt(2 ** bits), whole.
_WEIGHTS = [round(2 ** (15 - bits / 2)) for bits in range(31)]
_LEAST = 1 / 8  # of what two titles hold, to be called similar
_IN_COUNTRY = 1 / 8  # what the same country adds
_DENSE = lazy_pattern(f"[{DENSE}]+")
_WORD = lazy_pattern(rf"[^\W\d_{DENSE}]{{2,}}")


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


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What is looked at of a posting; `day` is the less the later it was posted."""

    posting: str
    title: str
    organization: str
    countries: tuple[str, ...]
    day: int

    @classmethod
    def of(cls, subject: Subject) -> "Known":
        """Return what is looked at of a posting."""
        day = -(subject.posted.toordinal() if subject.posted else 0)
        return cls(subject.posting, subject.title, subject.organization, subject.countries, day)

    @property
    def order(self) -> _Order:
        """What postings are ordered by, so that those of a country and of a time stand together."""
        return self.countries, self.day, self.posting

    @property
    def employer(self) -> str:
        """Its employer, however that is written."""
        return self.organization.strip().casefold()


class Lead(msgspec.Struct, frozen=True, array_like=True):
    """To which postings a page leads, each by its place in their order; one more of the employer than it shows."""

    similar: tuple[int, ...]
    of_employer: tuple[int, ...]

    def moved(self, places: Sequence[int]) -> "Lead":
        """Return the same with the places that its postings have now."""
        return Lead(tuple([places[old] for old in self.similar]), tuple([places[old] for old in self.of_employer]))


class Leads(msgspec.Struct, frozen=True, array_like=True):
    """To which postings the pages lead of the postings in their order, and then those of others."""

    postings: list[Known]
    others: list[Known]
    leads: list[Lead]


class Neighbours:
    """The postings of a version by the words of their titles, and by their employers; `others` have pages too."""

    def __init__(self, entries: Iterable[Entry], others: Iterable[Subject] = ()) -> None:
        given = [(Known.of(entry), entry) for entry in entries]
        in_order = sorted(range(len(given)), key=lambda number: given[number][0].order)
        self._entries = [given[number][1] for number in in_order]
        self._postings = [given[number][0] for number in in_order]
        self._places = sorted(range(len(given)), key=in_order.__getitem__)  # of the postings as they were given
        self._others = list(map(Known.of, others))

    def leads(self, before: Leads | None = None) -> Leads:
        """Find to which postings the pages lead; `before` is what an earlier run found, of whatever postings."""
        if before is not None and (before.postings, before.others) == (self._postings, self._others):
            return before
        index = _Index(self._postings)
        kept = index.kept(before) if before else {}
        found = [kept.get(place) or index.of(each) for place, each in enumerate(self._postings)]
        return Leads(self._postings, self._others, [*found, *map(index.of, self._others)])

    def related(self, leads: Leads) -> Iterator[Related]:
        """Yield the postings that were found for each posting as they were given, and for the others."""
        entries, count = self._entries, len(self._entries)
        for place in chain(self._places, range(count, count + len(self._others))):
            lead = leads.leads[place]
            shown, more = lead.of_employer[:MOST], len(lead.of_employer) > MOST
            yield Related(tuple([entries[n] for n in lead.similar]), tuple([entries[n] for n in shown]), more)


class _Index:
    """Where in their order the postings stand whose titles have a word, and those of an employer."""

    def __init__(self, postings: Sequence[Known]) -> None:
        self._postings = postings
        self._orders = [each.order for each in postings]
        self._employer = [each.employer for each in postings]
        self._words = [words_of_title(each.title) for each in postings]
        self._with_word: dict[str, list[int]] = {}
        self._of_employer: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            for word in words:
                self._with_word.setdefault(word, []).append(place)
            self._of_employer.setdefault(self._employer[place], []).append(place)
        self._counts = {word: len(places) for word, places in self._with_word.items()}
        self._weights = {word: _WEIGHTS[number.bit_length()] for word, number in self._counts.items()}
        self._totals = list(map(self._weight, self._words))

    def kept(self, before: Leads) -> dict[int, Lead]:
        """Return by place the leads that are still right, with the places that their postings have now.

        Wrong may be those of postings that stand near one that came or went: by a word of its title, or its employer.
        So may be those near one whose title has a word that weighs more or less than before.
        """
        places = {each: place for place, each in enumerate(self._postings)}
        now = [places.get(each, _GONE) for each in before.postings]
        held = set(now)
        come = [each for each, place in places.items() if place not in held]
        gone = [each for each, place in zip(before.postings, now, strict=True) if place == _GONE]
        touched = self._touched(come, gone)
        leads = zip(now, before.leads, strict=False)  # those of the others follow
        return {place: lead.moved(now) for place, lead in leads if place != _GONE and place not in touched}

    def _touched(self, come: Sequence[Known], gone: Sequence[Known]) -> set[int]:
        """Return the places of postings that another one is near of, or was, since some came and some went."""
        found: set[int] = set()
        counts = Counter(self._counts)
        for each, by in (*((each, -1) for each in come), *((each, 1) for each in gone)):
            place, words = bisect_left(self._orders, each.order), words_of_title(each.title)
            found.update(*self._near(place, words), _around(self._of_employer.get(each.employer, ()), place, _FAR))
            counts.update(dict.fromkeys(words, by))
        for word in {word for each in (*come, *gone) for word in words_of_title(each.title)}:
            reweighed = _WEIGHTS[max(1, counts[word].bit_length())] != self._weights.get(word, _WEIGHTS[1])
            for place in self._with_word.get(word, ()):
                if reweighed:
                    found.update(*self._near(place, self._words[place]))
                elif self._rarest(self._words[place], counts) != self._rarest(self._words[place], self._counts):
                    found.add(place)
        return found

    def _near(self, place: int, words: Iterable[str]) -> Iterator[Sequence[int]]:
        """Yield for each word the places of postings that look at the one in a place, and some more."""
        return (_around(self._with_word.get(word, ()), place, _FAR) for word in words)

    def of(self, subject: Known) -> Lead:
        """Return the places of similar postings, and of others of the employer."""
        place, employer = bisect_left(self._orders, subject.order), subject.employer
        same = self._of_employer.get(employer, ()) if employer else ()
        others = [other for other in _around(same, place, MOST + 2) if self._postings[other].posting != subject.posting]
        return Lead(tuple(self._similar(subject, place, employer)), tuple(others[: MOST + 1]))

    def _similar(self, subject: Known, place: int, employer: str) -> Iterator[int]:
        words = words_of_title(subject.title)
        rarest = self._rarest(words, self._counts)
        near = {other for word in rarest for other in _around(self._with_word[word], place, 2 * _REACH)}
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
        return islice((other for _, _, other in ranked if self._postings[other].posting != subject.posting), MOST)

    @staticmethod
    def _rarest(words: Iterable[str], counts: Mapping[str, int]) -> set[str]:
        """Return the rarest words of a title, of those that some posting has."""
        known = [word for word in words if word in counts]
        return {*known} if len(known) <= _WORDS else {*sorted(known, key=lambda word: (counts[word], word))[:_WORDS]}

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


def _around(places: Sequence[int], place: int, number: int) -> Sequence[int]:
    """Return so many of the places, in their order, that stand around one."""
    first = max(0, min(bisect_left(places, place) - number // 2, len(places) - number))
    return places[first : first + number]
