"""A measure keeps its unit: 25 kg are not 25 lb."""

import re

from pipeline.checks.comparing import changed_kinds
from pipeline.checks.millions import with_all_millions
from pipeline.checks.periods import lost_period

# Behind a number only; in the spelling of the languages that engines here speak.
_UNITS = {
    "%": "%|٪|％|per ?cent|por cento|por ciento|pour[ -]cent|Prozent|per cento|procent|パーセント"
    "|(?:في ال|بال)(?:مئة|مائة)",
    "kg": r"kgs?|kilos?|kilogram\w*|quilos?|quilogramas?|كغ|كجم|كيلو[غج]رام\w*|キロ(?:グラム)?|公斤|кг",
    "lb": r"lbs?|رطل\w*",
    "km": r"km|kilomet(?:er|re)s?|quil[oôó]metros?|kil[oó]metros?|kilomètres?|Kilometern?|كم|كيلومتر\w*"
    "|キロ(?:メートル)?|公里|км",
    "mile": r"miles?|milhas?|millas?|milles|Meilen?|ميل\w*|أميال|マイル",
    "m²": r"m²|m2|qm|sq\.? ?m|square met(?:er|re)s?|metros? (?:quadrados?|cuadrados?)|mètres? carrés?|Quadratmetern?"
    r"|metri quadr[ai]t?i?|平方メートル|平方米|متر(?:ا)? مربع\w*",
    "m³": r"m³|m3|cubic met(?:er|re)s?|metros? cúbicos?|mètres? cubes?|Kubikmetern?|metri cubi|立方メートル|立方米",
    "m": r"m|met(?:er|re)s?|metros?|mètres?|Metern?|متر\w*|أمتار|メートル|米|м",
    "cm": r"cm|centimet(?:er|re)s?|cent[ií]metros?|centimètres?|Zentimetern?|سم|センチ(?:メートル)?|厘米|см",
    "°C": r"°\s?C|℃|degrees Celsius|graus Celsius|degrés Celsius|grados Celsius|Grad Celsius|درجة مئوية",
    "°F": r"°\s?F|℉|degrees Fahrenheit|graus Fahrenheit|degrés Fahrenheit|grados Fahrenheit|Grad Fahrenheit",
    "kW": "kW",
    "V": r"V|volts?|Volt|voltios?|ボルト|فولت",
}
_GAP = r"[\s\u00a0\u202f-]?"
# A dense script runs on behind a unit, an alphabet does not.
_END = r"(?![²³A-Za-z\u00c0-\u024f\u0400-\u04ff\u0600-\u06ff])"
_ANY = "|".join(f"(?P<u{number}>{words})" for number, words in enumerate(_UNITS.values()))
_BEHIND_NUMBER = re.compile(rf"\d{_GAP}(?:{_ANY}){_END}")
# Words for a pound that are money elsewhere: they excuse a pound that seems lost, and never add one.
_ALSO = {"lb": "|[Pp]ounds?|libras?|livres?|Pfund|libbre|lliures|pond"}
_SPELLED = {unit: re.compile(f"(?:{words}{_ALSO.get(unit, '')}){_END}") for unit, words in _UNITS.items()}
_NAMES = tuple(_UNITS)
_DIGIT = re.compile(r"\d")
_CODES = "en pt gl fr es ca de it nl sv da nb ja ar"
READ_LANGUAGES = frozenset(_CODES.split())


def changed_units(source: str, target: str, *, read: bool = True) -> str:
    """Name the units of measure that stand behind numbers in one text and not in the other, or "" if they agree.

    In a language whose words for units are not `read` here, one that seems lost is told only where another came.

    >>> changed_units("loads of 25 kg", "cargas de 25 lb")
    'missing kg, added lb'
    """
    if not _DIGIT.search(source) or not _DIGIT.search(target):
        return ""
    before, after = _units(source), _units(target)
    if before == after:
        return lost_period(source, target) if read else ""
    missing = {unit for unit in before - after if not _SPELLED[unit].search(target)}
    added = {unit for unit in after - before if not _SPELLED[unit].search(source)}
    return changed_kinds(missing if added or read else set(), added)


def _units(text: str) -> set[str]:
    behind_numbers = _BEHIND_NUMBER.finditer(with_all_millions(text))
    return {_NAMES[int(match.lastgroup[1:])] for match in behind_numbers if match.lastgroup}
