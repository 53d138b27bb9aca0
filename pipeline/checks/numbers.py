"""The numbers of the source have to stand in the target, in either form of writing."""

import re
from collections import Counter
from functools import lru_cache, partial

from pipeline.checks.comparing import told
from pipeline.checks.dates import month_numbers
from pipeline.checks.number_words import worded_numbers

_GAP = "['’\u00a0\u202f\u2009 ]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:(?:{_GAP}\d{{3}})+|(?:\.\d{{3}})+|(?:,\d{{3}})+)(?!\d)")
# A grouped number, a row of more than two (a date, a version), or a number with or without decimals.
_NUMBER = re.compile(rf"(?<!\d){_GROUPED.pattern}(?:[.,]\d+)?|\d+(?:[.,]\d+){{2,}}|\d+(?:[.,]\d+)?")
_DIGIT = re.compile(r"\d")
_ARABIC_SEPARATORS = str.maketrans({"\u066b": ".", "\u066c": ","})
_FULL_HOUR = re.compile(r"(?<=\d)(?: ?[hH:] ?|\.)00(?!\d|[.,]\d)")
# What follows a number and multiplies it. Billions are left out: a word for them means another number next door.
_MAGNITUDES = {
    1_000: r"k(?![a-z])|mil(?!\w)|thousand|tausend|Tsd|mille|mila|duizend|тыс|ألف|آلاف|千",
    10_000: "万|萬",
    1_000_000: r"Mio|mi\.|milh[ãõ]\w+|milli?[oó]n\w*|milion\w*|miljo\w+|M(?=\s?[€$£])|млн|миллион\w*|مليون|ملايين|百万",
    100_000_000: "億|亿",
}
_SCALED = tuple(
    (factor, re.compile(rf"(?<!\d)((?>{_NUMBER.pattern}))[\s\u00a0\u202f-]?(?:{words})", re.IGNORECASE))
    for factor, words in _MAGNITUDES.items()
)
# Languages without articles count where others say "a" or "no": one line, not one of them, once more.
_COUNTED_ONE = re.compile(r"(?<!\d)1 ?(?=[つ個人名件行回度株種本枚台社増商个條条])")
# A number that is no part of a time, a date or a larger number: only such a one stands for a word.
_STANDING_FREE = re.compile(r"(?<![\d:.,/hH])(?:0|[1-9]\d?)(?![\d:/]|[.,]\d)")
_AFTERNOON = re.compile(
    r"\bp\.?\s?m\b|da tarde|de la tarde|tarde|abends|nachmittags|soir|مساء|ظهر|午後|下午|오후", re.IGNORECASE
)
_HALF_DAY = 12
_HOUR = re.compile(r"[1-9]|1[01]")
_TIME = re.compile(r"\d{1,2}\.\d\d")


def changed_numbers(source: str, target: str) -> str:
    """Name the numbers that are in one text and not in the other, or "" if they agree.

    >>> changed_numbers("up to €60,000 for 37.5 hours", "até 60.000 euros por 37,5 horas")
    ''
    >>> changed_numbers("2 references", "3 referências")
    'missing 2, added 3'
    """
    missing, added = _unmatched(source, target)
    return told(missing - worded_numbers(target) if missing else missing, added)


def numbers_in_words(source: str, target: str) -> str:
    """Name the numbers that the target writes in words, or "" if there is none.

    >>> numbers_in_words("2 references", "duas referências")
    'in words: 2'
    """
    missing, _ = _unmatched(source, target)
    found = missing & worded_numbers(target) if missing else missing
    return f"in words: {', '.join(sorted(found.elements()))}" if found else ""


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in one spelling: no grouping, a point before decimals."""
    western = _FULL_HOUR.sub("", _western(text))
    return [number for match in _NUMBER.finditer(western) for number in _normalized(match[0])]


@lru_cache(maxsize=256)
def _unmatched(source: str, target: str) -> tuple[Counter[str], Counter[str]]:
    """Count the numbers that only one text has, without those that the other writes in another way.

    Two checks ask this of one pair in a row.
    """
    if not _DIGIT.search(source) and not _DIGIT.search(target):
        return Counter(), Counter()
    before, after = Counter(numbers(source)), Counter(numbers(target))
    if before == after:
        return Counter(), Counter()
    if any(pattern.search(text) for _, pattern in _SCALED for text in (source, target)):
        scaled_before, scaled_after = Counter(numbers(_scaled(source))), Counter(numbers(_scaled(target)))
        if _distance(scaled_before, scaled_after) < _distance(before, after):
            before, after = scaled_before, scaled_after
    missing, added = before - after, after - before
    missing, added = missing - month_numbers(target), added - month_numbers(source)
    worded = worded_numbers(source)
    if _COUNTED_ONE.search(target):
        worded["1"] += 1
    free = set(_STANDING_FREE.findall(_western(target)))
    added = Counter({number: count for number, count in added.items() if number not in worded or number not in free})
    return _without_clocks(*_without_dotted(missing, added), f"{source} {target}")


def _distance(before: Counter[str], after: Counter[str]) -> int:
    return ((before - after) + (after - before)).total()


def _without_dotted(missing: Counter[str], added: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """Let 8.30 on one side stand for 8 and 30 on the other: a time of day."""
    for one, other in ((missing, added), (added, missing)):
        for number in filter(_TIME.fullmatch, list(one)):
            parts = Counter(_whole(part) for part in number.split("."))
            if parts <= other:
                one.subtract([number])
                other.subtract(parts)
    return +missing, +added


def _without_clocks(missing: Counter[str], added: Counter[str], text: str) -> tuple[Counter[str], Counter[str]]:
    """Let 2 pm on one side stand for 14 on the other."""
    if not missing or not added or not _AFTERNOON.search(text):
        return missing, added
    for one, other in ((missing, added), (added, missing)):
        for number in filter(_HOUR.fullmatch, list(one)):
            later = str(int(number) + _HALF_DAY)
            if other[later] > 0 and one[number] > 0:
                one.subtract([number])
                other.subtract([later])
    return +missing, +added


def _scaled(text: str) -> str:
    """Write numbers with their magnitude as whole numbers: 1.5 million as 1500000."""
    result = _western(text)
    for factor, pattern in _SCALED:
        result = pattern.sub(partial(_product, factor), result)
    return result


def _product(factor: int, match: re.Match[str]) -> str:
    return f"{float(_normalized(match[1])[0]) * factor:.0f} "


def _western(text: str) -> str:
    """Write the digits of every script as 0-9, and the Arabic separators as ours."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text.translate(_ARABIC_SEPARATORS))


def _normalized(number: str) -> list[str]:
    """Return the number, or the several that a row like 01.11.2026 is; decimals that are all zeros say nothing."""
    grouped = _GROUPED.match(number)
    whole = re.sub(r"\D", "", grouped[0]) if grouped else ""
    parts = re.split("[.,]", number[grouped.end() :] if grouped else number)
    if len(parts) > 2:  # noqa: PLR2004  more than a whole number and its decimals
        return [_whole(part) for part in (whole, *parts) if part]
    decimals = parts[1] if len(parts) > 1 and parts[1].strip("0") else ""
    return [".".join(filter(None, (_whole(whole or parts[0]), decimals)))]


def _whole(digits: str) -> str:
    return digits.lstrip("0") or "0"
