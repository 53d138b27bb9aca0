r"""What a sentence states in figures is carried into the target, not translated: amounts, large numbers, dates, times.

`find_facts` says for a source where its facts stand and what comes back for each in the form of the target's locale.
What an engine damages is hidden behind a marker. What it gets right in one form only is shown to it in that form
(`asked`), so that the words around it agree with it, and `fit_facts` gives it the locale's form afterwards; where the
answer changed it, the question without `asked` hides it too.

Measured with bergamot, English to Portuguese: of 94 salary sentences 27 lost or changed an amount when it was asked as
written, none behind a marker, where the sentence around it stays right. Dates are the reverse: behind a marker
"apply by" became "aplicar por" in 3 of 3, asked as "January 5, 2027" 21 of 24 sentences were right, as "5 January" 11.

>>> from pipeline.model.locale import parse_locale
>>> found = find_facts("Up to $120K from Jan 31", parse_locale("en"), parse_locale("pt_BR"), FactHints(currency="USD"))
>>> [(each.text, each.asked) for each in found.replacements]
[('US$\xa0120.000', ''), ('31 de janeiro', 'January 31')]
>>> find_facts("Up to $120K", parse_locale("en"), parse_locale("pt_BR"), NO_HINTS).unsafe
'$120K may be in several currencies'
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from pipeline.language import calendar, quantities
from pipeline.language.figures import NUMBER, figure, western
from pipeline.language.lexicon import lexicon
from pipeline.language.moment import Kind as MomentKind
from pipeline.language.moment import Moment
from pipeline.language.quantities import Kind, Quantity
from pipeline.language.spans import longest_apart, protected_spans
from pipeline.language.writing import (
    names_million,
    write_amount,
    write_large,
    write_moment,
    write_number,
    write_percent,
    write_period,
)
from pipeline.model.markup import split_markup
from pipeline.model.posting import Posting
from pipeline.translation.protection import Replacement

_DIGIT = re.compile(r"\d")
# "/yr", "/ hour", "p.a.": engines keep these as they are, or lose the amount before them.
_PERIOD_BEHIND = re.compile(r"\s?(?:/\s?[^\W\d_]+|p\.\s?a\.?(?!\w))")
_DASH = re.compile(r"\s*[-–—−]\s*")
_NUMERIC_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)")
_NAME_BEFORE = re.compile(r"[A-Z][\w+#.-]*\s?\Z")
_LETTER = re.compile(r"[^\W\d_]")
_MONTHS: Final = 12
# A currency of today's; the day is fixed, so that nothing depends on the clock.
_TENDER: Final = date(2026, 1, 1)
# Two times that stand as near as this are the two ends of a range.
_NEAR = 6
_SPACES: Final = str.maketrans({"\u00a0": " ", "\u202f": " "})
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_MEASURED: Final = frozenset({Kind.PERCENT, Kind.DURATION, Kind.MEASURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactHints:
    """What the postings of a text say about what its words leave open.

    `currency` is the code that a bare `$` stands for, "" if nothing says so; `day_first` tells what 03/04/2027 is.
    """

    currency: str = ""
    day_first: bool | None = None


NO_HINTS: Final = FactHints()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a source in their order; `unsafe` says why there is no safe target, "" if there is one."""

    replacements: tuple[Replacement, ...] = ()
    unsafe: str = ""


class _Reading(NamedTuple):
    """What a part of a target says, in a form in which it can be compared."""

    start: int
    stop: int
    key: tuple[object, ...]


def find_facts(text: str, source: Locale, target: Locale, hints: FactHints) -> Facts:
    """Return the facts of a source with what comes back for each in the target's form."""
    if not _DIGIT.search(text):
        return Facts()
    try:
        found = [*_moments(text, source, target, hints), *_quantities(text, source, target, hints)]
    except _OpenFactError as open_fact:
        return Facts(unsafe=str(open_fact))
    taken = [*_kept(text)]
    free = [each for each in found if not any(each.start < stop and start < each.stop for start, stop in taken)]
    spans = set(longest_apart((each.start, each.stop) for each in free))
    return Facts(replacements=tuple(sorted(each for each in dict.fromkeys(free) if (each.start, each.stop) in spans)))


def fit_facts(target: str, replacements: Iterable[Replacement], locale: Locale) -> str:
    """Give each fact that an engine was shown the form of the locale, where the answer has it with the same value.

    >>> from pipeline.model.locale import parse_locale
    >>> shown = Replacement(0, 7, "14h30", "14:30")
    >>> fit_facts("Abre às 14:30.", [shown], parse_locale("pt_BR"))
    'Abre às 14h30.'
    """
    for each in replacements:
        if each.asked and each.text not in target:
            target = _fitted(target, each, locale)
    return target


