"""Records of one id: equal ones are united, another text is refused."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.merging import Merger, Read
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.posting import Location, Posting

LYON = Posting(
    id="a", title="Baker", url="https://a.example/1", locations=(Location(country="FR"),), file="x.jsonl", position=1
)
GHENT = replace(LYON, url="https://a.example/2", locations=(Location(country="BE"),), position=2)
COOK = replace(LYON, title="Cook", position=3)
BAD = Rejection(file="x.jsonl", position=4, reason="not JSON")


def merge_records(records: Iterable[Posting | Rejection]) -> Read:
    kept: list[Posting] = []
    merger = Merger(kept)
    for record in records:
        merger.add(record)
    postings = tuple(merger.united.get(number, posting) for number, posting in enumerate(kept))
    return Read(postings=postings, merged=tuple(merger.merged), rejected=tuple(merger.rejected))


def test_equal_records_become_one_posting_in_all_their_places() -> None:
    remote = replace(LYON, remote=True, applicant_countries=("PT",))
    further = replace(remote, applicant_countries=("ES", "PT"), locations=(), position=2)
    assert merge_records([LYON, GHENT, LYON]) == Read(
        postings=(replace(LYON, locations=(Location(country="FR"), Location(country="BE"))),),
        merged=(Merged(file="x.jsonl", position=2, posting_id="a"), Merged(file="x.jsonl", position=1, posting_id="a")),
    )
    assert merge_records([remote, further]).postings == (replace(remote, applicant_countries=("PT", "ES")),)


def test_another_text_under_the_same_id_is_refused_and_the_first_stays() -> None:
    assert merge_records([LYON, COOK, BAD]) == Read(
        postings=(LYON,),
        rejected=(
            Rejection(
                file="x.jsonl",
                position=3,
                reason="id: 'a' is already used by another text at x.jsonl:1",
                record="Cook",
            ),
            BAD,
        ),
    )


@given(st.lists(st.sampled_from([LYON, GHENT, COOK, BAD, replace(COOK, id="b")])))
def test_every_record_is_in_exactly_one_place(records: list[Posting | Rejection]) -> None:
    read = merge_records(records)
    ids = [posting.id for posting in read.postings]
    assert read.records == len(records)
    assert len(ids) == len(set(ids))
