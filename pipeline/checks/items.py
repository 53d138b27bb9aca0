"""The parts of a segment are kept: an enumeration its items, a segment its one line."""

import re
from collections.abc import Callable
from functools import cache

from pipeline.checks.known_words import known_words
from pipeline.checks.length import growth_of, relative_length
from pipeline.model.scripts import CAPITAL_LATIN

MIN_PARTS = 3
# Of so many parts more than half cannot have been joined otherwise.
LONG_LIST = 5
# A part of a list is short; longer ones are clauses, which every language joins in its own way.
MAX_PART_WORDS = 7
# A lost item takes its share of the text along; the rest may still be shorter by chance.
SHARE_THAT_COUNTS = 0.4
# Where all commas are kept and there are several "and", what is missing may be one that parts no items.
SHARE_OF_AN_AND = 0.8
_MARK = r"(?:(?<!\d)[,;،؛、；，]|[,;،؛、；，](?!\d))"
_AND = {
    "en": r"\b(?:and|or)\b",
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
# "M&A" is one thing, "sales & service" are two.
_AMPERSAND = r"(?<=\s)&(?=\s)"
# Fixed expressions whose "and" or "or" parts nothing, and which other languages often have one word for.
_IDIOMS_TEXT = {
    "en": "again and again, all and sundry, back and forth, both and, by and large, come and go, each and every, "
    "first and foremost, here and there, in and out, less and less, more and more, more or less, now and again, "
    "now and then, off and on, on and off, one or two, over and over, sooner or later, then and there, "
    "through and through, time and again, to and fro, up and down, up and running, ups and downs",
    "pt": "aqui e ali, mais cedo ou mais tarde, mais e mais, mais ou menos, um ou outro, uma e outra vez, vez ou outra",
    "es": "aquí y allá, más o menos, más y más, tarde o temprano, una y otra vez, uno u otro",
    "fr": "encore et encore, plus ou moins, tôt ou tard, çà et là",
    "it": "più o meno, prima o poi, qua e là, su e giù",
    "de": "ab und an, ab und zu, hin und her, hin und wieder, immer und immer wieder, mehr oder weniger, "
    "mehr und mehr, nach und nach",
    "nl": "af en toe, hier en daar, meer en meer, meer of minder, min of meer",
}
# One sentence is one segment; in several the commas of clauses outnumber those of lists.
_SENTENCES = re.compile(r"[.!?。！？]\s+[^\W\d_]")
_COMMA = re.compile(_MARK)
# A letter of no language of postings, so that no word ends beside it.
_JOINER = "\u01c0"
_NAME = re.compile(rf"[{CAPITAL_LATIN}][^\W_]+")


def items_check(source: str, target: str) -> Callable[[str, str], str]:
    """Return the check that an enumeration keeps its items, for a pair of languages."""
    growth = growth_of(source, target)
    unread = target not in _AND

    def lost_items(source_text: str, target_text: str) -> str:
        commas = len(_COMMA.findall(source_text))
        if commas < MIN_PARTS - 2 or _SENTENCES.search(source_text):
            return ""
        if exchanged := _exchanged_names(source_text, target_text, source):
            return exchanged
        parts = split_parts(source_text, source)
        inner = parts[1:-1]
        if len(parts) < MIN_PARTS or max(len(part.split()) for part in inner) > MAX_PART_WORDS:
            return ""
        # Without its words for "and" known, a target seems to have one part less.
        left = len(split_parts(target_text, target)) + unread
        lost = len(parts) - left
        mostly = len(parts) >= LONG_LIST and lost > len(parts) / 2
        kept = len(_COMMA.findall(target_text)) >= commas and len(parts) > commas + 2
        share = SHARE_OF_AN_AND if kept else SHARE_THAT_COUNTS
        short = relative_length(source_text, target_text, growth) <= 1 - share * lost / len(parts)
        return f"{left} of {len(parts)} parts are left" if lost > 0 and (short or mostly) else ""

    return lost_items


def split_parts(text: str, language: str) -> list[str]:
    """Cut a text at commas, semicolons, and the language's words for "and" and "or" that part something.

    >>> split_parts("plan routes, order parts, and now and then train drivers", "en")
    ['plan routes', 'order parts', 'now and then train drivers']
    """
    idioms = _idioms(language)
    joined = idioms.sub(lambda match: match[0].replace(" ", _JOINER), text) if idioms else text
    parts = _separator(language).split(joined)
    return [part.replace(_JOINER, " ").strip() for part in parts if part and part.strip(" .:()")]


@cache
def _separator(language: str) -> re.Pattern[str]:
    conjunction = "|".join(filter(None, (_AND.get(language), _AMPERSAND)))
    return re.compile(rf"{_MARK}(?:\s*(?:{conjunction}))?|{conjunction}")


@cache
def _idioms(language: str) -> re.Pattern[str] | None:
    text = _IDIOMS_TEXT.get(language)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, text.split(', ')))})\b", re.IGNORECASE) if text else None


def _exchanged_names(source: str, target: str, language: str) -> str:
    """Say which name of a list is gone while another one of it is said more often than before."""
    parts = [part.split() for part in split_parts(source, language)]
    listed = {words[-1] for words in parts[:-1]} | {words[0] for words in parts[1:]}
    names = [name for name in (word.strip(".:()") for word in sorted(listed)) if _NAME.fullmatch(name)]
    known = known_words(language) if language else frozenset()
    lost = [name for name in names if name.casefold() not in target.casefold() and name not in known]
    if not lost:
        return ""
    doubled = [name for name in names if _count(name, target) > _count(name, source)]
    return f"missing {', '.join(lost)}, {', '.join(doubled)} more than once" if doubled else ""


def _count(word: str, text: str) -> int:
    return len(re.findall(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", text))


def broken_lines(source: str, target: str) -> str:
    """Say how many lines a segment became, or "" if it is one as its source is."""
    if "\n" not in target:
        return ""
    lines, wanted = len(target.splitlines()), len(source.splitlines())
    return f"{lines} lines for {wanted}" if lines > max(wanted, 1) else ""
