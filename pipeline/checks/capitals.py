"""Capitals: at the start, in acronyms, and not all over the target."""

import re
from collections import Counter

from pipeline.checks.comparing import told
from pipeline.model import spans

# Two to six capitals, perhaps with digits in or behind them.
_ACRONYM = re.compile(r"(?<![A-Za-z0-9À-ɏ.&'-])[A-Z][A-Z0-9]{1,5}(?![A-Za-z0-9À-ɏ&'-])")
# Ph.D., M.Sc., U.S., and initials: for such an abbreviation every language has its own word.
ABBREVIATION = re.compile(r"(?<![A-Za-z0-9_\u00c0-\u024f.])(?:[A-Z][a-z]{0,2}\.){2,}(?![A-Za-z0-9_\u00c0-\u024f])")
_MIN_LOUD_LETTERS = 12
# Quotes, brackets and tags may open a sentence; behind a number or a placeholder it goes on.
_OPENING = re.compile(r"^(?:[\s\"'“„«»‘‹(\[¿¡\u200e\u200f]|</?\w+[^<>]*>)+")
# Organizations, countries and offices whose acronym each language makes for itself.
_OWN_ACRONYMS = "UK US USA EU UN UAE HR IT AI CEO CFO CTO VAT GDPR NGO ID AM PM GST NATO SME DNA AIDS HIV QA FAQ OK"
_CURRENCIES = "EUR USD GBP CHF JPY BRL"  # `currency` compares these
_TRANSLATED = frozenset(f"{_OWN_ACRONYMS} {_CURRENCIES}".split())


def small_start(source: str, target: str) -> str:
    """Say that the target starts with a small letter where the source starts with a capital.

    >>> small_start("Bake bread", "assar pão")
    'starts with a small letter'
    """
    if not source[:1].isupper() or not target or target[0].isupper():
        return ""
    start = target if target[0].isalpha() else _OPENING.sub("", target, count=1)
    if not start[:1].islower():
        return ""
    # iOS, and a name that the source too writes small.
    name = spans.CODE_NAME.match(start) or spans.URL.match(start) or spans.EMAIL.match(start)
    return "" if name or start.split(maxsplit=1)[0] in source.split() else "starts with a small letter"


def loud_target(source: str, target: str) -> str:
    """Say that the target is all capitals and the source is not.

    >>> loud_target("Bake bread every night", "ASSAR PÃO TODA NOITE")
    'all capitals'
    """
    if not target.isupper() or source.isupper():
        return ""
    # A script without capitals is upper case as soon as it holds an acronym.
    return "all capitals" if sum(map(str.isupper, target)) >= _MIN_LOUD_LETTERS else ""


def lost_acronyms(source: str, target: str) -> str:
    """Name the acronyms and abbreviations that are not in the target; those that languages translate are left out.

    >>> lost_acronyms("SAP and GST", "sap e imposto"), lost_acronyms("A Ph.D.", "Ein Doktor")
    ('missing SAP', 'missing Ph.D.')
    """
    missing = Counter(short for short in ABBREVIATION.findall(source) if short not in target)
    missing += Counter(missing_acronyms(source, target))
    return told(missing, Counter()) if missing else ""


def missing_acronyms(source: str, target: str) -> set[str]:
    """Return those without dots."""
    found = set(_ACRONYM.findall(source)) - _TRANSLATED
    if not found or source.isupper():
        return set()
    return {acronym for acronym in found if acronym not in target}
