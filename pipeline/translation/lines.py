"""Lines that are no sentences, such as "Acme | Nurse | Berlin, Germany | REMOTE": what of them is asked, what stays.

An engine reads such a line as a sentence and makes one of it: it translates the employer ("Electric Objects" became
"Objetos elétricos") and exchanges the city ("New York" became "Rio de Janeiro"). So the line is parted at its
separators, and each part is asked as a source of its own, kept, or said in a fixed wording, by what it is. The line
stays one unit: its parts exist only between us and the engine.

A line is parted at bars, at bullets within it, behind a label (a few words with a capital before a colon or dash), at
dashes before a capital in a line without an end mark, at slashes between short items, and before names at its end. Of
6,253 lines of 296 real postings 766 are parted; of 150 of these read by eye 148 rightly. Of the 357 English ones
bergamot, asked for the whole line, lost or changed a name in 51, and in 106 left a word such as ONSITE in English or
took another for it; parted, in none.

>>> names = LineNames(proper=frozenset({"acme"}))
>>> parts = part_line("Acme | Head nurse | REMOTE", Locale("en"), Locale("pt", "BR"), names)
>>> [(part.text, str(part.kind), part.wording) for part in parts if part.text.strip(" |")]
[('Acme | ', 'kept', ''), ('Head nurse', 'asked', ''), ('REMOTE', 'worded', 'Remoto')]
>>> part_line("We care for people - at home and in hospitals.", Locale("en"), Locale("de"), names)
()
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from babel import Locale

from pipeline.language.end_marks import marks_of
from pipeline.language.gender_forms import gender_forms
from pipeline.language.knowledge import knowledge
from pipeline.language.letters import writes_capital_nouns
from pipeline.language.limits import is_too_long
from pipeline.language.spans import EMAIL, GENDER_MARK, URL, is_untranslatable, longest_apart, protected_spans
from pipeline.language.trade_words import knows_occupations, names_occupation
from pipeline.model.markup import TAG, split_markup
from pipeline.translation.line_parts import (
    SENTENCE_END,
    WORD,
    Line,
    LineNames,
    Part,
    PartKind,
    has_letters,
    is_common,
    kept_part,
    parts_by_kind,
    without_tags,
)

# A label is short, or all of it is bold; what is longer before a colon or a dash is the beginning of a sentence.
MAX_LABEL_WORDS, MAX_BOLD_LABEL_WORDS, MAX_HEAD_WORDS = 5, 9, 8
MAX_ITEM_WORDS = 5
MAX_EMPLOYER_WORDS = 5

_BAR = re.compile(r"(?<!\s)\s*\|+\s*")
_SPACED_BAR = re.compile(r"\|\s|\s\|")
_BULLET = re.compile(r"(?<!\s)\s*[·•]\s+")
_DASH = re.compile(r"(?<=\S)\s+(?:[–—-]|--)\s+(?=\S)")
# A hyphen before a space: in German it is the end of a compound's first half.
_ANY_DASH = re.compile(rf"{_DASH.pattern}|(?<=[a-z])-\s+(?=[A-Z])")
_SLASH = re.compile(r"(?<!\s)\s+//?\s+")
_COLON = re.compile(r"\s?[:：](?=\s|<|\Z)\s*")
_MIDWAY = re.compile(r"[.!?]\s|[!?]\Z")
_FIGURE = re.compile(r"[\d$€£¥%]")
_CUT_LINK = re.compile(r"<a\b[^<>]*\Z")
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
_OPENING, _CLOSING = "([{", ")]}"
# CLDR's way to write a colon behind a word in French: with a no-break space.
_SPACED_COLON = "\u00a0: "


def part_line(text: str, source: Locale, target: Locale, names: LineNames) -> tuple[Part, ...]:
    """Return the parts of a line that is no sentence, which joined are the line; none for a sentence."""
    if is_too_long(text) or not has_letters(text) or is_untranslatable(text, names.evidence.names):
        return ()
    line = Line(source=source, target=target, names=names)
    pieces = _cut(text, line)
    parts = tuple(_joined(part for piece in pieces for part in _parts_of(piece, line, alone=len(pieces) == 1)))
    if not all(_is_whole(part.text) for part in parts if part.asked):
        return ()
    telling = [part for part in parts if part.asked or part.wording or any(map(str.isalnum, without_tags(part.text)))]
    return () if len(telling) == 1 and telling[0].asked else parts


def line_target(parts: Iterable[Part], targets: Mapping[str, str]) -> str:
    """Put a line together from the targets of its asked parts, by their text; "" if one of them has none.

    >>> parts = (Part(text="Nurse", kind=PartKind.ASKED), Part(text=" | Bonn", kind=PartKind.KEPT))
    >>> line_target(parts, {"Nurse": "Enfermeira"}), line_target(parts, {})
    ('Enfermeira | Bonn', '')
    """
    listed = tuple(parts)
    if not all(targets.get(part.text) for part in listed if part.asked):
        return ""
    return "".join(targets[part.text] if part.asked else part.wording or part.text for part in listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What stands between separators, or one of them; `leads` tells that it may be the employer of a line of bars."""

    text: str
    separator: bool = False
    colon: bool = False
    leads: bool = False


