"""A version too large for one page: lists in pages that lead to every posting, small pages, filters from files."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel import Locale
from lxml import html
from playwright.sync_api import expect

from pipeline.model.posting import Posting
from pipeline.publishing.release.switch import switch_release
from tests.projects import CHECKOUT
from tests.publishing.browser import WIDTHS, chromium, look_at, tab
from tests.publishing.examples import as_written, nurse, site_of, versions_of
from tests.publishing.loopback import serving
from tests.publishing.outputs import Files, selected
from tests.publishing.test_page_accessibility import MAX_PAGE_BYTES, axe_finds
from tests.publishing.test_page_validity import faults

EN, FR = Locale("en"), Locale("fr")
STATIC = CHECKOUT / "pipeline" / "publishing" / "pages" / "static"
PLACES = (("FR",), ("BE", "FR"), ("IE",), ())
COUNT = 230


def posting(number: int) -> Posting:
    return replace(
        nurse(f"n{number:03}", countries=PLACES[number % len(PLACES)]),
        title=f"Nurse <i> {number}",
        organization="Söhne & Co",
        remote=number % 8 == 3,
        employment_type=("PART_TIME",) if number % 10 == 0 else ("FULL_TIME",),
        date_posted=date(2026, 1 + number % 10, 1),
    )


@pytest.fixture(scope="module")
def files() -> Files:
    postings = [posting(number) for number in range(COUNT)]
    written = [as_written(item) for item in postings]
    return site_of(versions_of([EN, FR], [*written, as_written(nurse("f1", language="fr"), "fr")]))


@pytest.fixture(scope="module")
def site(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("large") / "public"
    switch_release(out, files.items())
    return out


def pages_from(files: Files, path: str) -> Iterator[str]:
    """Follow the links to older postings."""
    while path:
        yield path
        found = selected(html.fromstring(files[path]), "//a[@rel='next']/@href")
        path = f"en/{found[0]}" if found else ""


def listed(files: Files, path: str) -> list[str]:
    pages = list(pages_from(files, path))
    return [link for page in pages for link in selected(html.fromstring(files[page]), "//li//h3/a/@href")]


def test_every_posting_is_listed_once_in_all_and_in_each_of_its_countries(files: Files) -> None:
    everything = listed(files, "en/index.html")
    assert len(everything) == len(set(everything)) == COUNT
    assert {f"en/{link}" for link in everything} == {path for path in files if path.startswith("en/postings/")}
    of_country = json.loads(files["en/countries.json"])["countries"]
    assert {country["code"] for country in of_country} == {"BE", "FR", "IE"}
    for country in of_country:
        found = listed(files, f"en/country-{country['code']}.html")
        assert len(found) == len(set(found)) == country["postings"]
    worldwide = [number for number in range(COUNT) if number % 8 == 3]
    assert len(listed(files, "en/anywhere.html")) == len(worldwide)


def test_first_page_leads_to_every_list_that_holds_a_posting_and_to_no_other(files: Files) -> None:
    links = selected(html.fromstring(files["en/index.html"]), "//ul[@class='countries']//a/@href")
    assert links == ["country-BE.html", "country-FR.html", "country-IE.html", "anywhere.html", "no-country.html"]
    lists = {path for path in files if path.startswith(("en/country-", "en/anywhere", "en/no-country", "en/index"))}
    reached = {page for link in ["index.html", *links] for page in pages_from(files, f"en/{link}")}
    assert lists == reached


def test_small_version_beside_it_has_one_page(files: Files) -> None:
    assert [path for path in files if path.startswith("fr/") and path.endswith(".html")] == [
        next(path for path in files if path.startswith("fr/postings/")),
        "fr/index.html",
    ]


def test_pages_are_small_and_hold_few_postings(files: Files) -> None:
    shared = sum(path.stat().st_size for path in STATIC.iterdir())
    sizes = {path: len(text) + shared for path, text in files.items() if path.endswith(".html")}
    assert {path: size for path, size in sizes.items() if size > MAX_PAGE_BYTES} == {}


def test_first_page_with_every_country_of_the_world_is_small() -> None:
    codes = sorted(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())
    versions = versions_of([EN], [as_written(nurse(code, countries=(code,))) for code in codes])
    shared = sum(path.stat().st_size for path in STATIC.iterdir())
    assert len(site_of(versions)["en/index.html"]) + shared <= MAX_PAGE_BYTES


def test_files_for_the_filters_hold_every_card_once(files: Files) -> None:
    path, cards = "cards.json", []
    while path:
        page = json.loads(files[f"en/{path}"])
        cards += page["cards"]
        path = page["next"]
    groups = Counter(group for card in cards for group in selected(html.fromstring(card), "//@data-groups")[0].split())
    assert len(cards) == COUNT
    assert groups["country-BE"] == len(listed(files, "en/country-BE.html"))


class Bracketed(NullTranslations):
    """Marks each word that is looked up."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"

    def pgettext(self, context: str, message: str) -> str:
        del context
        return f"[{message}]"


