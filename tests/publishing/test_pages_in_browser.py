"""The samples in a real browser, on a desk and on a phone: what a reader sees, and where each link leads."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from lxml import etree
from playwright.sync_api import Browser

from pipeline.catalog.layout import SITE_DOMAIN, catalog_path
from pipeline.catalog.po_file import read_catalog
from pipeline.model.locale import parse_locale, to_tag
from tests.projects import CHECKOUT, read_json
from tests.publishing.browser import ICON, WIDTHS, Look, chromium, look_at, tab
from tests.publishing.examples import BASE_URL
from tests.publishing.kinds_of_pages import page_of_each_kind
from tests.publishing.loopback import serving
from tests.publishing.sample_site import LOCALES, UNBROKEN

NOTE = "This list names only the countries for which a posting has been published in this language."
TAGS = tuple(to_tag(parse_locale(locale)) for locale in LOCALES)
SCRIPTS = ("app", "cards", "languages", "words", "posting")  # what filters is loaded when somebody comes near
Looks = dict[str, dict[str, Look]]


@pytest.fixture(scope="module")
def address(sample_site: Path) -> Iterator[str]:
    with serving(sample_site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def looks(sample_site: Path, browser: Browser, address: str) -> Looks:
    """Look at every page on a phone, and at one of each kind on a desk: by width, then by path."""
    pages = sorted(sample_site.rglob("*.html"))
    hard = [page.relative_to(sample_site).as_posix() for page in pages if UNBROKEN in page.read_text(encoding="utf-8")]
    kinds = {path for tag in TAGS for path in page_of_each_kind(sample_site, tag).values()}
    paths = {"phone": [page.relative_to(sample_site).as_posix() for page in pages], "desktop": sorted({*kinds, *hard})}
    found: Looks = {}
    for name, width in WIDTHS.items():
        with tab(browser, width) as page:
            found[name] = {path: look_at(page, f"{address}{path}") for path in paths[name]}
    return found


@pytest.fixture(scope="module")
def items(sample_site: Path) -> dict[str, dict[str, Any]]:
    """Return what the feeds say of every posting page, by its path."""
    return {
        item["url"].removeprefix(BASE_URL): item
        for tag in TAGS
        for item in read_json(sample_site / tag / "feed.json")["items"]
    }


@pytest.fixture(scope="module")
def closed(sample_site: Path) -> set[str]:
    """Return the pages of postings that are no longer open, which are in no feed."""
    pages = (page for page in sample_site.glob("*/postings/*.html") if b'<div class="gone">' in page.read_bytes())
    return {page.relative_to(sample_site).as_posix() for page in pages}


def lists_of(item: dict[str, Any]) -> list[str]:
    """Return the lists that a posting stands in, besides that of all."""
    countries = [f"countries/{code}/index.html" for code in item["_polypost"]["countries"]]
    return countries or ["anywhere/index.html" if item["_polypost"]["remote"] else "no-country/index.html"]


def everywhere(looks: Looks) -> Iterator[tuple[str, Look]]:
    for width, by_path in looks.items():
        yield from ((f"{path} on a {width}", look) for path, look in by_path.items())


def own_word(locale: Locale, source: str) -> str:
    """Return our translation of a word; the word itself in a locale that we have none for."""
    catalog = read_catalog(catalog_path(CHECKOUT / "locales", locale, SITE_DOMAIN))
    return next((unit.target for unit in catalog.units if unit.key.source == source), source) if catalog else source


def test_every_kind_of_page_is_looked_at_in_every_language(
    looks: Looks, items: dict[str, Any], closed: set[str]
) -> None:
    assert closed
    assert closed.isdisjoint(items)
    countries = {f"{path.split('/')[0]}/{place}" for path, item in items.items() for place in lists_of(item)}
    lists = {*(f"{tag}/{name}" for tag in TAGS for name in ("index.html", "404.html", "feeds.html")), *countries}
    assert set(looks["phone"]) == {"index.html", "404.html", *lists, *items, *closed}
    on_a_desk = {path: item for path, item in items.items() if path in looks["desktop"]}
    assert kinds_of(on_a_desk) == kinds_of(items)
    assert {f"{tag}/index.html" for tag in TAGS} <= set(looks["desktop"])


def kinds_of(items: dict[str, Any]) -> set[tuple[str, str]]:
    return {(path.split("/")[0], translation(item)) for path, item in items.items()}


def test_no_page_is_wider_than_the_screen(looks: Looks) -> None:
    wide = {place: look.sticking_out for place, look in everywhere(looks) if look.scrolls or look.sticking_out}
    assert wide == {}


@pytest.mark.parametrize(("width", "text"), [(256, "100%"), (360, "200%"), (1280, "200%")])
def test_no_kind_of_page_is_wider_than_the_narrowest_screen_or_with_text_twice_as_large(
    browser: Browser, sample_site: Path, address: str, width: int, text: str
) -> None:
    hard = [page.relative_to(sample_site).as_posix() for page in sample_site.glob("de/postings/betreuer-*.html")]
    kinds = {path for tag in ("de", "pt-BR", "ar") for path in page_of_each_kind(sample_site, tag).values()}
    wide = {}
    assert hard
    with tab(browser, width) as page:
        root = "document.documentElement"
        page.add_init_script(f"addEventListener('DOMContentLoaded', () => ({root}.style.fontSize = '{text}'))")
        for path in sorted({*kinds, *hard}):
            look = look_at(page, f"{address}{path}")
            if look.scrolls or look.sticking_out:
                wide[path] = look.sticking_out
    assert wide == {}


def test_word_in_the_header_of_the_narrowest_screen_is_not_broken(browser: Browser, address: str) -> None:
    lines = """() => { const name = document.createRange(); name.selectNodeContents(document.querySelector(".home"));
      return new Set([...name.getClientRects()].map(box => box.top)).size }"""
    with tab(browser, 256) as page:
        page.goto(f"{address}de/index.html")
        assert page.locator(".home").inner_text() == "Stellenangebote"
        assert page.evaluate(lines) == 1


def test_page_that_is_wider_than_the_screen_is_seen(browser: Browser, sample_site: Path, tmp_path: Path) -> None:
    page = next(page for page in sample_site.glob("de/postings/*.html") if UNBROKEN in page.read_text("utf-8"))
    (tmp_path / "wide.html").write_bytes(page.read_bytes())  # without the style sheet, nothing breaks long words
    with serving(tmp_path) as address, tab(browser, WIDTHS["phone"]) as opened:
        look = look_at(opened, f"{address}wide.html")
    assert (look.scrolls, look.sticking_out != [], look.errors != []) == (True, True, True)


def test_pages_report_no_error_and_ask_for_nothing_from_elsewhere(looks: Looks, address: str) -> None:
    assert {place: look.errors for place, look in everywhere(looks) if look.errors} == {}
    asked = {request for _, look in everywhere(looks) for request in look.requests}
    assert asked - {f"{address}{ICON}"} == {
        f"{address}{path}" for path in ("style.css", *(f"{name}.js" for name in SCRIPTS), *looks["phone"])
    }


def test_pages_say_their_language_and_run_in_its_direction(looks: Looks) -> None:
    for place, look in everywhere(looks):
        folder = place.split("/")[0]
        tag = folder if folder in TAGS else TAGS[0]
        assert (look.lang, look.dir) == (tag, "rtl" if tag == "ar" else "ltr"), place


def test_language_switch_leads_to_the_same_page_in_every_language_that_has_it(
    looks: Looks, items: dict[str, Any], closed: set[str], address: str
) -> None:
    for place, look in everywhere(looks):
        path = place.split(" on a ")[0]
        if path in {"index.html", "404.html"}:
            expected = {}
        elif path in items:
            posting = items[path]["_polypost"]["posting"]
            assert look.posting in ([], [posting]), place
            same = {name for name, item in items.items() if item["_polypost"]["posting"] == posting}
            expected = {name.split("/")[0]: f"{address}{name}" for name in same}
        elif path in closed:
            expected = {tag: f"{address}{tag}/index.html" for tag in TAGS}
        else:
            below = path.partition("/")[2].replace("404.html", "index.html")
            pages = {tag: f"{tag}/{below if f'{tag}/{below}' in looks['phone'] else 'index.html'}" for tag in TAGS}
            expected = {tag: f"{address}{page}" for tag, page in pages.items()}
        assert look.languages == (expected if len(expected) > 1 else {}), place
        assert look.current == ([look.lang] if len(expected) > 1 else []), place


def test_reader_who_changes_the_language_stays_with_the_posting(
    browser: Browser, address: str, items: dict[str, Any]
) -> None:
    english, french = (
        next(path for path, item in items.items() if item["id"] == f"corrib-vale-0231/{tag}") for tag in ("en", "fr")
    )
    with tab(browser, WIDTHS["phone"]) as page:
        page.goto(f"{address}{english}")
        page.locator("header summary").click()
        page.get_by_role("navigation").get_by_role("link", name="français").click()
        page.wait_for_url(f"{address}{french}")
        assert page.locator("h1").inner_text() == items[french]["title"]
        page.get_by_role("banner").get_by_role("link", name=own_word(Locale("fr"), "Job postings")).click()
        page.wait_for_url(f"{address}fr/index.html")
        page.get_by_role("link", name=items[french]["title"]).first.click()
        page.wait_for_url(f"{address}{french}")


def test_announced_feeds_are_there(looks: Looks, browser: Browser, address: str) -> None:
    names = {
        "application/feed+json": "feed.json",
        "application/atom+xml": "atom.xml",
        "application/rss+xml": "rss.xml",
    }
    for place, look in everywhere(looks):
        announced = {} if place.startswith(("index.html", "404.html")) else names
        feeds = {kind: f"{address}{look.lang}/{name}" for kind, name in announced.items()}
        if "/countries/" in place:  # beside those of the version
            folder = place.partition("index.html")[0]
            feeds |= {kind: f"{address}{folder}{name}" for kind, name in list(names.items())[:2]}
        assert look.feeds == feeds, place
    with tab(browser, WIDTHS["phone"]) as page:
        for tag in TAGS:
            assert json.loads(page.request.get(f"{address}{tag}/feed.json").body())["language"] == tag
            feed = etree.fromstring(page.request.get(f"{address}{tag}/atom.xml").body())
            assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
            channel = etree.fromstring(page.request.get(f"{address}{tag}/rss.xml").body())
            assert channel.findtext("channel/language") == tag


def test_pages_in_different_languages_name_each_other(looks: Looks, closed: set[str]) -> None:
    indexed = {path: look for path, look in looks["phone"].items() if path not in closed}
    pages = [look for path, look in indexed.items() if not path.endswith(("404.html", "feeds.html"))]
    by_address = {look.canonical[0]: look for look in pages}
    assert len(by_address) == len(pages)
    for own, look in by_address.items():
        assert own in look.alternates.values(), own
        for link in look.alternates.values():
            assert by_address[link].alternates == look.alternates, (own, link)


def test_note_that_explains_the_list_is_seen_on_every_list(looks: Looks) -> None:
    for by_path in looks.values():
        seen = {path: list(look.notes) for path, look in by_path.items() if look.notes}
        assert seen == {
            f"{to_tag(locale)}/index.html": [own_word(locale, NOTE)] for locale in map(parse_locale, LOCALES)
        }


def test_machine_translation_is_labelled_and_leads_to_the_original(
    looks: Looks, items: dict[str, Any], address: str
) -> None:
    written = {item["_polypost"]["posting"]: path for path, item in items.items() if translation(item) == "source"}
    assert {translation(item) for item in items.values()} >= {"source", "human", "machine"}
    for by_path in looks.values():
        for path in by_path.keys() & items.keys():
            look, item = by_path[path], items[path]
            source = item["_polypost"]["source_language"]
            if translation(item) == "source":
                assert (look.labels, look.originals) == ([], []), path
                continue
            locale = parse_locale(path.split("/")[0])
            word = {
                "human": "Translated from %(language)s by a person",
                "machine": "Machine translation from %(language)s, not reviewed by a person",
            }[translation(item)]
            name = parse_locale(source).get_display_name(locale)
            assert look.labels == [own_word(locale, word).replace("%(language)s", str(name))], path
            assert look.originals == [f"{address}{written[item['_polypost']['posting']]}"], path


def translation(item: dict[str, Any]) -> str:
    return str(item["_polypost"]["translation"])
