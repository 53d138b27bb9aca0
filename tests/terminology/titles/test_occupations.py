"""ESCO finds the occupation of a title; its label is used only where nothing is in doubt."""

import pytest
from babel import Locale

from pipeline.terminology.titles import esco
from pipeline.terminology.titles.occupations import brazilian, occupation, shorten, suggested_label
from pipeline.terminology.titles.search import find_concepts
from pipeline.terminology.titles.target import title_target
from pipeline.terminology.titles.words import fold


def preferred(title: str, language: str) -> str:
    """Return the preferred label of the concept that is nearest to a title."""
    return esco.labels(language)[find_concepts(title, language, 1)[0].number][0]


@pytest.mark.parametrize(
    ("title", "language", "label"),
    [
        ("SOFTWAREENTWICKLER", "de", "Softwareentwickler/Softwareentwicklerin"),
        ("Zahnärztinnen", "de", "Zahnarzt/Zahnärztin"),
        ("peluqueros", "es", "peluquero/peluquera"),
        ("Soldadora", "pt", "Soldador/Soldadora"),
        ("bakers", "en", "baker"),
    ],
)
def test_inflected_and_capital_names_are_found(title: str, language: str, label: str) -> None:
    assert preferred(title, language) == label


def test_candidates_come_nearest_first_and_no_more_than_asked_for() -> None:
    found = find_concepts("software developer", "en", 5)
    assert len(found) == 5
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert 95 <= found[0].score <= 100


@pytest.mark.parametrize(("title", "language"), [("Nurse", "ja"), ("", "en"), ("—", "en"), ("看護師", "en")])
def test_what_has_no_letter_of_a_label_names_no_occupation(title: str, language: str) -> None:
    assert find_concepts(title, language, 3) == ()


def test_every_language_has_one_line_of_labels_for_every_concept() -> None:
    assert {len(esco.labels(language)) for language in esco.languages()} == {len(esco.concepts())}
    assert esco.labels("nb") == esco.labels("no")
    assert not any(esco.labels("ja"))


@pytest.mark.parametrize(
    ("source", "language", "locale", "target"),
    [
        ("Senior laser beam welder", "en", Locale("pt", "BR"), "Soldador(a) a laser sênior"),
        ("Laser beam welder", "en", Locale("de"), "Laserschweißer/in"),
        ("Holzklassiererin (m/w/d)", "de", Locale("fr"), "Classeur de bois (F/H/X)"),
    ],
)
def test_a_name_of_one_concept_is_said_by_its_label(source: str, language: str, locale: Locale, target: str) -> None:
    said = title_target(source, language, locale)
    assert said is not None
    assert (said.target, said.used) == (target, True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("specialist nurse", "the law guards it"),
        ("hydropower engineer", "the law guards it"),
        ("lumber inspector general", "no label"),
        ("software designer", "an alternative name"),
    ],
)
def test_a_name_in_doubt_is_not_said(name: str, reason: str) -> None:
    assert occupation(fold(name), "en") is None, reason


def test_a_target_with_a_rank_that_the_name_lacks_is_not_used() -> None:
    found = occupation(fold("export manager"), "en")
    assert found is None or found.name_in("pt") == ""


@pytest.mark.parametrize(
    ("label", "language", "short"),
    [
        ("director de arte/directora de arte", "es", "director/a de arte"),
        ("technicien de maintenance/technicienne de maintenance", "fr", "technicien(ne) de maintenance"),
        ("Koch/Köchin", "de", "Koch/Köchin"),
        ("Arzt oder Ärztin/Heilpraktiker", "de", ""),
        ("piloto", "pt", "piloto"),
        ("Technischer Assistent/Technische Assistentin - Bühne", "de", ""),
    ],
)
def test_doubled_labels_are_shortened(label: str, language: str, short: str) -> None:
    assert shorten(label, language) == short


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Talhante", "açougueiro(a)"),
        ("Técnico(a) de manutenção de comboios", "técnico(a) de manutenção de trens"),
        ("Técnica de iluminação", "técnica de iluminação"),
        ("Gaiteiro(a)", ""),
    ],
)
def test_a_portuguese_label_is_said_in_brazil_only_if_every_word_is_in_the_table(label: str, said: str) -> None:
    assert brazilian(label) == said


def test_a_suggestion_may_be_what_is_not_sure() -> None:
    number = find_concepts("specialist nurse", "en", 1)[0].number
    assert suggested_label(number, "de") != ""
    assert suggested_label(number, "ja") == ""
