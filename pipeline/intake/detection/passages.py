"""A posting cut into passages that are read on their own, so that their languages can be counted.

Lines of one section are joined until they are long enough to read. What employers put below every posting whatever its
language (equal opportunity, data protection) hardly counts: it is told apart by the words of `words.toml`.

    >>> part_boilerplate("Nous cuisons la nuit. We are an equal opportunity employer.")
    Parted(own='Nous cuisons la nuit.', boilerplate='We are an equal opportunity employer.')
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.language.limits import long_words
from pipeline.model.markup import strip_markup
from pipeline.model.posting import Posting
from pipeline.model.text import count_chars

# Enough for a detector to be sure, and for a section to have a say in which language it is written.
MIN_WEIGHT = 100
# A detector takes hardly longer for eight hundred letters than for two hundred, but a longer passage hides a change.
_MAX_WEIGHT = 700
# Where two languages compete: few passages then hold both.
_FINE_WEIGHT = 150
# With 1 in place of it 168 of 176 lines above boilerplate are wrong, 139 of 176 postings with boilerplate in a section,
# and 6 of 44 hostile postings.
_BOILERPLATE_SHARE = 0.1
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
_SPACED_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)")


class Passage(NamedTuple):
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
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How finely to cut: lines are joined up to `join` characters, longer ones than `most` cut at sentences.

    With `closely`, what stands below every posting is told apart and hardly counts.
    """

    most: int = _MAX_WEIGHT
    join: int = _MAX_WEIGHT
    closely: bool = False


COARSE = Cut()
CLOSE = Cut(join=_FINE_WEIGHT, closely=True)
FINE = Cut(most=_FINE_WEIGHT, join=_FINE_WEIGHT, closely=True)
# Each line on its own, even where it is short.
LINES = Cut(join=0, closely=True)


def cut_passages(posting: Posting, shares: Sequence[float], cut: Cut = COARSE) -> tuple[Passage, ...]:
    """Cut the running text at lines; `shares` is how much a letter of each section counts.

    Headings are no part of it: they are too short and too alike to help.
    """
    passages: list[Passage] = []
    rest = [_plain_line(posting.title)]
    aside: list[_Line] = []
    for number, section in enumerate(posting.sections):
        share = shares[number]
        lines = [_plain_line(line, share) for line in section.lines]
        own, boilerplate = _part(lines) if cut.closely else (lines, [])
        if sum(line.weight for line in lines) >= MIN_WEIGHT:
            passages += _cut(own, cut, number)
            passages += _cut(boilerplate, cut, number)
        else:
            (rest if share >= 1 else aside).extend(own)
            aside += boilerplate
    return (*passages, *_cut(rest, cut, None), *_cut(aside, cut, None))


class Parted(NamedTuple):
    """A line in two: what is written for this posting, and what stands below every one; either may be empty."""

    own: str
    boilerplate: str


def part_boilerplate(line: str) -> Parted:
    """Tell the sentences of a line apart; the one after boilerplate ("Tell us if you need help with that") is such."""
    words = _boilerplate_words()
    if not words.search(line):
        return Parted(line, "")
    sentences = _SPACED_SENTENCE_END.split(line)
    found = [number for number, sentence in enumerate(sentences) if words.search(sentence)]
    first, after = found[0], found[-1] + 2
    return Parted(" ".join([*sentences[:first], *sentences[after:]]), " ".join(sentences[first:after]))


@cache
def _boilerplate_words() -> re.Pattern[str]:
    table = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))["boilerplate"]
    return re.compile("|".join(word for words in table.values() for word in words), re.IGNORECASE)


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


def _part(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines without boilerplate, and the boilerplate."""
    own: list[_Line] = []
    boilerplate: list[_Line] = []
    for line in lines:
        parted = part_boilerplate(line.text)
        if not parted.boilerplate:
            own.append(line)
            continue
        boilerplate.append(_plain_line(parted.boilerplate, line.share * _BOILERPLATE_SHARE))
        own += [_plain_line(parted.own, line.share)] if parted.own else []
    return own, boilerplate


def _plain_line(text: str, share: float = 1.0) -> _Line:
    """Return a line without what is too long for a word: with an image as text an English posting read as Welsh."""
    line = plain_text(text) if "<" in text or text.isupper() else text
    for start, stop in reversed(long_words(line)):
        line = f"{line[:start]}{line[stop:]}"
    weight = len(line) - line.count(" ") if line.isascii() else weigh_text(line)
    return _Line(line, weight, share)


def _cut(lines: Sequence[_Line], cut: Cut, section: int | None) -> Iterator[Passage]:
    """Join lines until a passage is full; what is left over is read with the one before it."""
    if lines and sum([line.weight for line in lines]) <= min(cut.most, cut.join):
        yield _joined(lines, section)
        return
    full: list[list[_Line]] = [[]]
    weight = 0
    for line in lines:
        for piece in (line,) if line.weight <= cut.most else _sentences(line):
            if weight and weight + piece.weight > cut.join:
                full.append([])
                weight = 0
            full[-1].append(piece)
            weight += piece.weight
    if len(full) > 1 and weight < MIN_WEIGHT and cut.join:
        left_over = full.pop()
        full[-1] += left_over
    for pieces in filter(None, full):
        yield _joined(pieces, section)


def _joined(lines: Sequence[_Line], section: int | None) -> Passage:
    texts, weights, _ = zip(*lines, strict=True)
    votes = sum([line.weight * line.share for line in lines])
    return Passage("\n".join(texts), sum(weights), votes, section)


def _sentences(line: _Line) -> Iterator[_Line]:
    for sentence in _SENTENCE_END.split(line.text):
        yield _Line(sentence, weigh_text(sentence), line.share)
