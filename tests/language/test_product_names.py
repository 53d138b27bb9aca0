"""Names of technologies, products and firms are found by a list; what is a word too only by what stands beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.knowledge import languages
from pipeline.language.limits import MAX_SEGMENT_CHARS
from pipeline.language.product_names import find_names, listed_names, lost_names

SIGNS = st.sampled_from(["Go", "Teams", "Python", "node.js", "Google", " ", ", ", "/", "and ", "in ", ". ", "x", "C++"])


def names_in(text: str, language: str = "en") -> list[str]:
    return [text[start:stop] for start, stop in find_names(text, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Python, Django and Postgres", ["Python", "Django", "Postgres"]),
        ("Python developer at Uber Eats", ["Python", "Uber Eats"]),
        ("python and PYTHON, a Pythonist", []),
        ("the Google Sheets, Teams and Slides of the team", ["Google Sheets", "Teams", "Slides"]),
        ("Uber for Business’s clients", ["Uber for Business"]),
        ("Excel-Kenntnisse, Linux-Server", ["Linux"]),
        ("write to Python@a.example, @Python or #Python", []),
    ],
)
def test_listed_name_is_found_as_it_is_written(text: str, found: list[str]) -> None:
    assert names_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Go, Rust and PostgreSQL", ["Go", "Rust"]),
        ("PostgreSQL, Rust, Go", ["Rust", "Go"]),
        ("React + Redux", ["React", "Redux"]),
        ("Ember/Backbone", ["Ember", "Backbone"]),
        ("experience with React, in teams", ["React"]),
        ("services in Go and more", ["Go"]),
        ("React to changes and Excel at Sales", []),
        ("Go to market with our Sales Teams", []),
        ("our Sales Teams Excel", []),
        ("we start in Spring 2027 with Access Management", []),
    ],
)
def test_word_is_a_name_beside_another_or_behind_a_small_word(text: str, found: list[str]) -> None:
    assert names_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("python", ["python"]),
        (" ruby on rails ", ["ruby on rails"]),
        ("Stack: react.js, ruby on rails, postgres, AWS", ["ruby on rails", "postgres", "AWS"]),
        ("we run postgres/docker", ["postgres", "docker"]),
        ("a ruby developer who works in docker", []),
        ("guard rails, a flask", []),
        ("go", []),
    ],
)
def test_name_in_small_letters_is_one_by_itself_or_in_a_list(text: str, found: list[str]) -> None:
    assert names_in(text) == found


def test_capital_says_nothing_where_every_noun_has_one() -> None:
    assert names_in("Erfahrung mit Word.", "de") == []
    assert names_in("Erfahrung mit Word und Excel", "de") == ["Word", "Excel"]


@pytest.mark.parametrize(
    ("source", "target", "lost"),
    [
        ("React and Redux", "Reagir e Redux", ("React",)),
        ("Google Sheets", "Fichas do Google", ("Sheets",)),
        ("Google Ads, Excel", "Google-Ads- ja Excelin", ()),
        ("Python, Python", "a cobra", ("Python",)),
        ("Bradesco Saúde", "Bradesco SaúdeQ", ("Bradesco Saúde",)),
        ("Uber", "aUber, Uber2, Uber", ()),
        ("no name", "nenhum", ()),
    ],
)
def test_lost_name_is_told(source: str, target: str, lost: tuple[str, ...]) -> None:
    assert lost_names(source, target, "en") == lost


def test_text_that_no_engine_sees_has_no_names() -> None:
    assert find_names("Python " * MAX_SEGMENT_CHARS, "en") == ()


def test_every_listed_name_is_found_beside_another() -> None:
    assert [name for name in listed_names() if names_in(f"Kubernetes, {name}") != ["Kubernetes", name]] == []


def test_name_is_listed_once_and_has_a_capital() -> None:
    names = listed_names()
    assert len(names) == len(set(names))
    assert [name for name in names if name == name.lower()] == []


@given(st.lists(SIGNS).map("".join), st.sampled_from(languages()))
def test_names_are_in_order_and_apart(text: str, language: str) -> None:
    spans = find_names(text, language)
    flat = [place for span in spans for place in span]
    assert flat == sorted(flat)
    assert lost_names(text, text, language) == ()
