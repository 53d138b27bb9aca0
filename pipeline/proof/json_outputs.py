"""Reads what a release says in JSON: the languages, a version's countries, and JSON Feeds.

Each has a form that msgspec holds it to; what does not fit is told by its JSON path (`$.items[3].title`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeVar

import msgspec

from pipeline.proof import pages
from pipeline.proof.faults import JSON_ERRORS, Fault, UnreadableOutputError
from pipeline.proof.shown import MACHINE, Shown, fact_line, label_of, text_digest, without_isolates
from pipeline.proof.site import Site

T = TypeVar("T")
LANGUAGES = "languages.json"
_FEED_VERSION = "https://jsonfeed.org/version/1.1"


class Language(msgspec.Struct, frozen=True):
    """A language that the site has postings in."""

    language: str
    name: str
    dir: Literal["ltr", "rtl"]
    postings: int
    feed: str


class Country(msgspec.Struct, frozen=True):
    """A country of a version's list."""

    code: str
    name: str
    postings: int
    feed: str


class Countries(msgspec.Struct, frozen=True):
    """The country list of a version."""

    language: str
    countries: tuple[Country, ...]


class _Place(msgspec.Struct, frozen=True, omit_defaults=True):
    country: str = ""
    region: str = ""
    city: str = ""
    postal_code: str = ""


class _Salary(msgspec.Struct, frozen=True, omit_defaults=True):
    currency: str
    unit: Literal["YEAR", "MONTH", "WEEK", "DAY", "HOUR"]
    min: int | float | None = None
    max: int | float | None = None


class _Extension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    posting: str
    countries: tuple[str, ...]
    remote: bool
    translation: Literal["source", "human", "reviewed", "machine"]
    source_language: str | None
    locations: tuple[_Place, ...] = ()
    applicant_countries: tuple[str, ...] = ()
    applicant_areas: tuple[str, ...] = ()
    salary: _Salary | None = None
    employment_type: tuple[str, ...] = ()
    valid_through: date | None = None
    organization: str = ""
    original: int = 0
    text_modified: datetime | None = None

    def facts(self) -> tuple[str, ...]:
        """Return what it tells programs of the job, each fact as a line."""
        several: Mapping[str, Sequence[object]] = {
            "location": [msgspec.to_builtins(place) for place in self.locations],
            "applicant_country": self.applicant_countries,
            "applicant_area": self.applicant_areas,
            "salary": [msgspec.to_builtins(self.salary)] if self.salary else [],
            "employment_type": self.employment_type,
            "valid_through": [self.valid_through] if self.valid_through else [],
            "organization": [self.organization] if self.organization else [],
        }
        return tuple(sorted(fact_line(name, each) for name, found in several.items() for each in found))


class _Author(msgspec.Struct, frozen=True):
    name: str


class _Item(msgspec.Struct, frozen=True):
    id: str
    url: str
    title: str
    content_html: str
    language: str
    extension: _Extension = msgspec.field(name="_polypost")
    external_url: str = ""
    date_published: str = ""
    date_modified: str = ""
    authors: tuple[_Author, ...] = ()


class _Feed(msgspec.Struct, frozen=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    items: tuple[_Item, ...]
    next_url: str = ""


class Item(NamedTuple):
    """An item of a JSON Feed: what it shows, and the HTML of its text without what feeds say about it."""

    shown: Shown
    html: str


def read_languages(site: Site) -> tuple[Language, ...]:
    """Return the languages of the site.

    Raises UnreadableOutputError if they cannot be read.
    """
    return decode(site, LANGUAGES, tuple[Language, ...])


def find_base_url(site: Site, language: Language) -> str:
    """Return the address that the site stands at, as a feed names it.

    Raises UnreadableOutputError if the feed names none.
    """
    path = f"{language.language}/feed.json"
    home = decode(site, path, _Feed).home_page_url
    base = home.removesuffix(f"{language.language}/")
    if base == home or not base.endswith("/"):
        raise UnreadableOutputError(path, "$.home_page_url", f"is {home!r}, and has to end in /{language.language}/")
    return base


def read_countries(site: Site, tag: str) -> Countries:
    """Return the country list of a version.

    Raises UnreadableOutputError if it cannot be read.
    """
    return decode(site, f"{tag}/countries.json", Countries)


def read_feed(site: Site, tag: str, path: str, faults: list[Fault]) -> Iterator[Item]:
    """Yield the items of a feed, page after page to its end; what is wrong with a page is added to `faults`.

    Raises UnreadableOutputError if a page cannot be read.
    """
    seen: set[str] = set()
    following: str | None = path
    while following:
        page = following
        seen.add(page)
        feed = decode(site, page, _Feed)
        wanted = {
            "version": (feed.version, _FEED_VERSION),
            "home_page_url": (feed.home_page_url, f"{site.base_url}{page.rpartition('/')[0]}/"),
            "feed_url": (feed.feed_url, f"{site.base_url}{page}"),
            "language": (feed.language, tag),
        }
        faults += [
            Fault(page, f"$.{name}", f"is {found!r}, not {right!r}")
            for name, (found, right) in wanted.items()
            if found != right
        ]
        for number, item in enumerate(feed.items):
            html = pages.without_notes(item.content_html)
            yield Item(_shown(site, page, f"$.items[{number}]", item, html, tag, faults), html)
        following = site.path_of(feed.next_url) if feed.next_url else None
        if following in seen or (feed.next_url and following is None):
            faults.append(Fault(page, "$.next_url", f"{feed.next_url!r} leads to no further page"))
            return


def _shown(  # noqa: PLR0913, PLR0917  an item, its text, and where it stands
    site: Site, file: str, place: str, item: _Item, html: str, tag: str, faults: list[Fault]
) -> Shown:
    extension = item.extension
    if item.id != f"{extension.posting}/{tag}":
        faults.append(Fault(file, f"{place}.id", f"is {item.id!r}, not {extension.posting + '/' + tag!r}"))
    if tuple(sorted(set(extension.countries))) != extension.countries:
        faults.append(Fault(file, f"{place}._polypost.countries", "are not each once, in order"))
    return Shown(
        file=file,
        place=place,
        posting=extension.posting,
        page=site.path_of(item.url) or item.url,
        title=without_isolates(item.title),
        text=text_digest(item.content_html),
        body=pages.body_digest(html),
        language=item.language,
        translation=extension.translation,
        label=label_of(extension.translation),
        machine=extension.translation == MACHINE,
        original=extension.original,
        countries=extension.countries,
        anywhere=extension.remote and not extension.countries and not extension.applicant_areas,
        remote=extension.remote,
        organization=item.authors[0].name if item.authors else "",
        address=item.external_url,
        published=item.date_published[:10],
        changed=(item.date_modified or item.date_published)[:10],
        source_language=extension.source_language,
        deadline=extension.valid_through.isoformat() if extension.valid_through else "",
        facts=extension.facts(),
        text_modified=extension.text_modified.date().isoformat() if extension.text_modified else "",
    )


def decode(site: Site, path: str, kind: type[T]) -> T:
    """Return what a file says.

    Raises UnreadableOutputError if it cannot be read.
    """
    try:
        return msgspec.json.decode(site.read(path), type=kind)
    except JSON_ERRORS as error:
        raise UnreadableOutputError(path, "", f"cannot be read: {error}") from error
