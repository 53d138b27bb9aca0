"""Words that no lexicon of the target's language has: doubts, with the real lexicons."""

import time
from functools import cache

import pytest
from msgspec import structs

from pipeline.checks.language import left_words, misspelled
from pipeline.terminology.simplemma_forms import SimplemmaForms
from tests.checks.pairs import compared

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
    assert left_words(compared(source, target, language, forms_of=forms)) == told


def test_word_that_the_glossary_keeps_or_asks_for_may_stay() -> None:
    pair = compared("Help during the picking season", "Ajudar durante a época de picking", forms_of=forms)
    assert (left_words(pair), left_words(structs.replace(pair, kept=("picking", "Blue Oven")))) == ("picking", "")


@pytest.mark.parametrize(
    ("language", "source", "target", "told"),
    [
        ("en", "habilitação equivalente", "Pre-Scoll education or an unplanded stop", "scoll, unplanded"),
        ("en", "Educador(a) de infância", "Educator(a) of childhood", "Educator(a)"),
        ("en", "forno", "the oven(s) of our bakery", ""),
        ("en", "forno", "an unheated oven, a workbench and subtotals", ""),
        ("en", "quinta de Seridó", "the farm of seridó", ""),
        ("en", "forno", "met in Ouagadougou", ""),
        ("pt", "You are a self-starter", "Você é um auto-inimido", "inimido"),
        ("pt", "We bias towards bakers", "Nós viésmos para padeiros", "viésmos"),
        ("pt", "Write to the bakers", "Dizer-lhes e fazê-lo com feedback e insights", ""),
        ("pt", "Wheat from the Crumbly mill", "Trigo do moinho crumbly", ""),
        ("xh", "forno", "xyzzyx plughq", ""),
    ],
)
def test_word_that_nobody_spells_so_is_told(language: str, source: str, target: str, told: str) -> None:
    assert misspelled(compared(source, target, language)) == told


def test_word_that_the_glossary_asks_for_is_spelled_right() -> None:
    pair = compared("The oven", "O fornilhonho")
    assert (misspelled(pair), misspelled(structs.replace(pair, kept=("fornilhonho",)))) == ("fornilhonho", "")


def test_very_long_words_take_no_time() -> None:
    started = time.process_time()
    for text in ("A" * 20_000, "a" * 20_000, "a-" * 20_000, "a(" * 20_000):
        assert misspelled(compared("forno", text, "en", language="pt")) == ""
        assert left_words(compared(text, f"{text} b", forms_of=forms)) == ""
    assert time.process_time() - started < 10
