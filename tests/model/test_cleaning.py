"""Text as it may be kept."""

import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.cleaning import clean_line, clean_text, clean_tree

ANY_CHAR = st.characters(codec=None)
CONTROLS = "\x00\x01\x07\x08\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f\x7f\x80\x85\x9f"
NASTY = st.sampled_from(CONTROLS + "\ud800\udfff\u2028\u2029\ufeff\ufffe\uffff")
TEXTS = st.text(ANY_CHAR | NASTY | st.characters(categories=["Cs", "Cc", "Zl", "Zp"]))


def unwanted(text: str) -> list[str]:
    return [char for char in text if category(char) in {"Cc", "Cs", "Zl", "Zp"} and char not in "\t\n"]


@given(TEXTS)
def test_cleaned_text_holds_no_control_no_separator_and_no_surrogate(text: str) -> None:
    cleaned = clean_text(text)
    assert unwanted(cleaned) == []
    assert cleaned.encode().decode() == cleaned
    assert cleaned.split("\n") == re.split("\n", cleaned)


@given(TEXTS)
def test_cleaned_line_is_one_line_for_every_reader(text: str) -> None:
    line = clean_line(text)
    assert line.splitlines() == ([line] if line else [])
    assert line == line.strip() == clean_line(line)
    assert not {"\t", "\n", "\ufeff"} & set(line)


@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"]), min_size=1))
def test_words_of_every_script_stay(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Registered\r\nnurse", "Registered nurse"),
        ("Registered\u2028nurse\u2029", "Registered nurse"),
        ("Registered\x85nurse\v\f", "Registered nurse"),
        ("\ufeffNur\ud800se\x00", "Nurse"),
        ("3\u00a0000\u202f€", "3\u00a0000\u202f€"),
        ("\u00a0\u3000Nurse\u00a0", "Nurse"),
        ("\u00a0", ""),
    ],
)
def test_line_ends_become_spaces_and_edges_are_bare(text: str, line: str) -> None:
    assert clean_line(text) == line


def test_every_text_in_a_decoded_object_is_cleaned() -> None:
    tree = {"a\u2028": ["x\x00", {"b": "\ud800y"}], "n": 1, "f": 0.5, "t": True, "o": None}
    assert clean_tree(tree) == {"a\n": ["x", {"b": "y"}], "n": 1, "f": 0.5, "t": True, "o": None}


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("\u202eesrun", "\u202eesrun\u202c"),
        ("nurse\u202c \u2069", "nurse"),
        ("\u2067a \u202bb\u2069 c", "\u2067a \u202bb\u202c\u2069 c"),
        ("\u202ba\u202c b", "\u202ba\u202c b"),
    ],
)
def test_direction_that_a_line_turns_ends_with_it(line: str, cleaned: str) -> None:
    assert clean_line(line) == clean_line(cleaned) == cleaned
