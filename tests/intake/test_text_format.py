"""Text files: fields first, then the posting."""

import re

import pytest

from pipeline.intake.formats.text import parse_text
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, RecordError, SectionRecord
from pipeline.model.posting import blocks_of

LEXICON = load_headings()


def text(content: str, drop: str = "") -> PostingRecord:
    patterns = [re.compile(drop)] if drop else []
    return parse_text(content, stem="night_baker-lyon", lexicon=LEXICON, drop_lines=patterns)


def test_every_field_is_read() -> None:
    content = (
        "Title: Night baker\nId: b-1\nOrganization: Rye\nLocation: Lyon, FR\nLocation: PT\nLocation: Ghent\n"
        "Remote: yes\nApplicant-Countries: FR, BE ,\nDate-Posted: 2026-11-01\nValid-Through: 2026-12-31\n"
        "Employment-Type: FULL_TIME\nLanguage: fr\nUrl: https://rye.example/1\n\nWe bake.\n"
    )
    assert text(content) == PostingRecord(
        id="b-1",
        title="Night baker",
        organization="Rye",
        url="https://rye.example/1",
        locations=[
            {"city": "Lyon", "country": "FR"},
            {"country": "PT"},
            {"city": "Ghent"},
        ],
        remote=True,
        applicant_countries=["FR", "BE"],
        date_posted="2026-11-01",
        valid_through="2026-12-31",
        employment_type=["FULL_TIME"],
        language="fr",
        sections=[SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake."]))],
    )


def test_file_without_fields_has_its_stem_for_id_and_title() -> None:
    assert text("We bake.") == PostingRecord(
        id="night_baker-lyon",
        title="Night baker lyon",
        sections=[SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake."]))],
    )


@pytest.mark.parametrize(
    "content",
    [
        "Title: Baker\nRemote: yes\nWe bake.",
        "\ufeffTitle: Baker\r\nRemote: yes\r\n\r\nWe bake.\r\n",
        "title\u00a0:\u00a0Baker\nREMOTE :\u00a0Yes\u00a0\nWe bake.",
        "\n\n  Title:Baker\n\nRemote:\ttrue\u2028We bake.",
        "Id:\nTitle: Baker\nRemote: 1\nWe bake.",
    ],
)
def test_fields_are_read_however_they_are_spaced(content: str) -> None:
    assert text(content) == PostingRecord(
        id="night_baker-lyon",
        title="Baker",
        remote=True,
        sections=[SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake."]))],
    )


def test_field_after_other_text_is_text() -> None:
    assert text("We bake.\nTitle: Baker").sections == [
        SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake.", "Title: Baker"])),
    ]


def test_dropped_line_is_no_text_before_the_fields() -> None:
    assert text("This list is short.\nTitle: Baker", drop="^This list").title == "Baker"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Title: A\nTitle: B\n", "Title: stands 2 times, once is allowed"),
        ("Remote: hybrid\n", "Remote: 'hybrid' is neither yes nor no"),
    ],
)
def test_value_that_a_field_cannot_have_is_refused(content: str, reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        text(content)
    assert str(caught.value) == reason
