"""What an engine may not touch: hidden, put back, and never repaired by guess."""

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.language.scripts import foreign_words
from pipeline.translation.protection import Hidden, Marker, MarkerError, mask, unmask
from pipeline.translation.questions import question_for

Q = Marker(form="Q{}Q")
LETTERS = Marker(form="Q{}Q", for_letters=True)
MARKERS = [Q, Marker(form="PH{}"), Marker(form="__{}__"), Marker(form="[{}]")]
PIECES = st.sampled_from(
    [
        "Q",
        "q",
        "0",
        "1",
        "Q0Q",
        "q1q",
        "Q1",
        "1Q",
        "QQ",
        "Q٣Q",
        "Q0000000Q",
        "PH0",
        "ph1",
        "PH",
        "_",
        "__0__",
        "__1_",
        "[0]",
        "[",
        "]",
        "x",
        " ",
        "  ",
        ".",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "{name}",
        "{Q0Q}",
        "{}",
        "%s",
        "C++",
        "Ph.D.",
        "Node.js",
        "🍞",
        "jobs@a.example",
        "https://a.example/Q0Q",
        '<a href="https://a.example/Q1Q">',
        "</a>",
        "(m/w/d)",
        "Acme",
        "CO<sub>2</sub>",
        "10<sup>3</sup>",
        "<sup>",
        "</sup>",
        "Dr. ",
        "Young",
        "B",
        "@",
        "パン",
        "خبز",
        "хлеб",
        "é",
        "\u00a0",
        "\n",
        "ß",
        "ſ",
        "K",
        "iOS",
        "aQ0Qb",
    ]
)
TEXTS = st.text() | st.lists(PIECES, max_size=15).map("".join) | st.lists(PIECES, max_size=8).map(" ".join)


@pytest.mark.parametrize("marker", MARKERS)
@given(text=TEXTS)
@example(text="xQ0Qy")
@example(text="Q1{name}")
@example(text="{name}5 or 5{name}")
@example(text="__1_{name}")
@example(text="Q" + "9" * 5000 + "Q")
def test_unmask_undoes_mask(marker: Marker, text: str) -> None:
    masked = mask(text, marker, ("Acme", "パン"))
    assert unmask(masked.text, masked.originals, marker) == text


@given(text=TEXTS)
def test_engine_that_writes_markers_small_does_no_harm(text: str) -> None:
    masked = mask(text, Q)
    lowered = Q.pattern.sub(lambda match: match[0].lower(), masked.text)
    assert unmask(lowered, masked.originals, Q) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to jobs@a.example.", "Write to Q0Q."),
        ("Use <b>Go or Zig</b>.", "Use Q0Q Go or Zig Q1Q."),
        ("Use <b>C++</b>, please", "Use Q0Q, please"),
        ("Join Acme or Acmeist", "Join Q0Q or Acmeist"),
        ("See Q0Q and {name}", "See Q0Q and Q1Q"),
        ("From 5{unit} up", "From 5 Q0Q up"),
        ("plain text", "plain text"),
        ("From 10<sup>3</sup> to <b>CO<sub>2</sub></b>", "From Q0Q to Q1Q"),
        ("Ask Mrs. Baker or Dr. Young", "Ask Mrs. Q0Q or Dr. Q1Q"),
        ("Bread @ Kestrel", "Bread Q0Q Kestrel"),
        ("The 1<sup>st</sup> loaf", "The 1 Q0Q st Q1Q loaf"),
    ],
)
def test_protected_spans_are_hidden_behind_numbered_markers(text: str, masked: str) -> None:
    assert mask(text, Q, ("Acme",)).text == masked


@pytest.mark.parametrize(
    ("translated", "seen"),
    [
        ("Escreva a e", []),
        ("Escreva a Q0Q", [0]),
        ("Escreva a Q0Q, Q0Q e Q1Q", [0, 0, 1]),
        ("Escreva a Q0Q e Q2Q", [0, 2]),
        ("Escreva a Q0Q e Q1Q e Q2Q", [0, 1, 2]),
        ("Escreva a Q0 Q e Q1Q", [1]),
    ],
)
def test_marker_that_was_lost_doubled_or_invented_is_an_error(translated: str, seen: list[int]) -> None:
    originals = (Hidden(text="{a}"), Hidden(text="{b}"))
    with pytest.raises(MarkerError) as caught:
        unmask(translated, originals, Q)
    assert caught.value.seen == seen


