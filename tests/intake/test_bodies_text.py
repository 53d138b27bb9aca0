"""Plain text becomes sections."""

import pytest

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


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("Wir suchen zum nächstmögli-", "chen Zeitpunkt Hände"), "Wir suchen zum nächstmöglichen Zeitpunkt Hände"),
        (("We bake at the week-", "end"), "We bake at the weekend"),
        (("We offer long-", "term work"), "We offer long-term work"),
        (("Seja bem-", "vindo à padaria"), "Seja bem-vindo à padaria"),
        (("Un entretien télé-", "phonique suffit"), "Un entretien téléphonique suffit"),
    ],
)
def test_word_that_was_cut_at_the_end_of_a_line_is_one_again(lines: tuple[str, str], text: str) -> None:
    assert body("We sell.", "", *lines)[0].blocks == blocks_of(["We sell.", text])
    assert body("Tasks", f"- {lines[0]}", lines[1], "- Sell")[0].blocks == items(text, "Sell")


def test_hyphen_before_and_waits_for_the_rest_of_another_word() -> None:
    (section,) = body("Aufgaben", "- Wir backen Brot-", "und Kuchenteig", "- Brot", "- Kuchen")
    assert section.blocks == items("Wir backen Brot- und Kuchenteig", "Brot", "Kuchen")


def test_sign_that_is_small_and_no_letter_goes_on_no_word() -> None:
    (section,) = body("We sell.", "", "- We bake at the week-", "  ⓐ end")
    assert section.blocks == blocks_of(["We sell."], ["We bake at the week- ⓐ end"])


def test_signs_for_two_letters_become_letters() -> None:
    assert body("O\ufb03ziell p\ufb02egen wir \ufb01x.")[0].blocks == blocks_of(["Offiziell pflegen wir fix."])


def test_numbers_that_count_the_items_are_taken_off() -> None:
    assert body("Our steps:", "1. Mix", "2) Knead", "3. Bake") == [
        SectionRecord(heading="Our steps", blocks=items("Mix", "Knead", "Bake", ordered=True)),
    ]


def test_roman_numbers_that_count_the_items_are_taken_off() -> None:
    assert body("Our steps:", "i.  Mix", "ii. Knead", "(iii) Wait", "iv. Bake")[0].blocks == items(
        "Mix", "Knead", "Wait", "Bake", ordered=True
    )
    letters = [f"{letter}) Step {letter}" for letter in "abcdefghijk"]
    assert body("Our steps:", *letters)[0].blocks == items(*(line[3:] for line in letters), ordered=True)


def test_ordinals_in_a_line_count_no_items() -> None:
    line = "1. Jahr: 1.150 €, 2. Jahr: 1.230 €, 3. Jahr: 1.320 €"
    assert body("Wir bieten", f"> {line}", "> Brot") == [
        SectionRecord(heading="Wir bieten", blocks=blocks_of(items=[line, "Brot"])),
    ]


def test_line_ends_that_an_export_wrote_as_two_signs_are_line_ends() -> None:
    assert body(r"We bake.\r\n\r\nRequirements:\n- Hands\n- Feet") == body(
        "We bake.", "", "Requirements:", "- Hands", "- Feet"
    )
    assert body(r"Our drive is C:\new.", "We bake.")[0].blocks[0].text == r"Our drive is C:\new."


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


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (
            "Informações adicionais",
            "O padeiro chega às quatro.\n\nInformações adicionais\nFolga aos domingos\nPão grátis",
        ),
        ("Zusätzliche Informationen", "Wir backen Brot.\n\nZusätzliche Informationen\nSonntags frei\nBrot umsonst"),
        ("Övrigt", "Vi bakar bröd.\n\nÖvrigt\nLediga söndagar\nGratis bröd"),
        ("その他", "パンを焼く仕事です。\n■その他\n・日曜休み\n・パン無料"),
    ],
)
def test_usual_heading_that_names_no_kind_opens_a_section_of_its_own(heading: str, text: str) -> None:
    last = body(text)[-1]
    assert (last.heading, [block.kind for block in last.blocks]) == (heading, [BlockKind.ITEM] * 2)


