"""What every format of a glossary is read into: a row a wording, which together make terms."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from babel import Locale

from pipeline.language.term import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong with a line, counted from 1."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term that asks for one thing, and its line."""

    line: int
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The rows of a text and everything that is wrong with it."""

    rows: tuple[TermRow, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class United:
    """The terms that rows make together, the rows that contradict an earlier one, and those that repeat one."""

    terms: tuple[Term, ...] = ()
    contradictions: tuple[Mistake, ...] = ()
    duplicates: tuple[Mistake, ...] = ()


class _Place(NamedTuple):
    """What a term is about; rows that agree on it are one term."""

    language: str
    source: str
    locale: Locale | None
    context: str


def unite_rows(rows: Iterable[TermRow]) -> United:
    """Make one term of the rows about one source in one place; the order stays, the first wording is preferred."""
    terms: dict[_Place, Term] = {}
    first: dict[_Place, int] = {}
    contradictions: list[Mistake] = []
    duplicates: list[Mistake] = []
    for row in rows:
        place = _Place(row.term.language, row.term.source, row.term.locale, row.term.context)
        known = terms.get(place)
        try:
            terms[place] = row.term if known is None else _united(known, row.term)
        except ValueError as error:
            contradictions.append(Mistake(line=row.line, reason=f"contradicts line {first[place]}: {error}"))
            continue
        if terms[place] == known:
            duplicates.append(Mistake(line=row.line, reason=f"repeats what line {first[place]} or one after it says"))
        first.setdefault(place, row.line)
    return United(terms=tuple(terms.values()), contradictions=tuple(contradictions), duplicates=tuple(duplicates))


def _united(known: Term, more: Term) -> Term:
    return replace(
        known,
        required=tuple(dict.fromkeys((*known.required, *more.required))),
        forbidden=tuple(dict.fromkeys((*known.forbidden, *more.forbidden))),
        keep=known.keep or more.keep,
    )
