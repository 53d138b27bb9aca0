"""Finds the times of day in a text: 9:30, 9h30, 9h30min, 3.30 p.m., 9 bis 17 Uhr, 3 da tarde, noon.

An hour without a half of the day is that of the 24-hour clock where the language has it, and one of two elsewhere.
"""

import re
from collections.abc import Iterator

from pipeline.language.calendar_words import DASHES, CalendarWords
from pipeline.language.moment import DAY, HOUR, NOON, Kind, Moment
from pipeline.language.words import Words

_HALF_DAY = 12
# How far back the preposition before an hour may begin.
_LOOK_BACK = 24
# An hour before this one that neither a preposition nor a range tells to be a time is how long something takes.
_FIRST_HOUR = 5
# One figure or two without another beside them: more are no hour.
_MAY_BE_HOUR = re.compile("[0-9](?<![0-9].)[0-9]?(?![0-9])")
_OF_DURATION = re.compile(r"\s(?:de|por|di[áa]ri|seman|par)")
_ZONE = re.compile(r"\s?\(?(?P<zone>(?:UTC|GMT|BRT|CES?T|[ECMP][SD]T|WES?T|BST|IST|JST)(?:[+-]\d{1,2}(?::\d\d)?)?)\b")


def times(text: str, low: str, known: CalendarWords) -> Iterator[Moment]:
    """Yield the times in figures; `low` is the text in small letters."""
    for match in _on_clocks(low, known):
        if not _is_time(match, low, known):
            continue
        half = re.sub(r"\s", " ", match["half"] or "")
        side = known.halves.get(half, "")
        if match["first"]:
            end = max(match.end(group) for group in ("first", "first_minute", "first_min", "first_clock"))
            minute = _minutes(match["first"], match["first_minute"])
            other = _other_half(minute) if known.twelve_hours or side else None
            yield Moment(start=match.start("first"), end=end, kind=Kind.TIME, minute=minute % DAY, other_minute=other)
        zone = _ZONE.match(text, match.end())
        minute, other = _on_the_clock(match, side, known)
        yield Moment(
            start=match.start("hour"),
            end=match.end(),
            kind=Kind.TIME,
            minute=minute,
            other_minute=other,
            zone=zone["zone"] if zone else "",
        )


def _on_clocks(low: str, known: CalendarWords) -> Iterator[re.Match[str]]:
    """Yield what looks like a time; only where figures that may be an hour begin it is looked for."""
    end = 0
    for figures in _MAY_BE_HOUR.finditer(low):
        if figures.start() >= end and (match := known.clock.match(low, figures.start())):
            yield match
            end = match.end()


def named_times(words: Words, known: CalendarWords) -> Iterator[Moment]:
    """Yield the times that have a name: noon and midnight."""
    for found in known.noon.all(words):
        start, end = words[found.first].start, words[found.stop - 1].end
        yield Moment(start=start, end=end, kind=Kind.TIME, minute=found.meaning, sure=False)


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * HOUR + int(minute or 0)


def _other_half(minute: int) -> int | None:
    """Return the same time twelve hours later, None for one of the 24-hour clock."""
    return (minute + NOON) % DAY if HOUR <= minute < NOON + HOUR else None


def _on_the_clock(match: re.Match[str], side: str, known: CalendarWords) -> tuple[int, int | None]:
    """Return the minutes of a time since midnight, and those of its other reading."""
    minute, hour = _minutes(match["hour"], match["minute"]), int(match["hour"])
    if side and hour <= _HALF_DAY:
        value = minute % NOON + (NOON if side == "pm" else 0)
        # "12 da noite" is midnight, "12 a.m." is not noon
        return value, (value + NOON) % DAY if hour == _HALF_DAY and not known.twelve_hours else None
    if not side and known.twelve_hours and not match["hour"].startswith("0"):
        return minute % DAY, _other_half(minute)
    return minute % DAY, None


def _is_duration(match: re.Match[str], low: str) -> bool:
    """Tell a duration by its few hours or by what stands behind it: "1h30 de intervalo", "8h48 diárias"."""
    few = int(match["hour"]) < _FIRST_HOUR and match["sign"].strip() == "h" and not match["hour"].startswith("0")
    return few or _OF_DURATION.match(low, match.end()) is not None


def _is_time(match: re.Match[str], low: str, known: CalendarWords) -> bool:
    """Tell whether a number is a time: by its form, what stands behind it, or an hour behind "at"."""
    sign, clock = (match["sign"] or "").strip(), match["clock"]
    if match["half"] or clock in known.clocks:
        return True
    before = low[max(0, match.start() - _LOOK_BACK) : match.start()].split()
    behind_at = any(" ".join(before[-count:]) in known.before_time for count in (1, 2))
    if sign == ":" or (sign == "h" and match["minute"]):
        return bool(match["first"]) or behind_at or not _is_duration(match, low)
    if clock is None or (sign == "." and match["minute"]):
        return clock is not None
    if match["first"] and clock == "h":
        return behind_at or (not known.twelve_hours and match["between"].strip() not in DASHES)
    return behind_at and (clock == "h" or before[-1] in known.at_hour)  # "às 9 horas", not "de 9 horas"
