"""Which postings each output of a language version holds, read as its consumers do: paged ones to their end."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from tests.publishing.examples import BASE_URL

Files = Mapping[str, bytes]
# Posting and country, one pair a country, one with "" for a posting without any; doubles stay.
Pairs = list[tuple[str, str]]
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
COUNTRIES = "urn:iso:std:iso:3166"


def selected(element: etree._Element, path: str) -> list[str]:
    """Return what an XPath finds, as text."""
    found: Any = element.xpath(path)
    return [str(node) for node in found]


def local(address: str) -> str:
    """Return the path of an absolute address of ours."""
    assert address.startswith(BASE_URL), address
    return unquote(address.removeprefix(BASE_URL))


def pairs(posting_id: str, countries: Iterable[str]) -> Pairs:
    return [(posting_id, country) for country in countries] or [(posting_id, "")]


def posting_of_urn(urn: str) -> str:
    """Return the posting that an id in Atom, RSS or job XML names."""
    assert urn.startswith("urn:polypost:"), urn
    return unquote(urn.removeprefix("urn:polypost:").split("/")[0])


def json_pages(files: Files, path: str) -> Iterator[Any]:
    """Follow `next_url`."""
    while path:
        page = json.loads(files[path])
        assert local(page["feed_url"]) == path
        yield page
        path = local(page["next_url"]) if "next_url" in page else ""


def xml_pages(files: Files, path: str) -> Iterator[etree._Element]:
    """Follow the link to the next page of an Atom or RSS feed."""
    links = "/atom:feed/atom:link | /rss/channel/atom:link"
    while path:
        page = etree.fromstring(files[path])
        found: Any = page.xpath(links, namespaces={"atom": ATOM[1:-1]})
        relations = {link.get("rel"): link.get("href") for link in found}
        assert local(relations["self"]) == path
        yield page
        path = local(relations["next"]) if "next" in relations else ""


def json_items(files: Files, path: str) -> list[Any]:
    return [item for page in json_pages(files, path) for item in page["items"]]


def atom_entries(files: Files, path: str) -> list[etree._Element]:
    return [entry for page in xml_pages(files, path) for entry in page.iterfind(f"{ATOM}entry")]


def rss_items(files: Files, path: str) -> list[etree._Element]:
    return [item for page in xml_pages(files, path) for item in page.iterfind("channel/item")]


def in_json_feed(files: Files, path: str) -> Pairs:
    own = [item["_polypost"] for item in json_items(files, path)]
    return [pair for item in own for pair in pairs(item["posting"], item["countries"])]


def in_atom(files: Files, path: str) -> Pairs:
    return [
        pair
        for entry in atom_entries(files, path)
        for pair in pairs(
            posting_of_urn(entry.findtext(f"{ATOM}id") or ""),
            [category.get("term", "") for category in entry.iterfind(f"{ATOM}category[@scheme='{COUNTRIES}']")],
        )
    ]


def in_rss(files: Files, path: str) -> Pairs:
    return [
        pair
        for item in rss_items(files, path)
        for pair in pairs(
            posting_of_urn(item.findtext("guid") or ""),
            [category.text or "" for category in item.iterfind(f"category[@domain='{COUNTRIES}']")],
        )
    ]


def in_jobs(files: Files, path: str) -> Pairs:
    """Read the countries of each posting; a posting has a job a place, perhaps several in one country."""
    jobs = etree.fromstring(files[path]).findall("job")
    numbers = [job.findtext("referencenumber") or "" for job in jobs]
    assert len(set(numbers)) == len(numbers)
    found: dict[str, set[str]] = {}
    for job, number in zip(jobs, numbers, strict=True):
        posting = job.findtext("requisitionid") or ""
        assert posting == posting_of_urn(number)
        found.setdefault(posting, set()).update(filter(None, [job.findtext("country")]))
    return [pair for posting, countries in found.items() for pair in pairs(posting, countries)]


def structured(page: bytes) -> dict[str, Any]:
    (script,) = selected(html.fromstring(page), "//script[@type='application/ld+json']/text()")
    found: dict[str, Any] = json.loads(script)
    return found


def countries_of_structured(data: dict[str, Any]) -> set[str]:
    places = [place["address"] for place in data.get("jobLocation", [])]
    codes = {address["addressCountry"] for address in places if "addressCountry" in address}
    return codes | {country["name"] for country in data.get("applicantLocationRequirements", [])}


def in_structured_data(files: Files, tag: str) -> Pairs:
    pages = [text for path, text in files.items() if path.startswith(f"{tag}/postings/")]
    data = [structured(text) for text in pages if b"application/ld+json" in text]
    return [pair for item in data for pair in pairs(item["identifier"]["value"], countries_of_structured(item))]


def list_pages(files: Files, path: str) -> Iterator[str]:
    """Yield the paths of the pages of a list, following the links to the next one."""
    while path:
        yield path
        found = selected(html.fromstring(files[path]), "//a[@rel='next']/@href")
        path = normpath(join(dirname(path), found[0])) if found else ""


def listed(files: Files, path: str) -> list[str]:
    """Return the pages of the postings that a list shows, in its order."""
    pages = list(list_pages(files, path))
    links = [(page, link) for page in pages for link in selected(html.fromstring(files[page]), "//li//h3/a/@href")]
    return [normpath(join(dirname(page), link)) for page, link in links]


def in_html_list(files: Files, path: str) -> Pairs:
    """Read the lists: a posting stands once in that of all, and once in those of its countries, or in a group."""
    feed = json_items(files, f"{dirname(path)}/feed.json")
    posting = {local(item["url"]): item["_polypost"]["posting"] for item in feed}
    found: Pairs = []
    for link in selected(html.fromstring(files[path]), "//ul[@class='countries']//a/@href"):
        country = link.split("/")[1] if link.startswith("countries/") else ""
        postings = listed(files, normpath(join(dirname(path), link)))
        found += [(posting[page], country) for page in postings]
    everything = [posting[page] for page in listed(files, path)]
    assert sorted(everything) == sorted({name for name, _ in found})
    return found


# Each output that holds all postings of a version, by its path below the folder of the language.
OUTPUTS: Mapping[str, Callable[[Files, str], Pairs]] = {
    "feed.json": in_json_feed,
    "atom.xml": in_atom,
    "rss.xml": in_rss,
    "jobs.xml": in_jobs,
    "index.html": in_html_list,
}
# Each output that every country has.
COUNTRY_OUTPUTS: Mapping[str, Callable[[Files, str], Pairs]] = {"feed.json": in_json_feed, "atom.xml": in_atom}


def sitemap_parts(files: Files) -> dict[str, etree._Element]:
    """Read the sitemaps that the index names."""
    index = etree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{SITEMAP}sitemapindex"
    paths = [local(place.findtext(f"{SITEMAP}loc") or "") for place in index]
    assert len(set(paths)) == len(paths)
    return {path: etree.fromstring(files[path]) for path in paths}


def sitemap_pages(files: Files) -> dict[str, dict[str, str]]:
    """Return the alternates of every page in the sitemaps, by hreflang."""
    found: dict[str, dict[str, str]] = {}
    for part in sitemap_parts(files).values():
        for page in part:
            address = page.findtext(f"{SITEMAP}loc") or ""
            assert address not in found
            links = page.findall(f"{XHTML}link")
            found[address] = {link.get("hreflang", ""): link.get("href", "") for link in links}
            assert len(found[address]) == len(links)
    return found
