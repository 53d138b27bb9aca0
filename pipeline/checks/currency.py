"""Does the target name the currencies of the source? Engines write a dollar for a euro and leave the amount."""

import re

# By sign, ISO 4217 code and the words of the languages that engines here speak; no word that also means something
# else, as "peso" and "reales" do. Every dollar has one sign; which one is meant stands around it.
_CURRENCIES = {
    "euro": r"€|\bEUR\b|\beuros?\b|\beuro\b|\bيورو\b|ユーロ",
    "dollar": r"(?<!R)\$|\b(?:USD|CAD|AUD|NZD|MXN)\b|\bd[oó]l(?:l?ar(?:e?s)?)\b|\bدولار\b|ドル",
    "pound": r"£|\bGBP\b|\bpounds? sterling\b|\blibras? esterlinas?\b|\blivres? sterling\b",
    "yen": r"[¥￥円]|\bJPY\b|\byens?\b|\bienes?\b|\byenes\b",
    "real": r"R\$|\bBRL\b|\breais\b",
    "franc": r"\bCHF\b|\bSchweizer Franken\b|\bfrancs? suisses?\b|\bSwiss francs?\b|\bfrancos? suíços?\b",
    "rupee": r"₹|\bINR\b|\brupees?\b|\brúpias?\b|\broupies?\b",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _CURRENCIES.items()}


def changed_currencies(source: str, target: str) -> str:
    """Name the currencies that are in one text and not in the other, or "" if they agree.

    >>> changed_currencies("$1,250 or €2,000", "$1.250 ou $2.000")
    'missing euro'
    >>> changed_currencies("€400 a year", "400 euros por ano")
    ''
    """
    before, after = _named(source), _named(target)
    told = [
        f"{word} {', '.join(sorted(names))}"
        for word, names in (("missing", before - after), ("added", after - before))
        if names
    ]
    return ", ".join(told)


def _named(text: str) -> set[str]:
    return {name for name, pattern in _PATTERNS.items() if pattern.search(text)}
