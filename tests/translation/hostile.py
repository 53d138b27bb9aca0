"""Segments full of what must not change, and engines that spoil what they are given.

What is planted is known by how a segment was made, so no pattern of ours decides what is to come back.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.translation.engines import Engine, Pair
from pipeline.translation.protection import Marker

PLANTED = (
    "https://a.example/jobs?id=7&x=%20#top",
    "http://xn--bcher-kva.example/a_(b)",
    "www.a.example",
    "ftp://files.a.example/x.pdf",
    "jobs@a.example",
    "first.last+tag@mail.a.example",
    "+49 (0)30 1234-567",
    "{name}",
    "{0}",
    "%s",
    "%(count)d",
    "${salary}",
    "{{ company }}",
    "C++",
    "C#",
    ".NET",
    "Node.js",
    "PostgreSQL",
    "Ph.D.",
    "(m/w/d)",
    "(f/m/x)",
    "H/F",
    "🎉",
    "👩‍🔧",
    "🇧🇷",
    "Blue Yonder",
    "Ačme",
    "<code>rm -rf</code>",
    '<a href="https://a.example/">',
    "Q0Q",
    "q1q",
    "__7__",
    "@acme_jobs",
    "#hiring",
    "careers.acme.dev",
    "acme.ai",
    "https://例え.jp/求人",
    "mailto:jobs@a.example?subject=Hi%20x",
    "tel:+49-30-123",
    ":name",
    "$PATH",
    "<%= name %>",
    "{% if x %}",
    "[[name]]",
    "*|FNAME|*",
    "<Company Name>",
    "[First Name]",
    "[NAME]",
    "%1$s",
    "%5.2f",
    "/etc/hosts",
    "${HOME}/bin",
    "C#10",
    "C++17",
    "C+E",
    "→",
    "×",
    "§",
)
NAMES = ("Blue Yonder", "Ačme")
WORDS: Mapping[str, Sequence[str]] = {
    "latin": ("we", "bake", "bread", "Straße", "naïve", "every", "night"),
    "cyrillic": ("мы", "печём", "хлеб", "каждую", "ночь"),
    "greek": ("ψήνουμε", "ψωμί", "κάθε", "νύχτα"),
    "arabic": ("نخبز", "الخبز", "كل", "ليلة"),
    "hebrew": ("אנחנו", "אופים", "לחם"),
    "devanagari": ("हम", "रोटी", "बनाते", "हैं"),
    "japanese": ("毎晩", "パンを", "焼きます"),
    "korean": ("우리는", "빵을", "굽습니다"),
    "thai": ("เรา", "อบ", "ขนมปัง"),
}
_GAPS = (" ", ", ", " – ", " (", ") ", ": ", "; ", "/ ", "\u00a0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """A segment and the spans that were planted in it, in order."""

    text: str
    planted: tuple[str, ...]


def hostile_segments(number: int, seed: int) -> Iterator[Hostile]:
    """Yield segments of words in one script with one to five planted spans between them."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    for _ in range(number):
        words = WORDS[chance.choice(sorted(WORDS))]
        planted = [chance.choice(PLANTED) for _ in range(chance.randint(1, 5))]
        pieces = [chance.choice(words)]
        for span in planted:
            closing = "</a>" if span.startswith("<a ") else ""
            pieces += [chance.choice(_GAPS), span, closing, chance.choice(_GAPS), chance.choice(words)]
        yield Hostile(text="".join(pieces) + chance.choice(("", ".", "!")), planted=tuple(planted))


def _swapped(text: str) -> str:
    return re.sub(r"Q(\d)Q(.*)Q(\d)Q", r"Q\3Q\2Q\1Q", text)


SPOILERS: Mapping[str, Callable[[str], str]] = {
    "keeps": lambda text: text,
    "drops the first marker": lambda text: re.sub(r"Q\d+Q", "", text, count=1),
    "drops every marker": lambda text: re.sub(r"Q\d+Q", "", text),
    "doubles": lambda text: re.sub(r"(Q\d+Q)", r"\1 \1", text),
    "repeats all": lambda text: f"{text} {text}",
    "counts on": lambda text: re.sub(r"Q(\d+)Q", lambda match: f"Q{int(match[1]) + 1}Q", text),
    "sets spaces": lambda text: re.sub(r"Q(\d+)Q", r"Q \1 Q", text),
    "small letters": str.lower,
    "capitals": str.upper,
    "swaps": _swapped,
    "invents": lambda text: f"{text} Q9Q",
    "says nothing": lambda _: "",
    "says something else": lambda _: "pão",
}


class SpoilingEngine(Engine):
    """An engine that lets its markers through in one particular way."""

    name = "spoiling"
    marker = Marker(form="Q{}Q")
    batch_segments = 64

    def __init__(self, spoil: Callable[[str], str]) -> None:
        self._spoil = spoil

    def pairs(self) -> frozenset[Pair]:
        return frozenset({Pair("en", "pt")})

    def covers(self, pair: Pair) -> bool:
        return pair in self.pairs()

    def model(self, pair: Pair) -> str:
        return str(pair)

    def flaws(self, asked: str, answer: str) -> tuple[str, ...]:  # noqa: ARG002  the protocol's
        return ()

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        assert self.covers(pair)
        return [self._spoil(segment) for segment in segments]
