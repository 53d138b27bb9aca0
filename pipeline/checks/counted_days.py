"""Portuguese counts its working days: 2.ª a 6.ª are Monday to Friday, and no numbers."""

import re
from functools import cache
from typing import Final

from babel import Locale

_CODES = "en pt fr es de it nl ca gl ar ru pl sv da nb ja zh ko"
_LANGUAGES: Final = tuple(_CODES.split())
# Beside another one, or before "feira"; one alone may be a second edition.
_COUNTED = re.compile(
    r"(?<!\d)(?P<from>[2-6])\.?ª(?:[- ]feiras?)?(?: ?[-–,/] ?| (?:a|à|e|ou|até) )(?P<to>[2-6])\.?ª(?:[- ]feiras?)?"
    r"|(?<!\d)(?P<day>[2-6])\.?ª[- ]feiras?"
)
_FIRST = 2
_MIN_NAME = 3


def without_counted_days(source: str, target: str) -> tuple[str, str]:
    """Take the days that one text counts out of it where the other text names them.

    >>> without_counted_days("De 2.ª a 6.ª, 8 horas", "Monday to Friday, 8 hours")
    ('De , 8 horas', 'Monday to Friday, 8 hours')
    """
    if "ª" not in source and "ª" not in target:
        return source, target
    return _without(source, target), _without(target, source)


def _without(text: str, other: str) -> str:
    low = other.casefold()

    def named(match: re.Match[str]) -> str:
        days = [int(figure) - _FIRST for figure in match.groups() if figure]
        return "" if all(_names(day).search(low) for day in days) else match[0]

    return _COUNTED.sub(named, text)


@cache
def _names(day: int) -> re.Pattern[str]:
    """Return what finds a day by its name, Monday being 0, as CLDR has it."""
    found = {
        Locale(language).days[form][width][day].casefold().rstrip(".")
        for language in _LANGUAGES
        for form in ("format", "stand-alone")
        for width in ("abbreviated", "wide")
    }
    dense = "|".join(sorted(re.escape(name) for name in found if name[0] >= "\u3000" and len(name) > 1))
    words = "|".join(sorted(re.escape(name) for name in found if len(name) >= _MIN_NAME and name[0] < "\u3000"))
    return re.compile(rf"(?<![^\W\d_])(?:{words})s?(?![^\W\d_])|{dense}")
