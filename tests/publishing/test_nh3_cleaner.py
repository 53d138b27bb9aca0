"""The last wall changes no byte of what is ours and lets nothing else through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.markup import INLINE_TAGS, render_markup
from pipeline.publishing.feeds.nh3_cleaner import clean_html

ADDRESSES = st.sampled_from(
    [
        "https://a.example/",
        "HTTPS://A.example/É?x=1&amp;y=[2]#%z",
        "http://пример.example:8080/путь",
        "https://例え.example/求人",
        "mailto:jobs@a.example?subject=Bewerbung%20&amp;%20mehr",
        "javascript:alert(1)",
        "//a.example",
    ]
)
# Everything that the intake leaves in a text: no control characters, no lone surrogates.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff\ufff9\ufffa\ufffb")
WORDS = st.text(LETTERS, max_size=12) | st.sampled_from(
    [
        "Bac\u00a0+\u202f3",
        "&nbsp; &lt;b&gt; &amp;amp; &",
        "موظف\u200f استقبال",
        "नर्स\u200d",
        "求人　募集",
        "<script>x</script>",
        "x < y > z",
        "<!-- --> <![CDATA[",
        "</p></li></div>",
        "👩🏽‍⚕️",
    ]
)
TAGS = st.sampled_from(sorted(INLINE_TAGS - {"a"}))
LINKED = st.builds(lambda address, words: f'<a href="{address}">{words}</a>', ADDRESSES, WORDS)
WRAPPED = st.builds(lambda tag, inner: f"<{tag}>{inner}</{tag}>", TAGS, WORDS | LINKED)
DANGEROUS = st.sampled_from(
    ["<svg", "<math", "<p", "</p>", " onload=", " href=", " style=", "<!--", ">", "'", '"', "&#"]
)
SEGMENTS = st.lists(WORDS | LINKED | WRAPPED | TAGS.map("<{}>".format) | TAGS.map("</{}>".format), max_size=8).map(
    "".join
)


@given(SEGMENTS)
def test_what_is_rendered_from_a_segment_passes_unchanged(segment: str) -> None:
    for block in ("<p>{}</p>", "<ul><li>{}</li></ul>", "<h2>{}</h2>"):
        rendered = block.format(render_markup(segment))
        assert clean_html(rendered) == rendered


@given(st.text() | SEGMENTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once


@given(st.lists(st.text(max_size=6) | DANGEROUS))
def test_nothing_but_the_allow_list_comes_through_from_any_text(pieces: list[str]) -> None:
    allowed = r'</?(?:h[234]|li|p|ul|b|code|em|i|strong|sub|sup|u|a)>|<a(?: href="[^"]*")? rel="nofollow noopener">'
    assert "<" not in re.sub(allowed, "", clean_html("".join(pieces)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<a href="https://a">x<a href="mailto:b@c.de">y</a></a>',
            '<a href="https://a" rel="nofollow noopener">x</a><a href="mailto:b@c.de" rel="nofollow noopener">y</a>',
        ),
        ('<a href="https://a.example:99999/">x</a>', '<a rel="nofollow noopener">x</a>'),
        ('<a href="https://[x/">x</a>', '<a rel="nofollow noopener">x</a>'),
    ],
    ids=["a link in a link", "a port that none has", "an address that never ends"],
)
def test_link_that_browsers_read_otherwise_is_put_right(before: str, after: str) -> None:
    assert clean_html(render_markup(before)) == after


def test_many_entities_are_kept_and_let_nothing_else_through() -> None:
    ours = '<p>R&amp;D &lt;b&gt; &amp;lt; <a href="https://a.example/?x=1&amp;y=2" rel="nofollow noopener">x</a></p>'
    many = ours * 5_000
    assert clean_html(many) == many
    hostile = "<p>&amp;</p><img src=x onerror=alert(1)><script>&lt;</script>&amp;lt;i>"
    assert clean_html(hostile * 10_000) == clean_html(hostile) * 10_000
