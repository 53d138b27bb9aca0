"""Every file of a release, in one pass over the versions.

A posting is rendered once in every format and kept in a temporary file; feeds and lists are then put together from what
is kept, whatever order they have. So 100,000 postings fit into memory.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from babel import Locale

from pipeline.publishing.feeds import atom, job_xml, json_feed, rss
from pipeline.publishing.feeds.content import Content, content_of
from pipeline.publishing.pages import discovery
from pipeline.publishing.pages.discovery import sitemap_files
from pipeline.publishing.pages.html import PageRenderer, languages_page, static_files
from pipeline.publishing.pages.listings import (
    CARDS_FILE_NAME,
    CARDS_SIZE,
    LIST_SIZE,
    fits_one_page,
    listings_of,
    serialize_cards,
)
from pipeline.publishing.release.switch import FileContent
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.ledger import Publication
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import PAGE_SIZE, cut_pages, feed_pages
from pipeline.publishing.versions.version import Country, Entry, Version
from pipeline.storage.spool import Chest

Withdrawn = Mapping[Locale, Sequence[Publication]]
Files = Iterator[tuple[str, FileContent]]


class Sizes(NamedTuple):
    """How many postings a page of a feed and a page of a list hold at most."""

    feed: int = PAGE_SIZE
    list: int = LIST_SIZE


_SIZES = Sizes()


class Format(IntEnum):
    """Where a posting is put into."""

    JSON_FEED = 0
    ATOM = 1
    RSS = 2
    JOB_XML = 3
    CARD = 4


class Renderings:
    """The renderings of a version's postings, in a temporary file; each posting comes once with all of them."""

    def __init__(self, postings: int) -> None:
        self._chest = Chest()
        self._places = array("Q", [0]) * postings

    def add(self, entry: Entry, *renderings: bytes) -> None:
        """Keep what a posting is, in the order of Format."""
        self._places[entry.position] = len(self._chest)
        for rendering in renderings:
            self._chest.add(rendering)

    def of(self, wanted: Format, entries: Iterable[Entry]) -> Iterator[bytes]:
        """Yield what these postings are in a format."""
        return (self._chest.read(self._places[entry.position] + wanted) for entry in entries)


def build_site(
    base_url: str,
    versions: Sequence[Version],
    withdrawn: Withdrawn | None = None,
    *,
    noindex_machine: bool = False,
    searchable: bool = False,
    sizes: Sizes = _SIZES,
) -> Files:
    """Yield path and content of every file; a locale without a posting has none.

    `withdrawn` are the postings that each locale once had, for the readers that still keep them.
    With `searchable`, lists offer the full text search whose index somebody adds.
    """
    held = [version for version in versions if version.postings]
    site = PageSite.of(base_url, held, noindex_machine=noindex_machine, searchable=searchable)
    yield "index.html", languages_page(site).encode()
    yield "languages.json", json_feed.serialize_languages(held).encode()
    yield from static_files()
    yield "robots.txt", discovery.robots_txt(base_url).encode()
    for version in held[:1]:  # the root page speaks the first language too
        yield discovery.OPENSEARCH_FILE_NAME, discovery.serialize_opensearch(version)
    for version in held:
        for path, content in _version_files(version, site, (withdrawn or {}).get(version.locale, ()), sizes):
            yield f"{version.tag}/{path}", content
    yield from sitemap_files(site)


def _version_files(version: Version, site: PageSite, withdrawn: Sequence[Publication], sizes: Sizes) -> Files:
    """Go through the postings once: their pages come at once, what feeds say of them is kept for the feeds."""
    renderer = PageRenderer(version, site)
    renderings = Renderings(len(version.postings))
    for entry, localized in zip(version.postings.entries, version.postings, strict=True):
        content = content_of(localized)
        yield localized.path, renderer.posting_page(localized, content).encode()
        card = renderer.card(localized).encode()
        renderings.add(entry, *_renderings(version, site, localized, content), card)
    yield from _list_files(version, renderer, renderings, sizes.list)
    yield "countries.json", json_feed.serialize_countries(version).encode()
    yield discovery.OPENSEARCH_FILE_NAME, discovery.serialize_opensearch(version)
    yield from _feed_files(version, renderings, withdrawn, sizes.feed)


def _list_files(version: Version, renderer: PageRenderer, renderings: Renderings, list_size: int) -> Files:
    """Yield the list of a small version; of a large one its lists in pages, and the cards for a script to filter."""
    if fits_one_page(version, list_size):
        yield "index.html", renderer.whole_list().encode()
        return
    for listing in listings_of(version):
        for page in cut_pages(listing.postings, list_size):
            cards = renderings.of(Format.CARD, page.postings.entries)
            yield page.name(listing.file_name), renderer.list_page(listing, page, cards).encode()
    for page in cut_pages(version.postings, CARDS_SIZE):
        cards = renderings.of(Format.CARD, page.postings.entries)
        yield page.name(CARDS_FILE_NAME), serialize_cards(page, cards)


def _renderings(version: Version, site: PageSite, localized: LocalizedPosting, content: Content) -> Iterator[bytes]:
    """Yield what a posting is in each format, in the order of Format."""
    version_entries = site.version_entries(localized.posting.id)
    alternates = [atom.Link(found.version.tag, found.url) for found in version_entries]
    yield json_feed.serialize_item(version, localized, content)
    yield atom.serialize_entry(version, localized, content, alternates)
    yield rss.serialize_item(version, localized, content)
    yield job_xml.serialize_posting(version, localized, content)


def _feed_files(version: Version, renderings: Renderings, withdrawn: Sequence[Publication], page_size: int) -> Files:
    listings: tuple[Country | None, ...] = (None, *version.countries)
    for country in listings:
        for feed in feed_pages(version, country, page_size):
            entries = feed.page.postings.entries
            items = renderings.of(Format.JSON_FEED, entries)
            yield feed.path(json_feed.FILE_NAME), json_feed.serialize_feed(feed, items)
            gone = () if country else withdrawn
            yield feed.path(atom.FILE_NAME), atom.serialize_atom(feed, renderings.of(Format.ATOM, entries), gone)
            if country is None:
                yield feed.path(rss.FILE_NAME), rss.serialize_rss(feed, renderings.of(Format.RSS, entries))
    jobs = renderings.of(Format.JOB_XML, version.postings.entries)
    yield job_xml.FILE_NAME, job_xml.serialize_jobs(version, jobs)
