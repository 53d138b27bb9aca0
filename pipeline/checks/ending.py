"""A sentence ends as its source does, with the mark of its own language; what has no mark gets none."""

import re
from collections.abc import Callable, Mapping
from typing import Final

# Each mark by the plain one that it stands for.
_PLAIN: Final = {
    **dict.fromkeys(".。．｡।۔።։", "."),
    **dict.fromkeys("?？؟;՞", "?"),
    **dict.fromkeys("!！՜", "!"),
    **dict.fromkeys(":：", ":"),
    "…": "…",
}
# Languages with marks of their own; in the others the plain ones are right.
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "ja": {".": "。", "?": "？?", "!": "！!", ":": "：:"},
    "zh": {".": "。", "?": "？", "!": "！", ":": "：:"},
    "ar": {".": ".", "?": "؟", "!": "!"},
    "fa": {".": ".", "?": "؟", "!": "!"},
    "ur": {".": "۔", "?": "؟", "!": "!"},
    "hi": {".": "।.", "?": "?", "!": "!"},
    "el": {".": ".", "?": ";;", "!": "!"},
    "hy": {".": "։:", "?": "՞", "!": "՜"},
}
# These write no mark at the end of a sentence.
_WITHOUT_MARKS: Final = frozenset({"th", "lo", "km", "my"})
# What may stand behind the mark: quotes, brackets, tags, pictures, marks of direction.
_BEHIND = re.compile(
    r"(?:[\s\"'“”„»«›’)\]」』）】\u200e\u200f\u061c\u2066-\u2069\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]|</?\w+>)+$"
)
_MAX_TAIL_CHARS = 80
_ABBREVIATED = re.compile(r"(?:\.[^\W\d_]{0,3}|\b(?:etc|Ltd|Inc|Co|Corp|usw|etw|ff|Nr|approx|e\.g))\.$")
# A mark within a sentence, not what an address or a pattern holds. Dense scripts write no space behind it.
_WITHIN: Final = {
    "question": re.compile(r"(?<=[^\W\d_])[\s\u00a0\u202f]?(?:[?!]*[?؟]+(?=[\s\"'”»)!])|[？؟])"),
    "exclamation": re.compile(r"(?<=[^\W\d_])[\s\u00a0\u202f]?(?:[?!]*!+(?=[\s\"'”»)?])|！)"),
}
_GREEK_QUESTION = re.compile(r"(?<=[^\W\d_])[;;?]")
# "¿" and "¡" open what "?" and "!" close.
_SPANISH: Final = {"?": "¿", "!": "¡"}


def ending_check(language: str) -> Callable[[str, str], str]:
    """Return the check of the end mark for targets in a language."""
    own = _OWN.get(language, {})

    def changed_ending(source: str, target: str) -> str:
        wanted, found = _mark(source), _mark(target)
        plain = _PLAIN.get(wanted, "")
        # A semicolon ends a question in Greek only.
        given = "" if found == ";" and language != "el" else _PLAIN.get(found, "")
        if plain != given and not _abbreviation(source, target, plain, given):
            return f"ends with {found if given else 'no mark'}, the source with {wanted if plain else 'no mark'}"
        if given and found not in own.get(given, found):
            return f"ends with {found}, in this language with {own[given][0]}"
        if lost := _lost_within(source, target, language):
            return lost
        if language == "es" and found in _SPANISH and _SPANISH[found] not in target:
            return f"ends with {found} and has no {_SPANISH[found]}"
        return ""

    return (lambda _source, _target: "") if language in _WITHOUT_MARKS else changed_ending


def _lost_within(source: str, target: str, language: str) -> str:
    """Say how many questions and exclamations within the source are none in the target."""
    for name, pattern in _WITHIN.items():
        said = len(pattern.findall(source))
        told = (_GREEK_QUESTION if language == "el" and name == "question" else pattern).findall(f"{target} ")
        if len(told) < said:
            return f"{len(told)} {name} mark{'s' * (len(told) != 1)} for {said}"
    return ""


def _mark(text: str) -> str:
    """Return the last mark of a text, an ellipsis as one; "" for text that ends otherwise."""
    bare = text if text[-1:].isalnum() else _BEHIND.sub("", text[-_MAX_TAIL_CHARS:])
    if bare.endswith("..."):
        return "…"
    last = bare[-1:]
    return last if last in _PLAIN and (last != ";" or len(bare) > 1) else ""


def _abbreviation(source: str, target: str, wanted: str, given: str) -> bool:
    """Tell whether the point that makes the difference is that of an abbreviation."""
    if {wanted, given} != {".", ""}:
        return False
    return bool(_ABBREVIATED.search((source if wanted else target).rstrip("\"'”») ")))
