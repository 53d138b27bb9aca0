"""Checks that what no translation may change stands in the target: addresses, placeholders, names, inline markup.

Engines change it in ways that a reader does not see: "jobs@example.com" becomes "jobs-example.com", "C#" becomes "C",
"{name}" becomes "nome", "<b>" loses its words. A reader of a feed can then neither apply nor follow a link, so these
are errors everywhere, and no configuration turns them down.
"""

import re
from collections import Counter
from functools import lru_cache

from pipeline.checks.check import Check, Compared, difference
from pipeline.language import spans
from pipeline.language.formulas import moved_formulas
from pipeline.language.glued_words import part_glued_words
from pipeline.model.finding import Severity
from pipeline.model.markup import split_markup, strip_markup

# Without one of these characters in either text there is nothing of the kind; a quick look before the search.
_ADDRESS_SIGN = re.compile(r"[@/]|\.\w|(?:mailto|tel|sms):")
_PLACEHOLDER_SIGN = re.compile(r"[{%<_$[*]|[/:]\w")
_NAME_SIGN = re.compile(r"[@#+\\]|[^\W\d_A-Z][A-Z]|\.\w")
_SIGN = re.compile(r"[@<>=^~\\|\u00b1\u2190-\u2bff\U0001f000-\U0001faff]")
# What French writes of dollars is no variable: 3 750 $US.
_DOLLARS = re.compile(r"(?<=\d)[ \u00a0\u202f]?\$[A-Z]{2}(?!\w)")
# Ph.D., M.Sc., U.S.: abbreviations that every language makes for itself, or has a word for.
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9_\u00c0-\u024f.])(?:[A-Z][a-z]{0,2}\.){2,}(?![A-Za-z0-9_\u00c0-\u024f])")

_WORD = re.compile(r"[^\W_]+")
_LATIN_LETTER = re.compile("[A-Za-z]")
# What is no word, each behind what it cannot be without.
_NO_WORDS = (
    (re.compile(r"[/:]|\.\S"), spans.URL),
    (re.compile("@"), spans.EMAIL),
    (re.compile(r"[{%<_$[*~]|[/:][\w+-]"), spans.PLACEHOLDER),
    (_NAME_SIGN, spans.CODE_NAME),
)
_ADDRESSES = (spans.URL, spans.EMAIL)
_PLACEHOLDERS = (spans.PLACEHOLDER,)
_CODE_NAMES = (spans.CODE_NAME,)
_SIGNS = (spans.EMOJI, spans.COMPARISON)


@lru_cache(maxsize=16384)  # the locales of a project have the same sources
def words_only(text: str) -> str:
    """Return a text without tags, addresses, placeholders and names that are the same in every language.

    >>> words_only("see https://a.example in C++").split()
    ['see', 'in']
    """
    words = strip_markup(text) if "<" in text else text
    if spans.MAY_HOLD.search(words):
        for sign, pattern in _NO_WORDS:
            words = pattern.sub(" ", words) if sign.search(words) else words
    return words


def changed_addresses(pair: Compared) -> str:
    """Name the web and e-mail addresses of one text that the other does not have.

    Found 150 of 150 planted changes of an address, false 0 of 7,884 translations by people.
    """
    return _changed(pair, _ADDRESSES) if _either(_ADDRESS_SIGN, pair) else ""


def changed_placeholders(pair: Compared) -> str:
    """Name the placeholders, such as {name} and %s, of one text that the other does not have.

    Found 150 of 150 planted, false 1 of 7,884 translations by people.
    """
    if not _either(_PLACEHOLDER_SIGN, pair):
        return ""
    before, after = (_spans(_DOLLARS.sub("", text), _PLACEHOLDERS) for text in (pair.source, pair.target))
    return "" if before == after else difference(before - after, after - before)


def changed_names(pair: Compared) -> str:
    """Name the project's names and the words with signs (C++, iOS) that are lost, and the signs that changed.

    The target may say a name more often or less often than the source, a sign it may not. A word with capitals inside
    may have only the first, Homebank for HomeBank, or be transcribed in a target without any Latin word. Two words that
    only lost the line end between them are no name.
    False 6 of 7,884 translations by people.
    """
    found = (
        _lost(pair.source, pair.target, pair.names) if pair.names else "",
        _lost_code_names(pair) if _NAME_SIGN.search(pair.source) else "",
        _changed(pair, _SIGNS) if _either(_SIGN, pair) else "",
    )
    return ", ".join(filter(None, found))


def _lost_code_names(pair: Compared) -> str:
    source = part_glued_words(pair.source, pair.source_language).text
    lost = set(_spans(_ABBREVIATION.sub(" ", source), _CODE_NAMES)) - set(_spans(pair.target, _CODE_NAMES))
    if not lost:
        return ""
    respelled = {word.casefold() for word in _WORD.findall(pair.target) if word.istitle()}
    transcribed = not _LATIN_LETTER.search(pair.target)
    return difference(
        Counter(name for name in lost if not name.isalpha() or not (transcribed or name.casefold() in respelled))
    )


def changed_markup(pair: Compared) -> str:
    """Name the tags that only one text has, those that lost their words, and raised or lowered figures that moved.

    Found 150 of 150 planted, false 0 of 7,884 translations by people. Only here a tag is called a tag: `names` and
    `placeholders` report most of the damaged ones too.
    """
    source, target = pair.source, pair.target
    if "<" not in source and "<" not in target:
        return ""
    before, after = Counter(split_markup(source)[1::2]), Counter(split_markup(target)[1::2])
    changed = " ".join(sorted(((before - after) + (after - before)).elements()))
    emptied = Counter(_emptied_tags(target)) - Counter(_emptied_tags(source))
    empty = " ".join(f"empty {tags}" for tags in sorted(emptied.elements()))
    return changed or empty or moved_formulas(source, target)


def _either(sign: re.Pattern[str], pair: Compared) -> bool:
    return bool(sign.search(pair.source) or sign.search(pair.target))


def _changed(pair: Compared, patterns: tuple[re.Pattern[str], ...]) -> str:
    before, after = _spans(pair.source, patterns), _spans(pair.target, patterns)
    return "" if before == after else difference(before - after, after - before)


def _lost(source: str, target: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    before = _spans(source, patterns)
    return difference(Counter(set(before) - set(_spans(target, patterns)))) if before else ""


def _spans(text: str, patterns: tuple[re.Pattern[str], ...]) -> Counter[str]:
    words = strip_markup(text) if "<" in text else text
    return Counter(match[0] for pattern in patterns for match in pattern.finditer(words))


def _emptied_tags(text: str) -> list[str]:
    """Return the pairs of tags with nothing but space between them."""
    parts = split_markup(text)
    return [
        parts[number] + parts[number + 2]
        for number in range(1, len(parts) - 2, 2)
        if not parts[number].startswith("</") and parts[number + 2].startswith("</") and not parts[number + 1].strip()
    ]


CHECKS = (
    Check(
        id="urls",
        severity=Severity.ERROR,
        remedy="copy the address from the source",
        find=changed_addresses,
        promised=True,
    ),
    Check(
        id="placeholders",
        severity=Severity.ERROR,
        remedy="copy the placeholder from the source, letter by letter",
        find=changed_placeholders,
        promised=True,
    ),
    Check(
        id="names",
        severity=Severity.ERROR,
        remedy="write the name or sign as the source does",
        find=changed_names,
        promised=True,
    ),
    Check(
        id="markup",
        severity=Severity.ERROR,
        remedy="put the tags of the source around the same words",
        find=changed_markup,
        promised=True,
    ),
)
