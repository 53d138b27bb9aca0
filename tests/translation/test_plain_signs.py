"""Typographic signs are asked as plain ones and come back as the target's locale writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.translation.plain_signs import with_plain_signs, with_typographic_signs


@given(st.text())
def test_no_place_of_a_text_moves(text: str) -> None:
    assert len(with_plain_signs(text)) == len(text)


@given(st.text(alphabet="ab '\"’“”–-.", max_size=40), st.sampled_from(["en", "fr", "de", "pt_BR"]))
def test_words_stay_when_signs_come_back(text: str, locale: str) -> None:
    restored = with_typographic_signs(text, "We’re “here” – now", parse_locale(locale))
    assert [char for char in restored if char.isalpha()] == [char for char in text if char.isalpha()]


@pytest.mark.parametrize(
    ("target", "source", "locale", "expected"),
    [
        ('Sei "gut"', "Be “good”", "de", "Sei „gut“"),
        ('Soyez "bons"', "Be “good”", "fr", "Soyez «\u00a0bons\u00a0»"),
        ('Seja "bom"', "Be “good”", "pt_BR", "Seja “bom”"),
        ('Goed "is', "Be “good”", "nl", 'Goed "is'),
        ('Seja "bom"', 'Be "good"', "pt_BR", 'Seja "bom"'),
        ("We're here", "C’est nous", "en", "We’re here"),
        ("We're here", "C'est nous", "en", "We're here"),
        ("the 'good' ones", "les ‘bons’", "en", "the ‘good’ ones"),
        ("a - b", "a – b", "en", "a – b"),
        ("a - b", "a — b", "en", "a — b"),
        ("a - b - c", "a – b — c", "en", "a - b - c"),
        ("a - b", "a - b’s", "en", "a - b"),
        (
            "See https://a.example/it's and it's",
            "C’est https://a.example/it's",
            "en",
            "See https://a.example/it's and it’s",
        ),
    ],
)
def test_signs_come_back_as_the_source_had_them(target: str, source: str, locale: str, expected: str) -> None:
    assert with_typographic_signs(target, source, parse_locale(locale)) == expected
