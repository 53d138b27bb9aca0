"""How numbers are written: the digits of every script, grouping signs, decimals."""

import re

GAP = "['’\u00a0\u202f\u2009 ]"
# Groups of three, or of two as in India, and decimals behind another sign than the one between groups.
_GROUPED = (
    rf"\d{{1,3}}(?:(?:{GAP}\d{{3}})+(?:[.,]\d+)?|(?:\.\d{{3}})+(?:,\d+)?|(?:,\d{{3}})+(?:\.\d+)?"
    r"|(?:,\d\d)+,\d{3}(?:\.\d+)?)(?!\d|[.,]\d)"
)
# A grouped number, a row of more than two (a date, a version), or a number with or without decimals.
NUMBER = re.compile(rf"(?<!\d){_GROUPED}|\d+(?:[.,]\d+){{2,}}|\d+(?:[.,]\d+)?")
_WITH_GROUPS = re.compile(_GROUPED)
_GROUPS_AND_DECIMALS = re.compile(rf"(?P<groups>\d+(?:{GAP}\d+)+|\d+(?:\.\d+)+|\d+(?:,\d+)+)(?:[.,](?P<decimals>\d+))?")
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
    grouped = _GROUPS_AND_DECIMALS.fullmatch(number) if _WITH_GROUPS.fullmatch(number) else None
    if grouped:
        return [_with_decimals(re.sub(r"\D", "", grouped["groups"]), grouped["decimals"] or "")]
    parts = re.split("[.,]", number)
    if len(parts) > 2:  # noqa: PLR2004  more than a whole number and its decimals
        return [without_zeros(part) for part in parts]
    return [_with_decimals(parts[0], "".join(parts[1:]))]


def _with_decimals(whole: str, decimals: str) -> str:
    return ".".join(filter(None, (without_zeros(whole), decimals if decimals.strip("0") else "")))


def without_zeros(digits: str) -> str:
    """Take the zeros before a whole number off."""
    return digits.lstrip("0") or "0"
