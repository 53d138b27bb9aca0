"""Marks of lists: what begins with one is an item without it, several in a line are several items, wrapped lines join.

`cut_items` cuts lines that hold several items, `read_items` takes bullets and numbers off, and `join_wrapped` makes
one line again of what was cut at some width.
"""

import re

from pipeline.intake.reading.bodies.lines import (
    CAPITAL,
    EMOJI,
    SMALL,
    WORD,
    Break,
    Line,
    bare,
    ends_sentence,
    is_balanced,
    is_cut_word,
    joined,
)
from pipeline.intake.reading.headings import MAX_HEADING_CHARS, HeadingLexicon
from pipeline.language.scripts import HAN, KANA, letters_of
from pipeline.model.patterns import lazy_pattern

# What nobody writes at the start of a line but as a bullet; the last are those of Word's symbol fonts.
_BULLETS = "•‣▪▫●○■□◦∙►▶▸▹➢➤➔➜→⇒»›✓✔✅☑✗✘★☆♦◆◇❖❑❒⦁⁃❯・·¤§\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_DASHES = "-–—*+>~."
_BULLET = re.compile(
    rf"(?P<tags>(?:<[a-z]+>)*)\s*(?:(?P<mark>[{_BULLETS}])\ufe0f?[\s\u00a0]*"
    rf"|(?P<dash>[-=]>|>>|--|[{_DASHES}])[\s\u00a0]+(?:\[[ xX]\][\s\u00a0]+)?)(?=\S)"
)
_TIGHT = re.compile(r"(?P<tags>(?:<[a-z]+>)*)(?P<dash>[-–—*])(?=[^\W_]|[¿¡(\"«“<])")
_PICTURE = re.compile(rf"(?P<mark>[{EMOJI}][{EMOJI}\ufe0f\u200d]*)[\s\u00a0]*(?=\S)")
_SEVERAL_PICTURES = lazy_pattern(rf"(?:^|(?<=[^\s.!?…])\s)([{EMOJI}][{EMOJI}\ufe0f\u200d]*)\s?(?=[{CAPITAL}¿¡])")
_LETTER_O = re.compile(rf"(?P<dash>o)[\s\u00a0]+(?=[{CAPITAL}])")
_NUMBER = re.compile(
    r"(?P<tags>(?:<[a-z]+>)*)\(?(?P<number>\d{1,2}|[ivx]{2,5}|[a-z])(?:[.)]-?|\s?[-–])[\s\u00a0]+(?=\S)"
)
_TIGHT_NUMBER = lazy_pattern(
    rf"(?P<tags>)(?P<number>\d{{1,2}})(?:[.)](?=[{CAPITAL}][{SMALL}])|[.)、．）]\s*(?=[{letters_of(KANA, HAN)}]))"
)
_SEVERAL = re.compile(
    rf"(?:(?:^|(?<=[\s\u00a0:;.,!?)]))([{_BULLETS}])|(?<=\S)([{_BULLETS}])(?=\s))[\s\u00a0]*(?=[^\s{_BULLETS}])"
)
_SEVERAL_DASHES = re.compile(rf"(?:^|(?<=[\s:;.]))([-–*])[\s\u00a0]+(?=[¿¡]?[{CAPITAL}])")
_SEVERAL_TIGHT = re.compile(rf"(?<=[\w)])-[\s\u00a0]+(?=[¿¡]?[{CAPITAL}])")
_SEVERAL_NUMBERS = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)][\s\u00a0]+(?=[^\W\d_])")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_OPENS_LIST = re.compile(r"[:：.!?;)]\s*$")
_SEPARATED = re.compile(r";\s+")
_MIN_SEPARATED = 3
# Signs that mark headings as well as items.
_DECORATIVE = "●○■□◆◇▼▽★☆►▶"
_MIN_COUNTED = 2
# The level of headings that count.
_COUNTED_LEVEL = 2
_MAX_SEPARATORS_LINE = 120
# A text is wrapped at some width if most of its lines come close to the longest; nobody wraps wider.
_MAX_WIDTH, _MIN_WIDTH, _MIN_FULL = 120, 40, 3
# Text is seldom wrapped wider than that; a line that fills less than this share of it was ended by who wrote it.
_USUAL_WIDTH, _SHORT = 100, 0.6
_LEAST_WRAPPED, _MIN_WRAPPED = 60, 2


