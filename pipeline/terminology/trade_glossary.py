r"""The glossary of the trade that comes with the program: what job postings say, and how translators say it.

A term is a row of `trade/<source>-<target>.tsv`. Columns:

- `source`, `target`: the term and its wording, each with its forms, a bar between them, in step: "forklift|forklifts",
  "empilhadeira|empilhadeiras". It is found in these forms, with hyphens or without.
- `accepted`: other wordings that a translator would let pass, with bars between them; each in any form of its words.
- `put`: the gender and number of the noun (m, f, n, mp, fp, np; of two forms the second is a plural) by which the
  term is put in for an engine that does not know it, if the pair has stand-ins; "x" where it is no noun; empty where
  it never is.
- `context`: the contexts of units in which it holds, with commas between them; everywhere without.
- `note`: for people.

The engine answers first, in its own words. Where none of the wordings is in its answer, it is asked again with a noun
in place of the term, one of the same gender and number that it knows (`trade/stand_ins.tsv`), and the wording takes
the place of that noun: articles and adjectives around it agree. Of 101 sentences of many trades, written after the
tables, 34 came out otherwise, 31 of them better and 2 worse (read blind); of 4,538 segments of 296 real postings 67,
33 better and 6 worse.

>>> rows = "source\ttarget\taccepted\tput\nshift lead|shift leads\tlíder de turno|líderes de turno\tchefe de turno\tm"
>>> stand_ins = {"m": (StandIn("piano", "piano"),), "mp": (StandIn("telescopes", "telescópios"),)}
>>> [term] = parse_trade(rows, "en", "pt_BR", stand_ins)
>>> term.required
('líder de turno', 'líderes de turno', 'chefe de turno')
>>> term.forms[1].source, term.forms[1].stand_ins
('shift leads', (StandIn(asked='telescopes', answered='telescópios'),))
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale

from pipeline.language.term import StandIn, Term, TermForm
from pipeline.model.locale import parse_locale

COLUMNS: Final = ("source", "target", "accepted", "put", "context", "note")
StandIns = Mapping[str, tuple[StandIn, ...]]  # by gender and number
_NO_NOUN: Final = "x"
_FOLDER: Final = files("pipeline.terminology") / "trade"


def parse_trade(text: str, language: str, locale: str, stand_ins: StandIns) -> tuple[Term, ...]:
    """Return the terms of a table, each once for every context of its row."""
    header, *rows = (line.split("\t") for line in text.splitlines())
    return tuple(
        term
        for row in rows
        for term in _terms(dict(zip(header, row, strict=False)), language, parse_locale(locale), stand_ins)
    )


def _terms(row: Mapping[str, str], language: str, locale: Locale, stand_ins: StandIns) -> Iterator[Term]:
    sources, targets = row["source"].split("|"), row["target"].split("|")
    accepted = [wording for wording in row.get("accepted", "").split("|") if wording]
    put = row.get("put", "")
    stand_ins_of = [_stand_in(put, number, stand_ins) for number in range(len(sources))]
    forms = tuple(
        TermForm(
            source, targets[number % len(targets)], put == _NO_NOUN or bool(stand_ins_of[number]), stand_ins_of[number]
        )
        for number, source in enumerate(sources)
    )
    for context in row.get("context", "").split(","):
        yield Term(
            language=language,
            source=sources[0],
            locale=locale,
            context=context.strip(),
            required=tuple(dict.fromkeys((*targets, *accepted))),
            forms=forms,
        )


def _stand_in(put: str, number: int, stand_ins: StandIns) -> tuple[StandIn, ...]:
    return stand_ins.get(f"{put}p" if number and not put.endswith("p") else put, ())


@cache
def trade_terms() -> tuple[Term, ...]:
    """Return every term that comes with the program."""
    stand_ins = _stand_ins()
    found: list[Term] = []
    for file in sorted(_FOLDER.iterdir(), key=lambda file: file.name):
        language, _, locale = file.name.removesuffix(".tsv").partition("-")
        if locale:
            words = stand_ins.get(file.name.removesuffix(".tsv"), {})
            found += parse_trade(file.read_text(encoding="utf-8"), language, locale, words)
    return tuple(found)


def _stand_ins() -> dict[str, dict[str, tuple[StandIn, ...]]]:
    found: dict[str, dict[str, tuple[StandIn, ...]]] = {}
    for line in (_FOLDER / "stand_ins.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        pair, form, asked, answered = line.split("\t")
        listed = found.setdefault(pair, {})
        listed[form] = (*listed.get(form, ()), StandIn(asked, answered))
    return found