def _cut(text: str, line: Line) -> list[_Piece]:
    """Cut a line at its bars, and what stands between them behind its label and at its other separators."""
    bars = _separators(text, _BAR) if _SPACED_BAR.search(text) else []
    parts = _split(text, bars)
    pieces = [piece for part in parts for piece in ([part] if part.separator else _cut_at_label(part.text, line))]
    others = [part.text for part in parts[1:] if not part.separator and part.text]
    if pieces[0].text == parts[0].text and any(_tells_job(other, line) for other in others):
        # "Careers | London" may be a heading; of three parts the first is who employs.
        sure = len(others) > 1 or not all(is_common(word, line) for word in WORD.findall(pieces[0].text))
        pieces[0] = replace(pieces[0], leads=sure)
    return pieces


def _cut_at_label(text: str, line: Line) -> list[_Piece]:
    label = _label_end(text, line)
    if not label:
        return _cut_list(text, line)
    start, stop = label
    separator = _Piece(text=text[start:stop], separator=True, colon=":" in text[start:stop])
    return [*_cut_list(text[:start], line), separator, *_cut_list(text[stop:], line)]


def _cut_list(text: str, line: Line) -> list[_Piece]:
    bullets = _separators(text, _BULLET)
    if len(bullets) > 1:
        return _split(text, bullets)
    if SENTENCE_END.search(without_tags(text)):
        return [_Piece(text=text)]
    pattern = _DASH if writes_capital_nouns(line.source.language) else _ANY_DASH
    dashes = [span for span in _separators(text, pattern) if _parts_names(text, span)]
    if not dashes or _count_words(text[: dashes[0][0]]) > MAX_HEAD_WORDS:
        return _cut_slashes(text, line)
    parts = _split(text, dashes)
    return [piece for part in parts for piece in ([part] if part.separator else _cut_slashes(part.text, line))]


def _cut_slashes(text: str, line: Line) -> list[_Piece]:
    """Cut a list at its slashes, not where both sides share a word: "Android / Linux engineers"."""
    slashes = _separators(text, _SLASH)
    pieces = _split(text, slashes)
    items = [piece.text for piece in pieces if not piece.separator]
    is_list = bool(slashes) and all(_starts_high(item) and _count_words(item) <= MAX_ITEM_WORDS for item in items)
    occupations = {names_occupation(without_tags(item), line.source.language) for item in items}
    return pieces if is_list and len(occupations) == 1 and not _is_couple(items) else [_Piece(text=text)]


def _is_couple(items: list[str]) -> bool:
    """Tell whether the words on both sides of a slash are the forms for two genders: "Monteur / Monteuse de nuit"."""
    left, right = (WORD.findall(without_tags(item)) for item in items[:2])
    labels = (f"{left[-1]} / {right[0]}", " / ".join(map(" ".join, (left, right))))
    return any(len(gender_forms(label)) > 1 for label in labels)


def _label_end(text: str, line: Line) -> tuple[int, int] | None:
    """Return where the separator behind a label stands: "Label: text", or "<strong>Label</strong> - Text"."""
    bold = re.match(r"\s*<(strong|b)>(?:(?!</\1>).)*</\1>", text)
    for start, stop in _separators(text, _COLON)[:1]:
        if text[start - 1 : start].isdigit() and text[stop : stop + 1].isdigit():
            return None
        label = without_tags(text[:start])
        in_bold = bold is not None and start <= bold.end() + 1
        most = MAX_BOLD_LABEL_WORDS if in_bold else MAX_LABEL_WORDS
        if _is_label(label, most, line) and _is_value(without_tags(text[stop:]).strip()):
            return start, stop
    for start, stop in _separators(text, _DASH)[:1]:
        most = MAX_BOLD_LABEL_WORDS if bold and start == bold.end() else MAX_LABEL_WORDS
        if _is_label(without_tags(text[:start]), most, line) and _parts_names(text, (start, stop)):
            return start, stop
    return None


def _is_label(label: str, most: int, line: Line) -> bool:
    """Tell whether the beginning of a line is a label: a few words with a capital, which no sentence ends in."""
    words = WORD.findall(label)
    small = knowledge(line.source.language).listed("lettering", "small")
    return (
        0 < len(words) <= most
        and _starts_high(label)
        and not re.search(r"[.!?,;|]\s|[.!?,;]\Z", label.strip())
        and words[-1].casefold() not in small
    )


def _is_value(text: str) -> bool:
    """Tell whether something stands behind a label; an address with words behind it goes on in a sentence."""
    address = URL.match(text)
    return bool(text) and not (address and has_letters(text[address.end() :]))


