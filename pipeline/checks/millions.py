"""A small m behind an amount is a million: £3m are no metres."""

import re

from pipeline.checks.number_spellings import NUMBER

_SIGNS = "[€$£¥₹]"
_CODES = "(?:EUR|USD|GBP|CHF|AUD|CAD|NZD|BRL|JPY|INR)"
_NUMBER = rf"(?>{NUMBER.pattern})"
_END = r"(?![^\W_])"
_AMOUNT = re.compile(
    rf"(?:{_SIGNS}|(?<![A-Z]){_CODES})[ \u00a0]?{_NUMBER}(?:\s?(?:[-–—]|to)\s?{_SIGNS}?{_NUMBER})?[ \u00a0]?m{_END}"
    rf"|(?<![\w.,]){_NUMBER}[ \u00a0]?m"
    rf"(?=[ \u00a0]?(?:{_SIGNS}(?!\d)|{_CODES}{_END}|(?:euros?|dollars?|pounds?){_END}))"
)
_BARE = re.compile(rf"(?<![\w.,]){_NUMBER}m{_END}")
_MAY_HAVE = re.compile(r"\d[ \u00a0]?m(?![^\W_])")


def with_millions(text: str) -> str:
    """Write the m of amounts as M, which is no unit.

    >>> with_millions("£1.5m for a track of 400m")
    '£1.5M for a track of 400m'
    """
    return _AMOUNT.sub(_capital, text) if _MAY_HAVE.search(text) else text


def with_all_millions(text: str) -> str:
    """Write every m at a number as M where an amount has one: it may be a million there too.

    >>> with_all_millions("£1.5m and 3m users"), with_all_millions("3m wide")
    ('£1.5M and 3M users', '3m wide')
    """
    marked = with_millions(text)
    return text if marked == text else _BARE.sub(_capital, marked)


def _capital(match: re.Match[str]) -> str:
    return f"{match[0][:-1].rstrip()}M"
