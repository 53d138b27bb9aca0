"""A language version: its postings and its countries, from which every output is made so that they cannot disagree."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from gettext import NullTranslations
from typing import overload

from babel import Locale

from pipeline.model.locale import to_tag
from pipeline.model.posting import Location, Salary
from pipeline.model.site_settings import NO_SETTINGS, SiteSettings
from pipeline.publishing.versions.collation import collation_key
from pipeline.publishing.versions.localized import LocalizedPosting, posting_path
from pipeline.publishing.versions.wording import digest_of_words, site_title
from pipeline.storage.spool import packing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What lists, feeds and sitemaps need to know of a posting without its text.

    `position` is its place in the postings that the version was built from, `line` the number of the ledger's line that
    last told of it. It was `posted` on the day that it names itself, else on that of its first publication. Its text
    was written, or translated from, the `source_language`, in which the title stands too where that is not translated.
    """

    posting: str
    title: str
    organization: str = ""
    slug: str
    line: int
    position: int
    posted: date | None = None
    published: date | None = None
    updated: date | None = None
    valid_through: date | None = None
    locations: tuple[Location, ...] = ()
    countries: tuple[str, ...] = ()
    applicant_countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    remote: bool = False
    worldwide: bool = False
    employment_type: tuple[str, ...] = ()
    salary: Salary | None = None
    translation: str
    source_language: Locale | None = None
    title_language: Locale

    @property
    def edited(self) -> date | None:
        """The day of its last change; None if nothing has changed since it was posted and first published."""
        since = max((day for day in (self.posted, self.published) if day), default=date.min)
        return self.updated if self.updated and self.updated > since else None

    @property
    def path(self) -> str:
        """Where its page lies below the folder of its language."""
        return posting_path(self.slug)


class Digested(ABC):
    """Texts of which it is known, without one, whether they are those of another run."""

    @abstractmethod
    def digest(self, position: int, /) -> bytes:
        """Return a digest of all that a text says."""


@dataclass(frozen=True, slots=True)
class Postings(Sequence[LocalizedPosting]):
    """Postings in the order of `entries`; the text of one is looked up when it is asked for."""

    entries: tuple[Entry, ...]
    _texts: Sequence[LocalizedPosting] = field(repr=False)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> LocalizedPosting: ...
    @overload
    def __getitem__(self, index: slice) -> "Postings": ...
    def __getitem__(self, index: int | slice) -> "LocalizedPosting | Postings":
        """Return one with its text, or some without."""
        if isinstance(index, slice):
            return Postings(self.entries[index], self._texts)
        return self._texts[self.entries[index].position]

    def __iter__(self) -> Iterator[LocalizedPosting]:
        """Yield each with its text."""
        return (self._texts[entry.position] for entry in self.entries)

    def text(self, entry: Entry) -> LocalizedPosting:
        """Return one with its text."""
        return self._texts[entry.position]

    @property
    def updated(self) -> date | None:
        """The last day on which one of them was changed."""
        return max((entry.updated for entry in self.entries if entry.updated), default=None)

    def digest(self, entry: Entry) -> bytes:
        """Return a digest of all that one says, its dates among it; or all of it."""
        if isinstance(self._texts, Digested):
            return self._texts.digest(entry.position)
        return packing_of(LocalizedPosting).encode(self._texts[entry.position])

    def choose(self, wanted: Callable[[Entry], bool]) -> "Postings":
        """Return those that are wanted, in the same order."""
        return Postings(tuple(filter(wanted, self.entries)), self._texts)

    def of(self, entries: Iterable[Entry]) -> "Postings":
        """Return the postings of these entries, in their order."""
        return Postings(tuple(entries), self._texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country that has a posting in this version, with its CLDR name in the version's language."""

    code: str
    name: str
    postings: Postings

    @property
    def folder(self) -> str:
        """Where its feeds lie below the folder of the language."""
        return f"countries/{self.code}/"

    @property
    def feed(self) -> str:
        """Where its JSON Feed lies below the folder of the language."""
        return f"{self.folder}feed.json"


@dataclass(frozen=True, kw_only=True)
class Version:
    """What one locale publishes; postings newest first, countries in the order of the language's alphabet.

    `tag` is the folder below `public/` and the tag in feeds and HTML.
    """

    locale: Locale
    tag: str
    base_url: str
    translations: NullTranslations
    postings: Postings
    countries: tuple[Country, ...]
    settings: SiteSettings = NO_SETTINGS

    @property
    def title(self) -> str:
        """What the site and its feeds are called in its language."""
        return site_title(self.translations, self.locale, self.settings.name)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.locale.text_direction

    @cached_property
    def words_digest(self) -> str:
        """A digest of the words of our pages in its language."""
        return digest_of_words(self.translations)

    @cached_property
    def worldwide(self) -> Postings:
        """The postings of the "anywhere" group, which is not a country."""
        return self.postings.choose(lambda entry: entry.worldwide)

    @cached_property
    def placeless(self) -> Postings:
        """The postings that name no country and are not remote."""
        return self.postings.choose(lambda entry: not entry.countries and not entry.worldwide)

    def url(self, path: str = "") -> str:
        """Return the address of a file below this version's folder."""
        return f"{self.base_url}{self.tag}/{path}"


def build_version(
    locale: Locale,
    texts: Sequence[LocalizedPosting],
    *,
    base_url: str,
    translations: NullTranslations,
    entries: Iterable[Entry],
    settings: SiteSettings = NO_SETTINGS,
) -> Version:
    """Order the postings of a locale and name their countries: exactly those that have one.

    `texts` are looked up again and again, and may lie in a file; their `entries` are known without them.
    """
    postings = Postings(tuple(sorted(entries, key=newest_first)), texts)
    return Version(
        locale=locale,
        tag=to_tag(locale),
        base_url=base_url,
        translations=translations,
        postings=postings,
        countries=_countries(locale, postings),
        settings=settings,
    )


@cache
def country_name(locale: Locale, code: str) -> str:
    """Return the CLDR name of a country, its code if CLDR has no name for it in this language."""
    names: Mapping[str, str] = locale.territories
    return names.get(code, code)


def newest_first(entry: Entry) -> tuple[int, str]:
    """Return what lists are ordered by: the day of posting, the last one first, then the ids; no edit lifts one."""
    return -(entry.posted.toordinal() if entry.posted else 0), entry.posting


def last_changed_first(entry: Entry) -> tuple[int, str]:
    """Return what feeds are ordered by: the day of the last change, the last one first, then the ids."""
    return -(entry.updated.toordinal() if entry.updated else 0), entry.posting


def _countries(locale: Locale, postings: Postings) -> tuple[Country, ...]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in postings.entries:
        for code in entry.countries:
            groups[code].append(entry)
    found = [
        Country(code=code, name=country_name(locale, code), postings=postings.of(group))
        for code, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda country: (collation_key(locale, country.name), country.code)))
