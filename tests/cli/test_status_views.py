"""`polypost status` by posting and by effort, as table, JSON and Markdown, and its gate."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.cli.markdown import code_span, markdown_table
from tests.projects import polypost, write_tree

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings.jsonl"]
locales = ["en", "fr"]
[translate]
engines = []
"""
POSTINGS = (
    {"id": "baker", "title": "Baker", "items": ["Free bread for all", "An oven | of *stone*"]},
    {"id": "cook", "title": "Cook", "items": ["Free bread for all"]},
    {"id": "waiter", "title": "Waiter", "items": ["Tips are yours", "You work with @chef", "Free bread for all"]},
    {"id": "porter", "title": "Porter", "locales": [], "items": ["You carry bags"]},
)
HEADER = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"
"""


def entry(context: str, source: str, target: str, *, doubtful: bool = False) -> str:
    flag = "#, fuzzy\n" if doubtful else ""
    return f'\n{flag}msgctxt "{context}"\nmsgid "{source}"\nmsgstr "{target}"\n'


CATALOG = HEADER + "".join(
    (
        entry("title", "Baker", "Boulanger"),
        entry("title", "Cook", "Cuisinier"),
        entry("title", "Waiter", "Serveur"),
        entry("offer", "Free bread for all", "Pain gratuit pour tous", doubtful=True),
        entry("offer", "An oven | of *stone*", ""),
        entry("offer", "Tips are yours", "Les pourboires sont à vous"),
        entry("offer", "You work with @chef", ""),
    )
)

EFFORT = """\
locale  reviewed  words to translate  words to review  published  held  next step
en      100 %                      0                0          3     0
fr      57.1 %                     9                4          0     3  2 sentences publish 2 of 3 held postings

locale  unit          to do      publishes alone  postings wait  words  sentence
fr      41dc00b76a68  accept                   1              3      4  [offer] Free bread for all
fr      6da4b3809311  translate                0              1      5  [offer] An oven | of *stone*
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    lines = (
        {
            **{name: value for name, value in each.items() if name != "items"},
            "language": "en",
            "sections": [{"kind": "offer", "items": each["items"]}],
        }
        for each in POSTINGS
    )
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    files = {"polypost.toml": CONFIG, "postings.jsonl": text, "locales/fr/LC_MESSAGES/postings.en.po": CATALOG}
    return write_tree(tmp_path, files)


def status(project: Path, *arguments: str) -> str:
    done = polypost(project, "status", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_postings_that_need_the_fewest_words_come_first(project: Path) -> None:
    assert status(project, "--by", "posting").splitlines() == [
        "posting  language  en      fr",
        "cook     en        source  held: needs_review, 1 sentence, 4 words",
        "waiter   en        source  held: no_route, 2 sentences, 8 words",
        "baker    en        source  held: no_route, 2 sentences, 9 words",
    ]


def test_effort_names_the_words_left_and_the_sentences_to_begin_with(project: Path) -> None:
    assert status(project, "--by", "effort", "--sentences", "2") == EFFORT


def test_where_no_few_sentences_publish_a_posting_the_cheapest_one_is_named(project: Path) -> None:
    write_tree(project, {"locales/fr/LC_MESSAGES/postings.en.po": HEADER})
    french = status(project, "--by", "effort", "--sentences", "1").splitlines()[2]
    assert french.split("  ")[-1].strip() == "2 sentences, 5 words publish cook"


def test_json_adds_a_view_to_the_object_of_every_status(project: Path) -> None:
    plain = json.loads(status(project, "--json"))
    assert set(plain) == {"locales", "postings"}
    by_posting = json.loads(status(project, "--by", "posting", "--json"))
    assert {name: by_posting[name] for name in plain} == plain
    assert by_posting["by_posting"][0] == {
        "posting": "cook",
        "title": "Cook",
        "language": "en",
        "locales": {
            "en": {"reason": "source", "published": True, "sentences": 0, "words": 0},
            "fr": {"reason": "needs_review", "published": False, "sentences": 1, "words": 4},
        },
    }
    effort = json.loads(status(project, "--by", "effort", "--json"))
    assert {name: effort[name] for name in plain} == plain
    french = effort["effort"]["fr"]
    assert french["words"] == {"to_translate": 9, "to_review": 4}
    assert french["reviewed_percent"] == 57.1
    assert (french["to_publish"]["postings"], french["to_publish"]["of"]) == (3, 3)
    assert french["to_publish"]["units"][0] == {
        "unit": "41dc00b76a68",
        "context": "offer",
        "source": "Free bread for all",
        "target": "Pain gratuit pour tous",
        "to_do": "accept",
        "words": 4,
        "postings": 3,
        "publishes_alone": 1,
        "risk": None,
    }


def test_held_leaves_out_postings_that_every_version_has(project: Path) -> None:
    write_tree(project, {"locales/fr/LC_MESSAGES/postings.en.po": CATALOG.replace("#, fuzzy\n", "")})
    names = [line.split()[0] for line in status(project, "--by", "posting", "--held").splitlines()[1:]]
    assert names == ["waiter", "baker"]


def cells(markdown: str) -> list[str]:
    """Return what a reader sees in the cells of tables."""
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    return re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html, re.DOTALL)


@pytest.mark.parametrize(("view", "columns"), [("locale", 8), ("posting", 4), ("effort", 7)])
def test_markdown_is_a_table_of_every_view(project: Path, view: str, columns: int) -> None:
    printed = status(project, "--by", view, "--markdown")
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in printed.splitlines() if line} == {columns + 1}
    assert len(cells(printed)) % columns == 0


def test_what_a_posting_says_is_neither_formatted_nor_sent_to_anybody(project: Path) -> None:
    shown = cells(status(project, "--by", "effort", "--markdown"))
    assert "<code>[offer] An oven | of *stone*</code>" in shown
    assert "<code>[offer] You work with @chef</code>" in shown


@given(st.text(st.sampled_from("`|*_<>@# \\\n&a"), max_size=12))
def test_a_cell_of_any_text_is_one_cell_of_code(text: str) -> None:
    _, number, shown = cells(markdown_table([("n", "text"), ("1", text)], texts={1}))[1:]
    flat = " ".join(text.split())
    escaped = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert (number, shown) == ("1", f"<code>{escaped}</code>" if flat else "")
    assert bool(code_span(text)) == bool(flat)


def test_gate_ends_status_with_1_and_names_figure_and_gate(project: Path) -> None:
    for form in ("--json", "--markdown"):
        done = polypost(project, "status", form, "--fail-under", "fr=60")
        told = "error: fr: 57.1 % of its units are reviewed (4 of 7), --fail-under asks for 60 %\n"
        assert (done.returncode, done.stderr) == (1, told)
        assert done.stdout == status(project, form, "--fail-under", "50")


def test_gate_of_a_locale_that_is_not_configured_is_a_wrong_usage(project: Path) -> None:
    assert polypost(project, "status", "--fail-under", "de=60").returncode == 2
