"""Arabic and Hebrew as Chromium shows them, glyph by glyph: in the order in which they are read."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from babel import Locale
from playwright.sync_api import Page

from pipeline.model.markup import render_markup
from pipeline.publishing.versions.isolation import isolate_html, isolate_markup, isolate_text
from tests.projects import built, polypost, write_tree
from tests.publishing.browser import WIDTHS, chromium, tab
from tests.publishing.loopback import serving
from tests.publishing.test_isolation import CASES, plain

TITLES = {"ar": "مطور ⟦C++⟧ للأنظمة", "he": "מפתחת ⟦.NET⟧ בכירה"}
LINES = {
    "ar": ("هاتف المكتب: ⟦+962 6 123 4567⟧", "الدوام اليومي ⟦09:00-17:00⟧ صباحا", "خبرة جيدة في ⟦C#⟧ والعمل الجماعي"),
    "he": (
        "טלפון המשרד: ⟦+972-3-555-0199⟧",
        "שעות העבודה ⟦09:00–17:00⟧ בימי חול",
        "ידע טוב ב-⟦Python 3.11+⟧ ועבודת צוות",
    ),
}
CONFIG = (
    '[project]\nbase_url = "https://jobs.example.org/"\npostings = ["*.jsonl"]\nlocales = ["ar", "he"]\n'
    "[translate]\nengines = []\n"
)


# The middle of each sign, in the order of the text.
_PLACES = """selector => [...document.querySelectorAll(selector)].map(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    for (let at = 0; at < walker.currentNode.length; at++) {
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const [box] = range.getClientRects();
      found.push([walker.currentNode.data[at], box ? (box.left + box.right) / 2 : null]);
    }
  }
  return found;
})"""
_UNSEEN = re.compile("[\\s\u2066-\u2069]")
_STYLE = "p { white-space: nowrap; font: 20px 'DejaVu Sans' }"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    postings = [
        {
            "id": f"acme-{language}",
            "title": plain(TITLES[language]),
            "language": language,
            "organization": "Acme (R&D)",
            "date_posted": "2026-11-01",
            "locations": [{"country": "JO" if language == "ar" else "IL"}],
            "sections": [{"kind": "offer", "blocks": [{"item": plain(line)} for line in LINES[language]]}],
        }
        for language in LINES
    ]
    files = {"polypost.toml": CONFIG, "jobs.jsonl": "\n".join(json.dumps(posting) for posting in postings)}
    folder = write_tree(tmp_path_factory.mktemp("right-to-left"), files)
    built(folder)
    return folder


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser, tab(browser, WIDTHS["desktop"]) as opened:
        yield opened


def read_order(marked: str, direction: str) -> str:
    """Return the signs of a text from left to right as they have to be shown, without spaces."""
    parts = marked.replace("⟧", "⟦").split("⟦")
    own, other = (slice(None, None, -1), slice(None)) if direction == "rtl" else (slice(None), slice(None, None, -1))
    turned = [part[other if number % 2 else own] for number, part in enumerate(parts)]
    return "".join("".join(turned[own]).split())


def signs_shown(page: Page, selector: str) -> list[str]:
    """Return the signs of elements as Chromium shows them from left to right, each element in one line."""
    found = (sorted(signs, key=lambda each: each[1] or 0) for signs in page.evaluate(_PLACES, selector))
    return [_UNSEEN.sub("", "".join(sign for sign, _ in signs)) for signs in found]


def shown_order(page: Page, paragraphs: Sequence[str], direction: str, language: str) -> list[str]:
    """Return the signs of paragraphs as Chromium shows them."""
    body = "".join(f"<p>{html}</p>" for html in paragraphs)
    page.set_content(f'<html lang="{language}" dir="{direction}"><style>{_STYLE}</style><body>{body}</body></html>')
    return signs_shown(page, "p")


@pytest.mark.parametrize(("language", "cases"), CASES, ids=["Hebrew", "Arabic", "English"])
@pytest.mark.parametrize("isolate", [isolate_html, isolate_markup, isolate_text])
def test_every_run_is_shown_in_the_order_it_is_read_in(
    page: Page, language: Locale, cases: Sequence[str], isolate: Callable[[str, Locale], str]
) -> None:
    direction = language.text_direction
    shown = shown_order(page, [isolate(plain(case), language) for case in cases], direction, str(language))
    assert shown == [read_order(case, direction) for case in cases]


@pytest.mark.parametrize(("language", "cases"), CASES, ids=["Hebrew", "Arabic", "English"])
def test_run_that_is_bold_in_part_is_shown_in_the_same_order(
    page: Page, language: Locale, cases: Sequence[str]
) -> None:
    bold = {
        f"{'<b>' * begun}{text[:at]}{'</b>' if begun else '<b>'}{text[at:]}{'</b>' * (not begun)}": case
        for case in cases
        for text in [plain(case)]
        for at in range(1, len(text))
        for begun in (False, True)
    }
    shown = shown_order(page, [isolate_markup(each, language) for each in bold], language.text_direction, str(language))
    assert shown == [read_order(case, language.text_direction) for case in bold.values()]


@pytest.mark.parametrize(("language", "cases"), CASES[:2], ids=["Hebrew", "Arabic"])
def test_without_isolation_most_would_be_shown_in_another_order(page: Page, language: Locale, cases: list[str]) -> None:
    shown = shown_order(page, [render_markup(plain(case)) for case in cases], "rtl", str(language))
    kept = [case for case, order in zip(cases, shown, strict=True) if order == read_order(case, "rtl")]
    assert len(kept) < len(cases) / 2, kept


@pytest.mark.parametrize("language", LINES)
def test_pages_show_titles_and_sentences_as_they_are_read(project: Path, page: Page, language: str) -> None:
    item = json.loads((project / "public" / language / "feed.json").read_bytes())["items"][0]
    with serving(project / "public") as address:
        page.goto(f"{address}{language}/index.html")
        assert signs_shown(page, "h3 > a") == [read_order(TITLES[language], "rtl")]
        page.goto(item["url"].replace("https://jobs.example.org/", address))
        assert signs_shown(page, "h1") == [read_order(TITLES[language], "rtl")]
        assert signs_shown(page, ".body li") == [read_order(line, "rtl") for line in LINES[language]]


def test_what_somebody_searches_for_is_shown_as_it_is_read(project: Path, page: Page) -> None:
    with serving(project / "public") as address:
        page.goto(f"{address}ar/index.html?q=C%23")
        page.locator(".excerpt mark").wait_for()
        assert signs_shown(page, ".excerpt mark") == ["C#"]
        assert page.get_by_role("searchbox").evaluate("field => getComputedStyle(field).direction") == "ltr"


@pytest.mark.parametrize("language", LINES)
def test_plain_titles_hold_isolating_signs(project: Path, language: str) -> None:
    isolated = TITLES[language].replace("⟦", "\u2066").replace("⟧", "\u2069")
    folder = project / "public" / language
    item = json.loads((folder / "feed.json").read_bytes())["items"][0]
    assert item["title"] == isolated
    assert '<p class="facts"><bdi dir="ltr">Acme (R&amp;D)</bdi> · ' in item["content_html"]
    for name in ("atom.xml", "rss.xml", "jobs.xml"):
        assert isolated in (folder / name).read_text(encoding="utf-8")
    (posting,) = folder.glob("postings/*.html")
    written = posting.read_text(encoding="utf-8")
    assert f"<title>{isolated} · \u2066Acme (R&amp;D)\u2069</title>" in written
    assert f'"title": "{isolated}"' in written


def test_what_was_published_can_be_proved(project: Path) -> None:
    done = polypost(project, "verify", "public")
    assert done.returncode == 0, done.stdout + done.stderr
