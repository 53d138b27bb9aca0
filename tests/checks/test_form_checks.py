"""Dates, units, lists, pairs of marks, ends, capitals, characters and spaces: both sides of each."""

import pytest

from pipeline.checks import capitals, characters, enclosing, engine_marks, spacing
from pipeline.checks.dates import changed_dates
from pipeline.checks.emptiness import left_untranslated
from pipeline.checks.ending import ending_check
from pipeline.checks.items import broken_lines, items_check
from pipeline.checks.units import changed_units


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("from March 5", "a partir de 5 de março", ""),
        ("by 15 January 2027", "bis zum 15. Januar 2027", ""),
        ("by 15 January 2027", "15.01.2027", ""),
        ("by 15 Jan. 2027", "2027年1月15日", ""),
        ("bis 1. Februar", "by February 1st", ""),
        ("you may lift 5 kg", "você pode levantar 5 kg", ""),
        ("set 3 goals", "definir 3 metas", ""),
        ("earn £12 an hour", "verdienen Sie 12 £ pro Stunde", ""),
        ("15 set. 2027", "15 Sept. 2027", ""),
        ("15 set. 2027", "15 March 2027", "added month 3"),
        ("by 15 January 2027", "15. tammikuuta 2027 mennessä", ""),
        ("by 15 January 2027", "até 15 de março de 2027", "missing month 1, added month 3"),
        ("on 1 June", "el 1 de julio", "missing month 6, added month 7"),
        ("until 31 December", "jusqu'au 31", "missing month 12"),
        ("Start on 5 May 2027", "Empieza el 5 mayonesa 2027", "missing month 5"),
        ("Start on 5 May 2027", "Empieza el 5/5/2027", ""),
        ("Start on 5 May 2027", "2027年5月5日開始", ""),
        ("Beginn am 5.5.2027", "Start on 5 May 2027", ""),
        ("May 2027, for 5 nurses", "05/2027, für fünf Pflegekräfte", ""),
    ],
)
def test_date_keeps_its_month(source: str, target: str, told: str) -> None:
    assert changed_dates(source, target) == told


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("25 kg", "25 quilos", ""),
        ("up to 25kg", "حتى 25 كغ", ""),
        ("a hall 40m long, for £4m", "ein Saal für 4 Mio. £, 40 m lang", ""),
        ("£4m and 2m users", "4 millions de livres et 2 millions d'utilisateurs", ""),
        ("a hall 40m long", "una sala di 40 piedi", "missing m"),
        ("5 km away", "離れて5 kmです", ""),
        ("15% more", "15 % mais", ""),
        ("15% more", "15 por cento mais", ""),
        ("from 25 to 30 kg", "25 kg bis 30 kg", ""),
        ("ten percent", "10 %", ""),
        ("25 kg", "25 lb", "missing kg, added lb"),
        ("12 km", "12 miles", "missing km, added mile"),
        ("15% more", "15 mais", "missing %"),
        ("80 m² of space", "80 m2 de espaço", ""),
        ("80 m² of space", "80 metros quadrados", ""),
        ("80 m² of space", "80 m de espaço", "missing m², added m"),
        ("lift 25 lb", "levantar 25 libras", ""),
        ("$120K/yr", "120.000 dólares por ano", ""),
        ("€45/h", "45 € de l’heure", ""),
        ("$120K/yr", "$120K / mais", "missing per year"),
    ],
)
def test_measure_keeps_its_unit(source: str, target: str, told: str) -> None:
    assert changed_units(source, target) == told


def test_unit_that_may_be_written_in_unread_words_is_missed_only_where_another_came() -> None:
    targets = ("25 किलो", "25 lb")
    assert [changed_units("25 kg", target, read=False) for target in targets] == ["", "missing kg, added lb"]


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
    assert items_check("en", language)(source, target) == told


def test_commas_of_clauses_are_no_list() -> None:
    check = items_check("en", "de")
    assert (
        check(
            "If you like bread, and if you rise early, call us.", "Wer Brot mag und früh aufsteht, ruft uns bitte an."
        )
        == ""
    )
    assert check("Free, easy, quick. Call us, please.", "Rufen Sie an.") == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Knows Perl, Redis and Kafka.", "Conhece Perl, Perl e Redis.", "missing Kafka, Perl more than once"),
        ("Knows Perl, Redis and Kafka.", "Conhece Perl, Redis e Kafka, sobretudo Perl.", ""),
        ("Speaks Thai, Greek and Welsh.", "Fala tailandês, grego e galês.", ""),
        ("Knows Perl, Redis and German.", "Conhece Perl, Perl para Redis e alemão.", ""),
    ],
)
def test_name_of_a_list_is_not_said_for_another(source: str, target: str, told: str) -> None:
    assert items_check("en", "pt")(source, target) == told


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Work on M&A, P&L, R&D and SaaS.", "Trabalhe em M&A, P&L, R&D e SaaS.", ""),
        ("H&S, P&ID, HVAC", "H&S, P&ID, HVAC", ""),
        ("Cut wood, sweep floors, sell pots & pans", "Cortar madeira, vender panelas", "2 of 4 parts are left"),
    ],
)
def test_ampersand_parts_a_list_only_where_it_stands_free(source: str, target: str, told: str) -> None:
    assert items_check("en", "pt")(source, target) == told


