"""Each check finds what it is for and lets the rest pass."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.checks.completeness import doubled_words, implausible_length, looping_phrase, weighted_length
from pipeline.checks.protected import changed_addresses, changed_markup, changed_names
from tests.checks.pairs import say


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Nurse", "Enfermeiro"),
        ("Cook", "Koch in Vollzeit"),
        ("We are looking for a person who likes to bake bread.", "私たちはパンを焼くのが好きな人を探しています。"),
        ("<strong>Bake</strong> bread", "Assar pão"),
        ("", ""),
    ],
)
def test_plausible_length_passes(source: str, target: str) -> None:
    assert say(implausible_length, source, target) == ""


def test_lost_tail_is_found() -> None:
    source = "We bake bread every night, deliver it to forty shops before six and clean the ovens after."
    assert say(implausible_length, source, "Assamos pão.") == f"12 characters for {len(source)}: something was lost"


def test_added_text_is_found() -> None:
    target = "Padeiro que assa pão todas as noites e entrega"
    assert say(implausible_length, "Baker", target) == f"{len(target)} characters for 5: something was added"


def test_target_of_nothing_but_tags_lost_everything() -> None:
    assert say(implausible_length, "Bread", "<b></b>") == "0 characters for 5: something was lost"


def test_dense_scripts_weigh_threefold_and_tags_nothing() -> None:
    assert weighted_length("<b>パン</b> ok ") == 9


def test_label_that_names_both_genders_is_as_long_as_one_of_them() -> None:
    labels = ("Empregado de mesa/Empregada de mesa", "EMPREGADO DE MESA/EMPREGADA DE MESA")
    assert [say(implausible_length, "Waiter", label) for label in labels] == ["", ""]
    assert say(implausible_length, "Waiter", "Empregado de mesa e também empregada") != ""


def test_slash_of_a_path_parts_no_label() -> None:
    texts = (
        "Read the log v3.2-rc.1 and the tail of /v2/readings/{id}.",
        "Leia o log v3.2-rc.1 e o fim de /v2/readings/{id}.",
    )
    assert say(implausible_length, *texts) == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("UK and US", "المملكة المتحدة والولايات المتحدة الأمريكية", ""),
        ("HR", "Departamento de Recursos Humanos", ""),
        ("HR", "Departamento de Recursos Humanos, HR", "36 characters for 2: something was added"),
        ("COOK", "Cozinheiro ou cozinheira de cantina", "35 characters for 4: something was added"),
    ],
)
def test_acronym_may_be_spelled_out(source: str, target: str, told: str) -> None:
    assert say(implausible_length, source, target) == told


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("mail jobs@example.org", "escreva a jobs@example.org", ""),
        ("mail jobs@example.org", "escreva a nós", "missing jobs@example.org"),
        ("write to us", "escreva a ana@example.org", "added ana@example.org"),
    ],
)
def test_lost_or_invented_address_is_named(source: str, target: str, told: str) -> None:
    assert say(changed_addresses, source, target) == told


def test_span_that_is_split_by_a_tag_is_still_one() -> None:
    assert say(changed_names, "<b>C++</b> code", "código em <b>C++</b>") == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Inglês: AvançadoEspanhol: Básico", "English: Advanced; Spanish: Basic", ""),
        ("Inglês e PowerBI", "English and power", "missing PowerBI"),
    ],
)
def test_two_words_that_lost_the_line_end_between_them_are_no_name(source: str, target: str, told: str) -> None:
    assert say(changed_names, source, target, "en", "pt") == told


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("<b>Bake</b> bread", "<b>Assar</b> pão", ""),
        ("<b>Bake</b> bread", "Assar pão", "</b> <b>"),
        ("Bake <b bread", "Assar <b pão", ""),
        ("Bake", "<i>Assar</i>", "</i> <i>"),
        ("10<sup>6</sup> loaves", "10 pães<sup>6</sup>", "missing 10<sup>6</sup>"),
        (
            '<a href="https://a.example">x</a>',
            '<a href="https://b.example">x</a>',
            '<a href="https://a.example"> <a href="https://b.example">',
        ),
    ],
)
def test_lost_or_added_tags_are_named(source: str, target: str, told: str) -> None:
    assert say(changed_markup, source, target) == told


@pytest.mark.parametrize(
    ("target", "phrase"),
    [
        ("um local de trabalho de trabalho", "de trabalho"),
        ("muito muito muito bom", "muito"),
        ("Boa noite e boa noite e adeus", "boa noite e"),
        ("um local de trabalho variado", ""),
        ("que que", ""),
        ("", ""),
        ("procedimientosientosientosientos", "ientos"),
        ("Assar pão, assar pão, assar pão, assar pão", "assar pão"),
        ("o imposto (o imposto)", ""),
        ("パンを焼くパンを焼くパンを焼く", "パンを焼く"),
        ("いろいろな仕事", ""),
    ],
)
def test_phrase_in_a_loop_is_named(target: str, phrase: str) -> None:
    assert say(looping_phrase, "a varied workplace", target) == phrase


def test_what_the_source_repeats_the_target_may_repeat() -> None:
    assert say(looping_phrase, "bread bread bread", "pão pão pão") == ""


def test_loop_in_the_source_excuses_no_other_loop() -> None:
    assert say(looping_phrase, "bread bread bread every day", "pão pão pão todo dia todo dia todo dia") == "todo dia"
    assert say(looping_phrase, "bread bread bread", "pão pão pão de trabalho de trabalho de trabalho") != ""
    assert say(looping_phrase, "bread bread bread", "pão pão pão pão pão pão") == "pão"


def test_word_that_stands_twice_is_named_unless_the_language_does_so() -> None:
    assert say(doubled_words, "a good place", "um bom bom lugar") == "bom"
    assert say(doubled_words, "come what may", "vaya a donde vaya o donde sea") == ""
    assert say(doubled_words, "more or more", "mais ou mais") == ""
    assert say(doubled_words, "your place", "vous vous engagez") == ""
    assert say(doubled_words, "a very, very good place", "um lugar muito, muito bom") == ""


def test_vowel_signs_are_no_word_ends() -> None:
    assert say(looping_phrase, "that of which", "कि का के कू") == ""


@given(st.text())
@example("D/M")
def test_no_check_finds_a_difference_between_equal_texts(text: str) -> None:
    found = [say(implausible_length, text, text), say(changed_names, text, text), say(changed_markup, text, text)]
    assert [*found, say(looping_phrase, text, text)] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("language", "target", "told"),
    [
        ("de", "Fragen Sie Postgresql oder uns", ""),
        ("de", "Fragen Sie postgresql oder uns", "missing PostgreSQL"),
        ("ja", "ポストグレスか私たちにお尋ねください", ""),
        ("ja", "MySQLか私たちにお尋ねください", "missing PostgreSQL"),
    ],
)
def test_name_with_capitals_inside_may_be_respelled_or_transcribed_with_the_whole_text(
    language: str, target: str, told: str
) -> None:
    assert say(changed_names, "Ask PostgreSQL or us", target, language) == told
