"""Atom (RFC 4287) for a language version and for each of its countries, with tombstones (RFC 6721).

Written by lxml, since feedgen drops `hreflang`, sets `updated` to now and holds the whole feed in memory (LESSONS).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import quote

from lxml import etree

from pipeline.model.locale import to_tag
from pipeline.publishing.feeds.content import content_html
from pipeline.publishing.ledger import NO_DATE, Publication
from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Country, Version, country_name

_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
_XML = "http://www.w3.org/XML/1998/namespace"
# lxml's incremental writer knows `xml` only if it is told, and writes an unbound prefix without.
_NAMESPACES = {None: _ATOM, "xml": _XML, "fh": _HISTORY, "at": _TOMBSTONES}
_LANG = f"{{{_XML}}}lang"
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
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{_ATOM}}}feed", {_LANG: version.tag}, nsmap=_NAMESPACES):
            writer = _Writer(file, version)
            writer.head(withdrawn, country)
            for line in withdrawn:  # RFC 6721 wants them before the first entry
                writer.tombstone(line)
            for localized in (country or version).postings:
                writer.entry(localized, links)
    return buffer.getvalue() + b"\n"


def feed_urn(posting_id: str, tag: str) -> str:
    """Return the id of a posting's entry: the one of every other feed, as a URN.

    >>> feed_urn("acme 4711", "pt-BR")
    'urn:polypost:acme%204711/pt-BR'
    """
    return f"urn:polypost:{quote(posting_id, safe='')}/{tag}"


class _Writer:
    """Writes the parts of one feed."""

    def __init__(self, file: Any, version: Version) -> None:
        self._file = file
        self._version = version

    def head(self, withdrawn: Iterable[Publication], country: Country | None) -> None:
        """Write what stands before the entries."""
        version = self._version
        title = version.translations.gettext("Job postings")
        days = [item.updated for item in (country or version).postings] + [line.withdrawn for line in withdrawn]
        self._leaf("id", f"urn:polypost:feed:{version.tag}{f':{country.code}' if country else ''}")
        self._leaf("title", f"{title} · {country.name}" if country else title)
        self._leaf("updated", _timestamp(max((day for day in days if day), default=None)))
        own = version.url(country.atom if country else "atom.xml")
        self._leaf("link", rel="self", type="application/atom+xml", href=own)
        self._leaf("link", rel="alternate", type="text/html", hreflang=version.tag, href=version.url())
        self._leaf(f"{{{_HISTORY}}}complete")

    def tombstone(self, line: Publication) -> None:
        """Write that a posting is gone."""
        reference = feed_urn(line.posting, self._version.tag)
        self._leaf(f"{{{_TOMBSTONES}}}deleted-entry", ref=reference, when=_timestamp(line.withdrawn))

    def entry(self, localized: LocalizedPosting, links: Links) -> None:
        """Write one posting."""
        posting = localized.posting
        with self._file.element(f"{{{_ATOM}}}entry", {_LANG: to_tag(localized.language)}):
            self._leaf("id", feed_urn(posting.id, self._version.tag))
            self._leaf("title", localized.title)
            self._leaf("updated", _timestamp(localized.updated))
            if localized.published:
                self._leaf("published", _timestamp(localized.published))
            with self._file.element(f"{{{_ATOM}}}author"):
                self._leaf("name", posting.organization or self._version.translations.gettext("Employer"))
            for tag, url in links(posting.id):
                self._leaf("link", rel="alternate", type="text/html", hreflang=tag, href=url)
            if posting.url:
                self._leaf("link", rel="related", href=posting.url)
            for code in posting.countries:
                label = country_name(self._version.locale, code)
                self._leaf("category", term=code, scheme=_COUNTRIES, label=label)
            self._leaf("category", term=localized.translation, scheme=_TRANSLATION)
            self._leaf("content", content_html(localized), type="html")

    def _leaf(self, name: str, text: str = "", **attributes: str) -> None:
        with self._file.element(name if name.startswith("{") else f"{{{_ATOM}}}{name}", attributes):
            if text:
                self._file.write(text)


def _timestamp(day: date | None) -> str:
    """Write a day as RFC 3339 wants it; Atom requires one where none is known."""
    return f"{(day or NO_DATE).isoformat()}T00:00:00Z"
