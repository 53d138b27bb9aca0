"""Signs that say something between words and amounts: an engine that drops one changes the sentence."""

import re
from collections import Counter

from pipeline.checks.comparing import told
from pipeline.model.spans import SIGN

_CURRENCY = "[€$£¥₹%]"
# From one amount to another: "60.000 € – 75.000 €", "€60k–€75k".
_RANGE = re.compile(rf"(?:\d|{_CURRENCY})[ \u00a0\u202f]?[–—-][ \u00a0\u202f]?{_CURRENCY}?[ \u00a0\u202f]?\d")
# Two amounts side by side with nothing that says what lies between them.
_SIDE_BY_SIDE = re.compile(rf"\d[ \u00a0\u202f]?{_CURRENCY}\s+{_CURRENCY}?\d|\d\s+{_CURRENCY}[ \u00a0\u202f]?\d")


def lost_signs(source: str, target: str) -> str:
    """Name the arrows and signs of the source that are not in the target.

    >>> lost_signs("§ 34a, A → B", "section 34a, A B")
    'missing §, →'
    """
    missing = Counter(SIGN.findall(source)) - Counter(SIGN.findall(target))
    return told(missing, Counter()) if missing else ""


def lost_range(source: str, target: str) -> str:
    """Say that two amounts lost what made a range of them, be it a dash or a word.

    >>> lost_range("60.000 € – 75.000 €", "60.000 € 75.000 €"), lost_range("€5–€7", "de 5 € a 7 €")
    ('missing – between amounts', '')
    """
    if not _RANGE.search(source):
        return ""
    lost = len(_SIDE_BY_SIDE.findall(target)) > len(_SIDE_BY_SIDE.findall(source))
    return "missing – between amounts" if lost else ""
