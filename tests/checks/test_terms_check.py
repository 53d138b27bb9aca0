"""The check of the glossary: what is required is there in some form, what is forbidden in none."""

import pytest
from babel import Locale

from pipeline.checks.check import Compared
from pipeline.checks.terms import disregarded_terms, disregards_terms
from pipeline.language.glossary import Glossary
from pipeline.language.term import Term
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Extras, Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms

BRAZIL, GERMANY = Locale("pt", "BR"), Locale("de")
PORTUGUESE = (
    Term(language="en", source="nurse", locale=BRAZIL, required=("enfermeiro",), forbidden=("enfermeira",)),
    Term(language="en", source="head nurse", locale=BRAZIL, required=("enfermeira-chefe", "enfermeira chefe")),
    Term(language="en", source="nurse", locale=BRAZIL, context="title", required=("Enfermeiro/Enfermeira",)),
    Term(language="en", source="training", locale=BRAZIL, required=("formação",)),
    Term(language="en", source="Blue Oven", keep=True),
    Term(language="en", source="", locale=BRAZIL, forbidden=("ninja",)),
    Term(language="en", source="IT", locale=BRAZIL, required=("TI",)),
)
GERMAN = (
    Term(language="en", source="shift", locale=GERMANY, required=("Schicht",)),
    Term(language="en", source="nurse", locale=GERMANY, required=("Pflegefachkraft",), forbidden=("Schwester",)),
)
GLOSSARY = Glossary((*PORTUGUESE, *GERMAN), SimplemmaForms)


def found(source: str, target: str, locale: Locale = BRAZIL, context: str = "requirements") -> str:
    pair = Compared(
        source=source,
        target=target,
        source_language="en",
        locale=locale,
        context=context,
        terms=GLOSSARY.scope("en", locale),
    )
    return disregarded_terms(pair)


@pytest.mark.parametrize(
    ("source", "target", "detail"),
    [
        ("a nurse", "um médico", "“nurse” has to be “enfermeiro”"),
        ("two nurses", "duas enfermeiras", "“nurse” must not be “enfermeira”"),
        ("a nurse", "um enfermeiro e uma enfermeira", "“nurse” must not be “enfermeira”"),
        ("the head nurse", "a chefe", "“head nurse” has to be “enfermeira-chefe” or “enfermeira chefe”"),
        ("Blue Oven", "Forno Azul", "“Blue Oven” has to stay"),
        ("a guru", "um ninja", "“ninja” must not be used"),
        ("IT work", "trabalho de ti", "“IT” has to be “TI”"),
    ],
)
def test_disregarded_term_is_an_error_that_names_it(source: str, target: str, detail: str) -> None:
    assert found(source, target) == detail


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("a nurse", "um enfermeiro"),
        ("two nurses", "dois enfermeiros"),
        ("Nurses wanted", "Procuramos ENFERMEIROS"),
        ("the head nurse", "a enfermeira-chefe"),
        ("the head nurse and a nurse", "a enfermeira chefe e um enfermeiro"),
        ("trainings", "formações"),
        ("The Blue Oven method", "O método Blue Oven"),
        ("IT work", "trabalho de TI"),
        ("it works", "funciona"),
        ("a cook", "uma enfermeira"),
    ],
)
def test_form_of_a_required_wording_is_present(source: str, target: str) -> None:
    assert found(source, target) == ""


def test_narrow_context_decides_alone() -> None:
    assert [found("Nurse", target, context="title") for target in ("Enfermeira", "Enfermeiro", "Médico")] == [
        "",
        "",
        "“nurse” has to be “Enfermeiro/Enfermeira”",
    ]


@pytest.mark.parametrize(
    ("source", "target", "detail"),
    [
        ("night shift", "Nachtschicht", ""),
        ("shift lead", "Schichtführer", ""),
        ("shifts", "Schichten", ""),
        ("shift", "Dienst", "“shift” has to be “Schicht”"),
        ("nurses", "Pflegefachkräfte", ""),
        ("nurses", "Krankenschwestern", "“nurse” has to be “Pflegefachkraft”"),
        ("nurses", "Schwestern", "“nurse” has to be “Pflegefachkraft”; “nurse” must not be “Schwester”"),
    ],
)
def test_compound_counts_as_present_where_a_language_has_them(source: str, target: str, detail: str) -> None:
    assert found(source, target, GERMANY) == detail


def test_one_finding_tells_every_term() -> None:
    detail = "“nurse” has to be “enfermeiro”; “training” has to be “formação”"
    assert found("a nurse in training", "um médico", context="offer") == detail


def test_untranslated_deliberately_empty_and_plural_units_disregard_no_term() -> None:
    key = UnitKey("offer", "a nurse")
    plural = Extras(plural_source="nurses", plural_targets=("a", "b"))
    units = [
        Unit(key=key, target="um médico"),
        Unit(key=key),
        Unit(key=key, target=DELIBERATELY_EMPTY),
        Unit(key=key, target="um médico", extras=plural),
    ]
    told = [disregards_terms(unit, GLOSSARY.scope("en", BRAZIL)) for unit in units]
    assert told == [True, False, False, False]


def test_segment_without_a_term_is_not_looked_at() -> None:
    nurse = Glossary(PORTUGUESE[:1], SimplemmaForms)
    unit = Unit(key=UnitKey("offer", "a cook"), target="uma enfermeira")
    assert not disregards_terms(unit, nurse.scope("en", BRAZIL))
    assert not disregards_terms(unit, nurse.scope("de", BRAZIL))
