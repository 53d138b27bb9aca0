"""Reads days as sources write them: ISO dates, seconds since 1970, "3. März 2026", "03/04/2026".

A date is never guessed. 03/04/2026 is read in the order of the posting's language and country, and is a doubt where
these do not decide. "4 days ago" counts from the day of the run where that is given (`--as-of`), else it is a doubt.

>>> doubts = Doubts()
>>> read_day("2026-11-01T09:00:00Z", "date_posted", doubts), read_day(1672185600000, "date_posted", doubts)
(datetime.date(2026, 11, 1), datetime.date(2022, 12, 28))
>>> read_day("3. März 2026", "date_posted", doubts, locale=Locale("de"))
datetime.date(2026, 3, 3)
>>> read_day("03/04/2026", "date_posted", doubts), doubts.found[0].reason
(None, 'may be 3 April or 4 March')
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError

from pipeline.intake.reading.aliases import words
from pipeline.intake.reading.gazetteer import fold_name
from pipeline.intake.reading.values import Doubts, text_of
from pipeline.model.locale import to_tag

_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:$|[T ].*)")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:$|[T ].*)")
_NUMERIC = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?:$|[T ,].*)")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_MILLISECONDS = 10**11  # seconds reach it in the year 5138
_MONTH = re.compile(r"\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}")
_NO_DATE, _NO_DAY = "is no date", "names no day"
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)
_MONTHS = 12
_CENTURY = 2000
# Two days with nothing in common: a text that is the same day from both names it in full.
_BASES = (datetime(2001, 3, 9, tzinfo=UTC), datetime(2018, 10, 23, tzinfo=UTC))
_LONGEST = 60
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "sv",
    "da",
    "fi",
    "cs",
    "ro",
    "uk",
    "ru",
    "ja",
    "zh",
    "tr",
    "ar",
)
_WRITE = "write for example 2026-11-01"


def read_day(
    value: object,
    field: str,
    doubts: Doubts,
    *,
    locale: Locale | None = None,
    countries: Iterable[str] = (),
    as_of: date | None = None,
) -> date | None:
    """Read a day; None for none, and for what is noted as a doubt."""
    if type(value) is str and len(value) == len("2026-11-01"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    text = text_of(value)
    if not text:
        return None
    reading = _read(text, locale, tuple(countries), as_of, future=field == "valid_through")
    if isinstance(reading, date):
        return reading
    note = doubts.hold if field == "valid_through" else doubts.note
    note(field, text, reading, _WRITE)
    return None


@lru_cache(maxsize=4096)
def _read(
    text: str, locale: Locale | None, countries: tuple[str, ...], as_of: date | None, *, future: bool
) -> date | str:
    """Return the day, or why there is none."""
    if _EPOCH.fullmatch(text):
        return _of_epoch(float(text))
    if match := _ISO.fullmatch(text) or _SLASHED.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(_without_words(text)):
        return _of_figures(match, locale, countries)
    if _MONTH.fullmatch(text):
        return _NO_DAY
    if len(text) > _LONGEST:
        return _NO_DATE
    read = _of_words(text, locale, as_of, future=future)
    bare = _without_words(text)
    return read if read != _NO_DATE or bare == text else _of_words(bare, locale, as_of, future=future)


def _of_epoch(seconds: float) -> date | str:
    day = datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS else seconds, tz=UTC).date()
    return day if _FIRST <= day < _LAST else "is no date of our time"


def _day(year: int, month: int, day: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return "is no day of the calendar"


def _of_figures(match: re.Match[str], locale: Locale | None, countries: tuple[str, ...]) -> date | str:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += _CENTURY if len(match[4]) == 2 else 0  # noqa: PLR2004  26 is 2026
    if first == second or second > _MONTHS or match[2] == ".":
        first, second = (second, first) if second > _MONTHS and match[2] != "." else (first, second)
        return _day(year, second, first)
    if first > _MONTHS:
        return _day(year, second, first)
    orders = {order for order in _orders(locale, countries) if order}
    if len(orders) != 1:
        one, other = date(year, second, first), date(year, first, second)
        return f"may be {one.day} {one:%B} or {other.day} {other:%B}"
    return _day(year, *((first, second) if orders == {"month"} else (second, first)))


def _orders(locale: Locale | None, countries: tuple[str, ...]) -> Iterable[str]:
    """Yield what stands first in dates of the language and of the countries; English alone does not say."""
    if locale is not None and (locale.territory or locale.language != "en"):
        yield _first_part(to_tag(locale))
        return
    for country in countries:
        yield _first_part(f"en-{country}" if locale is not None else f"und-{country}")


@cache
def _first_part(tag: str) -> str:
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    pattern = locale.date_formats["short"].pattern.lower()
    places = {part: pattern.find(letter) for part, letter in (("day", "d"), ("month", "m"), ("year", "y"))}
    return "day" if places["day"] < places["month"] else "month"


def _without_words(text: str) -> str:
    """Take off what stands before a date: "Published on", "Bis zum"."""
    spelled = text.replace(":", " ").split() if not re.search(r"\d:\d", text) else text.split()
    for size in (3, 2, 1):
        if len(spelled) > size and fold_name(" ".join(spelled[:size])) in words().values["posted"]:
            return " ".join(spelled[size:])
    return " ".join(spelled) if spelled else text


def _of_words(text: str, locale: Locale | None, as_of: date | None, *, future: bool) -> date | str:
    import dateparser  # noqa: PLC0415  slow to import, seldom needed

    languages = [locale.language] if locale is not None and locale.language in _LANGUAGES else list(_LANGUAGES)
    if locale is not None and "en" not in languages:
        languages.append("en")

    def parsed(base: datetime, *parts: str) -> date | None:
        settings: dict[str, Any] = {
            "RELATIVE_BASE": base.replace(tzinfo=None),
            "REQUIRE_PARTS": list(parts),
            "PREFER_DATES_FROM": "future" if future else "past",
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": False,
            "DATE_ORDER": "DMY",
        }
        found = dateparser.parse(text, languages=languages, settings=settings)
        return found.date() if found else None

    one, other = (parsed(base, "day", "month", "year") for base in _BASES)
    if one is None and other is None:
        days = {parsed(base, "day", "month") for base in _BASES}
        if days == {None}:
            return _NO_DAY if parsed(_BASES[0], "month", "year") else _NO_DATE
        one, other = _BASES[0].date(), _BASES[1].date()
    if one is not None and one == other:
        return one if _FIRST <= one < _LAST else "is no date of our time"
    if as_of is None:
        return "counts from the day of the run, which is not given (--as-of)"
    found = parsed(datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC), "day", "month")
    limit = timedelta(days=366 * 2)
    return found if found is not None and abs(found - as_of) < limit else _NO_DATE
