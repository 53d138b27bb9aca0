"""The lines that every form of body is cut into, and what can be told of a line by its words alone.

A parser (`html_lines`, `markdown`, or `text_lines` here) cuts a body into lines and keeps what the form says of each:
an item of a list, a heading, a blank line before it. The steps that follow are the same for all forms.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from unicodedata import normalize

from babel import Locale

from pipeline.language.knowledge import languages
from pipeline.language.scripts import HANGUL, UNSPACED, letters_of
from pipeline.language.vocabulary import has_vocabulary, is_listed
from pipeline.model.cleaning import balance_directions, clean_text, is_plain
from pipeline.model.patterns import lazy_pattern

_CASED = [chr(code) for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000))]
SMALL = "".join(char for char in _CASED if char.islower())
CAPITAL = "".join(char for char in _CASED if char.isupper())
EMOJI = "\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
_UNSPACED = letters_of(*UNSPACED)
# A sentence may begin with any letter of the scripts that have no capitals.
_UNCASED = letters_of(HANGUL, "Arab", "Hebr", "Deva")

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164\uffa0]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"
)
_SPACED_BY_NOTHING = re.compile(f"[{letters_of('Thai', 'Laoo', 'Mymr', 'Khmr')}]")
# Letters that change their shape beside a joiner: Arabic, Syriac to N'Ko, the scripts of India, Sinhala to Khmer,
# Mongolian; and what pictures are joined of.
_JOINED = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe0e\ufe0f\ufe70-\ufefc\u2600-\u27bf"
    "\u2190-\u21ff\u2300-\u23ff\u2b00-\u2bff\U0001f000-\U0001faff]"
)
_LIGATURES = str.maketrans({code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTION_MARKS = "\u200e\u200f\u061c"

_TAGS = re.compile(r"</?[a-z]+(?: href=\"[^\"<>]*\")?>")
_END_MARK = re.compile(r"[.!?…。！？．।؟۔]['\"”’»）」』*\s]*$")
_SENTENCE_END = lazy_pattern(
    rf"[^\W\d_]{{3}}['\"”’»)\]]*[.!?…]+['\"”’»)\]]*\s+[¿¡\"“«(]?[{CAPITAL}\d{_UNCASED}]|[。！？।۔؟][^\s」』）)]"
)
_GAPS = re.compile(r"[ \t\n]+")
WORD = re.compile(r"[^\W_]")
_LAST_WORD, _FIRST_WORD = re.compile(r"([^\W\d_]+)-$"), re.compile(r"^[^\W\d_]+")


class Break(IntEnum):
    """What stands between a line and the one before; the greater says more."""

    SOFT = 0  # a line end in the source of HTML, which says nothing
    LINE = 1  # a line end in text, a <br>
    BLOCK = 2  # an element of its own
    GAP = 3  # a blank line, another paragraph


@dataclass(slots=True)
class Line:
    """A line of a body with what its form says of it.

    `level` is that of a heading, 1 to 6, else 0; `indent` the width of the space before a line of text; `mark` the
    bullet or number that was taken off; `opens_list` tells that its items stood in the same line.
    """

    text: str
    before: Break = Break.LINE
    item: bool = False
    depth: int = 0
    ordered: bool = False
    level: int = 0
    indent: int = 0
    mark: str = ""
    opens_list: bool = False


def text_lines(text: str) -> list[Line]:
    r"""Cut plain text into its lines; blank ones, and rules of dashes or stars, are the gap before the next.

    >>> [(line.text, line.before.name) for line in text_lines("We bake\n  bread\n\ndaily")]
    [('We bake', 'GAP'), ('bread', 'LINE'), ('daily', 'GAP')]
    """
    lines = []
    before = Break.GAP
    for raw in text.split("\n"):
        line = tidy(raw)
        if not WORD.search(line):
            before = Break.GAP
            continue
        indent = 0
        if raw[0].isspace():
            spread = raw.expandtabs(4)
            indent = len(spread) - len(spread.lstrip())
        lines.append(Line(line, before, indent=indent))
        before = Break.LINE
    return lines


def without_invisible(text: str) -> str:
    r"""Drop what is not seen inside words: soft hyphens, zero-width spaces; joiners stay where a script needs them.

    What PDF writes as one sign for two letters becomes letters. Found in 4 of 296 real postings.

    >>> without_invisible("Back\u00adwaren und Bro\u200bt, o\ufb03ziell")
    'Backwaren und Brot, offiziell'
    """
    if is_plain(text):  # most English ones
        return text
    text = clean_text(text).translate(_LIGATURES)
    if text.isascii() or not _INVISIBLE.search(text):
        return text
    right_to_left = _RIGHT_TO_LEFT.search(text) is not None

    def kept(match: re.Match[str]) -> str:
        sign, start, end = match[0], match.start(), match.end()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if sign in "\u200c\u200d":
            return sign if _JOINED.match(before) and (sign == "\u200d" or _JOINED.match(after)) else ""
        if sign == "\u200b":
            return sign if _SPACED_BY_NOTHING.match(before) and _SPACED_BY_NOTHING.match(after) else ""
        return sign if right_to_left and sign in _DIRECTION_MARKS else ""

    return _INVISIBLE.sub(kept, text)


def tidy(text: str) -> str:
    """Return clean text as one line with single spaces."""
    text = text.strip()
    if not text.isascii():
        text = balance_directions(text).strip()
    return _GAPS.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


def bare(text: str) -> str:
    """Return a line without its inline markup."""
    return _TAGS.sub("", text).strip() if "<" in text else text


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with the mark that ends a sentence."""
    return _END_MARK.search(bare(text)[-12:]) is not None


