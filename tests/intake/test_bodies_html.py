"""HTML descriptions become sections: order and words stay, what can run goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.reading.bodies.forms import Form, looks_like_html
from pipeline.intake.reading.bodies.html_lines import MAX_DEPTH
from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import RecordError, SectionRecord
from pipeline.model.markup import SAFE_LINK, TAG, split_markup
from pipeline.model.posting import Block, BlockKind, blocks_of

LEXICON = load_headings()
PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<h2>",
        "</h2>",
        "<b>",
        "</b>",
        "<br>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        '<a href="https://a.example">',
        '<a href="javascript:alert(1)">',
        "</a>",
        '<a href=" java\nscript:alert(1)">',
        "<script>alert(1)</script>",
        "<script>",
        "<style>p{}</style>",
        "<!-- c -->",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src=//x></iframe>",
        "&lt;script&gt;",
        "&amp;",
        "&nbsp;",
        "a < b",
        "bread",
        "Ovens:",
        " ",
        "\n",
        "<p onclick=alert(1)>",
        "<b style='x'>",
        "\x00",
        "\u2028",
        "&#xD800;",
        "&#0;",
        "<![CDATA[x]]>",
        "<textarea>",
        "<title>t</title>",
        "<plaintext>",
        "<math>",
        "<form action=x>",
        "<template>",
        "<span>",
    ]
)


def html(text: str) -> list[SectionRecord]:
    return list(read_body(text, LEXICON, form=Form.HTML))


def opening(*paragraphs: str, items: tuple[str, ...] = ()) -> SectionRecord:
    return SectionRecord(kind="description", heading="", blocks=blocks_of(list(paragraphs), items=list(items)))


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_heading_of_every_level_opens_a_section(level: int) -> None:
    assert html(f"<p>We bake.</p><h{level}>Our <em>ovens</em>:</h{level}><ul><li>Big</li></ul>") == [
        opening("We bake."),
        SectionRecord(heading="Our ovens", blocks=blocks_of(items=["Big"])),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>Our ovens</b></p>",
        "<p><strong>Our ovens:</strong></p>",
        "<div><b>Our ovens</b>:</div>",
        "<p>Our ovens:</p>",
        "<strong>Our ovens</strong><br>",
    ],
)
def test_bold_line_and_line_with_a_colon_open_a_section(line: str) -> None:
    assert html(f"<p>We bake.</p>{line}<p>Big</p>") == [
        opening("We bake."),
        SectionRecord(heading="Our ovens", blocks=blocks_of(["Big"])),
    ]


def test_line_that_is_bold_only_in_part_or_long_is_a_paragraph() -> None:
    long = "We bake" + " bread" * 20
    assert html(f"<p>We <b>bake</b></p><p><b>{long}</b></p>") == [opening("We <b>bake</b>", f"<b>{long}</b>")]


def test_nested_list_has_a_depth_and_stays_in_order() -> None:
    assert html("<ul><li>Mix<ol><li>Flour</li><li><p>Salt</p></li></ol>well</li><li>Bake</li></ul>") == [
        SectionRecord(
            kind="description",
            blocks=(
                *blocks_of(items=["Mix"]),
                Block(kind=BlockKind.ITEM, text="Flour", depth=1, ordered=True),
                Block(kind=BlockKind.ITEM, text="Salt", depth=1, ordered=True),
                *blocks_of(items=["well", "Bake"]),
            ),
        ),
    ]


def test_text_after_a_list_keeps_its_order() -> None:
    assert html("<h2>Ovens</h2><p>We have</p><ul><li>Big</li></ul><p>and also</p><ul><li>Small</li></ul>") == [
        SectionRecord(heading="Ovens", blocks=(*blocks_of(["We have"], ["Big"]), *blocks_of(["and also"], ["Small"]))),
    ]


def test_break_ends_a_line_and_a_row_of_a_table_is_an_item() -> None:
    text = "<p>Mix.<br>Knead<br/>Bake</p><table><tr><td>Flour</td><td>1 kg</td></tr></table>"
    assert html(text) == [opening("Mix.", "Knead", "Bake", items=("Flour – 1 kg",))]


def test_what_can_run_or_is_hidden_is_dropped() -> None:
    text = (
        "<head><title>x</title></head><script>alert(1)</script><style>p{}</style><!-- secret --><template>x</template>"
        "<noscript>x</noscript><iframe src=x>x</iframe><svg><script>x</script></svg><form><input value=x>x</form>"
        '<p onclick="alert(1)">We <img src=x onerror="alert(1)">bake.</p>'
    )
    assert html(text) == [opening("We bake.")]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/?b=1&amp;c=2", '<a href="https://a.example/?b=1&amp;c=2">us</a>'),
        (" http://a.example ", '<a href="http://a.example">us</a>'),
        ("mailto:jobs@a.example", '<a href="mailto:jobs@a.example">us</a>'),
        ("javascript:alert(1)", "us"),
        ("java\nscript:alert(1)", "us"),
        ("JavaScript&colon;alert(1)", "us"),
        ("data:text/html,x", "us"),
        ("/jobs", "us"),
        ("", "us"),
    ],
)
def test_link_is_kept_only_to_the_web_or_to_mail(address: str, kept: str) -> None:
    text = f'<p>Ask <a href="{address}" target="_blank" onclick="x">us</a> now</p>'
    assert html(text) == [opening(f"Ask {kept} now")]


def test_inline_markup_of_the_allow_list_stays_bare_and_the_rest_is_flattened() -> None:
    text = '<p>We <b style="x">bake</b> <span class="y">good</span> <em>dark</em> <b></b><font>bread</font></p>'
    assert html(text) == [opening("We <b>bake</b> good <em>dark</em> bread")]


def test_entities_are_decoded_once() -> None:
    text = "<p>Bread &amp; butter &euro;5 &amp;lt; &#8364;6&nbsp;kg</p>"
    assert html(text) == [opening("Bread & butter €5 &lt; €6\u00a0kg")]


def test_known_heading_in_a_line_of_its_own_opens_a_section() -> None:
    assert html("<p>Requirements</p><ul><li>Requirements</li></ul>") == [
        SectionRecord(heading="Requirements", blocks=blocks_of(items=["Requirements"])),
    ]


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<p>We bake</p>", True),
        ("We bake<BR/>bread", True),
        ("<div class='x'\n id=y>x", True),
        ("<blockquote>x</blockquote>", True),
        ("<script>alert(1)</script>", True),
        ("a < b and c > d", False),
        ("List<T> and Map<K, V>", False),
        ("p < 0.05, <p-value>", False),
        ("We <b>bake</b>", False),
        ("", False),
    ],
)
def test_html_is_told_by_its_block_tags(text: str, is_html: bool) -> None:  # noqa: FBT001
    assert looks_like_html(text) is is_html


def test_unclosed_tags_are_told_in_no_time() -> None:
    assert not looks_like_html("<p " * 200_000)


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li"])
def test_nesting_that_no_editor_makes_is_refused(tag: str) -> None:
    with pytest.raises(RecordError, match="nested deeper than"):
        html("<p>" + f"<{tag}>" * 5000 + "bread")


def test_deepest_nesting_allowed_is_read() -> None:
    assert html("<div>" * (MAX_DEPTH - 1) + "bread") == [opening("bread")]


@given(st.lists(PIECES | st.text(max_size=4), max_size=20).map("".join))
def test_nothing_that_can_run_is_left(text: str) -> None:
    for record in html(text):
        for line in (block.text for block in record.blocks):
            tags = [TAG.fullmatch(part) for part in split_markup(line)[1::2]]
            links = [match[3] for match in tags if match and match[2] == "a" and not match[1]]
            assert None not in tags
            assert [link for link in links if not SAFE_LINK.match(link)] == []


@given(st.lists(st.sampled_from(["<p>", "</p>", "<li>", "<ul>", "</ul>", "<h3>", "</h3>", "<br>", "<b>", "</b>", "#"])))
def test_no_word_is_lost_and_the_order_stays(pieces: list[str]) -> None:
    words = [f"w{number}" for number, piece in enumerate(pieces) if piece == "#"]
    text = "".join(f" w{number} " if piece == "#" else piece for number, piece in enumerate(pieces))
    lines = [line for record in html(text) for line in (record.heading, *(block.text for block in record.blocks))]
    bare = " ".join("".join(split_markup(line)[::2]) for line in lines)
    assert bare.split() == words
