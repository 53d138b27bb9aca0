r"""Writes a fact of a target anew, in the form that this target has: its signs, its words, its clock.

>>> old, new = (Number(kind=Kind.MONEY, value=Decimal(each), unit="EUR", written=each) for each in ("1500", "1600"))
>>> here = Number(kind=Kind.MONEY, value=Decimal(1500), unit="EUR", written="1.500")
>>> rewrite_number("1.500 €", here, (old, new), Locale("en"), Locale("de"))
'1.600 €'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale

from pipeline.language.figures import figure, western
from pipeline.language.knowledge import knowledge, number_words
from pipeline.language.lexicon import lexicon
from pipeline.language.moment import DAY, HOUR, NOON, Moment
from pipeline.language.plurals import plural_rule
from pipeline.language.quantities import Kind
from pipeline.language.writing import write_amount, write_moment, write_number

_THOUSAND = 1000
_MOST_DECIMALS = 2
_WORDED_TO = 12
_TWO_FORMS = 2
_CENTURY = 100
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_ORDINAL_MARK: Final = (".", "º", "ª", "°")
_COUNTED: Final = frozenset({Kind.DURATION, Kind.MEASURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a text: `written` are its figures or words, `others` further values that it may have."""

    kind: Kind
    value: Decimal
    unit: str
    written: str
    worded: bool = False
    others: tuple[Decimal, ...] = ()


def rewrite_number(text: str, here: Number, change: tuple[Number, Number], source: Locale, target: Locale) -> str:
    """Return what a target says of a number with another value; "" if words beside it would have to change too."""
    old, new = change
    if old.unit != new.unit and new.kind is Kind.MONEY:
        return write_amount(new.value, new.unit, target) if new.unit in lexicon(target.language).codes else ""
    if not _agrees(old, new, source, target):
        return ""
    if here.worded:
        return text.replace(
            here.written, _in_words(here.written, new.value, target) or write_number(new.value, target), 1
        )
    if new.kind is Kind.ORDINAL and not text.endswith(_ORDINAL_MARK):
        return ""
    written = _figures(here, change, target)
    return text.replace(here.written, written, 1) if written else ""


def rewrite_moment(text: str, here: Moment, change: tuple[Moment, Moment], locale: Locale) -> tuple[str, ...]:
    """Return how a target may say a date, day or time with what is another one in its source, the best first."""
    wanted = _wanted(here, *change)
    candidates = (_by_parts(text, here, wanted, locale), write_moment(replace(wanted, other_minute=None), locale))
    return tuple(filter(None, candidates))


def _agrees(old: Number, new: Number, source: Locale, target: Locale) -> bool:
    """Tell whether the words beside a number stay as they are: 2 and 3 years, not 1 and 2.

    What a language with forms for one and for several counts has told by its own words that it needs no other form.
    """
    rule = plural_rule(target)
    told = plural_rule(source).forms > 1 and rule.forms <= _TWO_FORMS and new.kind is Kind.COUNT
    if told or new.kind not in {*_COUNTED, Kind.COUNT}:
        return True
    return rule.form_of(int(old.value)) == rule.form_of(int(new.value))


def _figures(here: Number, change: tuple[Number, Number], locale: Locale) -> str:
    """Write a number in figures as its target does: with its groups, its decimal sign, its digits."""
    old, new = change
    was = figure(western(here.written))[0]
    if not was or not old.value:
        return ""
    if here.written == old.written and not new.worded and write_number(was, locale) != here.written:
        return new.written  # a version, a year: as the source writes it
    value = new.value / (old.value / was)
    value = as_many if (as_many := value.quantize(was)) == value else value
    if max(0, -int(value.normalize().as_tuple().exponent)) > _MOST_DECIMALS:
        return ""
    written = write_number(value, locale)
    grouped, sign = western(write_number(Decimal(_THOUSAND), locale)), western(here.written).strip("0123456789")[:1]
    own = grouped[1:2] if len(grouped) > len(str(_THOUSAND)) else ""
    if was >= _THOUSAND and own:
        written = written.replace(own, sign if sign and was == was.to_integral_value() else "" if not sign else own)
    elif own and not new.worded and new.written.isdecimal():
        written = written.replace(own, "")
    return _in_digits(written, here.written)


def _in_digits(written: str, like: str) -> str:
    """Write figures in the digits of others: Arabic ones have their own."""
    first = next((char for char in like if char.isdecimal()), "0")
    zero = ord(first) - int(first)
    return "".join(chr(zero + int(char)) if char.isdecimal() else char for char in written)


