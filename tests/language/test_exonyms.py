"""What two languages call the same place, language, month or weekday; part of a firm's name is none of it."""

import pytest

from pipeline.language.exonyms import words_for_same


@pytest.mark.parametrize(
    ("source", "target", "pair", "words"),
    [
        (
            "This role is based in Helsinki, Finland.",
            "Baseada em Helsinque, Finlândia.",
            "en pt",
            {"helsinque", "finlândia"},
        ),
        ("reuniões na América Latina", "meetings in Latin America", "pt en", {"latin", "america"}),
        ("Espanhol - Intermediário", "Spanish - Intermediate", "pt en", {"spanish"}),
        ("de segunda-feira, em outubro", "on Monday, in October", "pt en", {"monday", "october"}),
        ("Brasil inteiro", "all of Brazil", "pt en", {"brazil"}),
        ("No Brasil inteiro", "All over Brazil", "pt en", {"brazil"}),
        ("Inglês", "Portuguese", "pt en", set()),
        ("Universidade Dasa", "University of Pennsylvania", "pt en", set()),
        ("Só a Rede Américas tem", "Only the Americas Network has", "pt en", set()),
        ("a América Seguros contrata", "America Insurance hires", "pt en", set()),
        ("Finland", "Finland", "xx en", set()),
    ],
)
def test_words_of_a_target_name_what_the_source_names(source: str, target: str, pair: str, words: set[str]) -> None:
    assert words_for_same(source, target, *pair.split()) == words
