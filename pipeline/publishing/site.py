"""Every file of a release, in one pass over the versions."""

from collections.abc import Iterator, Sequence

from pipeline.publishing.feeds.json_feed import serialize_countries, serialize_feed, serialize_languages
from pipeline.publishing.pages import PageRenderer, PageSite, languages_page, style_sheet
from pipeline.publishing.version import Version


def build_site(base_url: str, versions: Sequence[Version]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file; a locale without a posting has none."""
    held = [version for version in versions if version.postings]
    site = PageSite.of(base_url, held)
    yield "index.html", languages_page(site, held).encode()
    yield "languages.json", serialize_languages(held).encode()
    yield "style.css", style_sheet().encode()
    for version in held:
        for path, text in _version_files(version, site):
            yield f"{version.tag}/{path}", text.encode()


def _version_files(version: Version, site: PageSite) -> Iterator[tuple[str, str]]:
    renderer = PageRenderer(version, site)
    yield "index.html", renderer.list_page()
    yield "feed.json", serialize_feed(version)
    yield "countries.json", serialize_countries(version)
    for country in version.countries:
        yield country.feed, serialize_feed(version, country)
    for localized in version.postings:
        yield localized.path, renderer.posting_page(localized)
