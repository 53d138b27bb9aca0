"""Reads the dates, months, weekdays and times of day of a text.

A time is kept in minutes since midnight; an hour that may be before or after noon has the other reading too. A date
has what is named of it; `order_open` tells that day and month may be exchanged (03/04/2027).

>>> [(moment.kind.value, moment.day, moment.month, moment.year) for moment in read("by 15 January 2027", "en")]
[('date', 15, 1, 2027)]
>>> [(moment.minute, moment.other_minute) for moment in read("9h30 às 18h", "pt")], read("from 2 to 6 pm", "en")[0].minute
([(570, None), (1080, None)], 120)
>>> [(moment.weekday, moment.link) for moment in read("Mo–Fr", "de")]
[(0, ''), (4, 'range')]
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Final

from babel import Locale

from pipeline.language.figures import western
from pipeline.language.knowledge import knowledge
from pipeline.language.lexicon import locale_of
from pipeline.language.words import Phrases, Word, words_of

_KEPT = 2048
HOUR: Final = 60
NOON: Final = 12 * HOUR
DAY: Final = 24 * HOUR
_LAST_DAY, _LAST_MONTH, _LAST_HOUR, _FIRST_LATE_HOUR = 31, 12, 24, 6
_CENTURY = 2000
# What may stand between a day and its month: "5th of ", ". ", " de ".
_GAP = 9
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DASHES = "-–—~〜～"
_DENSE: Final = frozenset({"ja", "zh", "ko"})
_COMPOUNDING: Final = frozenset({"de", "nl", "sv", "da", "nb"})
_DENSE_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>1[0-2]|0?[1-9])\s?[月월](?![給額間末曜])(?:\s?(?P<day>[0-3]?\d)\s?[日일](?!間))?"
)
_DENSE_TIME = re.compile(
    r"(?P<half>午前|午後|上午|下午|早上|晚上|凌晨|中午|오전|오후)?\s?(?<!\d)(?P<hour>[01]?\d|2[0-4])(?:[:：](?P<minute>[0-5]\d)(?!\d)|\s?[時时点點시](?!間|间|给|給)(?:\s?(?P<past>[0-5]?\d)\s?[分분]|(?P<half_past>半))?)"
)
_DENSE_PM: Final = frozenset(("午後", "下午", "晚上", "오후", "中午"))
_NUMERIC = re.compile(
    r"(?<![\d.,/:-])(?:(?P<iso>\d{4})[-/.](?P<iso_month>\d\d)[-/.](?P<iso_day>\d\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d))(?![\d/]|[.,]\d)"
)
_SEVERAL: Final = {"workdays": frozenset(range(5)), "weekend": frozenset({5, 6})}
_ZONE = re.compile(r"\s?\(?(?P<zone>(?:UTC|GMT|BRT|CES?T|[ECMP][SD]T|WES?T|BST|IST|JST)(?:[+-]\d{1,2}(?::\d\d)?)?)\b")


class Kind(Enum):
    """What a moment is."""

    DATE = "date"
    MONTH = "month"
    WEEKDAY = "weekday"
    SEVERAL_DAYS = "several_days"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One date, month, weekday (0 is Monday) or time of a text; what is not named is None.

    `link` is "range" or "list" where a weekday hangs together with the one before. `sure` is false for a word that may
    be another one ("May", "sat", "segunda"). `days` are all the days that are named by one word ("weekend").
    """

    start: int
    end: int
    kind: Kind
    day: int | None = None
    month: int | None = None
    year: int | None = None
    order_open: bool = False
    weekday: int | None = None
    days: frozenset[int] = frozenset()
    minute: int | None = None
    other_minute: int | None = None
    zone: str = ""
    link: str = ""
    sure: bool = True


