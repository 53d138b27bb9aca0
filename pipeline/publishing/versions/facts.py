"""Numbers, days, amounts and names in the form of a locale."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache, partial
from gettext import NullTranslations
from typing import Protocol

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from pipeline.language.areas import area_names, countries_of_area
from pipeline.language.city_names import city_name
from pipeline.model.locale import direction_of, script_of, to_tag
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.collation import collation_key
from pipeline.publishing.versions.isolation import join_isolated
from pipeline.publishing.versions.version import country_name

# A sign at the end of a symbol such as US$ goes to the other side of its letters in a text from right to left.
_LATIN_SYMBOL = re.compile(r"[A-Z]+[$£¥]")
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_DAYS_WITHOUT_YEAR = 334
# What stands between a city and its country where it is not the Latin comma.
_COMMAS = {"Arab": "، ", "Hans": "，", "Hant": "，", "Jpan": "、"}


class Whereabouts(Protocol):
    """What is known of where a job is: a posting, or what lists know of it."""

    @property
    def locations(self) -> tuple[Location, ...]:
        """Its places of work."""

    @property
    def applicant_countries(self) -> tuple[str, ...]:
        """The countries whose people may do a remote job."""

    @property
    def areas(self) -> tuple[str, ...]:
        """Areas of several countries that it names."""

    @property
    def remote(self) -> bool:
        """Whether it can be done from elsewhere."""


@cache
def language_name(locale: Locale, language: Locale) -> str:
    """Return the name of a language in that of `locale`."""
    return language.get_display_name(locale) or to_tag(language)


@cache
def long_date(locale: Locale, day: date) -> str:
    """Write a day in words."""
    return format_date(day, "long", locale=locale)


@cache
def short_date(locale: Locale, day: date, since: date | None = None) -> str:
    """Write a day with the month in short, without the year where it lies within eleven months after another day.

    That day stands beside it with its year.

    >>> short_date(Locale("en"), date(2027, 2, 15)), short_date(Locale("en"), date(2027, 2, 15), date(2026, 11, 1))
    ('Feb 15, 2027', 'Feb 15')
    """
    plain = since is not None and 0 <= (day - since).days <= _DAYS_WITHOUT_YEAR
    return format_skeleton("MMMd" if plain else "yMMMd", day, locale=locale)


@lru_cache(maxsize=1 << 12)
def number(locale: Locale, value: int) -> str:
    """Write a whole number with the locale's own grouping.

    >>> number(Locale("de"), 1200)
    '1.200'
    """
    return format_decimal(value, locale=locale)


def pay(locale: Locale, translations: NullTranslations, salary: Salary) -> str:
    """Write a pay range in the form of a locale, without cents where there are none; "" without an amount."""
    pattern = str(locale.currency_formats["standard"].pattern)
    amounts = [amount for amount in (salary.minimum, salary.maximum) if amount is not None]
    whole = all(amount == int(amount) for amount in amounts)
    written = " – ".join(
        format_currency(
            amount,
            salary.currency,
            pattern.replace(".00", "") if whole else pattern,
            locale=locale,
            currency_digits=not whole,
        )
        for amount in dict.fromkeys(amounts)
    )
    if direction_of(locale) == "rtl":
        written = _LATIN_SYMBOL.sub(rf"\g<0>{_LEFT_TO_RIGHT}", written)
    return wording.pay(translations, written, salary.unit) if written else ""


def comma(locale: Locale) -> str:
    """Return what stands between a city and its country."""
    return _COMMAS.get(script_of(locale), ", ")


@lru_cache(maxsize=4096)
def _place(locale: Locale, location: Location) -> str:
    return comma(locale).join(place_parts(locale, location))


def place_parts(locale: Locale, location: Location) -> list[str]:
    """Name a place of work: city, or else region, and country, or what there is of them."""
    country = country_name(locale, location.country) if location.country else ""
    return [part for part in (city_name(locale, location.city, location.country) or location.region, country) if part]


def country_names(locale: Locale, codes: Iterable[str]) -> list[str]:
    """Name countries in the order of the language's alphabet."""
    return sorted((country_name(locale, code) for code in codes), key=partial(collation_key, locale))


def area_names_of(locale: Locale, areas: Iterable[str]) -> list[str]:
    """Name areas, each name once."""
    return list(dict.fromkeys(name for area in areas for name in area_names(locale, area)))


def open_to_names(locale: Locale, countries: Iterable[str], areas: Iterable[str]) -> list[str]:
    """Name from where people may do a remote job: areas, then countries."""
    return list(dict.fromkeys([*area_names_of(locale, areas), *country_names(locale, countries)]))


def applicants_of(posting: Whereabouts) -> tuple[str, ...]:
    """Return the countries whose people may do a remote job, those of the areas that it names too; none on site."""
    within = (code for area in posting.areas for code in countries_of_area(area))
    return tuple(dict.fromkeys((*posting.applicant_countries, *within))) if posting.remote else ()


def place_names(locale: Locale, posting: Whereabouts) -> list[str]:
    """Name the places of work, each once; of a job on site that names an area only, the area."""
    named = [_place(locale, location) for location in posting.locations]
    areas = [] if posting.remote else area_names_of(locale, posting.areas)
    return list(filter(None, dict.fromkeys([*named, *areas])))


def fact_parts(locale: Locale, translations: NullTranslations, posting: Posting) -> tuple[str, ...]:
    """Say what a posting offers in short parts, as plain text: employer, places, type, pay, last day to apply.

    Only what it names is said: a posting without any of it has no part.
    """
    return tuple(filter(None, _fact_parts(locale, translations, posting)))


def _fact_parts(locale: Locale, translations: NullTranslations, posting: Posting) -> Iterator[str]:
    yield posting.organization
    yield from place_names(locale, posting)
    people = open_to_names(locale, posting.applicant_countries, posting.areas) if posting.remote else []
    if posting.worldwide:
        yield translations.gettext("Remote – anywhere")
    elif people:
        yield _filled(translations.gettext("Remote – open to %(countries)s"), "countries", comma(locale).join(people))
    elif posting.remote:
        yield translations.gettext("Remote")
    yield comma(locale).join(wording.employment_type(translations, code) for code in posting.employment_type)
    yield pay(locale, translations, posting.salary) if posting.salary else ""
    if posting.valid_through:
        yield _filled(translations.gettext("Apply by %(date)s"), "date", long_date(locale, posting.valid_through))


def _filled(text: str, name: str, value: str) -> str:
    return text.replace(f"%({name})s", value)  # a translation with another sign of percent stays as it is


def summary(locale: Locale, translations: NullTranslations, posting: Posting) -> str:
    """Say in one line who employs and where, for search engines and previews; "" if nobody knows."""
    return join_isolated(filter(None, _summary_parts(locale, translations, posting)), " · ", locale)


def _summary_parts(locale: Locale, translations: NullTranslations, posting: Posting) -> Iterator[str]:
    yield posting.organization
    yield from place_names(locale, posting)
    if posting.remote:
        yield translations.gettext("Remote")
