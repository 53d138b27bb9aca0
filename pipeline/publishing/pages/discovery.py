"""What leads programs to the site: sitemaps and `robots.txt` for crawlers, OpenSearch descriptions for browsers.

A sitemap (sitemaps.org) is an index at the root and a part a language, every page with its hreflang alternates.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from pipeline.publishing.feeds.xml_text import attribute, document, leaf
from pipeline.publishing.pages.listings import LIST_SIZE, Listing, cut_list, folders_of, listings_of
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.paging import cut_pages
from pipeline.publishing.versions.version import Entry, Version
from pipeline.publishing.versions.wording import pgettext

OPENSEARCH_FILE_NAME = "opensearch.xml"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# The specification's limit; a longer translation is not cut, for half a word helps nobody.
_SHORT_NAME = pgettext("search engine, 16 characters at most", "Job search")
SITEMAP_FILE_NAME = "sitemap.xml"
LANGUAGES_FILE_NAME = "sitemap-languages.xml"
LISTS_FILE_NAME = "sitemap-lists.xml"
# A file may hold 50,000 addresses and 50 MB; with 60 languages an address and its alternates take about 8 KB.
ADDRESSES_PER_FILE = 5000
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_DEFAULT = "x-default"


def robots_txt(base_url: str) -> str:
    """Let every crawler in and name the sitemap; crawlers look for this file at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base_url}{SITEMAP_FILE_NAME}\n"


def serialize_opensearch(version: Version) -> bytes:
    """Describe the search of a version's list page, so that a browser can offer it."""
    fields = (
        leaf("ShortName", version.translations.pgettext(*_SHORT_NAME)),
        leaf("Description", version.title),
        f'<Url type="text/html" template="{attribute(version.url("index.html?q={searchTerms}"))}"></Url>',
        leaf("Language", version.tag),
        leaf("InputEncoding", "UTF-8"),
        leaf("OutputEncoding", "UTF-8"),
    )
    return document(f'<OpenSearchDescription xmlns="{_OPENSEARCH}">{"".join(fields)}</OpenSearchDescription>')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """A page, the day its text changed, and the same page by hreflang, itself among them."""

    url: str
    changed: date | None = None
    alternates: tuple[tuple[str, str], ...]


class Part(NamedTuple):
    """A file of a sitemap and how it is made; `entries` are the postings of a version that one is about."""

    path: str
    make: Callable[[], bytes]
    version: Version | None = None
    entries: Sequence[Entry] = ()


def sitemap_files(site: PageSite, size: int = ADDRESSES_PER_FILE, list_size: int = LIST_SIZE) -> Iterator[Part]:
    """Yield every part, then the index; pages that ask not to be indexed are in none.

    The root page and the lists of all postings are each other's alternates, the root being the one for readers of no
    known language. The further pages of a list have no alternate: another language cuts its list elsewhere.
    """
    languages = _list_addresses(site)
    folders = {version.tag: folders_of(version) for version in site.versions}
    yield Part(LANGUAGES_FILE_NAME, partial(_serialize_part, languages))
    parts: dict[str, date | None] = {
        LANGUAGES_FILE_NAME: max((page.changed for page in languages if page.changed), default=None)
    }
    for version in site.versions:
        lists = listings_of(version)
        addresses = [_listing_address(site, version, listing, folders) for listing in lists[1:]]
        addresses += [address for listing in lists for address in _further_pages(version, listing, list_size)]
        path = f"{version.tag}/{LISTS_FILE_NAME}"
        parts[path] = max((page.changed for page in addresses if page.changed), default=None)
        yield Part(path, partial(_serialize_part, addresses))
        indexed = version.postings.choose(lambda entry: site.indexed(entry.translation))
        for page in cut_pages(indexed, size) if indexed else ():
            entries = page.postings.entries
            path = f"{version.tag}/{page.name(SITEMAP_FILE_NAME)}"
            parts[path] = max((entry.updated for entry in entries if entry.updated), default=None)
            yield Part(path, partial(_postings_part, site, version, entries), version, entries)
    yield Part(SITEMAP_FILE_NAME, partial(_serialize_index, site.base_url, parts))


def _list_addresses(site: PageSite) -> list[_Address]:
    lists = [(version.tag, version.url()) for version in site.versions]
    alternates = (*lists, (_DEFAULT, site.base_url))
    changed = [version.postings.updated for version in site.versions]
    return [
        _Address(url=site.base_url, alternates=alternates),
        *(_Address(url=url, changed=day, alternates=alternates) for (_, url), day in zip(lists, changed, strict=True)),
    ]


def _listing_address(
    site: PageSite, version: Version, listing: Listing, folders: Mapping[str, Container[str]]
) -> _Address:
    """Gather the versions that have a list."""
    held = [other for other in site.versions if listing.folder in folders[other.tag]]
    return _Address(
        url=version.url(listing.folder),
        changed=listing.postings.updated,
        alternates=tuple((other.tag, other.url(listing.folder)) for other in held),
    )


def _further_pages(version: Version, listing: Listing, list_size: int) -> Iterator[_Address]:
    for page in cut_list(listing.postings, list_size):
        if not page.first:
            url = version.url(listing.folder + page.name())
            yield _Address(url=url, changed=page.postings.updated, alternates=())


def _posting_address(site: PageSite, version: Version, entry: Entry) -> _Address:
    """Gather the pages of a posting; readers of no known language are led to the one as it was written."""
    version_entries = [found for found in site.version_entries(entry.posting) if site.indexed(found.entry.translation)]
    pages = [(found.version.tag, found.url) for found in version_entries]
    default = site.default_url(entry.posting)
    alternates = (*pages, (_DEFAULT, default)) if default else tuple(pages)
    return _Address(url=version.url(entry.path), changed=entry.updated, alternates=alternates)


def _postings_part(site: PageSite, version: Version, entries: Iterable[Entry]) -> bytes:
    return _serialize_part([_posting_address(site, version, entry) for entry in entries])


def _serialize_part(addresses: Sequence[_Address]) -> bytes:
    urls = (f"<url>{_place(page.url, page.changed)}{''.join(_alternates(page))}</url>" for page in addresses)
    return document(f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">{"".join(urls)}</urlset>')


def _serialize_index(base_url: str, parts: dict[str, date | None]) -> bytes:
    sitemaps = (f"<sitemap>{_place(f'{base_url}{path}', changed)}</sitemap>" for path, changed in parts.items())
    return document(f'<sitemapindex xmlns="{_SITEMAP}">{"".join(sitemaps)}</sitemapindex>')


def _place(url: str, changed: date | None) -> str:
    return leaf("loc", url) + (leaf("lastmod", changed.isoformat()) if changed else "")


def _alternates(page: _Address) -> Iterator[str]:
    """Yield the links of a page to its other languages; the schema wants them last."""
    for tag, url in page.alternates:
        yield f'<xhtml:link rel="alternate" hreflang="{attribute(tag)}" href="{attribute(url)}"></xhtml:link>'
