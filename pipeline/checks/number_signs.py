"""What stands directly at a number: a minus, a plus, the zeros and groups of a code, the sign between two numbers."""

import re
from typing import NamedTuple

from pipeline.checks.amounts import ANY_CURRENCY
from pipeline.checks.clocks import in_24_hours
from pipeline.checks.magnitudes import scaled
from pipeline.checks.number_spellings import NUMBER, normalized, western

_DIGIT = re.compile(r"\d")
# A minus stands at its number and not between two; a bullet or a dash has a space behind it.
_MINUS = re.compile(r"(?:(?<![^\s(])(?<!\d )|(?<=UTC)|(?<=GMT))[-\u2212\u2013]\d")
_ANY_MINUS = re.compile(
    r"[-\u2212\u2013\uff0d]\s?\d|\b(?:minus|menos|moins|meno|menys|below|unter|abaixo|bajo|sotto|sota|negativ\w*"
    r"|au-dessous|onder|under|poniżej|ниже|минус)\b|تحت|ناقص|氷点下|マイナス|零下",
    re.IGNORECASE,
)
_PLUS = re.compile(r"(?<![\w+])\+\d|\d\+(?![+\d])")
_ANY_PLUS = re.compile(
    r"\+|\b(?:plus|mais|más|més|máis|più|mehr|more|over|mindestens|mind|least|mínim[oa]s?|minimum|minim[oa]|mínim|minima\w*|menos"
    r"|moins|meno|über|ab|above|beyond|acima|superior\w*|sobre|partir|and up|minst|meer|ten minste|além|pelo"
    r"|oltre|almeno|mer|mere|supérieur\w*|cima|ponad|więcej|najmniej|более|больше|свыше|не менее)\b"
    r"|أكثر|الأقل|فأكثر|فما فوق|以上|超|より|이상",
    re.IGNORECASE,
)
# Four groups of figures or more, as of a bank account; a date has fewer, a large number has groups of three.
_CODE = re.compile(r"(?<![\w.,])(?:[A-Z]{2})?\d{2,4}(?:[ \u00a0-]\d{2,4}){3,}(?![\d:])")
_LARGE_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+")
# A figure code that begins with a nought: a postcode, a branch of a bank.
_ZERO_LED = re.compile(r"(?<![\w.,:/+'’\u00a0\u202f-])(?<!\d )0\d{2,}(?![\w:/]|[.,]\d)")
_GAPS = re.compile(r"[ \u00a0\u202f.-]")
_SPACE = "[\\s\u00a0\u202f]{0,2}"
_FULL_HOUR = ":00"
# Behind the first number may stand what it is a number of.
_MEASURE = (
    "[%‰°]|°C|km|kg|g|h|hrs?|hours?|horas?|heures?|Uhr|Stunden|ore|uur|years?|anos?|años?|ans|Jahren?|days?|dias|días|jours"
    "|Tagen?|times|months?|meses|mois|Monaten?|minutes|minutos|Minuten|ساعات?|سنوات|يورو|年|時間?|円"
)
_AT = rf"(?:{_SPACE}(?:de |d['’])?(?:{ANY_CURRENCY}|(?:{_MEASURE})(?![^\W\d_])))?"
_BEFORE = rf"(?:(?:{ANY_CURRENCY}){_SPACE})?"
_DASHES = "-–—~〜～"
_TO = "to|a|à|às|as|bis|al|até|hasta|til|till|tot"
_RANGE = rf"{_SPACE}[{_DASHES}]{_SPACE}|\s(?:{_TO})\s"
# A quick look before the search.
_MAY_RELATE = re.compile(rf"(?:[{_DASHES}×xX]|\s(?:{_TO})\s)\D{{0,5}}\d", re.IGNORECASE)
_FIGURE = rf"(?>\d{{1,2}}:\d\d(?!\d)|{NUMBER.pattern})"
_BETWEEN = re.compile(
    rf"(?<![\d.,:])(?P<first>{_FIGURE})(?:{_AT}(?:(?P<range>{_RANGE})|(?P<nothing>\s+)){_BEFORE}"
    rf"|(?P<times>\s?[×xX]\s?))(?=(?P<second>{_FIGURE}))",
    re.IGNORECASE,
)
# The groups of a telephone number are set as everybody likes.
_TELEPHONE = re.compile(r"(?<![\w.,])(?:\+\d|0)\d*(?:[ \u00a0-]\d{1,4}){2,}(?![\d:])")
_KINDS = ("range", "times", "nothing")