def cut_items(lines: list[Line]) -> list[Line]:
    """Cut lines that hold several items: `• a • b`, `Tasks: - A - B`, `We offer: a; b; c`, `1. a 2. b 3. c`.

    Cut 36 lines in 22 of 296 real postings, into 143 further ones.
    """
    if not _may_hold_several("\n".join([line.text for line in lines])):
        return lines
    return [part for line in lines for part in _cut(line)]


def _may_hold_several(text: str) -> bool:
    return not text.isascii() or "- " in text or "* " in text or ";" in text or "1." in text or "1)" in text


def _cut(line: Line) -> list[Line]:
    text = line.text
    if line.level or not _may_hold_several(text):
        return [line]
    starts = _starts(text)
    if len(starts) > 1 or (starts and starts[0] > 0):
        parts = [text[start:end].strip() for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]
        if all(map(is_balanced, parts)):
            return _parts(line, [part for part in parts if part])
    head, colon, rest = text.partition(": ")
    listed = _SEPARATED.split(rest) if colon and ";" in rest else []
    if len(listed) >= _MIN_SEPARATED and all(map(is_balanced, [head, *listed])) and not _holds_sentences(listed):
        return _parts(line, [head + ":", *(f"• {part}" for part in listed if WORD.search(part))])
    return [line]


def _starts(text: str) -> list[int]:
    """Return where the items of a line start."""
    for pattern in _patterns_of(text):
        found = list(pattern.finditer(text))
        marks = [match for match in found if match[0].strip() == found[0][0].strip()]
        dash = pattern is _SEVERAL_DASHES
        if len(marks) > 1 and _is_list(text, marks[0].start(), dash=dash):
            return [match.start() for match in marks]
        if marks and marks[0].start() and text[: marks[0].start()].rstrip().endswith((":", "：")):
            return [match.start() for match in marks]
    tight = list(_SEVERAL_TIGHT.finditer(text)) if text.count("- ") >= _MIN_SEPARATED else []
    if len(tight) >= _MIN_SEPARATED:
        return [match.start() for match in tight]
    pictures = list(_SEVERAL_PICTURES.finditer(text)) if not text.isascii() else []
    if len(pictures) >= _MIN_SEPARATED:
        return [match.start(1) for match in pictures]
    numbers = list(_SEVERAL_NUMBERS.finditer(text)) if ("1." in text or "1)" in text) else []
    counted = len(numbers) >= _MIN_SEPARATED and [int(match[1]) for match in numbers] == [*range(1, len(numbers) + 1)]
    # "1. Jahr: 1.100 €, 2. Jahr: 1.200 €, 3. Jahr: …" is a line with ordinals.
    if counted and not all(text[: match.start()].rstrip().endswith(",") for match in numbers[1:]):
        return [match.start() for match in numbers]
    return []


def _patterns_of(text: str) -> list[re.Pattern[str]]:
    patterns = [_SEVERAL] if not text.isascii() else []
    dashes = text.count("- ") + text.count("– ") + text.count("* ")
    return [*patterns, _SEVERAL_DASHES] if dashes > (text[0] in "-–*") else patterns


def _is_list(text: str, start: int, *, dash: bool) -> bool:
    """Tell a list in a line from a line whose parts a sign separates: "Berlin • full time • 80 %"."""
    head = text[:start].rstrip()
    if not head:
        return True
    return head.endswith((":", "：")) or (
        not dash and (_OPENS_LIST.search(head) is not None or len(text) > _MAX_SEPARATORS_LINE)
    )


def _holds_sentences(parts: list[str]) -> bool:
    return any(ends_sentence(part) for part in parts[:-1]) or any(re.search(r"[.!?]\s+\S", part) for part in parts)


def _parts(line: Line, texts: list[str]) -> list[Line]:
    first = Line(texts[0], line.before, line.item, line.depth, line.ordered, indent=line.indent, opens_list=True)
    return [first, *(Line(text, Break.LINE, line.item, line.depth, indent=line.indent) for text in texts[1:])]


