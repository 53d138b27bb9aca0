"""A country is not exchanged for another, a name keeps its letters, and a lost name is shown."""

import pytest
from babel import Locale

from pipeline.checks.countries import countries_check
from pipeline.checks.proper_names import garbled_check, garbled_names, lost_names_check
from pipeline.model.locale import parse_locale


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
    assert countries_check(source_language, parse_locale(locale))(source, target) == detail


def test_a_country_keeps_its_name_in_every_locale_of_ours() -> None:
    english = Locale("en").territories
    for name in ("pt", "fr", "es", "de", "ar", "ja", "ru", "hi"):
        check = countries_check("en", Locale(name))
        own = Locale(name).territories
        found = [
            code for code in ("FR", "DE", "IN", "NE", "NG", "GW", "GN", "CG", "CD") if check(english[code], own[code])
        ]
        assert found == []


@pytest.mark.parametrize(
    ("source", "target", "detail"),
    [
        ("You work in Venlo or in Liège.", "Você trabalha em Venlo ou em Li'ge.", "Liège became Li'ge"),
        ("You work in Liège.", "Você trabalha em Lige.", "Liège became Lige"),
        ("You work in Liège.", "Você trabalha em Liège.", ""),
        ("You work in Zürich.", "Você trabalha em Zurique.", ""),
        ("Café in Malmö", "Café em Malmö", ""),
        ("看護師", "Nurse", ""),
        ("Liège", "", ""),
        ("Ask Mr. O’Brien at Jerry’s.", "Pergunte ao Sr. O'Brien no Jerry's.", ""),
        ("We speak Русский and 日本語 in the office.", "Falamos e no escritório.", "missing Русский, 日本語"),
        ("Знание Kubernetes, Docker, PostgreSQL", "Knowledge of Kubernetes, Docker, PostgreSQL", ""),
        ("KubernetesとPostgreSQLの経験", "Experience with Kubernetes and PostgreSQL", ""),
        ("We speak Русский in the office.", "Мы говорим по-русски.", ""),
        ("日本語とРусскийを話します。", "We speak Japanese.", "missing Русский"),
        ("Acme 株式会社 in Tokyo", "A Acme 株式会社 em Tóquio", ""),
        ("From A → B", "De A B", "missing →"),
        ("2 × 3 under § 34a", "2 3 sob 34a", "missing §, ×"),
        ("60.000 € – 75.000 €", "60.000 € 75.000 €", "missing – between amounts"),
        ("60.000 € – 75.000 €", "60.000 € a 75.000 €", ""),
        ("$60,000-$75,000", "$60,000 $75,000", "missing – between amounts"),
    ],
)
def test_name_that_lost_a_letter_is_found(source: str, target: str, detail: str) -> None:
    assert garbled_names(source, target) == detail


@pytest.mark.parametrize(
    ("source", "target", "detail"),
    [
        ("Tester @ Çağdaş", "Testadora - O'a", "missing Çağdaş"),
        ("Tester @ Ørby-like firm", "Testador --like firma", "missing Ørby"),
        ("Cook at Šafrán", "Cozinheiro em (em inglês)", "missing Šafrán"),
        ("Üzüm Grill", "Ozum Grill", "Üzüm became Ozum"),
        ("Öö OÜ hires in Tartu.", "Aluga O's em Tartu.", "missing Öö"),
        ("Waiter at Ó Faoláin’s", "Garçom no - Faoláin's", "missing Ó"),
        ("Ask for Lê Thị Mơ.", "Pergunte por Lê Thà.", "Thị became Thà"),
        ("Ask for Lê Thị Mơ.", "Pergunte por Le Thi Mo.", ""),
        ("Ask Jörg Müller", "Pergunte a Joerg Mueller", ""),
        ("Ask Jörg Müller", "Pergunte a Jörg Moller", "Müller became Moller"),
        ("An office in Łowicz", "Biuro w Łowiczu", ""),
    ],
)
def test_name_with_letters_foreign_to_its_sentence_is_kept(source: str, target: str, detail: str) -> None:
    assert garbled_check("en", "pt")(source, target) == detail


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Zürich", "Zurique"),
        ("Köln", "Cologne"),
        ("São Paulo", "Sao Paulo"),
        ("Kraków", "Cracóvia"),
        ("Genève", "Genebra"),
        ("Tiranë", "Tirana"),
        ("Şəki", "Cheki"),
        ("Guéret", "Guérét"),
        ("Réunion", "Riunione"),
        ("Estación Norte", "North Station"),
        ("Résumé required", "Currículo necessário"),
        ("Türkiye", "Turquia"),
    ],
)
def test_what_languages_call_a_place_in_their_own_way_is_no_loss(source: str, target: str) -> None:
    assert garbled_check("en", "pt")(source, target) == ""


def test_letters_of_the_source_s_own_language_are_for_its_words() -> None:
    assert garbled_check("de", "pt")("Für Ärzte", "For doctors") == ""
    assert garbled_check("en", "pt")("Für Ärzte", "For doctors") == "Für became For"
    assert garbled_check("xx", "pt")("Für Ärzte", "For doctors") == ""
    assert garbled_check("en", "pt")("Café Žito", "カフェ・ジト") == ""