def _parts_names(text: str, span: tuple[int, int]) -> bool:
    """Tell whether a dash stands between two parts, not in a range of figures nor in a running sentence."""
    before, after = without_tags(text[: span[0]]).rstrip(), without_tags(text[span[1] :]).lstrip()
    ranged = bool(_FIGURE.search(before[-3:])) and bool(_FIGURE.search(after[:4]))
    return not ranged and (_starts_high(after) or bool(URL.match(after)))


def _separators(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return where separators stand that are no part of an address, of a name, of a quotation or of brackets."""
    matches = list(pattern.finditer(text))
    closed = _closed_spans(text) if matches else []
    found = []
    for match in matches:
        start = match.end() - len(match[0].lstrip())
        place = bisect_right(closed, (start, len(text)))
        if not place or closed[place - 1][1] <= start:
            found.append(match.span())
    return found


def _closed_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans in which no separator parts, in order, none overlapping."""
    spans = [*protected_spans(text), *(match.span() for found in (TAG, _QUOTED) for match in found.finditer(text))]
    opened: list[int] = []
    for number, char in enumerate(text):
        if char in _OPENING:
            opened.append(number)
        elif char in _CLOSING and opened:
            spans.append((opened.pop(), number + 1))
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(span for span in spans if span[1] - span[0] > 1):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _split(text: str, separators: Iterable[tuple[int, int]]) -> list[_Piece]:
    pieces, end = [], 0
    for start, stop in separators:
        pieces += [_Piece(text=text[end:start]), _Piece(text=text[start:stop], separator=True)]
        end = stop
    return [*pieces, _Piece(text=text[end:])]


def _parts_of(piece: _Piece, line: Line, *, alone: bool) -> Iterator[Part]:
    """Yield a piece as what is asked, kept or worded, with what its edges hold beside words."""
    if piece.separator:
        yield _colon(piece.text, line) if piece.colon else kept_part(piece.text)
        return
    start, stop = _core(piece.text, alone=alone)
    yield kept_part(piece.text[:start])
    core = piece.text[start:stop]
    if piece.leads and _is_employer(core, line):
        yield kept_part(core)
    elif core:
        yield from parts_by_kind(core, line, alone=alone)
    yield kept_part(piece.text[stop:])


def _core(text: str, *, alone: bool) -> tuple[int, int]:
    """Return where a piece begins and ends without the tags, gender marks and addresses at its edges.

    An address at the end of a line without separators is part of its sentence: "Write to jobs@example.org".
    """
    patterns = (TAG, GENDER_MARK) if alone else (TAG, GENDER_MARK, _CUT_LINK, URL, EMAIL)
    edges = longest_apart(match.span() for pattern in patterns for match in pattern.finditer(text))
    start, stop = inner = len(text) - len(text.lstrip()), len(text.rstrip())
    for left, right in edges:
        if left == start:
            start = min(right + len(text[right:]) - len(text[right:].lstrip()), stop)
    for left, right in reversed(edges):
        if right == stop and left >= start:
            stop = max(len(text[:left].rstrip()), start)
    return (start, stop) if _is_whole(text[start:stop]) else inner


def _tells_job(text: str, line: Line) -> bool:
    """Tell whether a part of a line of bars is what stands behind an employer: a role, a place, an address, a mode."""
    start, stop = _core(text, alone=False)
    core = text[start:stop]
    behind = core != text.strip() or names_occupation(core, line.source.language)
    return behind or any(not part.asked for part in parts_by_kind(core, line, alone=True))


def _is_employer(text: str, line: Line) -> bool:
    """Tell whether the first part of a line of bars is who employs: no occupation, no place and no sentence."""
    words = WORD.findall(without_tags(text))
    return (
        knows_occupations(line.source.language)
        and 0 < len(words) <= MAX_EMPLOYER_WORDS
        and not _MIDWAY.search(text)
        and not names_occupation(text, line.source.language)
    )


def _colon(text: str, line: Line) -> Part:
    """Return a colon as the target's locale writes it."""
    mark = marks_of(line.target).get("colon", ":")[:1]
    wording = _SPACED_COLON if line.target.language == "fr" else f"{mark} " if mark.isascii() else mark
    wording = wording if text[-1:].isspace() else wording.rstrip()
    return kept_part(text) if wording == text else Part(text=text, kind=PartKind.WORDED, wording=wording)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Join what is kept side by side."""
    for kept, group in groupby((part for part in parts if part.text), key=lambda part: part.kind is PartKind.KEPT):
        listed = list(group)
        if kept:
            yield kept_part("".join(part.text for part in listed))
        else:
            yield from listed


def _is_whole(text: str) -> bool:
    """Tell whether every tag of a part has its other half in it."""
    return len(split_markup(text)) // 2 == len(TAG.findall(text))


def _starts_high(text: str) -> bool:
    """Tell whether a text begins with a capital, a figure or a letter without case."""
    first = next((char for char in without_tags(text) if char.isalnum()), "")
    return bool(first) and not first.islower()


def _count_words(text: str) -> int:
    return len(WORD.findall(without_tags(text)))
