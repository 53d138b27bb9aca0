r"""Puts the facts of a source into what an engine answered, in the form of the target's locale.

An amount was asked as another one, which has to be in the answer exactly once; the others were asked as themselves, and
where the answer has one with the same value, it gets the locale's form. What became of them else is for the checks.

>>> from pipeline.model.locale import parse_locale
>>> asked = [Replacement(6, 11, "US$\xa0120.000", "US$ 52,700"), Replacement(17, 24, "14h30", "14:30")]
>>> fit_facts("Até US$ 52.700 às 14:30", asked, parse_locale("pt_BR"))
'Até US$\xa0120.000 às 14h30'
>>> fit_facts("Até US$ 52,7 mil às 14:30", asked, parse_locale("pt_BR"))
''
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from babel import Locale

from pipeline.language import calendar, quantities
from pipeline.language.figures import NUMBER, figure, western
from pipeline.language.moment import HOUR
from pipeline.language.quantity import Kind
from pipeline.language.spans import longest_apart
from pipeline.language.writing import write_large
from pipeline.translation.facts import exact_figures, kept_spans, overlaps
from pipeline.translation.protection import Replacement

_CLOCK = re.compile(r"(\d\d?):(\d\d)")
_MILLION: Final = 1_000_000


class _Reading(NamedTuple):
    """A part of a text and what it says, in a form in which two can be compared."""

    start: int
    stop: int
    key: tuple[object, ...]


def fit_facts(target: str, replacements: Iterable[Replacement], locale: Locale) -> str:
    """Return an answer with the facts that its question showed; "" where one asked as another is not there once."""
    for each in replacements:
        if target and each.asked and not each.answered:
            amount = _asked_amount(each.asked)
            with exact_figures(target + each.asked):
                fitted = _with_amount(target, each, amount, locale) if amount is not None else None
                target = _fitted(target, each, locale) if fitted is None else fitted
    return target


def _asked_amount(asked: str) -> Decimal | None:
    """Return the value of an amount that was asked in place of another one."""
    return next((each.value for each in quantities.read(asked, "") if each.kind is Kind.MONEY), None)


def _with_amount(target: str, each: Replacement, amount: Decimal, locale: Locale) -> str:
    """Put an amount in the place of the one that was asked for it."""
    figures = [match for match in NUMBER.finditer(western(target)) if figure(match[0]) == (amount,)]
    found = [
        (start, stop)
        for start, stop, value in _amounts(target, locale)
        if value == amount and len(figures) == 1 and start <= figures[0].start() < stop
    ]
    if not found:
        return ""
    start, stop = found[0]
    return f"{target[:start]}{_without_plus(each)}{target[stop:]}"


def _amounts(target: str, locale: Locale) -> Iterator[tuple[int, int, Decimal]]:
    for quantity in quantities.read(target, locale.language):
        if quantity.kind is not Kind.MONEY:
            continue
        if quantity.upper is None:
            yield quantity.start, quantity.end, quantity.value
        else:
            yield quantity.start, quantity.gap[0], quantity.value
            yield quantity.gap[1], quantity.end, quantity.upper


def _fitted(target: str, each: Replacement, locale: Locale) -> str:
    """Write a fact in the locale's form wherever the target has its value in another form."""
    clock, text = _CLOCK.fullmatch(each.asked), _without_plus(each)
    if clock:
        forms: dict[tuple[object, ...], str] = {("time", int(clock[1]) * HOUR + int(clock[2])): text}
    else:
        forms = {reading.key: text[reading.start : reading.stop] for reading in _readings(text, locale)}
    for key in [*forms]:
        if key[0] == "number" and len(key) > 1 and isinstance(key[1], Decimal) and key[1] >= _MILLION:
            forms["worded", key[1]] = write_large(key[1], locale)
    kept = tuple(kept_spans(target))
    for reading in reversed(_readings(target, locale)):
        if reading.key in forms and not overlaps(reading.start, reading.stop, kept):
            target = target[: reading.start] + forms[reading.key] + target[reading.stop :]
    return target


def _without_plus(each: Replacement) -> str:
    """Return the text of a fact; its plus was asked in words."""
    return each.text if each.asked.endswith("+") else each.text.removesuffix("+")


def _readings(text: str, locale: Locale) -> list[_Reading]:
    """Return what of a text may be a fact in another form, the longer where two overlap."""
    found: list[_Reading] = []
    for moment in calendar.read(text, locale.language):
        if moment.minute is not None:
            found.append(_Reading(moment.start, moment.end, ("time", moment.minute)))
        elif moment.month is not None:
            found.append(_Reading(moment.start, moment.end, ("date", moment.day, moment.month, moment.year)))
    for quantity in quantities.read(text, locale.language):
        if quantity.kind is Kind.PERCENT:
            found.append(_Reading(quantity.start, quantity.end, ("percent", quantity.value, quantity.upper)))
        elif (
            quantity.kind is Kind.COUNT
            and not quantity.worded
            and figure(western(quantity.written)) != (quantity.value,)
        ):
            found.append(_Reading(quantity.start, quantity.end, ("worded", quantity.value)))
    found += [_Reading(match.start(), match.end(), ("number", *figure(match[0]))) for match in NUMBER.finditer(text)]
    apart = set(longest_apart((each.start, each.stop) for each in found))
    return sorted(each for each in found if (each.start, each.stop) in apart)
