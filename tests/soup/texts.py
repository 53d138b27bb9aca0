"""Texts made of the program's own pieces, and sentences that were damaged: the same ones for the same seed."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.soup.pieces import patterns, text_matching, words

# What breaks readers of text: marks in pairs and alone, money, figures of all scripts, torn tags and entities,
# Markdown, placeholders, directions, joiners, letters that change their number of signs with their case.
SIGNS = (
    *"/-–—|:;,.!?…·•*()[]{}<>\"'’‘“”„«»「」&+=#@%‰°_~^\\$€£¥₹₺₽₩₪",
    *("..", "--", "::", "//", "/-", "(/)", "()", "[]", "{}", "<>", "(a)", "*in", ":in", "(m/w/d)", "D/M", "/in", "-/"),
    *("R$", "US$", "kr", "zł", "CHF", "EUR", "USD", "k€", "1", "0", "12", "1.000", "1,5", "½", "²", "①", "Ⅻ", "1e9"),
    *("٣١٢", "१२", "６７", "๕", "十二", "〇", "壹", "𝟙", "1.2.3", "2026-13-45", "00:60", "24:00", "31.02.", "9" * 19),
    *("<b>", "</b>", "<br>", "<br/>", '<a href="', "</a>", "<p", "<!--", "-->", "<ruby>", "<code>", "<![CDATA[", "]]>"),
    *('<a href="https://a.example">', "<strong>", "</strong>", "<em>", "</em>", "<i lang=x>", "<script>", "</p>"),
    *("&amp;", "&", "&#0;", "&#x202e;", "&nbsp;", "&notanentity;", "&#99999999;", "&lt;b&gt;", "&#55296;"),
    *("**", "__", "[a](b)", "](", "`", "# ", "- ", "1. ", "\\*", "{0}", "{name}", "%s", "%", "{{", "}}", "Q0Q", "$1"),
    *("\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"),
    *("\u0301", "\ufe0f", "\u20e3", "\U0001f9d1\u200d", "🇧", "😀", "\u0000", "\u0085", "\u2028", "\ufffd", "\ue000"),
    *("İ", "ı", "ß", "ẞ", "ŉ", "ǆ", "ﬁ", "Σς", "ﷺ", "가", "各", "々", "ー", "ｱ", "ﾞ", "ا", "ـ", "א", "״", "ไทย", "ၘ"),
)
GAPS = (" ", " ", " ", " ", "", "", "/", "-", ", ", ". ", ": ", " – ", "\n", "\u00a0", "\u202f", "\t", " | ", "(", ") ")
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "〇一二三四五六七八九")
_SCRIPTS = (
    "абвгдежзийклмнопрстуфхцчшщъ",
    "αβγδεζηθικλμνξοπρστυφχψωάέ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنه",
    "アイウエオカキクケコサシスセソタチツテトナニヌ",
)


def piece(chance: random.Random) -> str:
    """Return one piece: a word of a table, a sign, or what a pattern matches."""
    kind = chance.random()
    if kind < 0.4:
        drawn = chance.choice(words())
    else:
        drawn = chance.choice(SIGNS) if kind < 0.65 else text_matching(chance.choice(patterns()), chance)
    return _SURROGATES.sub("", drawn)  # which no text holds once it is read


def soup(chance: random.Random) -> str:
    """Return a text of none to a dozen pieces, most often of a few."""
    number = min(chance.randrange(13), chance.randrange(13))
    pieces = [piece(chance) for _ in range(number)]
    if pieces and chance.random() < 0.1:
        pieces *= chance.randint(2, 4)
    return "".join(text + chance.choice(GAPS) for text in pieces).removesuffix(" ")


def _cut(text: str, chance: random.Random) -> str:
    start, stop = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:start] + text[min(stop, start + 12) :]


def _put_in(text: str, chance: random.Random) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + piece(chance) + text[place:]


def _doubled(text: str, chance: random.Random) -> str:
    start, stop = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:stop] + text[start:stop][:40] + text[stop:]


def _glued(text: str, chance: random.Random) -> str:
    return re.sub(r"\s+", lambda match: "" if chance.random() < 0.4 else match[0], text)


def _in_digits(text: str, chance: random.Random) -> str:
    return text.translate(str.maketrans("0123456789", chance.choice(_DIGITS)))


def _in_script(text: str, chance: random.Random) -> str:
    letters = chance.choice(_SCRIPTS)
    return text.translate({ord("a") + number: letter for number, letter in enumerate(letters[:26])})


def _shuffled(text: str, chance: random.Random) -> str:
    parts = text.split(" ")
    chance.shuffle(parts)
    return " ".join(parts)


_DAMAGES: Sequence[Callable[[str, random.Random], str]] = (
    *(_cut, _put_in, _put_in, _put_in, _doubled, _glued, _in_digits, _in_script, _shuffled),
    *(lambda text, _: text.upper(), lambda text, _: text.lower(), lambda text, _: text[::-1]),
)


def damaged(text: str, chance: random.Random) -> str:
    """Return a text after one to three accidents: cut, doubled, glued, in other letters, with a piece more."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(_DAMAGES)(text, chance)
    return text


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts made of pieces, and sentences that were damaged on their way."""

    sentences: Sequence[str]

    def draw(self, chance: random.Random) -> str:
        """Return a text."""
        if chance.random() < 0.6:
            return soup(chance)
        return damaged(chance.choice(self.sentences), chance)
