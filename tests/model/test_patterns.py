import re

import pytest

from pipeline.model.patterns import lazy_pattern


def test_expression_is_compiled_at_its_first_use_and_once() -> None:
    digits = lazy_pattern("[0-9]+")
    assert "findall" not in vars(digits)
    assert digits.findall("7 or 12") == ["7", "12"]
    assert vars(digits)["findall"] == re.compile("[0-9]+").findall


def test_what_an_expression_is_written_like_compiles_nothing() -> None:
    wrong = lazy_pattern("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error):
        wrong.search("")


def test_flags_count() -> None:
    assert lazy_pattern("nurse", re.IGNORECASE).fullmatch("NURSE")
