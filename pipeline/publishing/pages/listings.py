"""The lists of a version in pages: all of its postings, those of each country, of anywhere, and of no country.

A page of a list holds 50 postings. Pages are cut from the oldest posting on and named by their number from there, so
that a new posting is a matter of the first page alone, which holds what is left, 26 to 75:

    176 postings: index.html (76 are too many, so 26), index-3.html (50), index-2.html (50), index-1.html (50)

A reader counts them from the newest: "Page 2 of 4" is `index-3.html`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.publishing.versions.version import Postings, Version

# A card takes about 500 bytes, so the longest page, of 75 cards, stays below 60 KB with all that stands around them.
LIST_SIZE = 50
ALL_POSTINGS, ANYWHERE, NO_COUNTRY = "all", "anywhere", "no-country"
INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: its id, where it lies below the folder of the language, its postings, and the name of a country."""

    id: str
    folder: str
    postings: Postings
    name: str = ""

    @property
    def root(self) -> str:
        """What leads from its pages to the folder of the language."""
        return "../" * self.folder.count("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The `postings` on one page of a list; pages are counted from 1, the newest postings first."""

    postings: Postings
    number: int
    pages: int

    @property
    def first(self) -> bool:
        """Whether it is the first one."""
        return self.number == 1

    def name(self, number: int | None = None) -> str:
        """Return the name of a page's file, this one's by default."""
        which = number or self.number
        return INDEX if which == 1 else f"index-{self.pages - which + 1}.html"

    @property
    def shown_numbers(self) -> tuple[int, ...]:
        """The numbers of the pages that this one leads to: the first, the last, those around it; 0 where some lack.

        >>> ListPage(postings=Postings((), ()), number=7, pages=60).shown_numbers
        (1, 0, 6, 7, 8, 0, 60)
        """
        near = sorted({1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)})
        pairs = zip([0, *near], near, strict=False)
        return tuple(number for before, after in pairs for number in ((after,) if after - before <= 1 else (0, after)))


def cut_list(postings: Postings, size: int = LIST_SIZE) -> Iterator[ListPage]:
    """Yield the pages of a list in their order; no posting makes one page."""
    count = len(postings)
    behind = max(0, -((count - size - size // 2) // -size))
    starts = [0, *range(count - behind * size, count, size)] if behind else [0]
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], count], strict=True), 1):
        yield ListPage(postings=postings[start:stop], number=number, pages=len(starts))


def listings_of(version: Version) -> tuple[Listing, ...]:
    """Return the lists that hold a posting: all, each country, "anywhere", and those that name no country."""
    groups = ((ANYWHERE, version.worldwide), (NO_COUNTRY, version.placeless))
    countries = version.countries
    return (
        Listing(id=ALL_POSTINGS, folder="", postings=version.postings),
        *(Listing(id=held.code, folder=held.folder, postings=held.postings, name=held.name) for held in countries),
        *(Listing(id=name, folder=f"{name}/", postings=postings) for name, postings in groups if postings),
    )


def folders_of(version: Version) -> frozenset[str]:
    """Return where the lists that hold a posting lie below the folder of the language."""
    return frozenset(listing.folder for listing in listings_of(version))
