"""One reader for every form of body: the same text comes out the same, however it is escaped, marked or wrapped."""

import textwrap

import pytest

from pipeline.intake.reading.bodies.forms import Form, recognize
from pipeline.intake.reading.bodies.reader import read_body
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import SectionRecord
from pipeline.model.posting import Block, BlockKind

LEXICON = load_headings()


def read(text: str) -> list[str]:
    """Return every heading and block as a line: `# ` opens a section, `= ` a heading in it, `* ` and `1. ` an item."""
    lines = []
    for section in read_body(text, LEXICON):
        lines += [f"# {section.heading}"] if section.heading else []
        lines += [_shown(block) for block in section.blocks]
    return lines


def _shown(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"= {block.text}"
    mark = "1. " if block.ordered else "* "
    return "  " * block.depth + mark + block.text if block.kind is BlockKind.ITEM else block.text


BAKERY = ["We bake & sell bread.", "# Requirements", "* Strong <b>hands</b>", "* An ear for dough"]
HTML = (
    "<p>We bake &amp; sell bread.</p><h2>Requirements</h2>"
    "<ul><li>Strong <b>hands</b></li><li>An ear for dough</li></ul>"
)


@pytest.mark.parametrize(
    "text",
    [
        HTML,
        HTML.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        HTML.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("&", "&amp;"),
        (
            "&#60;p&#62;We bake &#38;amp; sell bread.&#60;/p&#62;&#60;h2&#62;Requirements&#60;/h2&#62;"
            "&#60;ul&#62;&#60;li&#62;Strong &#60;b&#62;hands&#60;/b&#62;&#60;/li&#62;&#60;li&#62;An ear for dough"
        ),
        f"<![CDATA[{HTML}]]>",
        "<div>" + HTML.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</div>",
        "We bake & sell bread.\n\nRequirements:\n- Strong <b>hands</b>\n- An ear for dough",
        "We bake &amp; sell bread.\n\nRequirements\n\n• Strong <b>hands</b>\n• An ear for dough",
        (
            "<p>We bake &amp; sell bread.</p><p><strong>Requirements</strong></p><p>• Strong <b>hands</b></p>"
            "<p>• An ear for dough</p>"
        ),
        "We bake &amp; sell bread.<br><br>Requirements:<br>- Strong <b>hands</b><br>- An ear for dough",
    ],
)
def test_every_form_of_a_body_becomes_the_same_blocks(text: str) -> None:
    assert read(text) == BAKERY


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<p>x</p>", Form.HTML),
        ("&lt;p&gt;x&lt;/p&gt;", Form.HTML),
        ("We <b>bake</b>\nbread", Form.INLINE_HTML),
        ("We **bake** bread", Form.MARKDOWN),
        ("## Ovens\nbread", Form.MARKDOWN),
        ("See [us](https://a.example)", Form.MARKDOWN),
        ("1\\. Mix", Form.MARKDOWN),
        ("| a | b |\n|---|---|\n| 1 | 2 |", Form.MARKDOWN),
        ("- a\n- b", Form.TEXT),
        ("C# and 2 * 3 * 4, a_b_c, *m/f/d*", Form.TEXT),
        ("a < b && List<T>", Form.TEXT),
        ("", Form.TEXT),
    ],
)
def test_form_is_told_by_content(text: str, form: Form) -> None:
    assert recognize(text)[0] is form


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Bread&nbsp;&amp;&#39;n&#x27; butter &euro;5", "Bread\u00a0&'n' butter €5"),
        ("R&amp;amp;D and &amp;eacute;", "R&D and é"),
        ("R&D at AT&T", "R&D at AT&T"),
        ("R&D, written &amp;amp;", "R&D, written &amp;"),
        ("https://a.example/?a=1&copy=2&lt=3", "https://a.example/?a=1&copy=2&lt=3"),
        ("Me &amp; you", "Me & you"),
        ("&unknown; thing", "&unknown; thing"),
    ],
)
def test_entities_of_text_are_decoded_as_often_as_they_were_escaped(text: str, read_as: str) -> None:
    assert read(text) == [read_as]