def fact_hints(postings: Iterable[Posting]) -> FactHints:
    """Return what postings that share a text say of it, as far as they agree.

    The currency is that of the pay, else the one of the countries; the order of day and month that of dates which have
    one only or name the last day, else that of the countries.
    """
    every = tuple(postings)
    currencies = {_currency_of(posting) for posting in every}
    orders = {order for posting in every for order in _orders_of(posting)}
    return FactHints(
        currency=currencies.pop() if len(currencies) == 1 else "",
        day_first=orders.pop() if len(orders) == 1 else None,
    )


class _OpenFactError(ValueError):
    """What a fact says is not known: its currency, its day and month."""


def _fitted(target: str, each: Replacement, locale: Locale) -> str:
    """Write a fact in the form of its text wherever the target has its value in another form."""
    clock = _CLOCK.fullmatch(each.asked)
    minute = int(clock[1]) * 60 + int(clock[2]) if clock else None
    wanted = {("time", minute)} if clock else {reading.key for reading in _readings(each.text, locale)}
    kept = tuple(_kept(target))
    for reading in reversed(_readings(target, locale)):
        if reading.key in wanted and not any(reading.start < stop and start < reading.stop for start, stop in kept):
            target = target[: reading.start] + each.text + target[reading.stop :]
    return target


def _readings(text: str, locale: Locale) -> list[_Reading]:
    """Return what of a text may be a fact in another form, the longer first where two overlap."""
    found: list[_Reading] = []
    for moment in calendar.read(text, locale.language):
        if moment.minute is not None:
            found.append(_Reading(moment.start, moment.end, ("time", moment.minute)))
        elif moment.month is not None:
            found.append(_Reading(moment.start, moment.end, ("date", moment.day, moment.month, moment.year)))
    found += [
        _Reading(quantity.start, quantity.end, ("percent", quantity.value, quantity.upper))
        for quantity in quantities.read(text, locale.language)
        if quantity.kind is Kind.PERCENT
    ]
    found += [_Reading(match.start(), match.end(), ("number", *figure(match[0]))) for match in NUMBER.finditer(text)]
    apart = set(longest_apart((each.start, each.stop) for each in found))
    return sorted(each for each in found if (each.start, each.stop) in apart)


def _currency_of(posting: Posting) -> str:
    if posting.salary is not None and posting.salary.currency:
        return posting.salary.currency
    found = {code for country in _countries(posting) for code in get_territory_currencies(country, _TENDER, _TENDER)}
    return found.pop() if len(found) == 1 else ""


def _orders_of(posting: Posting) -> set[bool]:
    """Return the orders of day and month that a posting writes for sure, else those of its countries."""
    last = posting.valid_through
    sure: set[bool] = set()
    for match in _NUMERIC_DATE.finditer(" ".join(line for section in posting.sections for line in section.lines)):
        first, second = int(match[1]), int(match[3])
        if first > _MONTHS or second > _MONTHS:
            sure.add(first > _MONTHS)
        elif last is not None and first != second and {first, second} == {last.day, last.month}:
            sure.add(first == last.day)
    language = posting.language.language if posting.language else "und"
    orders = (_day_first_in(language, country) for country in _countries(posting))
    return sure or {order for order in orders if order is not None}


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


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """Yield what no fact may be written into: tags and what is protected."""
    position = 0
    for number, part in enumerate(split_markup(text)):
        if number % 2:
            yield position, position + len(part)
        position += len(part)
    yield from protected_spans(text)


def _moments(text: str, source: Locale, target: Locale, hints: FactHints) -> Iterator[Replacement]:
    """Yield the dates and the times of a text."""
    moments = calendar.read(text, source.language)
    for place, moment in enumerate(moments):
        if not moment.sure or not _DIGIT.search(text[moment.start : moment.end]):
            continue
        decided = _decided(moment, text, hints) if moment.kind is MomentKind.DATE else moment
        if moment.kind is MomentKind.TIME and any(map(_is_open, _neighbours(moments, place))):
            continue
        written = write_moment(decided, target)
        asked = _clock(decided) or write_moment(decided, source)
        if written and asked:
            yield Replacement(moment.start, moment.end, written, asked.translate(_SPACES))


