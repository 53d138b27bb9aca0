"""A sentence that names a duty by a bare verb is asked as an infinitive; what that brings into the answer comes off."""

import re

import pytest

from pipeline.language.duties import CONTEXTS, Duties, duties_of
from pipeline.language.knowledge import knowledge

ITEM = "responsibilities"


@pytest.fixture(scope="module")
def duties() -> Duties:
    found = duties_of("en", "pt")
    assert found is not None
    return found


@pytest.mark.parametrize("pair", [("en", "de"), ("pt", "en"), ("de", "pt"), ("en", "xx"), ("xx", "pt")])
def test_pair_without_an_entry_is_asked_as_it_is_written(pair: tuple[str, str]) -> None:
    assert duties_of(*pair) is None


@pytest.mark.parametrize(
    "source",
    [
        "Manage a shop",
        "Act as a guide",
        "Lead client onboarding",
        "Lead, motivate and develop teams",
        "Draft and negotiate contracts",
        "Bake & sell bread",
        "Coach auditors",
        "Design UI for both shops",
        "Design new menus",
        "Design scalable services",
        "Design end-to-end journeys for guests",
        "Mentor the trainees",
        "Train new drivers",
        "Proactively manage a shop",
        "Test regularly and write it down",
    ],
)
def test_sentence_that_begins_with_a_verb_is_a_duty(duties: Duties, source: str) -> None:
    assert duties.asked(source, ITEM) == f"To {source[0].lower()}{source[1:]}"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "…",
        "Manage",
        "Manager of a shop",
        "Lead engineer with us all over the country",
        "Lead time: two weeks",
        "Train driver",
        "Secure laptop",
        "Lead, in a small team",
        "Track record of success",
        "Design experience",
        "Design is what we do",
        "Draft of a contract",
        "Process analysis",
        "Work experience",
        "Independently owned",
        "Report Writing Courses",
        "Support for new parents",
    ],
)
def test_noun_is_no_duty(duties: Duties, source: str) -> None:
    assert duties.asked(source, ITEM) == source


@pytest.mark.parametrize(
    "source",
    [
        "Apply now with your portfolio",
        "Join a great team",
        "Email the bakery",
        "Check out our page",
        "Learn more about benefits",
        "Build bread with us",
        "Create an account here",
        "Build the future of bread!",
        "Manage a shop? Write today",
        "Manage a shop at https://a.example",
        "Manage a shop, jobs@a.example",
    ],
)
def test_call_to_the_reader_is_no_duty(duties: Duties, source: str) -> None:
    assert duties.asked(source, ITEM) == source


@pytest.mark.parametrize("context", ["title", "heading", "offer", "about", "process", "title|job-1"])
def test_duties_stand_neither_in_titles_nor_in_what_a_company_offers(duties: Duties, context: str) -> None:
    assert duties.asked("Manage a shop", context) == "Manage a shop"


@pytest.mark.parametrize("context", [*sorted(CONTEXTS), "responsibilities|job-1"])
def test_duties_stand_in_lists_and_in_texts(duties: Duties, context: str) -> None:
    assert duties.asked("Manage a shop", context) == "To manage a shop"


def test_each_sentence_that_names_a_duty_is_asked_as_one(duties: Duties) -> None:
    source = "• Lead tours: Guide new guests. They come by bus. Write reports"
    assert duties.asked(source, ITEM) == "• To lead tours: To guide new guests. They come by bus. To write reports"
    answer = "• Para liderar passeios: Para guiar hóspedes. Para eles há ônibus. Para escrever relatórios"
    assert duties.answered(source, ITEM, answer) == (
        "• Liderar passeios: Guiar hóspedes. Para eles há ônibus. Escrever relatórios"
    )


def test_verb_behind_a_tag_is_a_duty(duties: Duties) -> None:
    source = "<b>Design new menus</b> for guests"
    assert duties.asked(source, ITEM) == "<b>To design new menus</b> for guests"
    assert duties.answered(source, ITEM, "<b>Para projetar menus</b> para hóspedes") == (
        "<b>Projetar menus</b> para hóspedes"
    )


def test_text_whose_first_sentence_is_none_is_left(duties: Duties) -> None:
    source = "A small bakery. Manage a shop"
    assert duties.asked(source, ITEM) == source


@pytest.mark.parametrize(
    ("source", "answer", "wanted"),
    [
        ("Manage a shop", "Para gerenciar uma loja", "Gerenciar uma loja"),
        ("Manage a shop", "Gerenciar uma loja", "Gerenciar uma loja"),
        ("manage a shop", "Para gerenciar uma loja", "gerenciar uma loja"),
        ("Keep informed", "Para se manter informado", "Manter-se informado"),
        ("Manage a shop", "Gerencie uma loja", ""),
        ("Manage a shop", "Para o gerente", ""),
        ("Manage a shop", "", ""),
    ],
)
def test_answer_that_is_no_infinitive_is_not_kept(duties: Duties, source: str, answer: str, wanted: str) -> None:
    assert duties.answered(source, ITEM, answer) == wanted


def test_answer_in_other_sentences_is_kept_only_where_one_duty_was_asked(duties: Duties) -> None:
    answer = "Para gerenciar uma loja e escrever"
    assert duties.answered("Manage a shop. Bread is sold.", ITEM, answer) == "Gerenciar uma loja e escrever"
    assert duties.answered("Manage a shop. Write reports.", ITEM, answer) == ""


def test_no_word_stands_in_two_lists_of_verbs() -> None:
    table = knowledge("en").table("duties")
    verbs = [*table["only"], *table["mostly"], *table["also"]]
    assert len(verbs) == len(set(verbs))
    assert not [verb for verb in verbs if not re.fullmatch(r"[a-z-]+( [a-z-]+)?", verb)]


def test_what_invites_readers_to_apply_is_no_verb_of_duties() -> None:
    table = knowledge("en").table("duties")
    calls = {"apply", "call", "check", "click", "contact", "email", "find", "join", "learn", "read", "see", "send"}
    assert calls.isdisjoint([*table["only"], *table["mostly"], *table["also"]])
