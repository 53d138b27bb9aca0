"""What the postings that share a text say about what its words leave open: the currency of a `$`, the order in 03/04.

>>> from pipeline.model.posting import Location, Posting
>>> fact_hints([Posting(id="acme-1", title="Cook", locations=(Location(country="US"),))])
FactHints(currency='USD', day_first=False)
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from pipeline.model.posting import Posting
from pipeline.translation.facts import FactHints

_NUMERIC_DATE = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d./-])")
_FIGURE = re.compile(r"\d[./-]\d")
_MONTHS: Final = 12
# A currency of today's; the day is fixed, so that nothing depends on the clock.
_TENDER: Final = date(2026, 1, 1)


def fact_hints(postings: Iterable[Posting]) -> FactHints:
    """Return what postings that share a text say of it, as far as they agree.

    The currency is that of the pay, else the one of the countries; the order of day and month that of dates which have
    one only or name the last day, else that of the countries.
    """
    return agreed(map(read_stated, postings))


class Stated(NamedTuple):
    """What one posting says: its currency, "" if it is open, and the orders of day and month that it may write."""

    currency: str
    orders: frozenset[bool]


def read_stated(posting: Posting) -> Stated:
    """Return what a posting says."""
    return Stated(_currency_of(posting), frozenset(_orders_of(posting)))


def agreed(stated: Iterable[Stated]) -> FactHints:
    """Return what several postings agree in."""
    every = set(stated)
    currencies = {each.currency for each in every}
    orders = {order for each in every for order in each.orders}
    return FactHints(
        currency=currencies.pop() if len(currencies) == 1 else "",
        day_first=orders.pop() if len(orders) == 1 else None,
    )


def _currency_of(posting: Posting) -> str:
    if posting.salary is not None and posting.salary.currency:
        return posting.salary.currency
    found = {code for country in _countries(posting) for code in get_territory_currencies(country, _TENDER, _TENDER)}
    return found.pop() if len(found) == 1 else ""


def _orders_of(posting: Posting) -> set[bool]:
    """Return the orders of day and month that a posting writes for sure, else those of its countries."""
    last = posting.valid_through
    sure: set[bool] = set()
    for match in _NUMERIC_DATE.finditer(" ".join(_lines_with_figures(posting))):
        first, second = int(match[1]), int(match[3])
        if first > _MONTHS or second > _MONTHS:
            sure.add(first > _MONTHS)
        elif last is not None and first != second and {first, second} == {last.day, last.month}:
            sure.add(first == last.day)
    language = posting.language.language if posting.language else "und"
    orders = (_day_first_in(language, country) for country in _countries(posting))
    return sure or {order for order in orders if order is not None}


def _lines_with_figures(posting: Posting) -> Iterator[str]:
    return (line for section in posting.sections for line in section.lines if _FIGURE.search(line))


def _countries(posting: Posting) -> Sequence[str]:
    return posting.countries or posting.applicant_countries


@cache
def _day_first_in(language: str, country: str) -> bool | None:
    """Tell whether a country writes the day before the month, by CLDR's short date; None where the year comes first."""
    for name in (f"{language}_{country}", f"und_{country}"):
        try:
            pattern = Locale.parse(name).date_formats["short"].pattern.lower()
        except (UnknownLocaleError, ValueError):
            continue
        return None if pattern.startswith("y") else pattern.find("d") < pattern.find("m")
    return None
