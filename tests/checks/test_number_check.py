"""Numbers keep their value, in whichever form a locale writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.numbers import changed_numbers, numbers, numbers_in_words


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("up to €60,000 a year", "até 60.000 euros por ano"),
        ("up to €60,000 a year", "jusqu'à 60\u202f000 euros par an"),
        ("CHF 1'250 a week", "1.250 francos por semana"),
        ("€1.5 million", "1,5 milhão de euros"),
        ("R$ 3.500,00 por mês", "R$ 3,500.00 a month"),
        ("R$ 3.500,00 por mês", "R$ 3500 a month"),
        ("Start: 2026-11-01", "Início: 01.11.2026"),
        ("Start: 01/11/2026", "Início: 01.11.2026"),
        ("Salary of ٣٬٥٠٠ and ٢٫٥ days", "Salário de 3.500 e 2,5 dias"),
        ("In 2026 100 people joined", "Em 2026, entraram 100 pessoas"),
        ("a team without numbers", "uma equipe sem números"),
        ("three years", "3 anos"),
        ("6 am to 2 pm", "das 6h às 14h"),
        ("from 8:30 to 17:00", "de 8h30 às 17 h"),
        ("until 17:00.", "bis 17.00 Uhr"),
        ("a budget of 1.5 million dollars", "予算は150万ドル"),
        ("a budget of 1.5 million dollars", "Budget: 1.500.000 Dollar"),
        ("$45k a year", "45 mil dólares por ano"),
        ("31 December 2026", "31.12.2026"),
        ("31 December 2026", "2026年12月31日"),
        ("12/31/2026", "31/12/2026"),
        ("one line", "1 行"),
        ("no line is selected", "行が 1 つも選択されていません"),
        ("two nurses", "2 infirmières"),
    ],
)
def test_number_in_the_form_of_the_target_is_the_same_number(source: str, target: str) -> None:
    assert changed_numbers(source, target) == ""


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("2 references", "3 referências", "missing 2, added 3"),
        ("5 years, 5 days", "5 anos", "missing 5"),
        ("€60,000", "€6,000", "missing 60000, added 6000"),
        ("1.5 million", "15 milhões", "missing 1.5, added 15"),
        ("Python 3.10", "Python 3.1", "missing 3.10, added 3.1"),
        ("on 01.11.2026", "em 01.12.2026", "missing 11, added 12"),
        ("from 17:00 a day", "a partir das 17h01", "added 1"),
        ("6 am to 2 pm", "das 6h às 15h", "missing 2, added 15"),
        ("1.5 million", "1 5", "missing 1.5, added 1, 5"),
        ("31 December 2026", "13.12.2026", "missing 31, added 13"),
    ],
)
def test_number_that_changed_is_named(source: str, target: str, told: str) -> None:
    assert changed_numbers(source, target) == told


def test_number_that_the_target_writes_in_words_is_only_a_doubt() -> None:
    assert changed_numbers("2 references, 3 years", "duas referências, 4 anos") == "missing 3, added 4"
    assert numbers_in_words("2 references, 3 years", "duas referências, 3 anos") == "in words: 2"


def test_numbers_are_read_in_one_spelling() -> None:
    text = "1,234,567.89; 1.234.567,89; 12 345,6; 0.5; 7"
    assert numbers(text) == ["1234567.89", "1234567.89", "12345.6", "0.5", "7"]


@given(st.integers(min_value=1000, max_value=10**12))
def test_grouping_sign_never_changes_the_number(number: int) -> None:
    written = f"{number:,}"
    assert [numbers(written.replace(",", sign)) for sign in ",.'’\u00a0\u202f\u2009 "] == [[str(number)]] * 8


@given(st.text())
def test_text_agrees_with_itself(text: str) -> None:
    assert changed_numbers(text, text) == ""
