"""Does the target name the currencies of the source? Engines write a dollar for a euro and leave the amount."""

import re
from functools import cache

from babel import Locale

from pipeline.checks.amounts import currencies_of_amounts, swapped_currency
from pipeline.checks.comparing import changed_kinds

# By sign, ISO 4217 code and the words of the languages that engines here speak; no word that also means something
# else, as "peso" and "reales" do. Every dollar has one sign; which one is meant stands around it.
_CURRENCIES = {
    "euro": r"€|\bEUR\b|\beur[oó](?!p)\w{0,2}\b|\b(?:ال)?يورو\b|ユーロ|欧元|유로|\bевро\b|ευρώ",
    "dollar": r"(?<!R)\$|\b(?:USD|CAD|AUD|NZD|MXN)\b|\bd[oó]ll?[aá]r\w{0,4}\b|\b(?:ال)?دولار\b"
    r"|ドル|美元|달러|\bдолл\w*|δολάρι",
    "pound": r"£|\bGBP\b|\bpounds? sterling\b|ポンド|جنيه\S* إسترليني|\blibras? esterlinas?\b|\blivres? sterling\b",
    "yen": r"[¥￥]|(?<=[\d万億千百])\s?円|\bJPY\b|\byens?\b|\bienes?\b|\byenes\b",
    "real": r"R\$|\bBRL\b|\breais\b",
    "franc": r"\bCHF\b|\bSchweizer Franken\b|\bfrancs? suisses?\b|\bSwiss francs?\b|\bfrancos? suíços?\b",
    "rupee": r"₹|\bINR\b|\brupees?\b|\br[uú]pias?\b|\broupies?\b",
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _CURRENCIES.items()}
# Without any of these a text names no currency: a quick look before the search.
_STEMS = {
    "euro": ("€", "eur", "يورو", "ユーロ", "欧元", "유로", "евро", "ευρώ"),
    "dollar": ("$", "usd", "cad", "aud", "nzd", "mxn", "dol", "dól", "دولار", "ドル", "美元", "달러", "долл", "δολάρι"),
    "pound": ("£", "gbp", "sterl", "esterl", "ポンド", "إسترليني"),
    "yen": ("¥", "￥", "円", "jpy", "yen", "iene"),
    "real": ("r$", "brl", "reais"),
    "franc": ("chf", "schweizer f", " suisse", "swiss f", " suíço"),
    "rupee": ("₹", "inr", "rup", "rúp", "roup"),
}
_KNOWN_CODES = frozenset(re.findall("[A-Z]{3}", " ".join(_CURRENCIES.values())))
# Any other currency is known by its code beside an amount.
_CODE = re.compile(r"(?<![A-Z])([A-Z]{3})(?=[\s\u00a0]?\d)|(?<=\d)[\s\u00a0]?([A-Z]{3})(?![A-Za-z])")
_AMBIGUOUS = frozenset({"pound", "real"})
_DIGIT = re.compile(r"\d")
_LANGUAGES = ("en", "pt", "fr", "es", "de", "it", "nl", "ca", "ar", "ja", "zh", "ru", "sv", "da", "pl")
_STEM_CHARS = 4
# These name the country first, and in a text not at all.
_DENSE = ("ja", "zh", "ko")
_MIN_DENSE_NAME = 2


def changed_currencies(source: str, target: str, languages: tuple[str, str] = ("", "")) -> str:
    """Name the currencies that are in one text and not in the other or changed their amounts, or "" if they agree.

    >>> changed_currencies("$1,250 or €2,000", "$1.250 ou $2.000")
    'missing euro'
    >>> changed_currencies("€400 a year", "400 euros por ano")
    ''
    """
    before, after = _named(source), _named(target)
    if doubtful := (before ^ after) & _AMBIGUOUS:
        # A word that may be a pound or a real is money where it stands at an amount, whatever it may mean elsewhere.
        before, after = before | _at_amounts(source, doubtful), after | _at_amounts(target, doubtful)
    missing = {code for code in _codes(source) if not _is_told(code, target)} if _DIGIT.search(source) else set()
    changed = changed_kinds(before | missing, after) if missing or before != after else ""
    return changed or (swapped_currency(source, target, languages) if before else "")


def _at_amounts(text: str, names: set[str]) -> set[str]:
    return names & set().union(*currencies_of_amounts(text).values())


def _named(text: str) -> set[str]:
    low = text.lower()
    named = (name for name, stems in _STEMS.items() if any(stem in low for stem in stems))
    return {name for name in named if _PATTERNS[name].search(text)}


def _codes(text: str) -> set[str]:
    found = (match[1] or match[2] for match in _CODE.finditer(text))
    return {code for code in found if code not in _KNOWN_CODES and code in _iso_codes()}


def _is_told(code: str, text: str) -> bool:
    """Tell whether a text names a currency by its code, its sign or the beginning of its name in some language."""
    low = text.casefold()
    return code in text or any(stem in low for stem in _stems(code))


@cache
def _iso_codes() -> frozenset[str]:
    return frozenset(Locale("en").currencies)


@cache
def _stems(code: str) -> frozenset[str]:
    locales = [Locale(language) for language in _LANGUAGES]
    words = [word for locale in locales for word in locale.currencies.get(code, code).casefold().split()[:1]]
    signs = [locale.currency_symbols.get(code, code).casefold() for locale in locales]
    stems = {word[:_STEM_CHARS] for word in (*words, *signs)}
    return frozenset(stems | {name for locale in map(Locale, _DENSE) if (name := _without_country(code, locale))})


def _without_country(code: str, locale: Locale) -> str:
    """Return what a currency is called without its country, which the code begins with, or "" where that may be any."""
    country = locale.territories.get(code[:2], "")
    name = locale.currencies.get(code, code).removeprefix(country).strip()
    return name if len(name) >= _MIN_DENSE_NAME else ""
