"""In which ways a source is asked for until its target is without a fault, and which of the targets is kept.

An engine that fails at a sentence often manages it when it is asked otherwise: with another marker, in the clauses of
the sentence, on another route. Each way is a rung, in a fixed order; the first whose target has no error ends the climb
(a word that its language does not know is one), else the target with the fewest findings is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import NamedTuple

from pipeline.model.unit import EngineOrigin
from pipeline.translation.routes import Route


class Repair(StrEnum):
    """What made the target that was kept another than the first; the words of reports and of catalogs."""

    NONE = ""
    NAMES = "names"
    FACTS = "facts"
    MARKER = "marker"
    TERMS = "terms"
    TRADE = "trade"
    WORDS = "words"
    PARTS = "parts"
    CLAUSES = "clauses"
    HYPOTHESIS = "hypothesis"
    ROUTE = "route"


class Cut(Enum):
    """Where a text is cut before it is asked, beside the bounds that hold for every text."""

    NONE = "none"
    PARTS = "parts"  # at what is hidden
    CLAUSES = "clauses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a text is asked: with which marker, with what put in, cut where; `rank` 0 is the best answer.

    Facts that are not `shown` to the engine are hidden, as are listed names that are not `named`; with `duties` a verb
    that begins a sentence is asked as one. With `trade` the terms of the trade that the best answer so far lacks are
    put in, or `every` one.
    """

    repair: Repair = Repair.NONE
    shown: bool = True
    named: bool = True
    marker: int = 0
    terms: bool = True
    plain: bool = True
    duties: bool = False
    trade: bool = False
    every: bool = False
    cut: Cut = Cut.NONE
    rank: int = 0


class Rung(NamedTuple):
    """One way to ask for a source."""

    route: Route
    manner: Manner


FIRST = Manner()
# For what names a duty, where the first answer is no infinitive.
AS_DUTY = Manner(duties=True)
TRADE = Manner(repair=Repair.TRADE, trade=True)
TRADE_AS_DUTY = replace(TRADE, duties=True)
# Where the answer to that lacks another of them.
_EVERY = replace(TRADE, every=True)
_MARKERS = tuple(Manner(repair=Repair.MARKER, marker=number, shown=False) for number in (1, 2))
_NAMES = tuple(Manner(repair=Repair.NAMES, marker=number, named=False) for number in (0, 1, 2))
_CUTS = (
    Manner(repair=Repair.PARTS, cut=Cut.PARTS, shown=False),
    Manner(repair=Repair.CLAUSES, cut=Cut.CLAUSES, shown=False),
)
# A beam of four has as many.
_RANKS = tuple(Manner(repair=Repair.HYPOTHESIS, rank=number) for number in (1, 2, 3))
_MANNERS = (
    FIRST,
    AS_DUTY,
    TRADE,
    TRADE_AS_DUTY,
    _EVERY,
    replace(_EVERY, duties=True),
    _NAMES[0],
    Manner(repair=Repair.FACTS, shown=False),
    *_MARKERS,
    Manner(repair=Repair.TERMS, terms=False),
    Manner(repair=Repair.WORDS, plain=False),
    *_CUTS,
    *_RANKS,
    *_NAMES[1:],
)
# On another route the first question and the cuts: each asks much that is new.
_MANNERS_ELSEWHERE = tuple(replace(manner, repair=Repair.ROUTE) for manner in (FIRST, *_MARKERS, *_CUTS))


def rungs(routes: Sequence[Route]) -> Iterator[Rung]:
    """Yield the rungs in their order: every way of the first route, then those of the others."""
    yield from (Rung(route, manner) for route in routes[:1] for manner in _MANNERS)
    yield from (Rung(route, manner) for route in routes[1:] for manner in _MANNERS_ELSEWHERE)


class Verdict(NamedTuple):
    """How many findings a target has, the gravest first, and how many names and terms it lost; fewer is better."""

    errors: int = 0
    lost_names: int = 0
    lost_terms: int = 0
    warnings: int = 0

    @property
    def faultless(self) -> bool:
        """Whether no other way is tried, but for the terms that were lost: a warning is for the reviewer."""
        return not self.errors and not self.lost_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What came of a source; `failures` are the checks for which no target was kept.

    `origin` tells who made the target, `asked` the plainer words in which it was asked for, "" if they are those of
    the source, and `repair` what helped where the first way had failed.
    """

    target: str
    failures: tuple[str, ...] = ()
    origin: EngineOrigin | None = None
    asked: str = ""
    repair: Repair = Repair.NONE


class Candidate(NamedTuple):
    """What came of one way to ask for a source, and how many findings it has."""

    output: Output
    verdict: Verdict = Verdict()

    @property
    def faultless(self) -> bool:
        """Whether it ends the climb."""
        return bool(self.output.target) and self.verdict.faultless


def best(candidates: Iterable[Candidate]) -> Candidate:
    """Return what has the fewest findings, of equal ones the earliest; the first of all where there is no target.

    >>> faulty, doubtful = Verdict(errors=2), Verdict(warnings=9)
    >>> best([Candidate(Output(target="a"), faulty), Candidate(Output(target="b"), doubtful)]).output.target
    'b'
    """
    return min(candidates, key=lambda candidate: (not candidate.output.target, candidate.verdict))
