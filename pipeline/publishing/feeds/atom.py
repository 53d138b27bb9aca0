"""Atom (RFC 4287) for a language version and for each of its countries, with tombstones (RFC 6721).

Written without a library: feedgen drops `hreflang`, sets `updated` to now and holds the whole feed in memory
(docs/why/releases.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from babel import Locale

from pipeline.language.city_names import city_name
from pipeline.publishing.feeds.content import Content
from pipeline.publishing.feeds.extension import EMPLOYMENT, NAMESPACE, PREFIX
from pipeline.publishing.feeds.opened import help_element, icon_url, logo_url, publisher, stylesheet, subtitle
from pipeline.publishing.feeds.xml_text import DECLARATION, attribute, cdata, leaf, text, write_timestamp
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.ledger import NO_DATE, Departure
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import FeedPage
from pipeline.publishing.versions.version import Version, country_name

FILE_NAME = "atom.xml"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
COUNTRIES = "urn:iso:std:iso:3166"
TRANSLATION = "urn:polypost:translation"
ORIGINAL = "urn:polypost:original"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721


class Link(NamedTuple):
    """The page of a posting in one language."""

    tag: str
    url: str


def serialize_atom(feed: FeedPage, entries: Iterable[bytes], departed: Sequence[Departure] = ()) -> bytes:
    """Write a page of a feed.

    A feed of one page is complete: what is not in it is not published. `departed` tells readers that keep old entries
    which ones are gone; only the first page says it, which is the one that they come back to.
    """
    gone = () if feed.page.number else departed
    opened = (
        f'{DECLARATION}{stylesheet(feed)}<feed xmlns="{ATOM}" xmlns:fh="{HISTORY}" xmlns:at="{_TOMBSTONES}" '
        f'xmlns:{PREFIX}="{NAMESPACE}" xml:lang="{feed.version.tag}">'
    )
    parts = [opened, *_head(feed, gone), *(_tombstone(feed.version, each) for each in gone), ""]
    return b"".join(["\n".join(parts).encode(), b"\n".join(entries), b"\n</feed>\n"])


def serialize_entry(
    version: Version, localized: LocalizedPosting, content: Content, alternates: Iterable[Link]
) -> bytes:
    """Write the entry of a posting, the same in every feed of its version; `alternates` are its pages, this one too."""
    posting = localized.posting
    published = f"<published>{write_timestamp(localized.published)}</published>\n" if localized.published else ""
    author = f"<author><name>{text(posting.organization)}</name></author>\n" if posting.organization else ""
    original = f'<link rel="related" href="{attribute(localized.url)}"/>\n' if localized.url else ""
    offered = text(content.summary)  # as HTML, for many readers take any summary for it
    summary = f'<summary type="html" xml:lang="{version.tag}">{cdata(offered)}</summary>\n' if offered else ""
    opened = (
        f'<entry xml:lang="{content.language}">\n'
        f"<id>{feed_urn(posting.id, version.tag)}</id>\n"
        f"<title>{text(content.title)}</title>\n"
        f"<updated>{write_timestamp(localized.updated or NO_DATE)}</updated>\n"
        f"{published}"
        f"{author}"
        f"{''.join(_alternates(version, localized, alternates))}"
        f"{original}"
        f"{''.join(_categories(version, localized, content))}"
        f"{content.elements}"
        f"{summary}"
        '<content type="html">'
    )
    return b"".join([opened.encode(), content.xml, b"</content>\n</entry>"])


def feed_urn(posting_id: str, tag: str) -> str:
    """Return the id of a posting's entry: the one of every other feed, as a URN.

    >>> feed_urn("acme 4711", "pt-BR")
    'urn:polypost:acme%204711/pt-BR'
    """
    return f"urn:polypost:{quote(posting_id, safe='')}/{tag}"


def _alternates(version: Version, localized: LocalizedPosting, alternates: Iterable[Link]) -> Iterator[str]:
    """Write the links to a posting's pages so that readers open the one in the language of their feed.

    Some take the first link and some, feedparser among them, the last one of exactly the type `text/html`.
    """
    own = version.url(localized.path)
    yield f'<link rel="alternate" type="text/html" hreflang="{version.tag}" href="{attribute(own)}"/>\n'
    for tag, url in alternates:
        if url != own:
            yield f'<link rel="alternate" type="text/html; charset=utf-8" hreflang="{tag}" href="{attribute(url)}"/>\n'


def _categories(version: Version, localized: LocalizedPosting, content: Content) -> Iterator[str]:
    """Write what readers may sort an entry by, with words where the term is a code or in letters foreign to them."""
    posting = localized.posting
    yield from (_country(version.locale, code) for code in content.countries)
    for city, country in {place.city: place.country for place in posting.locations if place.city}.items():
        called = city_name(version.locale, city, country)
        yield (leaf("category", term=city) if called == city else leaf("category", term=city, label=called)) + "\n"
    for code in posting.employment_type:
        name = wording.employment_type(version.translations, code)
        yield leaf("category", term=code, scheme=EMPLOYMENT, label=name) + "\n"
    yield f'<category term="{localized.translation}" scheme="{TRANSLATION}"/>\n'
    if localized.original:
        yield f'<category term="{localized.original}" scheme="{ORIGINAL}"/>\n'


@cache
def _country(locale: Locale, code: str) -> str:
    return leaf("category", term=code, scheme=COUNTRIES, label=country_name(locale, code)) + "\n"


def _head(feed: FeedPage, departed: Iterable[Departure]) -> Iterator[str]:
    version, country = feed.version, feed.country
    days = [feed.page.updated, *(each.day for each in departed)]
    yield leaf("id", f"urn:polypost:feed:{version.tag}{f':{country.code}' if country else ''}")
    yield leaf("title", feed.title)
    yield leaf("subtitle", subtitle(version))
    # Atom requires a day where none is known.
    yield leaf("updated", write_timestamp(max((day for day in days if day), default=NO_DATE)))
    # Atom requires an author. An entry that names no employer has that of its feed: the site.
    yield f"<author><name>{text(publisher(version))}</name></author>"
    yield leaf("icon", icon_url(version))
    if logo := logo_url(version):
        yield leaf("logo", logo)
    for relation, number in {"self": feed.page.number, **feed.page.relations()}.items():
        yield leaf("link", rel=relation, type="application/atom+xml", href=feed.url(FILE_NAME, number))
    yield leaf("link", rel="alternate", type="text/html", hreflang=version.tag, href=feed.home_url)
    if feed.page.alone:
        yield leaf("fh:complete")
    yield help_element(feed, FILE_NAME)


def _tombstone(version: Version, departure: Departure) -> str:
    """Tell that an entry is gone; RFC 6721 wants this before the first entry."""
    return leaf("at:deleted-entry", ref=feed_urn(departure.posting, version.tag), when=write_timestamp(departure.day))
