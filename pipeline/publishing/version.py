"""A language version: its postings and its countries, from which every output is made so that they cannot disagree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import NamedTuple

from babel import Locale

from pipeline.model.locale import to_tag
from pipeline.publishing.collation import collation_key
from pipeline.publishing.localized import LocalizedPosting


class Country(NamedTuple):
    """A country that has a posting in this version, with its CLDR name in the version's language."""

    code: str
    name: str
    postings: Sequence[LocalizedPosting]

    @property
    def folder(self) -> str:
        """Where its feeds lie below the folder of the language."""
        return f"countries/{self.code}/"

    @property
    def feed(self) -> str:
        """Where its JSON Feed lies below the folder of the language."""
        return f"{self.folder}feed.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one locale publishes; postings newest first, countries in the order of the language's alphabet."""

    locale: Locale
    base_url: str
    translations: NullTranslations
    postings: Sequence[LocalizedPosting]
    countries: tuple[Country, ...]

    @property
    def tag(self) -> str:
        """The folder below `public/` and the tag in feeds and HTML."""
        return to_tag(self.locale)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self.locale.text_direction

    @property
    def worldwide(self) -> tuple[LocalizedPosting, ...]:
        """The postings of the "anywhere" group, which is not a country."""
        return tuple(localized for localized in self.postings if localized.posting.worldwide)

    @property
    def placeless(self) -> tuple[LocalizedPosting, ...]:
        """The postings that name no country and are not remote."""
        return tuple(item for item in self.postings if not item.posting.countries and not item.posting.worldwide)

    def url(self, path: str = "") -> str:
        """Return the address of a file below this version's folder."""
        return f"{self.base_url}{self.tag}/{path}"


def build_version(
    locale: Locale, postings: Iterable[LocalizedPosting], *, base_url: str, translations: NullTranslations
) -> Version:
    """Order the postings of a locale and name their countries: exactly those that have one."""
    ordered = tuple(sorted(postings, key=_newest_first))
    return Version(
        locale=locale,
        base_url=base_url,
        translations=translations,
        postings=ordered,
        countries=_countries(locale, ordered),
    )


def country_name(locale: Locale, code: str) -> str:
    """Return the CLDR name of a country, its code if CLDR has no name for it in this language."""
    names: Mapping[str, str] = locale.territories
    return names.get(code, code)


def _newest_first(localized: LocalizedPosting) -> tuple[int, str]:
    day = localized.updated or localized.published
    return -(day.toordinal() if day else 0), localized.posting.id


def _countries(locale: Locale, postings: Iterable[LocalizedPosting]) -> tuple[Country, ...]:
    groups: dict[str, list[LocalizedPosting]] = {}
    for localized in postings:
        for code in localized.posting.countries:
            groups.setdefault(code, []).append(localized)
    found = [Country(code, country_name(locale, code), tuple(group)) for code, group in groups.items()]
    return tuple(sorted(found, key=lambda country: (collation_key(locale, country.name), country.code)))
