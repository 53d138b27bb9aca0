"""Feeds, lists and sitemaps cut into pages, newest postings first, so that a change touches only pages that hold it.

Pages by position would all move when one posting is edited and becomes the newest. Ours are ranges of the lines of the
record of publications: what is on a page stays there until the record tells of it again. A range is halved until it
holds few enough postings, so which pages there are follows from the record and the postings alone, not from history.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pipeline.publishing.versions.version import Country, Entry, Postings, Version, last_changed_first

# A posting takes about 3 KB in a feed, so a page stays near 1.5 MB: a reader loads the first one at every visit.
# Ranges are halved, so with a power of two all pages but the first are half full where no posting has left.
PAGE_SIZE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of `postings`, at most `size` of them; `starts` are the first lines of all pages, newest first."""

    postings: Postings
    number: int
    starts: tuple[int, ...]

    @property
    def alone(self) -> bool:
        """Whether there is no other page."""
        return len(self.starts) == 1

    @property
    def updated(self) -> date | None:
        """The last day on which a posting of this page was changed."""
        return next((entry.updated for entry in self.postings.entries[:1]), None)

    def name(self, file_name: str, number: int | None = None) -> str:
        """Return the name of a page's file, this one's by default; the first one has the name of the whole."""
        which = self.number if number is None else number
        stem, _, extension = file_name.rpartition(".")
        return f"{stem}-{self.starts[which] + 1}.{extension}" if which else file_name

    def relations(self) -> dict[str, int]:
        """Return the numbers of the pages around this one by link relation (RFC 5005); none if there is only one.

        `last` is left out: its name may change with a page far away.
        """
        if self.alone:
            return {}
        around = {"first": 0, "previous": self.number - 1, "next": self.number + 1}
        return {relation: number for relation, number in around.items() if 0 <= number < len(self.starts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A page of the feed of a version, or of one country in it."""

    version: Version
    country: Country | None
    page: Page

    @property
    def title(self) -> str:
        """The title of the feed, in the version's language."""
        title = self.version.title
        return f"{title} · {self.country.name}" if self.country else title

    @property
    def home_url(self) -> str:
        """The address of the list that shows the same postings."""
        return self.version.url(self.country.folder if self.country else "")

    def path(self, file_name: str, number: int | None = None) -> str:
        """Return where a page of this feed lies below the folder of the language, this page by default."""
        folder = self.country.folder if self.country else ""
        return folder + self.page.name(file_name, number)

    def url(self, file_name: str, number: int | None = None) -> str:
        """Return the address of a page of this feed, of this page by default."""
        return self.version.url(self.path(file_name, number))


def cut_pages(postings: Postings, size: int = PAGE_SIZE) -> Iterator[Page]:
    """Yield the pages of a version's postings, or of some of them, newest first; no posting makes one page.

    The first page holds at least half of `size`, if there are so many: it is all that most readers load.
    """
    held: list[_Range] = []
    for found in _ranges(postings.entries, max(1, size // 2)):
        if len(held) == 1 and len(held[0].entries) + len(found.entries) <= size:
            held[0] = _Range(found.start, [*found.entries, *held[0].entries])
        else:
            held.append(found)
    starts = tuple(found.start for found in held)
    for number, found in enumerate(held):
        yield Page(postings=postings.of(sorted(found.entries, key=last_changed_first)), number=number, starts=starts)


def feed_pages(version: Version, country: Country | None = None, size: int = PAGE_SIZE) -> Iterator[FeedPage]:
    """Yield the pages of a feed, newest postings first; an empty feed has one page."""
    for page in cut_pages((country or version).postings, size):
        yield FeedPage(version=version, country=country, page=page)


class _Range(NamedTuple):
    """What has been heard of from the line `start` on, until the next range starts; in the order of the lines."""

    start: int
    entries: Sequence[Entry]


def _ranges(entries: Iterable[Entry], most: int) -> Iterator[_Range]:
    """Yield the ranges that hold a posting, the last lines first; one empty range if there is no posting."""
    ordered = sorted(entries, key=_line)
    lines = ordered[-1].line + 1 if ordered else 1
    yield from _halved(_Range(0, ordered), 1 << (lines - 1).bit_length(), most)


def _halved(found: _Range, width: int, most: int) -> Iterator[_Range]:
    """Yield a range of so many lines, or its halves and theirs; its start is a multiple of `width`."""
    if len(found.entries) <= most or width == 1:
        yield found
        return
    middle = found.start + width // 2
    cut = bisect_left(found.entries, middle, key=_line)
    for half in (_Range(middle, found.entries[cut:]), _Range(found.start, found.entries[:cut])):
        if half.entries:
            yield from _halved(half, width // 2, most)


def _line(entry: Entry) -> int:
    return entry.line
