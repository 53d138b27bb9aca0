"""The numbers of the source have to stand in the target, in either form of writing."""

import re
from collections import Counter

_GAP = "['’\u00a0\u202f\u2009 ]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:(?:{_GAP}\d{{3}})+|(?:\.\d{{3}})+|(?:,\d{{3}})+)(?!\d)")
# A grouped number, a row of more than two (a date, a version), or a number with or without decimals.
_NUMBER = re.compile(rf"(?<!\d){_GROUPED.pattern}(?:[.,]\d+)?|\d+(?:[.,]\d+){{2,}}|\d+(?:[.,]\d+)?")
_ARABIC_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": ","})


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
    return [number for match in _NUMBER.finditer(_western(text)) for number in _normalized(match[0])]


def _western(text: str) -> str:
    """Write the digits of every script as 0-9, and the Arabic separators as ours."""
    return "".join(str(int(char)) if char.isdecimal() else char for char in text.translate(_ARABIC_SEPARATORS))


def _normalized(number: str) -> list[str]:
    """Return the number, or the several that a row like 01.11.2026 is; decimals that are all zeros say nothing."""
    grouped = _GROUPED.match(number)
    whole = re.sub(r"\D", "", grouped[0]) if grouped else ""
    parts = re.split("[.,]", number[grouped.end() :] if grouped else number)
    if len(parts) > 2:  # noqa: PLR2004  more than a whole number and its decimals
        return [part for part in (whole, *parts) if part]
    decimals = parts[1] if len(parts) > 1 and parts[1].strip("0") else ""
    return [".".join(filter(None, (whole or parts[0], decimals)))]
