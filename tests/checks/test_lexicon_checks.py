"""Words that no lexicon of the target's language has: doubts, with the real lexicons."""

import time
from dataclasses import replace
from functools import cache

import pytest

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
    assert (left_words(pair), left_words(replace(pair, kept=("picking", "Blue Oven")))) == ("picking", "")


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
    assert misspelled(compared(source, target, "en", language="pt", forms_of=forms)) == told


def test_very_long_words_take_no_time() -> None:
    started = time.process_time()
    for text in ("A" * 20_000, "a" * 20_000, "a-" * 20_000, "a(" * 20_000):
        assert misspelled(compared("forno", text, "en", language="pt", forms_of=forms)) == ""
        assert left_words(compared(text, f"{text} b", forms_of=forms)) == ""
    assert time.process_time() - started < 10
