"""The one reader of bodies: whatever its form, a description becomes sections of blocks in source order.

The form is recognized by content and parsed into lines; then every form goes the same steps: glued lines are parted,
items cut and their marks taken off, wrapped lines joined, headings found, and what stands below each made blocks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipeline.intake.reading.bodies.forms import Form, recognize
from pipeline.intake.reading.bodies.glued import part_glued
from pipeline.intake.reading.bodies.html_lines import html_lines
from pipeline.intake.reading.bodies.lines import (
    CAPITAL,
    EMOJI,
    WORD,
    Break,
    Line,
    bare,
    ends_sentence,
    has_sentences,
    text_lines,
    tidy,
    without_invisible,
)
from pipeline.intake.reading.bodies.markdown import markdown_lines
from pipeline.intake.reading.bodies.marks import cut_items, join_wrapped, read_items
from pipeline.intake.reading.headings import (
    MAX_HEADING_CHARS,
    MAX_HEADING_WORDS,
    HeadingLexicon,
    is_heading,
    strip_heading,
)
from pipeline.intake.reading.record import SectionRecord
from pipeline.model.posting import Block, BlockKind, SectionKind

_PARSERS: dict[Form, Callable[[str], list[Line]]] = {
    Form.HTML: html_lines,
    Form.INLINE_HTML: lambda text: html_lines(text, keep_line_ends=True),
    Form.MARKDOWN: markdown_lines,
    Form.TEXT: lambda text: text_lines(without_invisible(text)),
}
# Ranks of headings whose form names no level, below those of <h1> to <h6>: bold or loud lines, then what words tell.
_LOUD, _QUIET = 7, 8
_BOLD_LINE = re.compile(r"(?:<(?:u|em|i)>)*<(b|strong|u)>(?:(?!</\1>).)*</\1>(?:</(?:u|em|i)>)*\s*[:：]?")
_LED_BY_PICTURE = re.compile(rf"[{EMOJI}][{EMOJI}\ufe0f\u200d]*\s*(?=\S)")
_ENDED_BY_PICTURE = re.compile(rf"[{EMOJI}][{EMOJI}\ufe0f\u200d\s]*$")
_AROUND = re.compile(rf"^(?:[{EMOJI}\ufe0f\u200d=~_*#>|·•\s-]+(?=[^\W_]|[¿¡(]))|[{EMOJI}\ufe0f\u200d=~_*#|<\s-]+$")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s+(?=[^\W\d_])")
_BRACKETED = re.compile(r"[\[【＜〈《「『≪](.{1,40})[\]】＞〉》」』≫]\s*[:：]?")
_FRAMED = re.compile(r"([=~#*_-])\1+\s*[^\W_].*\1{2}")
_LOUD_MIN_LETTERS = 5
# A longer one is a sentence that somebody wrote large.
_MAX_TAGGED_CHARS = 120
_MAX_ITEM_CHARS = 250
# A line that is one sentence is an item up to this length, prose above.
_MAX_SENTENCE_CHARS = 140
# More lines above a list that has marks are a list of their own.
_MAX_INTRODUCING = 2
_LISTED = frozenset(
    {SectionKind.RESPONSIBILITIES, SectionKind.REQUIREMENTS, SectionKind.NICE_TO_HAVE, SectionKind.OFFER}
)


def read_body(
    text: str, lexicon: HeadingLexicon, *, form: Form | None = None, heading: str = ""
) -> tuple[SectionRecord, ...]:
    """Find the sections of a body, its form recognized by content unless it is known.

    What stands before the first heading is the `description`; `heading` is one that the source keeps apart from the
    text below it. Raises RecordError for HTML nested beyond any real one.
    """
    recognized, source = recognize(text)
    lines = part_glued(_PARSERS[form or recognized](source), lexicon)
    if seen := tidy(without_invisible(heading)):
        lines.insert(0, Line(seen, Break.GAP, level=1))
    lines = cut_items(lines)
    read_items(lines, lexicon)
    lines = join_wrapped(lines, lexicon)
    return tuple(draft.finish() for draft in _drafts(lines, lexicon))


@dataclass(slots=True)
class _Draft:
    """A section while its lines come in; `rank` is that of its heading, `kinds` what it names by the lexicon."""

    heading: str = ""
    rank: int = 0
    kinds: frozenset[SectionKind] = frozenset()
    lines: list[tuple[Line, str, int]] = field(default_factory=list)  # with the words and level of a heading in it

    def finish(self) -> SectionRecord:
        """Return the section."""
        kinds = _kinds(self)
        blocks = tuple([_block(kind, *line) for kind, line in zip(kinds, self.lines, strict=True)])
        return SectionRecord(kind="" if self.heading else "description", heading=self.heading, blocks=blocks)


def _block(kind: BlockKind, line: Line, heading: str, level: int) -> Block:
    if kind is BlockKind.HEADING:
        return Block(kind=kind, text=heading, level=level)
    if kind is BlockKind.ITEM:
        return Block(kind=kind, text=line.text, depth=line.depth, ordered=line.ordered)
    return Block(kind=kind, text=line.text)


def _drafts(lines: list[Line], lexicon: HeadingLexicon) -> Iterator[_Draft]:
    """Yield the sections: a known heading opens one, another unless it is deeper than that of the open, known one."""
    draft = _Draft()
    ranks = _ranks(lines, lexicon)
    _take_last_heading(lines, ranks, lexicon)
    for line, rank in zip(lines, ranks, strict=True):
        words = _heading_words(line.text, lexicon) if rank else ""
        if not words:
            draft.lines.append((line, "", 0))
            continue
        kinds = frozenset(lexicon.readings_of(words).values())
        if not kinds and draft.kinds - {SectionKind.OTHER} and not draft.lines and rank == _QUIET:
            draft.lines.append((line, "", 0))  # "Requirements", then "We look for people with:"
            continue
        if not kinds and draft.kinds and rank > draft.rank:
            level = line.level or min(draft.rank + 1 if draft.rank < _LOUD else 3, 6)
            draft.lines.append((line, words, level))
            continue
        if draft.lines or draft.heading:
            yield draft
        draft = _Draft(heading=words, rank=rank, kinds=kinds)
    if draft.lines or draft.heading:
        yield draft


def _take_last_heading(lines: list[Line], ranks: list[int], lexicon: HeadingLexicon) -> None:
    """Make text of a bold or loud last line with nothing below it: "EOE/M/F/D/V"."""
    if (
        len(lines) > 1
        and ranks[-1] == _LOUD
        and not ranks[-2]
        and not lexicon.knows(_heading_words(lines[-1].text, lexicon))
    ):
        ranks[-1] = 0


def _heading_words(text: str, lexicon: HeadingLexicon) -> str:
    words = strip_heading(_AROUND.sub("", bare(text)))
    bracketed = _BRACKETED.fullmatch(words)
    words = strip_heading(bracketed[1]) if bracketed else words
    unnumbered = _NUMBERED.sub("", words)
    return unnumbered if unnumbered != words and lexicon.knows(unnumbered) else words


def _ranks(lines: list[Line], lexicon: HeadingLexicon) -> list[int]:
    """Return the rank of each line as a heading, 0 if it is none."""
    shout = sum(1 for line in lines if not line.item and _is_loud(line.text)) * 2 <= len(lines)
    ranks = [0 if line.item and not line.level else _rank(line, lexicon, shout=shout) for line in lines]
    ended = [
        not line.item and not line.text.isascii() and _ENDED_BY_PICTURE.search(line.text[-8:]) is not None
        for line in lines
    ]
    for number in range(len(lines)):
        if (
            ended[number]
            and not ranks[number]
            and not any(ended[max(number - 1, 0) : number] + ended[number + 1 : number + 2])
        ):
            words = _AROUND.sub("", lines[number].text)
            ranks[number] = _LOUD if _is_short(Line(words)) and not ends_sentence(words) else 0
    short = [not rank and not line.item and _is_short(line) for line, rank in zip(lines, ranks, strict=True)]
    for number in range(len(lines) - 1):
        if short[number] and _stands_alone(lines, ranks, short, number):
            ranks[number] = _QUIET
    return ranks


def _rank(line: Line, lexicon: HeadingLexicon, *, shout: bool) -> int:
    """Tell by the line itself whether it is a heading."""
    text = line.text
    plain = bare(text)
    if line.level:
        return line.level if len(plain) <= _MAX_TAGGED_CHARS and not has_sentences(plain) else 0
    if len(plain) > MAX_HEADING_CHARS:
        return 0
    if lexicon.knows(_heading_words(text, lexicon)):
        return _LOUD if text != plain or _is_loud(plain) else _QUIET
    if line.opens_list or len(plain.split()) > MAX_HEADING_WORDS or has_sentences(plain):
        return 0
    return _rank_by_form(text, plain, lexicon, shout=shout)


def _rank_by_form(text: str, plain: str, lexicon: HeadingLexicon, *, shout: bool) -> int:
    """Tell a short line that is bold, loud, framed or led by a picture, or that ends in a colon."""
    if "<" not in text and is_heading(text, lexicon):
        return _LOUD if _is_loud(plain) else _QUIET
    if plain.endswith((".", ",", ";")):
        return 0
    loud = (text != plain and _BOLD_LINE.fullmatch(text)) or (shout and _is_loud(plain))
    framed = _BRACKETED.fullmatch(plain) or _FRAMED.fullmatch(plain) or _LED_BY_PICTURE.match(plain)
    return _LOUD if loud or framed else 0


def _is_loud(text: str) -> bool:
    """Tell a short line in capitals; a word of few letters may be an abbreviation."""
    if len(text) > MAX_HEADING_CHARS or not text.isupper() or text.endswith((".", ",", ";")) or text[0].isdigit():
        return False
    letters = sum(map(str.isalpha, text))
    # Letters that have no capitals are not loud: those of Japanese around "API".
    return letters >= _LOUD_MIN_LETTERS and (text.isascii() or 2 * sum(map(str.isupper, text)) > letters)


def _is_short(line: Line) -> bool:
    """Tell a line that may be a heading where it stands alone: few words, a capital first, no mark last."""
    text = line.text
    if line.item or line.level or line.opens_list or len(text) > MAX_HEADING_CHARS or "<" in text:
        return False
    if len(text.split()) > MAX_HEADING_WORDS or text.endswith((".", ",", ";", "。")) or "|" in text or "@" in text:
        return False
    return re.match(rf"[¿¡\"“«]?[{CAPITAL}\u0590-\U0001ffff]", text) is not None and not has_sentences(text)


def _stands_alone(lines: list[Line], ranks: list[int], short: list[bool], number: int) -> bool:
    """Tell whether a short line opens what follows: blank lines around it, or a list right below.

    Found 22 in 15 of 296 real postings, beside 439 known ones, 150 with a colon and 75 bold, loud or with a picture.
    What stands before it has to be over (an end mark, a list, another heading's text); short lines in a row are a list.
    """
    line, below = lines[number], lines[number + 1]
    above = lines[number - 1] if number else None
    if ranks[number + 1] or short[number + 1] or (number and (ranks[number - 1] or short[number - 1])):
        return False
    if above is not None and not (above.item or ends_sentence(above.text)):
        return False
    if below.item and below.before < Break.GAP:
        return True
    if line.text.endswith("!"):
        return False
    return above is not None and line.before is Break.GAP and below.before is Break.GAP


def _kinds(draft: _Draft) -> list[BlockKind]:
    """Tell items from paragraphs among the lines of a section, run by run: a blank line ends a list."""
    kinds: list[BlockKind] = []
    opened = bool(draft.heading)
    listed = bool(draft.kinds & _LISTED)
    lonely = True  # so far every line of the list stood between blank lines
    runs = list(_runs(draft.lines))
    for number, run in enumerate(runs):
        first = run[0][0]
        if run[0][1]:
            kinds.append(BlockKind.HEADING)
            opened = lonely = True
        elif first.item:
            kinds += [BlockKind.ITEM] * len(run)
            opened = False
        elif len(run) == 1:
            text = first.text
            row = (
                first.before < Break.GAP
                and not text.endswith((":", "："))
                and not has_sentences(text)
                and len(text) <= _MAX_SENTENCE_CHARS
                and (not ends_sentence(text) or (listed and not _introduces_list(runs, number)))
            ) or (_may_be_item(text) and any(_is_lonely_item(runs, other) for other in (number - 1, number + 1)))
            kinds.append(BlockKind.ITEM if opened and lonely and row else BlockKind.PARAGRAPH)
            opened = opened or text.endswith((":", "："))
        elif _introduces_list(runs, number) and all(ends_sentence(line.text) for line, _, _ in run):
            kinds += [BlockKind.PARAGRAPH] * len(run)  # sentences above a list that has marks
        else:
            found = _run_kinds(
                [line.text for line, _, _ in run], opened=opened, listed=listed or SectionKind.OTHER in draft.kinds
            )
            kinds += found
            opened = run[-1][0].text.endswith((":", "：")) or (opened and found[-1] is BlockKind.PARAGRAPH)
            lonely = not opened or lonely
    return kinds


def _runs(lines: list[tuple[Line, str, int]]) -> Iterator[list[tuple[Line, str, int]]]:
    """Yield lines that belong together: items, or other lines without a blank one between them; a heading alone."""
    run: list[tuple[Line, str, int]] = []
    for line in lines:
        if run and (
            line[1]
            or run[-1][1]
            or line[0].item != run[-1][0].item
            or (line[0].before >= Break.GAP and not line[0].item)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _introduces_list(runs: list[list[tuple[Line, str, int]]], number: int) -> bool:
    """Tell the lines between a heading and a list whose items have marks."""
    first = number == 0 or bool(runs[number - 1][0][1])
    return (
        first
        and len(runs[number]) <= _MAX_INTRODUCING
        and runs[number + 1 : number + 2] != []
        and runs[number + 1][0][0].item
    )


def _is_lonely_item(runs: list[list[tuple[Line, str, int]]], number: int) -> bool:
    if not 0 <= number < len(runs) or len(runs[number]) > 1:
        return False
    line, heading, _ = runs[number][0]
    return not heading and not line.item and _may_be_item(line.text)


def _may_be_item(text: str) -> bool:
    """Tell a line that reads as an item: one sentence at most, and no end mark."""
    return (
        len(text) <= _MAX_ITEM_CHARS
        and not ends_sentence(text)
        and not has_sentences(text)
        and WORD.search(text) is not None
    )


def _run_kinds(texts: list[str], *, opened: bool, listed: bool) -> list[BlockKind]:
    """Tell the items of a run of lines: below a heading or a colon those without an end mark.

    A single sentence with its end mark is one too among such, and in a run of single sentences; where lists are usual
    a third of the lines may say more.
    """
    kinds = []
    colon = False
    several = sum(map(has_sentences, texts))
    single = not several or (listed and 3 * several <= len(texts))
    open_most = 2 * sum(map(_may_be_item, texts)) >= len(texts)
    for text in texts:
        if text.endswith((":", "：")):
            kinds.append(BlockKind.PARAGRAPH)
            opened = colon = True
        elif opened and (
            _may_be_item(text)
            or (
                not has_sentences(text)
                and (open_most or (colon and listed) or (single and (listed or len(text) <= _MAX_SENTENCE_CHARS)))
            )
        ):
            kinds.append(BlockKind.ITEM)
        else:
            kinds.append(BlockKind.PARAGRAPH)
    return kinds
