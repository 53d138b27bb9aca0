"""How a text speaks to its reader, by the words of its language."""

import pytest

from pipeline.language.address import FORMAL, INFORMAL, Address, read_address
from pipeline.language.knowledge import knowledge, languages


@pytest.mark.parametrize(
    ("language", "formal", "informal"),
    [
        (
            "de",
            "Dann freuen wir uns, wenn Sie uns Ihre Unterlagen schicken.",
            "Bewirb dich jetzt mit deinem Lebenslauf!",
        ),
        ("fr", "Vous travaillez en équipe et votre anglais est bon.", "Tu travailles en équipe et t’adaptes vite."),
        (
            "es",
            "Envíe su currículum y usted recibirá una respuesta.",
            "Te ofrecemos un contrato y formarás parte del equipo.",
        ),
        ("it", "Siamo lieti di accogliere Lei nel team.", "Cerchiamo te: il tuo talento conta."),
        ("nl", "Stuur uw cv en wij bellen u.", "Jij helpt onze klanten en je werkt in een team."),
        ("pl", "Zapraszamy Państwa do udziału.", "Szukamy właśnie Ciebie, twój talent się liczy."),
        ("ru", "Мы предлагаем вам стабильную работу.", "Мы ждём тебя в нашей команде."),
    ],
)
def test_each_kind_of_address_is_read(language: str, formal: str, informal: str) -> None:
    found = [read_address(text, language) for text in (formal, informal, f"{formal} {informal}")]
    assert [each.kind for each in found] == [FORMAL, INFORMAL, ""]
    assert found[2] == Address(found[0].formal, found[1].informal)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Sie leitet das Team, ihr Büro ist in Bonn, und sie arbeiten mit ihren Kunden."),
        ("de", "Bei uns sind alle per Du. Die Küche des Hôtel du Lac."),
        ("fr", "Prise de rendez-vous, sur un ton aimable, pour le service TU."),
        ("es", "Personal de TI para su sede; ustedes, detrás del mostrador."),
        ("nl", "Contract van 36 u per week."),
        ("it", "Lei è la responsabile, il suo ufficio è a Roma."),
        ("en", "You send us your CV."),
        ("xx", "Sie und du"),
    ],
)
def test_words_that_may_be_of_others_tell_nothing(language: str, text: str) -> None:
    assert read_address(text, language) == Address()


def test_capital_at_the_beginning_counts_where_the_source_speaks_to_the_reader() -> None:
    def kind(target: str, source: str) -> str:
        return read_address(target, "de", source=source, of="en").kind

    assert kind("Sie planen die Touren.", "You plan the tours.") == FORMAL
    assert kind("Sie planen die Touren.", "They plan the tours.") == ""
    assert kind("Sie planen die Touren mit dir.", "They plan the tours with you.") == INFORMAL


def test_portuguese_is_read_in_portugal_only() -> None:
    found = [read_address("Você fala com o teu chefe.", "pt", territory) for territory in ("PT", "BR", None)]
    assert found == [Address(("Você",), ("teu",)), Address(), Address()]


def test_no_word_is_of_both_kinds() -> None:
    for language in languages("address"):
        lists = [set(knowledge(language).listed("address", kind)) for kind in ("formal", "informal", "nobody")]
        assert sum(map(len, lists)) == len(set().union(*lists)), language


def test_long_word_takes_linear_time() -> None:
    assert read_address("a" * 200_000 + " tú " + "rá" * 100_000, "es").informal == ("tú",)


def test_words_of_a_kind_are_told_apart() -> None:
    found = read_address("Bewerben Sie sich, wenn du willst.", "de")
    assert found.kind == ""
    assert [found.words(kind) for kind in (FORMAL, INFORMAL)] == [found.formal, found.informal] == [("Sie",), ("du",)]


@pytest.mark.parametrize("behind", [" dort.", ", dort", "\u0301 dort"])
@pytest.mark.parametrize("language", languages("address"))
def test_every_phrase_is_found_inside_a_sentence_whatever_stands_behind(language: str, behind: str) -> None:
    """Also one with a mark behind its last letter, which belongs to its word and to no phrase."""
    territory = next(iter(knowledge(language).listed("address", "territories")), None)
    for kind in (FORMAL, INFORMAL):
        for phrase in knowledge(language).listed("address", kind):
            sentence = f"Dort x {phrase.replace('*', 'habl')}{behind}"
            assert read_address(sentence, language, territory).words(kind), sentence
