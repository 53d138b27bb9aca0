"""Where one sentence ends: sentencex, and a layer that joins its wrong cuts.

Nothing is ever lost: the sentences of a text, one after the other, are the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import sentencex

from pipeline.language.knowledge import ANY, knowledge
from pipeline.language.scripts import main_script
from pipeline.model.cleaning import balance_directions
from pipeline.model.posting import Block, BlockKind, Posting, Section
from pipeline.model.segment import SegmentedBlock, SegmentedPosting, SegmentedSection
from pipeline.translation.ordinals import OrdinalWords, all_calendar_words, calendar_words, goes_on_behind_number

# Devanagari's vowel signs are no letters to `\w`.
_W = r"\w\u0900-\u0963"
_LAST_WORDS = re.compile(
    rf"((?:[{_W}.\-]+[ \u00a0\u202f])?(?:[^\W_][{_W}.\-]*[ \u00a0\u202f])?[^\W_][{_W}.\-]*)\.[\s\u200b]*$"
)
# No abbreviation is longer; looking further back would take long for text without spaces.
_LOOK_BACK_CHARS = 80
# How much of the pieces beside a cut is looked at: quotes, brackets and tags stand there, and a word or two.
_BESIDE_CHARS = 300
# How much sentencex is given at once: it takes time by the square of a text of quotes or of short sentences.
_WINDOW_CHARS = 8_000
# sentencex 1.0.32 takes a space before a full stop for one byte, and panics behind a capital: "Permis B\u00a0."
_GAP_BEFORE_STOP = re.compile(r"[^\S ](?=\.)")
_LAST_GAP = re.compile(r"(?s:.*)(?:\s|[。！？])")
# The number that counts stands alone, or behind the colon of a list.
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}|[a-zA-Z])[.)]\s*$|[:;]\s+\d{1,2}[.)]\s*$")
# A quoted sentence within a sentence: the particle that takes it up is written in hiragana, or is one of Chinese.
_CLOSED = re.compile(r"[」』）】”]\s*$")
_TAKES_UP = re.compile("[\u3041-\u309f的是为為等]")
# By Unicode's Sentence_Terminal, the ellipsis, and whatever ends a line; quotes, brackets, tags and the number
# of a note may stand behind.
_ENDS = (
    ".!?\u037e\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b\u1362"
    "\u1367\u1368\u166e\u17d4\u17d5\u1803\u1809\u1944\u1945\u203c\u203d\u2026\u2047-\u2049\u2e3c\u3002\ua4ff\ufe52"
    "\ufe56\ufe57\uff01\uff0e\uff1f\uff61"
)
_CLOSERS = r"(?:\s?[\"'”’“‘»›«‹)\]」』）】]|\s?\[\d{1,3}\]|</\w+>)"
_END = re.compile(rf"[{_ENDS}]{_CLOSERS}*[\s\u200b]*$|[\n\r\u2029]\s*$")
_STRONG_END = re.compile(rf"[!?。？！؟।…]{_CLOSERS}*\s*$")
# A cut before one of these is a cut too early.
_CLOSING = re.compile(r"\s*(?:[)\]」』）】]|</\w+>)")
_OPENING = re.compile(r"(?:[\"'“‘«„(\[¿¡\s]|<\w+[^<>]*>)*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """After which words a full stop ends no sentence (`always`), or only before a capital (`midway`).

    Behind the latter neither the name of a day nor of a month begins one: "6 a.m. Monday". `ordinals` tells where a
    number with a full stop goes on.
    """

    always: frozenset[str]
    midway: frozenset[str]
    calendar: frozenset[str]
    ordinals: OrdinalWords


class Segmenter:
    """Cuts text into sentences."""

    def split(self, text: str, language: str) -> tuple[str, ...]:
        """Cut `text` into sentences, each with the white space behind it; joined, they are `text`.

        >>> Segmenter().split("We use e.g. Node.js and .NET. M. Dupont leads it. ", "en")
        ('We use e.g. Node.js and .NET. ', 'M. Dupont leads it. ')
        """
        plain = _GAP_BEFORE_STOP.sub(" ", text)
        pieces = [piece for window in _windows(plain) for piece in sentencex.segment(language, window)]
        if "".join(pieces) != plain:  # a law of ours, not of the library's
            return (text,) if text else ()
        if plain != text:
            ends = accumulate(map(len, pieces))
            pieces = [text[end - len(piece) : end] for piece, end in zip(pieces, ends, strict=True)]
        known = _abbreviations(language)
        sentences: list[list[str]] = []
        tail = ""  # of the last sentence, which may be joined of any number of pieces
        for piece in pieces:
            if sentences and not _ends_before(tail, piece[:_BESIDE_CHARS], known):
                sentences[-1].append(piece)
                tail = (tail + piece)[-_BESIDE_CHARS:]
            else:
                sentences.append([piece])
                tail = piece[-_BESIDE_CHARS:]
        return tuple(map("".join, sentences))

    def segment(self, posting: Posting) -> SegmentedPosting:
        """Cut the paragraphs of a posting into sentences; title, headings and items are segments as they are."""
        language = posting.language.language if posting.language else "en"
        sections = tuple(self._segment_section(section, language) for section in posting.sections)
        return SegmentedPosting(posting=posting, sections=sections)

    def _segment_section(self, section: Section, language: str) -> SegmentedSection:
        return SegmentedSection(
            kind=section.kind,
            heading=section.heading,
            standard=section.standard,
            blocks=tuple(
                SegmentedBlock(block=block, segments=self._segments(block, language)) for block in section.blocks
            ),
        )

    def _segments(self, block: Block, language: str) -> tuple[str, ...]:
        if block.kind is not BlockKind.PARAGRAPH:
            return (block.text,)
        sentences = (balance_directions(sentence.strip()) for sentence in self.split(block.text, language))
        return tuple(filter(None, sentences))


@cache
def _abbreviations(language: str) -> Abbreviations:
    known = (knowledge(ANY), knowledge(language))
    short_names = calendar_words(language, "abbreviated") - calendar_words(language, "wide")
    return Abbreviations(
        always=frozenset(word for each in known for word in each.listed("abbreviations", "always")),
        midway=short_names.union(*(each.listed("abbreviations", "midway") for each in known)),
        calendar=all_calendar_words(language),
        ordinals=OrdinalWords.of(language),
    )


def _windows(text: str) -> Iterator[str]:
    """Cut a long text behind spaces, or behind the marks that end sentences without one; joined, they are the text.

    Where that is no end of a sentence the pieces are joined again, as where sentencex cuts wrongly.
    """
    start = 0
    while len(text) - start > _WINDOW_CHARS:
        gap = _LAST_GAP.match(text, start, start + _WINDOW_CHARS)
        stop = gap.end() if gap else start + _WINDOW_CHARS
        yield text[start:stop]
        start = stop
    yield text[start:]


def _ends_before(sentence: str, following: str, known: Abbreviations) -> bool:
    """Tell whether a sentence really ends between these two pieces."""
    if not sentence.strip() or not following.strip() or (_CLOSED.search(sentence) and _TAKES_UP.match(following)):
        return False
    if _CLOSING.match(following) or not (_END.search(sentence) or _asks_in_greek(sentence, following)):
        return False
    if _STRONG_END.search(sentence):
        return True
    # The full stop of .NET, Node.js and 1.5, and the one behind a number that counts or orders.
    if sentence.endswith(".") or _NUMBERING.search(sentence):
        return False
    return not goes_on_behind_number(sentence, following, known.ordinals) and not _is_abbreviated(
        sentence, following, known
    )


def _asks_in_greek(sentence: str, following: str) -> bool:
    """Tell whether a semicolon is Greek's question mark."""
    return sentence.rstrip().endswith(";") and main_script(following) == "Grek"


def _is_abbreviated(sentence: str, following: str, known: Abbreviations) -> bool:
    """Tell whether the full stop is that of an abbreviation with which the sentence goes on."""
    rest = _OPENING.sub("", following, count=1)
    words = _last_words(sentence)
    if words & known.always or _is_initial(words) or rest[:1].islower():
        return True
    if not words & known.midway:
        return False
    first = _WORD.match(rest)
    return rest[:1].isdigit() or (first is not None and first[0].casefold() in known.calendar)


def _last_words(sentence: str) -> frozenset[str]:
    """Return the last one, two and three words before the final full stop, small, as an abbreviation may be."""
    match = _LAST_WORDS.search(sentence[-_LOOK_BACK_CHARS:])
    if match is None:
        return frozenset()
    words = re.split("[ \u00a0\u202f]", match[1].casefold())
    return frozenset(" ".join(words[-count:]) for count in range(1, len(words) + 1))


def _is_initial(words: frozenset[str]) -> bool:
    """Tell whether the last word is a single letter, as in the name J. Smith."""
    return any(len(word) == 1 and word.isalpha() for word in words)