def test_bold_italics_and_links_of_markdown_become_inline_markup() -> None:
    assert read(
        "We **bake** *dark* bread. Ask [us](https://a.example/?a=1&b=2), 7\\. floor, 8\\-10 h, \\*always\\*."
    ) == [
        (
            "We <strong>bake</strong> <em>dark</em> bread. "
            'Ask <a href="https://a.example/?a=1&amp;b=2">us</a>, 7. floor, 8-10 h, *always*.'
        )
    ]


def test_markdown_has_headings_nested_and_numbered_lists_and_tables() -> None:
    text = (
        "# Baker\n\nWe bake.\n\n## **Requirements:**\n\n* Hands\n    * left\n    * right\n* Feet\n\n"
        "### How it goes\n\n1. Mix\n2. Bake\n\n| Day | Hours |\n|---|---|\n| Monday | 8 |\n"
    )
    assert read(text) == [
        "# Baker",
        "We bake.",
        "# Requirements",
        "* Hands",
        "  * left",
        "  * right",
        "* Feet",
        "= How it goes",
        "1. Mix",
        "1. Bake",
        "* Day – Hours",
        "* Monday – 8",
    ]


def test_loose_and_stray_stars_of_markdown_are_bold_or_nothing() -> None:
    assert read("We bake **well**.\n\n** Our ovens: **\n\nThey are big.\n\nReal** bread is here.") == [
        "We bake <strong>well</strong>.",
        "# Our ovens",
        "They are big.",
        "Real bread is here.",
    ]


def test_indented_and_fenced_prose_is_prose() -> None:
    assert read("**We** bake.\n\n    The oven is hot.\n\n```\nBring gloves.\n```") == [
        "<strong>We</strong> bake.",
        "The oven is hot.",
        "Bring gloves.",
    ]
    assert read("<pre>We bake.\n\nRequirements:\n- Hands\n- Feet</pre>") == [
        "We bake.",
        "# Requirements",
        "* Hands",
        "* Feet",
    ]
    assert read("<p>Run <code>make bread</code>. <code>We bake bread on every day</code></p>") == [
        "Run <code>make bread</code>. We bake bread on every day"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "• a big oven\n• a small one",
        "-A big oven\n-A small one",
        "⦁ a big oven\n⦁\ta small one",
        "●a big oven\n●a small one",
        "✅ a big oven\n✅ a small one",
        "🔥 a big oven\n🧊 a small one",
        "&#61623; a big oven\n&#61623; a small one",
        "-> a big oven\n-> a small one",
        "> a big oven\n> a small one",
        "· a big oven · a small one",
        "• a big oven • a small one",
        "- A big oven - A small one",
        "o A big oven\no A small one",
    ],
)
def test_marks_make_items_and_are_no_part_of_them(lines: str) -> None:
    assert [line.lower() for line in read(f"Here is what we have in our old town.\n\n{lines}")] == [
        "here is what we have in our old town.",
        "* a big oven",
        "* a small one",
    ]


@pytest.mark.parametrize("breaks", ["<br>{}<br>{}", "<p>{}</p><p>{}</p>", "<div>{}</div><div>{}</div>", "<li>{}<li>{}"])
def test_marks_are_taken_off_whatever_ends_the_line_in_html(breaks: str) -> None:
    assert read("<p>We bake.</p>" + breaks.format("- Mix", "- Knead")) == ["We bake.", "* Mix", "* Knead"]


@pytest.mark.parametrize("above", ["", "## Our nights\n\n"])
def test_boxes_of_a_list_to_tick_off_are_marks(above: str) -> None:
    assert read(f"{above}- [x] Bake\n- [ ] Sell [a lot]\n")[-2:] == ["* Bake", "* Sell [a lot]"]


def test_list_behind_a_colon_is_parted_at_its_semicolons() -> None:
    assert read("You bring the following to us every day: strong hands; an ear for dough; patience.") == [
        "You bring the following to us every day:",
        "* strong hands",
        "* an ear for dough",
        "* patience.",
    ]


