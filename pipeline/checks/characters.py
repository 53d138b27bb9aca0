"""Characters that nobody sees: controls, zero-width ones, and those that turn the direction of a text."""

import re
from collections import Counter
from collections.abc import Callable

# Everything that cannot stand in a text: C0 and C1 controls, the replacement character, halves of surrogates,
# noncharacters and private ones. A tab and line ends are the business of other checks.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]")
# Joiners belong into words of these languages, and between pictures.
_JOINERS = re.compile("(?<![\ufe0f\U0001f1e6-\U0001faff\u2600-\u27bf])[\u200c\u200d]")
_JOINING_CODES = "fa ur ps ckb ku sd ug ar hi mr ne bn as gu pa or kn ml ta te si km my"
_JOINING = frozenset(_JOINING_CODES.split())
_OVERRIDES = re.compile("[\u202d\u202e]")
_TURNING = re.compile("[\u202a\u202b\u202c\u2066-\u2069]")
_ENDS = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}


def control_characters(source: str, target: str) -> str:
    r"""Name the control characters of the target that the source does not have.

    >>> control_characters("Bake", "Assar\x07")
    'U+0007'
    """
    return _new(_CONTROL, source, target)


def invisible_check(language: str) -> Callable[[str, str], str]:
    """Return the check for zero-width characters in targets in a language."""

    def invisible(source: str, target: str) -> str:
        if target.isascii():
            return ""
        found = _new(_INVISIBLE, source, target)
        return found or ("" if language in _JOINING else _new(_JOINERS, source, target))

    return invisible


def turned_direction(source: str, target: str) -> str:
    r"""Name the overrides of the target, and its embeddings and isolates that are not ended.

    Marks (LRM, RLM, ALM) and isolates that end are how right-to-left text is written well.

    >>> turned_direction("Bake", "\u2067Assar\u2069"), turned_direction("Bake", "\u2067Assar")
    ('', 'U+2067 is not ended')
    """
    if target.isascii():
        return ""
    if overrides := _new(_OVERRIDES, source, target):
        return overrides
    open_ones: list[str] = []
    for sign in _TURNING.findall(target):
        if sign not in _ENDS:
            open_ones.append(sign)
        elif not open_ones or open_ones.pop() not in _ENDS[sign]:
            return f"{_name(sign)} ends nothing"
    return f"{_name(open_ones[-1])} is not ended" if open_ones else ""


def _new(pattern: re.Pattern[str], source: str, target: str) -> str:
    found = pattern.findall(target)
    return ", ".join(map(_name, sorted(Counter(found) - Counter(pattern.findall(source))))) if found else ""


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
