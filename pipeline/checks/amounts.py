"""An amount keeps the currency that stands at it: 500 euros or 600 dollars are not 500 dollars or 600 euros."""

import re
from collections import defaultdict

from babel import Locale

from pipeline.checks.magnitudes import scaled
from pipeline.checks.number_spellings import NUMBER, normalized

# As written at a number, where "libras" and "pounds" are money unless the source weighs something.
_AT_NUMBER = {
    "real": r"R\$|BRL|rea(?:l|is|les|ls)(?!\w)|réa(?:l|is|ux|ls)(?!\w)|レアル|雷亚尔",
    "dollar": r"\w{0,3}\$|USD|CAD|AUD|NZD|d[oó]l{1,2}[aá]r\w{0,4}|доллар\w*|دولار(?!\w)|ドル|美元|달러",
    "euro": r"€|EUR|eur[oó]s?(?!\w)|يورو|ユーロ|欧元|유로|евро",
    "pound": r"£|GBP|libras?(?!\w)|livres?(?!\w)|pounds?(?!\w)|Pfund|sterline|lliures|pond(?!\w)|ポンド",
    "yen": r"[¥￥円]|JPY|yen(?:es|s)?(?!\w)|ienes?(?!\w)",
    "franc": r"CHF|francs?(?!\w)|francos?(?!\w)|Franken|franchi",
    "rupee": r"₹|INR|rupees?(?!\w)|r[uú]pias?(?!\w)|roupies?(?!\w)|Rupien",
}
# Any other currency by its code.
_ISO_CODES = "|".join(sorted(map(str, Locale("en").currencies)))
_AT_NUMBER["code"] = rf"(?-i:{_ISO_CODES})(?!\w)"
_CURRENCY = "|".join(f"(?P<{{0}}{name}>{words})" for name, words in _AT_NUMBER.items())
# What names a currency at a number, for whoever looks past it.
ANY_CURRENCY = "|".join(f"(?:{words})" for words in _AT_NUMBER.values())
_NUMBER = rf"(?<!\d)(?>{NUMBER.pattern})"
_AMOUNT = re.compile(
    rf"(?<!\w)(?:{_CURRENCY.replace('{0}', 'before_')})\s?(?P<first>{_NUMBER})"
    rf"|(?P<second>{_NUMBER})\s*(?:de |di |d['’]|na )?(?:{_CURRENCY.replace('{0}', 'after_')})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def currencies_of_amounts(text: str, language: str = "") -> dict[str, set[str]]:
    """Return the currencies that stand at each amount of a text.

    >>> currencies_of_amounts("€1.5M or 200 mil libras", "pt")
    {'1500000': {'euro'}, '200000': {'pound'}}
    """
    found: dict[str, set[str]] = defaultdict(set)
    if _DIGIT.search(text):
        for match in _AMOUNT.finditer(scaled(text, language)):
            names = (name for name in match.groupdict() if "_" in name and match[name])
            name = next(names)
            currency = match[name] if name.endswith("_code") else name.partition("_")[2]
            found["-".join(normalized(match["first"] or match["second"]))].add(currency)
    return dict(found)


def swapped_currency(source: str, target: str, languages: tuple[str, str] = ("", "")) -> str:
    """Say which amount of the source stands in the target with another currency, or "" if none does.

    >>> swapped_currency("EUR 500 or USD 600", "500 dólares ou 600 euros")
    '500 in dollar for euro'
    """
    before = currencies_of_amounts(source, languages[0])
    after = currencies_of_amounts(target, languages[1]) if before else {}
    for amount, currencies in before.items():
        if other := after.get(amount, set()) - currencies:
            return f"{amount} in {', '.join(sorted(other))} for {', '.join(sorted(currencies))}"
    return ""
