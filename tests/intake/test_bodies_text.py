"""Plain text becomes sections."""

from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import SectionRecord
from pipeline.model.posting import Block, BlockKind, blocks_of

LEXICON = load_headings()


def body(*lines: str) -> list[SectionRecord]:
    return list(read_body("\n".join(lines), LEXICON))


def items(*texts: str, ordered: bool = False, depth: int = 0) -> tuple[Block, ...]:
    return tuple(Block(kind=BlockKind.ITEM, text=text, ordered=ordered, depth=depth) for text in texts)


def test_prose_stands_before_the_first_heading_and_items_below_each() -> None:
    assert body("We bake.", "", "We sell.", "Our ovens:", "Big", "- Small", "Requirements", "* Hands", "• Feet") == [
        SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake.", "We sell."])),
        SectionRecord(heading="Our ovens", blocks=blocks_of(items=["Big", "Small"])),
        SectionRecord(heading="Requirements", blocks=blocks_of(items=["Hands", "Feet"])),
    ]


def test_bullets_before_any_heading_are_items() -> None:
    assert body("We bake:it daily.", "– bread", "▪ cake") == [
        SectionRecord(kind="description", heading="", blocks=blocks_of(["We bake:it daily."], items=["bread", "cake"])),
    ]


def test_line_with_a_bullet_is_an_item_also_with_a_colon_at_its_end() -> None:
    assert body("Requirements:", "- Experience with:", "- ovens") == [
        SectionRecord(heading="Requirements", blocks=blocks_of(items=["Experience with:", "ovens"])),
    ]


def test_numbers_that_count_the_items_are_taken_off() -> None:
    assert body("Our steps:", "1. Mix", "2) Knead", "3. Bake") == [
        SectionRecord(heading="Our steps", blocks=items("Mix", "Knead", "Bake", ordered=True)),
    ]


def test_numbers_that_say_something_stay() -> None:
    assert body("Anforderungen:", "2. Staatsexamen", "Backen", "24. Dezember frei") == [
        SectionRecord(
            heading="Anforderungen", blocks=blocks_of(items=["2. Staatsexamen", "Backen", "24. Dezember frei"])
        ),
    ]
    assert body("Anforderungen:", "1. Staatsexamen") == [
        SectionRecord(heading="Anforderungen", blocks=blocks_of(items=["1. Staatsexamen"])),
    ]


def test_heading_without_anything_below_stays_and_empty_text_is_no_section() -> None:
    assert body("Our ovens:", "") == [SectionRecord(heading="Our ovens")]
    assert body("", " ", "\u00a0") == []
