"""What is known of a posting without its text is what the posting says."""

from dataclasses import replace
from datetime import date

from pipeline.model.locale import parse_locale
from pipeline.model.outline import outline_of
from pipeline.model.posting import Detection, DetectionReason, Doubt, Location, Posting, WrittenVersion
from pipeline.model.segment import KEY_BYTES, TITLE, SegmentedPosting, UnitKey, key_digest

EN, FR, DE = (parse_locale(name) for name in ("en", "fr", "de"))
DECLARED = Detection(language=EN, score=100, reason=DetectionReason.DECLARED, declared=EN)
NURSE = Posting(
    id="a",
    title="Nurse",
    detection=DECLARED,
    locations=(Location(country="FR", city="Lyon"), Location(country="FR", city="Lyon")),
    remote=True,
    applicant_countries=("BE",),
    valid_through=date(2026, 11, 1),
)


def test_an_outline_says_what_lists_and_feeds_need() -> None:
    outline = outline_of(SegmentedPosting(posting=NURSE, sections=()), b"packed")
    assert (outline.id, outline.language, outline.written, outline.requested) == ("a", EN, (EN,), None)
    assert (outline.doubtful, outline.unlisted) == (False, False)
    assert (outline.countries, outline.applicant_countries, outline.cities) == (("BE", "FR"), ("BE",), ("Lyon",))
    assert [*outline.key_digests()] == [key_digest(UnitKey(TITLE, "Nurse"))]
    assert len(outline.keys) == KEY_BYTES


def test_it_expires_on_the_day_after_its_last() -> None:
    outline = outline_of(SegmentedPosting(posting=NURSE, sections=()), b"")
    assert [outline.expired(day) for day in (None, date(2026, 11, 1), date(2026, 11, 2))] == [False, False, True]
    endless = outline_of(SegmentedPosting(posting=replace(NURSE, valid_through=None), sections=()), b"")
    assert not endless.expired(date(2026, 11, 2))


def test_a_locale_wants_what_nobody_wrote_for_it_and_what_may_go_there() -> None:
    version = WrittenVersion(language=FR, title="Infirmière", separate=True)
    versions = {
        "all": NURSE,
        "written": replace(NURSE, versions=(version,)),
        "asked": replace(NURSE, locales=(DE,)),
        "as written": replace(NURSE, translate=False),
        "undetermined": replace(NURSE, detection=Detection(language=None, score=0, reason=DetectionReason.UNCERTAIN)),
    }
    found = {
        name: [outline_of(SegmentedPosting(posting=posting, sections=()), b"").wants(locale) for locale in (EN, FR, DE)]
        for name, posting in versions.items()
    }
    assert found == {
        "all": [False, True, True],
        "written": [False, False, True],
        "asked": [False, False, True],
        "as written": [False] * 3,
        "undetermined": [False] * 3,
    }


def test_what_is_to_be_told_of_it_makes_it_doubtful() -> None:
    doubt = Doubt(field="date_posted", reason="is no date")
    contradicted = replace(DECLARED, read_as=FR)
    doubtful = [
        outline_of(SegmentedPosting(posting=posting, sections=()), b"").doubtful
        for posting in (replace(NURSE, doubts=(doubt,)), replace(NURSE, detection=contradicted), NURSE)
    ]
    assert doubtful == [True, True, False]


def test_a_few_digests_and_many_are_found_among_those_of_its_keys() -> None:
    outline = outline_of(SegmentedPosting(posting=NURSE, sections=()), b"")
    own, others = key_digest(UnitKey(TITLE, "Nurse")), [key_digest(UnitKey(TITLE, str(each))) for each in range(40)]
    assert [outline.has_key_of(found) for found in ((), [own], others[:3], [*others, own], others)] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_what_a_locale_shows_was_written_in_its_language_or_in_the_posting_s_own() -> None:
    version = WrittenVersion(language=FR, title="Infirmière", separate=True)
    outline = outline_of(SegmentedPosting(posting=replace(NURSE, versions=(version,)), sections=()), b"")
    assert [outline.written_for(locale) for locale in (EN, parse_locale("fr_CA"), DE)] == [EN, FR, EN]


def test_facts_are_those_of_the_text_that_a_locale_shows() -> None:
    version = WrittenVersion(language=FR, title="Infirmière", separate=True)
    edited = replace(version, title="Infirmier")
    before, after = (
        outline_of(SegmentedPosting(posting=replace(NURSE, versions=(each,)), sections=()), b"")
        for each in (version, edited)
    )
    assert [before.facts_of(locale) == after.facts_of(locale) for locale in (EN, FR, DE)] == [True, False, True]
