"""The terms of the trade from English into Spanish, French and German, as tables."""

from functools import cache
from importlib.resources import files

import pytest
from babel import Locale

from pipeline.checks.terms import disregards_terms
from pipeline.language.glossary import Glossary, TermScope
from pipeline.language.term import Term
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms

FOLDER = files("pipeline.terminology") / "trade"
LANGUAGES = ("es", "fr", "de")
MIN_TERMS = 200


@cache
def terms(language: str) -> tuple[Term, ...]:
    _, *rows = (FOLDER / f"en-{language}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Term(
            language="en",
            source=source.split("|")[0],
            locale=Locale(language),
            required=(*target.split("|"), *filter(None, accepted.split("|"))),
        )
        for source, target, accepted, *_ in (row.split("\t") for row in rows)
    )


@cache
def scope(language: str) -> TermScope:
    return Glossary(terms(language), SimplemmaForms).scope("en", Locale(language))


def disregarded(term: Term, target: str, language: str) -> bool:
    unit = Unit(key=UnitKey("offer", f"Here is a {term.source}, see below"), target=target, doubtful=True)
    return disregards_terms(unit, scope(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_found_in_a_sentence_and_every_accepted_wording_will_do(language: str) -> None:
    listed = terms(language)
    assert len(listed) >= MIN_TERMS
    assert [term.source for term in listed if not disregarded(term, "xyz", language)] == []
    refused = [
        (term.source, wording)
        for term in listed
        for wording in term.required
        if disregarded(term, f"xyz {wording} xyz", language)
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("language", "source", "target", "sound"),
    [
        ("es", "We need a shift lead", "Buscamos una jefa de turno", True),
        ("es", "We need a shift lead", "Necesitamos un plomo de cambio", False),
        ("fr", "Two forklifts", "Deux chariots élévateurs", True),
        ("fr", "Shift lead", "Chef(fe) d'équipe", True),
        ("fr", "Send a cover letter", "Envoyez une lettre de couverture", False),
        ("de", "Probation lasts six months", "Die Probezeit dauert sechs Monate", True),
        ("de", "Steel-toe boots", "Stahlzehenstiefel", False),
    ],
)
def test_wording_of_the_trade_is_told_from_a_literal_one(
    language: str, source: str, target: str, *, sound: bool
) -> None:
    unit = Unit(key=UnitKey("requirements", source), target=target, doubtful=True)
    assert disregards_terms(unit, scope(language)) is not sound
