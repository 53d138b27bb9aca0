"""Atom (RFC 4287) for a language version and for each of its countries, with tombstones (RFC 6721).

Written by lxml, since feedgen drops `hreflang`, sets `updated` to now and holds the whole feed in memory (LESSONS).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from pipeline.model.locale import to_tag
from pipeline.publishing.feeds.content import content_html
from pipeline.publishing.feeds.days import write_timestamp
from pipeline.publishing.feeds.paging import FeedPage
from pipeline.publishing.feeds.xml_writer import LANG, XML, XmlWriter, serialize_xml
from pipeline.publishing.ledger import NO_DATE, Publication
from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Version, country_name

FILE_NAME = "atom.xml"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
COUNTRIES = "urn:iso:std:iso:3166"
TRANSLATION = "urn:polypost:translation"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
# lxml's incremental writer knows `xml` only if it is told, and writes an unbound prefix without.
_NAMESPACES = {None: ATOM, "xml": XML, "fh": HISTORY, "at": _TOMBSTONES}


class Link(NamedTuple):
    """The page of a posting in one language."""

    tag: str
    url: str


Links = Callable[[str], Iterable[Link]]


def serialize_atom(page: FeedPage, links: Links, withdrawn: Sequence[Publication] = ()) -> bytes:
    """Write a page of a feed; `links` gives the pages of a posting in every language.

    A feed of one page is complete: what is not in it is not published. `withdrawn` tells readers that keep old entries
    which ones are gone; only the first page says it, which is the one that they come back to.
    """

    def write(xml: XmlWriter) -> None:
        gone = withdrawn if page.number == 1 else ()
        with xml.element("feed", {LANG: page.version.tag}, nsmap=_NAMESPACES):
            _write_head(xml, page, withdrawn)
            for line in gone:  # RFC 6721 wants them before the first entry
                reference = feed_urn(line.posting, page.version.tag)
                when = write_timestamp(line.withdrawn or NO_DATE)
                xml.leaf(f"{{{_TOMBSTONES}}}deleted-entry", ref=reference, when=when)
            for localized in page.postings:
                _write_entry(xml, page.version, localized, links)

    return serialize_xml(write, ATOM)


def feed_urn(posting_id: str, tag: str) -> str:
    """Return the id of a posting's entry: the one of every other feed, as a URN.

    >>> feed_urn("acme 4711", "pt-BR")
    'urn:polypost:acme%204711/pt-BR'
    """
    return f"urn:polypost:{quote(posting_id, safe='')}/{tag}"


def _write_head(xml: XmlWriter, page: FeedPage, withdrawn: Iterable[Publication]) -> None:
    version, country = page.version, page.country
    days = [page.updated, *(line.withdrawn for line in withdrawn)]
    xml.leaf("id", f"urn:polypost:feed:{version.tag}{f':{country.code}' if country else ''}")
    xml.leaf("title", page.title)
    # Atom requires a day where none is known.
    xml.leaf("updated", write_timestamp(max((day for day in days if day), default=NO_DATE)))
    for relation, number in {"self": page.number, **page.relations()}.items():
        xml.leaf("link", rel=relation, type="application/atom+xml", href=page.url(FILE_NAME, number))
    xml.leaf("link", rel="alternate", type="text/html", hreflang=version.tag, href=version.url())
    if page.last == 1:
        xml.leaf(f"{{{HISTORY}}}complete")


def _write_entry(xml: XmlWriter, version: Version, localized: LocalizedPosting, links: Links) -> None:
    posting = localized.posting
    with xml.element("entry", {LANG: to_tag(localized.language)}):
        xml.leaf("id", feed_urn(posting.id, version.tag))
        xml.leaf("title", localized.title)
        xml.leaf("updated", write_timestamp(localized.updated or NO_DATE))
        if localized.published:
            xml.leaf("published", write_timestamp(localized.published))
        with xml.element("author"):
            xml.leaf("name", posting.organization or version.translations.gettext("Employer"))
        for tag, url in links(posting.id):
            xml.leaf("link", rel="alternate", type="text/html", hreflang=tag, href=url)
        if posting.url:
            xml.leaf("link", rel="related", href=posting.url)
        for code in posting.countries:
            xml.leaf("category", term=code, scheme=COUNTRIES, label=country_name(version.locale, code))
        xml.leaf("category", term=localized.translation, scheme=TRANSLATION)
        xml.leaf("content", content_html(localized), type="html")