def _in_words(word: str, value: Decimal, locale: Locale) -> str:
    """Return the one word that a language has for a small number; "" if it has none or several."""
    if value != value.to_integral_value() or not 1 < value <= _WORDED_TO:
        return ""
    words = {
        **dict(number_words(locale.language).get("cardinals", {})),
        **dict(knowledge(locale.language).table("numbers").get("words", {})),
    }
    found = [each for each, meant in words.items() if meant == value and lexicon(locale.language).sure(each)]
    if len(found) != 1:
        return ""
    return found[0].capitalize() if word[:1].isupper() else found[0]


def _wanted(here: Moment, old: Moment, new: Moment) -> Moment:
    """Return what a target is to say: in its own half of the day, with day and month in the order that it decided."""
    if new.minute is not None and old.minute is not None and here.minute is not None:
        shift = (here.minute - old.minute) % DAY
        return replace(here, minute=(new.minute + shift) % DAY if shift in {0, NOON} else new.minute)
    day, month = new.day, new.month
    if new.order_open and old.order_open and old.day != old.month and here.day == old.month:
        day, month = month, day
    return replace(here, day=day, month=month, year=new.year, weekday=new.weekday, order_open=False)


def _by_parts(text: str, here: Moment, wanted: Moment, locale: Locale) -> str:
    """Put other figures and names into a date or time where they stand in it."""
    if wanted.minute is not None and here.minute is not None:
        return _clock(text, here.minute, wanted.minute, locale)
    if wanted.weekday is not None and here.weekday is not None:
        return _named(text, here.weekday, wanted.weekday, locale, "days")
    for old, new in _changed_parts(here, wanted):
        written = {old, old % _CENTURY} if old > _CENTURY else {old}
        found = [match for match in _FIGURES.finditer(western(text)) if int(match[0]) in written]
        if len(found) == 1:
            text = _with_figures(text, found[0], new)
        elif not found and old == here.month:
            text = _named(text, old, new, locale, "months")
        else:
            return ""
    return text


def _changed_parts(here: Moment, wanted: Moment) -> Iterator[tuple[int, int]]:
    """Yield what of a date is another one: its month, day, year."""
    for old, new in ((here.month, wanted.month), (here.day, wanted.day), (here.year, wanted.year)):
        if old is not None and new is not None and old != new:
            yield old, new


def _with_figures(text: str, match: re.Match[str], number: int) -> str:
    """Put a number in the place of another, as long as that if it is a year or begins with a nought; "" before letters.

    Letters behind a day make an ordinal of it, which has other ones for another day: 1er, 5th.
    """
    if text[match.end() : match.end() + 1].isalpha():
        return ""
    width = len(match[0])
    figures = f"{number % 10**width:0{width}}" if match[0][0] == "0" or number > _CENTURY else str(number)
    return text[: match.start()] + _in_digits(figures, text[match.start()]) + text[match.end() :]


def _clock(text: str, old: int, new: int, locale: Locale) -> str:
    """Put another hour and minute into a time; "" where words of its half of the day would change too."""
    found = list(_FIGURES.finditer(western(text)))
    halves = "a" in locale.time_formats["short"].pattern
    if not found or (halves and old // NOON != new // NOON) or (len(found) == 1 and new % HOUR):
        return ""
    hour = new // HOUR if int(found[0][0]) == old // HOUR else (new // HOUR % 12 or 12)
    written = (f"{hour:02}" if found[0][0][0] == "0" else str(hour), f"{new % HOUR:02}")
    for match, figures in reversed(list(zip(found, written, strict=False))):
        text = text[: match.start()] + _in_digits(figures, text[match.start()]) + text[match.end() :]
    return text


def _named(text: str, old: int, new: int, locale: Locale, names: str) -> str:
    """Put the name of another day or month in the place of the one that a text has, in the same form."""
    for match in _WORD.finditer(text):
        for forms in _forms(locale, names):
            if forms[old].rstrip(".").casefold() == match[0].casefold():
                name = forms[new].rstrip(".")
                name = name[:1].upper() + name[1:] if match[0][:1].isupper() else name
                return text[: match.start()] + name + text[match.end() :]
    return ""


@cache
def _forms(locale: Locale, names: str) -> tuple[dict[int, str], ...]:
    """Return the names of days or months by their number, in each form that CLDR has."""
    listed = locale.days if names == "days" else locale.months
    return tuple(
        {int(number): str(name) for number, name in listed[context][width].items()}
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    )
