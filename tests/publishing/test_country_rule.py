"""The country rule (DESIGN, section 3): every output of a language version holds the same postings and countries."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote, urldefrag

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.model.locale import parse_locale, to_tag
from pipeline.model.posting import Location, Posting, Section, SectionKind, blocks_of
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from pipeline.publishing.versions.policy import Policy, Rule, decide
from tests.laws import examples
from tests.publishing.examples import BASE_URL, WORDS, detected, segmented, site_of, versions_of
from tests.publishing.outputs import (
    COUNTRY_OUTPUTS,
    OUTPUTS,
    in_structured_data,
    local,
    pairs,
    selected,
    sitemap_pages,
)

LOCALES = tuple(map(parse_locale, ("en", "pt_BR", "pt_PT", "de", "ar")))
COUNTRIES = ("FR", "BE", "BR", "PT", "DE", "SE", "XK")
country_lists = st.lists(st.sampled_from(COUNTRIES), max_size=3, unique=True).map(tuple)
places = st.lists(
    st.builds(Location, country=st.sampled_from(("", *COUNTRIES)), city=st.sampled_from(("", "Lyon & co", "リヨン"))),
    max_size=3,
).map(tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What is published: postings, and how far the translation of each is in each locale."""

    postings: tuple[Posting, ...]
    translated: frozenset[tuple[int, str]]
    policy: Policy


@st.composite
def stores(draw: st.DrawFn) -> Store:
    strange = st.sampled_from(("a b", "acme:1", "ü/x", "<i>", "../up", "a&b", "é\"'"))
    ids = draw(st.lists(strange, max_size=5, unique=True))
    postings = tuple(
        Posting(
            id=posting_id,
            title=draw(st.sampled_from(("Nurse <b> & co", "Nurse", "看護師", "../../x"))),
            organization=draw(st.sampled_from(("", "Acme </script>"))),
            locations=draw(places),
            remote=draw(st.booleans()),
            date_posted=draw(st.sampled_from((None, date(2026, 11, 1)))),
            applicant_countries=draw(country_lists),
            detection=detected(draw(st.sampled_from(("en", "pt", "pt-BR", "de", "fr", None)))),
            locales=draw(st.sampled_from((None, None, None, (), (parse_locale("de"),)))),
            sections=(
                Section(kind=SectionKind.OFFER, heading="What", blocks=blocks_of(("Tea.",), items=("<a> & b",))),
            ),
        )
        for posting_id in ids
    )
    every = [(number, str(locale)) for number in range(len(postings)) for locale in LOCALES]
    translated = draw(st.sets(st.sampled_from(every))) if every else set()
    return Store(postings=postings, translated=frozenset(translated), policy=draw(st.sampled_from(list(Policy))))


def published(store: Store) -> Iterator[LocalizedPosting]:
    for locale in LOCALES:
        rule = Rule(
            locale=locale, policy=store.policy, configured=LOCALES, faulty=lambda _: False, has_route=lambda _: True
        )
        for number, posting in enumerate(store.postings):
            item = segmented(posting)
            done = (number, str(locale)) in store.translated
            keys = item.keys()
            units = {key: Unit(key=key, target=f"{locale} {key.source}") for key in keys}
            decision = decide(item, units if done else dict[UnitKey, Unit](), rule)
            if decision.published:
                yield localize(decision, WORDS)


def links_of_page(text: bytes) -> Iterator[str]:
    yield from selected(html.fromstring(text), "//@href[not(starts-with(., 'data:'))] | //@src")


