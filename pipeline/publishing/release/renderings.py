"""What a version's postings are in every format: made when the first file needs it, kept in a temporary file.

Of a first release all pages have to be made, which is work for several processes: some of them are made ahead, in
parts, by the children of this one.

    with renderings.ahead(children, pages, needed):
        contents = [renderings.page(page) for page in pages]
"""

from array import array
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from functools import partial
from typing import NamedTuple

from pipeline.publishing.feeds import atom, job_xml, json_feed, rss
from pipeline.publishing.feeds.content import Content, content_of
from pipeline.publishing.pages.html import PageRenderer
from pipeline.publishing.pages.search_index import words_in
from pipeline.publishing.pages.similar import Related
from pipeline.publishing.release.pieces import Pieces
from pipeline.publishing.versions.alternates import PageSite
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Entry, Version
from pipeline.storage.children import Children
from pipeline.storage.spool import Chest, packing_of

# A posting in a format takes 2.3 ms with its page, 10,000 of them 23 s.
_SECONDS_A_PAGE = 0.002
_PAGES_A_PART = 25
# After so many in a row had to be made it is likely that the others have to be, too.
_IN_A_ROW = 50


class Format(IntEnum):
    """Where a posting is put into."""

    JSON_FEED = 0
    ATOM = 1
    RSS = 2
    JOB_XML = 3
    WORDS = 4


class Page(NamedTuple):
    """A posting by its number among all, and those that its page leads to."""

    number: int
    entry: Entry
    others: Related


class Renderings:
    """What a version's postings are in every format: made when the first file needs it, kept in a temporary file."""

    def __init__(self, version: Version, site: PageSite, renderer: PageRenderer, digests: Mapping[int, bytes]) -> None:
        self._version, self._site, self._renderer, self._digests = version, site, renderer, digests
        self._chest = Chest()
        self._places = array("q", [-1]) * len(version.postings)
        self._ahead: _Ahead | None = None

    @contextmanager
    def ahead(self, children: Children, pages: Sequence[Page], needed: Callable[[Page], bool]) -> Iterator[None]:
        """Let children make those of the pages that are `needed`, once many in a row had to be made."""
        self._ahead = _Ahead(children, pages, lambda page: self._all(page) if needed(page) else [])
        try:
            yield
        finally:
            self._ahead.end()
            self._ahead = None

    def page(self, page: Page) -> bytes:
        """Render the page of a posting, and what feeds and lists say of it."""
        found = self._ahead.take(page) if self._ahead else []
        rendered, *others = found or self._all(page)
        self._add(page.entry, others)
        return rendered

    def _all(self, page: Page) -> list[bytes]:
        """Render the page of a posting, and then the posting in the order of Format."""
        localized = self._version.postings.text(page.entry)
        content = content_of(localized, self._version.translations)
        rendered = self._renderer.posting_page(localized, content, page.others).encode()
        return [rendered, *_renderings(self._version, self._site, localized, content)]

    def of(self, wanted: Format, entries: Iterable[Entry], pieces: Pieces) -> Iterator[bytes]:
        """Yield what these postings are in a format; what stands in the old file is not made."""
        for entry in entries:
            yield pieces.take(self._digests[entry.position], partial(self._rendering, wanted, entry))

    def cards(self, root: str, entries: Iterable[Entry], pieces: Pieces) -> Iterator[bytes]:
        """Yield these postings as lists show them whose pages the `root` leads from to the folder of the language."""
        for entry in entries:
            yield pieces.take(self._digests[entry.position], partial(self._renderer.card, entry, root))

    def words(self, entry: Entry) -> list[str]:
        """Return the words of a posting's text."""
        return self._rendering(Format.WORDS, entry).decode().split("\n")

    def _rendering(self, wanted: Format, entry: Entry) -> bytes:
        if self._places[entry.position] < 0:
            localized = self._version.postings.text(entry)
            content = content_of(localized, self._version.translations)
            self._add(entry, _renderings(self._version, self._site, localized, content))
        return self._chest.read(self._places[entry.position] + wanted)

    def _add(self, entry: Entry, renderings: Iterable[bytes]) -> None:
        """Keep what a posting is, in the order of Format."""
        self._places[entry.position] = len(self._chest)
        for rendering in renderings:
            self._chest.add(rendering)


class _Ahead:
    """What children make of pages before somebody asks for it; pages are asked for in their order."""

    def __init__(self, children: Children, pages: Sequence[Page], make: Callable[[Page], list[bytes]]) -> None:
        self._children, self._pages, self._make = children, pages, make
        self._last, self._in_a_row = -1, 0
        self._made: Generator[list[list[bytes]], None, None] | None = None
        self._part: list[list[bytes]] = []
        self._first = 0  # of the part, and where the next one begins
        self._next = 0

    def take(self, page: Page) -> list[bytes]:
        """Return what was made of a page ahead; nothing where that is not known."""
        self._in_a_row = self._in_a_row + 1 if page.number == self._last + 1 else 1
        self._last = page.number
        if self._made is None:
            if self._in_a_row < _IN_A_ROW:
                return []
            self._made = self._share(page.number)
        while page.number >= self._next:
            self._part = next(self._made)
            self._first, self._next = self._next, self._next + len(self._part)
        return self._part[page.number - self._first]

    def end(self) -> None:
        """Make no more."""
        if self._made is not None:
            self._made.close()

    def _share(self, first: int) -> Generator[list[list[bytes]], None, None]:
        self._next = first

        def work(part: int) -> list[list[bytes]]:
            start = first + part * _PAGES_A_PART
            return list(map(self._make, self._pages[start : start + _PAGES_A_PART]))

        left = len(self._pages) - first
        parts = -(-left // _PAGES_A_PART)
        return self._children.share(work, parts, packing_of(list[list[bytes]]), seconds=left * _SECONDS_A_PAGE)


def _renderings(version: Version, site: PageSite, localized: LocalizedPosting, content: Content) -> Iterator[bytes]:
    """Yield what a posting is in each format, in the order of Format."""
    version_entries = site.version_entries(localized.posting.id)
    alternates = [atom.Link(found.version.tag, found.url) for found in version_entries]
    yield json_feed.serialize_item(version, localized, content)
    yield atom.serialize_entry(version, localized, content, alternates)
    yield rss.serialize_item(version, localized, content)
    yield job_xml.serialize_posting(version, localized, content)
    yield "\n".join(words_in(localized)).encode()
