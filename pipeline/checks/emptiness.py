"""A target says something, and something else than its source."""

import re
from collections.abc import Callable, Iterable

from pipeline.checks.protected import words_only
from pipeline.model import spans

_SAYING = re.compile(r"[^\W_]|[\U0001f1e6-\U0001faff\u2600-\u27bf]")
_WORD = re.compile(r"[^\W\d_]+")
# Up to this many capitals may be an acronym, which is the same everywhere.
_MAX_ACRONYM = 4
_MIN_COPIED_WORDS = 4


def emptied(source: str, target: str) -> str:
    """Say that the target has neither a letter nor a digit where the source has one.

    >>> emptied("Bake bread", "...")
    'the target has no text'
    """
    return "the target has no text" if not _SAYING.search(target) and _SAYING.search(source) else ""


def unchanged_check(names: Iterable[re.Pattern[str]]) -> Callable[[str, str], str]:
    """Return the check for a target that is its source; names, addresses and acronyms may be."""
    kept = (*spans.PATTERNS, *names)

    def unchanged(source: str, target: str) -> str:
        if source.strip().casefold() != target.strip().casefold():
            return ""
        return "the target is the source" if " " in source.strip() and _translatable(source, kept) else ""

    return unchanged


def left_untranslated(source: str, target: str) -> str:
    """Name the words of the source that stand in the target as they stood there, four or more in a row.

    >>> left_untranslated("Apply now and start next week", "Candidate-se now and start next week")
    'now and start next week'
    """
    if source == target:
        return ""
    known = set(source.split())
    if sum(word in known for word in target.split()) < _MIN_COPIED_WORDS - 1:
        return ""
    words = _WORD.findall(words_only(source))
    longest = _longest_run(_WORD.findall(words_only(target)), frozenset(words))
    phrase = " ".join(longest)
    small = sum(word.islower() for word in longest)
    if len(longest) < _MIN_COPIED_WORDS or small < _MIN_COPIED_WORDS - 1:
        return ""
    return phrase if f" {phrase} " in f" {' '.join(words)} " else ""


def _longest_run(words: Iterable[str], known: frozenset[str]) -> list[str]:
    """Return the first of the longest rows of words that are all known."""
    longest: list[str] = []
    run: list[str] = []
    for word in (*words, ""):
        run = [*run, word] if word in known else []
        longest = max(longest, run, key=len)
    return longest


def _translatable(source: str, kept: tuple[re.Pattern[str], ...]) -> bool:
    rest = source
    for pattern in kept:
        rest = pattern.sub(" ", rest)
    return any(not word.isupper() or len(word) > _MAX_ACRONYM for word in _WORD.findall(rest))
