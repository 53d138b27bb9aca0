r"""Edits of a source that leave its words as they are, and the same edit made in its target.

A reader that takes list marks off, joins lines that an editor had wrapped, decodes an entity or drops a soft hyphen
changes sources without changing what they say; so does who puts a full stop, a no-break space or a typographic quote.
What people reviewed stays reviewed then, and gets the same edit in the form of its own locale:

    >>> source, target = "&bull; R\\&D budget;", "\u2022 Budget f\xfcr F\\&E;"
    >>> wording_of(source) == wording_of("R&D budget.")
    True
    >>> carry_edit(target, source, "R&D budget.")
    'Budget f\xfcr F&E.'
    >>> carry_edit("Postes \"juniors\" :", 'Posts "junior":', "Posts \u201cjunior\u201d.", Locale("fr"))
    'Postes \xab\xa0juniors\xa0\xbb.'

A sign that says something (`C#`, `-5`, a question mark, brackets) is none of these, nor a space between letters or
figures.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from babel import Locale

from pipeline.language.end_marks import marks_of
from pipeline.language.typography import Quotes, quotes_of, space_before, space_within_quotes
from pipeline.model.markup import TAG, split_markup
from pipeline.model.patterns import lazy_pattern

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
_SINGLE, _DOUBLE = "\u2018\u2019\u201a\u201b\u2039\u203a", "\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d"
_QUOTES = str.maketrans(dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"'))
_DOUBLE_QUOTE = re.compile(f'["{_DOUBLE}]')
_SINGLE_QUOTE = re.compile(f"['{_SINGLE}]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['\u2019](?=[^\W\d_])")
_SPACE_IN_QUOTES = re.compile(r"(?<=\u00ab)[ \u00a0\u202f]|[ \u00a0\u202f](?=\u00bb)")
# Before a quotation and behind it. Inches and feet stand behind a figure: a 19" rack.
_BEFORE_QUOTE, _BEHIND_QUOTE = (
    re.compile(r"(?:^|[\s(\[/\u2013\u2014-])$"),
    re.compile(r"$|[\s)\]/.,;:!?\u2026\u2013\u2014-]"),
)
_DASH = re.compile(r"(?<=\s)[-\u2013\u2014](?=\s)|(?<=\d)[-\u2013](?=\d)")
_ELLIPSIS = re.compile(r"\.\.\.|\u2026")
_NO_BREAK = re.compile("[\u00a0\u202f]")
_NO_BREAK_IN = re.compile("(\\S{1,40})([\u00a0\u202f])(?=(\\S{1,40}))")
_SPACE_IN = re.compile(r"(\S{1,40}) (?=(\S{1,40}))")
# A mark belongs to the word before it, and a bracket to what it is around.
_GAP = re.compile(r"(?<=\S)\s+(?=[,.;:!?)\]](?:\s|$))|(?<=[(\[])\s+(?=\S)")
_GAP_BEFORE_MARK = re.compile(r"(?<=\S)[ \u00a0\u202f]+([,.;:!?)\]])(?=\s|$)")
_GAP_IN_BRACKET = re.compile(r"(?<=[(\[])[ \u00a0\u202f]+(?=\S)")
_END_MARKS = ".:;,\u3002\uff1a\uff1b\uff0c\u3001\u060c\u061b\u06d4\u0964\u0589"
_MARK_NAMES: Final = {
    **dict.fromkeys(".\u3002\u06d4\u0964\u0589", "statement"),
    **dict.fromkeys(":\uff1a", "colon"),
    **dict.fromkeys(";\uff1b\u061b", "semicolon"),
    **dict.fromkeys(",\uff0c\u3001\u060c", "comma"),
}
_PLAIN_MARKS: Final = {"statement": ".", "colon": ":", "semicolon": ";", "comma": ","}
_SENTENCE_END = re.compile("(?<=[.!?\u2026\u061f])\\s+|(?<=[\u3002\uff01\uff1f])")
_DENSE = lazy_pattern("[\u3040-\u30ff\u3400-\u9fff]")


class Edit(StrEnum):
    """What was done to a source whose words stay: the classes that a log names."""

    MOVED = "moved"
    JOINED = "joined"
    SPLIT = "split"
    LIST_MARK = "list_mark"
    MARKUP = "markup"
    ESCAPE = "escape"
    INVISIBLE = "invisible"
    QUOTES = "quotes"
    DASH = "dash"
    ELLIPSIS = "ellipsis"
    SPACE = "space"
    END_MARK = "end_mark"


# What of a source tells each class, behind the classes before it.
_SEEN: Final = {
    Edit.LIST_MARK: _LIST_MARK,
    Edit.MARKUP: re.compile(rf"{_RAW_TAG.pattern}|{_EMPHASIS.pattern}", re.IGNORECASE),
    Edit.ESCAPE: re.compile(rf"&#?\w+;|{_ESCAPED.pattern}"),
    Edit.INVISIBLE: _INVISIBLE,
    Edit.QUOTES: re.compile(f"[\"'{_SINGLE}{_DOUBLE}]"),
    Edit.DASH: _DASH,
    Edit.ELLIPSIS: _ELLIPSIS,
    Edit.SPACE: re.compile(r"\s+"),
}


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    r"""Name what was done between two sources of the same wording.

    >>> edits_between("Posts:", "Posts"), edits_between('8 "posts"', "8\xa0\u201cposts\u201d")
    ((<Edit.END_MARK: 'end_mark'>,), (<Edit.QUOTES: 'quotes'>, <Edit.SPACE: 'space'>))
    """
    found = [each for each, sign in _SEEN.items() if _matches(sign, before) != _matches(sign, after)]
    return (*found, Edit.END_MARK) if _end_of(before) != _end_of(after) else tuple(found)


def wording_of(source: str) -> str:
    """Return what is the same of two sources that differ in marks of lists and ends, spaces, escapes or markup only."""
    return _bare(source).rstrip(_END_MARKS + " ")


def words_of(source: str) -> tuple[str, ...]:
    """Return the words of a source as they are compared: without list mark, escapes and markup."""
    return tuple(_bare(source).split())


def carry_edit(target: str, before: str, after: str, locale: Locale | None = None) -> str:
    """Make in a target the edit that led from the source `before` to `after`, which have the same wording.

    Marks and quotes are those of the locale; without one, those of the source.
    """
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
    target = _with_signs(target.strip(), before, after, locale)
    return _with_end(target, _end_of(before), _end_of(after), locale)


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


def _matches(sign: re.Pattern[str], text: str) -> list[str]:
    return [match[0] for match in sign.finditer(text)]


def _bare(text: str) -> str:
    plain = _INVISIBLE.sub("", _RAW_TAG.sub("", html.unescape(html.unescape(text))))
    plain = plain.strip(_DECORATION)
    plain = _LIST_MARK.sub("", _ESCAPED.sub(r"\1", plain), count=1)
    plain = _SPACE_IN_QUOTES.sub("", _EMPHASIS.sub("", plain)).translate(_QUOTES)
    plain = _ELLIPSIS.sub("...", _DASH.sub("-", plain))
    return " ".join(_GAP.sub("", plain).split())


def _shown(text: str) -> str:
    return _RAW_TAG.sub("", html.unescape(text)).strip()


def _end_of(text: str) -> str:
    bare = TAG.sub("", text).rstrip()
    return bare[len(bare.rstrip(_END_MARKS)) :]


def _with_signs(target: str, before: str, after: str, locale: Locale | None) -> str:
    """Make the edits of quotes, dashes and spaces in the text of a target; its tags stay as they are."""
    for sign, straight in ((_DOUBLE_QUOTE, '"'), (_SINGLE_QUOTE, "'")):
        if (was := _is_straight(sign, straight, before)) != (now := _is_straight(sign, straight, after)):
            if was and now is False:
                target = _with_quotes(target, straight, _marks(straight, after, locale), locale)
            elif now:
                target = _straightened(target, straight)
    for sign in (_DASH, _ELLIPSIS):
        was_written, is_written = set(_matches(sign, before)), set(_matches(sign, after))
        if len(was_written) == len(is_written) == 1 and was_written != is_written:
            old, new = was_written.pop(), is_written.pop()
            target = sign.sub(lambda match, old=old, new=new: new if match[0] == old else match[0], target)  # type: ignore[misc]  # mypy infers no lambda with a default
    if len(_matches(_GAP, before)) > len(_matches(_GAP, after)):
        target = _GAP_BEFORE_MARK.sub(lambda match: match[0] if _is_spaced(match[1], locale) else match[1], target)
        target = _GAP_IN_BRACKET.sub("", target)
    if len(_NO_BREAK.findall(after)) > len(_NO_BREAK.findall(before)):
        unbroken = {(match[1], match[3]): match[2] for match in _NO_BREAK_IN.finditer(after)}
        target = _SPACE_IN.sub(lambda match: match[1] + unbroken.get((match[1], match[2]), " "), target)
    return target


def _is_spaced(mark: str, locale: Locale | None) -> bool:
    return locale is not None and bool(space_before(mark, locale))


def _is_straight(sign: re.Pattern[str], straight: str, text: str) -> bool | None:
    """Tell whether the quotes of a text are straight ones; None where it has none, or both."""
    found = set(_matches(sign, "".join(split_markup(text)[::2])))
    return None if not found or (straight in found and len(found) > 1) else straight in found


def _marks(straight: str, source: str, locale: Locale | None) -> Quotes:
    """Return the quotation marks of a locale; without one, those of a source."""
    if locale is not None:
        return quotes_of(locale)
    found = _matches(_DOUBLE_QUOTE if straight == '"' else _SINGLE_QUOTE, source)
    return Quotes(found[0], found[-1], found[0], found[-1])


def _with_quotes(target: str, straight: str, marks: Quotes, locale: Locale | None) -> str:
    """Write the straight quotes of a target as the locale does, and its apostrophes; what is no pair stays."""
    parts = split_markup(target)
    if straight == "'":
        parts[::2] = (_APOSTROPHE.sub("\u2019", part) for part in parts[::2])
    places = [
        (number, at) for number in range(0, len(parts), 2) for at, sign in enumerate(parts[number]) if sign == straight
    ]
    before = [_BEFORE_QUOTE.search(parts[number][:at]) for number, at in places[::2]]
    behind = [_BEHIND_QUOTE.match(parts[number], at + 1) for number, at in places[1::2]]
    if len(before) != len(behind) or not all(before) or not all(behind):
        return "".join(parts)
    gap = space_within_quotes(locale) if locale is not None and marks.opening == "\u00ab" else ""
    opening, closing = (marks.opening, marks.closing) if straight == '"' else marks[2:]
    for turn, (number, at) in reversed(list(enumerate(places))):
        written = gap + closing if turn % 2 else opening + gap
        parts[number] = parts[number][:at] + written + parts[number][at + 1 :]
    return "".join(parts)


def _straightened(target: str, straight: str) -> str:
    parts = split_markup(target)
    sign = _DOUBLE_QUOTE if straight == '"' else _SINGLE_QUOTE
    parts[::2] = (
        sign.sub(straight, _SPACE_IN_QUOTES.sub("", part) if straight == '"' else part) for part in parts[::2]
    )
    return "".join(parts)


def _with_end(target: str, before: str, after: str, locale: Locale | None) -> str:
    """Return a target with the end of its source: the mark of its own locale, with the space that stands before it."""
    if before == after:
        return target
    end = _end_of(target)
    asks = target.endswith(("?", "!", "\u2026", "\uff1f", "\uff01", "\u061f"))
    if _kinds(end) != _kinds(before) or not target.endswith(end) or (asks and not end):
        return target
    body = target[: len(target) - len(end)].rstrip()
    return body + _in_locale(after, locale)


def _kinds(end: str) -> list[str]:
    return [_MARK_NAMES[mark] for mark in end]


def _in_locale(end: str, locale: Locale | None) -> str:
    """Write the end of a source in the marks of a locale."""
    if locale is None:
        return end
    marks = [(marks_of(locale).get(name, _PLAIN_MARKS[name])[:1]) for name in _kinds(end)]
    return "".join(space_before(mark, locale) + mark for mark in marks)
