"""The name behind a title is a person's, whatever words it is made of."""

import pytest

from pipeline.language.people import PERSON
from pipeline.language.spans import protected_spans


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ask Dr. Young and Mrs. King.", ["Young", "King"]),
        ("Mr John F. O’Brien leads it, with Ms. McDonald-Reed.", ["John F. O’Brien", "McDonald-Reed"]),
        ("Preguntar por la Sra. Rosa Blanco o Dña. Paz de la Torre Rey.", ["Rosa Blanco", "Paz de la Torre Rey"]),
        ("Hable con el Sr. Iglesias y la señora Prado.", ["Iglesias", "Prado"]),
        ("Fale com a Dra. Clara Leite ou ao Sr. Leão.", ["Clara Leite", "Leão"]),
        ("Adressez-vous à M. Petit et à Mme Boulanger.", ["Petit", "Boulanger"]),
        ("Bewerbung an Frau Koch oder Herrn Dr. Jung, Tel. 5", ["Koch", "Jung"]),
        ("Chieda del sig. Bianchi.", ["Bianchi"]),
        ("Vraag naar de heer Bakker.", ["Bakker"]),
        ("Sr. Software Developer, Jr. o Sr. Developer", []),
        ("Prof. Matemática, M. Sc. Informatik, D. Requirements", []),
        ("Miss Nothing; Dr. med. Fachkraft; Mr. IT", []),
        ("Contact Mr. Reed For Details", ["Reed"]),
        ("Ask Mrs. Hill. Apply now.", ["Hill"]),
    ],
)
def test_name_is_found_without_its_title(text: str, names: list[str]) -> None:
    assert PERSON.findall(text) == names
    assert {text[start:stop] for start, stop in protected_spans(text)} >= set(names)


def test_long_text_takes_no_time() -> None:
    assert PERSON.findall("Mr. " + "A" * 100_000 + " Mr. Aa" * 2 + "a-" * 50_000) == ["Aa"]
