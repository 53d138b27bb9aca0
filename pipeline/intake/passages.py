"""A posting cut into passages long enough to be read on their own, for their languages to be counted."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.intake.boilerplate import part_boilerplate
from pipeline.model.markup import strip_markup
from pipeline.model.posting import Posting
from pipeline.model.text import count_chars

# Enough for a detector to be sure, and for a section to have a say in which language it is written.
MIN_WEIGHT = 100
# A detector takes hardly longer for eight hundred letters than for two hundred, but a longer passage hides a change.
MAX_WEIGHT = 700
# Where two languages compete: few passages then hold both.
FINE_WEIGHT = 150
_BOILERPLATE_SAY = 0.1
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some lines of one section, or with `section` None the title and sections that are too short to tell.

    `weight` is how many letters it has, `votes` how many of them count.
    """

    text: str
    weight: int
    votes: float
    section: int | None = None


class _Line(NamedTuple):
    text: str
    weight: int
    say: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How finely to cut: lines are joined up to `join` characters, longer ones than `most` cut at sentences.

    With `closely`, what stands below every posting is told apart and hardly counts.
    """

    most: int = MAX_WEIGHT
    join: int = MAX_WEIGHT
    closely: bool = False


COARSE = Cut()
CLOSE = Cut(join=FINE_WEIGHT, closely=True)
FINE = Cut(most=FINE_WEIGHT, join=FINE_WEIGHT, closely=True)
# Each line on its own, even where it is short.
LINES = Cut(join=0, closely=True)


def cut_passages(posting: Posting, says: Sequence[float], cut: Cut = COARSE) -> tuple[Passage, ...]:
    """Cut the running text at lines; `says` is how much a letter of each section counts.

    Headings are no part of it: they are too short and too alike to help.
    """
    passages: list[Passage] = []
    rest = [_plain_line(posting.title)]
    aside: list[_Line] = []
    for number, section in enumerate(posting.sections):
        lines = [_plain_line(line, says[number]) for line in (*section.paragraphs, *section.items)]
        own, boilerplate = _part(lines) if cut.closely else (lines, [])
        if sum(line.weight for line in lines) >= MIN_WEIGHT:
            passages += (*_cut(own, cut, number), *_cut(boilerplate, cut, number))
        else:
            (rest if says[number] >= 1 else aside).extend(own)
            aside += boilerplate
    return (*passages, *_cut(rest, cut, None), *_cut(aside, cut, None))


def _part(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines without boilerplate, and the boilerplate."""
    own: list[_Line] = []
    boilerplate: list[_Line] = []
    for line in lines:
        parted = part_boilerplate(line.text)
        if not parted.boilerplate:
            own.append(line)
            continue
        boilerplate.append(_plain_line(parted.boilerplate, line.say * _BOILERPLATE_SAY))
        own += [_plain_line(parted.own, line.say)] if parted.own else []
    return own, boilerplate


def plain_text(text: str) -> str:
    """Return a line without tags, and without capitals where it has nothing else: detectors skip those words.

    >>> plain_text("WIR <b>BACKEN</b>")
    'wir backen'
    """
    line = strip_markup(text) if "<" in text else text
    return line.lower() if line.isupper() else line


def weigh_text(text: str) -> int:
    """Count characters without spaces, dense ones threefold: nearly letters, and twenty times as fast to count."""
    return count_chars(text) - text.count(" ")


def _plain_line(text: str, say: float = 1.0) -> _Line:
    line = plain_text(text)
    return _Line(line, weigh_text(line), say)


def _cut(lines: Iterable[_Line], cut: Cut, section: int | None) -> Iterator[Passage]:
    """Join lines until a passage is full; what is left over is read with the one before it."""
    full: list[list[_Line]] = [[]]
    weight = 0
    for line in lines:
        for piece in _pieces(line, cut.most):
            if weight and weight + piece.weight > cut.join:
                full.append([])
                weight = 0
            full[-1].append(piece)
            weight += piece.weight
    if len(full) > 1 and weight < MIN_WEIGHT and cut.join:
        left_over = full.pop()
        full[-1] += left_over
    for passage in filter(None, full):
        text = "\n".join(line.text for line in passage)
        weight = sum(line.weight for line in passage)
        yield Passage(text=text, weight=weight, votes=sum(line.weight * line.say for line in passage), section=section)


def _pieces(line: _Line, most: int) -> Sequence[_Line]:
    if line.weight <= most:
        return (line,)
    return tuple(_Line(piece, weigh_text(piece), line.say) for piece in _SENTENCE_END.split(line.text))
