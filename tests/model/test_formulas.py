"""Raised and lowered figures stay at the number or symbol they belong to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.formulas import formula_spans, moved_formulas

PARTS = st.sampled_from(
    ["<sub>", "</sub>", "<sup>", "</sup>", "2", "x", "CO", "H", "O", "m", "(", ")", "-", " ", ".", "TM"]
)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("H<sub>2</sub>O and CO<sub>2</sub> sensors", ["H<sub>2</sub>O", "CO<sub>2</sub>"]),
        ("10<sup>3</sup> units, 10<sup>-3</sup> m<sup>2</sup>", ["10<sup>3</sup>", "10<sup>-3</sup>", "m<sup>2</sup>"]),
        (
            "NO<sub>x</sub>, V<sub>max</sub>, PM<sub>2.5</sub>",
            ["NO<sub>x</sub>", "V<sub>max</sub>", "PM<sub>2.5</sub>"],
        ),
        ("Ca<sub>3</sub>(PO<sub>4</sub>)<sub>2</sub>", ["Ca<sub>3</sub>(PO<sub>4</sub>)<sub>2</sub>"]),
        ("SO<sub>4</sub><sup>2-</sup>, Na<sup>+</sup>", ["SO<sub>4</sub><sup>2-</sup>", "Na<sup>+</sup>"]),
        ("5 t CO<sub>2</sub>e, CO<sub>2</sub>-neutral", ["CO<sub>2</sub>e", "CO<sub>2</sub>"]),
        ("our Kestrel<sup>TM</sup> ovens", ["Kestrel<sup>TM</sup>"]),
        ("the 1<sup>st</sup>, n<sup>o</sup> 5, M<sup>me</sup> Gil", []),
        ("a salary<sup>1</sup> of 50,000<sup>2</sup>", []),
        ("no <sup>small print</sup> here", []),
    ],
)
def test_formula_is_found_with_its_base_and_a_word_with_a_note_is_none(text: str, formulas: list[str]) -> None:
    assert [text[start:stop] for start, stop in formula_spans(text)] == formulas


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("CO<sub>2</sub> sensors", "sensores de CO<sub>2</sub>", ""),
        ("CO<sub>2</sub> sensors", "CO<sub>2 sensores</sub>", "missing CO<sub>2</sub>"),
        ("10<sup>6</sup> cells", "10 células<sup>6</sup>", "missing 10<sup>6</sup>"),
        ("NO<sub>x</sub> values", "valores não<sub>x</sub>", "missing NO<sub>x</sub>"),
        ("a salary<sup>1</sup> and more", "um salário<sup>1</sup> e mais", ""),
        ("a salary<sup>1</sup> and more", "um salário<sup>1 e mais</sup>", "missing <sup>1</sup>"),
        ("PM<sub>2.5</sub> values", "valores de PM<sub>2,5</sub>", ""),
        ("the 1<sup>st</sup> oven", "o 1<sup>º</sup> forno", ""),
    ],
)
def test_formula_that_is_not_in_the_target_is_named(source: str, target: str, told: str) -> None:
    assert moved_formulas(source, target) == told


@given(st.lists(PARTS, max_size=15).map("".join))
def test_nothing_has_moved_in_a_text_that_is_its_own_target(text: str) -> None:
    assert moved_formulas(text, text) == ""


def test_long_word_takes_no_time() -> None:
    assert formula_spans("a" * 50_000 + "a-" * 50_000 + "<sub>2") == []
