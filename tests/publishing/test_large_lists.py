"""Lists in pages: they lead to every posting, stay small, and begin on the first screen of a phone."""

import json
import re
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel import Locale
from lxml import html
from playwright.sync_api import expect

from pipeline.model.posting import Location, Posting
from pipeline.publishing.release.switch import switch_release
from tests.publishing.browser import WIDTHS, chromium, look_at, tab
from tests.publishing.examples import as_written, nurse, site_of, versions_of
from tests.publishing.loopback import serving
from tests.publishing.outputs import Files, list_pages, listed, selected
from tests.publishing.test_page_accessibility import MAX_PAGE_BYTES, axe_finds
from tests.publishing.test_page_validity import faults

EN, FR = Locale("en"), Locale("fr")
PLACES = (("FR",), ("BE", "FR"), ("IE",), ())
COUNT = 230
# The sum of the layout shifts of a page so far, as browsers measure it.
_SHIFTS = """() => new Promise(done => {
  let sum = 0;
  const add = list => list.getEntries().forEach(entry => (sum += entry.value));
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


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


def test_every_posting_is_listed_once_in_all_and_in_each_of_its_countries(files: Files) -> None:
    everything = listed(files, "en/index.html")
    assert len(everything) == len(set(everything)) == COUNT
    assert set(everything) == {path for path in files if path.startswith("en/postings/")}
    of_country = json.loads(files["en/countries.json"])["countries"]
    assert {country["code"] for country in of_country} == {"BE", "FR", "IE"}
    for country in of_country:
        found = listed(files, f"en/countries/{country['code']}/index.html")
        assert len(found) == len(set(found)) == country["postings"]
    worldwide = [number for number in range(COUNT) if number % 8 == 3]
    assert len(listed(files, "en/anywhere/index.html")) == len(worldwide)


def test_first_page_leads_to_every_list_that_holds_a_posting_and_to_no_other(files: Files) -> None:
    links = selected(html.fromstring(files["en/index.html"]), "//ul[@class='countries']//a/@href")
    countries = [f"countries/{code}/index.html" for code in ("BE", "FR", "IE")]
    assert links == [*countries, "anywhere/index.html", "no-country/index.html"]
    lists = {path for path in files if re.fullmatch(r"en/(.*/)?index(-\d+)?\.html", path)}
    assert lists == {page for link in ["index.html", *links] for page in list_pages(files, f"en/{link}")}


def test_list_in_another_language_is_reached_from_the_same_list(files: Files) -> None:
    def switched(path: str) -> list[str]:
        return selected(html.fromstring(files[path]), "//ul[@class='languages']//a/@href")

    assert switched("en/countries/IE/index.html") == [
        "../../../en/countries/IE/index.html",
        "../../../fr/countries/IE/index.html",
    ]
    assert switched("en/countries/FR/index.html") == ["../../../en/countries/FR/index.html", "../../../fr/index.html"]
    assert switched("en/anywhere/index.html") == ["../../en/anywhere/index.html", "../../fr/index.html"]


def test_pages_are_cut_from_the_oldest_posting_on_and_counted_from_the_newest(files: Files) -> None:
    pages = list(list_pages(files, "en/index.html"))
    assert pages == ["en/index.html", *(f"en/index-{number}.html" for number in (4, 3, 2, 1))]
    trees = [html.fromstring(files[page]) for page in pages]
    assert [len(selected(tree, "//li//h3/a/@href")) for tree in trees] == [COUNT - 200, 50, 50, 50, 50]
    assert selected(trees[1], "//h2[@id='found']//text()") == ["Page 2 of 5"]
    assert [selected(tree, "//nav[@class='pager']/a/@href") for tree in trees] == [
        ["index-4.html"],
        ["index.html", "index-3.html"],
        ["index-4.html", "index-2.html"],
        ["index-3.html", "index-1.html"],
        ["index-2.html"],
    ]
    assert selected(trees[4], "//nav[@class='pager']//li/a[@aria-current]/@href") == ["index-1.html"]


def test_list_of_the_most_cards_and_of_all_countries_of_the_world_is_small() -> None:
    codes = sorted(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())
    postings = [
        replace(posting(number), id=code, locations=(Location(country=code, city="Villach"),), remote=False)
        for number, code in enumerate(codes)
    ]
    longest = site_of(versions_of([EN], [as_written(posting(number)) for number in range(75)]))
    everywhere = site_of(versions_of([EN], map(as_written, postings)))
    pages = [longest["en/index.html"], everywhere["en/index.html"]]
    assert [text.count(b'<li class="card"') for text in pages] == [75, 26 + (len(codes) - 26) % 50]
    assert max(map(len, pages)) <= MAX_PAGE_BYTES


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
    pages = [text.decode() for path, text in files.items() if re.match("en/(index|countries/.*html$)", path)]
    words = {text.strip() for page in pages for text in selected(html.fromstring(page), "//body//text()")}
    assert {"[Previous page]", "[Next page]", "[Page 2 of 5]", "[All countries]", "[Postings by country]"} <= words
    assert "[Pages]" in {label for page in pages for label in selected(html.fromstring(page), "//nav/@aria-label")}
    names = "Belgium|France|Ireland"
    own = re.compile(rf"\[.*\]|Nurse <i> \d+|Söhne & Co|(({names}|English)( · )?)*|\d*|[…–]")
    assert {word for word in words if not own.fullmatch(word)} == set()


def test_pages_of_lists_are_valid(site: Path) -> None:
    pages = sorted(path for path in site.glob("en/**/*.html") if path.parent.name != "postings")
    assert len(pages) > 10
    assert faults(site, pages) == []


def test_axe_finds_nothing_on_pages_of_lists(site: Path) -> None:
    with serving(site) as address, chromium() as browser:
        assert axe_finds(browser, address, ["en/index.html", "en/index-1.html", "en/countries/FR/index.html"]) == {}


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_filters_find_postings_of_every_page(site: Path, width: int) -> None:
    with serving(site) as address, chromium() as browser, tab(browser, width) as page:
        look = look_at(page, f"{address}en/index.html?country=BE&type=PART_TIME")
        assert (look.errors, look.scrolls, look.sticking_out) == ([], False, [])
        belgian = [number for number in range(COUNT) if number % 4 == 1]
        expect(page.locator("output")).to_have_text("No posting found")  # even numbers are never of Belgium
        page.goto(f"{address}en/index.html?country=BE")
        expect(page.locator("output")).to_have_text(f"{len(belgian)} postings found")
        expect(page.locator("#results .card")).to_have_count(50)
        page.locator("#results").get_by_role("link", name="Next page").click()
        expect(page.locator("#results .card")).to_have_count(len(belgian) - 50)
        page.goto(f"{address}en/index.html")
        page.fill("#filter-text", "nurse <i> 227")
        expect(page.locator("#results .card")).to_have_count(1)
        page.click("#results .card a")
        expect(page.locator("h1")).to_have_text("Nurse <i> 227")
        page.go_back()
        expect(page.locator("#results .card")).to_have_count(1)
        if width == WIDTHS["phone"]:
            page.get_by_role("button", name="Filters").click()
        page.click("button[name=clear]")
        expect(page.locator("#list")).to_be_visible()
        assert page.locator("#list .card").count() == COUNT - 200


def test_first_posting_is_on_the_first_screen_of_a_phone_and_nothing_moves(site: Path) -> None:
    with serving(site) as address, chromium() as browser:
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr")  # is offered French
        page = context.new_page()
        for path in ("en/index.html", "en/countries/FR/index.html"):
            page.goto(f"{address}{path}")
            page.locator(".offer:visible").wait_for()
            box = page.locator(".card").first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < 500
            assert page.evaluate(_SHIFTS) == 0
        context.close()


def test_lists_can_be_read_without_scripts(site: Path) -> None:
    with serving(site) as address, chromium() as browser:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}en/index.html")
        assert not page.locator("form.filters").is_visible()
        page.click(".countries >> text=France")
        page.wait_for_url("**/FR/index.html")
        page.click("a[rel=next]")
        page.wait_for_url("**/FR/index-*.html")
        assert page.locator("h1").inner_text() == "France"
        assert page.locator(".card").count() > 0
        context.close()