@pytest.mark.parametrize("translated", ["Q0QQ", "QQ0Q", "7Q0Q", "a Q0Qq"])
def test_part_of_a_marker_beside_one_is_an_error(translated: str) -> None:
    with pytest.raises(MarkerError):
        unmask(translated, (Hidden(text="Acme"),), Q)


def test_markers_may_change_places() -> None:
    assert unmask("Q1Q de Q0Q", (Hidden(text="Acme"), Hidden(text="{b}")), Q) == "{b} de Acme"


def test_engine_that_loops_makes_no_number_that_cannot_be_read() -> None:
    with pytest.raises(MarkerError):
        unmask("Q" + "0" * 5000 + "Q", (Hidden(text="{a}"),), Q)


def test_space_that_sets_a_tag_off_is_taken_away_again_only_there() -> None:
    masked = mask("Use <b>Go</b> now", Q)
    assert unmask("Usa Q0Q Go Q1Q ahora", masked.originals, Q) == "Usa <b>Go</b> ahora"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("We speak Русский and 日本語 here", "We speak Q0Q and Q1Q here"),
        ("The word مرحبا means hello", "The word Q0Q means hello"),
        ("Café Zoë in São Paulo", "Café Zoë in São Paulo"),
    ],
)
def test_words_of_a_script_of_neither_language_are_hidden(text: str, masked: str) -> None:
    hidden = mask(text, Q, foreign=foreign_words("Latn"))
    assert hidden.text == masked
    assert unmask(hidden.text, hidden.originals, Q) == text


@given(text=TEXTS)
def test_unmask_undoes_mask_with_letters_too(text: str) -> None:
    masked = mask(text, LETTERS)
    assert unmask(masked.text, masked.originals, LETTERS) == text


def test_letters_are_hidden_from_the_engines_that_want_it() -> None:
    text = "The <b>shift A</b> writes R, level B1."
    assert mask(text, Q).text == "The Q0Q shift A Q1Q writes R, level B1."
    assert mask(text, LETTERS).text == "The Q0Q shift Q1Q writes Q2Q, level Q3Q."


def test_words_in_the_script_of_one_of_the_languages_are_not_hidden() -> None:
    assert mask("Мы говорим по-русски и 日本語", Q, foreign=foreign_words("Cyrl", "Jpan")).originals == ()


@given(st.lists(PIECES | st.sampled_from(["日本語", "Русский", "عربي", "ไทย"]), max_size=12).map("".join))
def test_unmask_undoes_mask_with_words_of_other_scripts_too(text: str) -> None:
    hidden = mask(text, Q, foreign=foreign_words("Latn"))
    assert unmask(hidden.text, hidden.originals, Q) == text


def test_tag_that_closes_before_it_opens_is_an_error() -> None:
    masked = mask("Use <b>Go</b> daily", Marker(form="Q{}Q"), ())
    first, second = "Q0Q", "Q1Q"
    assert (first in masked.text, second in masked.text) == (True, True)
    swapped = masked.text.replace(first, "?").replace(second, first).replace("?", second)
    with pytest.raises(MarkerError):
        unmask(swapped, masked.originals, Marker(form="Q{}Q"))


def test_code_is_hidden_whole() -> None:
    masked = mask("Run <code>make all</code> first", Marker(form="Q{}Q"), ())
    assert "make" not in masked.text
    assert unmask(masked.text, masked.originals, Marker(form="Q{}Q")) == "Run <code>make all</code> first"


def test_marker_that_an_engine_invents_is_an_error_where_nothing_was_hidden() -> None:
    question = question_for(mask("bread and butter", Q), Q, "en")
    assert question is not None
    with pytest.raises(MarkerError):
        question.target({"bread and butter": "Q0Q manteiga"}, Locale("pt"))
