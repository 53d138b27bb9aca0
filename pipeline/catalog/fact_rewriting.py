r"""Writes a fact of a target anew, in the form that this target has: its signs, its words, its clock.

>>> old, new = (Number(kind=Kind.MONEY, value=Decimal(each), unit="EUR", written=each) for each in ("1500", "1600"))
>>> here = Number(kind=Kind.MONEY, value=Decimal(1500), unit="EUR", written="1.500")
>>> rewrite_number("1.500 €", here, (old, new), Locale("en"), Locale("de"))
'1.600 €'
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cache
from typing import Final

from babel import Locale

from pipeline.language.calendar_words import calendar_words
from pipeline.language.figures import figure, western
from pipeline.language.knowledge import number_words
from pipeline.language.lexicon import lexicon
from pipeline.language.moment import DAY, HOUR, NOON, Moment
from pipeline.language.moment import Kind as MomentKind
from pipeline.language.plurals import plural_rule
from pipeline.language.quantity import Kind
from pipeline.language.writing import write_amount, write_moment, write_number

_THOUSAND = 1000
_DIGITS_BEYOND = 40
_GENDERED, _WORDED_TO = 2, 12
_TWO_FORMS = 2
_CENTURY = 100
_FIGURES = re.compile(r"\d+")
_LONG = re.compile(r"\d{4}")
_GROUP = re.compile(r"\d{1,3}(\D)\d{3}(?!\d)")
_ORDINAL_MARK: Final = (".", "º", "ª", "°")
_COUNTED: Final = frozenset({Kind.COUNT, Kind.DURATION, Kind.MEASURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number of a text: `written` are its figures or words, `beside` is the rest of what belongs to it: its unit."""

    kind: Kind
    value: Decimal
    unit: str
    written: str
    beside: str = ""
    worded: bool = False


def rewrite_number(text: str, here: Number, change: tuple[Number, Number], source: Locale, target: Locale) -> str:
    """Return what a target says of a number with another value; "" if words beside it would have to change too."""
    old, new = change
    if old.unit != new.unit and new.kind is Kind.MONEY:
        named = text != here.written and new.unit in lexicon(target.language).codes
        return write_amount(new.value, new.unit, target) if named else ""
    if not _agrees(old, new, source, target):
        return ""
    if here.worded:
        return text.replace(
            here.written, _in_words(here.written, new.value, target) or write_number(new.value, target), 1
        )
    if new.kind is Kind.ORDINAL and not text.isdecimal() and not text.endswith(_ORDINAL_MARK):
        return ""
    written = _figures(here, change, target)
    return text.replace(here.written, written, 1) if written else ""


def rewrite_moment(text: str, here: Moment, change: tuple[Moment, Moment], locale: Locale) -> tuple[str, ...]:
    """Return how a target may say a date, day or time with what is another one in its source, the best first."""
    wanted = _wanted(here, *change)
    # A month alone has another case behind each preposition in many languages.
    anew = "" if here.kind is MomentKind.MONTH else write_moment(replace(wanted, other_minute=None), locale)
    return tuple(filter(None, (_by_parts(text, here, wanted, locale), anew)))


def _agrees(old: Number, new: Number, source: Locale, target: Locale) -> bool:
    """Tell whether the words beside a number stay as they are: 2 and 3 years, not 1 and 2.

    What a language with forms for one and for several counts has told by its own words that it needs no other form.
    """
    rule = plural_rule(target)
    told = plural_rule(source).forms > 1 and rule.forms <= _TWO_FORMS and old.beside == new.beside
    if told or new.kind not in _COUNTED:
        return True
    return rule.form_of(int(old.value)) == rule.form_of(int(new.value))


def _figures(here: Number, change: tuple[Number, Number], locale: Locale) -> str:
    """Write a number in figures as its target does: with its groups, its decimals, its digits."""
    old, new = change
    with localcontext(prec=len(here.written + old.written + new.written) + _DIGITS_BEYOND):
        was = figure(western(here.written))[0]
        if here.written == old.written and not new.worded and write_number(was, locale) != here.written:
            return new.written  # a version, a year: as the source writes it
        value = new.value * was / old.value if old.value else new.value
        as_many = value.quantize(was)
        if as_many == value and (_has_decimals(new.value) or not _has_decimals(was)):
            value = as_many
        return _in_digits(_grouped(write_number(value, locale), here.written, new.written, locale), here.written)


def _has_decimals(value: Decimal) -> bool:
    return int(value.as_tuple().exponent) < 0


def _grouped(written: str, here: str, source: str, locale: Locale) -> str:
    """Set the sign between thousands as a target does, and where that has none to show, only if the source has one."""
    sign = western(write_number(Decimal(_THOUSAND), locale)).strip("0123456789")
    group, long = _GROUP.match(western(here)), _LONG.match(western(here))
    if not sign or (not group and not long and not source.isdecimal()):
        return written
    return written.replace(sign, group[1] if group else "")


