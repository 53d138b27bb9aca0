"""Laws of reading a body: no word is lost or moved, what was read stays as it is, no text takes long."""

import contextlib
import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.formats.json_lines import parse_json_line
from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.reading.assembly import build_posting
from pipeline.intake.reading.bodies.forms import Form
from pipeline.intake.reading.bodies.lines import without_invisible
from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord, RecordError
from pipeline.model.markup import strip_markup

LEXICON = load_headings()
WORD = re.compile(r"[^\W_]+")
WORDS = st.sampled_from(
    [
        "bread",
        "Ovens",
        "REQUIREMENTS",
        "Requirements",
        "Benefits",
        "Node.js",
        "JavaScript",
        "c",
        "Brötchen",
        "ß",
        "хлеб",
        "Печи",
        "パン",
        "焼く",
        "خبز",
        "לחם",
        "रोटी",
        "ขนมปัง",
        "빵",
        "Responsabilidades e atribuições",
        "400",
        "5th",
    ]
)
SIGNS = st.sampled_from(
    [
        " ",
        " ",
        " ",
        "\n",
        "\n",
        "\n\n",
        "\n  ",
        ". ",
        ".",
        ", ",
        ": ",
        ":\n",
        "; ",
        ";",
        "! ",
        "?",
        " - ",
        "\n- ",
        "\n* ",
        "\n• ",
        " • ",
        "\n-",
        "\n1) ",
        "\n✅ ",
        " 🔥 ",
        "🔥",
        "\n■",
        "【",
        "】",
        "(",
        ")",
        "\xad",
        "\u200b",
        "&amp; ",
        "&nbsp;",
    ]
)
TEXT = st.lists(WORDS | SIGNS, max_size=40).map("".join)
PIECES = st.lists(
    WORDS.map(lambda word: f" {word} ")
    | st.sampled_from(
        [
            "<p>",
            "</p>",
            "<ul>",
            "<ol>",
            "</ul>",
            "</ol>",
            "<li>",
            "</li>",
            "<h2>",
            "</h2>",
            "<h3>",
            "</h3>",
            "<br>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</tr>",
            "</table>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<blockquote>",
            "<span>",
            "</span>",
            "\n",
            "• ",
            "- ",
            ": ",
            "; ",
            ". ",
        ]
    ),
    max_size=40,
).map("".join)
MARKDOWN = st.lists(
    WORDS.map(lambda word: f"{word} ")
    | st.sampled_from(
        [
            "\n\n",
            "\n",
            "\n## ",
            "\n- ",
            "\n* ",
            "\n  - ",
            "\n> ",
            "**",
            "**",
            "*",
            "\\-",
            "\\*",
            ". ",
            ": ",
            "\n\n---\n\n",
            "\n    ",
            "`",
            "\n| ",
            " | ",
            "\n|---|\n",
        ]
    ),
    max_size=40,
).map("".join)


def words(text: str) -> list[str]:
    return WORD.findall(without_invisible(text))


def words_read(text: str, form: Form) -> list[str]:
    return [
        word
        for section in read_body(text, LEXICON, form=form)
        for line in (section.heading, *(block.text for block in section.blocks))
        for word in WORD.findall(strip_markup(line))
    ]


def letters(found: list[str]) -> str:
    """Return words as one: where two were glued, a seam makes two of them."""
    return "".join(found)


def without_numbers(text: str) -> str:
    """Return text without the numbers that may count its items."""
    return re.sub(r"(?m)^\s*\d+\)\s", "", text)


@given(TEXT)
def test_no_word_of_a_text_is_lost_and_their_order_stays(text: str) -> None:
    read = without_numbers("\n".join(words_read(text, Form.TEXT))).replace("\n", "")
    assert read.replace("1", "") == letters(words(html.unescape(text))).replace("1", "")


@given(PIECES)
def test_no_word_of_html_is_lost_and_their_order_stays(text: str) -> None:
    assert letters(words_read(text, Form.HTML)) == letters(words(re.sub("<[^<>]*>", " ", text)))


@given(MARKDOWN)
def test_no_word_of_markdown_is_lost_and_their_order_stays(text: str) -> None:
    assert letters(words_read(text, Form.MARKDOWN)) == letters(words(text))


@given(TEXT | PIECES | MARKDOWN)
def test_what_was_read_is_read_again_as_it_is(text: str) -> None:
    try:
        posting = build_posting(PostingRecord(id="a", title="Baker", description=f"We bake. {text}"), lexicon=LEXICON)
    except RecordError:
        return
    line = serialize_posting(posting)
    assert build_posting(parse_json_line(line), lexicon=LEXICON).sections == posting.sections


@pytest.mark.parametrize(
    "fragment",
    [
        "a",
        "aB",
        "a.B",
        "• a ",
        "• a\n",
        "- A ",
        "🔥a",
        "A;a",
        "<b>",
        "<ul><li>a",
        "<table><tr><td>a<td>b",
        "**a",
        "_a_",
        "a@a.",
        "http://",
        "Requirements:",
        "&lt;p&gt;",
        "<!--",
        "&amp;",
        "[a](",
        "1. a ",
        "\n",
        "> ",
        "\u200b",
        "aB;c: ",
    ],
)
def test_time_grows_with_the_length_only(fragment: str) -> None:
    def seconds(length: int) -> float:
        text = (fragment * (length // len(fragment) + 1))[:length]
        started = time.process_time()
        for form in Form:
            with contextlib.suppress(RecordError):  # nested too deeply
                read_body(text, LEXICON, form=form)
        return time.process_time() - started

    # What else the machine does, and the collector of what other tests have left, may make one measurement longer.
    assert any(seconds(32_000) < max(10 * seconds(8_000), 1) for _ in range(3))
