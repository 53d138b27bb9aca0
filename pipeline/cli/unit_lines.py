"""What `review list` and `why` print of a unit below its source: in both the same, in the same words.

Among it what other people said of it, what two of them differ about, and why there is no target.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.model.decision import Decision
from pipeline.model.unit import Unit, shown
from pipeline.workflow.checking import current_ids

# What people wrote may hold signs that move a terminal's cursor.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def unit_lines(unit: Unit, *, risk: str, assigned: str, comments: Iterable[Decision]) -> Iterator[str]:
    """Yield what there is to know of a unit; of a text of several lines the later ones stand deeper."""
    for word, text in (*_of_unit(unit, risk), *_of_people(unit, assigned, comments)):
        lines = _CONTROLS.sub("", text).strip().splitlines()
        yield f"{word}: {lines[0]}" if lines else f"{word}:"
        yield from (f"  {line}" for line in lines[1:])


def _of_unit(unit: Unit, risk: str) -> Iterator[tuple[str, str]]:
    if unit.previous and unit.stale:
        yield "before", unit.previous.source
    if unit.target:
        yield "target", shown(unit.target)
    elif missing := _why_missing(unit):
        yield "no target", missing
    for other in unit.conflicts:
        yield "conflict", other
    if unit.suggestion:
        yield "suggested", unit.suggestion.target
    if risk:
        yield "risk", risk


def _of_people(unit: Unit, assigned: str, comments: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    for note in filter(None, unit.extras.notes):
        yield "note", note
    if assigned:
        yield "assigned to", assigned
    for comment in comments:
        yield f"{comment.person} says", comment.text


def _why_missing(unit: Unit) -> str:
    """Say why there is no target, where anything is known of that."""
    if unit.rejected:
        return "a person rejected it; what is rejected is not offered again"
    if unit.attempt is None:
        return ""
    checks = ", ".join(current_ids(unit.findings))
    if not checks:
        return f"a person rejected what {unit.attempt.engine} makes of it"
    return f"what {unit.attempt.engine} makes of it fails the checks: {checks}"