def read_items(lines: list[Line], lexicon: HeadingLexicon) -> None:
    """Take bullets, and numbers that count, off the lines that they make items; `depth` by indent and kind of mark.

    Took 1,116 marks off in 110 of 296 real postings, 119 of them emoji, 14 numbers.
    """
    marked = [number for number, line in enumerate(lines) if _may_be_marked(line.text)]
    tight = sum(1 for number in marked if _TIGHT.match(lines[number].text)) > 1
    headed = _marks_of_headings([lines[number].text for number in marked], lexicon)
    letters = sum(1 for number in marked if _LETTER_O.match(lines[number].text)) > 1
    for number in marked:
        line = lines[number]
        match = _BULLET.match(line.text) or (_TIGHT.match(line.text) if tight or _is_tight(line.text) else None)
        match = match or (_LETTER_O.match(line.text) if letters else None)
        if not match or line.level:
            continue
        if match.groupdict().get("mark") in headed or _is_decorated_heading(lines, number, match, lexicon):
            line.before = Break.GAP
        elif _opens_section(lines, number, match):
            line.text = line.text[match.end() :]
        else:
            _take(line, match)
    if marked:
        _take_pictures(lines, lexicon)
        _take_numbers([lines[number] for number in marked], lexicon)
    _set_depths(lines)


def _may_be_marked(text: str) -> bool:
    """Tell by its first signs whether a line may begin with a mark: most begin with a word."""
    if not text[0].isalpha() or text[1:2] in {".", ")", " ", "\u00a0", "-"}:
        return True
    return text[0] in "ivx" and text[1:2] in "ivx" and text[:5].replace(")", ".").partition(".")[0] in _ROMAN


def _is_tight(text: str) -> bool:
    return re.match(rf"[-–—][¿¡]?[{CAPITAL}][{SMALL}]", text) is not None


def _take(line: Line, match: re.Match[str]) -> None:
    groups = match.groupdict()
    line.mark = groups.get("mark") or groups.get("dash") or groups.get("number") or ""
    line.text = (groups.get("tags") or "") + line.text[match.end() :]
    line.item = True


def _marks_of_headings(texts: list[str], lexicon: HeadingLexicon) -> frozenset[str]:
    """Return the signs whose lines are mostly known headings: "◆応募資格", "◆勤務地", "◆応募方法"."""
    known: dict[str, list[bool]] = {}
    for text in texts:
        if text[0] in _DECORATIVE and (match := _BULLET.match(text)):
            known.setdefault(text[0], []).append(lexicon.knows(text[match.end() :]))
    return frozenset(mark for mark, told in known.items() if 2 * sum(told) > len(told) > 1)


def _is_decorated_heading(lines: list[Line], number: int, match: re.Match[str], lexicon: HeadingLexicon) -> bool:
    """Tell "■業務内容" and "◆ Profil" above a list from an item: no neighbour has its mark, what follows another."""
    mark, rest = match.groupdict().get("mark"), lines[number].text[match.end() :]
    if mark is None or mark not in _DECORATIVE or ends_sentence(rest) or len(rest) > 40:  # noqa: PLR2004  a heading is short
        return False
    neighbours = [lines[other].text for other in (number - 1, number + 1) if 0 <= other < len(lines)]
    alone = not any(text.startswith(mark) for text in neighbours)
    follows = _BULLET.match(lines[number + 1].text) if number + 1 < len(lines) else None
    return alone and (lexicon.knows(rest) or follows is not None)


def _opens_section(lines: list[Line], number: int, match: re.Match[str]) -> bool:
    """Tell "- Your tasks:" between blank lines, or above a list with another mark, from an item with a colon."""
    line, mark = lines[number], match[0].strip()
    if (
        line.item
        or line.before < Break.GAP
        or not line.text.endswith((":", "："))
        or len(line.text) > MAX_HEADING_CHARS
    ):
        return False
    below = lines[number + 1] if number + 1 < len(lines) else None
    return below is not None and (below.before >= Break.GAP or not below.text.startswith(mark))


