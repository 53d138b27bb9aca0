"""What a subscript or superscript makes with the word it stands at: H<sub>2</sub>O, 10<sup>3</sup>, m<sup>2</sup>."""

import re
from collections import Counter

from pipeline.model.patterns import lazy_pattern

# Numbers, units and symbols are raised and lowered. Behind a longer word or number the figure is that of a note, and
# the letters of 1<sup>st</sup>, n<sup>o</sup> and M<sup>me</sup> are words of a language: all of that is translated.
_SHORT = r"[(\[]?(?:[a-z]{0,3}[A-Z][A-Za-z]{0,4}|[a-z]{1,3}|[α-ωΔΣ])[)\]]?"
_RAISABLE = r"(?:\d{1,4}|[µnmcdk]?m|ft|in|yd|s|h|l|kg|[A-Z][a-z]?|[α-ωΔΣ])"
_SIGN = r"[+\-\u2212\u2013]"
_RAISED = rf"<sup>(?:{_SIGN}?\d{{1,3}}{_SIGN}?|{_SIGN}|[nxk])</sup>"
_LOWERED = r"<sub>[A-Za-z0-9.,+\-\u2212\u2013]{1,8}</sub>"
_TRADE_MARK = r"<sup>(?:TM|SM|MC|[®™℠©])</sup>"
_FORMULA = lazy_pattern(
    rf"(?<![\w.,])(?:(?:{_SHORT}{_LOWERED}|{_RAISABLE}{_RAISED})(?:[A-Za-z0-9()\[\]]{{0,4}}(?:{_LOWERED}|{_RAISED}))*"
    rf"(?:[A-Za-z]{{1,2}}(?![\w<]))?|(?:\w+[&.-]){{0,3}}\w+{_TRADE_MARK})"
)
_FIGURE = re.compile(rf"<(su[bp])>{_SIGN}?\d+{_SIGN}?</\1>")


def formula_spans(text: str) -> list[tuple[int, int]]:
    """Return where numbers and symbols stand with what is raised or lowered at them, tags and all.

    >>> formula_spans("CO<sub>2</sub> at the 1<sup>st</sup> go")
    [(0, 14)]
    """
    return [match.span() for match in _FORMULA.finditer(text)] if "<su" in text else []


def moved_formulas(source: str, target: str) -> str:
    """Name the formulas, or the raised and lowered figures, that the target does not have; "" if all are there.

    >>> moved_formulas("10<sup>6</sup> cells", "10 células<sup>6</sup>")
    'missing 10<sup>6</sup>'
    """
    if "<su" not in source:
        return ""
    for pattern in (_FORMULA, _FIGURE):
        missing = _found(pattern, source) - _found(pattern, target)
        if missing:
            return f"missing {', '.join(sorted(missing.elements()))}"
    return ""


def _found(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """Return what is found, with the decimal point of English: PM<sub>2,5</sub> is PM<sub>2.5</sub> elsewhere."""
    return Counter(match[0].replace(",", ".") for match in pattern.finditer(text))
