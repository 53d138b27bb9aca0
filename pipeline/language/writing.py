r"""Writes amounts, numbers, shares, dates and times in the form of a locale: the other half of the readings.

Grouping, decimal sign, the sign of a currency and its place, names of months and the clock are those of CLDR (Babel);
decimals stay as many as the source has. A currency is written so that it is read as itself again: US$, never the `$`
that is several currencies.

>>> from pipeline.model.locale import parse_locale
>>> pt = parse_locale("pt_BR")
>>> write_amount(Decimal("185500"), "USD", pt), write_amount(Decimal("13.50"), "EUR", parse_locale("de"))
('US$\xa0185.500', '13,50\xa0€')
>>> write_date(31, 1, 2027, pt), write_time(14 * 60 + 30, pt)
('31 de janeiro de 2027', '14h30')
"""

from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Literal

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol
from babel.units import format_compound_unit

from pipeline.language.knowledge import knowledge
from pipeline.language.lexicon import lexicon
from pipeline.language.moment import HOUR, Moment
from pipeline.language.moment import Kind as MomentKind
from pipeline.language.quantities import periods, read
from pipeline.language.quantity import Quantity

_NBSP = "\u00a0"
_MILLION = 1_000_000
_HOURS = 24
# 1.25 million; more decimals are no easier to read than the figures.
_COMPACT_DECIMALS = 2
# Any year with a 29 February, for a date that names none.
_LEAP_YEAR = 2000
_EVERYWHERE = "en_001"
_DASH = "–"


def write_number(value: Decimal, locale: Locale) -> str:
    """Write a number with its decimals.

    >>> write_number(Decimal("1250.50"), Locale("de"))
    '1.250,50'
    """
    decimals = max(0, -int(value.as_tuple().exponent))
    whole = locale.decimal_formats[None].pattern.partition(".")[0]
    return format_decimal(value, f"{whole}.{'0' * decimals}" if decimals else whole, locale)


def write_large(value: Decimal, locale: Locale) -> str:
    r"""Write a number from a million on with the word for it, if that says all of it, else in figures.

    >>> write_large(Decimal("1500000.0"), Locale("pt", "BR")), write_large(Decimal("1234567"), Locale("en"))
    ('1,5\xa0milhão', '1,234,567')
    """
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    if abs(value) >= _MILLION:
        length: Literal["long", "short"] = "long" if "long" in locale.compact_decimal_formats else "short"
        written = format_compact_decimal(plain, format_type=length, locale=locale, fraction_digits=_COMPACT_DECIMALS)
        if [each.value for each in read(written, locale.language)] == [plain]:
            return written.replace(" ", _NBSP)
    return write_number(plain, locale)


@cache
def currency_sign(code: str, locale: Locale) -> str:
    """Return how a locale writes a currency, as it is read as itself: its own sign, the international one, the code.

    >>> [currency_sign("USD", Locale(language)) for language in ("pt", "en", "fr")], currency_sign("SEK", Locale("sv"))
    (['US$', 'US$', '$US'], 'SEK')
    """
    signs = lexicon("").signs
    for each in (locale, Locale.parse(_EVERYWHERE)):
        sign = get_currency_symbol(code, each)
        if signs.get(sign) == code:
            return str(sign)
    return code


def write_amount(
    value: Decimal, code: str, locale: Locale, *, upper: Decimal | None = None, large: bool = False
) -> str:
    r"""Write an amount, or two with a dash between; `large` ones from a million on with its word.

    >>> write_amount(Decimal(80000), "USD", Locale("pt", "BR"), upper=Decimal(95000))
    'US$\xa080.000 – US$\xa095.000'
    >>> write_amount(Decimal(60000), "EUR", Locale("de"), upper=Decimal(75000))
    '60.000–75.000\xa0€'
    """
    numbers = [
        write_large(each, locale) if large else write_number(each, locale)
        for each in (value, upper)
        if each is not None
    ]
    pattern, sign = locale.currency_formats["standard"], currency_sign(code, locale)
    before, after = pattern.prefix[0], pattern.suffix[0]
    if "¤" in before:
        before = before.replace("¤", sign) + _NBSP * (sign[-1].isalpha() and before.endswith("¤"))
        return f" {_DASH} ".join(f"{before}{number}{after}" for number in numbers)
    after = after.replace("¤", sign)
    dash = f" {_DASH} " if any(char.isspace() for number in numbers for char in number) else _DASH
    return f"{before}{dash.join(numbers)}{after}"


