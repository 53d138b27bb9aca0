"""A translated posting in a real browser: its originals come when they are chosen, and the way back is kept."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from babel import Locale
from playwright.sync_api import Browser, Page, expect

from tests.projects import write_tree
from tests.publishing.browser import WIDTHS, chromium, tab
from tests.publishing.examples import as_written, nurse, site_of, versions_of
from tests.publishing.loopback import serving
from tests.publishing.test_posting_page import translated

AR = Locale("ar")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a posting in Arabic, another one beside it, and a third that is similar to that."""
    root = tmp_path_factory.mktemp("site")
    targets = {"Nurse": "ممرضة", "We care.": "نحن نهتم.", "Join us.": "انضم إلينا."}
    posting = translated(("We care.", "Join us."), targets, locale=AR, posting=nurse("acme-0"))
    others = [as_written(replace(nurse(f"acme-{number}"), title="Nurse")) for number in (1, 2)]
    files = site_of(versions_of((Locale("en"), AR), (posting, *others)))
    write_tree(root, {path: content.decode() for path, content in files.items()})
    with serving(root) as found:
        yield found


def page_address(page: Page, address: str, tag: str) -> str:
    page.goto(f"{address}{tag}/index.html")
    return str(page.eval_on_selector("main li.card a", "link => link.href"))


def shown(page: Page) -> list[str]:
    return [each.inner_text() for each in page.query_selector_all(".original > [lang]") if each.is_visible()]


def test_originals_are_shown_when_a_reader_chooses_so_beside_or_below_their_sentences(
    browser: Browser, address: str
) -> None:
    for width, beside in (("desktop", True), ("phone", False)):
        with tab(browser, WIDTHS[width]) as page:
            page.goto(page_address(page, address, "ar"))
            assert shown(page) == []
            page.check(f"input[value={'side' if beside else 'under'}]")
            assert shown(page) == ["Nurse", "We care.", "Join us."]
            printed, original = (
                page.eval_on_selector(place, "element => element.getBoundingClientRect().toJSON()")
                for place in ("#s2 > :first-child", "#s2 .original > [lang='en']")
            )
            assert (abs(printed["y"] - original["y"]) < printed["height"]) is beside
            assert (original["right"] <= printed["left"]) is beside  # from right to left
            page.check("input[value=text]")
            assert shown(page) == []


def test_address_of_a_sentence_shows_the_original_of_that_one(browser: Browser, address: str) -> None:
    with tab(browser, WIDTHS["desktop"]) as page:
        page.goto(f"{page_address(page, address, 'ar')}#s3")
        assert shown(page) == ["Join us."]


def test_way_back_leads_to_the_list_as_it_was_filtered_also_from_a_posting_further_on(
    browser: Browser, address: str
) -> None:
    with tab(browser, WIDTHS["desktop"]) as page:
        filtered = f"{address}en/index.html?q=nurse"
        page.goto(filtered)
        page.click("#results li.card a")  # of the filtered list, once the script has made it
        back = page.locator("[data-back]")
        expect(back).to_have_js_property("href", filtered)
        first = page.url
        page.click(".others li a")
        page.wait_for_url(lambda url: url != first)
        expect(back).to_have_js_property("href", filtered)
        back.click()
        page.wait_for_url(filtered)
        page.goto(page_address(page, address, "ar"))
        assert back.evaluate("link => link.href") == f"{address}ar/index.html"