def test_sentences_separated_by_semicolons_and_signs_between_words_are_no_list() -> None:
    for line in (
        "We say: bread is good. Butter too; and salt; and more.",
        "Lyon • full time • from now",
        "Open 8 - 10 and 12 - 14",
        "Use A; B",
    ):
        assert read(f"We bake.\n{line}") == ["We bake.", line]


def test_numbers_that_count_make_an_ordered_list() -> None:
    assert read("How we bake bread here.\n1. Mix\n2. Knead\n   well\n3. Bake") == [
        "How we bake bread here.",
        "1. Mix",
        "1. Knead well",
        "1. Bake",
    ]
    assert read("<ol><li>Mix</li><li>Bake</li></ol>") == ["1. Mix", "1. Bake"]
    assert read("This is it: 1) Mix 2) Knead 3) Bake") == ["This is it:", "1. Mix", "1. Knead", "1. Bake"]
    assert read("1. Staatsexamen\n\nWe bake.") == ["1. Staatsexamen", "We bake."]


def test_lists_in_text_have_a_depth_by_indent_or_by_mark() -> None:
    assert read("We have some ovens here.\n- Big:\n  - hot\n  - cold\n- Small") == [
        "We have some ovens here.",
        "* Big:",
        "  * hot",
        "  * cold",
        "* Small",
    ]
    assert read("We have some ovens here.\n• Big:\n- hot\n- cold\n• Small") == [
        "We have some ovens here.",
        "* Big:",
        "  * hot",
        "  * cold",
        "* Small",
    ]


@pytest.mark.parametrize("end", ["\n", "<br>"])
def test_wrapped_lines_are_joined(end: str) -> None:
    text = (
        f"We are a family that has baked bread in the same old house and the{end}same old oven for more than a hundred "
        f"years. We deliver to shops and{end}cafés.{end}- Mix the dough every night and{end}knead it{end}- Bake"
    )
    assert read(text) == [
        (
            "We are a family that has baked bread in the same old house and the same old oven for more than a hundred "
            "years. We deliver to shops and cafés."
        ),
        "* Mix the dough every night and knead it",
        "* Bake",
    ]


def test_text_wrapped_at_a_width_is_joined_before_capitals_too() -> None:
    text = (
        "Wir backen seit hundert Jahren Brot im alten Ofen unserer Familie und liefern es an alle Läden der Stadt, an "
        "Cafés, Schulen und an das große Krankenhaus hinter dem Bahnhof, am Rand der alten Stadt und am Meer."
    )
    assert read(textwrap.fill(text, 48)) == [text]


def test_list_in_small_letters_is_no_wrapped_text() -> None:
    assert read("Your tasks:\nMix and bake\nkeep the fire\nclean the oven of the old house and its many tools") == [
        "# Your tasks",
        "* Mix and bake",
        "* keep the fire",
        "* clean the oven of the old house and its many tools",
    ]


def test_indented_line_goes_on_with_its_item() -> None:
    assert read("We bake.\n  • Experience with\n    Ovens\n  • Hands") == [
        "We bake.",
        "* Experience with Ovens",
        "* Hands",
    ]


def test_list_ends_at_a_blank_line() -> None:
    assert read("Requirements:\nHands\nFeet\n\nSend us some bread") == [
        "# Requirements",
        "* Hands",
        "* Feet",
        "Send us some bread",
    ]


def test_lines_under_a_heading_are_items_and_those_of_several_sentences_paragraphs() -> None:
    assert read("Requirements:\nStrong hands\nWe bake daily. You sleep by day.\nAn ear for dough") == [
        "# Requirements",
        "* Strong hands",
        "We bake daily. You sleep by day.",
        "* An ear for dough",
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("OUR OLD OVENS", "OUR OLD OVENS"),
        ("🔥 Our ovens", "Our ovens"),
        ("Our ovens 🔥", "Our ovens"),
        ("Our ovens:", "Our ovens"),
        ("Our ovens", "Our ovens"),
        ("== Our ovens ==", "Our ovens"),
        ("【Our ovens】", "Our ovens"),
        ("<b>Our ovens</b>", "Our ovens"),
        ("**Our ovens**", "Our ovens"),
    ],
)
def test_short_line_between_blank_lines_is_a_heading(line: str, heading: str) -> None:
    assert read(f"We bake bread.\n\n{line}\n\nThey are big and hot.") == [
        "We bake bread.",
        f"# {heading}",
        "They are big and hot.",
    ]


