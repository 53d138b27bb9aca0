"""Brings the numbers of a source and its target together, each in whatever form it is written.

Every number of a text, those of dates and times too, has the keys under which the other text may have it: 15:00 is
"time 900", and an hour alone is "15" or "3" too. Numbers that share a key are the same; what is left is missing or
added.

>>> found = aligned("9 to 5, 2 breaks", "9 bis 17 Uhr", "en", "de")
>>> [(one.name, other.name) for one, other in found.same], [one.name for one in found.missing]
([('9', '9:00'), ('5', '17:00')], ['2'])
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from pipeline.language import calendar, quantities
from pipeline.language.figures import western
from pipeline.language.moment import DAY, HOUR, NOON, Moment
from pipeline.language.quantity import Kind, Quantity

_KEPT = 512
_HOURS = 24
_HALF_DAY = 12
_FIRST_YEAR = 1900
_DIGIT = re.compile(r"\d")
# A member that is looked up by its name takes a fifth of a microsecond, and every number is asked for all of them.
_ALWAYS, _ORDINAL, _IDENTIFIER, _COUNT = Kind.ALWAYS, Kind.ORDINAL, Kind.IDENTIFIER, Kind.COUNT
_MONEY, _PERCENT, _DURATION = Kind.MONEY, Kind.PERCENT, Kind.DURATION
_MAY_BE_HOURS = (_COUNT, _DURATION)
_TIMES = {("hour", "minute"): 60, ("week", "day"): 7, ("year", "month"): 12, ("day", "hour"): 24}


class Stated(Struct, frozen=True, kw_only=True):
    """A number that a text states, as it may be written in another: `sets` from what it surely is to what it may be."""

    name: str
    sets: tuple[tuple[str, ...], ...]
    figures: bool
    sure: bool
    quantity: Quantity | None = None
    moment: Moment | None = None


class Alignment(Struct, frozen=True, kw_only=True):
    """The numbers of two texts: which are the same, and which only one of them has."""

    same: tuple[tuple[Stated, Stated], ...]
    missing: tuple[Stated, ...]
    added: tuple[Stated, ...]


_NOTHING = Alignment(same=(), missing=(), added=())


@lru_cache(maxsize=_KEPT)
def aligned(source: str, target: str, source_language: str, language: str) -> Alignment:
    """Return how the numbers of two texts belong together."""
    before, after = list(stated(source, source_language)), list(stated(target, language))
    if not before and not after:
        return _NOTHING
    if len(before) == len(after) and all(map(_is_plainly, before, after)):
        return Alignment(same=tuple(zip(before, after, strict=True)), missing=(), added=())
    same: list[tuple[Stated, Stated]] = []
    for figures in (True, False):  # a figure is the same figure before it is a word that may be none
        held = (
            [one for one in before if figures and not one.figures],
            [one for one in after if figures and not one.figures],
        )
        before, after = ([one for one in side if one.figures or not figures] for side in (before, after))
        for one_loose, other_loose in ((0, 0), (0, 1), (1, 0), (1, 1)):
            if before and after:
                before, after = _matched(before, after, one_loose, other_loose, same)
        before, after = [*before, *held[0]], [*after, *held[1]]
    for one, other in [both for both in same if _is_another_time(*both)]:
        same.remove((one, other))
        before.append(one)
        after.append(other)
    return Alignment(same=tuple(same), missing=tuple(before), added=tuple(after))


def _is_plainly(one: Stated, other: Stated) -> bool:
    """Tell whether two numbers are in figures, and the same without a second look."""
    return one.figures and other.figures and one.sets[0] == other.sets[0] and len(one.sets[0]) == 1


def _is_another_time(one: Stated, other: Stated) -> bool:
    """Tell whether two times are not the same: 3 pm and 3h, where an hour alone would be."""
    times = all(each.moment and each.moment.minute is not None for each in (one, other))
    return times and not set(one.sets[0]) & set(other.sets[0])


def _matched(
    before: list[Stated], after: list[Stated], one_loose: int, other_loose: int, same: list[tuple[Stated, Stated]]
) -> tuple[list[Stated], list[Stated]]:
    """Take out what is the same, and return what is left of both; in linear time, by what each may be written as."""
    waiting: dict[str, list[int]] = {}
    for place in range(len(after) - 1, -1, -1):
        for key in after[place].sets[min(other_loose, len(after[place].sets) - 1)]:
            waiting.setdefault(key, []).append(place)
    taken: set[int] = set()
    left: list[Stated] = []
    for one in before:
        found = None
        for key in one.sets[min(one_loose, len(one.sets) - 1)]:
            places = waiting.get(key, [])
            while places and places[-1] in taken:
                places.pop()
            if places:
                found = places.pop()
                break
        if found is None:
            left.append(one)
        else:
            taken.add(found)
            same.append((one, after[found]))
    return left, [other for place, other in enumerate(after) if place not in taken]


def stated(text: str, language: str) -> tuple[Stated, ...]:
    """Return every number of a text, those of its dates and times too."""
    moments, read = calendar.read(text, language), quantities.read(text, language)
    if not moments:
        return tuple([each for quantity in read for each in _of_quantity(quantity)])
    found = [(moment.start, each) for moment in moments for each in _of_moment(moment)]
    coming = iter((*moments, None))
    moment = next(coming)
    for quantity in read:
        while moment is not None and moment.end <= quantity.start:
            moment = next(coming)
        if moment is None or quantity.end <= moment.start:
            found += [(quantity.start, each) for each in _of_quantity(quantity)]
    return tuple(each for _, each in sorted(found, key=lambda each: each[0]))


def _key(value: Decimal) -> str:
    if (written := str(value)).isdecimal():
        return written
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:f}"


def _of_quantity(quantity: Quantity) -> list[Stated]:
    if quantity.kind is _ALWAYS:
        return [Stated(name="24/7", sets=(("always",), ("always", "24")), figures=True, sure=True, quantity=quantity)]
    values = [quantity.value] if quantity.upper is None else [quantity.value, quantity.upper]
    figures = not quantity.worded or bool(_DIGIT.search(western(quantity.written)))
    cardinal = quantity.kind is not _ORDINAL
    return [
        Stated(
            name=_key(value),
            sets=_keys(value, quantity),
            figures=figures and cardinal,
            sure=quantity.sure and cardinal,
            quantity=quantity,
        )
        for value in values
    ]


def _keys(value: Decimal, quantity: Quantity) -> tuple[tuple[str, ...], ...]:
    key, kind = _key(value), quantity.kind
    if kind is _IDENTIFIER and quantity.written.isdecimal():
        return (
            (f"code {quantity.written}",),
            (f"code {quantity.written}", *((key,) if quantity.written[0] != "0" else ())),
        )
    exact = (f"ordinal {key}" if kind is _ORDINAL else key,)
    if kind is _COUNT and value > _HOURS and not quantity.others:
        return exact, (key, f"ordinal {key}")
    loose = {key, f"ordinal {key}", *map(_key, quantity.others)}
    if kind is _MONEY:
        loose.add(f"{value.normalize():f}")
    if kind is _PERCENT:
        loose.add(_key(value / 100))
    if kind is _DURATION:
        loose |= {_key(other) for other in _equal_durations(value, quantity.unit)}
    if kind in _MAY_BE_HOURS and 0 <= value <= _HOURS and value == value.to_integral_value():
        hour = int(value) * HOUR
        loose |= {f"time {hour % DAY}", f"time {(hour + NOON) % DAY}"}
    if value in (0, _HALF_DAY):
        loose |= {"time 0", f"time {NOON}"}
    return exact, (*exact, *sorted(loose - set(exact)))


def _equal_durations(value: Decimal, unit: str) -> Iterable[Decimal]:
    """Yield the same duration in a smaller or larger unit: half an hour are 30 minutes, 18 months a year and a half."""
    for (larger, smaller), factor in _TIMES.items():
        if unit == larger and value * factor < 100:  # noqa: PLR2004  nobody writes 1,200 months
            yield value * factor
        if unit == smaller and value * 2 % factor == 0:
            yield value / factor


def _of_moment(moment: Moment) -> list[Stated]:
    """Return the numbers of a date, or the one of a time."""
    if moment.minute is not None:
        return [_time(moment, moment.minute)]
    found = []
    for value, other in ((moment.day, moment.month if moment.order_open else None), (moment.year, None)):
        if value is not None:
            keys = (str(value), *((str(other),) if other else ()))
            loose = (*keys, f"ordinal {value}", *((str(value % 100),) if value >= _FIRST_YEAR else ()))
            if value == moment.day and moment.month:  # 31.03
                loose += (f"{value}.{moment.month:02}", f"{value}.{moment.month}")
            found.append(Stated(name=str(value), sets=(keys, loose), figures=True, sure=True, moment=moment))
    return found


def _time(moment: Moment, minute: int) -> Stated:
    """Return a time, which another text may write as an hour alone."""
    times = (minute,) if moment.other_minute is None else (minute, moment.other_minute)
    exact = tuple(f"time {time}" for time in times)
    hours = {time // HOUR for time in times if time % HOUR == 0}
    loose = {str(name) for hour in hours for name in (hour, hour % _HALF_DAY or _HALF_DAY)}
    if 0 in hours:
        loose.add(str(_HOURS))
    return Stated(
        name=f"{minute // HOUR}:{minute % HOUR:02}",
        sets=(exact, (*exact, *sorted(loose))),
        figures=moment.sure,
        sure=moment.sure,
        moment=moment,
    )
