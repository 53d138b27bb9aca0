"""Compares the dates, weekdays and times of a source with those of its target.

Sound translations by people with an error: dates 5, the others 0 of 7,884. Found of 150 months, weekdays
and times that were exchanged in our own sentences: 150, 150 and 145.

>>> from babel import Locale
>>> pair = Compared(source="Monday at 3 pm", target="terça-feira às 15h", source_language="en", locale=Locale("pt"))
>>> changed_weekdays(pair), changed_times(pair)
('missing Monday, added Tuesday', '')
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.checks.aligning import Stated, aligned
from pipeline.checks.check import Check, Compared, difference
from pipeline.language import calendar
from pipeline.language.calendar import covered_days
from pipeline.language.moment import Kind, Moment
from pipeline.model.finding import Severity

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALL: Final = frozenset(range(len(_DAYS)))
_OF_DAYS: Final = frozenset({Kind.WEEKDAY, Kind.SEVERAL_DAYS})
# What other languages call a time zone.
_ZONES: Final = {"CET": ("MEZ", "HEC"), "CEST": ("MESZ", "CET", "MEZ"), "GMT": ("UTC", "WEZ", "TMG"), "UTC": ("GMT",)}
# "Black Friday" is no Friday, nor is "Santo Domingo" a Sunday.
_NAMED = re.compile(r"(?<!\w)[^\W\d_a-z]\w+ (\w+)")


def changed_dates(pair: Compared) -> str:
    """Name the months that are in one text and not in the other."""
    before, after = _months_of(pair.source, pair.source_language), _months_of(pair.target, pair.locale.language)
    if not before and not after:
        return ""
    if not calendar.reads(pair.locale.language) or not calendar.reads(pair.source_language):
        return ""
    missing = [each for each in before if each.sure and not _may_be(each, after)]
    added = [each for each in after if each.sure and not _may_be(each, before)]
    if missing and (added or _dated(missing)):
        return difference(_as_months(missing), _as_months(added))
    return difference(Counter(), _as_months(added)) if added and _dated(added) else ""


def _dated(months: Iterable[Moment]) -> bool:
    return any(each.kind is Kind.DATE for each in months)


def _months_of(text: str, language: str) -> list[Moment]:
    return [moment for moment in calendar.read(text, language) if moment.month is not None]


def _may_be(one: Moment, others: Iterable[Moment]) -> bool:
    return any(_possible(one) & _possible(other) for other in others)


def _possible(moment: Moment) -> set[int | None]:
    return {moment.month, moment.day} if moment.order_open else {moment.month}


def _as_months(moments: Iterable[Moment]) -> Counter[str]:
    return Counter(f"month {moment.month}" for moment in moments)


def changed_weekdays(pair: Compared) -> str:
    """Name the weekdays that are surely in one text and not in the other."""
    if not calendar.reads(pair.locale.language) or not calendar.reads(pair.source_language):
        return ""
    words = _weekdays_of(pair.source, pair.source_language)
    if not any(word.weekday is not None for word in words):
        return ""
    others = _weekdays_of(pair.target, pair.locale.language)
    named = _sure(words) - _names_kept(pair.source, pair.target, words)
    covered = covered_days(words)
    if covered == _ALL and not others:  # "every day"
        return ""
    ranges, other_ranges = _ranges(words), _ranges(others)
    if any((last, first) in other_ranges and (last, first) not in ranges for first, last in ranges - other_ranges):
        return "missing the order of " + ", ".join(f"{_DAYS[first]} to {_DAYS[last]}" for first, last in sorted(ranges))
    missing = named - covered_days(others)
    added = _sure(others) - covered if named else frozenset()
    return difference(_as_names(missing), _as_names(added))


def _weekdays_of(text: str, language: str) -> list[Moment]:
    return [moment for moment in calendar.read(text, language) if moment.kind in _OF_DAYS]


def _ranges(moments: Sequence[Moment]) -> set[tuple[int, int]]:
    """Return the ends of the ranges of days."""
    days = [moment for moment in moments if moment.weekday is not None]
    return {
        (one.weekday, other.weekday)
        for one, other in pairwise(days)
        if other.link == "range" and one.weekday is not None and other.weekday is not None
    }


def _sure(moments: Iterable[Moment]) -> frozenset[int]:
    return frozenset(moment.weekday for moment in moments if moment.sure and moment.weekday is not None)


def _as_names(days: Iterable[int]) -> Counter[str]:
    return Counter(_DAYS[day] for day in days)


def _names_kept(source: str, target: str, words: Sequence[Moment]) -> frozenset[int]:
    """Return the days that are part of a name which the target has too."""
    starts = {word.start: word.weekday for word in words if word.weekday is not None}
    kept = (match for match in _NAMED.finditer(source) if match[0] in target and match.start(1) in starts)
    return frozenset(starts[match.start(1)] for match in kept)


def changed_times(pair: Compared) -> str:
    """Name the times of day that only one text has, where all that differs between them are times."""
    found = aligned(pair.source, pair.target, pair.source_language, pair.locale.language)
    missing = [each for each in found.missing if each.moment and each.moment.minute is not None and each.sure]
    added = [each for each in found.added if each.moment and each.moment.minute is not None and each.sure]
    others = [
        each for each in (*found.missing, *found.added) if each.figures and each not in missing and each not in added
    ]
    if others:
        return ""
    if not (missing or added):
        return _lost_zone(found.same, pair.target)
    read = (pair.locale.language, pair.source_language)
    in_figures = any(one.moment and one.moment.minute is not None and other.moment for one, other in found.same)
    if not (missing and added) and not in_figures and not all(map(calendar.reads_hours, read)):
        return ""  # the hour may be in words
    return difference(Counter(each.name for each in missing), Counter(each.name for each in added))


def _lost_zone(same: Iterable[tuple[Stated, Stated]], target: str) -> str:
    """Name the time zone of a time where the target has the time without it."""
    for one, _ in same:
        zone = one.moment.zone if one.moment else ""
        if zone and not any(name in target for name in (zone, *_ZONES.get(zone, ()))):
            return f"missing {zone}"
    return ""


CHECKS = (
    Check(
        id="dates",
        severity=Severity.ERROR,
        remedy="write the day and the month of the source",
        find=changed_dates,
        promised=True,
    ),
    Check(
        id="weekdays",
        severity=Severity.ERROR,
        remedy="name the weekdays of the source",
        find=changed_weekdays,
        promised=True,
    ),
    Check(
        id="times",
        severity=Severity.ERROR,
        remedy="write the time of the source, before or after noon as it is there",
        find=changed_times,
        promised=True,
    ),
)
