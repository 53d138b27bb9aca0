"""One text writes its numbers in one form: 1,800 beside 3.500 is a number that went wrong."""

import re

from pipeline.checks.number_spellings import western

# Grouped, with the sign between groups, or with decimals behind a sign; no part of a version, a date or a code.
_SIGNED = re.compile(
    r"(?<![\w.,:/-])(?P<figures>\d{1,3}(?:(?P<group>[.,])\d{3})(?:(?P=group)\d{3})*(?:(?!(?P=group))[.,]\d+)?"
    r"|\d+(?P<decimal>[.,])\d{1,2})(?![\w:/-]|[.,]\d)"
)
_DIGIT = re.compile(r"\d")


def mixed_formats(source: str, target: str) -> str:
    """Name a number that kept the sign of the source beside one that changed it, or "" where all do the same.

    >>> mixed_formats("1,800 kW or 3,500 GT", "1,800 kW ou 3.500 GT")
    'in two forms: 1,800, 3.500'
    >>> mixed_formats("1,800 kW or 3,500 GT", "1.800 kW ou 3.500 GT")
    ''
    """
    before = {_digits(match): _group_sign(match) for match in _SIGNED.finditer(western(source))}
    if len(before) <= 1 or len(set(before.values())) > 1:
        return ""
    kept, changed = "", ""
    for match in _SIGNED.finditer(western(target)):
        sign = before.get(_digits(match), "")
        if sign and sign != _group_sign(match):
            changed = match["figures"]
        elif sign and match["group"]:  # a version or a time of day may keep its point
            kept = match["figures"]
    return f"in two forms: {kept}, {changed}" if kept and changed else ""


def _digits(match: re.Match[str]) -> str:
    return "".join(_DIGIT.findall(match["figures"]))


def _group_sign(match: re.Match[str]) -> str:
    """Return the sign between groups in the form of a number: not the one before its decimals."""
    return match["group"] or ("," if match["decimal"] == "." else ".")
