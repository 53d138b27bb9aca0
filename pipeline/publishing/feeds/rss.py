"""RSS 2.0 for a language version, in pages as RFC 5005 has them.

What RSS has no word for is said in Atom's and Dublin Core's. RSS has one language a feed, so a text in another one says
so in `dc:language` and in its content.
"""

from collections.abc import Iterable, Iterator
from html import escape

from pipeline.publishing.feeds.atom import ATOM, COUNTRIES, HISTORY, ORIGINAL, TRANSLATION, feed_urn
from pipeline.publishing.feeds.content import Content, summary_of
from pipeline.publishing.feeds.extension import EMPLOYMENT, NAMESPACE, PREFIX
from pipeline.publishing.feeds.opened import help_element, logo_url, stylesheet, subtitle
from pipeline.publishing.feeds.xml_text import (
    DECLARATION,
    attribute,
    cdata,
    leaf,
    text,
    write_mail_date,
    write_timestamp,
)
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import FeedPage
from pipeline.publishing.versions.version import Version

FILE_NAME = "rss.xml"
_IMAGE_TYPES = ("image/gif", "image/jpeg", "image/png")  # which RSS allows
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def serialize_rss(feed: FeedPage, items: Iterable[bytes]) -> bytes:
    """Write a page of a feed."""
    opened = (
        f'{DECLARATION}{stylesheet(feed)}<rss version="2.0" xmlns:atom="{ATOM}" xmlns:content="{_CONTENT}" '
        f'xmlns:dc="{_DUBLIN_CORE}" xmlns:fh="{HISTORY}" xmlns:{PREFIX}="{NAMESPACE}">\n<channel>'
    )
    head = "\n".join([opened, *_head(feed), ""]).encode()
    return b"".join([head, b"\n".join(items), b"\n</channel>\n</rss>\n"])


def serialize_item(version: Version, localized: LocalizedPosting, content: Content) -> bytes:
    """Write the item of a posting."""
    posting = localized.posting
    published = f"<pubDate>{write_mail_date(localized.published)}</pubDate>\n" if localized.published else ""
    updated = f"<atom:updated>{write_timestamp(localized.updated)}</atom:updated>\n" if localized.updated else ""
    original = f'<atom:link rel="related" href="{attribute(localized.url)}"/>\n' if localized.url else ""
    # RSS's own author is a mail address.
    author = f"<dc:creator>{text(posting.organization)}</dc:creator>\n" if posting.organization else ""
    opened = (
        "<item>\n"
        f"<title>{text(content.title)}</title>\n"
        f"<link>{text(version.url(localized.path))}</link>\n"
        f'<guid isPermaLink="false">{feed_urn(posting.id, version.tag)}</guid>\n'
        f"{published}"
        f"{''.join(_categories(localized, content))}"
        f"<description>{cdata(summary_of(localized))}</description>\n"
        f"{author}"
        f"<dc:language>{content.language}</dc:language>\n"
        f"{original}"
        f"{updated}"
        f"{content.elements}"
        "<content:encoded>"
    )
    return b"".join([opened.encode(), content.xml, b"</content:encoded>\n</item>"])


def _categories(localized: LocalizedPosting, content: Content) -> Iterator[str]:
    """Write what readers may sort an item by: first in words, then in codes."""
    posting = localized.posting
    yield from (leaf("category", tag) + "\n" for tag in content.tags)
    yield from (f'<category domain="{COUNTRIES}">{code}</category>\n' for code in content.countries)
    yield from (leaf("category", code, domain=EMPLOYMENT) + "\n" for code in posting.employment_type)
    yield f'<category domain="{TRANSLATION}">{localized.translation}</category>\n'
    if localized.original:
        yield f'<category domain="{ORIGINAL}">{localized.original}</category>\n'


def _head(feed: FeedPage) -> Iterator[str]:
    yield leaf("title", feed.title)
    yield leaf("link", feed.version.url())
    yield leaf("description", escape(subtitle(feed.version), quote=False))  # readers take it for HTML
    yield leaf("language", feed.version.tag)
    logo = feed.version.settings.logo
    if logo is not None and logo.media_type in _IMAGE_TYPES:
        yield f"<image><url>{text(logo_url(feed.version))}</url>"
        yield f"{leaf('title', feed.title)}{leaf('link', feed.version.url())}</image>"
    if feed.page.updated:
        yield leaf("lastBuildDate", write_mail_date(feed.page.updated))
    for relation, number in {"self": feed.page.number, **feed.page.relations()}.items():
        yield leaf("atom:link", rel=relation, type="application/rss+xml", href=feed.url(FILE_NAME, number))
    if feed.page.alone:
        yield leaf("fh:complete")
    yield help_element(feed, FILE_NAME)