def test_every_word_of_a_page_of_a_list_is_looked_up() -> None:
    (version,) = versions_of([EN], [as_written(posting(number)) for number in range(COUNT)])
    files = site_of([replace(version, translations=Bracketed())])
    pages = [text.decode() for path, text in files.items() if path.startswith(("en/index", "en/country-"))]
    words = {text.strip() for page in pages for text in selected(html.fromstring(page), "//body//text()")}
    assert {"[Newer postings]", "[Older postings]", "[Show more]", "[All postings]"} <= words
    assert "[Pages]" in {label for page in pages for label in selected(html.fromstring(page), "//nav/@aria-label")}
    names = "Belgium|France|Ireland"
    own = re.compile(rf"\[.*\]( · ({names}))?|Nurse <i> \d+|Söhne & Co|({names}|English)|[A-Z][a-z]+ 1, 2026|\d*")
    assert {word for word in words if not own.fullmatch(word)} == set()


def test_pages_of_lists_are_valid(site: Path) -> None:
    pages = sorted(site.glob("en/*.html"))
    assert len(pages) > 20
    assert faults(site, pages) == []


def test_axe_finds_nothing_on_pages_of_lists(site: Path) -> None:
    with serving(site) as address, chromium() as browser:
        assert axe_finds(browser, address, ["en/index.html", "en/country-FR.html", "en/anywhere.html"]) == {}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_filters_find_postings_of_every_page(site: Path, width: int) -> None:
    with serving(site) as address, chromium() as browser, tab(browser, width) as page:
        look = look_at(page, f"{address}en/index.html?country=BE&type=PART_TIME")
        assert (look.errors, look.scrolls, look.sticking_out) == ([], False, [])
        belgian = [number for number in range(COUNT) if number % 4 == 1 and number % 10 == 0]
        assert belgian == []  # even numbers are never of Belgium
        expect(page.locator("output")).to_have_text("No posting found")
        page.select_option("#filter-type", "")
        expect(page.locator("#results .card")).to_have_count(30)
        assert page.locator("output").inner_text().startswith("30+ ")
        page.click("#results button")
        count = len([number for number in range(COUNT) if number % 4 == 1])
        expect(page.locator("#results .card")).to_have_count(count)
        assert page.locator("output").inner_text() == f"{count} postings found"
        assert not page.locator("#results button").is_visible()
        assert not page.locator("#all").is_visible()
        page.fill("#filter-text", "nurse <i> 227")
        page.select_option("#filter-country", "")
        expect(page.locator("#results .card")).to_have_count(1)
        page.click("#results .card a")
        assert page.locator("h1").inner_text() == "Nurse <i> 227"
        page.go_back()
        expect(page.locator("#results .card")).to_have_count(1)
        page.click("button[name=clear]")
        expect(page.locator("#results")).to_be_hidden()
        assert page.locator("#all .card").count() > 0


def test_lists_can_be_read_without_scripts(site: Path) -> None:
    with serving(site) as address, chromium() as browser:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}en/index.html")
        assert not page.locator("form.filters").is_visible()
        page.click(".countries >> text=France")
        page.click("a[rel=next]")
        assert page.locator("h2").first.inner_text() == "France"
        assert page.locator(".card").count() > 0
        context.close()
