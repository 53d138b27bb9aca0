"""Reads the dates, months, weekdays and times of day of a text.

A time is kept in minutes since midnight; an hour that may be before or after noon has the other reading too. A date
has what is named of it; `order_open` tells that day and month may be exchanged (03/04/2027).

>>> [(moment.kind.value, moment.day, moment.month, moment.year) for moment in read("by 15 January 2027", "en")]
[('date', 15, 1, 2027)]
>>> [(moment.minute, moment.other_minute) for moment in read("from 2 to 6 pm", "en")]
[(120, 840), (1080, None)]
>>> [(moment.weekday, moment.link) for moment in read("Mo–Fr", "de")]
[(0, ''), (4, 'range')]
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.language.calendar_words import DASHES, NO_DAY, SEVERAL, CalendarWords, calendar_words
from pipeline.language.clock import named_times, times
from pipeline.language.figures import western
from pipeline.language.knowledge import knowledge
from pipeline.language.moment import DAY, HOUR, NOON, Kind, Moment
from pipeline.language.words import Word, Words, words_of

_KEPT = 16384  # the locales of a project have the same sources
_LAST_DAY, _LAST_MONTH = 31, 12
_CENTURY = 2000
_HALF_DAY = 12
# What may stand between a day and its month: "5th of ", ". ", " de ".
_GAP = 9
_YEAR_GAP, _WORDS_BETWEEN, _COMMA = 6, 4, 2
_PARTING = "-–—,;:)("
# The figures of a day, the letters of what follows it in English: 5th.
_ENDING = 2
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_DENSE_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>1[0-2]|0?[1-9])\s?[月월](?![給額間末曜])(?:\s?(?P<day>[0-3]?\d)\s?[日일](?!間))?"
)
_DENSE_TIME = re.compile(
    r"(?P<half>午前|午後|上午|下午|早上|晚上|凌晨|中午|오전|오후)?\s?(?<!\d)(?P<hour>[01]?\d|2[0-4])(?:[:：](?P<minute>[0-5]\d)(?!\d)|\s?[時时点點시](?!間|间|给|給)(?:\s?(?P<past>[0-5]?\d)\s?[分분]|(?P<half_past>半))?)"
)
_DENSE_PM: Final = frozenset(("午後", "下午", "晚上", "오후", "中午"))
# Without figures on both sides of a sign there is no date in figures; a quick look before the search.
_FIGURES_AND_SIGN = re.compile("[0-9][-./][0-9]")
_DASH = re.compile(f"[{re.escape(DASHES)}]")
_NUMERIC = re.compile(
    r"(?<![\d.,/:-])(?:(?P<iso>\d{4})[-/.](?P<iso_month>\d\d)[-/.](?P<iso_day>\d\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d))(?![\d/]|[.,]\d)"
)


@lru_cache(maxsize=_KEPT)
def read(text: str, language: str) -> tuple[Moment, ...]:
    """Return the moments of a text in their order; none overlap."""
    plain = western(text)
    low = plain.lower()
    if len(low) != len(plain):
        low = plain
    known, words = calendar_words(language), words_of(text)
    found: list[Moment] = []
    if words.has_number:
        found += _numeric_dates(plain, known) if _FIGURES_AND_SIGN.search(plain) else ()
        found += _dense(plain) if known.signed_dates else ()
        found += times(plain, low, known)
    if known.letters and _DASH.search(low):
        found += _lettered(low, known.letters)
    if not known.openers.isdisjoint(words.texts) or (
        known.compounding and not known.beginnings.isdisjoint(words.starts)
    ):
        found += named_times(words, known)
        found += _months(plain, words, known)
        found += _weekdays(plain, words, known)
    return _apart(found) if len(found) > 1 else tuple(found)


@cache
def reads(language: str) -> bool:
    """Tell whether the names of days and months of a language are read in the forms that its sentences have."""
    return bool(knowledge(language).table("calendar"))


def reads_hours(language: str) -> bool:
    """Tell whether the words that stand behind an hour of the day are known."""
    known = calendar_words(language)
    return bool(known.clocks or known.hours)


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


def _numeric_dates(text: str, known: CalendarWords) -> Iterator[Moment]:
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
            start=match.start(),
            end=match.end(),
            kind=Kind.DATE if day or year else Kind.MONTH,
            month=int(match["month"]),
            day=int(day) if day else None,
            year=int(year) if year else None,
        )
    for match in _DENSE_TIME.finditer(text):
        hour = int(match["hour"])
        minute = int(match["minute"] or match["past"] or (30 if match["half_past"] else 0))
        late = match["half"] in _DENSE_PM and hour < _HALF_DAY
        value = (
            (hour % 12 if match["half"] and not late and hour == _HALF_DAY else hour) * HOUR
            + minute
            + (NOON if late else 0)
        )
        yield Moment(start=match.start(), end=match.end(), kind=Kind.TIME, minute=value % DAY)


def _months(text: str, words: Words, known: CalendarWords) -> Iterator[Moment]:
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


class _Around(NamedTuple):
    """The day and the year beside the name of a month, and from and up to which word they stand."""

    day: int | None
    year: int | None
    begin: int
    behind: int


def _around(text: str, words: Sequence[Word], first: int, stop: int, known: CalendarWords) -> _Around:
    """Return what stands beside the name of a month: "5th of March", "March 5, 2027", "5. März 2027"."""
    day, begin = _day_before(text, words, first, known)
    place = stop
    while place < len(words) and words[place].text in known.date_words:
        place += 1
    if place >= len(words) or words[place].start - words[stop - 1].end > _YEAR_GAP:
        return _Around(day, None, begin, stop)
    if year := _year_of(words[place]):
        return _Around(day, year, begin, place + 1)
    if day is not None or place != stop or not _is_day_behind(text, words[place]):
        return _Around(day, None, begin, stop)
    day, behind = _day_of(words[place]), place + 1
    if behind < len(words) and words[behind].start == words[place].end:  # the "th" of "March 5th"
        behind += 1
    near = behind < len(words) and words[behind].start - words[behind - 1].end <= _COMMA
    year = _year_of(words[behind]) if near else None
    return _Around(day, year, begin, behind + 1 if year else behind)


def _day_before(text: str, words: Sequence[Word], first: int, known: CalendarWords) -> tuple[int | None, int]:
    place = first - 1
    while place >= max(0, first - _WORDS_BETWEEN) and _is_filling(words, place, known):
        place -= 1
    if place < 0:
        return None, first
    gap = text[words[place].end : words[first].start]
    day = _day_of(words[place]) if len(gap) <= _GAP and not any(char in gap for char in _PARTING) else None
    return day, place if day else first


def _is_filling(words: Sequence[Word], place: int, known: CalendarWords) -> bool:
    """Tell whether a word may stand between a day and its month: "de", "of", or the "th" of "5th"."""
    word = words[place]
    if word.is_number:
        return False
    is_ending = len(word.text) <= _ENDING and place > 0 and words[place - 1].end == word.start
    return word.text in known.date_words or is_ending


def _is_day_behind(text: str, word: Word) -> bool:
    return _day_of(word) is not None and not text[word.end : word.end + 2].startswith(("%", " %", ":", "€"))


def _day_of(word: Word) -> int | None:
    if word.is_number and word.text.isdecimal() and len(word.text) <= _ENDING and 1 <= int(word.text) <= _LAST_DAY:
        return int(word.text)
    return None


def _year_of(word: Word) -> int | None:
    if word.is_number and word.text.isdecimal() and len(word.text) == len("2027"):
        return int(word.text) if _FIRST_YEAR <= int(word.text) <= _LAST_YEAR else None
    return None


def _weekdays(text: str, words: Words, known: CalendarWords) -> Iterator[Moment]:
    found = known.weekdays.all(words)
    days: list[Moment] = []
    loose: list[bool] = []
    for each in found:
        start, end = words[each.first].start, words[each.stop - 1].end
        day, sure = each.meaning
        if day == NO_DAY:
            continue
        if known.capitals and not sure and not text[start].isupper():
            continue
        link = _link(text[days[-1].end : start], known) if days else ""
        days.append(Moment(start=start, end=end, kind=Kind.WEEKDAY, weekday=day, sure=sure, link=link))
        loose.append(words[each.first].text in known.loose)
    for place, named in enumerate(days):
        joint = bool(named.link and named.weekday != days[place - 1].weekday) or (
            place + 1 < len(days) and bool(days[place + 1].link) and days[place + 1].weekday != named.weekday
        )
        sure = named.sure or (joint and (not loose[place] or _ends_group(text, days, place, known)))
        if sure or joint or loose[place] or _marked(text, named.end):
            yield replace(named, sure=sure)
    for several in known.several.all(words):
        yield Moment(
            start=words[several.first].start, end=words[several.stop - 1].end, kind=Kind.SEVERAL_DAYS,
            days=SEVERAL[several.meaning],
        )  # fmt: skip


def _lettered(text: str, letters: str) -> Iterator[Moment]:
    """Yield the two ends of a range of days that are written with one letter each: L-V."""
    for match in re.finditer(rf"(?<!\w)([{letters}])\s?[{DASHES}]\s?([{letters}])(?!\w)", text):
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


def _ends_group(text: str, days: Sequence[Moment], place: int, known: CalendarWords) -> bool:
    """Tell whether no noun follows the last of words that may be ordinals: "segunda a sexta", not "segunda edição"."""
    while place + 1 < len(days) and days[place + 1].link:
        place += 1
    if days[place].sure:
        return True
    behind = re.match(r"\s?(?:[^\w\s]|\d|$|(?P<word>\w+))", text[days[place].end : days[place].end + 24])
    return behind is not None and (not behind["word"] or behind["word"].lower() in known.behind)


def _marked(text: str, end: int) -> bool:
    return re.match(r"\s?(?:[^\w\s]|\d|$)", text[end : end + 2]) is not None


def _link(gap: str, known: CalendarWords) -> str:
    """Return how two days hang together, by what stands between their names."""
    inner = gap.strip(" .)(\u00a0").lower()
    if not inner:
        return ""
    if inner in DASHES or (inner in known.range and inner not in {"e", "o"}):
        return "range"
    if inner in {",", "/", "&", "+", "、", "・"}:
        return "list"
    words = inner.replace(",", " ").split()
    if words and words[0] in known.range and all(word in known.range or word in known.list for word in words[1:]):
        return "range"
    return "list" if words and all(word in known.list for word in words) else ""
