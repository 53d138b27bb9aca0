"""No engine gets more than it can bear: what is long is asked in sentences and clauses, and joined as it was."""

import re

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.ladder import Cut
from pipeline.translation.protection import Marker, mask
from pipeline.translation.questions import MAX_ASKED_CHARS, MAX_ASKED_WORDS, Question, fits, question_for

Q = Marker(form="Q{}Q")
CLAUSE = "we bake {name} with salt and water"
PIECES = st.sampled_from(
    [
        *"a.;,:– ",
        "bread ",
        "jobs@a.example ",
        "<b>",
        "</b>",
        "and ",
        "Q3Q",
        "{name}",
        "5. ",
        "。",
        "パン",
        "wide-",
        "? ",
    ]
)


def asked(text: str, cut: Cut = Cut.NONE) -> Question:
    question = question_for(mask(text, Q), Q, "en", cut)
    assert question is not None
    return question


def echo(question: Question, locale: str = "pt") -> str:
    return question.target({text: text for text in question.asked}, Locale(locale))


def bare(text: str) -> str:
    """Return a text without what a border or the middle of a sentence changes."""
    return re.sub(r"\s", "", text).lower().replace("。", ".")


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(Cut), st.integers(1, 30))
def test_what_is_asked_is_within_bounds_and_nothing_is_lost_between_the_pieces(text: str, cut: Cut, times: int) -> None:
    question = question_for(mask(text * times, Q), Q, "en", cut)
    if question is not None:
        assert all(fits(each) for each in question.asked)
        assert bare(echo(question)) == bare(text * times)


def test_short_text_is_asked_as_it_is() -> None:
    assert asked("We bake; you sell, and all eat. Come!").asked == ("We bake; you sell, and all eat. Come!",)


def test_long_text_is_asked_in_as_many_sentences_as_fit_and_equal_ones_once() -> None:
    sentence = "We bake {name} with salt and water and more of it every day."
    question = asked(" ".join([sentence] * 40))
    assert [len(each) // len(sentence) for each in question.asked] == [16, 15, 6]
    assert echo(question) == " ".join([sentence] * 40)


@pytest.mark.parametrize("border", ["; ", ", ", ": ", " – ", " and "])
def test_long_sentence_is_asked_in_its_clauses(border: str) -> None:
    text = border.join([CLAUSE] * 20) + "."
    question = asked(text)
    assert 1 <= len(question.asked) < len(question.pieces)
    assert all(len(each.split()) <= MAX_ASKED_WORDS for each in question.asked)
    assert echo(question) == text


def test_sentence_without_borders_beyond_the_bound_is_not_asked() -> None:
    assert question_for(mask("bread " * (MAX_ASKED_WORDS + 1), Q), Q, "en") is None
    assert question_for(mask("パ" * (MAX_ASKED_CHARS + 1), Q), Q, "ja") is None
    assert question_for(mask("it is {a} " * 100, Q), Q, "en") is None


def test_markers_count_anew_in_each_piece() -> None:
    question = asked("bake {a} daily, weekly {b} and then {c}", Cut.CLAUSES)
    assert question.asked == ("bake Q0Q daily, weekly Q1Q and then Q2Q",)
    long = asked("we bake {a} daily in the town by the sea, we sell {b} weekly at the old harbour", Cut.CLAUSES)
    assert long.asked == ("we bake Q0Q daily in the town by the sea", "we sell Q0Q weekly at the old harbour")


def test_parts_are_asked_without_what_is_hidden_between_them() -> None:
    question = asked("Call Jo, or write to jo@example.org.", Cut.PARTS)
    assert question.asked == ("Call Jo, or write to",)
    answers = {"Call Jo, or write to": "Ligue para Jo, ou escreva para."}
    assert question.target(answers, Locale("pt")) == "Ligue para Jo, ou escreva para jo@example.org."


def test_pieces_are_joined_as_the_script_of_the_target_is_written() -> None:
    sentences = " ".join(f"{CLAUSE.capitalize()} {number}." for number in range(40))
    joined = echo(asked(sentences), "ja")
    assert re.findall(r"\d+\.(?=We)", joined) == ["26."]
    wide = "、".join(["パンを焼きます" * 20] * 12)
    question = question_for(mask(wide, Q), Q, "ja")
    assert question is not None
    assert (len(question.pieces), echo(question).count(", ")) == (2, 1)
    assert bare(echo(question)).replace(",", "、") == wide


def test_text_of_which_nothing_is_language_is_not_asked() -> None:
    question = asked("{a} – {b} 5")
    assert (question.asked, echo(question)) == ((), "{a} – {b} 5")


def test_piece_of_which_nothing_came_back_leaves_the_whole_without_a_target() -> None:
    question = asked("bread {a} butter", Cut.PARTS)
    assert question.target({"bread": "pão", "butter": ""}, Locale("pt")) == ""
