"""Phrases in running text: by word forms, the longest first, none overlapping."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.phrases import Match, Phrase, PhraseIndex, WordedText
from pipeline.language.word_forms import ExactForms, Form, WordForms, split_words
from pipeline.terminology.simplemma_forms import SimplemmaForms

ENGLISH, GERMAN, PORTUGUESE = SimplemmaForms("en"), SimplemmaForms("de"), SimplemmaForms("pt")


def found(text: str, *wordings: str, forms: WordForms = ENGLISH, exact: bool = False) -> list[str]:
    index = PhraseIndex([(Phrase.of(wording, exact=exact), wording) for wording in wordings], forms)
    return [text[match.start : match.stop] for match in index.find(text)]


@pytest.mark.parametrize(
    ("language", "wording", "text"),
    [
        ("en", "Nurse", "two nurses"),
        ("en", "nurse", "Nurses wanted"),
        ("en", "nurse", "HEAD NURSE"),
        ("en", "nurse", "the nurse's room"),
        ("en", "company", "companies"),
        ("en", "woman", "women"),
        ("de", "Pflegefachkraft", "drei Pflegefachkräfte"),
        ("de", "Pflegefachmann", "Pflegefachmänner"),
        ("de", "Koch", "Köche"),
        ("pt", "formação", "formações"),
        ("pt", "hospital", "hospitais"),
        ("fr", "infirmier", "les infirmiers"),
        ("fr", "infirmier", "l’infirmier"),
        ("es", "director", "directores"),
        ("pl", "pielęgniarka", "pielęgniarki"),
        ("xx", "foo", "Foo bar"),
        ("ja", "看護師", "正看護師を募集"),
        ("zh", "护士", "资深护士长"),
        ("th", "พยาบาล", "รับสมัครพยาบาลวิชาชีพ"),
        ("ko", "간호사", "간호사는"),
        ("hi", "नर्स", "वरिष्ठ नर्स"),
    ],
)
def test_forms_of_a_word_match(language: str, wording: str, text: str) -> None:
    assert len(found(text, wording, forms=SimplemmaForms(language))) == 1


@pytest.mark.parametrize(
    ("language", "wording", "text"),
    [
        ("en", "engineer", "an engineering team"),
        ("en", "nurse", "nursing degree"),
        ("en", "manager", "change management"),
        ("en", "IT", "make it work"),
        ("en", "QA", "qa"),
        ("en", "C", "C++ and C#"),
        ("en", "data engineer", "data, engineer"),
        ("en", "nurse", "a nurse-led ward"),
        ("en", "nurse", "see https://nurse.example/jobs"),
        ("en", "head nurse", "<b>head</b> nurse"),
        ("de", "Koch", "wir kochen"),
        ("de", "Verkäufer", "der Verkauf"),
        ("xx", "foo", "foos"),
    ],
)
def test_other_words_do_not(language: str, wording: str, text: str) -> None:
    assert found(text, wording, forms=SimplemmaForms(language)) == []


@pytest.mark.parametrize("text", ["full-time work", "full time work", "Full-Time work", "full\u00a0time work"])
def test_space_and_hyphen_are_one(text: str) -> None:
    assert len(found(text, "full-time")) == 1


def test_signs_are_part_of_a_name() -> None:
    assert found("C++ developer, C# developer", "C++ developer", "C#") == ["C++ developer", "C#"]


def test_longest_wins_and_none_overlap() -> None:
    assert found("the head nurse and a nurse manager", "nurse", "head nurse", "nurse manager") == [
        "head nurse",
        "nurse manager",
    ]
    assert found("head nurse manager", "head nurse", "nurse manager") == ["nurse manager"]


def test_exact_phrase_is_found_as_written_only() -> None:
    assert found("Go and go, Goes, GO", "Go", exact=True) == ["Go"]


def test_words_inside_tags_and_protected_spans_are_not_text() -> None:
    assert found("<b>nurse</b> at nurse@b.example", "b", "nurse") == ["nurse"]


def test_value_and_place_come_with_the_match() -> None:
    index = PhraseIndex([(Phrase.of("nurse"), 7)], ENGLISH)
    assert index.find("Two nurses.") == (Match(4, 10, 7),)


def test_wording_in_a_text_is_found_in_hyphenated_words_too() -> None:
    assert WordedText("IT-Leiter und Leiter", GERMAN).find("Leiter", Form.inflects) == ((3, 9), (14, 20))


@pytest.mark.parametrize(
    ("wording", "holds"),
    [("Schicht", True), ("schicht", True), ("Schich", False), ("(Schicht)", True), ("Nacht", False)],
)
def test_wording_as_it_is_needs_no_forms(wording: str, *, holds: bool) -> None:
    assert WordedText("Die (Schicht)", ExactForms()).holds(wording) is holds


def test_gender_tells_words_apart_where_it_is_asked_for() -> None:
    text = WordedText("a enfermeira e as enfermeiras", PORTUGUESE)
    assert len(text.find("enfermeiro", Form.inflects)) == 2
    assert text.find("enfermeiro", Form.repeats) == ()
    assert len(text.find("enfermeira", Form.repeats)) == 2


@given(st.text())
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = split_words(text)
    assert all(0 <= word.start < word.stop <= len(text) for word in words)
    assert all(one.stop <= two.start for one, two in itertools.pairwise(words))


@given(st.text(), st.lists(st.text(min_size=1), max_size=4))
def test_any_text_can_be_searched_for_any_wording(text: str, wordings: list[str]) -> None:
    index = PhraseIndex([(Phrase.of(wording), wording) for wording in wordings], ExactForms())
    matches = index.find(text)
    assert all(one.stop <= two.start for one, two in itertools.pairwise(matches))
