"""Every file of a release, in one pass over the versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from babel import Locale

from pipeline.publishing.feeds.atom import Link, serialize_atom
from pipeline.publishing.feeds.json_feed import serialize_countries, serialize_feed, serialize_languages
from pipeline.publishing.ledger import Publication
from pipeline.publishing.pages import PageRenderer, PageSite, languages_page, style_sheet
from pipeline.publishing.version import Version


def build_site(
    base_url: str, versions: Sequence[Version], withdrawn: Mapping[Locale, Sequence[Publication]] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file; a locale without a posting has none.

    `withdrawn` are the postings that each locale once had, for the readers that still keep them.
    """
    held = [version for version in versions if version.postings]
    site = PageSite.of(base_url, held)
    yield "index.html", languages_page(site, held).encode()
    yield "languages.json", serialize_languages(held).encode()
    yield "style.css", style_sheet().encode()
    for version in held:
        for path, content in _version_files(version, site, (withdrawn or {}).get(version.locale, ())):
            yield f"{version.tag}/{path}", content


def _version_files(version: Version, site: PageSite, withdrawn: Sequence[Publication]) -> Iterator[tuple[str, bytes]]:
    def links(posting_id: str) -> Iterable[Link]:
        return (Link(alternate.tag, alternate.url) for alternate in site.posting_alternates(posting_id))

    renderer = PageRenderer(version, site)
    yield "index.html", renderer.list_page().encode()
    yield "feed.json", serialize_feed(version).encode()
    yield "atom.xml", serialize_atom(version, links, withdrawn=withdrawn)
    yield "countries.json", serialize_countries(version).encode()
    for country in version.countries:
        yield country.feed, serialize_feed(version, country).encode()
        yield country.atom, serialize_atom(version, links, country=country)
    for localized in version.postings:
        yield localized.path, renderer.posting_page(localized).encode()