def links_of_json(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name in {"url", "feed_url", "home_page_url", "feed"}:
                yield str(member)
            yield from links_of_json(member)
    elif isinstance(value, list):
        for member in value:
            yield from links_of_json(member)


def links_of_xml(text: bytes) -> Iterator[str]:
    addresses = ("loc", "link", "url", "publisherurl")
    elements = " | ".join(f"//*[local-name()='{name}']/text()" for name in addresses)
    yield from selected(etree.fromstring(text), f"//@href | //@template | {elements}")


def links_of(path: str, text: bytes) -> Iterator[str]:
    if path.endswith(".html"):
        return links_of_page(text)
    if path.endswith(".json"):
        return links_of_json(json.loads(text))
    return links_of_xml(text) if path.endswith(".xml") else iter(())


def target_of(path: str, link: str) -> str:
    """Return the file that a link leads to; lists in JSON name files from the folder they lie in."""
    address, _ = urldefrag(link)
    if not address:
        return path
    address, _, _ = address.partition("?")
    own = next((start for start in (BASE_URL, "/") if address.startswith(start)), "")
    below = address.removeprefix(own) if own else join(dirname(path), address)
    return normpath(join(below, "index.html") if below.endswith("/") or not below else unquote(below))


def assert_version_agrees(files: dict[str, bytes], tag: str, expected: dict[str, LocalizedPosting]) -> None:
    wanted = [pair for item in expected.values() for pair in pairs(item.posting.id, item.posting.countries)]
    found = {name: in_output(files, f"{tag}/{name}") for name, in_output in OUTPUTS.items()}
    structured = [pair for pair in wanted if pair[1] and expected[pair[0]].date_posted]
    assert sorted(in_structured_data(files, tag)) == sorted(structured)
    assert {name: sorted(held) for name, held in found.items()} == dict.fromkeys(found, sorted(wanted))
    in_sitemap = [local(address) for address in sitemap_pages(files) if address.startswith(f"{BASE_URL}{tag}/")]
    links = selected(html.fromstring(files[f"{tag}/index.html"]), "//ul[@class='countries']//a/@href")
    lists = ["", *(link.removesuffix("index.html") for link in links)]
    assert sorted(in_sitemap) == sorted(
        f"{tag}/{path}" for path in [*lists, *(item.path for item in expected.values())]
    )
    assert_countries_agree(files, tag, expected)


def assert_countries_agree(files: dict[str, bytes], tag: str, expected: dict[str, LocalizedPosting]) -> None:
    counts = Counter(code for item in expected.values() for code in item.posting.countries)
    listed = json.loads(files[f"{tag}/countries.json"])
    assert listed["language"] == tag
    assert {country["code"]: country["postings"] for country in listed["countries"]} == counts
    assert len(listed["countries"]) == len(counts)
    for country in listed["countries"]:
        folder = f"{tag}/countries/{country['code']}/"
        assert f"{tag}/{country['feed']}" == f"{folder}feed.json"
        here = [item.posting for item in expected.values() if country["code"] in item.posting.countries]
        wanted = sorted(pair for posting in here for pair in pairs(posting.id, posting.countries))
        for name, in_output in COUNTRY_OUTPUTS.items():
            assert sorted(in_output(files, f"{folder}{name}")) == wanted, (country["code"], name)
    folders = {path.split("/")[2] for path in files if path.startswith(f"{tag}/countries/")}
    assert folders == set(counts)
    links = selected(html.fromstring(files[f"{tag}/index.html"]), "//ul[@class='countries']//a/@href")
    assert {link.split("/")[1] for link in links if link.startswith("countries/")} == set(counts)


@examples(80)
@given(stores(), st.integers(1, 4))
def test_every_output_of_a_language_holds_the_same_postings_and_countries(store: Store, page_size: int) -> None:
    localized = list(published(store))
    files = site_of(versions_of(LOCALES, localized), page_size=page_size)
    tags = {to_tag(item.locale) for item in localized}
    assert {path.split("/")[0] for path in files if "/" in path} == tags
    assert {entry["language"] for entry in json.loads(files["languages.json"])} == tags
    for version in versions_of(LOCALES, localized):
        if version.postings:
            expected = {item.posting.id: item for item in version.postings}
            assert_version_agrees(files, version.tag, expected)
            assert all(item.language.language == version.locale.language for item in version.postings)


@examples(80)
@given(stores(), st.integers(1, 4))
def test_no_link_leads_to_a_missing_file_or_an_empty_list(store: Store, page_size: int) -> None:
    files = site_of(versions_of(LOCALES, published(store)), page_size=page_size)
    for path, text in files.items():
        assert entries_of(path, text) != [], path
    for path, text in files.items():
        for link in links_of(path, text):
            target = target_of(path, link)
            assert target in files, (path, link)
            anchor = urldefrag(link).fragment
            found = selected(
                html.fromstring(files[target]), f"//*[@id='{anchor}']{'' if anchor == 'content' else '//a'}"
            )
            assert not anchor or found, (path, link)


def entries_of(path: str, text: bytes) -> list[object] | None:
    """Return what a list holds; None for a file that is no list."""
    name = path.rpartition("/")[2]
    if re.fullmatch(r"feed(-\d+)?\.json", name):
        return list(json.loads(text)["items"])
    if name == "countries.json" or not re.fullmatch(r"(atom|rss|jobs|sitemap)(-\w+)?\.xml", name):
        return None
    found: Any = etree.fromstring(text).xpath("//*[local-name()='entry' or local-name()='item' or local-name()='job']")
    return list(found) if not name.startswith("sitemap") else list(etree.fromstring(text))


@examples(40)
@given(stores())
def test_the_same_postings_make_the_same_bytes_in_any_order(store: Store) -> None:
    localized = list(published(store))
    assert site_of(versions_of(LOCALES, localized)) == site_of(versions_of(LOCALES, reversed(localized)))


def test_worldwide_and_placeless_postings_are_in_groups_that_are_no_countries() -> None:
    base = Posting(id="a", title="A", detection=detected("en"), sections=())
    worldwide, placeless = replace(base, remote=True), replace(base, id="b", locations=(Location(city="Atlantis"),))
    store = Store(postings=(worldwide, placeless), translated=frozenset(), policy=Policy.SOURCE)
    files = site_of(versions_of(LOCALES, published(store)))
    page = html.fromstring(files["en/index.html"])
    links = ["anywhere/index.html", "no-country/index.html"]
    assert selected(page, "//ul[@class='countries']//a/@href") == links
    assert json.loads(files["en/countries.json"]) == {"language": "en", "countries": []}


def test_site_without_a_posting_has_no_language() -> None:
    files = site_of(versions_of(LOCALES, []))
    assert sorted(path for path in files if "/" in path) == []
    assert json.loads(files["languages.json"]) == []
