"""Inline markup: paired tags of the allow list are markup, everything else is text."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from pipeline.model.markup import INLINE_TAGS, SAFE_LINK, TAG, cut_markup, render_markup, split_markup, strip_markup

PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a>",
        "</a>",
        "<sub>",
        "</sub>",
        "<B>",
        "<b >",
        '</a href="x">',
        "<!--",
        "-->",
        '<a href="https://a.example/?x=1&amp;y=2">',
        '<a href="mailto:a@b.example">',
        '<a href="https://a.example\n">',
        '<a href="javascript:alert(1)">',
        '<a href="data:text/html,x">',
        '<b href="https://a.example">',
        '<a href="https://a.example" onclick="x">',
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "<",
        ">",
        "&",
        '"',
        "'",
        "&lt;b&gt;",
        "word",
        " ",
        "ж",
        "\u2060",
    ]
)
MARKED_UP = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)
ALLOWED_TAG = re.compile(
    r'</?(?:a|b|code|em|i|strong|sub|sup|u)>|<a href="(?:https?://|mailto:)[^"<>\s]+" rel="nofollow noopener">',
    re.IGNORECASE,
)


@given(MARKED_UP)
def test_parts_are_the_text_and_every_second_one_is_a_tag(text: str) -> None:
    parts = split_markup(text)
    assert "".join(parts) == text
    assert [part for part in parts[1::2] if not part.startswith("<")] == []


@given(MARKED_UP)
def test_rendered_text_holds_no_angle_bracket_but_those_of_allowed_tags(text: str) -> None:
    rest = ALLOWED_TAG.sub("", render_markup(text))
    assert ("<" in rest, ">" in rest) == (False, False)


@given(MARKED_UP.filter(lambda text: text.isprintable()))
def test_a_parser_of_html_sees_allowed_tags_with_safe_links_only(text: str) -> None:
    tree = lxml_html.fragment_fromstring(f"<div>{render_markup(text)}</div>")
    for element in tree.iterdescendants():
        assert element.tag in INLINE_TAGS
        assert set(element.attrib) <= {"href", "rel"}
        assert SAFE_LINK.match(element.get("href", "https://x"))


@given(MARKED_UP.filter(lambda text: text.isprintable()))
def test_rendered_markup_is_well_formed_and_keeps_the_words(text: str) -> None:
    tree = etree.fromstring(f"<div>{render_markup(text)}</div>")
    assert "".join(map(str, tree.itertext())) == strip_markup(text)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("Use <b>Go</b>", "Use <b>Go</b>"),
        ("if a <b and c> d", "if a &lt;b and c&gt; d"),
        ("<b>open", "&lt;b&gt;open"),
        ("closed</b>", "closed&lt;/b&gt;"),
        ("<b>x</u>y</b>", "<b>x&lt;/u&gt;y</b>"),
        ("<b><i>x</b></i>", "<b>&lt;i&gt;x</b>&lt;/i&gt;"),
        ("<b>a<b>b</b>", "&lt;b&gt;a<b>b</b>"),
        ('<b href="https://a.example">x</b>', '&lt;b href="https://a.example"&gt;x&lt;/b&gt;'),
        (
            '<a href="https://a.example">x</a href="y"></a>',
            '<a href="https://a.example" rel="nofollow noopener">x&lt;/a href="y"&gt;</a>',
        ),
        (
            '<a href="https://a.example/?b=1&amp;c=2">x</a>',
            '<a href="https://a.example/?b=1&amp;c=2" rel="nofollow noopener">x</a>',
        ),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example" rel="nofollow noopener">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="&#106;avascript:alert(1)">x</a>', "x"),
        ('<a href="https://a.example&#10;">x</a>', "x"),
        ('<a href="//a.example">x</a>', "x"),
        ("<a>x</a>", "x"),
        ('<a href="javascript:x"><b>x</b></a>', "<b>x</b>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("Tom & Ana &amp; Eva", "Tom &amp; Ana &amp;amp; Eva"),
    ],
)
def test_only_paired_tags_and_safe_links_are_rendered(text: str, rendered: str) -> None:
    assert render_markup(text) == rendered


@given(MARKED_UP, st.lists(st.integers(min_value=0, max_value=40), max_size=4))
def test_pieces_of_marked_up_text_are_marked_up_alone_and_hold_the_same_words(text: str, cuts: list[int]) -> None:
    tags = [match.span() for match in TAG.finditer(text)]
    places = [place for place in sorted(cuts) if place <= len(text) and not any(a < place < b for a, b in tags)]
    pieces = cut_markup(text, places)
    assert len(pieces) == len(places) + 1
    assert "".join(map(strip_markup, pieces)) == strip_markup(text)


def test_words_are_what_is_left_without_tags() -> None:
    assert strip_markup('See <a href="https://a.example">our <b>page</b></a> if a < b') == "See our page if a < b"


@given(st.text())
def test_text_without_tags_is_shown_as_it_is(text: str) -> None:
    assert unescape(render_markup(text.replace("<", "").replace("&", ""))) == text.replace("<", "").replace("&", "")
