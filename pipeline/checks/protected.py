"""Addresses, placeholders, names and inline markup have to stand in the target as they stand in the source."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pipeline.checks.comparing import told
from pipeline.model import spans
from pipeline.model.formulas import moved_formulas
from pipeline.model.letter_names import LETTER_NAME
from pipeline.model.markup import split_markup, strip_markup


def changed_spans(source: str, target: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Name the spans that are in one text and not in the other, or "" if they agree.

    >>> from pipeline.model import spans
    >>> changed_spans("mail jobs@example.org", "correio jobs-example.org", (spans.EMAIL,))
    'missing jobs@example.org'
    """
    wanted = tuple(patterns)
    before, after = _spans(source, wanted), _spans(target, wanted)
    return "" if before == after else told(before - after, after - before)


def lost_spans(source: str, target: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Name the spans of the source that are nowhere in the target; a name may be said once more or once less.

    >>> from pipeline.model import spans
    >>> lost_spans("C++ and more C++", "código C", (spans.CODE_NAME,))
    'missing C++'
    """
    wanted = tuple(patterns)
    before = _spans(source, wanted)
    missing = Counter(set(before)) - Counter(set(_spans(target, wanted))) if before else Counter()
    return told(missing, Counter()) if missing else ""


def lost_letters(source: str, target: str) -> str:
    """Name the single letters and codes of the source that are names and stand nowhere in the target.

    >>> lost_letters("Shift B, level C1", "Turno Dois, nível C1")
    'missing B'
    """
    letters = set(_spans(source, (LETTER_NAME,)))
    missing = Counter(letter for letter in letters if not spans.name_pattern(letter).search(target))
    return told(missing, Counter()) if missing else ""


@lru_cache(maxsize=1024)
def words_only(text: str) -> str:
    """Return a text without tags, addresses, placeholders and names that are the same in every language.

    >>> words_only("see https://a.example in C++").split()
    ['see', 'in']
    """
    words = strip_markup(text) if "<" in text else text
    if spans.MAY_HOLD.search(words):
        for pattern in (spans.URL, spans.EMAIL, spans.PLACEHOLDER, spans.CODE_NAME):
            words = pattern.sub(" ", words)
    return words


def changed_markup(source: str, target: str) -> str:
    """Name the tags that are in one text and not in the other, and those that lost or changed the words they stand at.

    Return "" if they agree.

    >>> changed_markup("<b>Apply</b> now", "<b></b>Candidate-se agora")
    'empty <b></b>'
    """
    if "<" not in source and "<" not in target:
        return ""
    before, after = Counter(split_markup(source)[1::2]), Counter(split_markup(target)[1::2])
    changed = " ".join(sorted(((before - after) + (after - before)).elements()))
    emptied = Counter(_emptied_tags(target)) - Counter(_emptied_tags(source))
    told = " ".join(f"empty {tags}" for tags in sorted(emptied.elements()))
    return changed or told or moved_formulas(source, target)


def _emptied_tags(text: str) -> list[str]:
    """Return the pairs of tags with nothing but space between them."""
    parts = split_markup(text)
    return [
        parts[number] + parts[number + 2]
        for number in range(1, len(parts) - 2, 2)
        if not parts[number].startswith("</") and parts[number + 2].startswith("</") and not parts[number + 1].strip()
    ]


def _spans(text: str, patterns: tuple[re.Pattern[str], ...]) -> Counter[str]:
    words = strip_markup(text) if "<" in text else text
    return Counter(match[0] for pattern in patterns for match in pattern.finditer(words))
