"""What a unit knows beyond its target, as extracted comments of its entry, which every PO tool keeps.

    #. engine: argos 1.9/r2 en→fr 3f2a9c1b
    #. asked: a proactive person who works well in a team
    #. repaired: clauses
    #. check: numbers
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Suggestion, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What the extracted comments of an entry say; `foreign` are lines that are not ours."""

    provenance: Provenance | None = None
    suggestion: Suggestion | None = None
    attempt: EngineOrigin | None = None
    findings: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def parse_remarks(lines: Iterable[str]) -> Remarks:
    """Read the comments of an entry; a line that is not of our form is kept as foreign."""
    provenance: Provenance | None = None
    suggestion: Suggestion | None = None
    attempt: EngineOrigin | None = None
    findings: list[str] = []
    foreign: list[str] = []
    for line in lines:
        match line.split(" "):
            case ["engine:", engine, model, route, made]:
                origin = EngineOrigin(engine=engine, model=model, route=route)
                provenance = Provenance(kind=OriginKind.ENGINE, digest=made, engine=origin)
            case ["asked:", *words] if provenance and provenance.engine:
                provenance = replace(provenance, asked=" ".join(words))
            case ["repaired:", repair] if provenance and provenance.engine:
                provenance = replace(provenance, repair=repair)
            case ["memory:", "100", *context, made]:
                provenance = Provenance(kind=OriginKind.MEMORY, digest=made, context=" ".join(context))
            case ["attempt:", engine, model, route]:
                attempt = EngineOrigin(engine=engine, model=model, route=route)
            case ["suggestion:", engine, model, route, *words]:
                origin = EngineOrigin(engine=engine, model=model, route=route)
                suggestion = Suggestion(engine=origin, target=" ".join(words))
            case ["check:", check]:
                findings.append(check)
            case _:
                foreign.append(line)
    return Remarks(
        provenance=provenance,
        suggestion=suggestion,
        attempt=attempt,
        findings=tuple(findings),
        foreign=tuple(foreign),
    )


def serialize_remarks(unit: Unit) -> Iterator[str]:
    """Yield the comments of a unit in the house order: other tools' first, then ours."""
    yield from unit.extras.remarks
    if unit.provenance and unit.provenance.engine:
        yield f"engine: {unit.provenance.engine} {unit.provenance.digest}"
        if unit.provenance.asked:
            yield f"asked: {unit.provenance.asked}"
        if unit.provenance.repair:
            yield f"repaired: {unit.provenance.repair}"
    elif unit.provenance:
        yield f"memory: 100 {unit.provenance.context} {unit.provenance.digest}"
    if unit.attempt:
        yield f"attempt: {unit.attempt}"
    if unit.suggestion:
        yield f"suggestion: {unit.suggestion.engine} {unit.suggestion.target}"
    yield from (f"check: {check}" for check in unit.findings)
