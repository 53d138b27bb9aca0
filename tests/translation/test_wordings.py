"""How a term is enforced: put in for the engine where that is safe, alone where the segment is the term."""

import pytest
from babel import Locale

from pipeline.language.glossary import Glossary
from pipeline.language.term import Term
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.translation.protection import Marker, Replacement, mask, unmask
from pipeline.translation.wordings import find_replacements, glossary_origin, whole_target, whole_term

BRAZIL, GERMANY = Locale("pt", "BR"), Locale("de")
Q = Marker(form="Q{}Q")


def term(source: str, *required: str, locale: Locale = BRAZIL) -> Term:
    return Term(language="en", source=source, locale=locale, required=required)


def put_in(source: str, *terms: Term, locale: Locale = BRAZIL) -> list[str]:
    scope = Glossary(terms, SimplemmaForms).scope("en", locale)
    return [replacement.text for replacement in find_replacements(scope)(source, "offer")]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a nurse", ["enfermeiro"]),
        ("Nurse wanted", ["Enfermeiro"]),
        ("two nurses", []),
        ("NURSE", []),
        ("a nurse or a nurse", ["enfermeiro", "enfermeiro"]),
    ],
)
def test_only_the_base_form_is_put_in_with_the_capital_of_the_text(source: str, wanted: list[str]) -> None:
    assert put_in(source, term("nurse", "enfermeiro")) == wanted


def test_small_letter_of_the_text_is_taken_over_but_not_for_german_nouns_and_acronyms() -> None:
    assert put_in("a nurse", term("Nurse", "Enfermeiro")) == ["enfermeiro"]
    assert put_in("a nurse", term("Nurse", "Pflegekraft", locale=GERMANY), locale=GERMANY) == ["Pflegekraft"]
    assert put_in("the team", term("Team", "TI local")) == ["TI local"]


def test_choice_of_wordings_or_genders_is_left_to_the_engine() -> None:
    assert put_in("a nurse", term("nurse", "enfermeiro", "técnico")) == []
    assert put_in("a nurse", term("nurse", "enfermeiro/enfermeira")) == []
    assert put_in("a nurse", Term(language="en", source="nurse", locale=BRAZIL, forbidden=("babá",))) == []


def test_kept_name_stays_as_it_is_written() -> None:
    assert put_in("the Blue Oven", Term(language="en", source="Blue Oven", keep=True)) == ["Blue Oven"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Nurse", "Enfermeiro/Enfermeira"),
        ("Nurse (m/f/d)", "Enfermeiro/Enfermeira (m/f/d)"),
        ("nurse (all genders)", "enfermeiro/Enfermeira (all genders)"),
        ("(m/f/d) Nurse", "(m/f/d) Enfermeiro/Enfermeira"),
        ("Head (m/f/d) nurse", ""),
    ],
)
def test_segment_that_is_a_term_becomes_its_wording_with_the_mark(source: str, target: str) -> None:
    assert whole_target(source, term("Nurse", "Enfermeiro/Enfermeira"), BRAZIL) == target


def test_term_without_a_wording_makes_no_target() -> None:
    forbidding = Term(language="en", source="nurse", locale=BRAZIL, forbidden=("babá",))
    scope = Glossary([forbidding], SimplemmaForms).scope("en", BRAZIL)
    assert whole_term(Unit(key=UnitKey("title", "Nurse")), scope) is None


def test_origin_changes_with_the_entry() -> None:
    one, two = (glossary_origin(term("nurse", wording), Locale("en"), BRAZIL) for wording in ("a", "b"))
    assert one == EngineOrigin(engine="glossary", model=one.model, route="en→pt")
    assert one.model != two.model


@pytest.mark.parametrize(
    ("text", "span", "masked", "unmasked"),
    [
        ("ask a nurse now", (6, 11), "ask a Q0Q now", "ask a ENF now"),
        ("ask a <b>nurse</b>", (9, 14), "ask a Q0Q", "ask a <b>ENF</b>"),
        ("nurse at Acme", (0, 5), "Q0Q at Q1Q", "ENF at Acme"),
        ("Acme nurse", (0, 10), "Q0Q", "ENF"),
        ("{a}nurse{b}", (3, 8), "Q0Q", "{a}ENF{b}"),
        ("Qnurse", (1, 6), "Q Q0Q", "QENF"),
    ],
)
def test_wording_comes_back_in_the_place_of_the_term(
    text: str, span: tuple[int, int], masked: str, unmasked: str
) -> None:
    hidden = mask(text, Q, ("Acme",), (Replacement(*span, "ENF"),))
    assert (hidden.text, unmask(hidden.text, hidden.originals, Q)) == (masked, unmasked)


def test_two_terms_in_one_hidden_span_are_both_replaced() -> None:
    hidden = mask("<b>nurse</b><i>cook</i>", Q, (), (Replacement(3, 8, "A"), Replacement(15, 19, "B")))
    assert (hidden.text, unmask(hidden.text, hidden.originals, Q)) == ("Q0Q", "<b>A</b><i>B</i>")


def test_segment_that_is_a_kept_name_is_its_own_target() -> None:
    kept = Term(language="en", source="Blue Oven", locale=None, keep=True)
    assert whole_target("Blue Oven", kept, Locale("fr")) == "Blue Oven"
