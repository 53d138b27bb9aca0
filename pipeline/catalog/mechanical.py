r"""Edits of a source that leave its words as they are, and the same edit made in its target.

A reader that takes list marks off, joins lines that an editor had wrapped, decodes an entity or drops a soft hyphen
changes sources without changing what they say. What people reviewed stays reviewed then:

    >>> source, target = "&bull; R\\&D budget;", "\u2022 Budget f\xfcr F\\&E;"
    >>> wording_of(source) == wording_of("R&D budget.")
    True
    >>> carry_edit(target, source, "R&D budget.")
    'Budget f\xfcr F&E.'

A sign that says something (`C#`, `-5`, a question mark, brackets) is none of these.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.model.markup import TAG

_LIST_MARK = re.compile(
    r"^\s*(?:[-*+\u2022\u2023\u25aa\u25ab\u25ba\u25cf\u25cb\u25a0\u25e6\u2219\u00b7\u2043\u29bf\u29be\u27a4\u2713\u2714\u2705\u2013\u2014o]\s+"
    r"|[\u2022\u25aa\u25cf\u25cb\u25a0\u00b7\u29bf\u2705]|\(?\d{1,2}[.)]\s+)"
)
# What stands around a line to be seen: emoji, and the signs of equality that frame a heading.
_DECORATION = "\u200d\ufe0f= \u00a0" + "".join(map(chr, (*range(0x2600, 0x27C0), *range(0x1F300, 0x1FB00))))
_RAW_TAG = re.compile(r"</?(?:a|b|br|code|div|em|i|p|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_RAW_LINK = re.compile(r"<a href=\"([^\"]*)\"[^<>]*>")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"\*\*|__")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})
_END_MARKS = ".:;,\u3002\uff1a\uff1b\uff0c"
_SENTENCE_END = re.compile("(?<=[.!?\u2026\u061f])\\s+|(?<=[\u3002\uff01\uff1f])")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def wording_of(source: str) -> str:
    """Return what is the same of two sources that differ in marks of lists and ends, spaces, escapes or markup only."""
    return _bare(source).rstrip(_END_MARKS + " ")


def words_of(source: str) -> tuple[str, ...]:
    """Return the words of a source as they are compared: without list mark, escapes and markup."""
    return tuple(_bare(source).split())


def carry_edit(target: str, before: str, after: str) -> str:
    """Make in a target the edit that led from the source `before` to `after`, which have the same wording."""
    if html.unescape(before) != before and html.unescape(after) == after:
        target = html.unescape(target)
    if _RAW_LINK.sub(r'<a href="\1">', before) != before:
        target = _RAW_LINK.sub(r'<a href="\1">', target)
    dropped = {match[2] for match in TAG.finditer(before)} - {match[2] for match in TAG.finditer(after)}
    target = TAG.sub(lambda match: "" if match[2] in dropped else match[0], target)
    for end in (slice(0, 1), slice(-1, None)):
        if _shown(before)[end] in _DECORATION and _shown(after)[end] not in _DECORATION:
            target = target.strip().lstrip(_DECORATION) if end.start == 0 else target.strip().rstrip(_DECORATION)
    if _ESCAPED.search(before) and not _ESCAPED.search(after):
        target = _ESCAPED.sub(r"\1", target)
    if _INVISIBLE.search(before) and not _INVISIBLE.search(after):
        target = _INVISIBLE.sub("", target)
    if _LIST_MARK.match(html.unescape(before)) and not _LIST_MARK.match(after):
        target = _LIST_MARK.sub("", target)
    if _EMPHASIS.search(before) and not _EMPHASIS.search(after):
        tag = next((match[2] for match in TAG.finditer(after) if match[2] in {"b", "strong"}), "")
        target = _EMPHASIS.sub("", _BOLD.sub(rf"<{tag}>\1</{tag}>" if tag else r"\1", target))
    return _with_end(target.strip(), _end_of(before), _end_of(after))


def join_targets(targets: Iterable[str]) -> str:
    """Join the targets of lines that have become one; scripts without spaces get none.

    >>> join_targets(["Wir suchen eine", "Bäckerin."])
    'Wir suchen eine Bäckerin.'
    """
    joined = ""
    for target in targets:
        spaced = joined and not (_DENSE.match(joined[-1]) and _DENSE.match(target[:1]))
        joined += f" {target}" if spaced else target
    return joined


def split_target(target: str, count: int) -> tuple[str, ...]:
    """Cut the target of a source that has become `count` sentences behind its ends; none if it has not as many.

    >>> split_target("Wir backen. Sie verkaufen.", 2)
    ('Wir backen.', 'Sie verkaufen.')
    """
    parts = tuple(filter(None, map(str.strip, _SENTENCE_END.split(target))))
    return parts if len(parts) == count else ()


class Lines:
    """The lines of a text, found again where they have been joined.

    >>> lines = Lines()
    >>> lines.add("We are looking", 1)
    >>> lines.add("for a baker", 2)
    >>> lines.find(words_of("We are looking for a baker"))
    (1, 2)
    """

    def __init__(self) -> None:
        self._beginning: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)

    def add(self, source: str, number: int) -> None:
        """Take in a line under a number."""
        words = words_of(source)
        if words:
            self._beginning[words[0]].append((words, number))

    def find(self, wanted: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of the lines whose words are, one after another, exactly the `wanted` ones; else none."""
        found: list[int] = []
        position = 0
        while position < len(wanted):
            fitting = (
                (len(words), -number)
                for words, number in self._beginning.get(wanted[position], ())
                if len(words) < len(wanted) and tuple(wanted[position : position + len(words)]) == words
            )
            length, number = max(fitting, default=(0, 0))
            if not length:
                return ()
            found.append(-number)
            position += length
        return tuple(found)


def _bare(text: str) -> str:
    plain = _INVISIBLE.sub("", _RAW_TAG.sub("", html.unescape(html.unescape(text))))
    plain = plain.strip(_DECORATION)
    plain = _LIST_MARK.sub("", _ESCAPED.sub(r"\1", plain), count=1)
    return " ".join(_EMPHASIS.sub("", plain).translate(_QUOTES).split())


def _shown(text: str) -> str:
    return _RAW_TAG.sub("", html.unescape(text)).strip()


def _end_of(text: str) -> str:
    bare = TAG.sub("", text).rstrip()
    return bare[len(bare.rstrip(_END_MARKS)) :]


def _with_end(target: str, before: str, after: str) -> str:
    if before == after:
        return target
    end = _end_of(target)
    if end == before:
        return target[: len(target) - len(end)].rstrip() + after if target.endswith(end) else target
    return target
