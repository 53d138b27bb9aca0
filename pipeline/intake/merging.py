"""Records that say the same become one posting; an id that two different texts claim is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pipeline.intake.formats.json_lines import serialize_posting
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.posting import Posting


class Kept(Protocol):
    """Where postings are kept as they come, a list or what is like one."""

    def append(self, posting: Posting, /) -> None:
        """Keep a posting."""

    def __getitem__(self, number: int, /) -> Posting:
        """Return the posting of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the records that were read became."""

    postings: Sequence[Posting] = ()
    merged: tuple[Merged, ...] = ()
    rejected: tuple[Rejection, ...] = ()

    @property
    def records(self) -> int:
        """How many records there were; each is in exactly one of the three."""
        return len(self.postings) + len(self.merged) + len(self.rejected)


@dataclass(slots=True)
class Merger:
    """Unites postings of one id: the same text in further places is merged, another text is rejected.

    The first record of every id goes into `kept`, in the order in which they come; `united` are those of them that
    gained places since, by their number.
    """

    kept: Kept
    united: dict[int, Posting] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, record: Posting | Rejection) -> None:
        """Take a record in."""
        if isinstance(record, Rejection):
            self.rejected.append(record)
        elif record.id not in self._numbers:
            self._numbers[record.id] = len(self._numbers)
            self.kept.append(record)
        else:
            self._add_again(record, self._numbers[record.id])

    def _add_again(self, record: Posting, number: int) -> None:
        first = self.united.get(number) or self.kept[number]
        if _without_places(record) == _without_places(first):
            self.united[number] = _united(first, record)
            self.merged.append(Merged(file=record.file, position=record.position, posting_id=record.id))
        else:
            self.rejected.append(_claimed_twice(record, first))


def _without_places(posting: Posting) -> Posting:
    return replace(posting, locations=(), applicant_countries=(), url="")


def _united(first: Posting, second: Posting) -> Posting:
    return replace(
        first,
        locations=tuple(dict.fromkeys(first.locations + second.locations)),
        applicant_countries=tuple(dict.fromkeys(first.applicant_countries + second.applicant_countries)),
    )


def _claimed_twice(second: Posting, first: Posting) -> Rejection:
    return Rejection(
        file=second.file,
        position=second.position,
        reason=f"id: {second.id!r} is already used by another text at {first.file}:{first.position}",
        record=serialize_posting(second),
        format="jsonl",
    )
