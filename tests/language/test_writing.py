"""What is written is read as itself again, in every locale."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import calendar, quantities
from pipeline.language.moment import Kind as MomentKind
from pipeline.language.moment import Moment
from pipeline.language.writing import (
    currency_sign,
    names_million,
    write_amount,
    write_date,
    write_large,
    write_moment,
    write_number,
    write_percent,
    write_period,
    write_time,
)
from pipeline.model.locale import parse_locale

LOCALES = [
    parse_locale(name)
    for name in ("en", "en_GB", "pt_BR", "pt_PT", "es", "es_MX", "fr", "fr_CA", "de", "de_CH", "nl", "it", "pl", "sv",
                 "ja", "zh", "ar", "ru")
]  # fmt: skip
CURRENCIES = ("USD", "CAD", "AUD", "EUR", "GBP", "BRL", "JPY", "CHF", "MXN", "SEK", "PLN", "INR")
locales = st.sampled_from(LOCALES)
currencies = st.sampled_from(CURRENCIES)
values = st.one_of(
    st.integers(min_value=1, max_value=10**9).map(Decimal),
    st.integers(min_value=1, max_value=10**9).map(lambda cents: Decimal(cents).scaleb(-2)),
)
large_values = st.tuples(st.integers(min_value=1, max_value=99_999), st.integers(min_value=4, max_value=8)).map(
    lambda pair: Decimal(pair[0]) * 10 ** pair[1]
)


def read(text: str, locale: Locale) -> list[tuple[Decimal, Decimal | None, str]]:
    return [(each.value, each.upper, each.unit) for each in quantities.read(text, locale.language)]


@given(values, currencies, locales)
def test_amount_is_read_as_itself_with_its_decimals(value: Decimal, code: str, locale: Locale) -> None:
    (found,) = quantities.read(write_amount(value, code, locale), locale.language)
    assert (found.value, found.decimals, found.unit) == (value, max(0, -int(value.as_tuple().exponent)), code)


@given(values, values, currencies, locales)
def test_range_of_amounts_is_read_as_itself(one: Decimal, more: Decimal, code: str, locale: Locale) -> None:
    assert read(write_amount(one, code, locale, upper=one + more), locale) == [(one, one + more, code)]


@given(large_values, currencies, locales)
def test_large_amount_in_words_is_read_as_itself(value: Decimal, code: str, locale: Locale) -> None:
    assert read(write_amount(value, code, locale, large=True), locale) == [(value, None, code)]


@given(values, locales)
def test_number_is_read_as_itself(value: Decimal, locale: Locale) -> None:
    assert read(write_number(value, locale), locale) == [(value, None, "")]


@given(large_values, locales)
def test_large_number_in_words_is_read_as_itself(value: Decimal, locale: Locale) -> None:
    assert [found[0] for found in read(write_large(value, locale), locale)] == [value]


@given(st.integers(min_value=1, max_value=9_999), st.one_of(st.none(), st.integers(1, 900)), locales)
def test_share_is_read_as_itself(tenths: int, more: int | None, locale: Locale) -> None:
    value = Decimal(tenths) / 10
    upper = value + more if more else None
    assert read(write_percent(value, locale, upper), locale) == [(value, upper, "percent")]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), locales)
def test_date_is_read_as_itself(day: date, locale: Locale) -> None:
    moment = Moment(start=0, end=1, kind=MomentKind.DATE, day=day.day, month=day.month, year=day.year)
    (found,) = calendar.read(write_moment(moment, locale), locale.language)
    assert (found.day, found.month, found.year) == (moment.day, moment.month, moment.year)


@given(st.integers(1, 12), st.integers(1, 28), locales)
def test_day_without_year_and_month_without_day_are_read_as_themselves(month: int, day: int, locale: Locale) -> None:
    dated = calendar.read(write_date(day, month, None, locale), locale.language)
    monthly = calendar.read(write_date(None, month, 2027, locale), locale.language)
    assert [(each.day, each.month) for each in dated] == [(day, month)]
    assert [(each.month, each.year) for each in monthly] == [(month, 2027)]


@given(st.integers(0, 24 * 60 - 1), locales)
def test_time_is_read_as_itself(minute: int, locale: Locale) -> None:
    before = {"pt": "às "}.get(locale.language, "")
    (found,) = calendar.read(before + write_time(minute, locale), locale.language)
    assert found.minute == minute


@given(values, currencies, st.sampled_from(["hour", "day", "week", "month", "year"]), st.sampled_from(LOCALES[:10]))
def test_period_behind_an_amount_is_read_as_itself(value: Decimal, code: str, period: str, locale: Locale) -> None:
    (found,) = quantities.read(write_period(write_amount(value, code, locale), period, locale), locale.language)
    assert (found.value, found.unit, found.period) == (value, code, period)


def test_period_has_the_short_form_where_cldr_has_no_long_one() -> None:
    assert write_period("100円", "month", parse_locale("ja")) == "100円/月"


def test_currency_is_never_written_by_a_sign_that_is_several() -> None:
    signs = {currency_sign(code, locale) for code in CURRENCIES for locale in LOCALES}
    assert signs.isdisjoint({"$", "¥", "￥", "kr"})


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("pt_BR", "US$\u00a0185.500"),
        ("pt_PT", "185\u00a0500\u00a0US$"),
        ("de", "185.500\u00a0US$"),
        ("fr", "185\u202f500\u00a0$US"),
        ("es", "185.500\u00a0US$"),
        ("en", "US$185,500"),
        ("nl", "US$\u00a0185.500"),
        ("ja", "US$185,500"),
    ],
)
def test_sign_and_groups_are_those_of_the_locale(name: str, written: str) -> None:
    assert write_amount(Decimal(185500), "USD", parse_locale(name)) == written


def test_moment_that_is_open_or_no_date_is_not_written() -> None:
    locale = parse_locale("pt_BR")
    kinds = {
        "open hour": Moment(start=0, end=1, kind=MomentKind.TIME, minute=120, other_minute=840),
        "open order": Moment(start=0, end=1, kind=MomentKind.DATE, day=3, month=4, year=2027, order_open=True),
        "no such day": Moment(start=0, end=1, kind=MomentKind.DATE, day=31, month=2, year=2027),
        "month": Moment(start=0, end=1, kind=MomentKind.MONTH, month=5),
        "weekday": Moment(start=0, end=1, kind=MomentKind.WEEKDAY, weekday=1),
    }
    assert {name: write_moment(moment, locale) for name, moment in kinds.items()} == dict.fromkeys(kinds, "")


def test_million_is_named_where_it_is_not_in_figures() -> None:
    named = {text: names_million(quantities.read(text, "en")[0]) for text in ("$1.5M", "$120K", "$1,500,000")}
    assert named == {"$1.5M": True, "$120K": False, "$1,500,000": False}
