"""Records that say the same become one posting; an id that two different texts claim is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model.outcome import Merged, Rejection
from pipeline.model.posting import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the records that were read became."""

    postings: tuple[Posting, ...] = ()
    merged: tuple[Merged, ...] = ()
    rejected: tuple[Rejection, ...] = ()

    @property
    def records(self) -> int:
        """How many records there were; each is in exactly one of the three."""
        return len(self.postings) + len(self.merged) + len(self.rejected)


def merge_records(records: Iterable[Posting | Rejection]) -> Read:
    """Unite postings of one id: the same text in further places is merged, another text is rejected.

    The order of first appearance is kept.
    """
    postings: dict[str, Posting] = {}
    merged: list[Merged] = []
    rejected: list[Rejection] = []
    for record in records:
        if isinstance(record, Rejection):
            rejected.append(record)
        elif record.id not in postings:
            postings[record.id] = record
        elif _without_places(record) == _without_places(postings[record.id]):
            postings[record.id] = _united(postings[record.id], record)
            merged.append(Merged(file=record.file, position=record.position, posting_id=record.id))
        else:
            rejected.append(_claimed_twice(record, postings[record.id]))
    return Read(postings=tuple(postings.values()), merged=tuple(merged), rejected=tuple(rejected))


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
        record=second.title,
    )
