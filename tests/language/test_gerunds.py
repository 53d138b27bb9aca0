"""A gerund behind a noun is asked with the preposition that English leaves out."""

import pytest

from pipeline.language.gerunds import with_prepositions


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Experience selling shoes", "Experience in selling shoes"),
        ("proven track record running a shop", "proven track record in running a shop"),
        ("success quickly opening shops", "success in quickly opening shops"),
        ("Experience leading teams", "Experience leading teams"),
        ("experience marketing shoes", "experience marketing shoes"),
        ("experience in selling shoes", "experience in selling shoes"),
        ("Experience Selling", "Experience Selling"),
        ("inexperience selling shoes", "inexperience selling shoes"),
    ],
)
def test_gerund_gets_its_preposition(text: str, asked: str) -> None:
    assert with_prepositions(text, "en") == asked


@pytest.mark.parametrize("language", ["pt", "de", "xx"])
def test_language_without_a_table_keeps_its_text(language: str) -> None:
    assert with_prepositions("Experience selling shoes", language) == "Experience selling shoes"
