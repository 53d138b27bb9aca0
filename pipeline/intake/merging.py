"""Records of one job become one posting: the same text in further places, or the job in further languages.

An id that two different texts claim is refused, unless they are one job in two languages, to which Personio gives one.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from babel import Locale

from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.model.locale import written_alike
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.outline import Outline
from pipeline.model.posting import Posting, WrittenVersion
from pipeline.storage.spool import Spool

# Nobody writes one job in more languages; further records of its id and group are refused unread.
MOST_LANGUAGES = 50


class Packed(Protocol):
    """A posting that nobody has unpacked yet."""

    @property
    def id(self) -> str:
        """Its id."""

    def posting(self) -> Posting:
        """Unpack it."""


class Kept(Protocol):
    """Where postings are kept as they come, a list or what is like one."""

    def append(self, record: Any, /) -> None:
        """Keep a posting, packed or not."""

    def __getitem__(self, number: int, /) -> Posting:
        """Return the posting of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the records that were read became."""

    postings: Sequence[Posting] = ()
    merged: tuple[Merged, ...] = ()
    rejected: Sequence[Rejection] = ()

    @property
    def records(self) -> int:
        """How many records there were; each is in exactly one of the three."""
        return len(self.postings) + len(self.merged) + len(self.rejected)


@dataclass(slots=True)
class Merger:
    """Unites postings of one id: the same text in further places is merged, another text is rejected.

    The first record of every id goes into `kept`, in the order in which they come, and what may be the same job in
    another language; `united` are those of them that gained places since, by their number. `shared` are the numbers of
    the records that have one id and one group: which of them stay, their languages tell (`refused_of`).
    """

    kept: Kept
    united: dict[int, Posting] = field(default_factory=dict)
    shared: dict[str, list[int]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    rejected: Spool[Rejection] = field(default_factory=lambda: Spool(Rejection))  # each holds its record whole
    _numbers: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def add(self, record: Posting | Packed | Rejection) -> None:
        """Take a record in; a packed one is unpacked only if another one has its id."""
        if isinstance(record, Rejection):
            self.rejected.append(record)
        elif record.id not in self._numbers:
            self._numbers[record.id] = self._keep(record)
        else:
            posting = record if isinstance(record, Posting) else record.posting()
            self._add_again(posting, self._numbers[record.id])

    def _keep(self, record: Posting | Packed) -> int:
        self.kept.append(record)
        self._count += 1
        return self._count - 1

    def _add_again(self, record: Posting, number: int) -> None:
        for known in self.shared.get(record.id, [number]):
            posting = self.united.get(known) or self.kept[known]
            if _without_places(record) == _without_places(posting):
                self.united[known] = _united(posting, record)
                self.merged.append(Merged(file=record.file, position=record.position, posting_id=record.id))
                return
        first = self.united.get(number) or self.kept[number]
        if not record.group and not first.group and _declare_other_languages(record, first):
            group = f"id:{record.id}"
            record, first = replace(record, group=group), replace(first, group=group)
            self.united[number] = first
        elif first.group == f"id:{record.id}" and record.declared:
            record = replace(record, group=first.group)
        if record.group and record.group == first.group and len(self.shared.get(record.id, ())) < MOST_LANGUAGES:
            self.shared.setdefault(record.id, [number]).append(self._keep(record))
        else:
            self.rejected.append(claimed_twice(record, first))


def _declare_other_languages(first: Posting, second: Posting) -> bool:
    return bool(first.declared and second.declared and not written_alike(first.declared, second.declared))


def refused_of(shared: Iterable[Sequence[int]], united: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return which records of a shared id are refused, being no version of the others, each with the one that stays.

    `united` says which records are versions of which; the one that has versions stays, else the first.
    """
    versions = {number for numbers in united.values() for number in numbers}
    refused: dict[int, int] = {}
    for numbers in shared:
        alone = [number for number in numbers if number not in versions]
        stays = next((number for number in alone if number in united), alone[0]) if alone else 0
        refused |= {number: stays for number in alone if number != stays}
    return refused