def _take_pictures(lines: list[Line], lexicon: HeadingLexicon) -> None:
    """Take emoji off lines that follow one another, each with its own: alone, or at a known one, it marks a heading."""
    led = [
        not line.item
        and not line.level
        and (match := _PICTURE.match(line.text)) is not None
        and not (len(line.text) <= MAX_HEADING_CHARS and lexicon.knows(line.text[match.end() :]))
        for line in lines
    ]
    taken: set[str] = set()
    for number, line in enumerate(lines):
        beside = (number and led[number - 1] and line.before < Break.GAP) or (
            number + 1 < len(lines) and led[number + 1] and lines[number + 1].before < Break.GAP
        )
        if led[number] and (beside or (number and led[number - 1]) or led[number + 1 : number + 2] == [True]):
            taken |= _take_picture(line)
    for line in lines:
        match = None if line.item or line.level else _PICTURE.match(line.text)
        if match and match["mark"] in taken and not lexicon.knows(line.text[match.end() :]):
            _take_picture(line)


def _take_picture(line: Line) -> set[str]:
    """Take the picture off an item; return it."""
    match = _PICTURE.match(line.text)
    if match is None:
        return set()
    _take(line, match)
    line.mark = "picture"
    return {match["mark"]}


def _take_numbers(lines: list[Line], lexicon: HeadingLexicon) -> None:
    """Take numbers off where they count: "1. Staatsexamen" alone is what the line says."""
    run: list[tuple[Line, re.Match[str]]] = []
    for line in lines:
        match = (_NUMBER.match(line.text) or _TIGHT_NUMBER.match(line.text)) if not line.level else None
        if match is None:
            continue
        if run and match["number"] in _after(run[-1][1]["number"]):
            run.append((line, match))
            continue
        _count(run, lexicon)
        run = [(line, match)] if match["number"] in {"1", "a", "i"} else []
    _count(run, lexicon)


def _after(number: str) -> tuple[str, ...]:
    """Return what may follow a number of a list: "2" behind "1", "b" behind "a", "j" or "ii" behind "i"."""
    if number.isdigit():
        return (str(int(number) + 1),)
    letter = (chr(ord(number) + 1),) if len(number) == 1 else ()
    roman = _ROMAN.index(number) + 1 if number in _ROMAN else len(_ROMAN)
    return (*letter, *_ROMAN[roman : roman + 1])


def _count(run: list[tuple[Line, re.Match[str]]], lexicon: HeadingLexicon) -> None:
    """Make lines that count items, or headings if the lexicon knows most of them: "1. About us", "2. Your tasks"."""
    if len(run) < _MIN_COUNTED:
        return
    known = sum(1 for line, match in run if lexicon.knows(bare(line.text[match.end() :])))
    for line, match in run:
        if 2 * known > len(run):
            line.level, line.item = _COUNTED_LEVEL, False
        else:
            _take(line, match)
            line.ordered = True


def _set_depths(lines: list[Line]) -> None:
    """Give items of text their depth: deeper with the indent, or with another mark below one that ends in a colon."""
    stack: list[tuple[int, str]] = []
    previous: Line | None = None
    for line in lines if any(line.mark for line in lines) else ():
        if not line.item:
            stack = stack if line.indent and stack else []
        elif line.mark:
            kind = "1" if line.ordered else line.mark
            while stack and (line.indent < stack[-1][0] or (kind != stack[-1][1] and (line.indent, kind) in stack)):
                stack.pop()
            deeper = not stack or line.indent > stack[-1][0] or _opens(previous, kind, stack[-1][1])
            if deeper:
                stack.append((line.indent, kind))
            if line.depth == 0:
                line.depth = len(stack) - 1
        previous = line
    below = -1
    for line in lines:
        if not line.item:
            below = -1
        elif line.depth > below:
            below = line.depth = below + 1
        else:
            below = line.depth


def _opens(previous: Line | None, kind: str, parent: str) -> bool:
    return kind != parent and previous is not None and previous.item and bare(previous.text).endswith((":", "："))


def join_wrapped(lines: list[Line], lexicon: HeadingLexicon) -> list[Line]:
    """Join lines that were cut at some width: no end mark before, a small letter after, or an item's indented rest.

    A list in small letters is no wrapped text: some of its lines are short. Joined 30 lines in 10 of 296 real postings.
    """
    if not any(line.before is Break.LINE and not line.item for line in lines):
        return lines
    lengths = [line.indent + len(bare(line.text)) + 2 * bool(line.mark) for line in lines]
    full = _full_lines(lines, lengths) | _wrapped_sentences(lines, lengths)
    small = _small_letter_lines(lines, lengths)
    kept: list[Line] = []
    indent = 0
    for number, line in enumerate(lines):
        if kept and line.before is Break.LINE and not line.item and not line.level and not kept[-1].level:
            wrapped = number - 1 in full or number in small or _is_between(lines, number, lengths)
            if _continues(kept[-1], line, indent, wrapped=wrapped, lexicon=lexicon):
                kept[-1].text = joined(kept[-1].text, line.text)
                continue
        kept.append(line)
        indent = line.indent
    return kept


