"""UTF-8 that was taken for windows-1252 is mended, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.garbled import mend, mended_record
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, SectionRecord
from pipeline.model.posting import Doubt, blocks_of

LEXICON = load_headings()


def garbled(text: str) -> str:
    """Return what a program makes of a text that takes its UTF-8 for windows-1252."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "Électricien confirmé à Nantes, 10,30 €",
        "Bäcker (m/w/d) – “München”",
        "Пекарь в Москве",
        "Piekarz w Łodzi, zarobki…",
        "خباز في دبي",
        "אופה בחיפה",
    ],
)
def test_garbled_text_of_any_language_is_mended(text: str) -> None:
    assert mend(garbled(text)) == text
    assert mend(text) == text


@pytest.mark.parametrize("text", ["", "SÃO PAULO – MAÇÃ… e romã", "Âge : 20 à 30 ans", "ÄÖÜ – ÅÄÖ", "Ã©"])
def test_text_with_at_most_one_such_pair_stays(text: str) -> None:
    assert mend(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x17F)))
def test_latin_text_that_is_garbled_and_mended_is_again_what_it_was_or_was_left_alone(text: str) -> None:
    assert mend(garbled(text)) in {text, garbled(text)}


def test_record_is_mended_wherever_it_has_text_and_the_posting_says_so() -> None:
    record = PostingRecord(
        id="é-1",
        title=garbled("Pâtissier à Orléans"),
        locations=[{"city": garbled("Orléans"), "country": "FR"}],
        sections=[
            {"heading": garbled("Présentation"), "items": [garbled("Pétrir"), 7]},
            SectionRecord(heading=garbled("Métier"), blocks=blocks_of([garbled("On pétrit.")])),
        ],
    )
    posting = build_posting(record, lexicon=LEXICON)
    assert (posting.title, posting.locations[0].city) == ("Pâtissier à Orléans", "Orléans")
    assert [(section.heading, section.lines) for section in posting.sections] == [
        ("Présentation", ("Pétrir", "7")),
        ("Métier", ("On pétrit.",)),
    ]
    assert posting.doubts == (
        Doubt(
            field="title",
            value="Pâtissier à Orléans",
            reason="was garbled, as was the text, and is mended",
            hint="export it as UTF-8",
        ),
    )


@pytest.mark.parametrize(
    "record",
    [
        PostingRecord(title="Baker", description="We bake."),
        PostingRecord(title="Pâtissier", description=7, sections=[None, "On pétrit."]),
        PostingRecord(title=None, sections="none"),
    ],
)
def test_record_without_garbled_text_stays(record: PostingRecord) -> None:
    assert mended_record(record) is None
