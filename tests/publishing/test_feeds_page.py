"""The page of feeds gives the address of every feed, and who opens a feed in a browser sees what it is for."""

from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page

from pipeline.model.locale import parse_locale
from tests.projects import write_tree
from tests.publishing.browser import chromium, tab
from tests.publishing.examples import BASE_URL, as_written, nurse, site_of, versions_of
from tests.publishing.loopback import serving
from tests.publishing.outputs import selected

EN, FR = parse_locale("en"), parse_locale("fr")
COUNTRIES = ("FR", "IE")
FILES = {
    *("en/atom.xml", "en/rss.xml", "en/feed.json", "en/jobs.xml"),
    *(f"en/countries/{code}/{name}" for code in COUNTRIES for name in ("atom.xml", "feed.json")),
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    english = [as_written(nurse(f"n{number}", countries=COUNTRIES)) for number in range(3)]
    return site_of(versions_of([EN, FR], [*english, as_written(nurse("f", language="fr"), "fr")]), page_size=2)


def test_every_feed_has_its_address_and_a_link(files: dict[str, bytes]) -> None:
    page = html.fromstring(files["en/feeds.html"])
    addresses = selected(page, "//ul[@class='addresses']/li/code/text()")
    links = selected(page, "//ul[@class='addresses']/li/a/@href")
    assert dict(zip(addresses, links, strict=True)) == {f"{BASE_URL}{path}": path.removeprefix("en/") for path in FILES}
    assert set(files) >= FILES
    assert len(addresses) == len(FILES)


def test_every_page_leads_to_the_feeds_of_its_language(files: dict[str, bytes]) -> None:
    pages = [path for path in files if path.startswith("en/") and path.endswith(".html")]
    assert len(pages) > len(COUNTRIES) + 3
    for path in pages:
        links = selected(html.fromstring(files[path]), "//footer//a/@href")
        up = "/" if path.endswith("/404.html") else "../" * path.count("/")  # which is shown below any address
        assert f"{up}en/feeds.html" in links, path


def test_page_of_another_language_is_one_choice_away(files: dict[str, bytes]) -> None:
    links = html.fromstring(files["en/feeds.html"]).xpath("//ul[@class='languages']//a/@href")
    assert links == ["../en/feeds.html", "../fr/feeds.html"]


def shown(page: Page, origin: str, path: str) -> list[str]:
    """Return the lines that somebody sees of a document, what its style sheet adds among them."""
    page.goto(f"{origin}{path}", wait_until="load")
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(element => element.children.length === 0
          && element.getBoundingClientRect().height > 0).map(element => element.textContent)"""
    )
    return found


def test_feed_in_a_browser_shows_what_it_is_for_and_its_postings(files: dict[str, bytes], tmp_path: Path) -> None:
    write_tree(tmp_path, {path: content.decode() for path, content in files.items() if path.endswith((".xml", ".css"))})
    words = "Copy the address into a feed reader, and it tells you of new postings."
    with chromium() as browser, serving(tmp_path) as origin, tab(browser, 390) as page:
        for path in ("en/atom.xml", "en/rss.xml"):
            assert shown(page, origin, path) == ["Job postings", "Job postings in English", words, "Nurse", "Nurse"]
        assert shown(page, origin, "en/countries/FR/atom.xml")[0] == "Job postings · France"
        added = page.evaluate("getComputedStyle(document.querySelector('help'), '::after').content")
        assert added == f'"{BASE_URL}en/countries/FR/atom.xml"'
