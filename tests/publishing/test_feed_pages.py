"""Large feeds come in pages, by `next_url` and RFC 5005; a small one says that it is complete."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import feedparser  # type: ignore[import-untyped]
from lxml import etree

from pipeline.model.locale import parse_locale
from pipeline.publishing.versions.ledger import Departure
from pipeline.publishing.versions.paging import PAGE_SIZE
from pipeline.publishing.versions.version import Version
from tests.publishing.examples import as_written, nurse, site_of, versions_of
from tests.publishing.outputs import ATOM, OUTPUTS, Files, json_pages, xml_pages

EN = parse_locale("en")
COMPLETE = "{http://purl.org/syndication/history/1.0}complete"
BASE = "https://jobs.example.org/en/"
GONE = Departure("gone", date(2026, 11, 2))


def version(count: int) -> Version:
    return versions_of([EN], [as_written(nurse(f"n{number:04}", countries=("FR",))) for number in range(count)])[0]


def relations(page: etree._Element) -> dict[str, str]:
    links: Any = page.xpath("/a:feed/a:link | /rss/channel/a:link", namespaces={"a": ATOM[1:-1]})
    return {link.get("rel"): link.get("href").removeprefix(BASE) for link in links if link.get("rel") != "alternate"}


def names(files: Files, stem: str) -> list[str]:
    return sorted(path for path in files if path.startswith(f"en/{stem}") and not path.endswith(".html"))


def test_feed_in_pages_names_the_page_before_and_after_and_the_first() -> None:
    files = site_of([version(5)], page_size=2)
    for name in ("atom", "rss"):
        assert [relations(page) for page in xml_pages(files, f"en/{name}.xml")] == [
            {"self": f"{name}.xml", "first": f"{name}.xml", "next": f"{name}-3.xml"},
            {"self": f"{name}-3.xml", "first": f"{name}.xml", "previous": f"{name}.xml", "next": f"{name}-2.xml"},
            {"self": f"{name}-2.xml", "first": f"{name}.xml", "previous": f"{name}-3.xml", "next": f"{name}-1.xml"},
            {"self": f"{name}-1.xml", "first": f"{name}.xml", "previous": f"{name}-2.xml"},
        ]
        assert names(files, name) == [f"en/{name}{page}.xml" for page in ("-1", "-2", "-3", "")]
    pages = list(json_pages(files, "en/feed.json"))
    assert [(page["feed_url"], page.get("next_url")) for page in pages] == [
        (f"{BASE}feed.json", f"{BASE}feed-3.json"),
        (f"{BASE}feed-3.json", f"{BASE}feed-2.json"),
        (f"{BASE}feed-2.json", f"{BASE}feed-1.json"),
        (f"{BASE}feed-1.json", None),
    ]
    assert [len(page["items"]) for page in pages] == [2, 1, 1, 1]


def test_pages_are_one_feed() -> None:
    files = site_of([version(5)], page_size=2)
    pages = list(xml_pages(files, "en/atom.xml"))
    heads = {tuple(page.findtext(f"{ATOM}{name}") for name in ("id", "title")) for page in pages}
    assert heads == {("urn:polypost:feed:en", "Job postings")}
    assert {page["title"] for page in json_pages(files, "en/feed.json")} == {"Job postings"}


def test_only_a_feed_of_one_page_is_complete() -> None:
    for page_size, complete in ((5, [True]), (4, [False, False])):
        files = site_of([version(5)], page_size=page_size)
        for name in ("atom.xml", "rss.xml", "countries/FR/atom.xml"):
            found = [next(page.iter(COMPLETE), None) is not None for page in xml_pages(files, f"en/{name}")]
            assert found == complete, name


def test_page_holds_five_hundred_postings() -> None:
    files = site_of([version(PAGE_SIZE), versions_of([parse_locale("fr")], [as_written(nurse(), "fr")])[0]])
    assert names(files, "feed") == ["en/feed.json"]
    files = site_of([version(PAGE_SIZE + 1)])
    assert names(files, "feed") == ["en/feed-1.json", "en/feed.json"]
    assert names(files, "countries/FR/") == [
        "en/countries/FR/atom-1.xml",
        "en/countries/FR/atom.xml",
        "en/countries/FR/feed-1.json",
        "en/countries/FR/feed.json",
    ]
    for name in ("feed.json", "atom.xml", "rss.xml", "jobs.xml"):
        assert len(OUTPUTS[name](files, f"en/{name}")) == PAGE_SIZE + 1, name


def test_newest_postings_stand_on_the_first_page() -> None:
    postings = [replace(nurse(f"n{day}"), date_posted=date(2026, 11, day)) for day in (3, 1, 4, 2)]
    files = site_of(versions_of([EN], map(as_written, postings)), page_size=3)
    pages = [[item["id"] for item in page["items"]] for page in json_pages(files, "en/feed.json")]
    assert pages == [["n4/en", "n3/en", "n2/en"], ["n1/en"]]
    updated = [page.findtext(f"{ATOM}updated") for page in xml_pages(files, "en/atom.xml")]
    assert updated == ["2026-11-04T00:00:00Z", "2026-11-01T00:00:00Z"]


def test_first_page_alone_tells_what_is_gone_and_when() -> None:
    files = site_of([version(3)], {EN: [GONE]}, page_size=2)
    pages = list(xml_pages(files, "en/atom.xml"))
    tombstones = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
    assert [[found.get("ref") for found in page.iter(tombstones)] for page in pages] == [["urn:polypost:gone/en"], []]
    assert [page.findtext(f"{ATOM}updated") for page in pages] == ["2026-11-02T00:00:00Z", "1970-01-01T00:00:00Z"]


def test_feedparser_follows_the_pages() -> None:
    files = site_of([version(3)], page_size=1)
    for name in ("atom", "rss"):
        path, seen = f"{name}.xml", []
        while path:
            feed: Any = feedparser.parse(files[f"en/{path}"])
            assert not feed.bozo
            seen += [entry.id for entry in feed.entries]
            following = [link.href for link in feed.feed.links if link.rel == "next"]
            path = following[0].removeprefix(BASE) if following else ""
        assert seen == [f"urn:polypost:n{number:04}/en" for number in (2, 1, 0)]


def test_feed_has_a_line_for_each_item() -> None:
    text = site_of([version(2)])["en/feed.json"].decode()
    lines = text.splitlines()
    assert [json.loads(line.removesuffix(","))["id"] for line in lines if line.startswith("{") and len(line) > 1] == [
        "n0000/en",
        "n0001/en",
    ]
    assert len(json.loads(text)["items"]) == 2
