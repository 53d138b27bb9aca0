"""Atom (RFC 4287) for a language version and for each of its countries, with tombstones (RFC 6721).

Written by lxml, since feedgen drops `hreflang`, sets `updated` to now and holds the whole feed in memory (LESSONS).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from pipeline.model.locale import to_tag
from pipeline.publishing.feeds.content import content_html
from pipeline.publishing.ledger import NO_DATE, Publication
from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Country, Version, country_name

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"        # RFC 5005
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"      # RFC 6721
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_COUNTRIES = "urn:iso:std:iso:3166"
_TRANSLATION = "urn:polypost:translation"


class Link(NamedTuple):
    """The page of a posting in one language."""

    tag: str
    url: str


Links = Callable[[str], Iterable[Link]]


def serialize_atom(
    version: Version, links: Links, *, withdrawn: Sequence[Publication] = (), country: Country | None = None
) -> bytes:
    """Write the feed of a version, or of one country in it.

    `links` gives the pages of a posting in every language. The feed is complete: what is not in it is not published;
    `withdrawn` tells readers that keep old entries which ones are gone.
    """
    postings = (country or version).postings
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="utf-8") as file:
        file.write_declaration()
        root = {"nsmap": {None: _ATOM, "fh": _HISTORY, "at": _TOMBSTONES}, "attrib": {_XML_LANG: version.tag}}
        with file.element(f"{{{_ATOM}}}feed", **root):
            for element in _head(version, postings, withdrawn, country):
                file.write(element)
            # RFC 6721 wants deleted entries before the first entry.
            for line in withdrawn:
                file.write(_tombstone(line, version))
            for localized in postings:
                file.write(_entry(version, localized, links))
    return buffer.getvalue() + b"\n"


def feed_urn(posting_id: str, tag: str) -> str:
    """Return the id of a posting's entry: the one of every other feed, as a URN.

    >>> feed_urn("acme 4711", "pt-BR")
    'urn:polypost:acme%204711/pt-BR'
    """
    return f"urn:polypost:{quote(posting_id, safe='')}/{tag}"


def _head(
    version: Version, postings: Iterable[LocalizedPosting], withdrawn: Iterable[Publication], country: Country | None
) -> Iterable[etree._Element]:
    path = f"countries/{country.code}/atom.xml" if country else "atom.xml"
    title = version.translations.gettext("Job postings")
    days = [item.updated for item in postings] + [line.withdrawn for line in withdrawn]
    yield _text("id", f"urn:polypost:feed:{version.tag}{f':{country.code}' if country else ''}")
    yield _text("title", f"{title} · {country.name}" if country else title)
    yield _text("updated", _timestamp(max((day for day in days if day), default=None)))
    yield _element("link", rel="self", type="application/atom+xml", href=version.url(path))
    yield _element("link", rel="alternate", type="text/html", hreflang=version.tag, href=version.url())
    yield etree.Element(f"{{{_HISTORY}}}complete")


def _entry(version: Version, localized: LocalizedPosting, links: Links) -> etree._Element:
    posting = localized.posting
    entry = _element("entry", **{_XML_LANG: to_tag(localized.language)})
    entry.append(_text("id", feed_urn(posting.id, version.tag)))
    entry.append(_text("title", localized.title))
    entry.append(_text("updated", _timestamp(localized.updated)))
    if localized.published:
        entry.append(_text("published", _timestamp(localized.published)))
    author = _element("author")
    author.append(_text("name", posting.organization or version.translations.gettext("Employer")))
    entry.append(author)
    for tag, url in links(posting.id):
        entry.append(_element("link", rel="alternate", type="text/html", hreflang=tag, href=url))
    if posting.url:
        entry.append(_element("link", rel="related", href=posting.url))
    for code in posting.countries:
        label = country_name(version.locale, code)
        entry.append(_element("category", term=code, scheme=_COUNTRIES, label=label))
    entry.append(_element("category", term=localized.translation, scheme=_TRANSLATION))
    content = _text("content", content_html(localized))
    content.set("type", "html")
    entry.append(content)
    return entry


def _tombstone(line: Publication, version: Version) -> etree._Element:
    reference = feed_urn(line.posting, version.tag)
    return etree.Element(f"{{{_TOMBSTONES}}}deleted-entry", ref=reference, when=_timestamp(line.withdrawn))


def _element(name: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{_ATOM}}}{name}", attributes)


def _text(name: str, text: str) -> etree._Element:
    element = _element(name)
    element.text = text
    return element


def _timestamp(day: date | None) -> str:
    """Write a day as RFC 3339 wants it; Atom requires one where none is known."""
    return f"{(day or NO_DATE).isoformat()}T00:00:00Z"