@lru_cache(maxsize=_KEPT)
def read(text: str, language: str) -> tuple[Moment, ...]:
    """Return the moments of a text in their order; none overlap."""
    plain = western(text)
    low = plain.lower()
    if len(low) != len(plain):
        low = plain
    known = _known(language)
    found: list[Moment] = []
    if any(char in "0123456789" for char in plain):
        found += _numeric_dates(plain, known)
        found += _dense(plain) if language in _DENSE else ()
        found += _times(plain, low, known)
    if known.letters and any(dash in low for dash in _DASHES):
        found += _lettered(low, known.letters)
    words = words_of(text)
    for word in words:
        if word.text in known.openers or (known.compounding and word.text[:3] in known.beginnings):
            found += _named_times(words, known)
            found += _months(plain, words, known)
            found += _weekdays(plain, words, known)
            break
    return _apart(found) if len(found) > 1 else tuple(found)


def reads(language: str) -> bool:
    """Tell whether the names of days and months of a language are read in the forms that its sentences have."""
    return bool(knowledge(language).table("calendar"))


def covered_days(moments: Iterable[Moment], *, loose: bool = True) -> frozenset[int]:
    """Return the weekdays that are named, with those between the ends of a range.

    >>> sorted(covered_days(read("Tue to Fri", "en")))
    [1, 2, 3, 4]
    """
    days: set[int] = set()
    before: int | None = None
    for moment in moments:
        if moment.kind is Kind.SEVERAL_DAYS and loose:
            days |= moment.days
        if moment.weekday is None or not (moment.sure or loose):
            continue
        if moment.link == "range" and before is not None:
            days |= {(before + step) % 7 for step in range((moment.weekday - before) % 7 + 1)}
        days.add(moment.weekday)
        before = moment.weekday
    return frozenset(days)


