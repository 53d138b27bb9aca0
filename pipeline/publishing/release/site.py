"""Every file of a release, in one pass over the versions.

A posting is rendered once in every format and kept in a temporary file; feeds and lists are then put together from what
is kept, whatever order they have. So 100,000 postings fit into memory. A file that was made of the same before is not
made again, and a posting that no file needs is not rendered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import count
from typing import NamedTuple

from babel import Locale

from pipeline.model.site_settings import NO_SETTINGS, SiteSettings
from pipeline.publishing.feeds import atom, job_xml, json_feed, rss
from pipeline.publishing.pages import discovery
from pipeline.publishing.pages.discovery import Part, sitemap_files
from pipeline.publishing.pages.html import FEEDS_PAGE, PageRenderer, languages_page, missing_page, static_files
from pipeline.publishing.pages.list_index import OtherNames, choices_of, no_other_names
from pipeline.publishing.pages.listings import (
    ALL_POSTINGS,
    LIST_SIZE,
    Listing,
    ListPage,
    cut_list,
    folders_of,
    listings_of,
)
from pipeline.publishing.pages.own_look import own_files
from pipeline.publishing.pages.similar import Leads, Neighbours, Related
from pipeline.publishing.release.pieces import Pieces
from pipeline.publishing.release.renderings import Format, Page, Renderings
from pipeline.publishing.release.searching import search_files
from pipeline.publishing.release.switch import FileContent
from pipeline.publishing.release.unchanged import Unchanged
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.gone import Gone
from pipeline.publishing.versions.ledger import Departure
from pipeline.publishing.versions.paging import PAGE_SIZE, FeedPage, feed_pages
from pipeline.publishing.versions.version import Country, Entry, Version
from pipeline.storage.children import NO_CHILDREN, Children

Departed = Mapping[Locale, Sequence[Departure]]
Files = Iterator[tuple[str, FileContent]]


class Sizes(NamedTuple):
    """How many postings a page of a feed holds at most, and how many a page of a list."""

    feed: int = PAGE_SIZE
    list: int = LIST_SIZE


_SIZES = Sizes()
_DIGEST_BYTES = 16
# What hosts show for an address that leads nowhere.
MISSING_FILE_NAME = "404.html"


class _Making(NamedTuple):
    """How the files of versions are made."""

    sizes: Sizes
    other_names: OtherNames
    children: Children


class _Lost(NamedTuple):
    """What a version once held: `departed` for feeds that tell of deletions, `gone` for pages that stay."""

    departed: Sequence[Departure]
    gone: Sequence[Gone]


class _Standing(dict[str, bytes]):
    """Digests of where a posting stands in every language, by its id; each made once for all versions."""

    def __init__(self, site: PageSite) -> None:
        self._site = site

    def __missing__(self, posting: str) -> bytes:
        found = self._site.version_entries(posting)
        alternates = [(each.version.words_digest, each.url, each.entry.translation) for each in found]
        self[posting] = blake2b(repr(alternates).encode(), digest_size=_DIGEST_BYTES).digest()
        return self[posting]


class Made:
    """The files of one version, each taken over where it was made of the same before."""

    def __init__(self, version: Version, site: PageSite, standing: Mapping[str, bytes], unchanged: Unchanged) -> None:
        self._version, self._standing, self.unchanged = version, standing, unchanged
        self._around = repr((site.base_url, version.tag, site.settings.digest, site.searchable, version.words_digest))
        self._grounds = blake2b(self._around.encode(), digest_size=_DIGEST_BYTES).digest()
        self.of_posting = {entry.position: self._digest_of(entry) for entry in version.postings.entries}
        self._filters = repr(choices_of(version))
        self._lists = repr([(listing.name, len(listing.postings)) for listing in listings_of(version)])
        self._others = [(other.tag, other.words_digest, folders_of(other)) for other in site.versions]
        self._told = {entry.position: _digest_of_lead(entry) for entry in version.postings.entries}
        self._languages = repr([(other.tag, other.words_digest) for other in site.versions])

    def page(self, entry: Entry, others: Related, make: Callable[[], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of the page of a posting, which leads to some others."""
        return entry.path, self.unchanged.file(*self._named(entry.path, "", [entry], self._told_of(others)), make)

    def needs(self, page: Page) -> bool:
        """Tell whether the page of a posting has to be made."""
        path = page.entry.path
        return not self.unchanged.stands(*self._named(path, "", [page.entry], self._told_of(page.others)))

    def gone(self, gone: Gone, others: Related, make: Callable[[], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of the page of a posting that is no longer open."""
        around = repr((gone, self._languages))
        return gone.path, self.unchanged.file(*self._named(gone.path, around, (), self._told_of(others)), make)

    def _told_of(self, others: Related) -> bytes:
        """Return digests of all that a page says of the postings that it leads to."""
        told = self._told
        leads = [told[entry.position] for each in (others.similar, others.of_employer) for entry in each]
        return b"%d %d " % (len(others.similar), others.more) + b"".join(leads)

    def list(self, listing: Listing, page: ListPage, make: Callable[[Pieces], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of a page of a list; the first one counts postings and leads to other lists."""
        others = [(tag, words, listing.folder in folders) for tag, words, folders in self._others]
        counts = "" if not page.first else self._lists if listing.id == ALL_POSTINGS else len(listing.postings)
        around = repr((listing.id, listing.name, others, counts, self._filters, page.number, page.pages))
        return self._file(listing.folder + page.name(), around, page.postings.entries, make)

    def feed(
        self,
        file_name: str,
        feed: FeedPage,
        make: Callable[[Pieces], FileContent],
        departed: Sequence[Departure] = (),
    ) -> tuple[str, FileContent]:
        """Return path and content of a page of a feed."""
        gone = () if feed.page.number else departed
        around = repr((feed.title, feed.page.number, feed.page.starts, gone))
        return self._file(feed.path(file_name), around, feed.page.postings.entries, make)

    def sitemap(self, part: Part) -> FileContent:
        """Return the content of a part of the sitemap, which is about some of the postings."""
        path = part.path.removeprefix(f"{self._version.tag}/")
        return self.unchanged.file(*self._named(path, "", part.entries), part.make)

    def all(self, path: str, make: Callable[[Pieces], FileContent]) -> tuple[str, FileContent]:
        """Return path and content of a file about all postings."""
        return self._file(path, "", self._version.postings.entries, make)

    def _file(
        self, path: str, around: str, entries: Iterable[Entry], make: Callable[[Pieces], FileContent]
    ) -> tuple[str, FileContent]:
        return path, self.unchanged.assembled(*self._named(path, around, entries), make, grounds=self._grounds)

    def _named(self, path: str, around: str, entries: Iterable[Entry], leads: bytes = b"") -> tuple[str, bytes]:
        """Return the path of a file in the release, and all that it is made of."""
        postings = b"".join([self.of_posting[each.position] for each in entries])
        return f"{self._version.tag}/{path}", f"{self._around}{around}\0".encode() + postings + leads

    def _digest_of(self, entry: Entry) -> bytes:
        """Return a digest of a posting's text and facts, and of where it stands in other languages."""
        state = self._standing[entry.posting] + self._version.postings.digest(entry)
        return blake2b(state, digest_size=_DIGEST_BYTES).digest()


def _digest_of_lead(entry: Entry) -> bytes:
    """Return a digest of all that pages of other postings say of one that they lead to."""
    place = (entry.locations, entry.remote, entry.worldwide, entry.applicant_countries, entry.areas)
    told = repr((entry.slug, entry.title, entry.title_language, entry.organization, place))
    return blake2b(told.encode(), digest_size=_DIGEST_BYTES).digest()


def build_site(  # noqa: PLR0913  what a site is made of, and how
    base_url: str,
    versions: Sequence[Version],
    departed: Departed | None = None,
    gone: Mapping[Locale, Sequence[Gone]] | None = None,
    *,
    settings: SiteSettings = NO_SETTINGS,
    searchable: bool = False,
    sizes: Sizes = _SIZES,
    unchanged: Unchanged | None = None,
    other_names: OtherNames = no_other_names,
    children: Children = NO_CHILDREN,
) -> Files:
    """Yield path and content of every file; a locale without a posting has none.

    `departed` are the postings that each locale, or a country in it, once had, for the readers that still keep them,
    and `gone` those of a locale that have expired, whose pages stay.
    With `searchable`, lists offer the full text search whose index somebody adds. What is `unchanged` is not made.
    A place is also found by its `other_names`. Some `children` make pages.
    """
    held = [version for version in versions if version.postings]
    site = PageSite.of(base_url, held, settings=settings, searchable=searchable)
    yield "index.html", languages_page(site).encode()
    yield MISSING_FILE_NAME, missing_page(site).encode()
    yield "languages.json", json_feed.serialize_languages(held).encode()
    yield from static_files()
    yield from own_files(settings)
    yield "robots.txt", discovery.robots_txt(base_url).encode()
    for version in held[:1]:  # the root page speaks the first language too
        yield discovery.OPENSEARCH_FILE_NAME, discovery.serialize_opensearch(version)
    making = _Making(sizes, other_names, children)
    made: dict[str, Made] = {}
    kept, standing = unchanged or Unchanged(), _Standing(site)
    for version in held:
        lost = _Lost((departed or {}).get(version.locale, ()), (gone or {}).get(version.locale, ()))
        made[version.tag] = Made(version, site, standing, kept)
        for path, content in _version_files(version, site, lost, made[version.tag], making):
            yield f"{version.tag}/{path}", content
    for part in sitemap_files(site, list_size=sizes.list):
        yield part.path, made[part.version.tag].sitemap(part) if part.version else part.make()


def _version_files(
    version: Version,
    site: PageSite,
    lost: _Lost,
    made: Made,
    making: _Making,
) -> Files:
    """Yield the pages of the postings, then the lists and feeds that are put together of what was made for them."""
    renderer = PageRenderer(version, site)
    renderings = Renderings(version, site, renderer, made.of_posting)
    related = [*_related(version, lost.gone, made.unchanged)]
    pages = list(map(Page, count(), version.postings.entries, related))
    with renderings.ahead(making.children, pages, made.needs):
        for page in pages:
            yield made.page(page.entry, page.others, partial(renderings.page, page))
    for gone, others in zip(lost.gone, related[len(pages) :], strict=True):
        yield made.gone(gone, others, partial(_gone_page, renderer, gone, others))
    yield MISSING_FILE_NAME, renderer.missing_page().encode()
    yield from _list_files(version, renderer, renderings, made, making.sizes.list)
    yield from search_files(
        version,
        made.of_posting,
        card=renderer.specimen(),
        words=renderings.words,
        unchanged=made.unchanged,
        other_names=making.other_names,
    )
    yield "countries.json", json_feed.serialize_countries(version).encode()
    yield discovery.OPENSEARCH_FILE_NAME, discovery.serialize_opensearch(version)
    yield FEEDS_PAGE, renderer.feeds_page().encode()
    yield from _feed_files(version, renderings, made, lost.departed, making.sizes.feed)


def _related(version: Version, gone: Sequence[Gone], unchanged: Unchanged) -> Iterator[Related]:
    """Find to which postings each page leads, those that are no longer open last; what still holds is taken over."""
    neighbours = Neighbours(version.postings.entries, gone)
    before = unchanged.find(Leads, version.tag)
    leads = neighbours.leads(before)
    if leads is not before:
        unchanged.keep(Leads, version.tag, leads)
    return neighbours.related(leads)


def _gone_page(renderer: PageRenderer, gone: Gone, others: Related) -> bytes:
    return renderer.gone_page(gone, others).encode()


def _list_files(version: Version, renderer: PageRenderer, renderings: Renderings, made: Made, list_size: int) -> Files:
    """Yield the lists of a version in pages."""
    for listing in listings_of(version):
        for page in cut_list(listing.postings, list_size):
            yield made.list(listing, page, partial(_list_page, renderer, renderings, listing, page))


def _list_page(
    renderer: PageRenderer, renderings: Renderings, listing: Listing, page: ListPage, pieces: Pieces
) -> bytes:
    cards = renderings.cards(listing.root, page.postings.entries, pieces)
    return renderer.list_page(listing, page, cards).encode()


def _feed_files(
    version: Version, renderings: Renderings, made: Made, departed: Sequence[Departure], page_size: int
) -> Files:
    listings: tuple[Country | None, ...] = (None, *version.countries)
    left: defaultdict[str, list[Departure]] = defaultdict(list)
    for each in departed:
        left[each.country].append(each)
    for country in listings:
        gone = left[country.code if country else ""]
        for feed in feed_pages(version, country, page_size):
            yield made.feed(json_feed.FILE_NAME, feed, partial(_json_feed, renderings, feed))
            yield made.feed(atom.FILE_NAME, feed, partial(_atom, renderings, feed, gone), gone)
            if country is None:
                yield made.feed(rss.FILE_NAME, feed, partial(_rss, renderings, feed))
    yield made.all(job_xml.FILE_NAME, partial(_jobs, version, renderings))


def _json_feed(renderings: Renderings, feed: FeedPage, pieces: Pieces) -> bytes:
    return json_feed.serialize_feed(feed, renderings.of(Format.JSON_FEED, feed.page.postings.entries, pieces))


def _atom(renderings: Renderings, feed: FeedPage, gone: Sequence[Departure], pieces: Pieces) -> bytes:
    return atom.serialize_atom(feed, renderings.of(Format.ATOM, feed.page.postings.entries, pieces), gone)


def _rss(renderings: Renderings, feed: FeedPage, pieces: Pieces) -> bytes:
    return rss.serialize_rss(feed, renderings.of(Format.RSS, feed.page.postings.entries, pieces))


def _jobs(version: Version, renderings: Renderings, pieces: Pieces) -> Iterator[bytes]:
    return job_xml.serialize_jobs(version, renderings.of(Format.JOB_XML, version.postings.entries, pieces))
