"""Reads numbers that are written in figures: the digits of every script, grouping signs, decimals.

>>> figure("1.250,50"), figure("1,20,000"), figure("1 800"), figure("3.10")
((Decimal('1250.50'),), (Decimal('120000'),), (Decimal('1800'),), (Decimal('3.10'),))
>>> figure("1.2.3")
(Decimal('1'), Decimal('2'), Decimal('3'))
"""

import re
from decimal import Decimal

from pipeline.model.patterns import lazy_pattern

GAP = "['’\u00a0\u202f\u2009 ]"
# Groups of three, or of two as in India, and decimals behind another sign than the one between groups.
_GROUPED = (
    rf"\d{{1,3}}(?:(?:{GAP}\d{{3}})+(?:[.,]\d+)?|(?:\.\d{{3}})+(?:,\d+)?|(?:,\d{{3}})+(?:\.\d+)?"
    r"|(?:,\d\d)+,\d{3}(?:\.\d+)?)(?!\d|[.,]\d)"
)
# A grouped number, a row of more than two (a date, a version), or a number with or without decimals.
NUMBER = re.compile(rf"(?<!\d){_GROUPED}|\d+(?:[.,]\d+){{2,}}|\d+(?:[.,]\d+)?")
_WITH_GROUPS = re.compile(_GROUPED)
_PARTS = re.compile(rf"(?P<groups>\d+(?:{GAP}\d+)+|\d+(?:\.\d+)+|\d+(?:,\d+)+)(?:[.,](?P<decimals>\d+))?")
_FOREIGN_DIGIT = re.compile(r"[\u066b\u066c]|(?![0-9])\d")
# Without a sign from where the first of these stand there is none; a quick look before the search.
_BEYOND_EUROPE = lazy_pattern("[\u0660-\u1fff\ua000-\U0010ffff]")
_SEPARATORS = {"\u066b": ".", "\u066c": ","}


def western(text: str) -> str:
    """Write the digits of every script as 0-9 and the Arabic separators as ours; the length stays."""
    if text.isascii() or not _BEYOND_EUROPE.search(text):
        return text
    return _FOREIGN_DIGIT.sub(lambda match: _SEPARATORS.get(match[0]) or str(int(match[0])), text)


def figure(written: str) -> tuple[Decimal, ...]:
    """Return the value of a number, or the several that a row like 01.11.2026 is; none of what is no number.

    >>> figure("7 hundred")
    ()
    """
    if written.isdecimal():
        return (Decimal(written),)
    grouped = _PARTS.fullmatch(written) if _WITH_GROUPS.fullmatch(written) else None
    if grouped:
        whole = re.sub(r"\D", "", grouped["groups"])
        return (Decimal(f"{whole}.{grouped['decimals']}" if grouped["decimals"] else whole),)
    parts = re.split("[.,]", written)
    if not all(map(str.isdecimal, parts)):
        return ()
    return tuple(map(Decimal, parts)) if len(parts) > 2 else (Decimal(".".join(parts)),)  # noqa: PLR2004  decimals