def _continues(above: Line, line: Line, indent: int, *, wrapped: bool, lexicon: HeadingLexicon) -> bool:
    text = bare(above.text)
    if text.endswith((":", "：")) or (not above.item and lexicon.knows(text)) or lexicon.knows(line.text):
        return False
    if above.item and above.mark and line.indent > indent:
        return not line.text.endswith(":")
    if ends_sentence(text) or text.endswith(";"):
        return False
    if is_cut_word(text, line.text):
        return True
    return wrapped or (above.item and bool(above.mark) and _starts_small(line))


def _is_between(lines: list[Line], number: int, lengths: list[int]) -> bool:
    """Tell the rest of a long item that stands between two items."""
    above, below = lines[number - 1], lines[number + 1] if number + 1 < len(lines) else None
    if not above.mark or below is None or below.mark != above.mark or below.before > Break.LINE:
        return False
    long_enough = lengths[number - 1] >= _SHORT * min(max(lengths), _USUAL_WIDTH)
    return long_enough and not lines[number].text.endswith((":", "：", "?"))


def _small_letter_lines(lines: list[Line], lengths: list[int]) -> frozenset[int]:
    """Return the lines that go on in small letters, run by run: behind a short line they are a list of their own."""
    width = min(max(lengths, default=0), _USUAL_WIDTH)
    found: set[int] = set()
    run: set[int] = set()
    listed = False
    for number, line in enumerate(lines):
        if line.item or line.before is not Break.LINE or line.level or not number:
            if run and not listed:
                found |= run
            run, listed = set(), not line.item and _starts_small(line)
        elif _starts_small(line):
            above = bare(lines[number - 1].text)
            if above.endswith((":", "：")):
                listed = True
            elif not ends_sentence(above):
                run.add(number)
                listed = listed or (lengths[number - 1] < _SHORT * width and not lines[number - 1].item)
    return frozenset(found | (set() if listed else run))


def _starts_small(line: Line) -> bool:
    return bare(line.text).lstrip("([«\"“„'‘")[:1].islower()


def _wrapped_sentences(lines: list[Line], lengths: list[int]) -> frozenset[int]:
    """Return the lines of a sentence or two that were wrapped: long ones without a mark at their end, then one with.

    Such a block stands by itself behind text that is over, so that no heading opens a list; German nouns hide that the
    sentence goes on. Joined 2 in 7 postings written like mails; 296 real ones, which are seldom wrapped, stay the same.
    """
    found: set[int] = set()
    starts = [number for number, line in enumerate(lines) if line.before is not Break.LINE or line.item or line.level]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        before = lines[start - 1].text if start else "."
        alone = lines[start].before is Break.GAP and (ends_sentence(before) or before.endswith(","))
        if not alone or end - start < _MIN_WRAPPED or not ends_sentence(lines[end - 1].text):
            continue
        width = max(lengths[start : end - 1])
        least = min(lengths[start : end - 1])
        open_ended = all(WORD.match(line.text[-1]) and "|" not in line.text for line in lines[start : end - 1])
        if open_ended and _LEAST_WRAPPED <= least <= width <= _MAX_WIDTH and lengths[end - 1] <= _USUAL_WIDTH:
            found.update(range(start, end - 1))
    return frozenset(found)


def _full_lines(lines: list[Line], lengths: list[int]) -> frozenset[int]:
    """Return the lines behind which the first word of the next found no room, in a text that is wrapped at a width."""
    width = max(lengths, default=0)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return frozenset()
    full, open_ended = set(), 0
    for number, (line, length) in enumerate(zip(lines[1:], lengths, strict=False)):
        if line.before is Break.LINE and not line.item and not ends_sentence(lines[number].text):
            open_ended += 1
            if length + 1 + len(line.text.split(" ", 1)[0]) > width:
                full.add(number)
    return frozenset(full) if len(full) >= max(_MIN_FULL, open_ended / 2) else frozenset()
