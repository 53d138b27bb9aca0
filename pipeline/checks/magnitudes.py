"""What stands behind a number and multiplies it: thousand, k, milhões, Mrd, 億; billions by the language's scale."""

import re
from functools import cache, partial
from typing import Final

from pipeline.checks.millions import with_all_millions, with_millions
from pipeline.checks.number_spellings import NUMBER, normalized, numbers, western
from pipeline.checks.number_words import NUMBER_OF

_END = r"(?![^\W\d_])"
_THOUSANDS = r"k|mil|milhar(?:es)?|millar(?:es)?|milliers?|thousands?|tausend|Tsd|mille|mila|migliaia|duizend"
_MILLIONS = r"Mio|mln|milh[ãõ]\w+|milli?[oó]n\w*|mili[oó]\w*|miljo\w+|миллион\w*|млн"
_CURRENCY_SIGNS = "€$£¥₹"
# Words that mean the same wherever they are used. The longer ones first: a thousand million is no thousand.
_EVERYWHERE: Final = {
    1_000_000_000: r"(?:mil|thousand|tausend|mila|mille) (?:milhões|millones|millóns|milions|million|Millionen|milioni)"
    rf"|mil(?:l?i|j)ard\w*|m(?:ld|rd)|bn|bilh[ãõ]\w+|млрд|миллиард\w*|مليارات?|(?-i:Mds?|B)(?=\s?[{_CURRENCY_SIGNS}])",
    1_000_000_000_000: r"bill[oó]n(?:es|s)?|bili[oóãõ]\w*|trilh[ãõ]\w+|триллион\w*",
    1_000_000: rf"{_MILLIONS}|(?-i:M)(?=\s?[{_CURRENCY_SIGNS}])|مليون|ملايين",
    10_000_000: "crores?",
    100_000: "lakhs?",
    1_000: rf"{_THOUSANDS}|tusen|tusind|tys|tysi[ąę]c\w*|тыс\w*|ألف|آلاف",
}
# A dense script runs on behind the word.
_DENSE: Final = {1_000_000: "百万|백만", 10_000: "万|萬|만", 100_000_000: "億|亿|억", 10**12: "兆|조", 1_000: "千|천"}
# The same spelling is a thousand times as much on the long scale.
_SHORT_SCALE: Final = {10**9: "billions?", 10**12: "trillions?"}
_LONG_SCALE: Final = {10**12: "billion(?:s|en|er)?", 10**18: "trillion(?:s|en|er)?"}
_LONG_SCALED = frozenset(["fr", "de", "nl", "sv", "da", "nb"])
_SHORT_PORTUGUESE: Final = {1_000_000: "mi", 1_000_000_000: "bi"}
LEAST_FACTOR = 1_000
# In other languages a word may multiply that is not known here.
_READ = "en pt gl es ca fr it de nl sv da nb pl ru ar ja zh ko"
READ_LANGUAGES = frozenset({"", *_READ.split()})
# An American savings plan.
_NO_AMOUNT = re.compile(r"(?<!\d)401 ?\(?k\)?(?!\w)", re.IGNORECASE)
# 1億5000万 is one number.
_IN_TWO_STEPS = re.compile(r"(\d{1,4})[億亿억] ?(\d{1,4})(?=[万萬만])")
# "Mil e 200", "2 mil 500"; "entre 2 mil e 500 mil" are two numbers.
_MIL_AND = re.compile(r"(?:(?<![\d.,])(\d{1,3}) )?\bmil (?:[ei] )?(\d{3})(?!\d|[.,]\d| (?:mil|milh))", re.IGNORECASE)
_COUNTING_IN_MIL = frozenset({"", "pt", "es", "gl", "ca"})
_RANGE_WORDS = r"\s?[-–—/~〜]\s?|\s(?:to|a|à|bis|e|y|et|und|and|or|ou|o|oder|até|hasta|til|до)\s"
_FIRST = rf"(?P<first>(?>{NUMBER.pattern}))"
_SPACE = r"[\s\u00a0\u202f-]?"


def scaled(text: str, language: str = "") -> str:
    """Write numbers with their magnitude as whole numbers.

    >>> scaled("3.2 billion", "en"), scaled("3,2 Billionen", "de"), scaled("5 mil milhões", "pt")
    ('3200000000 ', '3200000000000 ', '5000000000 ')
    """
    result = _IN_TWO_STEPS.sub(_sum_of_steps, _NO_AMOUNT.sub("401", with_millions(western(text))))
    if not _multiplied(language).search(result):
        return result
    for factor, pattern in _patterns(language):
        result = pattern.sub(partial(_product, factor), result)
    return result


