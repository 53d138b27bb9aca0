"""What leads programs to the site: sitemaps and `robots.txt` for crawlers, OpenSearch descriptions for browsers.

A sitemap (sitemaps.org) is an index at the root and a part a language, every page with its hreflang alternates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.publishing.feeds.xml_text import attribute, document, leaf
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
        leaf("Description", version.translations.gettext("Job postings")),
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


def sitemap_files(site: PageSite, size: int = ADDRESSES_PER_FILE) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every part, then of the index; pages that ask not to be indexed are in none.

    The root page and the lists are each other's alternates, the root being the one for readers of no known language.
    """
    lists = _list_addresses(site)
    yield LANGUAGES_FILE_NAME, _serialize_part(lists)
    parts: dict[str, date | None] = {
        LANGUAGES_FILE_NAME: max((page.changed for page in lists if page.changed), default=None)
    }
    for version in site.versions:
        indexed = version.postings.choose(lambda entry: site.indexed(entry.translation))
        for page in cut_pages(indexed, size) if indexed else ():
            addresses = [_posting_address(site, version, entry) for entry in page.postings.entries]
            path = f"{version.tag}/{page.name(SITEMAP_FILE_NAME)}"
            parts[path] = max((page.changed for page in addresses if page.changed), default=None)
            yield path, _serialize_part(addresses)
    yield SITEMAP_FILE_NAME, _serialize_index(site.base_url, parts)


def _list_addresses(site: PageSite) -> list[_Address]:
    lists = [(version.tag, version.url()) for version in site.versions]
    alternates = (*lists, (_DEFAULT, site.base_url))
    changed = [next((entry.updated for entry in version.postings.entries[:1]), None) for version in site.versions]
    return [
        _Address(url=site.base_url, alternates=alternates),
        *(_Address(url=url, changed=day, alternates=alternates) for (_, url), day in zip(lists, changed, strict=True)),
    ]


def _posting_address(site: PageSite, version: Version, entry: Entry) -> _Address:
    """Gather the pages of a posting; readers of no known language are led to the one as it was written."""
    version_entries = [found for found in site.version_entries(entry.posting) if site.indexed(found.entry.translation)]
    pages = [(found.version.tag, found.url) for found in version_entries]
    default = site.default_url(entry.posting)
    alternates = (*pages, (_DEFAULT, default)) if default else tuple(pages)
    return _Address(url=version.url(entry.path), changed=entry.updated, alternates=alternates)


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
