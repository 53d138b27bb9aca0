"""How numbers are written: the digits of every script, grouping signs, decimals."""

import re

GAP = "['’\u00a0\u202f\u2009 ]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:(?:{GAP}\d{{3}})+|(?:\.\d{{3}})+|(?:,\d{{3}})+)(?!\d)")
# A grouped number, a row of more than two (a date, a version), or a number with or without decimals.
NUMBER = re.compile(rf"(?<!\d){_GROUPED.pattern}(?:[.,]\d+)?|\d+(?:[.,]\d+){{2,}}|\d+(?:[.,]\d+)?")
_ARABIC_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": ","})
_FULL_HOUR = re.compile(r"(?<=\d)(?: ?[hH:] ?|\.)00(?!\d|[.,]\d)")
# Whoever has no raised figure writes m2 for square metres; its figure is no number.
_FLAT_POWER = re.compile(r"(?<![^\W\d_])([kcdm]?m)[23](?!\w)")


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in one spelling: no grouping, a point before decimals.

    >>> numbers("1.250,50 for 80 m2")
    ['1250.50', '80']
    """
    plain = _FLAT_POWER.sub(r"\1", _FULL_HOUR.sub("", western(text)))
    return [number for match in NUMBER.finditer(plain) for number in normalized(match[0])]


def western(text: str) -> str:
    """Write the digits of every script as 0-9, and the Arabic separators as ours."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text.translate(_ARABIC_SEPARATORS))


def normalized(number: str) -> list[str]:
    """Return the number, or the several that a row like 01.11.2026 is; decimals that are all zeros say nothing."""
    grouped = _GROUPED.match(number)
    whole = re.sub(r"\D", "", grouped[0]) if grouped else ""
    parts = re.split("[.,]", number[grouped.end() :] if grouped else number)
    if len(parts) > 2:  # noqa: PLR2004  more than a whole number and its decimals
        return [without_zeros(part) for part in (whole, *parts) if part]
    decimals = parts[1] if len(parts) > 1 and parts[1].strip("0") else ""
    return [".".join(filter(None, (without_zeros(whole or parts[0]), decimals)))]


def without_zeros(digits: str) -> str:
    """Take the zeros before a whole number off."""
    return digits.lstrip("0") or "0"
