"""Days are read as people and systems write them, and never guessed."""

from datetime import UTC, date, datetime

import pytest
from babel import Locale

from pipeline.intake.reading.dates import read_day
from pipeline.intake.reading.values import Doubts
from pipeline.model.locale import parse_locale

NOV_5 = date(2026, 11, 5)


def day(value: object, language: str = "", *countries: str, as_of: date | None = None) -> date | str | None:
    """Return the day that is read, or why there is none."""
    doubts = Doubts()
    locale = parse_locale(language) if language else None
    found = read_day(value, "date_posted", doubts, locale=locale, countries=countries, as_of=as_of)
    return doubts.found[0].reason if doubts.found else found


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-05",
        "2026-11-05T09:00:00Z",
        "2026-11-05T23:30:00-05:00",
        "2026-11-05 10:00:00 UTC",
        "20261105",
        "2026/11/05",
        "2026/11/5",
        "05.11.2026",
        "5.11.26",
        " 2026-11-05 ",
        1793836800,
        1793836800000,
        "1793836800",
        "1793836800000",
        1793836800.5,
        date(2026, 11, 5),
        datetime(2026, 11, 5, 23, tzinfo=UTC),
        {"@value": "2026-11-05"},
        "Nov 5, 2026",
        "5 November 2026",
        "November 5th, 2026",
        "Thu, 05 Nov 2026 10:00:00 GMT",
        "5. November 2026",
        "5 novembre 2026",
        "5 de noviembre de 2026",
        "5 de novembro de 2026",
        "5 listopada 2026",
        "5 ноября 2026",
        "2026年11月5日",
        "Posted on 5 November 2026",
        "Published: 2026-11-05",
        "Veröffentlicht am 05.11.2026",
        "Publié le 5 novembre 2026",
        "do 5 listopada 2026",
        "до 5 ноября 2026",
        "senast 5 november 2026",
        "Publicado el 5 de noviembre de 2026",
        "Publicado em 05.11.2026",
    ],
)
def test_day_is_read_in_every_form_that_names_it_in_full(value: object) -> None:
    assert day(value) == NOV_5


@pytest.mark.parametrize(
    ("text", "language", "countries", "expected"),
    [
        ("03/04/2026", "de", (), date(2026, 4, 3)),
        ("03/04/2026", "pt_BR", (), date(2026, 4, 3)),
        ("03/04/2026", "en_US", (), date(2026, 3, 4)),
        ("03/04/2026", "en_GB", (), date(2026, 4, 3)),
        ("03/04/2026", "en", ("US",), date(2026, 3, 4)),
        ("03-04-2026", "en", ("IE",), date(2026, 4, 3)),
        ("03/04/26", "", ("FR",), date(2026, 4, 3)),
        ("03/04/2026", "", ("FR", "US"), "may be 3 April or 4 March"),
        ("03/04/2026", "en", (), "may be 3 April or 4 March"),
        ("03/04/2026", "", (), "may be 3 April or 4 March"),
        ("04/04/2026", "", (), date(2026, 4, 4)),
        ("13/04/2026", "en_US", (), date(2026, 4, 13)),
        ("04/13/2026", "de", (), date(2026, 4, 13)),
        ("03.04.2026", "en_US", (), date(2026, 4, 3)),
    ],
)
def test_order_of_day_and_month_is_that_of_the_language_or_the_country(
    text: str, language: str, countries: tuple[str, ...], expected: date | str
) -> None:
    assert day(text, language, *countries) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("4 days ago", "en", date(2026, 11, 25)),
        ("yesterday", "", date(2026, 11, 28)),
        ("Publicada hace 4 días", "es", date(2026, 11, 25)),
        ("vor 2 Wochen", "de", date(2026, 11, 15)),
        ("il y a 3 jours", "fr", date(2026, 11, 26)),
        ("há 2 dias", "pt", date(2026, 11, 27)),
        ("5 November", "en", NOV_5),
        ("5 December", "en", date(2025, 12, 5)),
    ],
)
def test_what_counts_from_a_day_needs_that_day(text: str, language: str, expected: date) -> None:
    assert day(text, language, as_of=date(2026, 11, 29)) == expected
    assert day(text, language) == "counts from the day of the run, which is not given (--as-of)"


@pytest.mark.parametrize(
    "value", ["ASAP", "immediately", "2026-02-30", "31.02.2026", "soon", "2026", "x" * 200, [], 17, "99999999999999"]
)
def test_what_is_no_day_is_none(value: object) -> None:
    assert not isinstance(day(value), date)


def test_a_month_without_a_day_is_no_day() -> None:
    assert day("2017-10") == "names no day"
    assert day("November 2026", "en") == "names no day"


def test_last_day_that_is_not_understood_holds_and_the_first_does_not() -> None:
    doubts = Doubts()
    assert read_day("soon", "valid_through", doubts) is None
    assert read_day("soon", "date_posted", doubts) is None
    assert doubts.unclear == ["valid_through"]


def test_a_last_day_without_its_year_is_the_next() -> None:
    found = read_day("5 December", "valid_through", Doubts(), locale=Locale("en"), as_of=date(2026, 11, 29))
    assert found == date(2026, 12, 5)