def test_and_that_parts_nothing_counts_for_no_item() -> None:
    check = items_check("en", "pt")
    source = "We care for small animals, most of them cats and birds and now and then a hedgehog."
    idiom = "Cuidamos de animais pequenos, a maioria gatos e pássaros e de vez em quando um ouriço."
    assert check(source, idiom) == ""
    assert check("We are kind, open and fair and never late.", "Somos gentis, justos e nunca nos atrasamos.") == ""
    assert check("Sweep floors, cut wood and sell pots", "Varrer o chão, cortar madeira") == "2 of 3 parts are left"


def test_segment_stays_one_line() -> None:
    assert [broken_lines("Bake bread", target) for target in ("Assar pão", "Assar\npão")] == ["", "2 lines for 1"]


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("bake (at night)", "（夜に）焼く", ""),
        ("1) bake", "1) assar", ""),
        ("bake (at night)", "assar à noite", "0 brackets for 2"),
        ("bake", "assar (A)", "2 brackets for 0"),
    ],
)
def test_brackets_are_those_of_the_source(source: str, target: str, told: str) -> None:
    assert (enclosing.changed_brackets(source, target), enclosing.unpaired_halves(source, target)) == (told, "")


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
    assert enclosing.unpaired_halves(source, target) == told
    assert not (told and (enclosing.changed_brackets(source, target) or enclosing.changed_quotes(source, target)))


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
    assert enclosing.changed_quotes(source, target) == told


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
    assert ending_check(language)(source, target) == told


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Bake bread", "assar pão", True),
        ("Bake bread", "“assar” pão", True),
        ("Bake bread", "Assar pão", False),
        ("bake bread", "assar pão", False),
        ("Work on iOS", "iOS é o trabalho", False),
        ("Loads of 25 kg", "25 kgまで", False),
        ("Bread", "パン", False),
        ("Bake de Luxe", "de Luxe assar", False),
    ],
)
def test_small_start_is_found_only_where_letters_have_capitals(source: str, target: str, found: bool) -> None:  # noqa: FBT001
    assert bool(capitals.small_start(source, target)) is found


def test_acronym_may_be_what_a_language_calls_it() -> None:
    cases = [
        ("SAP and ISO", "SAP e IOS"),
        ("the EU and the UK", "a UE e o Reino Unido"),
        ("READ THIS NOW", "Leia isto"),
    ]
    assert [capitals.lost_acronyms(*case) for case in cases] == ["missing ISO", "", ""]


def test_script_without_capitals_is_not_loud() -> None:
    assert [
        capitals.loud_target("Knows SAP and ISO 9001", target) for target in ("SAPとISOを知る", "CONHECE SAP E ISO")
    ] == [
        "",
        "all capitals",
    ]


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
    assert characters.invisible_check(language)("Bake bread", target) == told


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
    assert characters.turned_direction("bread", target) == told


def test_control_character_of_the_source_may_stay() -> None:
    assert [characters.control_characters(source, "pão\x07\ufffd") for source in ("bread", "bread\x07")] == [
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
    assert engine_marks.unknown_words("a forklift licence", target) == told


def test_star_of_the_source_is_no_engines() -> None:
    assert engine_marks.unknown_words("*required field", "*campo obrigatório") == ""


def test_escape_of_the_source_may_stay() -> None:
    assert [engine_marks.engine_marks(source, "chá &amp; pão") for source in ("tea & bread", "tea &amp; bread")] == [
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
    assert spacing.spaces_check(language)("Bake bread", target) == told


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("Le pain\u202f?", ""),
        ("Le «\u00a0pain\u00a0»", ""),
        ("Voir https://pain.example:80/?a=b", ""),
        ("De 8:30 à 9:00", ""),
        ("Le pain ?", "no fixed space at ?"),
        ("Le pain!", "no fixed space at !"),
        ("«pain\u00a0»", "no fixed space at «"),
        ("5 € par an", "no fixed space at €"),
    ],
)
def test_french_wants_a_space_that_does_not_break(target: str, told: str) -> None:
    assert spacing.french_spacing("", target) == told


def test_words_left_in_the_source_language_are_named() -> None:
    source = "Apply now and start next week at https://a.example/b/c/d/e"
    targets = ("Candidate-se now and start next week", "Candidate-se já em https://a.example/b/c/d/e")
    assert [left_untranslated(source, target) for target in targets] == ["now and start next week", ""]
