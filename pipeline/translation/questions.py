"""How an engine is asked for a text: in pieces within bounds, what is hidden in each behind markers, and put back.

Neural models take time by the square of what they are given and lose the end of what is too long; so no engine ever
gets more than `MAX_ASKED_CHARS` at once, nor a sentence of more than `MAX_ASKED_WORDS`. A longer text is asked in its
sentences, a longer sentence in its clauses, and the answers are joined with the marks that stood between them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale

from pipeline.language.knowledge import knowledge
from pipeline.model.locale import sentence_gap
from pipeline.translation.engines.cutting import BORDERS, cut_at_borders
from pipeline.translation.ladder import Cut
from pipeline.translation.protection import Hidden, Marker, MarkerError, Masked, unmask
from pipeline.translation.shape import fit_part

Answers = Mapping[str, str]
MAX_ASKED_CHARS: Final = 1_000
# Longer sentences lose their tail without a word.
MAX_ASKED_WORDS: Final = 60
# A sentence that came back with a fault is cut to clauses of about as many words: shorter ones have no verb.
CLAUSE_WORDS: Final = 14
# No sentence that people write has as many, and each makes another text of what is otherwise repeated.
MAX_MARKERS: Final = 60

_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*\s+|[。！？]\s*")
# What stands between clauses in scripts without spaces, where the target has some.
_SPACED = str.maketrans({"、": ", ", "，": ", ", "；": "; ", "：": ": ", "。": ". "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is asked of a stretch of a text, "" for nothing, and what stays as it stands before and after it.

    Its markers count from 0, so that equal clauses are one question; in the text they count from `first`. A `clause`
    goes into the middle of a sentence.
    """

    before: str = ""
    asked: str = ""
    after: str = ""
    markers: int = 0
    first: int = 0
    clause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The pieces in which a text is asked for, in order, and what is hidden in it."""

    pieces: tuple[Piece, ...]
    originals: tuple[Hidden, ...]
    marker: Marker

    @property
    def asked(self) -> tuple[str, ...]:
        """What has to be asked, each text once."""
        return tuple(dict.fromkeys(piece.asked for piece in self.pieces if piece.asked))

    def target(self, answers: Answers, locale: Locale) -> str:
        """Return the answers joined, with what was hidden put back; "" where the engine said nothing to a piece.

        Raises MarkerError if the engine lost or invented a marker.
        """
        if not all(answers[asked].strip() for asked in self.asked):
            return ""
        joined = "".join(self._answer(piece, answers, locale) for piece in self.pieces)
        return unmask(joined, self.originals, self.marker)

    def _answer(self, piece: Piece, answers: Answers, locale: Locale) -> str:
        if not piece.asked:
            return piece.before + piece.after
        answer = answers[piece.asked]
        seen = [int(number) for number in self.marker.pattern.findall(answer)]
        if sorted(seen) != list(range(piece.markers)):
            raise MarkerError(seen, piece.markers)
        counted = _renumbered(answer, self.marker, piece.first)
        fitted = fit_part(counted, piece.asked, locale) if piece.clause else counted
        return _border(piece.before, locale) + fitted + _border(piece.after, locale)


def question_for(masked: Masked, marker: Marker, language: str, cut: Cut = Cut.NONE) -> Question | None:
    """Return the question for a masked text; None if it cannot be cut to pieces within the bounds."""
    clauses = _borders(language)
    stretches: list[Piece] = []
    number = 0
    for text, is_clause in _stretches(masked.text, marker, clauses, cut):
        if not fits(text):
            return None
        piece = _piece(text, marker, number, clause=is_clause)
        if piece.asked and piece.markers > MAX_MARKERS:
            return None
        number += len(marker.pattern.findall(text))
        stretches.append(piece)
    return Question(pieces=tuple(stretches), originals=masked.originals, marker=marker)


def fits(text: str) -> bool:
    """Tell whether an engine may be asked for a text as it is."""
    if len(text) > MAX_ASKED_CHARS:
        return False
    return len(text.split()) <= MAX_ASKED_WORDS or all(
        len(sentence.split()) <= MAX_ASKED_WORDS for sentence in _sentences(text)
    )


def _stretches(text: str, marker: Marker, clauses: Sequence[re.Pattern[str]], cut: Cut) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text in order, and whether each is less than a sentence."""
    if cut is Cut.PARTS:
        end = 0
        for match in marker.pattern.finditer(text):
            yield from ((part, True) for part, _ in _within_bounds(text[end : match.start()], clauses))
            yield match[0], True
            end = match.end()
        yield from ((part, True) for part, _ in _within_bounds(text[end:], clauses))
    elif cut is Cut.CLAUSES:
        parts = cut_at_borders(text, lambda part: len(part.split()) <= CLAUSE_WORDS, clauses)
        yield from ((part, len(parts) > 1) for part in parts)
    else:
        yield from _within_bounds(text, clauses)


def _within_bounds(text: str, clauses: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, bool]]:
    """Yield as few stretches as fit: whole sentences, clauses of those that are too long."""
    if not text or fits(text):
        yield text, False
        return
    packed = ""
    for sentence in _sentences(text):
        if packed and not fits(packed + sentence):
            yield packed, False
            packed = ""
        if fits(sentence):
            packed += sentence
        else:
            yield from ((part, True) for part in cut_at_borders(sentence, fits, clauses))
    if packed:
        yield packed, False


def _sentences(text: str) -> Iterator[str]:
    end = 0
    for match in _SENTENCE_END.finditer(text):
        yield text[end : match.end()]
        end = match.end()
    if end < len(text):
        yield text[end:]


def _piece(text: str, marker: Marker, first: int, *, clause: bool) -> Piece:
    """Take off a stretch what an engine need not see: spaces, of a clause the marks around its words too."""
    words = re.compile(rf"{marker.pattern.pattern}|[^\W_]", re.IGNORECASE) if clause else re.compile(r"\S")
    start = next((match.start() for match in words.finditer(text)), len(text))
    stop = max((match.end() for match in words.finditer(text)), default=start)
    core = text[start:stop]
    if not any(map(str.isalpha, marker.pattern.sub("", core))):
        return Piece(before=text)
    return Piece(
        before=text[:start],
        asked=_renumbered(core, marker, -first),
        after=text[stop:],
        markers=len(marker.pattern.findall(core)),
        first=first,
        clause=clause,
    )


def _renumbered(text: str, marker: Marker, by: int) -> str:
    return marker.pattern.sub(lambda match: marker.form.format(int(match[1]) + by), text) if by else text


def _border(text: str, locale: Locale) -> str:
    """Return what stands between two pieces as the script of the target writes it."""
    if text and not text.strip():
        return sentence_gap(locale)
    return text.translate(_SPACED) if sentence_gap(locale) else text


@cache
def _borders(language: str) -> tuple[re.Pattern[str], ...]:
    """Return the borders of clauses in a language, the strongest first: marks, then the words that begin one."""
    words = knowledge(language).listed("clauses", "conjunctions")
    begins = re.compile(rf"(?<!\s)\s++(?=(?:{'|'.join(map(re.escape, words))})\s)", re.IGNORECASE)
    return (*BORDERS, begins) if words else BORDERS
