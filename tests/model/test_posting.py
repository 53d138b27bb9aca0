"""A posting: its countries, its days, its segments in reading order, and what became of it."""

from dataclasses import replace
from datetime import date

from babel import Locale

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, EngineUse, Reason, Rejection, sum_uses
from pipeline.model.posting import (
    UNDETERMINED,
    Block,
    BlockKind,
    Detection,
    DetectionReason,
    Location,
    Posting,
    Section,
    SectionKind,
    WrittenVersion,
    blocks_of,
)
from pipeline.model.segment import SegmentedPosting, SegmentedSection, UnitKey
from tests.segmented import segmented_blocks

LYON, GHENT, NOWHERE = Location(country="FR", city="Lyon"), Location(country="BE"), Location(city="Remote")


def test_countries_are_those_of_the_places_and_for_remote_work_of_the_applicants() -> None:
    places = (LYON, GHENT, LYON, NOWHERE)
    on_site = Posting(id="a", title="A", locations=places, applicant_countries=("PT",))
    remote = Posting(id="a", title="A", locations=places, applicant_countries=("PT", "FR"), remote=True)
    assert (on_site.countries, remote.countries) == (("BE", "FR"), ("BE", "FR", "PT"))


def test_remote_posting_without_a_country_is_worldwide() -> None:
    postings = [
        Posting(id="a", title="A", remote=True, locations=(NOWHERE,)),
        Posting(id="a", title="A", remote=True, applicant_countries=("PT",)),
        Posting(id="a", title="A"),
    ]
    assert [posting.worldwide for posting in postings] == [True, False, False]


def test_posting_expires_after_its_last_day_and_only_when_a_day_is_given() -> None:
    posting = Posting(id="a", title="A", valid_through=date(2026, 12, 31))
    days = [None, date(2026, 12, 31), date(2027, 1, 1)]
    assert [posting.expired(day) for day in days] == [False, False, True]
    assert not Posting(id="a", title="A").expired(date(2999, 1, 1))


def test_posting_for_no_locale_is_unlisted_and_one_for_all_is_not() -> None:
    found = [Posting(id="a", title="A", locales=locales).unlisted for locales in ((), None, (Locale("fr"),))]
    assert found == [True, False, False]


def test_where_a_posting_was_read_is_no_part_of_it() -> None:
    assert Posting(id="a", title="A", file="x.txt", position=3) == Posting(id="a", title="A")


def test_language_is_the_detected_one() -> None:
    detection = Detection(language=Locale("fr"), score=99, reason=DetectionReason.DETECTED)
    languages = [Posting(id="a", title="A").language, Posting(id="a", title="A", detection=detection).language]
    assert languages == [None, Locale("fr")]


def test_segments_come_in_reading_order_each_once_without_standard_headings() -> None:
    sections = (
        SegmentedSection(
            kind=SectionKind.DESCRIPTION, blocks=segmented_blocks((("We bake.", "You too?"), ("We bake.",)))
        ),
        SegmentedSection(
            kind=SectionKind.REQUIREMENTS,
            heading="Requirements",
            standard=True,
            blocks=segmented_blocks(items=("An oven",)),
        ),
        SegmentedSection(
            kind=SectionKind.OTHER, heading="Our ovens", blocks=segmented_blocks(items=("An oven", "An oven"))
        ),
    )
    posting = Posting(id="a", title="Baker", sections=(Section(kind=SectionKind.OTHER),))
    assert SegmentedPosting(posting=posting, sections=sections).keys() == (
        UnitKey("title", "Baker"),
        UnitKey("description", "We bake."),
        UnitKey("description", "You too?"),
        UnitKey("requirements", "An oven"),
        UnitKey("heading", "Our ovens"),
        UnitKey("other", "An oven"),
    )


def test_only_four_reasons_publish() -> None:
    segmented = SegmentedPosting(posting=Posting(id="a", title="A"), sections=())
    published = [
        reason for reason in Reason if Decision(segmented=segmented, locale=Locale("fr"), reason=reason).published
    ]
    assert published == [Reason.SOURCE, Reason.REVIEWED, Reason.MACHINE, Reason.HUMAN]


def test_uses_of_an_engine_add_up_in_order_of_first_use() -> None:
    uses = [
        EngineUse(engine="b", calls=1, segments=2, seconds=0.5),
        EngineUse(engine="a", calls=1),
        EngineUse(engine="b", calls=2, segments=3, seconds=1.0),
    ]
    assert sum_uses(uses) == (
        EngineUse(engine="b", calls=3, segments=5, seconds=1.5),
        EngineUse(engine="a", calls=1),
    )


def test_rejection_is_told_with_its_place() -> None:
    assert str(Rejection(file="a.jsonl", position=7, reason="id: is empty")) == "a.jsonl:7: id: is empty"


def test_version_of_a_locale_is_the_one_in_its_language_and_script() -> None:
    english = WrittenVersion(language=Locale("en"), title="Baker")
    posting = Posting(
        id="b",
        title="Bäcker",
        detection=Detection(language=Locale("de"), score=100, reason=DetectionReason.BILINGUAL),
        versions=(english,),
    )
    german = WrittenVersion(language=Locale("de"), title="Bäcker")
    assert posting.written == (german, english)
    assert [posting.written_for(parse_locale(tag)) for tag in ("de_AT", "en_GB", "fr")] == [german, english, None]
    assert replace(posting, detection=UNDETERMINED).written == ()


def test_lines_of_a_section_are_its_paragraphs_and_items_without_headings() -> None:
    heading = Block(kind=BlockKind.HEADING, text="Shifts", level=3)
    section = Section(kind=SectionKind.OFFER, blocks=(*blocks_of(("Tea.",), ("Coffee",)), heading))
    assert section.lines == ("Tea.", "Coffee")
