"""A date keeps its month: by name in any language that CLDR knows here, or by number."""

import re
from collections import Counter
from functools import cache
from typing import Final

from babel import Locale

from pipeline.checks.comparing import told
from pipeline.checks.number_words import worded_numbers

# The languages whose names of months are looked for; a text is compared with every one of them at once.
_CODES = "en pt fr es de it nl ca gl ar ru pl sv da nb fi cs sk hu ro tr el uk bg hr sl lt lv et id vi"
_LANGUAGES: Final = tuple(_CODES.split())
# These write the number of the month.
READ_LANGUAGES: Final = frozenset({*_LANGUAGES, "ja", "zh", "ko"})
_MIN_NAME = 3
# Abbreviations that are words elsewhere: "set 3 goals", "verdienen Sie 12 Euro", "check out 2 shops".
_ORDINARY_WORDS = frozenset({"set", "sie", "out"})
# What may stand between a day or a year and the name of a month: "5th of March", "5. März", "5 de marzo de 2027".
_BETWEEN = r"(?:\.|,|º|ª|er|st|nd|rd|th)?[\s\u00a0]*(?:d[eo']l?|of|من)?[\s\u00a0]*"
_DENSE_MONTH = re.compile(r"(?<!\d)(\d{1,2})[\s\u00a0]?[月월]")
_SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_DIGIT = re.compile(r"\d")


def changed_dates(source: str, target: str) -> str:
    """Name the months of dates that are in one text and not in the other, or "" if they agree.

    >>> changed_dates("by 15 January 2027", "até 15 de março de 2027")
    'missing month 1, added month 3'
    >>> changed_dates("by 15 January 2027", "bis 15.1.2027")
    ''
    """
    if not _DIGIT.search(source):
        return ""
    before, after = month_numbers(source), month_numbers(target)
    if before == after:
        return ""
    # What may be another word excuses a month and is none that is missed.
    missing, added = _sure_months(source) - after, _sure_months(target) - before
    # A month that the other side writes as a number is still the same month; its day, or another number of both sides,
    # is none, unless this side writes that in words.
    source_numbers, target_numbers = _plain_numbers(source), _plain_numbers(target)
    missing -= target_numbers - (source_numbers - worded_numbers(target))
    added -= source_numbers - (target_numbers - worded_numbers(source))
    return told(_as_months(missing), _as_months(added))


def month_numbers(text: str) -> Counter[str]:
    """Count the months that stand by name beside a number.

    >>> month_numbers("from March 5, 2027 to 1 June")
    Counter({'3': 1, '6': 1})
    """
    found = Counter(match[1].lstrip("0") for match in _DENSE_MONTH.finditer(text))
    for match in _pattern().finditer(text.casefold()):
        found[_months()[match[1] or match[2]]] += 1
    return found


def _sure_months(text: str) -> Counter[str]:
    doubtful = [match[1] or match[2] for match in _pattern().finditer(text.casefold())]
    return month_numbers(text) - Counter(_months()[name] for name in doubtful if name in _ORDINARY_WORDS)


def _as_months(numbers: Counter[str]) -> Counter[str]:
    return Counter({f"month {number}": count for number, count in numbers.items()})


def _plain_numbers(text: str) -> Counter[str]:
    return Counter(str(int(number)) for number in _SHORT_NUMBER.findall(text))


@cache
def _months() -> dict[str, str]:
    """Return the number of every name of a month, in full and abbreviated, without an abbreviation's point."""
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for form in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                for number, name in Locale(language).months[form][width].items():
                    spelled = name.casefold().rstrip(".").removeprefix("de ").removeprefix("d’")
                    if len(spelled) >= _MIN_NAME and not spelled[0].isdecimal():
                        names.setdefault(spelled, str(number))
    return names


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(rf"(?<=\d){_BETWEEN}\b({names})\b|\b({names})\b(?=\.?,?[\s\u00a0]*(?:de[\s\u00a0]+)?\d)")
