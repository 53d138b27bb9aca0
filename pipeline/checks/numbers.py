"""Do the numbers of the source stand in the target, in either form of writing?"""

import re
from collections import Counter

_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+$")
_GAPS = re.compile("['’\u00a0\u202f ]")


def changed_numbers(source: str, target: str) -> str:
    """Name the numbers that are in one text and not in the other, or "" if they agree.

    >>> changed_numbers("up to €60,000 for 37.5 hours", "até 60.000 euros por 37,5 horas")
    ''
    >>> changed_numbers("2 references", "3 referências")
    'missing 2, added 3'
    """
    before, after = Counter(numbers(source)), Counter(numbers(target))
    told = [
        f"{word} {', '.join(sorted(found.elements()))}"
        for word, found in (("missing", before - after), ("added", after - before))
        if found
    ]
    return ", ".join(told)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in one spelling: no grouping, a point before decimals."""
    return [_normalized(match[0]) for match in _NUMBER.finditer(_western(text))]


def _western(text: str) -> str:
    """Write the digits of every script as 0-9."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _normalized(number: str) -> str:
    if _GROUPED.match(number):
        return re.sub(r"\D", "", number)
    bare = _GAPS.sub("", number)
    whole, separator, decimals = bare.rpartition("," if bare.rfind(",") > bare.rfind(".") else ".")
    return f"{re.sub(r'[.,]', '', whole)}.{decimals}" if separator else bare
