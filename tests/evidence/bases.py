"""Sentences of postings in five languages that say the same, and the places in them where a fault can be planted.

Each sentence of `base.toml` (and of `holdout.toml`) is expanded into variants: every variant fills the slots with other
facts of `facts.toml`, the same facts in every language. A text is kept in pieces, so that a fault replaces one piece:
"Sie brauchen ", bound "mindestens" (or "höchstens"), " ", slot n "3", " ", slot unit "Jahre", ...
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel.numbers import format_currency

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "pt", "de", "fr", "es")
LOCALES = {"en": "en", "pt": "pt_BR", "de": "de", "fr": "fr", "es": "es"}
MONEY = "money"
# Amounts without cents, as postings write them.
_PATTERNS = {"en": "¤#,##0", "pt": "¤\u00a0#,##0", "de": "#,##0\u00a0¤", "fr": "#,##0\u00a0¤", "es": "#,##0\u00a0¤"}
_MARK = re.compile(r"\[\[(\w+):(.*?)\|(.*?)\]\]")
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text: plain, a fact of the table `slot` at `index`, or a place marked for a fault of a `kind`."""

    text: str
    slot: str = ""
    index: int = 0
    kind: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One sentence with one choice of facts, in every language; `number` is its place in the file."""

    number: int
    variant: int
    pieces: Mapping[str, tuple[Piece, ...]]

    def text(self, language: str) -> str:
        """Return the sound text in a language."""
        return joined(self.pieces[language])


def joined(pieces: tuple[Piece, ...]) -> str:
    """Return the text of pieces; it begins with a capital, and `a.m.` ends a sentence with one full stop."""
    text = "".join(piece.text for piece in pieces).replace(".m..", ".m.")
    return text[:1].upper() + text[1:]


@cache
def facts(slot: str, language: str) -> tuple[str, ...]:
    """Return what may stand in a slot, in a language; the same place says the same in every language."""
    table = _tables()[slot]
    values = tuple(table.get("all") or table[language])
    return tuple(_amount(value, language) for value in values) if slot == MONEY else values


def other_currency(index: int, language: str) -> str:
    """Return the amount of a fact in the currency of another fact."""
    values = _tables()[MONEY]["all"]
    amount, currency = values[index].split()
    other = next(value.split()[1] for value in values[index + 1 :] + values if value.split()[1] != currency)
    return _amount(f"{amount} {other}", language)


def other_amount(index: int, language: str) -> str:
    """Return another amount in the currency of a fact."""
    values = _tables()[MONEY]["all"]
    amount, currency = values[index].split()
    return _amount(f"{int(amount) + 1300} {currency}", language)


@cache
def bases(name: str, variants: int) -> tuple[Base, ...]:
    """Read a file of sentences; all sentences in their first variant come before all in their second one."""
    tree = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(
        Base(
            number=number,
            variant=variant,
            pieces={language: tuple(_pieces(fields[language], language, number, variant)) for language in LANGUAGES},
        )
        for variant in range(variants)
        for number, fields in enumerate(tree["base"])
    )


def _pieces(text: str, language: str, number: int, variant: int) -> Iterator[Piece]:
    ends = [0, *(end for match in _MARK.finditer(text) for end in match.span()), len(text)]
    for start, stop in pairwise(ends):
        mark = _MARK.fullmatch(text[start:stop])
        if mark:
            right, wrong = (
                "".join(piece.text for piece in _filled(side, language, number, variant)) for side in mark.group(2, 3)
            )
            yield Piece(text=right, kind=mark[1], wrong=wrong)
        else:
            yield from _filled(text[start:stop], language, number, variant)


def _filled(text: str, language: str, number: int, variant: int) -> Iterator[Piece]:
    position = 0
    for match in _SLOT.finditer(text):
        if match.start() > position:
            yield Piece(text=text[position : match.start()])
        values = facts(match[1], language)
        # Slots move at different paces, so that a sentence of several facts has more variants than each of them.
        pace = 1 + (len(match[1]) + bool(match[2])) % 2 * variant // len(values)
        index = (number * 3 + variant * pace + len(match[1]) + bool(match[2])) % len(values)
        yield Piece(text=values[index], slot=match[1], index=index)
        position = match.end()
    if position < len(text):
        yield Piece(text=text[position:])


def _amount(value: str, language: str) -> str:
    amount, currency = value.split()
    written = format_currency(
        int(amount), currency, format=_PATTERNS[language], locale=LOCALES[language], currency_digits=False
    )
    return re.sub(rf"^{currency}(?=\d)", f"{currency}\u00a0", written)  # CHF 4,100, but €4,100


@cache
def _tables() -> Any:
    return tomllib.loads((FOLDER / "facts.toml").read_text(encoding="utf-8"))
