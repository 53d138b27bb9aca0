"""Marks, brackets, ends, characters, spaces and lists: both sides of each."""

import pytest

from pipeline.checks import form
from pipeline.checks.completeness import lost_items
from pipeline.checks.language import left_untranslated
from pipeline.checks.names import lost_acronyms
from tests.checks.pairs import say


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("pt", "Planejar rotas, encomendar peças, treinar motoristas e escrever relatórios", ""),
        ("pt", "Planejar rotas, treinar motoristas e escrever relatórios", "3 of 4 parts are left"),
        ("pt", "Planejar rotas", "1 of 4 parts are left"),
        ("ja", "ルートの計画、部品の発注、運転手の研修、報告書の作成", ""),
        ("ja", "ルートの計画、部品の発注", "2 of 4 parts are left"),
        ("ar", "تخطيط المسارات، وطلب القطع، وتدريب السائقين، وكتابة التقارير", ""),
        ("fi", "Suunnitella reittejä, tilata osia, kouluttaa kuljettajia ja kirjoittaa raportteja", ""),
    ],
)
def test_list_keeps_its_items(language: str, target: str, told: str) -> None:
    source = "Plan routes, order parts, train drivers and write reports"
    assert say(lost_items, source, target, language) == told


def test_commas_of_clauses_are_no_list() -> None:
    assert (
        say(
            lost_items,
            "If you like bread, and if you rise early, call us.",
            "Wer Brot mag und früh aufsteht, ruft uns bitte an.",
        )
        == ""
    )
    assert say(lost_items, "Free, easy, quick. Call us, please.", "Rufen Sie an.") == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Work on M&A, P&L, R&D and SaaS.", "Trabalhe em M&A, P&L, R&D e SaaS.", ""),
        ("H&S, P&ID, HVAC", "H&S, P&ID, HVAC", ""),
        ("Cut wood, sweep floors, sell pots & pans", "Cortar madeira, vender panelas", "2 of 4 parts are left"),
    ],
)
def test_ampersand_parts_a_list_only_where_it_stands_free(source: str, target: str, told: str) -> None:
    assert say(lost_items, source, target) == told


def test_adverb_behind_a_comma_is_no_item() -> None:
    source = "The early and the late shift take 4 and 5 hours, respectively."
    assert say(lost_items, source, "Die Schichten dauern 4 und 5 Stunden.", "de") == ""


def test_and_that_parts_nothing_counts_for_no_item() -> None:
    source = "We care for small animals, most of them cats and birds and now and then a hedgehog."
    idiom = "Cuidamos de animais pequenos, a maioria gatos e pássaros e de vez em quando um ouriço."
    assert say(lost_items, source, idiom) == ""
    assert (
        say(lost_items, "We are kind, open and fair and never late.", "Somos gentis, justos e nunca nos atrasamos.")
        == ""
    )
    assert (
        say(lost_items, "Sweep floors, cut wood and sell pots", "Varrer o chão, cortar madeira")
        == "2 of 3 parts are left"
    )


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("bake (at night)", "assar à noite)", "no beginning of )"),
        ("bake (at night)", "assar [à noite)", "no beginning of )"),
        ("our « motto »", "nosso lema", "0 quotation marks for 2"),
        ("our “motto”", "nosso “lema", "1 quotation mark for 2"),
        ("our “motto”", "nosso 'lema'", ""),
        ('a 5" pipe', "um cano de 5 polegadas", ""),
    ],
)
def test_half_of_a_pair_is_told_once_and_as_what_it_is(source: str, target: str, told: str) -> None:
    assert say(form.unpaired_halves, source, target) == told
    assert not (told and say(form.changed_quotes, source, target))


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("our “motto”", "„Motto“", ""),
        ("our “motto”", "「合言葉」", ""),
        ("our motto", "unser „Motto“", ""),
        ('a 5" pipe', "um cano de 5 polegadas", ""),
        ('our "motto"', "nosso lema", "0 quotation marks for 2"),
        ('our "motto"', "nosso lema”", "1 quotation mark for 2"),
    ],
)
def test_quotation_marks_come_in_pairs(source: str, target: str, told: str) -> None:
    assert say(form.changed_quotes, source, target) == told