def scaled_ranges(text: str, language: str = "") -> str:
    """Write numbers with their magnitude as whole numbers, also one that shares that of the next.

    >>> scaled_ranges("5 a 10 mil", "pt")
    '5000 a 10000 '
    """
    result = _NO_AMOUNT.sub("401", with_millions(western(text)))
    for factor, pattern in _range_patterns(language):
        result = pattern.sub(partial(_both_products, factor), result)
    return scaled(result, language)


def scaled_alike(text: str, language: str = "") -> str:
    """Write numbers with their magnitude as whole numbers, also what is counted as the amounts beside it are.

    >>> scaled_alike("£3m and 2m users", "en")
    '£3000000  and 2000000  users'
    """
    return scaled(with_all_millions(text), language)


def summed(text: str, language: str = "") -> str:
    """Write numbers with their magnitude as whole numbers, also what the last three figures add to a thousand.

    >>> summed("mil e 200 pessoas", "pt"), summed("2 mil 500", "es")
    ('1200 pessoas', '2500')
    """
    return scaled(_MIL_AND.sub(_sum_of_thousands, western(text)) if language in _COUNTING_IN_MIL else text, language)


# The ways to read a text, the usual one first.
READINGS: Final = (scaled, scaled_ranges, scaled_alike, summed)


def worded_magnitudes(text: str, language: str = "") -> list[str]:
    """Return the numbers that are words before a word of scale.

    >>> worded_magnitudes("three million users", "en")
    ['3000000']
    """
    spelled = " ".join(NUMBER_OF.get(word, word) for word in text.casefold().split())
    return [number for number in numbers(scaled(spelled, language)) if float(number) >= LEAST_FACTOR]


def has_magnitude(text: str, language: str = "") -> bool:
    """Tell whether a number of the text is multiplied."""
    read = with_millions(text)
    return _multiplied(language).search(read) is not None or (
        language in _COUNTING_IN_MIL and _MIL_AND.search(read) is not None
    )


def _sum_of_steps(match: re.Match[str]) -> str:
    return str(int(match[1]) * 10_000 + int(match[2]))


def _sum_of_thousands(match: re.Match[str]) -> str:
    return str(int(match[1] or 1) * 1_000 + int(match[2]))


def _product(factor: int, match: re.Match[str]) -> str:
    return f"{float(normalized(match['first'])[0]) * factor:.0f} "


def _both_products(factor: int, match: re.Match[str]) -> str:
    first, second = (float(normalized(match[name])[0]) * factor for name in ("first", "second"))
    return f"{first:.0f}{match['between']}{second:.0f} "


@cache
def _multiplied(language: str) -> re.Pattern[str]:
    """Return what finds a number with any of the words, which is quicker than looking for one after the other."""
    words = "|".join(words for _, words in _words(language))
    return re.compile(rf"\d(?:{words}|(?-i:MM?){_END})|[{_CURRENCY_SIGNS}][\d.,]*\dB{_END}", re.IGNORECASE)


@cache
def _patterns(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    made = [(factor, re.compile(rf"(?<!\d){_FIRST}{words}", re.IGNORECASE)) for factor, words in _words(language)]
    # A letter that is no unit: 2M stands at its number, 2B behind an amount with its sign.
    made.append((1_000_000, re.compile(rf"(?<!\d){_FIRST}MM?{_END}")))
    made.append((1_000_000_000, re.compile(rf"(?<=[{_CURRENCY_SIGNS}]){_FIRST}[Bb]{_END}")))
    return tuple(made)


@cache
def _range_patterns(language: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    sign = rf"[{_CURRENCY_SIGNS}]?"
    both = rf"(?<!\d){_FIRST}(?P<between>\s?{sign}(?:{_RANGE_WORDS}){sign})(?P<second>(?>{NUMBER.pattern}))"
    made = [(factor, re.compile(both + words, re.IGNORECASE)) for factor, words in _words(language)]
    made.append((1_000_000, re.compile(rf"{both}MM?{_END}")))
    return tuple(made)


def _words(language: str) -> tuple[tuple[int, str], ...]:
    """Return what multiplies in a language, as it stands behind a number."""
    own = _LONG_SCALE if language in _LONG_SCALED else _SHORT_SCALE
    spaced = [*_EVERYWHERE.items(), *own.items(), *(_SHORT_PORTUGUESE.items() if language == "pt" else ())]
    return (
        *((factor, rf"{_SPACE}(?:{words}){_END}") for factor, words in spaced),
        *((factor, rf"{_SPACE}(?:{words})") for factor, words in _DENSE.items()),
    )
