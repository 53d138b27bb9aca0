"""Every file of a release, in one pass over the versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from babel import Locale

from pipeline.publishing import discovery
from pipeline.publishing.feeds import atom, job_xml, json_feed, rss
from pipeline.publishing.feeds.paging import PAGE_SIZE, feed_pages
from pipeline.publishing.ledger import Publication
from pipeline.publishing.pages import PageRenderer, PageSite, languages_page, static_files
from pipeline.publishing.release import Content
from pipeline.publishing.sitemap import sitemap_files
from pipeline.publishing.version import Country, Version

Withdrawn = Mapping[Locale, Sequence[Publication]]
Files = Iterator[tuple[str, Content]]


def build_site(
    base_url: str,
    versions: Sequence[Version],
    withdrawn: Withdrawn | None = None,
    *,
    noindex_machine: bool = False,
    searchable: bool = False,
    page_size: int = PAGE_SIZE,
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
        for path, content in _version_files(version, site):
            yield f"{version.tag}/{path}", content
        for path, content in _feed_files(version, site, (withdrawn or {}).get(version.locale, ()), page_size):
            yield f"{version.tag}/{path}", content
    yield from sitemap_files(site)


def _version_files(version: Version, site: PageSite) -> Files:
    renderer = PageRenderer(version, site)
    yield "index.html", renderer.list_page().encode()
    yield "countries.json", json_feed.serialize_countries(version).encode()
    yield discovery.OPENSEARCH_FILE_NAME, discovery.serialize_opensearch(version)
    for localized in version.postings:
        yield localized.path, renderer.posting_page(localized).encode()


def _feed_files(version: Version, site: PageSite, withdrawn: Sequence[Publication], page_size: int) -> Files:
    def links(posting_id: str) -> Iterable[atom.Link]:
        return (atom.Link(other.tag, other.url(item.path)) for other, item in site.by_posting[posting_id])

    listings: tuple[Country | None, ...] = (None, *version.countries)
    for country in listings:
        for page in feed_pages(version, country, page_size):
            gone = () if country else withdrawn
            yield page.path(json_feed.FILE_NAME), json_feed.serialize_feed(page).encode()
            yield page.path(atom.FILE_NAME), atom.serialize_atom(page, links, gone)
            if country is None:
                yield page.path(rss.FILE_NAME), rss.serialize_rss(page)
    yield job_xml.FILE_NAME, job_xml.serialize_jobs(version)
