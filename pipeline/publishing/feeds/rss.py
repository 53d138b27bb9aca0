"""RSS 2.0 for a language version, in pages as RFC 5005 has them.

What RSS has no word for is said in Atom's and Dublin Core's. RSS has one language a feed, so a text in another one says
so in `dc:language` and in its content.
"""

from html import escape

from pipeline.model.locale import to_tag
from pipeline.publishing.feeds.atom import ATOM, COUNTRIES, HISTORY, TRANSLATION, feed_urn
from pipeline.publishing.feeds.content import content_html, summary_html
from pipeline.publishing.feeds.days import write_mail_date, write_timestamp
from pipeline.publishing.feeds.paging import FeedPage
from pipeline.publishing.feeds.xml_writer import XmlWriter, serialize_xml
from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Version

FILE_NAME = "rss.xml"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_NAMESPACES: dict[str | None, str] = {"atom": ATOM, "content": _CONTENT, "dc": _DUBLIN_CORE, "fh": HISTORY}


def serialize_rss(page: FeedPage) -> bytes:
    """Write a page of a feed."""

    def write(xml: XmlWriter) -> None:
        with xml.element("rss", {"version": "2.0"}, nsmap=_NAMESPACES), xml.element("channel"):
            _write_head(xml, page)
            for localized in page.postings:
                _write_item(xml, page.version, localized)

    return serialize_xml(write)


def _write_head(xml: XmlWriter, page: FeedPage) -> None:
    xml.leaf("title", page.title)
    xml.leaf("link", page.version.url())
    xml.leaf("description", escape(page.title, quote=False))  # readers take it for HTML
    xml.leaf("language", page.version.tag)
    if page.updated:
        xml.leaf("lastBuildDate", write_mail_date(page.updated))
    for relation, number in {"self": page.number, **page.relations()}.items():
        xml.leaf(f"{{{ATOM}}}link", rel=relation, type="application/rss+xml", href=page.url(FILE_NAME, number))
    if page.last == 1:
        xml.leaf(f"{{{HISTORY}}}complete")


def _write_item(xml: XmlWriter, version: Version, localized: LocalizedPosting) -> None:
    posting = localized.posting
    with xml.element("item"):
        xml.leaf("title", localized.title)
        xml.leaf("link", version.url(localized.path))
        xml.leaf("guid", feed_urn(posting.id, version.tag), isPermaLink="false")
        if localized.published:
            xml.leaf("pubDate", write_mail_date(localized.published))
        for code in posting.countries:
            xml.leaf("category", code, domain=COUNTRIES)
        xml.leaf("category", localized.translation, domain=TRANSLATION)
        xml.leaf("description", summary_html(localized))
        if posting.organization:  # RSS's own author is a mail address
            xml.leaf(f"{{{_DUBLIN_CORE}}}creator", posting.organization)
        xml.leaf(f"{{{_DUBLIN_CORE}}}language", to_tag(localized.language))
        if posting.url:
            xml.leaf(f"{{{ATOM}}}link", rel="related", href=posting.url)
        if localized.updated:
            xml.leaf(f"{{{ATOM}}}updated", write_timestamp(localized.updated))
        xml.leaf(f"{{{_CONTENT}}}encoded", content_html(localized))
