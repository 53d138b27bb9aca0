"""Hours of half a day: 8 pm stays in the evening, as 8 pm, 20:00, 午後8時 or 8 da noite."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from babel import Locale

AM: Final = "am"
PM: Final = "pm"
HALF_DAY: Final = 12
# Before it, a night is one that ends; from it on, one that begins.
_FIRST_LATE_HOUR = 6
# What CLDR calls the parts of a day; noon and midnight are an hour, not the half of it that one is in.
_HALVES = (("am", AM), ("morning", AM), ("pm", PM), ("afternoon", PM), ("evening", PM), ("night", ""))
# As people write where CLDR has one form only.
_MORE: Final = dict.fromkeys(("am", "früh", "in der früh", "am morgen", "de la matinée", "de la mañana"), AM) | (
    dict.fromkeys(("pm", "am nachmittag", "am abend", "à tarde", "à noite", "por la tarde"), PM)
)
# The languages that are read; a text is compared with every one of them at once.
_CODES = "en pt fr es de it nl ca gl ar ru pl sv da nb ja zh ko"
_LANGUAGES: Final = tuple(_CODES.split())
READ_LANGUAGES: Final = frozenset({"", *_LANGUAGES})
# A shorter name of an alphabet may be a word elsewhere, and so may one that CLDR shortens.
_MIN_NAME = 4
_ORDINARY_WORDS = frozenset({"form"})
_FIRST_OTHER_SCRIPT = "\u0600"
_FIRST_DENSE = "\u3000"
_MARKS = re.compile("[\u064b-\u0652]")
_GAPS = re.compile("[\u00a0\u202f]")
_POINTED = re.compile(r"(?<![^\W\d_])([ap])\.\s?m\b\.?")
_HOUR = r"(?<![\d:.,/])(?P<hour>0?[1-9]|1[01])(?:\s?[:.h]\s?(?P<minute>[0-5]\d))?"
_HOUR_WORD = r"(?:\s?(?:h|hrs?|horas?|heures?|uhr|ore|uur|час(?:а|ов)?|o'clock))?"
_DENSE_HOUR = r"\s?(?P<hour>0?[1-9]|1[01])(?:\s?[:：時点시]\s?(?P<minute>[0-5]\d))?(?!\d)"
# Whoever writes 17h means the morning by 8h.
_LATE_HOUR = re.compile(r"(?<![\d:.,])(?:1[3-9]|2[0-3]) ?(?:[h時点시]|:[0-5]\d|uhr)", re.IGNORECASE)
# A product manager is a PM too.
_NO_POSITION = r"(?! (?:roles?|positions?|jobs?|openings?|vacanc\w+|leads?|interns?|internships?)\b)"
_TWO_FIGURES = r"(?<!\d)0?{}(?!\d)"


def half_days(text: str) -> Counter[tuple[int, str]]:
    """Count the hours from one to eleven that a text puts into a half of the day.

    >>> half_days("from 9:30 am to 8 pm") == half_days("das 9h30 da manhã às 8 da noite")
    True
    """
    return Counter((int(match["hour"]), _half_of(match)) for match in _marked_hours(text))


def changed_half_days(source: str, target: str, *, read: bool = True) -> str:
    """Name the hours that are in the other half of the day, or in none where it was the later one, "" if none is.

    In a language whose words for the parts of a day are not `read` here, one that seems lost may be said.

    >>> changed_half_days("until 8 pm", "até às 8:00"), changed_half_days("until 8 pm", "até às 20h")
    ('missing 8 pm', '')
    """
    before, after = half_days(source), half_days(target)
    for hour, half in after if _LATE_HOUR.search(source) else ():
        if half == PM and (hour, half) not in before and _is_bare(hour, source):
            return f"added {hour} {half}"
    for hour, half in before:
        other = (hour, AM if half == PM else PM)
        if (hour, half) in after:
            continue
        if other in after and other not in before:
            return f"missing {hour} {half}, added {hour} {other[1]}"
        if read and half == PM and _is_bare(hour, target):
            return f"missing {hour} {half}"
    return ""


def names_afternoon(text: str) -> bool:
    """Tell whether a text names the second half of a day."""
    return _afternoon().search(_plain(text)) is not None


def in_24_hours(text: str) -> str:
    """Write the hours that are in a half of the day as 9:30 and 20:00.

    >>> in_24_hours("9:30 am – 8 pm")
    '9:30 – 20:00'
    """
    plain = _plain(text)
    for pattern in _patterns():
        plain = pattern.sub(_rewritten, plain)
    return plain


def _rewritten(match: re.Match[str]) -> str:
    hour = int(match["hour"]) + (HALF_DAY if _half_of(match) == PM else 0)
    return f"{hour}:{match['minute'] or '00'}"


def _is_bare(hour: int, text: str) -> bool:
    """Tell whether a text has an hour, does not have it as one of 24, and does not speak of an afternoon."""
    later = re.search(_TWO_FIGURES.format(hour + HALF_DAY), text)
    return not later and not names_afternoon(text) and re.search(_TWO_FIGURES.format(hour), text) is not None


def _marked_hours(text: str) -> list[re.Match[str]]:
    plain = _plain(text)
    patterns = _patterns()[:1] if plain.isascii() else _patterns()
    return [match for pattern in patterns for match in pattern.finditer(plain)]


def _half_of(match: re.Match[str]) -> str:
    named = _halves()[match["half"]]
    return named or (PM if int(match["hour"]) >= _FIRST_LATE_HOUR else AM)


def _plain(text: str) -> str:
    """Write what marks an hour in one way: small letters, plain spaces and apostrophes, am without points."""
    plain = _GAPS.sub(" ", text.casefold().replace("’", "'"))
    return _POINTED.sub(r"\1m", plain if plain.isascii() else _MARKS.sub("", plain))


@cache
def _halves() -> dict[str, str]:
    """Return the half of the day of every name that stands at an hour, "" where the hour decides."""
    return _named("format")


@cache
def _named(*forms: str) -> dict[str, str]:
    names = [
        (period.rstrip("0123456789"), _plain(name).rstrip("."))
        for language in _LANGUAGES
        for form in forms
        for width in ("abbreviated", "wide")
        for period, name in Locale(language).day_periods[form].get(width, {}).items()
    ]
    found = dict(_MORE)
    for beginning, half in _HALVES:
        for period, name in names:
            if period == beginning and _is_telling(name):
                found.setdefault(name, half)
    return found


def _is_telling(name: str) -> bool:
    return name not in _ORDINARY_WORDS and (len(name) >= _MIN_NAME or name[0] >= _FIRST_OTHER_SCRIPT)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    behind = _alternatives(_halves())
    before = _alternatives(name for name in _halves() if _is_dense(name))
    return (
        re.compile(rf"{_HOUR}{_HOUR_WORD}\s?(?P<half>{behind})(?![^\W\d_])\.?{_NO_POSITION}"),
        re.compile(rf"(?P<half>{before}){_DENSE_HOUR}[時点點分시분]?"),
    )


@cache
def _afternoon() -> re.Pattern[str]:
    names = [name for name, half in _named("format", "stand-alone").items() if half != AM]
    dense = _alternatives(filter(_is_dense, names))
    words = _alternatives(name for name in names if not _is_dense(name))
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])|{dense}")


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _is_dense(name: str) -> bool:
    return name[0] >= _FIRST_DENSE
