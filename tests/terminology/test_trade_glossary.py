"""The glossary of the trade that comes with the program: its tables, and how its terms are found and put in."""

from importlib.resources import files

import pytest

from pipeline.checks.terms import lost_terms
from pipeline.language.glossary import Glossary, TermScope
from pipeline.language.term import Term
from pipeline.model.locale import parse_locale
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.terminology.trade_glossary import COLUMNS, parse_trade, trade_terms
from pipeline.translation.wordings import replace_forms, whole_listed, whole_target

FOLDER = files("pipeline.terminology") / "trade"
TABLES = sorted(file.name.removesuffix(".tsv") for file in FOLDER.iterdir() if "-" in file.name)
BRAZIL = parse_locale("pt_BR")
OWN = Glossary((Term(language="en", source="shift lead", locale=BRAZIL, required=("chefe da vez",)),), SimplemmaForms)
TRADE = Glossary(trade_terms(), SimplemmaForms, OWN, ("Forklift Heroes",), listed=True)
SCOPE = TRADE.scope("en", BRAZIL)


def rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()]


def found(source: str, scope: TermScope = SCOPE, context: str = "requirements") -> list[str]:
    return [occurrence.term.source for occurrence in scope.find(source, context)]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_columns_its_forms_in_step_and_no_row_twice(table: str) -> None:
    header, *terms = rows(table)
    assert tuple(header) == COLUMNS
    assert {len(row) for row in terms} == {len(COLUMNS)}
    keys = [(form, context) for source, _, _, _, context, _ in terms for form in source.split("|")]
    words = [(tuple(form.casefold().replace("-", " ").split()), context) for form, context in keys]
    assert [key for key, word in zip(keys, words, strict=True) if words.count(word) > 1] == []
    steps = {(len(source.split("|")), len(target.split("|"))) for source, target, *_ in terms}
    assert {pair for pair in steps if pair[1] not in {1, pair[0]}} == set()
    assert {row[3] for row in terms} <= {"", "x", "m", "f", "n", "mp", "fp", "np"}
    assert [row[0] for row in terms] == [row[0] for row in sorted(terms, key=lambda row: (row[0].casefold(), row[0]))]


@pytest.mark.parametrize(("table", "least"), [("en-pt_BR", 500), ("pt-en", 300)])
def test_embedded_pairs_have_many_terms(table: str, least: int) -> None:
    assert len(rows(table)) > least


def test_term_is_found_in_each_of_its_forms_with_hyphens_or_without_the_longest_first() -> None:
    assert found("Forklifts and two forklift operators in PPE") == ["forklift", "forklift operator", "PPE"]
    assert found("On call in steel toe boots") == ["on-call", "steel-toe boots"]
    assert found("The retail landscape") == []  # no form of "landscaping"


def test_terms_and_names_of_the_project_go_first() -> None:
    assert found("A shift lead with Forklift Heroes drives a forklift") == ["forklift"]
    assert found("The night shift lead") == []  # what overlaps a term of the project's own is not found either


def test_term_holds_in_its_locale_and_context_only() -> None:
    assert found("wages plus tips", context="offer") == ["plus tips"]
    assert found("wages plus tips", context="requirements") == []
    assert found("Forklifts", TRADE.scope("en", parse_locale("pt_PT"))) == []


def test_accepted_wording_in_any_form_is_none_lost() -> None:
    source = "Our forklift operators wear steel-toe boots"
    assert lost_terms(source, "Nossos empilhadeiristas usam calçados de segurança", "offer", SCOPE) == frozenset()
    lost = lost_terms(source, "Nossos operadores de garfo usam botas de aço", "offer", SCOPE)
    assert {term.source for term in lost} == {"forklift operator", "steel-toe boots"}


def test_stand_in_agrees_with_its_wording_and_is_asked_once() -> None:
    source = "A forklift, two forklifts and a pallet jack near the camera"
    put_in = replace_forms(source, SCOPE.find(source, ""), BRAZIL)
    assert [(each.asked, each.text) for each in put_in] == [
        ("guitar", "empilhadeira"),
        ("cameras", "empilhadeiras"),
        ("bicycle", "paleteira"),
    ]


def test_term_beyond_the_stand_ins_or_tied_by_a_slash_is_left_to_the_engine() -> None:
    source = "A forklift, a pallet jack, a reach truck and a scissor lift; no forklift/crane"
    put_in = [each.text for each in replace_forms(source, SCOPE.find(source, ""), BRAZIL)]
    assert put_in == ["empilhadeira", "paleteira", "empilhadeira retrátil"]


def test_row_for_several_contexts_accepts_the_same_in_each() -> None:
    rows = "source\ttarget\taccepted\tput\tcontext\ntips\tgorjetas\tcaixinha\tfp\toffer,other"
    found = parse_trade(rows, "en", "pt_BR", {})
    assert [(term.context, term.required) for term in found] == [
        ("offer", ("gorjetas", "caixinha")),
        ("other", ("gorjetas", "caixinha")),
    ]


def test_segment_with_an_end_mark_is_a_term_but_no_title_is() -> None:
    said = whole_listed("Forklifts;", "requirements", SCOPE)
    assert said is not None
    assert said[1] == "Empilhadeiras;"
    assert whole_listed("Forklifts", "title", SCOPE) is None
    assert whole_listed("Forklifts in a row", "requirements", SCOPE) is None


def test_what_is_no_noun_is_hidden_with_the_capital_of_the_text() -> None:
    source = "On-call nurse"
    assert [(each.asked, each.text) for each in replace_forms(source, SCOPE.find(source, ""), BRAZIL)] == [
        ("", "De sobreaviso")
    ]


def test_form_that_the_table_does_not_list_is_not_put_in() -> None:
    scope = Glossary((Term(language="en", source="weld", locale=BRAZIL, required=("soldar",)),), SimplemmaForms)
    assert [*replace_forms("Welding", scope.scope("en", BRAZIL).find("Welding", ""), BRAZIL)] == []


def test_segment_that_is_a_term_is_said_in_the_form_of_the_source() -> None:
    term = SCOPE.find_whole("Forklifts", "requirements")
    assert term is not None
    assert whole_target("Forklifts", term, BRAZIL) == "Empilhadeiras"
    assert SCOPE.find_whole("Shift lead", "requirements") is None  # the project's own


@pytest.mark.parametrize(
    ("language", "put_in"),
    [
        ("es", [("piano", "jefe de turno"), ("cameras", "carretillas elevadoras")]),
        ("fr", [("violin", "chef d’équipe"), ("violins", "chariots élévateurs")]),
        ("de", [("helicopter", "Schichtleiter"), ("helicopters", "Gabelstapler")]),
    ],
)
def test_each_language_has_its_own_stand_ins(language: str, put_in: list[tuple[str, str]]) -> None:
    source = "A shift lead and two forklifts"
    locale = parse_locale(language)
    scope = Glossary(trade_terms(), SimplemmaForms).scope("en", locale)
    assert [(each.asked, each.text) for each in replace_forms(source, scope.find(source, ""), locale)] == put_in
