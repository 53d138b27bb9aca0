"""Headings: which lines are one, and which kinds they name in which language."""

import pytest

from pipeline.catalog.site_domain import page_words, shipped_locales
from pipeline.intake.reading.headings import fold_heading, is_heading, load_headings, strip_heading
from pipeline.model.posting import SectionKind
from pipeline.publishing.versions.wording import section_heading

LEXICON = load_headings()


@pytest.mark.parametrize(
    ("language", "heading", "kind"),
    [
        ("en", "Job Responsibility:", SectionKind.RESPONSIBILITIES),
        ("en", "NICE TO HAVE", SectionKind.NICE_TO_HAVE),
        ("en", "What we’re looking for:", SectionKind.REQUIREMENTS),
        ("fr", "Votre profil\u00a0:", SectionKind.REQUIREMENTS),
        ("fr", "À propos du poste\u202f:", SectionKind.DESCRIPTION),
        ("de", "Anforderungen:", SectionKind.REQUIREMENTS),
        ("de", "**Wir bieten:**", SectionKind.OFFER),
        ("es", "Requisitos:", SectionKind.REQUIREMENTS),
        ("pt", "Requisitos", SectionKind.REQUIREMENTS),
        ("ar", "المتطلبات:", SectionKind.REQUIREMENTS),
        ("ja", "応募資格：", SectionKind.REQUIREMENTS),
        ("ko", "자격요건", SectionKind.REQUIREMENTS),
        ("ko", "자격 요건", SectionKind.REQUIREMENTS),
        ("bg", "ИЗИСКВАНИЯ:", SectionKind.REQUIREMENTS),
        ("el", "Τι προσφέρουμε", SectionKind.OFFER),
        ("hu", "Amit kínálunk:", SectionKind.OFFER),
        ("sr", "Opis posla", SectionKind.RESPONSIBILITIES),
        ("he", "דרישות התפקיד:", SectionKind.REQUIREMENTS),
        ("tr", "GENEL NİTELİKLER", SectionKind.REQUIREMENTS),
        ("tr", "İŞ TANIMI", SectionKind.DESCRIPTION),
        ("en", "Duties & tasks", SectionKind.RESPONSIBILITIES),
        ("es", "Funciones y tareas", SectionKind.RESPONSIBILITIES),
        ("de", "Aufgaben und Verantwortlichkeiten:", SectionKind.RESPONSIBILITIES),
    ],
)
def test_heading_that_the_lexicon_of_its_language_knows_names_the_kind(
    language: str, heading: str, kind: SectionKind
) -> None:
    assert LEXICON.kind_of(heading, language) is kind


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        ("Our ovens", "en"),
        ("Anforderungen", "en"),
        ("Requirements", None),
        ("Additional information", "en"),
        ("Tasks & benefits", "en"),
        ("Tasks & ovens", "en"),
        ("&", "en"),
    ],
)
def test_heading_names_no_kind_elsewhere(heading: str, language: str | None) -> None:
    assert LEXICON.kind_of(heading, language) is None


def test_every_language_of_the_lexicon_has_headings_of_every_kind_and_such_that_name_none() -> None:
    kinds = set(SectionKind)
    assert {language: set(known.values()) for language, known in LEXICON.kinds.items()} == dict.fromkeys(
        LEXICON.kinds, kinds
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## Job Responsibility:", "Job Responsibility"),
        ("## Ovens ##", "Ovens"),
        ("**Ovens:**", "Ovens"),
        ("__Ovens__ :", "Ovens"),
        ("Profil\u00a0:", "Profil"),
        ("応募資格：", "応募資格"),
        ("Ovens ::", "Ovens"),
        ("C#", "C#"),
        ("#1 in bread", "#1 in bread"),
        (".NET:", ".NET"),
        ("***", ""),
    ],
)
def test_marks_of_a_heading_are_taken_off_and_its_words_are_kept(line: str, words: str) -> None:
    assert strip_heading(line) == words


def test_headings_are_compared_without_case_gaps_question_marks_and_kinds_of_apostrophe() -> None:
    assert fold_heading("What  We’ll\u00a0OFFER :") == "what we'll offer"
    assert fold_heading("¿Qué ofrecemos?") == "qué ofrecemos"
    assert fold_heading("Qui sommes-nous\u202f?") == "qui sommes-nous"


def test_lexicon_knows_at_least_fifteen_languages() -> None:
    assert len(LEXICON.kinds) >= 15


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("Our ovens:", True),
        ("Profil\u00a0:", True),
        ("応募資格：", True),
        ("**Our ovens:**", True),
        ("# Our ovens", True),
        ("Requirements", True),
        ("Our ovens", False),
        ("#bread #jobs", False),
        ("We bake bread.", False),
        ("You will work with all of the following nine fine things:", False),
        ("x" * 70 + ":", False),
        (":", False),
        ("", False),
    ],
)
def test_short_line_with_a_colon_or_a_known_one_opens_a_section(line: str, opens: bool) -> None:  # noqa: FBT001
    assert is_heading(line, LEXICON) is opens


def test_headings_that_our_pages_print_are_known_in_their_language() -> None:
    printed = [
        (locale.language, kind, section_heading(page_words(locale, None), kind))
        for locale in shipped_locales()
        for kind in SectionKind
    ]
    assert [each for each in printed if LEXICON.readings_of(each[2]).get(each[0]) is not each[1]] == []
