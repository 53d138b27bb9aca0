"""Records of one id: equal ones are united, another text is refused."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.merging import MOST_LANGUAGES, LanguageGroups, Merger, Read, refused_of, with_versions
from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.posting import Detection, DetectionReason, Doubt, Location, Posting, WrittenVersion

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
                record=serialize_posting(COOK),
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


def written(posting_id: str, language: str, group: str = "job-7", **fields: object) -> Posting:
    detection = Detection(language=parse_locale(language), score=100, reason=DetectionReason.DECLARED)
    posting = Posting(id=posting_id, title=f"Baker {language}", detection=detection, group=group)
    return replace(posting, **fields)  # type: ignore[arg-type]


def groups(*postings: Posting, published: tuple[str, ...] = ()) -> dict[int, tuple[int, ...]]:
    found = LanguageGroups(published=published)
    for number, posting in enumerate(postings):
        found.add(number, posting)
    return found.united()


def test_records_of_a_group_in_several_languages_are_one_posting_under_the_smallest_id() -> None:
    assert groups(written("10", "de"), written("9", "en"), written("x", "fr")) == {1: (0, 2)}
    assert groups(written("b", "de"), written("a", "en")) == {1: (0,)}


def test_record_whose_id_feeds_have_already_stays_the_postings_own() -> None:
    assert groups(written("9", "en"), written("10", "de"), published=("10",)) == {1: (0,)}


def test_records_of_other_groups_or_none_or_in_one_language_stay_apart() -> None:
    assert groups(written("1", "en"), written("2", "de", group="job-8")) == {}
    assert groups(written("1", "en", group=""), written("2", "de", group="")) == {}
    assert groups(written("1", "en"), written("2", "en-GB")) == {}
    assert groups(written("1", "en"), written("2", "en"), written("3", "de")) == {0: (2,)}
    assert groups(written("1", "en"), Posting(id="2", title="Baker", group="job-7")) == {}


def test_version_keeps_its_title_and_address_and_gives_countries_that_only_it_names() -> None:
    lyon, paris, ghent = (
        Location(country=code, city=city) for code, city in (("FR", "Lyon"), ("FR", "Paris"), ("BE", "Ghent"))
    )
    own = written("1", "en", locations=(lyon,), applicant_countries=("FR",))
    other = written("2", "fr", url="https://a.example/fr", locations=(paris, ghent), applicant_countries=("BE",))
    found = with_versions(own, [other, written("3", "fr-CA"), written("4", "en")])
    version = WrittenVersion(language=parse_locale("fr"), title="Baker fr", url="https://a.example/fr", separate=True)
    expected = replace(own, locations=(lyon, ghent), applicant_countries=("FR", "BE"), versions=(version,))
    assert found == expected


def test_places_of_one_text_are_united_with_what_holds_it_and_what_is_doubted() -> None:
    doubt = Doubt(field="valid_through", reason="is no date", value="soon")
    first = replace(LYON, areas=("EU",))
    second = replace(GHENT, areas=("LATAM", "EU"), unclear=("valid_through",), doubts=(doubt,))
    (united,) = merge_records([first, second]).postings
    assert (united.areas, united.unclear, united.doubts) == (("EU", "LATAM"), ("valid_through",), (doubt,))


def test_another_text_under_the_same_id_waits_for_its_language_if_both_are_one_job_of_their_system() -> None:
    german, english, further = written("7", "de"), written("7", "en"), written("7", "en", locations=GHENT.locations)
    kept: list[Posting] = []
    merger = Merger(kept)
    for record in (german, english, further, written("7", "fr", group="job-8")):
        merger.add(record)
    assert (kept, merger.shared, merger.united) == ([german, english], {"7": [0, 1]}, {1: further})
    assert [rejection.reason for rejection in merger.rejected] == ["id: '7' is already used by another text at :0"]
    assert len(merger.merged) == 1


def test_no_more_records_wait_than_there_are_languages_of_a_job() -> None:
    kept: list[Posting] = []
    merger = Merger(kept)
    for number in range(MOST_LANGUAGES + 10):
        merger.add(written("7", "de", title=f"Baker {number}"))
    assert (len(kept), len(merger.rejected)) == (MOST_LANGUAGES, 10)


def test_of_one_id_what_has_versions_stays_else_the_first_and_the_others_are_refused() -> None:
    assert refused_of([[0, 1]], {0: (1,)}) == {}
    assert refused_of([[0, 1], [2, 3]], {}) == {1: 0, 3: 2}
    assert refused_of([[0, 1, 2]], {1: (2,)}) == {0: 1}
    assert refused_of([[0, 1]], {5: (0, 1)}) == {}