@pytest.mark.parametrize(
    ("language", "source", "target", "told"),
    [
        ("pt", "Bake bread.", "Assar pão.", ""),
        ("ja", "Bake bread.", "パンを焼きます。", ""),
        ("ar", "Do you bake?", "هل تخبز؟", ""),
        ("hi", "We bake.", "हम पकाते हैं।", ""),
        ("el", "Do you bake?", "Ψήνετε;", ""),
        ("th", "We bake bread.", "เราอบขนมปัง", ""),
        ("es", "Do you bake?", "¿Hornea?", ""),
        ("pt", "Do you bake? Write to us.", "Você assa? Escreva para nós.", ""),
        ("pt", "Do you bake? Write to us.", "Você se escreve para nós.", "0 question marks for 1"),
        ("pt", "Fresh bread! Every day.", "Pão fresco todos os dias.", "0 exclamation marks for 1"),
        ("el", "Do you bake? Write to us.", "Ψήνετε; Γράψτε μας.", ""),
        ("ja", "Do you bake? Write to us.", "パンを焼きますか？ご連絡ください。", ""),
        ("pt", "See https://bread.example/?q=1 first.", "Veja primeiro https://bread.example/?q=1.", ""),
        ("pt", "Cakes etc.", "Bolos e mais", ""),
        ("pt", "<b>Bake.</b>", "<b>Assar.</b>", ""),
        ("pt", "We said “bake.”", "Dissemos “assar”.", ""),
        ("pt", "Bake bread.", "Assar pão", "ends with no mark, the source with ."),
        ("pt", "Bake bread", "Assar pão.", "ends with ., the source with no mark"),
        ("pt", "Do you bake?", "Você assa.", "ends with ., the source with ?"),
        ("ja", "Bake bread.", "パンを焼きます.", "ends with ., in this language with 。"),
        ("ar", "Do you bake?", "هل تخبز?", "ends with ?, in this language with ؟"),
        ("es", "Do you bake?", "Hornea?", "ends with ? and has no ¿"),
    ],
)
def test_sentence_ends_as_its_source_in_its_own_way(language: str, source: str, target: str, told: str) -> None:
    assert say(form.changed_ending, source, target, language) == told


def test_acronym_may_be_what_a_language_calls_it() -> None:
    cases = [
        ("SAP and ISO", "SAP e IOS"),
        ("the EU and the UK", "a UE e o Reino Unido"),
        ("READ THIS NOW", "Leia isto"),
    ]
    assert [say(lost_acronyms, *case) for case in cases] == ["missing ISO", "", ""]


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("pt", "Assar\u200b pão", "U+200B"),
        ("pt", "As\u200csar", "U+200C"),
        ("fa", "می\u200cخواهم", ""),
        ("hi", "क्\u200dष", ""),
        ("pt", "Cozinheira 👩\u200d🍳", ""),
        ("pt", "Assar pão", ""),
    ],
)
def test_joiners_belong_where_a_script_or_a_picture_needs_them(language: str, target: str, told: str) -> None:
    assert say(form.invisible_characters, "Bake bread", target, language) == told


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("خبز \u200fجيد\u200e", ""),
        ("\u2068Acme\u2069 خبز", ""),
        ("خبز \u202eجيد", "U+202E"),
        ("\u2068Acme خبز", "U+2068 is not ended"),
        ("Acme\u2069 خبز", "U+2069 ends nothing"),
        ("\u202aAcme\u2069 خبز", "U+2069 ends nothing"),
    ],
)
def test_marks_and_isolates_that_end_are_fine(target: str, told: str) -> None:
    assert say(form.spoiled_characters, "bread", target) == told


def test_control_character_of_the_source_may_stay() -> None:
    assert [say(form.spoiled_characters, source, "pão\x07\ufffd") for source in ("bread", "bread\x07")] == [
        "U+0007, U+FFFD",
        "U+FFFD",
    ]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("uma licença de *forklift", "*forklift"),
        ("https://port.*example", "*example"),
        ("5 * 3 de bônus", ""),
        ("Mitarbeiter*innen", ""),
    ],
)
def test_star_of_an_unknown_word_is_found(target: str, told: str) -> None:
    assert say(form.unknown_words, "a forklift licence", target) == told


def test_star_of_the_source_is_no_engines() -> None:
    assert say(form.unknown_words, "*required field", "*campo obrigatório") == ""


def test_escape_of_the_source_may_stay() -> None:
    assert [say(form.spoiled_characters, source, "chá &amp; pão") for source in ("tea & bread", "tea &amp; bread")] == [
        "&amp;",
        "",
    ]


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("pt", "Assar pão", ""),
        ("pt", "Assar  pão", "white space doubled"),
        ("pt", "Assar pão , bolo", "white space before a mark"),
        ("pt", "Assar pão ; bolo", "white space before a mark"),
        ("fr", "Cuire du pain ; des gâteaux", ""),
        ("fr", "Cuire du pain , des gâteaux", "white space before a mark"),
    ],
)
def test_stray_space_is_found(language: str, target: str, told: str) -> None:
    assert say(form.stray_spaces, "Bake bread", target, language) == told


def test_words_left_in_the_source_language_are_named() -> None:
    source = "Apply now and start next week at https://a.example/b/c/d/e"
    targets = ("Candidate-se now and start next week", "Candidate-se já em https://a.example/b/c/d/e")
    assert [say(left_untranslated, source, target) for target in targets] == ["now and start next week", ""]