def test_numbered_headings_that_are_mostly_known_are_no_list() -> None:
    text = "1. About us\nWe bake bread. We sell it too.\n2. Our ovens\n- Old\n- Hot\n3. Your tasks\n- Bake\n- Sell"
    assert [section.heading for section in body(text)] == ["About us", "2. Our ovens", "Your tasks"]


def test_numbers_with_a_comma_of_chinese_and_japanese_count_items() -> None:
    (section,) = body("岗位职责：\n1、烤面包；\n2、卖面包；")
    assert [(block.text, block.ordered) for block in section.blocks] == [("烤面包；", True), ("卖面包；", True)]


def test_known_heading_behind_an_emoji_stays_one_among_items_with_emoji() -> None:
    text = "🎯 Your tasks\n\n✅ Bake\n✅ Sell\n\n💡 Requirements\n\n🔹 Hands\n🔹 Flour"
    assert [section.heading for section in body(text)] == ["Your tasks", "Requirements"]


def test_letters_without_capitals_are_not_loud_beside_an_abbreviation() -> None:
    (section,) = body(
        "<h3>業務内容</h3><p>決済のAPIDOCS開発を担当します。<br>主な業務は次のとおりです。</p><p>・設計<br>・実装</p>"
    )
    assert [block.kind for block in section.blocks] == [BlockKind.PARAGRAPH] * 2 + [BlockKind.ITEM] * 2


def test_bold_last_line_with_nothing_below_is_text() -> None:
    (section,) = body("<p><b>Requirements</b></p><p>• Hands</p><p>• Flour</p><p><em>EOE/M/F/D</em></p>")
    assert (section.heading, section.blocks[-1].kind) == ("Requirements", BlockKind.PARAGRAPH)


def test_one_sentence_under_a_heading_that_opens_no_list_is_a_paragraph() -> None:
    (about,) = body("About us\nWe bake bread in Lyon.")
    assert [block.kind for block in about.blocks] == [BlockKind.PARAGRAPH]


def test_signs_whose_lines_are_mostly_known_headings_mark_headings() -> None:
    text = (
        "◆お仕事の内容\n営業です。飛び込みはありません。\n\n◆応募資格\n・学歴不問\n\n◆店の場所\n大阪\n\n◆応募方法\n電話"
    )
    assert [section.heading for section in body(text)] == ["お仕事の内容", "応募資格", "店の場所", "応募方法"]


def test_emoji_that_marks_items_elsewhere_marks_one_that_stands_alone() -> None:
    text = "📌 Requisitos\n➡️ Farinha\n➡️ Fermento\n\n⭐ Será um diferencial\n➡️ Sal\n\n🎁 Benefícios\n➡️ Pão\n➡️ Bolo"
    assert [[block.text for block in section.blocks] for section in body(text)] == [
        ["Farinha", "Fermento"],
        ["Sal"],
        ["Pão", "Bolo"],
    ]


def test_underlined_line_above_a_list_is_a_heading() -> None:
    (section,) = body("<div><u>Our ovens</u></div><div>~ Big</div><div>~ Old</div>")
    assert (section.heading, section.blocks) == ("Our ovens", items("Big", "Old"))


def test_wrapped_sentence_goes_on_with_a_capital() -> None:
    text = "Hallo,\n\nwir suchen ab sofort eine Person, die mit uns jeden Morgen Brot backt, in\nLyon oder in Paris."
    (section,) = body(text)
    assert [block.text for block in section.blocks][1:] == [
        "wir suchen ab sofort eine Person, die mit uns jeden Morgen Brot backt, in Lyon oder in Paris."
    ]


def test_long_lines_of_a_list_below_a_heading_are_not_joined_by_the_mark_at_its_end() -> None:
    (section,) = body("Your tasks:\nBake bread and cakes for the whole town and the villages around it\nSell them.")
    assert len(section.blocks) == 2
