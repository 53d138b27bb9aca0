"""The words of one language for dates, weekdays and times: those of CLDR and of its data file, made once a language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from babel import Locale

from pipeline.language.knowledge import knowledge
from pipeline.language.lexicon import locale_of
from pipeline.language.moment import NOON
from pipeline.language.words import Phrases, words_of

DASHES: Final = "-–—~〜～"
NO_DAY: Final = -1
SEVERAL: Final = {"workdays": frozenset(range(5)), "weekend": frozenset({5, 6})}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """The words of a language for moments.

    `clocks` stand behind an hour of the day only, `at_hour` before one where what stands behind says nothing.
    `signed_dates` are those of 2027年3月5日; `compounding` tells that a word may begin with a day: Montagabend.
    """

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
    clocks: frozenset[str]
    hours: frozenset[str]
    at_hour: frozenset[str]
    signed_dates: bool
    twelve_hours: bool
    month_first: bool


@cache
def calendar_words(language: str) -> CalendarWords:
    """Return the words of a language."""
    table, locale = knowledge(language).table("calendar"), locale_of(language)
    wide = _names(locale, "months", "wide")
    short = {**_names(locale, "months", "abbreviated"), **table.get("short_months", {})}
    months = {**short, **wide, **table.get("months", {})}
    signed = bool(knowledge(language).table("writing").get("signed_dates"))
    if signed:
        months = {}
    weekdays = _weekday_names(locale, table, signed=signed)
    noon = [(phrase, NOON) for phrase in table.get("noon", ())] + [(phrase, 0) for phrase in table.get("midnight", ())]
    several = [(phrase, name) for name in SEVERAL for phrase in table.get(name, ())]
    halves = {
        form: half for half in ("am", "pm") for phrase in table.get(half, ()) for form in (phrase, phrase.rstrip("."))
    }
    clocks, hours = table.get("clock", ()), table.get("hours", ())
    phrases = [*months, *weekdays, *(phrase for phrase, _ in (*noon, *several))]
    firsts = [words.ordered[0] for words in map(words_of, phrases) if words]
    return CalendarWords(
        months=Phrases(months.items()),
        weekdays=Phrases(weekdays.items()),
        loose=frozenset(words_of(name).ordered[0] for name in table.get("loose_weekdays", ())),
        several=Phrases(several),
        noon=Phrases(noon),
        openers=frozenset(firsts),
        beginnings=frozenset(first[:3] for first in firsts),
        compounding=bool(table.get("compounding_days")),
        doubtful=frozenset(table.get("doubtful_months", ())),
        short_months=frozenset(name for name in short if name not in wide),
        before_month=frozenset(table.get("before_month", ())),
        date_words=frozenset(table.get("date_words", ())),
        range=frozenset(table.get("range", ())),
        list=frozenset(table.get("list", ())),
        behind=frozenset(table.get("behind", ())),
        capitals=bool(table.get("capitals")),
        letters=str(table.get("letters", "")),
        clock=_clock_pattern((*clocks, *hours), halves, table.get("range", ())),
        halves=halves,
        before_time=frozenset(table.get("before_time", ())),
        clocks=frozenset(clocks),
        hours=frozenset(hours),
        at_hour=frozenset(table.get("at_hour", ())),
        signed_dates=signed,
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


def _weekday_names(locale: Locale | None, table: Mapping[str, Any], *, signed: bool) -> dict[str, tuple[int, bool]]:
    """Return names of weekdays with the day and whether the name is one wherever it stands.

    Words that only begin like one are NO_DAY: all 22 German words of ESCO and MELO with Montag- are about assembly.
    """
    names: dict[str, tuple[int, bool]] = dict.fromkeys(table.get("no_days", ()), (NO_DAY, False))
    if locale:
        for form in ("format", "stand-alone"):
            for width, sure in (("wide", True), ("abbreviated", False)):
                for day, name in locale.days[form].get(width, {}).items():
                    low = name.lower().rstrip(".")
                    if sure and table.get("compounding_days"):
                        names.setdefault(f"{low}*", (day, True))
                    if len(low) > 1 and not (sure and signed and len(low) == 1):
                        names.setdefault(low, (day, sure))
                    if sure and low.isalpha() and table.get("days_in_s") and low[-1] != "s":
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
        rf"(?:(?P<first>{hour})(?:[:.h](?P<first_minute>[0-5]\d)(?P<first_min>(?<=h\d\d)min)?)?(?:\s?(?P<first_clock>{marks}))?(?P<between>\s?[{DASHES}]\s?|\s(?:{between})\s))?"
        rf"(?P<hour>{hour})(?:(?P<sign>:|\.|\s?h\s?)(?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?:(?<=h\d\d)min{end})?(?!\d|[.,:/]\d))?(?!\d)"
        rf"(?:\s?(?P<clock>{marks}){end})?(?:,?\s?(?P<half>{parts}){end}\.?)?"
    )
