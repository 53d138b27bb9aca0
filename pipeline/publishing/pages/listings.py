"""The lists of a version that is too large for one page: all of its postings, and those of each country and group."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.publishing.versions.paging import Page
from pipeline.publishing.versions.version import Postings, Version

# A card takes about 700 bytes, and a page with its style, script and all countries of the world stays below 60 KB.
LIST_SIZE = 32
ALL_POSTINGS = "all"
CARDS_FILE_NAME = "cards.json"
# What a script fetches at a time when somebody filters: about 500 KB, a fifth of it compressed.
CARDS_SIZE = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: what addresses call it, its postings, and the name of a country in the version's language."""

    id: str
    postings: Postings
    name: str = ""

    @property
    def file_name(self) -> str:
        """Where its first page lies below the folder of the language."""
        return f"{'index' if self.id == ALL_POSTINGS else self.id}.html"


def fits_one_page(version: Version, size: int = LIST_SIZE) -> bool:
    """Tell whether all postings, each in all of its countries, can be listed on one page."""
    shown = sum(len(country.postings) for country in version.countries)
    return shown + len(version.worldwide) + len(version.placeless) <= size


def listings_of(version: Version) -> tuple[Listing, ...]:
    """Return the lists that hold a posting: all, each country, "anywhere", and those that name no country."""
    groups = (("anywhere", version.worldwide), ("no-country", version.placeless))
    countries = version.countries
    return (
        Listing(id=ALL_POSTINGS, postings=version.postings),
        *(Listing(id=f"country-{held.code}", postings=held.postings, name=held.name) for held in countries),
        *(Listing(id=name, postings=postings) for name, postings in groups if postings),
    )


def groups_of(countries: Iterable[str], *, worldwide: bool) -> tuple[str, ...]:
    """Return the ids of the lists, besides that of all, that a posting stands in."""
    return tuple(f"country-{code}" for code in countries) or ("anywhere" if worldwide else "no-country",)


def serialize_card(card: str) -> bytes:
    """Write a card as a page of them holds it."""
    return json.dumps(card, ensure_ascii=False).encode()


def serialize_cards(page: Page, cards: Iterator[bytes]) -> bytes:
    """Write the cards of a page for a script that filters, and the name of the next page, if there is one."""
    following = page.relations().get("next")
    name = json.dumps(None if following is None else page.name(CARDS_FILE_NAME, following), ensure_ascii=False)
    listed = b",\n".join(cards)
    return b"".join([f'{{\n"next": {name},\n"cards": ['.encode(), b"\n" + listed + b"\n" if listed else b"", b"]\n}\n"])