@pytest.mark.parametrize(
    ("source", "target", "detail"),
    [
        ("Knowledge of Rust", "O conhecimento da ferrugem", "missing Rust"),
        ("Knowledge of Rust", "Conhecimento de Rust", ""),
        ("Farms in the Rift Valley", "Fazendas no Vale do Rift", ""),
        ("Good spoken English and some Danish", "Bom inglês e algum dinamarquês", ""),
        ("Starts in March, on a Monday", "Começa em março, em uma segunda-feira", ""),
        ("For European and Swedish farms", "Para fazendas europeias e suecas", ""),
        ("Senior Platform Engineer", "Engenheiro de plataforma sênior", ""),
        ("We bake. Bread is good.", "Assamos. Pão é bom.", ""),
        ("a) Check the stock", "a) Verificar o estoque", ""),
        ("(2) Order new goods", "(2) Pedir novos produtos", ""),
        ("You will report to Łukasz every day", "Você responderá todos os dias", "missing Łukasz"),
        ("Meet José Ødegård", "Conheça José", ""),
        ("We like café Škoda here", "Gostamos do café aqui", "missing Škoda"),
    ],
)
def test_name_that_is_gone_is_shown(source: str, target: str, detail: str) -> None:
    assert lost_names_check("en", Locale("pt"))(source, target) == detail


def test_names_are_looked_for_only_where_capitals_tell_them() -> None:
    assert lost_names_check("de", Locale("pt"))("Kenntnisse in Rust", "Conhecimento da ferrugem") == ""
    assert lost_names_check("en", Locale("ja"))("Knowledge of Rust", "錆の知識") == ""


@pytest.mark.parametrize(
    ("pair", "source", "target", "detail"),
    [
        ("es en", "Escriba a Rosa Molinos.", "Write to Rosa Mills.", "Rosa Molinos became Rosa Mills"),
        (
            "pt en",
            "Fale com Clara Rios na loja.",
            "Talk to Clara Rivers in the shop.",
            "Clara Rios became Clara Rivers",
        ),
        (
            "es en",
            "Alba Iglesia, Rosa Molinos, Blanca Nieves",
            "Alba Church, Rosa Mills, Blanca Snows",
            "Alba Iglesia became Alba Church",
        ),
        (
            "en es",
            "Ask Mark Cook and Ivy Wood.",
            "Pida a Mark Cocinero y Ivy Madera.",
            "Mark Cook became Mark Cocinero",
        ),
        ("en es", "Contact: Mark Cook", "Contacto: Mark Cocinero", ""),
        ("en es", "Our Oslo Office is small.", "Nuestra Oficina de Oslo es pequeña.", ""),
        ("en pt", "We climb Mount Kenya and Mount Elgon.", "Escalamos o Monte Quênia e o Monte Elgon.", ""),
        ("es en", "Trabaja en el Hospital Central.", "Work at the Central Hospital.", ""),
        ("es en", "Trabaja en el Hospital Regional.", "Work at Hospital Régional.", ""),
        ("es en", "Ventas de Acme España", "Sales of Acme Spain", ""),
        ("de en", "Fragen Sie Rosa Mühlen", "Ask Rosa Mills", ""),
        ("es pt", "Escriba a Rosa Molinos.", "Escreva a Rosa Moinhos.", ""),
    ],
)
def test_second_word_of_a_name_is_not_translated(pair: str, source: str, target: str, detail: str) -> None:
    assert garbled_check(*pair.split())(source, target) == detail


@pytest.mark.parametrize(
    ("pair", "source", "target", "detail"),
    [
        ("pt es", "Trabalhe no balcão da Massa Fina.", "Trabaje en la barra de Pasta Delgada.", "missing Massa Fina"),
        ("es pt", "Hable con Socorro Vega hoy.", "Fale com Ajuda Vega hoje.", "Socorro Vega became Ajuda Vega"),
        (
            "es pt",
            "Hable con Rosa Castillo hoy.",
            "Fale com Rosa Fortaleza hoje.",
            "Rosa Castillo became Rosa Fortaleza",
        ),
        ("es pt", "Estudios en la Universidad Norte", "Estudos na Universidade Norte", ""),
        ("es pt", "Administre Excel con cuidado en casa.", "Gerencie Excel com cuidado em casa.", ""),
        ("es en", "Conocimientos de Rust", "Knowledge of rustiness", ""),
        ("es pt", "Conocimientos sólidos de Rust", "Conhecimentos sólidos de ferrugem", "missing Rust"),
        ("pt es", "Auxiliar de Loja Massa Fina", "Ayudante de Tienda Pasta Delgada", ""),
        ("en pt", "Write to our Human Resources Department.", "Escreva ao nosso setor de pessoal.", ""),
        ("ru es", "Работа в Massa Fina", "Trabajo en Pasta Delgada", ""),
    ],
)
def test_name_that_another_language_translated_is_shown(pair: str, source: str, target: str, detail: str) -> None:
    language, locale = pair.split()
    assert lost_names_check(language, Locale(locale))(source, target) == detail