def _apart(found: Iterable[Moment]) -> tuple[Moment, ...]:
    kept: list[Moment] = []
    for moment in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return tuple(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The words of a language for moments."""

    months: Phrases[int]
    weekdays: Phrases[tuple[int, bool]]
    loose: frozenset[str]
    several: Phrases[str]
    noon: Phrases[int]
    openers: frozenset[str]
    beginnings: frozenset[str]
    compounding: bool
    doubtful: frozenset[str]
    short_months: frozenset[str]
    before_month: frozenset[str]
    date_words: frozenset[str]
    range: frozenset[str]
    list: frozenset[str]
    behind: frozenset[str]
    capitals: bool
    letters: str
    clock: re.Pattern[str]
    halves: Mapping[str, str]
    before_time: frozenset[str]
    strict_clock: frozenset[str]
    twelve_hours: bool
    month_first: bool


@cache
def _known(language: str) -> _Known:
    table, locale = knowledge(language).table("calendar"), locale_of(language)
    wide = _names(locale, "months", "wide")
    short = {**_names(locale, "months", "abbreviated"), **table.get("short_months", {})}
    months = {**short, **wide, **table.get("months", {})}
    if language in _DENSE:
        months = {}
    weekdays = _weekday_names(language, locale, table)
    noon = [(phrase, NOON) for phrase in table.get("noon", ())] + [(phrase, 0) for phrase in table.get("midnight", ())]
    several = [(phrase, name) for name in _SEVERAL for phrase in table.get(name, ())]
    halves = {phrase: half for half in ("am", "pm") for phrase in table.get(half, ())}
    clocks = table.get("clock", ())
    phrases = [*months, *weekdays, *(phrase for phrase, _ in (*noon, *several))]
    firsts = [words_of(phrase)[0].text for phrase in phrases if words_of(phrase)]
    return _Known(
        months=Phrases(months.items()),
        weekdays=Phrases(weekdays.items()),
        loose=frozenset(words_of(name)[0].text for name in table.get("loose_weekdays", ())),
        several=Phrases(several),
        noon=Phrases(noon),
        openers=frozenset(firsts),
        beginnings=frozenset(first[:3] for first in firsts),
        compounding=language in _COMPOUNDING,
        doubtful=frozenset(table.get("doubtful_months", ())),
        short_months=frozenset(name for name in short if name not in wide),
        before_month=frozenset(table.get("before_month", ())),
        date_words=frozenset(table.get("date_words", ())),
        range=frozenset(table.get("range", ())),
        list=frozenset(table.get("list", ())),
        behind=frozenset(table.get("behind", ())),
        capitals=bool(table.get("capitals")),
        letters=str(table.get("letters", "")),
        clock=_clock_pattern(clocks, halves, table.get("range", ())),
        halves=halves,
        before_time=frozenset(table.get("before_time", ())),
        strict_clock=frozenset(
            clock
            for clock in clocks
            if clock not in {"h", "hs", "hrs", "hours", "horas", "hora", "heures", "heure", "ore", "uur", "godz"}
        ),
        twelve_hours=not locale or "a" in locale.time_formats["short"].pattern.lower(),
        month_first=bool(locale) and locale.date_formats["short"].pattern.lower().startswith("m") if locale else False,
    )


def _names(locale: Locale | None, table: str, width: str) -> dict[str, int]:
    if not locale:
        return {}
    found: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for number, name in getattr(locale, table)[form].get(width, {}).items():
            low = name.lower().rstrip(".")
            if len(low) > 2 and not low[0].isdigit():  # noqa: PLR2004  one or two letters are too many other words
                found.setdefault(low, number)
    return found


def _weekday_names(
    language: str, locale: Locale | None, table: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[int, bool]]:
    """Return names of weekdays with the day and whether the name is one wherever it stands."""
    names: dict[str, tuple[int, bool]] = {}
    if locale:
        for form in ("format", "stand-alone"):
            for width, sure in (("wide", True), ("abbreviated", False)):
                for day, name in locale.days[form].get(width, {}).items():
                    low = name.lower().rstrip(".")
                    if sure and language in _COMPOUNDING:
                        names.setdefault(f"{low}*", (day, True))
                    if len(low) > 1 and not (sure and language in _DENSE and len(low) == 1):
                        names.setdefault(low, (day, sure))
                    if sure and low.isalpha() and language in {"en", "es", "pt", "fr", "ca", "gl"} and low[-1] != "s":
                        names.setdefault(f"{low}s", (day, True))
    for name, sure in (("weekdays", True), ("short_weekdays", False), ("loose_weekdays", False)):
        for word, day in table.get(name, {}).items():
            names[word] = (day - 1, sure)
    return names


def _clock_pattern(clocks: Sequence[str], halves: Iterable[str], ranges: Iterable[str]) -> re.Pattern[str]:
    marks = "|".join(sorted(map(re.escape, clocks), key=len, reverse=True)) or "(?!)"
    parts = (
        "|".join(sorted((re.escape(half).replace(r"\ ", r"\s") for half in halves), key=len, reverse=True)) or "(?!)"
    )
    between = "|".join(sorted(map(re.escape, ranges), key=len, reverse=True)) or "(?!)"
    end = r"(?![^\W_])"
    hour = r"(?:[01]?\d|2[0-4])"
    return re.compile(
        rf"(?<![\d.,:/€$£#+])(?<!\d-)(?<!\w)"
        rf"(?:(?P<first>{hour})(?:[:.h](?P<first_minute>[0-5]\d))?(?:\s?(?:{marks}))?(?P<between>\s?[{_DASHES}]\s?|\s(?:{between})\s))?"
        rf"(?P<hour>{hour})(?:(?P<sign>:|\.|\s?h\s?)(?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?!\d|[.,:/]\d))?(?!\d)"
        rf"(?:\s?(?P<clock>{marks}){end})?(?:,?\s?(?P<half>{parts}){end}\.?)?"
    )


def _times(text: str, low: str, known: _Known) -> Iterator[Moment]:
    for match in known.clock.finditer(low):
        sign, clock, half = (match["sign"] or "").strip(), match["clock"], match["half"]
        if not _is_time(match, low, known, sign):
            continue
        side = known.halves[half_key] if half and (half_key := re.sub(r"\s", " ", half)) in known.halves else ""
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        zone = _ZONE.match(text, match.end())
        if match["first"] and _time_before(match):
            first, first_minute = int(match["first"]), int(match["first_minute"] or 0)
            yield _time(
                match.start("first"),
                match.end("first_minute") if match["first_minute"] else match.end("first"),
                first,
                first_minute,
                "",
                known,
                shared=side,
            )
        yield _time(
            match.start("hour"),
            match.end(),
            hour,
            minute,
            side,
            known,
            zone=zone["zone"] if zone else "",
            padded=match["hour"].startswith("0"),
        )


def _time_before(match: re.Match[str]) -> bool:
    return True


def _is_time(match: re.Match[str], low: str, known: _Known, sign: str) -> bool:
    """Tell whether a number is a time: by its form, what stands behind it, or an hour behind "at"."""
    if match["half"] or (match["clock"] and match["clock"] in known.strict_clock):
        return True
    if sign == ":" or (sign == "h" and match["minute"]):
        return True
    if sign == "." and match["minute"]:
        return bool(match["clock"])
    if match["clock"] is None:
        return False
    begin = match.start()
    before = low[max(0, begin - 24) : begin].split()
    if match["first"] and match["clock"] in {"h", "uhr"}:
        return (
            any(" ".join(before[-count:]) in known.before_time for count in (1, 2))
            or (not known.twelve_hours
            and match["between"].strip() not in _DASHES)
        )
    return (
        any(" ".join(before[-count:]) in known.before_time for count in (1, 2))
        and match["clock"] not in {"hours", "hour"}
        and _is_hour(match, before)
    )


def _is_hour(match: re.Match[str], before: Sequence[str]) -> bool:
    """Tell an hour of the day behind a preposition from a number of hours: "às 9 horas", not "de 9 horas"."""
    return match["clock"] == "h" or before[-1] in {"às", "as", "das", "las", "à", "alle", "um"}


def _time(
    start: int,
    end: int,
    hour: int,
    minute: int,
    side: str,
    known: _Known,
    *,
    shared: str = "",
    zone: str = "",
    padded: bool = False,
) -> Moment:
    """Return a time; one that shares the half of the day of the next may be in either."""
    value, other = hour * HOUR + minute, None
    if side:
        late = side == "pm" and not (hour < _FIRST_LATE_HOUR and side == "night")
        value = (hour % 12) * HOUR + minute + (NOON if late and hour != _LAST_HOUR else 0) if hour <= 12 else value
        if hour == 12:
            other = (value + NOON) % DAY if side == "pm" or side == "am" else None
            other = None if known.twelve_hours else other
        elif side == "pm" and hour < _FIRST_LATE_HOUR and not known.twelve_hours:
            other = hour * HOUR + minute  # "3 da noite" is in the morning
            other = None
    elif (known.twelve_hours or shared) and 0 < hour <= 12 and not padded:
        other = (value + NOON) % DAY
    return Moment(start=start, end=end, kind=Kind.TIME, minute=value % DAY, other_minute=other, zone=zone)


def _named_times(words: Sequence[Word], known: _Known) -> Iterator[Moment]:
    for found in known.noon.all(words):
        yield Moment(
            start=words[found.first].start,
            end=words[found.stop - 1].end,
            kind=Kind.TIME,
            minute=found.meaning,
            sure=False,
        )


def _numeric_dates(text: str, known: _Known) -> Iterator[Moment]:
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            year, month, day, is_open = int(match["iso"]), int(match["iso_month"]), int(match["iso_day"]), False
        else:
            one, other = int(match["one"]), int(match["other"])
            year = int(match["year"]) + (_CENTURY if len(match["year"]) == 2 else 0)  # noqa: PLR2004  27 is 2027
            is_open = one <= _LAST_MONTH and other <= _LAST_MONTH and match["sign"] != "."
            swap = (known.month_first and match["sign"] == "/" and one <= _LAST_MONTH) or other > _LAST_MONTH
            day, month = (other, one) if swap else (one, other)
        if 1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY and _FIRST_YEAR <= year <= _LAST_YEAR:
            yield Moment(
                start=match.start(),
                end=match.end(),
                kind=Kind.DATE,
                day=day,
                month=month,
                year=year,
                order_open=is_open,
            )


def _dense(text: str) -> Iterator[Moment]:
    for match in _DENSE_DATE.finditer(text):
        day, year = match["day"], match["year"]
        yield Moment(
            start=match.start(), end=match.end(), kind=Kind.DATE if day or year else Kind.MONTH, month=int(match["month"]),
            day=int(day) if day else None, year=int(year) if year else None,
        )  # fmt: skip
    for match in _DENSE_TIME.finditer(text):
        hour = int(match["hour"])
        minute = int(match["minute"] or match["past"] or (30 if match["half_past"] else 0))
        late = match["half"] in _DENSE_PM and hour < 12  # noqa: PLR2004  noon
        value = (
            (hour % 12 if match["half"] and not late and hour == 12 else hour) * HOUR + minute + (NOON if late else 0)
        )
        yield Moment(start=match.start(), end=match.end(), kind=Kind.TIME, minute=value % DAY)


def _months(text: str, words: Sequence[Word], known: _Known) -> Iterator[Moment]:
    for found in known.months.all(words):
        first, stop = found.first, found.stop
        word = words[first]
        if known.capitals and not text[word.start].isupper():
            continue
        day, year, begin, behind = _around(text, words, first, stop, known)
        numbered = day is not None or year is not None
        if not numbered and word.text in known.short_months:
            continue
        doubtful = word.text in known.doubtful and not numbered
        if doubtful and first and words[first - 1].text in known.before_month and word.text not in known.short_months:
            doubtful = False
        elif doubtful and not (stop < len(words) and words[stop].text in known.before_month):
            continue
        kind = Kind.DATE if day is not None else Kind.MONTH
        yield Moment(
            start=words[begin].start, end=words[behind - 1].end, kind=kind, day=day, month=found.meaning, year=year,
            sure=not doubtful,
        )  # fmt: skip


def _around(
    text: str, words: Sequence[Word], first: int, stop: int, known: _Known
) -> tuple[int | None, int | None, int, int]:
    """Return the day and the year beside the name of a month, and from and up to which word they stand."""
    day = year = None
    begin, behind = first, stop
    place = first - 1
    skipped = 0
    while (
        place >= 0
        and skipped < 3
        and not words[place].is_number
        and (words[place].text in known.date_words or len(words[place].text) <= 2)
    ):
        place, skipped = place - 1, skipped + 1
    gap = text[words[place].end : words[first].start] if place >= 0 else ""
    if (
        place >= 0
        and words[place].is_number
        and len(gap) <= _GAP
        and not any(char in gap for char in "-–—,;:)(")
        and _day_of(words[place])
    ):
        day, begin = _day_of(words[place]), place
    place = stop
    while place < len(words) and words[place].text in known.date_words:
        place += 1
    if place < len(words) and words[place].is_number and words[place].start - words[stop - 1].end <= 6:
        number = words[place]
        if _year_of(number):
            year, behind = _year_of(number), place + 1
        elif (
            day is None
            and place == stop
            and _day_of(number)
            and not text[number.end : number.end + 2].startswith(("%", " %", ":", "€"))
            and not _is_counted(words, place)
        ):
            day, behind = _day_of(number), place + 1
            after = place + 1
            if (
                after < len(words)
                and not words[after].is_number
                and len(words[after].text) == 2
                and words[after].start == number.end
            ):
                after += 1
                behind = after
            if after < len(words) and _year_of(words[after]) and words[after].start - words[after - 1].end <= 2:
                year, behind = _year_of(words[after]), after + 1
    return day, year, begin, behind


def _is_counted(words: Sequence[Word], place: int) -> bool:
    """Tell whether a word follows a number so that it is no day: "in May 3 people"."""
    return False


def _day_of(word: Word) -> int | None:
    return (
        int(word.text)
        if word.is_number and word.text.isdecimal() and len(word.text) <= 2 and 1 <= int(word.text) <= _LAST_DAY
        else None
    )


def _year_of(word: Word) -> int | None:
    return (
        int(word.text)
        if word.is_number and word.text.isdecimal() and _FIRST_YEAR <= int(word.text) <= _LAST_YEAR
        else None
    )


def _weekdays(text: str, words: Sequence[Word], known: _Known) -> Iterator[Moment]:
    found = known.weekdays.all(words)
    days: list[Moment] = []
    loose: list[bool] = []
    for each in found:
        start, end = words[each.first].start, words[each.stop - 1].end
        day, sure = each.meaning
        if known.capitals and not sure and not text[start].isupper():
            continue
        link = _link(text[days[-1].end : start], known) if days else ""
        days.append(Moment(start=start, end=end, kind=Kind.WEEKDAY, weekday=day, sure=sure, link=link))
        loose.append(words[each.first].text in known.loose)
    for place, day in enumerate(days):
        joint = bool(day.link and day.weekday != days[place - 1].weekday) or (
            place + 1 < len(days) and bool(days[place + 1].link) and days[place + 1].weekday != day.weekday
        )
        sure = day.sure or (joint and (not loose[place] or _ends_group(text, days, place, known)))
        if sure or joint or loose[place] or _marked(text, day.end):
            yield Moment(start=day.start, end=day.end, kind=Kind.WEEKDAY, weekday=day.weekday, sure=sure, link=day.link)
    for several in known.several.all(words):
        yield Moment(
            start=words[several.first].start, end=words[several.stop - 1].end, kind=Kind.SEVERAL_DAYS,
            days=_SEVERAL[several.meaning],
        )  # fmt: skip


def _lettered(text: str, letters: str) -> Iterator[Moment]:
    """Yield the two ends of a range of days that are written with one letter each: L-V."""
    for match in re.finditer(rf"(?<!\w)([{letters}])\s?[{_DASHES}]\s?([{letters}])(?!\w)", text):
        for group, link in ((1, ""), (2, "range")):
            day = letters.index(match[group])
            yield Moment(
                start=match.start(group),
                end=match.end(group),
                kind=Kind.WEEKDAY,
                weekday=day,
                link=link,
                sure=not letters.isascii(),
            )


def _ends_group(text: str, days: Sequence[Moment], place: int, known: _Known) -> bool:
    """Tell whether no noun follows the last of words that may be ordinals: "segunda a sexta", not "segunda edição"."""
    while place + 1 < len(days) and days[place + 1].link:
        place += 1
    if days[place].sure:
        return True
    behind = re.match(r"\s?(?:[^\w\s]|\d|$|(?P<word>\w+))", text[days[place].end : days[place].end + 24])
    return behind is not None and (not behind["word"] or behind["word"].lower() in known.behind)


def _marked(text: str, end: int) -> bool:
    return re.match(r"\s?(?:[^\w\s]|\d|$)", text[end : end + 2]) is not None


def _link(gap: str, known: _Known) -> str:
    """Return how two days hang together, by what stands between their names."""
    inner = gap.strip(" .)(\u00a0").lower()
    if not inner:
        return ""
    if inner in _DASHES or (inner in known.range and inner not in {"e", "o"}):
        return "range"
    if inner in {",", "/", "&", "+", "、", "・"}:
        return "list"
    words = inner.replace(",", " ").split()
    if words and words[0] in known.range and all(word in known.range or word in known.list for word in words[1:]):
        return "range"
    return "list" if words and all(word in known.list for word in words) else ""
