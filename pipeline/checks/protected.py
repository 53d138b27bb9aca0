"""Checks that what no translation may change stands in the target: addresses, placeholders, names, inline markup.

Engines change it in ways that a reader does not see: "jobs@example.com" becomes "jobs-example.com", "C#" becomes "C",
"{name}" becomes "nome", "<b>" loses its words. A reader of a feed can then neither apply nor follow a link, so these
are errors everywhere, and no configuration turns them down.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from pipeline.checks.check import Check, Compared, difference
from pipeline.language import spans
from pipeline.language.formulas import moved_formulas
from pipeline.language.glued_words import part_glued_words
from pipeline.model.finding import Severity
from pipeline.model.markup import split_markup, strip_markup

# Without one of these characters in either text there is nothing of the kind; a quick look before the search. All that
# they may be stand first in the pattern, by which the search goes from one to the next.
_ADDRESS_SIGN = re.compile(r"[@/.:](?:(?<=[@/])|(?<=\.)(?=\w)|(?<=mailto:)|(?<=tel:)|(?<=sms:))")
_PLACEHOLDER_SIGN = re.compile(r"[{%<_$[*/:](?:(?<=[{%<_$[*])|(?=\w))")
_NAME_SIGN = re.compile(r"[@#+\\.A-Z](?:(?<=[@#+\\])|(?<=\.)(?=\w)|(?<=[^\W\d_A-Z][A-Z]))")
_SIGN = re.compile(r"[@<>=^~\\|\u00b1\u2190-\u2bff\U0001f000-\U0001faff]")
# What French writes of dollars is no variable: 3 750 $US.
_DOLLARS = re.compile(r"(?<=\d)[ \u00a0\u202f]?\$[A-Z]{2}(?!\w)")
# Ph.D., M.Sc., U.S.: abbreviations that every language makes for itself, or has a word for.
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9_\u00c0-\u024f.])(?:[A-Z][a-z]{0,2}\.){2,}(?![A-Za-z0-9_\u00c0-\u024f])")

_WORD = re.compile(r"[^\W_]+")
_LATIN_LETTER = re.compile("[A-Za-z]")
_ADDRESSES = ("url", "email")
_PLACEHOLDERS = ("placeholder",)
_CODE_NAMES = ("code name",)
_SIGNS = ("picture", "comparison")
# What is no word.
_NO_WORDS = (*_ADDRESSES, *_PLACEHOLDERS, *_CODE_NAMES)
# Each kind behind what it cannot be without.
_KINDS: Final = {
    "url": (
        re.compile(r"[:.](?:(?<=:)(?=//)|(?<=\.)(?=[^\W\d_])|(?<=[Ww]\.)|(?<=mailto:)|(?<=tel:)|(?<=sms:))"),
        spans.URL,
    ),
    "email": (re.compile("@"), spans.EMAIL),
    "placeholder": (re.compile(r"[{%<_$[*~]|[/:][\w+-]"), spans.PLACEHOLDER),
    "code name": (_NAME_SIGN, spans.CODE_NAME),
    "picture": (_SIGN, spans.EMOJI),
    "comparison": (_SIGN, spans.COMPARISON),
}
_KEPT = 16384  # the locales of a project have the same sources


@lru_cache(maxsize=_KEPT)
def words_only(text: str) -> str:
    """Return a text without tags, addresses, placeholders and names that are the same in every language.

    >>> words_only("see https://a.example in C++").split()
    ['see', 'in']
    """
    words = _bare(text)
    if spans.MAY_HOLD.search(words):
        for kind in _NO_WORDS:
            words = _KINDS[kind][1].sub(" ", words) if _found(words, kind) else words
    return words


def changed_addresses(pair: Compared) -> str:
    """Name the web and e-mail addresses of one text that the other does not have.

    Found 150 of 150 planted changes of an address, false 0 of 7,884 translations by people.
    """
    return _difference(pair.source, pair.target, _ADDRESSES) if _either(_ADDRESS_SIGN, pair) else ""


def changed_placeholders(pair: Compared) -> str:
    """Name the placeholders, such as {name} and %s, of one text that the other does not have.

    Found 150 of 150 planted, false 1 of 7,884 translations by people.
    """
    if not _either(_PLACEHOLDER_SIGN, pair):
        return ""
    return _difference(_DOLLARS.sub("", pair.source), _DOLLARS.sub("", pair.target), _PLACEHOLDERS)


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
        _difference(pair.source, pair.target, _SIGNS) if _either(_SIGN, pair) else "",
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


def _difference(source: str, target: str, kinds: tuple[str, ...]) -> str:
    before, after = _spans(source, kinds), _spans(target, kinds)
    if before == after:
        return ""
    return difference(Counter(before) - Counter(after), Counter(after) - Counter(before))


def _lost(source: str, target: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    before = _named(source, patterns)
    return difference(Counter(before - _named(target, patterns))) if before else ""


def _named(text: str, patterns: tuple[re.Pattern[str], ...]) -> set[str]:
    bare = _bare(text)
    return {name for each in patterns for name in each.findall(bare)}


def _spans(text: str, kinds: tuple[str, ...]) -> list[str]:
    words = _bare(text)
    return [span for kind in kinds for span in _found(words, kind)]


def _bare(text: str) -> str:
    return strip_markup(text) if "<" in text else text


@lru_cache(maxsize=_KEPT)
def _found(words: str, kind: str) -> tuple[str, ...]:
    """Return what there is of a kind in a text; several checks ask for it."""
    sign, pattern = _KINDS[kind]
    return tuple([match[0] for match in pattern.finditer(words)]) if sign.search(words) else ()


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
