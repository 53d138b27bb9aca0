"""A country is not exchanged for another, a lost name is shown, and what changed places too."""

from functools import cache

import pytest
from babel import Locale

from pipeline.checks.names import exchanged_countries, lost_names, swapped
from pipeline.terminology.simplemma_forms import SimplemmaForms
from tests.checks.pairs import compared, say

forms = cache(SimplemmaForms)


@pytest.mark.parametrize(
    ("source_language", "source", "locale", "target", "detail"),
    [
        (
            "en",
            "Residence in India or Sri Lanka",
            "pt_BR",
            "Residência em Portugal ou Sri Lanka",
            "India became Portugal",
        ),
        ("en", "Residence in India or Sri Lanka", "pt_BR", "Residência na Índia ou no Sri Lanka", ""),
        ("en", "Offices in South Korea", "fr", "Bureaux en Corée du Nord", "South Korea became Corée du Nord"),
        ("en", "Offices in South Korea", "ja", "韓国のオフィス", ""),
        ("en", "Offices in Indonesia", "ja", "インドネシアのオフィス", ""),
        ("en", "Offices in Indonesia", "ja", "インドのオフィス", "Indonesia became インド"),
        ("de", "Büros in Österreich", "en", "Offices in Australia", "Österreich became Australia"),
        ("en", "Offices in Poland", "pt_BR", "Escritórios na Polónia", ""),
        ("en", "Offices in the USA", "es", "Oficinas en Estados Unidos", ""),
        ("en", "Our office", "es", "Nuestra oficina en España", ""),
    ],
)
def test_exchanged_country_is_found(source_language: str, source: str, locale: str, target: str, detail: str) -> None:
    assert say(exchanged_countries, source, target, locale, source_language) == detail


def test_a_country_keeps_its_name_in_every_locale_of_ours() -> None:
    english = Locale("en").territories
    for name in ("pt", "fr", "es", "de", "ar", "ja", "ru", "hi"):
        own = Locale(name).territories
        codes = ("FR", "DE", "IN", "NE", "NG", "GW", "GN", "CG", "CD")
        assert [code for code in codes if say(exchanged_countries, english[code], own[code], name)] == []


def test_language_in_which_cldr_names_no_country_exchanges_none() -> None:
    assert not Locale("ba").territories
    assert say(exchanged_countries, "We work in France.", "Без Францияла эшләйбеҙ.", "ba") == ""


@pytest.mark.parametrize(
    ("pair", "source", "target", "detail"),
    [
        ("en pt", "You report to Ivo Kellner in Basel.", "Você responde a Ivo Kellner em Basileia.", ""),
        (
            "en pt",
            "You report to Ivo Kellner in Basel.",
            "Você responde a Rui Prado em Berna.",
            "missing Kellner, Basel",
        ),
        ("en de", "Our office in Munich", "Unser Büro in München", ""),
        ("en de", "Our office in Munich", "Unser Büro in Mailand", "missing Munich"),
        ("en fr", "A day at Ravensmoor Foods", "Une journée chez Ravensmoor Foods", ""),
        ("en fr", "A day at Ravensmoor Foods", "Une journée chez", "missing Ravensmoor"),
        ("en pt", "You work in Liège.", "Você trabalha em Lige.", "Liège became Lige"),
        ("en pt", "You work in Liège.", "Você trabalha em Liège.", ""),
        ("en pt", "You will report to Łukasz every day", "Você responderá todos os dias", "missing Łukasz"),
        ("en pt", "As Head of Delivery you lead the Platform team", "Como chefe de entregas você lidera a equipe", ""),
        ("en pt", "Good spoken English and some Danish", "Bom inglês e algum dinamarquês", ""),
        ("en pt", "Starts in March, never on Mondays", "Começa em março, nunca às segundas", ""),
        ("en pt", "Open position near the sea", "Vaga aberta perto do mar", ""),
        ("es en", "Pregunte por Gorka Ibarretxe.", "Ask for the boss.", "missing Gorka, Ibarretxe"),
        ("de pt", "Kenntnisse in Rust", "Conhecimento da ferrugem", ""),
        ("en ja", "Ask Ivo Kellner", "上司に聞いてください", ""),
    ],
)
def test_name_that_is_gone_is_shown(pair: str, source: str, target: str, detail: str) -> None:
    language, locale = pair.split()
    assert lost_names(compared(source, target, locale, language=language, forms_of=forms)) == detail


@pytest.mark.parametrize(
    ("source", "target", "detail"),
    [
        ("Shops in Porto and Faro", "Lojas no Porto e em Faro", ""),
        ("Shops in Porto and Faro", "Lojas em Faro e no Porto", "Faro before Porto"),
        ("The trip from Geneva to Seville", "A viagem de Sevilha a Genebra", "Seville before Geneva"),
        ("4 weeks, then 8 days", "4 semanas, depois 8 dias", ""),
        ("4 weeks, then 8 days", "8 semanas, depois 4 dias", "8 before 4"),
        ("4 weeks and 4 days of 8", "8 de 4 e 4", ""),
    ],
)
def test_two_that_changed_places_are_shown(source: str, target: str, detail: str) -> None:
    assert say(swapped, source, target) == detail