def write_percent(value: Decimal, locale: Locale, upper: Decimal | None = None) -> str:
    r"""Write a share, or two with a dash between.

    >>> write_percent(Decimal("12.5"), Locale("pt")), write_percent(Decimal(10), Locale("de"), Decimal(15))
    ('12,5%', '10–15\xa0%')
    """
    pattern = locale.percent_formats[None]
    numbers = _DASH.join(write_number(each, locale) for each in (value, upper) if each is not None)
    return f"{pattern.prefix[0]}{numbers}{pattern.suffix[0]}"


def write_date(day: int | None, month: int, year: int | None, locale: Locale) -> str:
    """Write what is named of a date, its month by its name.

    >>> write_date(5, 3, None, Locale("en")), write_date(None, 3, 2027, Locale("pt"))
    ('March 5', 'março de 2027')
    """
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415  looks for the time zone when it is loaded

    moment = date(year or _LEAP_YEAR, month, day or 1)
    if day is None:
        return format_skeleton("yMMMM", moment, locale=locale)
    return format_date(moment, "long", locale) if year else format_skeleton("MMMMd", moment, locale=locale)


def write_time(minute: int, locale: Locale) -> str:
    r"""Write a time of day, in minutes since midnight, as the language writes it, else as CLDR has it.

    >>> [write_time(9 * 60, Locale(language)) for language in ("pt", "de", "en")]
    ['9h', '09:00', '9:00\u202fAM']
    """
    hour, rest = divmod(minute, HOUR)
    forms = knowledge(locale.language).table("writing").get("time")
    if forms:
        return str(forms[bool(rest)]).format(hour=hour, minute=rest)
    from babel.dates import format_time  # noqa: PLC0415  as above

    return format_time(time(hour % _HOURS, rest), "short", locale=locale)


def write_weekday(day: int, locale: Locale) -> str:
    """Write a day of the week, 0 for Monday.

    >>> write_weekday(0, Locale("en")), write_weekday(0, Locale("pt"))
    ('Monday', 'segunda-feira')
    """
    return str(locale.days["format"]["wide"][day])


def write_moment(moment: Moment, locale: Locale) -> str:
    """Write a date, a month or a time; "" for one that is open or none of these."""
    if moment.kind is MomentKind.TIME and moment.minute is not None:
        return write_time(moment.minute, locale) if moment.other_minute is None else ""
    if moment.month is None or moment.order_open or not (moment.day or moment.year):
        return ""
    try:
        return write_date(moment.day, moment.month, moment.year, locale)
    except ValueError:  # no such day: 31 February
        return ""


def write_period(amount: str, period: str, locale: Locale) -> str:
    r"""Write what an amount is paid for behind it, as CLDR says it.

    >>> write_period("25\xa0€", "hour", Locale("de")), write_period("US$5,000", "month", Locale("en"))
    ('25\xa0€ pro Stunde', 'US$5,000 per month')
    """
    unit = f"duration-{period}"
    written = str(format_compound_unit(amount, denominator_unit=unit, length="long", locale=locale))
    if period in periods(written, locale.language):
        return written
    return str(format_compound_unit(amount, denominator_unit=unit, length="short", locale=locale))


def names_million(quantity: Quantity) -> bool:
    """Tell whether a million is written by its word or letter: $1.5M, 20 million."""
    return max(quantity.value, quantity.upper or 0) >= _MILLION and len(quantity.written) < len(str(_MILLION))
