"""Every file of a release, in one pass over the versions.

A posting is rendered once in every format and kept in a temporary file; feeds and lists are then put together from what
is kept, whatever order they have. So 100,000 postings fit into memory. A file that was made of the same before is not
made again, and a posting that no file needs is not rendered.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import partial
from hashlib import blake2b
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
    Listing,
    fits_one_page,
    listings_of,
    serialize_card,
    serialize_cards,
)
from pipeline.publishing.release.pieces import Pieces
from pipeline.publishing.release.switch import FileContent
from pipeline.publishing.release.unchanged import Unchanged
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.ledger import Publication
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import PAGE_SIZE, FeedPage, Page, cut_pages, feed_pages
from pipeline.publishing.versions.version import Country, Entry, Version
from pipeline.storage.spool import Chest

Withdrawn = Mapping[Locale, Sequence[Publication]]
Files = Iterator[tuple[str, FileContent]]


class Sizes(NamedTuple):
    """How many postings a page of a feed and a page of a list hold at most."""

    feed: int = PAGE_SIZE
    list: int = LIST_SIZE


_SIZES = Sizes()
_DIGEST_BYTES = 16


class Format(IntEnum):
    """Where a posting is put into."""

    JSON_FEED = 0
    ATOM = 1
    RSS = 2
    JOB_XML = 3
    CARD = 4
    CARD_IN_JSON = 5


class Renderings:
    """What a version's postings are in every format: made when the first file needs it, kept in a temporary file."""

    def __init__(self, version: Version, site: PageSite, renderer: PageRenderer, digests: Mapping[int, bytes]) -> None:
        self._version, self._site, self._renderer, self._digests = version, site, renderer, digests
        self._chest = Chest()
        self._places = array("q", [-1]) * len(version.postings)

    def page(self, entry: Entry) -> bytes:
        """Render the page of a posting, and what feeds and lists say of it."""
        localized = self._version.postings.text(entry)
        content = content_of(localized)
        self._add(entry, localized, content)
        return self._renderer.posting_page(localized, content).encode()

    def of(self, wanted: Format, entries: Iterable[Entry], pieces: Pieces) -> Iterator[bytes]:
        """Yield what these postings are in a format; what stands in the old file is not made."""
        for entry in entries:
            yield pieces.take(self._digests[entry.position], partial(self._rendering, wanted, entry))

    def _rendering(self, wanted: Format, entry: Entry) -> bytes:
        if self._places[entry.position] < 0:
            localized = self._version.postings.text(entry)
            self._add(entry, localized, content_of(localized))
        return self._chest.read(self._places[entry.position] + wanted)

    def _add(self, entry: Entry, localized: LocalizedPosting, content: Content) -> None:
        """Keep what a posting is, in the order of Format."""
        self._places[entry.position] = len(self._chest)
        for rendering in _renderings(self._version, self._site, localized, content):
            self._chest.add(rendering)
        card = self._renderer.card(localized)
        self._chest.add(card.encode())
        self._chest.add(serialize_card(card))


