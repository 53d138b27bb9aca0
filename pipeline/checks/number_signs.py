"""What stands directly at a number: a minus, a plus, the zeros and groups of a code, the sign between two numbers."""

import re

from pipeline.checks.number_spellings import NUMBER, western

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
_AMOUNT = r"(?:\s?(?:[€$£¥₹%]|EUR|USD|GBP|CHF|euros?|dollars?|d[oó]lares|pounds?|libras?))?"
_RANGE = r"\s?[-–—~〜]\s?[€$£¥₹]?|\s(?:to|a|à|bis|até|hasta)\s"
_BETWEEN = re.compile(
    rf"(?<![\d.,])(?P<first>(?>{NUMBER.pattern}))(?:{_AMOUNT}(?:(?P<range>{_RANGE})"
    rf"|(?P<nothing>\s+))|(?P<times>\s?[×xX]\s?))(?=(?P<second>(?>{NUMBER.pattern})))"
)


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
    before = _relations(western(source), frozenset({"range", "times"}))
    if not before:
        return ""
    after = _relations(western(target), frozenset({"range", "times", "nothing"}))
    for (first, second), relation in before.items():
        found = after.get((first, second), relation)
        if found != relation:
            sign = "×" if relation == "times" else "a sign"
            return f"missing {sign} between {first} and {second}"
    return ""


def _relations(text: str, wanted: frozenset[str]) -> dict[tuple[str, str], str]:
    """Return what stands between every two neighbouring numbers, of the wanted kinds."""
    relations: dict[tuple[str, str], str] = {}
    for match in _BETWEEN.finditer(text):
        kind = next(kind for kind in ("range", "times", "nothing") if match[kind] is not None)
        if kind in wanted:
            relations[match["first"], match["second"]] = kind
    return relations