@dataclass(slots=True)
class LanguageGroups:
    """Finds the postings that are one job in several languages: their records share a group of their system.

    `published` are the ids that feeds have already: the record that has one of them stays the posting's own.
    """

    published: Container[str] = ()
    _members: dict[str, list["_Member"]] = field(default_factory=lambda: defaultdict(list))

    def add(self, number: int, posting: Posting | Outline) -> None:
        """Take note of the posting with this number; its language has been decided."""
        if posting.group and posting.language is not None:
            member = _Member(number=number, posting_id=posting.id, language=posting.language)
            self._members[posting.group].append(member)

    def united(self) -> dict[int, tuple[int, ...]]:
        """Return which postings are versions of which, by their numbers; each language of a group counts once.

        Of the records without a feed id the smallest id is the posting's own, 9 before 10.
        """
        found: dict[int, tuple[int, ...]] = {}
        for members in self._members.values():
            ordered = sorted(members, key=lambda one: (one.posting_id not in self.published, _id_key(one.posting_id)))
            taken: list[_Member] = []
            for member in ordered:
                if not any(written_alike(member.language, other.language) for other in taken):
                    taken.append(member)
            if len(taken) > 1:
                found[taken[0].number] = tuple(member.number for member in taken[1:])
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    number: int
    posting_id: str
    language: Locale


def _id_key(posting_id: str) -> tuple[int, int, str]:
    return (0, int(posting_id), "") if posting_id.isdecimal() else (1, 0, posting_id)


def with_versions(posting: Posting, others: Iterable[Posting]) -> Posting:
    """Return a posting with the same job in further languages as versions; a language that it has already is left out.

    Countries that only another record names count for it too.
    """
    for other in others:
        if other.language is None or posting.written_for(other.language) is not None:
            continue
        version = WrittenVersion(
            language=other.language, title=other.title, url=other.url, sections=other.sections, separate=True
        )
        known = {place.country for place in posting.locations}
        further = tuple(place for place in other.locations if place.country not in known)
        posting = replace(
            posting,
            locations=posting.locations + further,
            applicant_countries=tuple(dict.fromkeys(posting.applicant_countries + other.applicant_countries)),
            areas=tuple(dict.fromkeys(posting.areas + other.areas)),
            unclear=tuple(dict.fromkeys(posting.unclear + other.unclear)),
            doubts=tuple(dict.fromkeys(posting.doubts + other.doubts)),
            versions=(*posting.versions, version),
        )
    return posting


def read_versions(posting: Posting, read_language: Callable[[Posting], Posting]) -> Posting:
    """Decide the language of a posting, and of each version that its record names as of a text of its own."""
    alone = replace(posting, versions=())
    texts = (
        replace(alone, title=each.title, url=each.url, sections=each.sections, declared=each.language)
        for each in posting.versions
    )
    return with_versions(read_language(alone), map(read_language, texts))


def _without_places(posting: Posting) -> Posting:
    return replace(posting, locations=(), applicant_countries=(), areas=(), unclear=(), url="")


def _united(first: Posting, second: Posting) -> Posting:
    return replace(
        first,
        locations=tuple(dict.fromkeys(first.locations + second.locations)),
        applicant_countries=tuple(dict.fromkeys(first.applicant_countries + second.applicant_countries)),
        areas=tuple(dict.fromkeys(first.areas + second.areas)),
        unclear=tuple(dict.fromkeys(first.unclear + second.unclear)),
        doubts=tuple(dict.fromkeys(first.doubts + second.doubts)),
    )


def claimed_twice(second: Posting, first: Posting) -> Rejection:
    """Refuse a record whose id another text has already."""
    return Rejection(
        file=second.file,
        position=second.position,
        reason=f"id: {second.id!r} is already used by another text at {first.file}:{first.position}",
        record=serialize_posting(second),
        format="jsonl",
    )
