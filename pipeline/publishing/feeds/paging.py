"""A feed cut into pages, newest postings first: what one page of it holds and what it is called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.publishing.localized import LocalizedPosting
from pipeline.publishing.version import Country, Version

# A posting takes about 3 KB in a feed, so a page stays near 1.5 MB: a reader loads the first one at every visit.
PAGE_SIZE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """One page of the feed of a version, or of one country in it; pages are counted from 1 to `last`."""

    version: Version
    country: Country | None
    number: int
    last: int
    postings: Sequence[LocalizedPosting]

    @property
    def title(self) -> str:
        """The title of the feed, in the version's language."""
        title = self.version.translations.gettext("Job postings")
        return f"{title} · {self.country.name}" if self.country else title

    @property
    def updated(self) -> date | None:
        """The last day on which a posting of the whole feed, not of this page alone, was changed."""
        return next((item.updated for item in (self.country or self.version).postings[:1]), None)

    def path(self, file_name: str, number: int | None = None) -> str:
        """Return where a page of this feed lies below the folder of the language, this page by default."""
        folder = self.country.folder if self.country else ""
        return folder + page_name(file_name, self.number if number is None else number)

    def url(self, file_name: str, number: int | None = None) -> str:
        """Return the address of a page of this feed, of this page by default."""
        return self.version.url(self.path(file_name, number))

    def relations(self) -> dict[str, int]:
        """Return the pages that RFC 5005 wants a page to name, by link relation; none if there is only one."""
        if self.last == 1:
            return {}
        around = {"previous": self.number - 1, "next": self.number + 1}
        return {"first": 1, "last": self.last} | {
            name: number for name, number in around.items() if 1 <= number <= self.last
        }


def feed_pages(version: Version, country: Country | None = None, size: int = PAGE_SIZE) -> Iterator[FeedPage]:
    """Yield the pages of a feed, newest postings first; an empty feed has one page."""
    postings = (country or version).postings
    last = max(1, -(-len(postings) // size))
    for number in range(1, last + 1):
        held = postings[(number - 1) * size : number * size]
        yield FeedPage(version=version, country=country, number=number, last=last, postings=held)


def page_name(file_name: str, number: int) -> str:
    """Return the name of a page's file; the first one has the name of the feed.

    >>> page_name("feed.json", 1), page_name("feed.json", 2)
    ('feed.json', 'feed-2.json')
    """
    stem, _, extension = file_name.rpartition(".")
    return file_name if number == 1 else f"{stem}-{number}.{extension}"