class Made:
    """The files of one version, each taken over where it was made of the same before."""

    def __init__(self, version: Version, site: PageSite, unchanged: Unchanged) -> None:
        self._version, self._site, self._unchanged = version, site, unchanged
        self._around = repr((site.base_url, version.tag, site.noindex_machine, site.searchable, version.words_digest))
        self._grounds = blake2b(self._around.encode(), digest_size=_DIGEST_BYTES).digest()
        self.of_posting = {entry.position: self._digest_of(entry) for entry in version.postings.entries}
        others = [(other.tag, len(other.postings), other.words_digest) for other in site.versions]
        listings = [(listing.id, listing.name, len(listing.postings)) for listing in listings_of(version)]
        codes = sorted({code for entry in version.postings.entries for code in entry.employment_type})
        remote = any(entry.remote for entry in version.postings.entries)
        self._lists = repr((others, listings, codes, remote))

    def page(self, entry: Entry, make: Callable[[], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of the page of a posting."""
        return entry.path, self._unchanged.file(*self._named(entry.path, "", [entry]), make)

    def list(self, path: str, page: Page, make: Callable[[Pieces], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of a page of a list."""
        around = repr((self._lists, page.number, page.starts))
        return self._file(path, around, page.postings.entries, make)

    def feed(
        self,
        file_name: str,
        feed: FeedPage,
        make: Callable[[Pieces], FileContent],
        withdrawn: Sequence[Publication] = (),
    ) -> tuple[str, FileContent]:
        """Return path and content of a page of a feed."""
        gone = () if feed.page.number else withdrawn
        around = repr((feed.title, feed.page.number, feed.page.starts, gone))
        return self._file(feed.path(file_name), around, feed.page.postings.entries, make)

    def all(self, path: str, make: Callable[[Pieces], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of a file about all postings."""
        return self._file(path, "", self._version.postings.entries, make)

    def _file(
        self, path: str, around: str, entries: Iterable[Entry], make: Callable[[Pieces], FileContent]
    ) -> tuple[str, FileContent]:
        return path, self._unchanged.assembled(*self._named(path, around, entries), make, grounds=self._grounds)

    def _named(self, path: str, around: str, entries: Iterable[Entry]) -> tuple[str, bytes]:
        """Return the path of a file in the release, and all that it is made of."""
        postings = b"".join([self.of_posting[each.position] for each in entries])
        return f"{self._version.tag}/{path}", f"{self._around}{around}\0".encode() + postings

    def _digest_of(self, entry: Entry) -> bytes:
        """Return a digest of a posting's text and facts, and of where it stands in other languages."""
        found = self._site.version_entries(entry.posting)
        alternates = [(each.version.words_digest, each.url, each.entry.translation) for each in found]
        state = blake2b(repr(alternates).encode(), digest_size=_DIGEST_BYTES)
        state.update(self._version.postings.digest(entry))
        return state.digest()


def build_site(  # noqa: PLR0913  what a site is made of, and how
    base_url: str,
    versions: Sequence[Version],
    withdrawn: Withdrawn | None = None,
    *,
    noindex_machine: bool = False,
    searchable: bool = False,
    sizes: Sizes = _SIZES,
    unchanged: Unchanged | None = None,
) -> Files:
    """Yield path and content of every file; a locale without a posting has none.

    `withdrawn` are the postings that each locale once had, for the readers that still keep them.
    With `searchable`, lists offer the full text search whose index somebody adds. What is `unchanged` is not made.
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
        gone = (withdrawn or {}).get(version.locale, ())
        for path, content in _version_files(version, site, gone, sizes, unchanged or Unchanged()):
            yield f"{version.tag}/{path}", content
    yield from sitemap_files(site)


def _version_files(
    version: Version, site: PageSite, withdrawn: Sequence[Publication], sizes: Sizes, unchanged: Unchanged
) -> Files:
    """Yield the pages of the postings, then the lists and feeds that are put together of what was made for them."""
    renderer = PageRenderer(version, site)
    made = Made(version, site, unchanged)
    renderings = Renderings(version, site, renderer, made.of_posting)
    for entry in version.postings.entries:
        yield made.page(entry, partial(renderings.page, entry))
    yield from _list_files(version, renderer, renderings, made, sizes.list)
    yield "countries.json", json_feed.serialize_countries(version).encode()
    yield discovery.OPENSEARCH_FILE_NAME, discovery.serialize_opensearch(version)
    yield from _feed_files(version, renderings, made, withdrawn, sizes.feed)


def _list_files(version: Version, renderer: PageRenderer, renderings: Renderings, made: Made, list_size: int) -> Files:
    """Yield the list of a small version; of a large one its lists in pages, and the cards for a script to filter."""
    if fits_one_page(version, list_size):
        yield "index.html", renderer.whole_list().encode()
        return
    for listing in listings_of(version):
        for page in cut_pages(listing.postings, list_size):
            path = page.name(listing.file_name)
            yield made.list(path, page, partial(_list_page, renderer, renderings, listing, page))
    for page in cut_pages(version.postings, CARDS_SIZE):
        yield made.list(page.name(CARDS_FILE_NAME), page, partial(_cards, renderings, page))


def _list_page(renderer: PageRenderer, renderings: Renderings, listing: Listing, page: Page, pieces: Pieces) -> bytes:
    return renderer.list_page(listing, page, renderings.of(Format.CARD, page.postings.entries, pieces)).encode()


def _cards(renderings: Renderings, page: Page, pieces: Pieces) -> bytes:
    return serialize_cards(page, renderings.of(Format.CARD_IN_JSON, page.postings.entries, pieces))


def _renderings(version: Version, site: PageSite, localized: LocalizedPosting, content: Content) -> Iterator[bytes]:
    """Yield what a posting is in each format, in the order of Format."""
    version_entries = site.version_entries(localized.posting.id)
    alternates = [atom.Link(found.version.tag, found.url) for found in version_entries]
    yield json_feed.serialize_item(version, localized, content)
    yield atom.serialize_entry(version, localized, content, alternates)
    yield rss.serialize_item(version, localized, content)
    yield job_xml.serialize_posting(version, localized, content)


def _feed_files(
    version: Version, renderings: Renderings, made: Made, withdrawn: Sequence[Publication], page_size: int
) -> Files:
    listings: tuple[Country | None, ...] = (None, *version.countries)
    for country in listings:
        gone = () if country else withdrawn
        for feed in feed_pages(version, country, page_size):
            yield made.feed(json_feed.FILE_NAME, feed, partial(_json_feed, renderings, feed))
            yield made.feed(atom.FILE_NAME, feed, partial(_atom, renderings, feed, gone), gone)
            if country is None:
                yield made.feed(rss.FILE_NAME, feed, partial(_rss, renderings, feed))
    yield made.all(job_xml.FILE_NAME, partial(_jobs, version, renderings))


def _json_feed(renderings: Renderings, feed: FeedPage, pieces: Pieces) -> bytes:
    return json_feed.serialize_feed(feed, renderings.of(Format.JSON_FEED, feed.page.postings.entries, pieces))


def _atom(renderings: Renderings, feed: FeedPage, gone: Sequence[Publication], pieces: Pieces) -> bytes:
    return atom.serialize_atom(feed, renderings.of(Format.ATOM, feed.page.postings.entries, pieces), gone)


def _rss(renderings: Renderings, feed: FeedPage, pieces: Pieces) -> bytes:
    return rss.serialize_rss(feed, renderings.of(Format.RSS, feed.page.postings.entries, pieces))


def _jobs(version: Version, renderings: Renderings, pieces: Pieces) -> Iterator[bytes]:
    return job_xml.serialize_jobs(version, renderings.of(Format.JOB_XML, version.postings.entries, pieces))