def _in_digits(written: str, like: str) -> str:
    """Write figures in the digits of others: Arabic ones have their own."""
    first = next((char for char in like if char.isdecimal()), "0")
    zero = ord(first) - int(first)
    return "".join(chr(zero + int(char)) if char.isdecimal() else char for char in written)


def _in_words(word: str, value: Decimal, locale: Locale) -> str:
    """Return the one word that a language has for a small number; "" if it has none, or one a gender: dois, duas."""
    if not _GENDERED < value <= _WORDED_TO or value != value.to_integral_value():
        return ""
    words = number_words(locale.language).get("cardinals", {})
    found = next((each for each, meant in words.items() if meant == value), "")
    return found.capitalize() if word[:1].isupper() else found


def _wanted(here: Moment, old: Moment, new: Moment) -> Moment:
    """Return what a target is to say: in its own half of the day, with day and month in the order that it decided."""
    if new.minute is not None and old.minute is not None and here.minute is not None:
        return replace(here, minute=(new.minute + here.minute - old.minute) % DAY)
    day, month = new.day, new.month
    if new.order_open and old.order_open and old.day != old.month and here.day == old.month:
        day, month = month, day
    return replace(here, day=day, month=month, year=new.year, weekday=new.weekday, order_open=False)


def _by_parts(text: str, here: Moment, wanted: Moment, locale: Locale) -> str:
    """Put other figures and names into a date or time where they stand in it."""
    if wanted.minute is not None and here.minute is not None:
        halves = [half for half in calendar_words(locale.language).halves if half in text.casefold()]
        changes = here.minute // NOON != wanted.minute // NOON
        return "" if changes and (halves or here.other_minute is not None) else _clock(text, here.minute, wanted.minute)
    if wanted.weekday is not None and here.weekday is not None:
        return _replaced(text, [_named(text, here.weekday, wanted.weekday, locale, "days")])
    pieces: list[tuple[int, int, str]] = []
    figures = list(_FIGURES.finditer(western(text)))
    for old, new in _changed_parts(here, wanted):
        written = {old, old % _CENTURY} if old > _CENTURY else {old}
        found = [match for match in figures if int(match[0]) in written]
        if len(found) == 1:
            pieces.append((*found[0].span(), _in_place_of(found[0], text, new)))
        elif not found and old == here.month:
            pieces.append(_named(text, old, new, locale, "months"))
        else:
            return ""
    return _replaced(text, pieces)


def _changed_parts(here: Moment, wanted: Moment) -> Iterator[tuple[int, int]]:
    """Yield what of a date is another one: its month, day, year."""
    for old, new in ((here.month, wanted.month), (here.day, wanted.day), (here.year, wanted.year)):
        if old is not None and new is not None and old != new:
            yield old, new


def _in_place_of(match: re.Match[str], text: str, number: int) -> str:
    """Write a number as long as the one that it replaces in a date of figures; "" before letters.

    Letters behind a day make an ordinal of it, which has other ones for another day: 1er, 5th.
    """
    if text[match.end() : match.end() + 1].isalpha():
        return ""
    width = len(match[0])
    short = any(len(each) == 1 for each in _FIGURES.findall(text))
    in_figures = not any(map(str.isalpha, text)) and not short
    padded = match[0][0] == "0" or number > _CENTURY or in_figures
    return _in_digits(f"{number % 10**width:0{width}}" if padded else str(number), text[match.start()])


def _replaced(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """Put pieces into a text; "" if one of them could not be written."""
    for start, stop, written in sorted(pieces, reverse=True):
        if not written:
            return ""
        text = text[:start] + written + text[stop:]
    return text


def _clock(text: str, old: int, new: int) -> str:
    """Put another hour and minute into a time; "" where it has no minutes yet."""
    found = list(_FIGURES.finditer(western(text)))
    if len(found) == 1 and new % HOUR:
        return ""
    hour = new // HOUR if int(found[0][0]) == old // HOUR else (new // HOUR % 12 or 12)
    written = (f"{hour:02}" if found[0][0][0] == "0" else str(hour), f"{new % HOUR:02}")
    for match, figures in reversed(list(zip(found, written, strict=False))):
        text = text[: match.start()] + _in_digits(figures, text[match.start()]) + text[match.end() :]
    return text


def _named(text: str, old: int, new: int, locale: Locale, names: str) -> tuple[int, int, str]:
    """Return where the name of a day or month stands in a text, and another one's in the same form; "" if none does."""
    for forms in sorted(_forms(locale, names), key=lambda forms: -len(forms[old])):
        found = re.search(rf"(?<!\w){re.escape(forms[old].rstrip('.'))}(?!\w)", text, re.IGNORECASE)
        if found:
            name = forms[new].rstrip(".")
            return *found.span(), name[:1].upper() + name[1:] if found[0][0].isupper() else name
    return 0, 0, ""


@cache
def _forms(locale: Locale, names: str) -> tuple[dict[int, str], ...]:
    """Return the names of days or months by their number, in each form that CLDR has."""
    listed = locale.days if names == "days" else locale.months
    return tuple(
        {int(number): str(name) for number, name in listed[context][width].items()}
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    )
