"""Words that no lexicon of the target's language has, and languages with a capital: doubts, with the real lexicons."""

import time
from functools import cache

import pytest

from pipeline.checks.language_names import language_names_check
from pipeline.checks.lexicon import left_words_check, misspelled_check
from pipeline.translation.simplemma_forms import SimplemmaForms

forms = cache(SimplemmaForms)


@pytest.mark.parametrize(
    ("language", "source", "target", "told"),
    [
        ("pt", "Shift rosters come out on Monday", "As escalas de Shift saem na segunda-feira", "shift"),
        ("pt", "Help during the picking season", "Ajudar durante a época de picking", "picking"),
        ("pt", "A background in hydrology", "Um background em hidrologia", "background"),
        ("es", "A background in hydrology", "Un background en hidrología", "background"),
        ("pt", "Give feedback to the local team", "Dar feedback à equipe local", ""),
        ("pt", "Write firmware for a tablet", "Escrever firmware para um tablet", ""),
        ("pt", "Baker Bread bakes for Porto", "Baker Bread assa para o Porto", ""),
        ("pt", "Picking the grapes", "Picking", ""),
        ("pt", "See https://bread.example/shift", "Veja https://bread.example/shift", ""),
        ("xh", "A background in hydrology", "Um background em hidrologia", ""),
    ],
)
def test_ordinary_word_of_the_source_in_the_target_is_told(language: str, source: str, target: str, told: str) -> None:
    assert left_words_check(forms("en"), forms(language), ())(source, target) == told


def test_word_that_the_glossary_keeps_or_asks_for_may_stay() -> None:
    check = left_words_check(forms("en"), forms("pt"), ("picking", "Blue Oven"))
    assert check("Help during the picking season", "Ajudar durante a época de picking") == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("habilitação equivalente", "Pre-Scoll education or an unplanded stop", "scoll, unplanded"),
        ("Educador(a) de infância", "Educator(a) of childhood", "Educator(a)"),
        ("forno", "the oven(s) of our bakery", ""),
        ("forno", "an unheated oven, a workbench and subtotals", ""),
        ("quinta de Seridó", "the farm of seridó", ""),
        ("forno", "met in Ouagadougou", ""),
        ("forno", "xyzzyx plughq", ""),
    ],
)
def test_word_that_nobody_spells_so_is_told(source: str, target: str, told: str) -> None:
    assert misspelled_check(forms("en"))(source, target) == told


@pytest.mark.parametrize(
    ("language", "source", "target", "told"),
    [
        ("pt", "Fluent Swahili and good English", "Fluente Swahili e bom Inglês", "Swahili, Inglês"),
        ("fr", "Good English", "Bon Anglais", "Anglais"),
        ("pt", "Fluent Swahili and good English", "Suaíli fluente e bom inglês", ""),
        ("pt", "English or French", "Inglês ou francês", ""),
        ("de", "Good English", "Gutes Englisch", ""),
        ("pt", "Work at English First", "Trabalhar na English First", ""),
        ("pt", "The good bread", "O bom Inglês", ""),
        ("pt", "Credited IBAN", "Entidade IBAN creditada", ""),
    ],
)
def test_name_of_a_language_has_the_small_letter_of_its_target(
    language: str, source: str, target: str, told: str
) -> None:
    assert language_names_check("en", language)(source, target) == told


def test_very_long_words_take_no_time() -> None:
    started = time.process_time()
    for text in ("A" * 20_000, "a" * 20_000, "a-" * 20_000, "a(" * 20_000):
        assert misspelled_check(forms("en"))("forno", text) == ""
        assert left_words_check(forms("en"), forms("pt"), ())(text, f"{text} b") == ""
    assert time.process_time() - started < 10
