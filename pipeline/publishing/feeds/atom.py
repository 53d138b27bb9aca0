"""Atom (RFC 4287) for a language version and for each of its countries, with tombstones (RFC 6721).

Written without a library: feedgen drops `hreflang`, sets `updated` to now and holds the whole feed in memory
(docs/why/releases.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import quote

from babel import Locale

from pipeline.publishing.feeds.content import Content
from pipeline.publishing.feeds.xml_text import DECLARATION, attribute, leaf, text, write_timestamp
from pipeline.publishing.versions.ledger import NO_DATE, Publication
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


def serialize_atom(feed: FeedPage, entries: Iterable[bytes], withdrawn: Sequence[Publication] = ()) -> bytes:
    """Write a page of a feed.

    A feed of one page is complete: what is not in it is not published. `withdrawn` tells readers that keep old entries
    which ones are gone; only the first page says it, which is the one that they come back to.
    """
    gone = () if feed.page.number else withdrawn
    opened = (
        f'{DECLARATION}<feed xmlns="{ATOM}" xmlns:fh="{HISTORY}" xmlns:at="{_TOMBSTONES}" '
        f'xml:lang="{feed.version.tag}">'
    )
    parts = [opened, *_head(feed, gone), *(_tombstone(feed.version, line) for line in gone), ""]
    return b"".join(["\n".join(parts).encode(), b"\n".join(entries), b"\n</feed>\n"])


def serialize_entry(
    version: Version, localized: LocalizedPosting, content: Content, alternates: Iterable[Link]
) -> bytes:
    """Write the entry of a posting, the same in every feed of its version; `alternates` are its pages, this one too."""
    posting = localized.posting
    author = posting.organization or version.translations.gettext("Employer")
    published = f"<published>{write_timestamp(localized.published)}</published>\n" if localized.published else ""
    original = f'<link rel="related" href="{attribute(localized.url)}"/>\n' if localized.url else ""
    as_written = f'<category term="{localized.original}" scheme="{ORIGINAL}"/>\n' if localized.original else ""
    opened = (
        f'<entry xml:lang="{content.language}">\n'
        f"<id>{feed_urn(posting.id, version.tag)}</id>\n"
        f"<title>{text(localized.title)}</title>\n"
        f"<updated>{write_timestamp(localized.updated or NO_DATE)}</updated>\n"
        f"{published}"
        f"<author><name>{text(author)}</name></author>\n"
        f"{''.join(_alternates(version, localized, alternates))}"
        f"{original}"
        f"{''.join([_country(version.locale, code) for code in posting.countries])}"
        f'<category term="{localized.translation}" scheme="{TRANSLATION}"/>\n'
        f"{as_written}"
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


@cache
def _country(locale: Locale, code: str) -> str:
    return leaf("category", term=code, scheme=COUNTRIES, label=country_name(locale, code)) + "\n"


def _head(feed: FeedPage, withdrawn: Iterable[Publication]) -> Iterator[str]:
    version, country = feed.version, feed.country
    days = [feed.page.updated, *(line.withdrawn for line in withdrawn)]
    yield leaf("id", f"urn:polypost:feed:{version.tag}{f':{country.code}' if country else ''}")
    yield leaf("title", feed.title)
    # Atom requires a day where none is known.
    yield leaf("updated", write_timestamp(max((day for day in days if day), default=NO_DATE)))
    for relation, number in {"self": feed.page.number, **feed.page.relations()}.items():
        yield leaf("link", rel=relation, type="application/atom+xml", href=feed.url(FILE_NAME, number))
    yield leaf("link", rel="alternate", type="text/html", hreflang=version.tag, href=version.url())
    if feed.page.alone:
        yield leaf("fh:complete")


def _tombstone(version: Version, line: Publication) -> str:
    """Tell that an entry is gone; RFC 6721 wants this before the first entry."""
    when = write_timestamp(line.withdrawn or NO_DATE)
    return leaf("at:deleted-entry", ref=feed_urn(line.posting, version.tag), when=when)