def test_short_lines_in_a_row_are_no_headings() -> None:
    assert read("We bake bread.\n\nRye\n\nWheat\n\nSpelt\n\nWe sell it too.") == [
        "We bake bread.",
        "Rye",
        "Wheat",
        "Spelt",
        "We sell it too.",
    ]


def test_heading_deeper_than_that_of_a_known_section_stands_inside_it() -> None:
    text = "<h2>Requirements</h2><p>Both:</p><h3>Languages</h3><ul><li>Greek</li></ul><h2>Our town</h2><p>Is old.</p>"
    assert read_body(text, LEXICON) == (
        SectionRecord(
            heading="Requirements",
            blocks=(
                Block(kind=BlockKind.PARAGRAPH, text="Both:"),
                Block(kind=BlockKind.HEADING, text="Languages", level=3),
                Block(kind=BlockKind.ITEM, text="Greek"),
            ),
        ),
        SectionRecord(heading="Our town", blocks=(Block(kind=BlockKind.PARAGRAPH, text="Is old."),)),
    )


def test_known_heading_opens_a_section_at_whatever_level() -> None:
    assert read("<h2>Requirements</h2><p>Hands.</p><h4>Benefits</h4><p>Bread.</p>") == [
        "# Requirements",
        "Hands.",
        "# Benefits",
        "Bread.",
    ]


def test_row_of_a_table_is_an_item_and_its_head_is_no_heading() -> None:
    table = (
        "<table><thead><tr><th>Day</th><th>Hours</th></tr></thead><tr><td>Monday</td><td><p>8</p> h</td></tr></table>"
    )
    assert read(f"<p>We bake.</p>{table}<p>Come.</p>") == ["We bake.", "* Day – Hours", "* Monday – 8 h", "Come."]


def test_table_that_lays_a_page_out_is_read_as_if_it_were_none() -> None:
    assert read(
        "<table><tr><td><h2>Requirements</h2><ul><li>Hands</li></ul></td><td><p>We bake.</p></td></tr></table>"
    ) == [
        "# Requirements",
        "* Hands",
        "We bake.",
    ]


def test_text_without_line_ends_is_parted_at_known_headings_and_sentences() -> None:
    text = (
        "Cuidamos dos seus dados.Responsabilidades e atribuiçõesDesenvolver painéis;Apoiar a equipe;Procurar uma "
        "solução;Requisitos e qualificaçõesExcel avançadoConhecimento de SQL;Inglês."
    )
    assert read(text) == [
        "Cuidamos dos seus dados.",
        "# Responsabilidades e atribuições",
        "* Desenvolver painéis",
        "* Apoiar a equipe",
        "* Procurar uma solução",
        "# Requisitos e qualificações",
        "* Excel avançado",
        "* Conhecimento de SQL",
        "* Inglês.",
    ]


def test_items_glued_behind_their_dashes_are_parted() -> None:
    text = "Hacemos pan desde siempre.Requisitos:-experiencia de un año.-Manos fuertes.-Ganas de aprender."
    assert read(text) == [
        "Hacemos pan desde siempre.",
        "# Requisitos",
        "* experiencia de un año.",
        "* Manos fuertes.",
        "* Ganas de aprender.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "We use Node.js, Vue.Js, ASP.NET and JavaScript on GitHub and LinkedIn, e.g. on an iPhone at McDonald or eBay.",
        "Write to Jobs@Rye.Example or see https://Rye.Example/Jobs;All?Name=Rye:Bread&Next=OvenDay today.",
        "Ask Dr.Rye, Dipl.Ing. Oat or Ph.D. Spelt about the U.S.A. and St.Gallen;then bake for McDonald.",
        "We pay 3.500 Euro (m/w/d) für Bäcker:innen, Kolleg*innen und BäckerInnen, z.B. in St.Gallen.",
    ],
)
def test_names_addresses_and_abbreviations_are_never_parted(line: str) -> None:
    assert read(line) == [line]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Back\u00adwaren", "Backwaren"),
        ("Bro\u200bt und\ufeff Salz", "Brot und Salz"),
        ("<p>Back&shy;waren&#8203;</p>", "Backwaren"),
        ("می\u200cخواهیم", "می\u200cخواهیم"),
        ("क्\u200dष", "क्\u200dष"),
        ("A 👩\u200d🍳 bakes", "A 👩\u200d🍳 bakes"),
        ("ba\u200dker and ba\u200cker", "baker and baker"),
        ("ขนมปัง\u200bสด", "ขนมปัง\u200bสด"),
        ("\u200eWe bake\u200f", "We bake"),
    ],
)
def test_invisible_signs_go_and_joiners_that_a_script_needs_stay(text: str, seen: str) -> None:
    assert read(text) == [seen]