def has_sentences(text: str) -> bool:
    """Tell whether a line holds more than one sentence."""
    return _SENTENCE_END.search(bare(text)) is not None


def is_balanced(text: str) -> bool:
    """Tell whether as many tags are closed as opened in a line."""
    return "<" not in text or 2 * text.count("</") == sum(1 for _ in _TAGS.finditer(text))


def joined(first: str, second: str) -> str:
    """Join two lines that are one: with a space, but for the scripts that write none and for a word that was cut.

    >>> joined("at the week-", "end only"), joined("long-", "term work"), joined("Grund-", "und Behandlungspflege")
    ('at the weekend only', 'long-term work', 'Grund- und Behandlungspflege')
    """
    if is_cut_word(first, second):
        start, end = _LAST_WORD.findall(first)[-1], _FIRST_WORD.findall(second)[0]
        return (first if _is_compound(start, end) else first[:-1]) + second
    unspaced = re.search(f"[{_UNSPACED}、。，]$", first) and re.match(f"[{_UNSPACED}]", second)
    return first + second if unspaced else f"{first} {second}"


def is_cut_word(first: str, second: str) -> bool:
    """Tell a word that was cut at the end of a line, as in what is copied from PDF."""
    if not first.endswith("-") or not second[:1].islower() or not first[-2:-1].isalpha():
        return False
    word = _FIRST_WORD.match(second)  # none begins with "ⓐ", which is small
    return word is not None and word[0] not in _joining_words()


def _is_compound(start: str, end: str) -> bool:
    """Tell "long-term" from "week-end": a dictionary has both parts, but not the whole; German words are in none.

    English is asked first: it has most words of two parts, and Dutch writes the same ones as one.
    """
    start = start.lower()
    for language in ("en", *filter(has_vocabulary, languages())):
        if is_listed(start, language) and is_listed(end, language):
            return not is_listed(start + end, language)
    return False


@cache
def _joining_words() -> frozenset[str]:
    """Return the words for "and" and "or", by CLDR: behind one "Grund-" waits for the rest of another word."""
    patterns = (
        Locale.parse(language).list_patterns[style]["2"]
        for language in languages("headings")
        for style in ("standard", "or")
    )
    return frozenset(pattern.replace("{0}", "").replace("{1}", "").strip() for pattern in patterns)