def _decided(moment: Moment, text: str, hints: FactHints) -> Moment:
    """Return a date with its day and month as the postings have them."""
    if not moment.order_open or moment.day == moment.month:
        return replace(moment, order_open=False)
    written = text[moment.start : moment.end]
    numeric = _NUMERIC_DATE.fullmatch(western(written))
    if hints.day_first is None or numeric is None:
        raise _OpenFactError(f"{written} may be two days")
    first, second = int(numeric[1]), int(numeric[3])
    day, month = (first, second) if hints.day_first else (second, first)
    return replace(moment, day=day, month=month, order_open=False)


def _neighbours(moments: Sequence[Moment], place: int) -> Iterator[Moment]:
    """Yield a time and those that stand so near that they are the other end of its range."""
    yield moments[place]
    for other in (place - 1, place + 1):
        if 0 <= other < len(moments):
            gap = max(moments[other].start - moments[place].end, moments[place].start - moments[other].end)
            if gap <= _NEAR:
                yield moments[other]


def _is_open(moment: Moment) -> bool:
    return moment.other_minute is not None


def _clock(moment: Moment) -> str:
    """Return a time as every engine reads it: 14:30."""
    return f"{moment.minute // 60}:{moment.minute % 60:02}" if moment.minute is not None else ""


def _quantities(text: str, source: Locale, target: Locale, hints: FactHints) -> Iterator[Replacement]:
    """Yield the amounts of a text, and the numbers whose form a language has of its own."""
    for quantity in quantities.read(text, source.language):
        if quantity.worded:
            continue
        if quantity.kind is Kind.MONEY:
            yield from _amount(quantity, text, target, hints)
        elif quantity.kind is Kind.COUNT and quantity.upper is None and _has_letter(quantity, text):
            asked = write_large(quantity.value, source).translate(_SPACES)
            yield Replacement(quantity.start, quantity.end, write_number(_whole(quantity.value), target), asked)
        elif quantity.unit == "percent" and (quantity.upper is None or _is_dashed(quantity, text)):
            written = write_percent(quantity.value, target, quantity.upper)
            yield Replacement(quantity.start, quantity.end, written, text[quantity.start : quantity.end])
        elif quantity.kind in _MEASURED or quantity.kind is Kind.COUNT:
            yield from _numbers(quantity, text, target)


def _has_letter(quantity: Quantity, text: str) -> bool:
    """Tell whether a number has a letter for thousands or millions: 10k, 5M."""
    behind = text[quantity.start + len(quantity.written) : quantity.end].strip()
    return len(behind) == 1 and _LETTER.match(behind) is not None


def _is_dashed(quantity: Quantity, text: str) -> bool:
    """Tell whether a dash stands between the two ends of a range."""
    return _DASH.fullmatch(text[slice(*quantity.gap)]) is not None


def _numbers(quantity: Quantity, text: str, target: Locale) -> Iterator[Replacement]:
    """Yield the numbers of a quantity that have a sign between thousands or before decimals."""
    for match in NUMBER.finditer(text, quantity.start, quantity.end):
        values = figure(match[0])
        if len(values) != 1 or match[0].isdecimal():
            continue
        apart = match.start() < quantity.gap[0] and not _is_dashed(quantity, text)
        if "." in str(values[0]) and (quantity.kind is Kind.COUNT or apart):
            if _NAME_BEFORE.search(text, 0, match.start()):  # Python 3.11
                yield Replacement(match.start(), match.end(), match[0])
            continue
        yield Replacement(match.start(), match.end(), write_number(values[0], target), match[0])


def _amount(quantity: Quantity, text: str, target: Locale, hints: FactHints) -> Iterator[Replacement]:
    """Yield an amount, the two of a range by themselves where a word stands between them."""
    code = _code(quantity, text, hints)
    behind = _PERIOD_BEHIND.match(text, quantity.end) if quantity.period else None
    end = behind.end() if behind else quantity.end
    large = names_million(quantity)
    start, upper = quantity.start, quantity.upper
    value = quantity.value if figure(western(quantity.written)) == (quantity.value,) else _whole(quantity.value)
    if upper is not None and not _is_dashed(quantity, text):
        yield Replacement(start, quantity.gap[0], write_amount(value, code, target, large=large))
        start, value, upper = quantity.gap[1], upper, None
    written = write_amount(value, code, target, upper=upper, large=large)
    yield Replacement(start, end, write_period(written, quantity.period, target) if behind else written)


def _code(quantity: Quantity, text: str, hints: FactHints) -> str:
    """Return the currency of an amount."""
    known = lexicon("")
    if quantity.unit in known.codes:
        return quantity.unit
    if hints.currency in known.several.get(quantity.unit, ()):
        return hints.currency
    raise _OpenFactError(f"{text[quantity.start : quantity.end]} may be in several currencies")


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