@pytest.mark.parametrize(
    ("line", "items"),
    [
        (
            "We have 🔥 Hot ovens 🧊 Cold rooms 🍞 Good bread",
            ["We have", "* Hot ovens", "* Cold rooms", "* Good bread"],
        ),
        (
            "Free bread- Meal vouchers- Days off- A pension",
            ["Free bread", "* Meal vouchers", "* Days off", "* A pension"],
        ),
        ("Here we have: • bread • butter", ["Here we have:", "* bread", "* butter"]),
        ("Here is all we have: - Bread", ["Here is all we have:", "* Bread"]),
    ],
)
def test_emoji_and_tight_dashes_in_a_line_make_items(line: str, items: list[str]) -> None:
    assert read(f"We bake bread.\n\n{line}") == ["We bake bread.", *items]


def test_line_with_a_dash_and_a_colon_between_blank_lines_is_a_heading() -> None:
    assert read("We bake bread.\n\n- Your hours:\n\nYou work by night.\n\n- Our ovens:\n* big\n* hot") == [
        "We bake bread.",
        "# Your hours",
        "You work by night.",
        "# Our ovens",
        "* big",
        "* hot",
    ]


def test_sign_above_a_list_with_other_signs_marks_a_heading() -> None:
    assert read("■業務内容\n・パンを焼く\n・パンを売る\n■応募資格\n・経験") == [
        "# 業務内容",
        "* パンを焼く",
        "* パンを売る",
        "# 応募資格",
        "* 経験",
    ]


def test_intro_below_a_known_heading_leaves_the_section_open() -> None:
    assert read("Requirements\nWe look for people with:\n- hands\n- feet\n\nNothing else.") == [
        "# Requirements",
        "We look for people with:",
        "* hands",
        "* feet",
        "Nothing else.",
    ]


def test_rest_of_a_long_item_between_two_items_belongs_to_it() -> None:
    assert read(
        "Requirements:\n- Einen Abschluss als Bäcker oder als Konditor mit Kenntnissen der\nKuchen\n- Hände"
    ) == [
        "# Requirements",
        "* Einen Abschluss als Bäcker oder als Konditor mit Kenntnissen der Kuchen",
        "* Hände",
    ]


def test_lines_of_html_source_that_each_end_a_sentence_are_lines_and_others_are_wrapped() -> None:
    assert read("<p>Bake clean bread.\nSell it in town.\nSleep by day.</p>") == [
        "Bake clean bread.",
        "Sell it in town.",
        "Sleep by day.",
    ]
    assert read("<p>Bake bread.\nSell it in\nTown.</p><p>This is what we have.\n- ovens</p>") == [
        "Bake bread. Sell it in Town.",
        "This is what we have.",
        "* ovens",
    ]


def test_heading_of_signs_that_nobody_sees_is_none() -> None:
    without = read_body("We bake.", load_headings())
    assert read_body("We bake.", load_headings(), heading="\u200b \u2060") == without


def test_cut_off_form_or_empty_body_is_no_error() -> None:
    for text in ("<!-- only a comment -->", "<script>x</script>", "- - -", "* * *", "&lt;", "<p>", "🔥"):
        assert not [line for line in read(text) if any(map(str.isalnum, line))]
