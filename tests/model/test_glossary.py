"""Terms in segments: which of several holds, and where."""

import pytest
from babel import Locale

from pipeline.language.glossary import Glossary, TermScope
from pipeline.language.term import Term
from pipeline.terminology.simplemma_forms import SimplemmaForms

BRAZIL = Locale("pt", "BR")


def must(
    source: str, *required: str, locale: Locale | None = BRAZIL, context: str = "", forbidden: tuple[str, ...] = ()
) -> Term:
    return Term(language="en", source=source, locale=locale, context=context, required=required, forbidden=forbidden)


def scope(*terms: Term, locale: Locale = BRAZIL, language: str = "en") -> TermScope:
    return Glossary(terms, SimplemmaForms).scope(language, locale)


def terms_in(text: str, *terms: Term, context: str = "requirements") -> list[Term]:
    return [occurrence.term for occurrence in scope(*terms).find(text, context)]


def test_narrow_context_wins_there_and_only_there() -> None:
    general, narrow = must("nurse", "enfermagem"), must("nurse", "Enfermeiro", context="title")
    assert terms_in("Nurse", general, narrow, context="title") == [narrow]
    assert terms_in("Nurse", general, narrow, context="title|acme-1") == [narrow]
    assert terms_in("a nurse", general, narrow) == [general]
    assert terms_in("a nurse", narrow) == []


def test_narrow_locale_wins_over_its_language_and_that_over_none() -> None:
    kept = Term(language="en", source="backlog", keep=True)
    language, region = must("backlog", "pendências", locale=Locale("pt")), must("backlog", "lista")
    assert terms_in("the backlog", kept, language, region) == [region]
    assert terms_in("the backlog", kept, language) == [language]
    assert terms_in("the backlog", kept) == [kept]
    assert scope(kept, language, region, locale=Locale("pt", "PT")).find("a backlog", "")[0].term == language
    assert scope(kept, language, region, locale=Locale("fr")).find("a backlog", "")[0].term == kept


def test_script_is_not_a_region() -> None:
    simplified = must("nurse", "护士", locale=Locale("zh", script="Hans"))
    assert scope(simplified, locale=Locale("zh", script="Hant")).terms == ()
    assert scope(simplified, locale=Locale("zh", script="Hans", territory="CN")).terms == (simplified,)


def test_terms_of_another_source_language_do_not_hold() -> None:
    assert scope(must("nurse", "enfermagem"), language="nl").find("nurse", "") == ()


@pytest.mark.parametrize(
    "source", ["Nurse", "nurse", "NURSE", "Nurse (m/f/d)", "Nurse (all genders)", "(f/m/d) nurse", "Nurse - (m/f/d)"]
)
def test_segment_that_is_the_term_is_whole(source: str) -> None:
    term = must("nurse", "enfermeiro")
    assert scope(term).find_whole(source, "title") == term


@pytest.mark.parametrize("source", ["Nurses", "Head nurse", "Nurse, Lisbon", ""])
def test_segment_that_says_more_is_not_whole(source: str) -> None:
    assert scope(must("nurse", "enfermeiro")).find_whole(source, "title") is None


def test_either_gender_of_a_source_is_the_term() -> None:
    term = must("waiter/waitress", "garçom/garçonete")
    found = [scope(term).find_whole(source, "title") for source in ("Waiter", "waitress", "Waiter/Waitress (m/f/d)")]
    assert found == [term] * 3
    assert terms_in("two waitresses", term) == [term]


def test_own_name_goes_before_a_gender_of_another() -> None:
    own, shared = must("actor", "ator"), must("actor/actress", "ator/atriz")
    assert scope(shared, own).find_whole("Actor", "") == own
    assert scope(own, shared).find_whole("Actor", "") == own


def test_acronym_is_whole_only_in_capitals() -> None:
    term = must("IT", "TI")
    assert [scope(term).find_whole(source, "") for source in ("IT", "It")] == [term, None]


def test_kept_name_is_found_as_it_is_written() -> None:
    term = Term(language="en", source="Blue Oven", keep=True)
    assert terms_in("the Blue Oven and a blue oven", term) == [term]
    assert [scope(term).find_whole(source, "") for source in ("Blue Oven", "blue oven")] == [term, None]


def test_wording_can_be_forbidden_everywhere_and_in_a_context_more() -> None:
    general = must("", forbidden=("ninja",))
    narrow = must("", forbidden=("rockstar",), context="title")
    holding = scope(general, narrow)
    assert (holding.forbidden_everywhere("title"), holding.forbidden_everywhere("offer")) == (
        ("ninja", "rockstar"),
        ("ninja",),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": "nurse"},
        {"source": "nurse", "keep": True, "required": ("enfermeiro",)},
        {"source": "", "keep": True},
        {"source": "", "required": ("enfermeiro",)},
        {"source": "nurse", "required": ("a", "B"), "forbidden": ("b",)},
    ],
)
def test_term_that_contradicts_itself_cannot_exist(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"term|wording"):
        Term(language="en", **wrong)  # type: ignore[arg-type]


def test_scope_without_terms_finds_nothing() -> None:
    empty = scope()
    assert (empty.find("nurse", ""), empty.find_whole("nurse", ""), empty.forbidden_everywhere("")) == ((), None, ())


def test_first_of_two_terms_that_hold_alike_stays() -> None:
    one, two = must("nurse", "enfermeiro"), must("Nurse", "técnico")
    assert terms_in("a nurse", one, two) == [one]
