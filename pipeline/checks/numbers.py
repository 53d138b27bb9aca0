"""The numbers of the source have to stand in the target, in either form of writing."""

import re
from collections import Counter
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.checks import clocks
from pipeline.checks.comparing import told
from pipeline.checks.counted_days import without_counted_days
from pipeline.checks.dates import month_numbers
from pipeline.checks.magnitudes import READ_LANGUAGES, READINGS, has_magnitude, worded_magnitudes
from pipeline.checks.number_formats import mixed_formats
from pipeline.checks.number_phrases import without_round_the_clock
from pipeline.checks.number_spellings import numbers, western, without_zeros
from pipeline.checks.number_words import worded_numbers

_DIGIT = re.compile(r"\d")
# Languages without articles count where others say "a" or "no": one line, not one of them, once more.
_COUNTED_ONE = re.compile(r"(?<!\d)1 ?(?=[つ個人名件行回度株種本枚台社増商个條条])")
# "A day" is 1日 in Japanese.
_PER = re.compile(r"/|\bper\b|ly\b")
_ONE_PERIOD = re.compile(r"(?<!\d)1(?=日|時間|小时|週|周|か月|ヶ月|カ月|个月|年)")
# A number that is no part of a time, a date or a larger number: only such a one stands for a word.
_STANDING_FREE = re.compile(r"(?<![\d:.,/hH])(?:0|100|1[.,]5|[1-9]\d?)(?![\d:/]|[.,]\d)")
_MIDNIGHT = re.compile(r"\b12(?::00)? ?a\.?\s?m\b", re.IGNORECASE)
_HOUR = re.compile(r"[1-9]|1[01]")
_TIME = re.compile(r"\d{1,2}\.\d\d")


class Pair(NamedTuple):
    """The languages of a source and its target, "" where they are not known."""

    source: str = ""
    target: str = ""


UNKNOWN = Pair()


def changed_numbers(source: str, target: str, languages: Pair = UNKNOWN) -> str:
    """Name the numbers that are in one text and not in the other, or else those in the wrong half of a day or form.

    >>> changed_numbers("up to €60,000 for 37.5 hours", "até 60.000 euros por 37,5 horas")
    ''
    >>> changed_numbers("2 references", "3 referências")
    'missing 2, added 3'
    >>> changed_numbers("3.2 billion", "3,2 billones", Pair("en", "es"))
    'missing 3200000000, added 3200000000000'
    """
    missing, added = _unmatched(source, target, languages)
    changed = told(missing - worded_numbers(target) if missing else missing, added)
    if changed or not _DIGIT.search(source):
        return changed
    read = languages.target in clocks.READ_LANGUAGES
    return clocks.changed_half_days(source, target, read=read) or mixed_formats(source, target)


def numbers_in_words(source: str, target: str, languages: Pair = UNKNOWN) -> str:
    """Name the numbers that the target writes in words, or "" if there is none.

    >>> numbers_in_words("2 references", "duas referências")
    'in words: 2'
    """
    missing, _ = _unmatched(source, target, languages)
    found = missing & worded_numbers(target) if missing else missing
    return f"in words: {', '.join(sorted(found.elements()))}" if found else ""


@lru_cache(maxsize=256)
def _unmatched(source: str, target: str, languages: Pair) -> tuple[Counter[str], Counter[str]]:
    """Count the numbers that only one text has, without those that the other writes in another way.

    Two checks ask this of one pair in a row.
    """
    if not _DIGIT.search(source) and not _DIGIT.search(target):
        return _otherwise_worded(source, target, languages)
    before, after = Counter(numbers(source)), Counter(numbers(target))
    magnified = has_magnitude(source, languages.source) or has_magnitude(target, languages.target)
    if before == after:
        return _otherwise_scaled(source, target, languages) if magnified else (Counter(), Counter())
    source, target = without_counted_days(*without_round_the_clock(source, target))
    before, after = Counter(numbers(source)), Counter(numbers(target))
    if magnified:
        near = _nearest(source, target, languages)
        if near.distance < _distance(before, after):
            before, after = near.before, near.after
    missing, added = before - after, after - before
    missing, added = missing - month_numbers(target), added - month_numbers(source)
    worded = worded_numbers(source)
    if _COUNTED_ONE.search(target) or (_PER.search(source) and _ONE_PERIOD.search(target)):
        worded["1"] += 1
    free = {number.replace(",", ".") for number in _STANDING_FREE.findall(western(target))}
    added = Counter({number: count for number, count in added.items() if number not in worded or number not in free})
    return _without_clocks(*_without_dotted(missing, added), source, target)


def _otherwise_scaled(source: str, target: str, languages: Pair) -> tuple[Counter[str], Counter[str]]:
    """Count the numbers that are the same only as long as nobody reads the word behind them: 2 million, 2 mil."""
    if not set(languages) <= READ_LANGUAGES:
        return Counter(), Counter()
    near = _nearest(source, target, languages)
    return near.before - near.after, near.after - near.before


def _otherwise_worded(source: str, target: str, languages: Pair) -> tuple[Counter[str], Counter[str]]:
    """Count what differs where both texts write numbers of scale in words: three million, três mil."""
    before = Counter(worded_magnitudes(source, languages.source))
    after = Counter(worded_magnitudes(target, languages.target)) if before else before
    return (before - after, after - before) if len(before) == len(after) else (Counter(), Counter())


class _Reading(NamedTuple):
    """The numbers of both texts with their magnitudes, read in one of the ways that they can be."""

    before: Counter[str]
    after: Counter[str]

    @property
    def distance(self) -> int:
        return _distance(self.before, self.after)


def _nearest(source: str, target: str, languages: Pair) -> _Reading:
    """Read "5 to 10 thousand" as 5 and 10,000 or as 5,000 and 10,000, whichever agrees better with the other text."""
    befores = [Counter(numbers(way(source, languages.source))) for way in READINGS]
    afters = [Counter(numbers(way(target, languages.target))) for way in READINGS]
    readings = [_Reading(before, after) for before, after in product(befores, afters)]
    return min(readings, key=lambda reading: reading.distance)


def _distance(before: Counter[str], after: Counter[str]) -> int:
    return ((before - after) + (after - before)).total()


def _without_dotted(missing: Counter[str], added: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """Let 8.30 on one side stand for 8 and 30 on the other: a time of day."""
    for one, other in ((missing, added), (added, missing)):
        for number in filter(_TIME.fullmatch, list(one)):
            parts = Counter(without_zeros(part) for part in number.split("."))
            if parts <= other:
                one.subtract([number])
                other.subtract(parts)
    return +missing, +added


def _without_clocks(
    missing: Counter[str], added: Counter[str], source: str, target: str
) -> tuple[Counter[str], Counter[str]]:
    """Let 2 pm on one side stand for 14 on the other, and 12 am for nought; 2 am stays 2."""
    if _MIDNIGHT.search(f"{source} {target}"):
        for one, other in ((missing, added), (added, missing)):
            if one["12"] > 0 and other["0"] > 0:
                one.subtract(["12"])
                other.subtract(["0"])
    if not missing or not added:
        return +missing, +added
    for one, other, text in ((missing, added, source), (added, missing, target)):
        if not clocks.names_afternoon(text):
            continue
        early = clocks.half_days(text)
        for number in filter(_HOUR.fullmatch, list(one)):
            later = str(int(number) + clocks.HALF_DAY)
            if other[later] > 0 and one[number] > early[int(number), clocks.AM]:
                one.subtract([number])
                other.subtract([later])
    return +missing, +added
