"""An occupation is without doubt where a title is its own name, or near it by more than one measure."""

import pytest
from babel import Locale

from pipeline.terminology.titles import esco
from pipeline.terminology.titles.certainty import certain_occupation
from pipeline.terminology.titles.occupations import safe_label
from pipeline.terminology.titles.person_forms import Gender
from pipeline.terminology.titles.ranks import leads
from pipeline.terminology.titles.search import nearest_occupation
from pipeline.terminology.titles.stems import stems_of
from pipeline.terminology.titles.target import occupation_target

PT, EN, FR = Locale("pt", "BR"), Locale("en"), Locale("fr")


def english(title: str, language: str) -> str:
    """Return ESCO's English name of what a title names without doubt, "" if there is a doubt."""
    number = certain_occupation(title, language)
    return "" if number is None else esco.labels("en")[number][0]


@pytest.mark.parametrize(
    ("title", "language", "name"),
    [
        ("OPERADORES DE GRÚA TORRE", "es", "tower crane operator"),
        ("operadora de grúa torre", "es", "tower crane operator"),
        ("Zimmerin", "de", "carpenter"),
        ("Boulanger / Boulangère", "fr", "baker"),
        ("joalheiras", "pt", "jeweller"),
    ],
)
def test_a_preferred_name_is_without_doubt_in_every_gender_and_number(title: str, language: str, name: str) -> None:
    assert english(title, language) == name


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Manager", "en"),
        ("", "de"),
        ("看護師", "de"),
        ("Bäcker", "ja"),
        ("Forstwirtschaftsmeister", "de"),
        ("Quantenflüsterer", "de"),
    ],
)
def test_a_name_of_several_or_near_to_several_is_in_doubt(title: str, language: str) -> None:
    assert english(title, language) == ""


def test_the_nearest_is_never_a_group() -> None:
    near = nearest_occupation("Ärzte", "de")
    assert near is not None
    assert esco.concepts()[near.number].startswith("occupation/")


def test_a_language_without_stems_is_compared_by_its_words() -> None:
    assert stems_of("Natakarji in barmani", "sl") == ("natakarji", "in", "barmani")


def test_a_title_that_leads_is_told_in_compounds_too() -> None:
    assert [leads(name) for name in ("Lagerleiterin", "diretora", "Laborantin")] == [True, True, False]


@pytest.mark.parametrize(
    ("source", "language", "locale", "target"),
    [
        ("OPERADORES DE GRÚA TORRE", "es", EN, "Tower Crane Operator"),
        ("Joalheiros", "pt", FR, "Bijoutier/ère"),
        ("Zimmerer (m/w/d)", "de", EN, "Carpenter (m/f/d)"),
        ("Zimmerer (m/w/d) Berlin", "de", EN, ""),
        ("Manager", "en", PT, ""),
        ("Bäcker", "ja", PT, ""),
        ("Krankenpfleger", "de", EN, ""),
    ],
)
def test_an_occupation_without_doubt_is_said_by_its_name(
    source: str, language: str, locale: Locale, target: str
) -> None:
    found = occupation_target(source, language, locale, gender=Gender.PAIRED)
    assert (found.target if found else "") == target


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("specialist nurse", "the law guards it"),
        ("nitroglycerin separator operator", "its German name has brackets"),
    ],
)
def test_a_name_that_is_not_safe_is_not_said_whatever_is_sure(name: str, reason: str) -> None:
    number = next(place for place, names in enumerate(esco.labels("en")) if names[:1] == (name,))
    assert safe_label(number, name, "de") == "", reason
