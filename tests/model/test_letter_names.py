"""A single capital is a name, unless it is a word, an initial, a unit or a part of something longer."""

import pytest

from pipeline.language.letter_names import LETTER_NAME


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Use R and SAS, then C.", ["R", "C"]),
        ("Shift A", ["A"]),
        ("Shift A or B, block E, vitamin C.", ["A", "B", "E", "C"]),
        ("El turno A empieza a las seis.", ["A"]),
        ("Permis B et niveau A.", ["B", "A"]),
        ("Driving licence B, level B1 or C1/C2", ["B", "B1", "C1", "C2"]),
        ("Objective-C for phones", ["Objective-C"]),
        ("Gen Z and model S ovens", ["Z", "S"]),
        ("فيتامين C", ["C"]),
        ("A baker and I make bread; class I", []),
        ("A empresa e O forno. Y tú, E noi, O padeiro", []),
        ("V Praze, w K Sumu, W firmie", []),
        ("Join A Team, grade A Teachers", []),
        ("Ask J. Smith, z. B. Brot, M. Dupont", []),
        ("R&D, P & L, H/F, M/W, T-shirt, L'Oven, D’accord, R$ 5", []),
        ("5 L of milk, 230 V, 20 °C, R 500 a day, T 030", []),
        ("Một ổ bánh", []),
        ("B2B sales", []),
    ],
)
def test_letter_is_a_name_where_it_can_be_no_word(text: str, names: list[str]) -> None:
    assert LETTER_NAME.findall(text) == names


def test_long_text_takes_no_time() -> None:
    assert LETTER_NAME.findall("B." + " " * 100_000 + "x" + "A-" * 50_000) == []
