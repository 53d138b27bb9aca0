"""What a unit knows beyond its target, as extracted comments of its entry, which every PO tool keeps.

#. engine: argos 1.9/r3 en→fr 3f2a9c1b
#. asked: a proactive person who works well in a team
#. repaired: clauses
#. check: numbers
#. neighbour: 69 Ph.D. in [-Statistics-]{+Physics+} → Doctorat en statistiques
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Suggestion, Unit

_OURS = re.compile("(?:engine|asked|repaired|risk|memory|attempt|suggestion|check|neighbour|conflict): ")
_HYPHENATED = re.compile(r"[^\W\d]-$")
# polib wraps comments where the next word would reach beyond column 78; nothing is known to wrap before this one.
_SHORTEST_WRAPPED = 60
_RISKS = {str(risk): risk for risk in range(101)}


class Remarks(NamedTuple):
    """What the extracted comments of an entry say; `foreign` are lines that are not ours."""

    provenance: Provenance | None = None
    suggestion: Suggestion | None = None
    attempt: EngineOrigin | None = None
    findings: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def parse_remarks(lines: Sequence[str]) -> Remarks:
    """Read the comments of an entry; a line that is not of our form is kept as foreign.

    What an editor has wrapped is one line again: ours are the last of an entry, so that nothing else follows them.
    """
    provenance: Provenance | None = None
    suggestion: Suggestion | None = None
    attempt: EngineOrigin | None = None
    findings: list[str] = []
    neighbours: list[str] = []
    foreign: list[str] = []
    for line in _unwrapped(lines):
        match line.split(" "):
            case ["engine:", engine, model, route, made]:
                provenance = Provenance(kind=OriginKind.ENGINE, digest=made, engine=_origin(engine, model, route))
            case ["asked:", *words] if provenance and provenance.engine:
                provenance = replace(provenance, asked=" ".join(words))
            case ["repaired:", repair] if provenance and provenance.engine:
                provenance = replace(provenance, repair=repair)
            case ["risk:", risk] if provenance and provenance.engine and risk in _RISKS:
                provenance = replace(provenance, risk=_RISKS[risk])
            case ["memory:", "100", *context, made]:
                provenance = Provenance(kind=OriginKind.MEMORY, digest=made, context=" ".join(context))
            case ["attempt:", engine, model, route]:
                attempt = _origin(engine, model, route)
            case ["suggestion:", engine, model, route, *words]:
                suggestion = Suggestion(engine=_origin(engine, model, route), target=" ".join(words))
            case ["check:", _] | ["neighbour:", *_]:
                kind, _, text = line.partition(" ")
                (findings if kind == "check:" else neighbours).append(text)
            case _:
                foreign.append(line)
    return Remarks(
        provenance=provenance,
        suggestion=suggestion,
        attempt=attempt,
        findings=tuple(findings),
        neighbours=tuple(neighbours),
        foreign=tuple(foreign),
    )


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines that were one of ours before it was wrapped.

    >>> _unwrapped(["suggestion: bergamot 1/r3 en→pt Um posto de trabalho para um bem-", "vindo colega"])
    ['suggestion: bergamot 1/r3 en→pt Um posto de trabalho para um bem-vindo colega']
    """
    found: list[str] = []
    rest = 0  # characters of the last piece of a line of ours
    for line in lines:
        if rest and not _OURS.match(line) and rest + len(line.partition(" ")[0]) >= _SHORTEST_WRAPPED:
            found[-1] += f"{'' if _HYPHENATED.search(found[-1]) else ' '}{line}"
        else:
            found.append(line)
        rest = len(line) if found[-1] is not line or _OURS.match(line) else 0
    return found


@lru_cache
def _origin(engine: str, model: str, route: str) -> EngineOrigin:
    """Return the origin that thousands of units share."""
    return EngineOrigin(engine=engine, model=model, route=route)


NO_REMARKS = Remarks()


def serialize_remarks(unit: Unit) -> Iterator[str]:
    """Yield the comments of a unit in the house order: other tools' first, then ours."""
    yield from unit.extras.remarks
    yield from origin_lines(unit)
    if unit.attempt:
        yield f"attempt: {unit.attempt}"
    if unit.suggestion:
        yield f"suggestion: {unit.suggestion.engine} {unit.suggestion.target}"
    yield from (f"check: {check}" for check in unit.findings)
    if unit.doubtful or not unit.target:  # whoever reviewed it needs them no more
        yield from (f"neighbour: {line}" for line in unit.neighbours)


def origin_lines(unit: Unit) -> tuple[str, ...]:
    """Return the comments that tell how the target of a unit was made; none where nothing says so."""
    made = unit.provenance
    if made is None:
        return ()
    if made.engine is None:
        return (f"memory: 100 {made.context} {made.digest}",)
    lines = [f"engine: {made.engine} {made.digest}"]
    if made.asked:
        lines.append(f"asked: {made.asked}")
    if made.repair:
        lines.append(f"repaired: {made.repair}")
    if made.risk is not None:
        lines.append(f"risk: {made.risk}")
    return tuple(lines)
