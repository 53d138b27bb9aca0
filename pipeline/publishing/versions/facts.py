"""Numbers, days, amounts and names in the form of a locale."""

import re
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from pipeline.model.locale import script_of, to_tag
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.versions import wording
from pipeline.publishing.versions.version import country_name

# A sign at the end of a symbol such as US$ goes to the other side of its letters in a text from right to left.
_LATIN_SYMBOL = re.compile(r"[A-Z]+[$£¥]")
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
# What stands between a city and its country where it is not the Latin comma.
_COMMAS = {"Arab": "، ", "Hans": "，", "Hant": "，", "Jpan": "、"}


def language_name(locale: Locale, language: Locale) -> str:
    """Return the name of a language in that of `locale`."""
    return language.get_display_name(locale) or to_tag(language)


def long_date(locale: Locale, day: date) -> str:
    """Write a day in words."""
    return format_date(day, "long", locale=locale)


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
    if locale.text_direction == "rtl":
        written = _LATIN_SYMBOL.sub(rf"\g<0>{_LEFT_TO_RIGHT}", written)
    return wording.pay(translations, written, salary.unit) if written else ""


def comma(locale: Locale) -> str:
    """Return what stands between a city and its country."""
    return _COMMAS.get(script_of(locale), ", ")


def place_parts(locale: Locale, location: Location) -> list[str]:
    """Name a place of work: city, or else region, and country, or what there is of them."""
    country = country_name(locale, location.country) if location.country else ""
    return [part for part in (location.city or location.region, country) if part]


def summary(locale: Locale, translations: NullTranslations, posting: Posting) -> str:
    """Say in one line who employs and where, for search engines and previews; "" if nobody knows."""
    return " · ".join(filter(None, _summary_parts(locale, translations, posting)))


def _summary_parts(locale: Locale, translations: NullTranslations, posting: Posting) -> Iterator[str]:
    yield posting.organization
    yield from dict.fromkeys(comma(locale).join(place_parts(locale, location)) for location in posting.locations)
    if posting.remote:
        yield translations.gettext("Remote")
