"""The parts of a segment are kept: an enumeration its items, a segment its one line."""

import re
from collections.abc import Callable
from functools import cache

from pipeline.checks.length import growth_of, relative_length

MIN_PARTS = 3
# Of so many parts more than half cannot have been joined otherwise.
LONG_LIST = 5
# A part of a list is short; longer ones are clauses, which every language joins in its own way.
MAX_PART_WORDS = 7
# A lost item takes its share of the text along; the rest may still be shorter by chance.
SHARE_THAT_COUNTS = 0.4
_MARK = r"(?:(?<!\d)[,;،؛、；，]|[,;،؛、；，](?!\d))"
_AND = {
    "en": r"\b(?:and|or)\b|&",
    "pt": r"\b(?:e|ou)\b",
    "gl": r"\b(?:e|ou)\b",
    "es": r"\b(?:y|e|o|u)\b",
    "ca": r"\b(?:i|o)\b",
    "fr": r"\b(?:et|ou)\b",
    "it": r"\b(?:ed?|od?)\b",
    "de": r"\b(?:und|oder|sowie)\b",
    "nl": r"\b(?:en|of)\b",
    "sv": r"\b(?:och|eller)\b",
    "da": r"\b(?:og|eller)\b",
    "nb": r"\b(?:og|eller)\b",
    "pl": r"\b(?:i|oraz|lub|albo)\b",
    "ru": r"\b(?:и|или)\b",
    "ar": r"\bأو\b|(?<=\s)و(?=\w\w)",
    "ja": "および|または|及び|又は|・|(?<=[ァ-ー一-龥]{2})[とやか](?=[ァ-ー一-龥]{2})",
    "zh": "和|及|或|与|以及|、",
}
# One sentence is one segment; in several the commas of clauses outnumber those of lists.
_SENTENCES = re.compile(r"[.!?。！？]\s+[^\W\d_]")
_COMMA = re.compile(_MARK)


def items_check(source: str, target: str) -> Callable[[str, str], str]:
    """Return the check that an enumeration keeps its items, for a pair of languages."""
    growth = growth_of(source, target)
    unread = target not in _AND

    def lost_items(source_text: str, target_text: str) -> str:
        if len(_COMMA.findall(source_text)) < MIN_PARTS - 2 or _SENTENCES.search(source_text):
            return ""
        parts = split_parts(source_text, source)
        inner = parts[1:-1]
        if len(parts) < MIN_PARTS or max(len(part.split()) for part in inner) > MAX_PART_WORDS:
            return ""
        # Without its words for "and" known, a target seems to have one part less.
        left = len(split_parts(target_text, target)) + unread
        lost = len(parts) - left
        mostly = len(parts) >= LONG_LIST and lost > len(parts) / 2
        short = relative_length(source_text, target_text, growth) <= 1 - SHARE_THAT_COUNTS * lost / len(parts)
        return f"{left} of {len(parts)} parts are left" if lost > 0 and (short or mostly) else ""

    return lost_items


def split_parts(text: str, language: str) -> list[str]:
    """Cut a text at commas, semicolons and the language's words for "and" and "or".

    >>> split_parts("plan routes, order parts, and train drivers", "en")
    ['plan routes', 'order parts', 'train drivers']
    """
    return [part.strip() for part in _separator(language).split(text) if part and part.strip(" .:()")]


@cache
def _separator(language: str) -> re.Pattern[str]:
    conjunction = _AND.get(language)
    return re.compile(rf"{_MARK}(?:\s*(?:{conjunction}))?|{conjunction}" if conjunction else _MARK)


def broken_lines(source: str, target: str) -> str:
    """Say how many lines a segment became, or "" if it is one as its source is."""
    if "\n" not in target:
        return ""
    lines, wanted = len(target.splitlines()), len(source.splitlines())
    return f"{lines} lines for {wanted}" if lines > max(wanted, 1) else ""