class _Relation(NamedTuple):
    """What stands between two numbers, and how they are written."""

    kind: str
    first: str
    second: str


def changed_signs(source: str, target: str) -> str:
    """Say which sign at a number was lost or added, or "" if all are there, as signs or in words.

    >>> changed_signs("at -18 °C", "a 18 °C"), changed_signs("5+ years", "mais de 5 anos")
    ('missing minus', '')
    """
    if not _DIGIT.search(source):
        return ""
    before, after = western(source), western(target)
    if _MINUS.search(before) and not _ANY_MINUS.search(after):
        return "missing minus"
    if _MINUS.search(after) and not _ANY_MINUS.search(before):
        return "added minus"
    return "missing plus" if _PLUS.search(before) and not _ANY_PLUS.search(after) else ""


def changed_codes(source: str, target: str) -> str:
    """Name the codes of figures that the target does not have figure by figure; it may group them otherwise.

    >>> changed_codes("IBAN DE89 3704 0044 0532 0130 00", "IBAN DE89 3704 0044 0532 0130 0")
    'missing DE89 3704 0044 0532 0130 00'
    """
    before = western(source)
    codes = [match[0] for match in _CODE.finditer(before) if not _LARGE_NUMBER.fullmatch(match[0])]
    codes += _ZERO_LED.findall(before)
    if not codes:
        return ""
    after = western(target)
    spellings = (after, _GAPS.sub("", after))
    lost = [code for code in codes if not any(_holds(spelling, code) for spelling in spellings)]
    return f"missing {', '.join(lost)}" if lost else ""


def _holds(text: str, code: str) -> bool:
    return re.search(rf"(?<!\d){_GAPS.sub('', code)}(?!\d)", text) is not None


def changed_relations(source: str, target: str) -> str:
    """Say where two numbers of a range, or of a product, stand side by side without their sign, or with the other one.

    >>> changed_relations("60.000 € – 75.000 €", "60.000 euros 75.000 euros"), changed_relations("4×10 h", "4 a 10 h")
    ('missing a sign between 60.000 and 75.000', 'missing × between 4 and 10')
    """
    if not _MAY_RELATE.search(source):
        return ""
    before = _relations(source, frozenset({"range", "times"}))
    if not before:
        return ""
    after = _relations(target, frozenset(_KINDS))
    for numbers, relation in before.items():
        if numbers in after and after[numbers].kind != relation.kind:
            sign = "×" if relation.kind == "times" else "a sign"
            return f"missing {sign} between {relation.first} and {relation.second}"
    return ""


def _relations(text: str, wanted: frozenset[str]) -> dict[tuple[str, str], _Relation]:
    """Return what stands between every two neighbouring numbers by their values, of the wanted kinds."""
    relations: dict[tuple[str, str], _Relation] = {}
    # 4:30 pm is 16:30 in another language, and 5k five thousand.
    for match in _BETWEEN.finditer(scaled(in_24_hours(_TELEPHONE.sub(";", western(text))))):
        kind = next(kind for kind in _KINDS if match[kind] is not None)
        if kind in wanted:
            first, second = match["first"], match["second"]
            relations[_value(first), _value(second)] = _Relation(kind, first, second)
    return relations


def _value(figure: str) -> str:
    if ":" in figure:
        return figure.removesuffix(_FULL_HOUR).lstrip("0")
    return "-".join(normalized(figure))
