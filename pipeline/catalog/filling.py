"""Targets are put into units that lack one; no other unit is touched."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.model.segment import UnitKey
from pipeline.model.unit import (
    COPY_ENGINE,
    EngineOrigin,
    OriginKind,
    Provenance,
    Suggestion,
    Unit,
    UnitState,
    digest,
)

# Another number when other sources would be copied.
COPY_RULE = "1"


def wants_engine(unit: Unit, origin: EngineOrigin, *, retranslate: bool = False, disregards: bool = False) -> bool:
    """Tell whether an engine is to be asked about this unit.

    An untranslated one that nobody emptied and this engine has not failed at, by the recipe of today; a stale one, for
    a suggestion; with `retranslate` also what it has failed at, since glossary or plain words may be others now, an
    untouched target of another engine, model or recipe, and one that `disregards` a term of the glossary.
    """
    if retranslate and disregards and unit.engines_own and not unit.retired:
        return True
    if unit.retired or unit.extras.plural_source or unit.rejected or unit.by_rule:
        return False
    if not unit.translated:
        return retranslate or unit.attempt != origin
    if unit.stale:
        return unit.suggestion is None and (retranslate or unit.attempt != origin)
    return retranslate and unit.engines_own and unit.provenance is not None and unit.provenance.engine != origin


class EngineMade(NamedTuple):
    """What an engine made of a source; without a target, `failures` are the checks for which it was not kept.

    `asked` are the plainer words in which it was asked, `repair` what helped where the first way had failed.
    """

    origin: EngineOrigin
    target: str
    failures: tuple[str, ...] = ()
    asked: str = ""
    repair: str = ""


def fill_from_engine(unit: Unit, made: EngineMade) -> Unit:
    """Put in what an engine made; a person's stale target stays and gets it as a suggestion beside it."""
    origin, target = made.origin, made.target
    if made.failures or not target:
        if unit.stale:
            return replace(unit, attempt=origin)  # else it would be asked again when build/ is gone
        return unit if unit.translated else replace(unit, attempt=origin, findings=made.failures)
    provenance = replace(_made_by(origin, target), asked=made.asked, repair=made.repair)
    if unit.stale and unit.provenance is None and unit.target == target:
        # What another tool left without its comment: the engine made exactly this of exactly this source.
        return replace(unit, provenance=provenance)
    if unit.stale:
        return replace(unit, suggestion=Suggestion(engine=origin, target=target), attempt=None)
    return replace(unit, target=target, doubtful=True, provenance=provenance, attempt=None, findings=())


def fill_by_rule(unit: Unit, route: str) -> Unit:
    """Copy a source in which nothing can be translated; that counts as reviewed."""
    if unit.target not in {"", unit.key.source} or unit.rejected or unit.extras.plural_source:
        return unit
    made = _made_by(EngineOrigin(engine=COPY_ENGINE, model=COPY_RULE, route=route), unit.key.source)
    return replace(unit, target=unit.key.source, provenance=made, attempt=None, findings=())


Offers = Callable[[str], Mapping[str, UnitKey]]


def fill_from_people(
    units: Sequence[Unit], written: Mapping[UnitKey, str], imported: Offers = lambda _source: {}
) -> tuple[Unit, ...]:
    """Offer a target that people accepted for the same source in other contexts, if they all agree on it.

    `written` is what segments are in postings that people wrote in both languages; it counts as accepted. Of a source
    that nobody has accepted a target for, what was `imported` is offered.
    """
    accepted: dict[str, dict[str, UnitKey]] = defaultdict(dict)
    for key, target in written.items():
        accepted[key.source].setdefault(target, key)
    for unit in units:
        by_people = unit.state is UnitState.REVIEWED and not unit.by_rule
        if by_people and not unit.extras.plural_source and "|" not in unit.key.context:
            accepted[unit.key.source].setdefault(unit.target, unit.key)
    return tuple(
        _offered(unit, accepted.get(unit.key.source) or imported(unit.key.source))
        if unit.state is UnitState.UNTRANSLATED or _is_cut(unit)
        else unit
        for unit in units
    )


def engine_made(unit: Unit, origin: EngineOrigin) -> EngineMade | None:
    """Return what `origin` once made of a source, as far as a catalog still tells; None if it does not.

    The catalog is the memory that survives when `build/` is deleted. What was repaired may be another route's.
    """
    made = unit.provenance
    if unit.made_by is OriginKind.ENGINE and made and made.engine and unit.target:
        ours = made.engine == origin or (made.repair and made.engine.recipe == origin.recipe)
        return EngineMade(made.engine, unit.target, (), made.asked, made.repair) if ours else None
    if unit.suggestion is not None and unit.suggestion.engine == origin:
        return EngineMade(origin, unit.suggestion.target)
    if unit.attempt == origin and unit.findings and not unit.translated:
        return EngineMade(origin, "", unit.findings)
    return None


def asked_engine(unit: Unit) -> EngineOrigin | None:
    """Return the engine that was asked about a unit last, whatever became of its answer; None if none was."""
    if unit.attempt is not None:
        return unit.attempt
    if unit.suggestion is not None:
        return unit.suggestion.engine
    return unit.provenance.engine if unit.provenance else None


def engine_outcome(unit: Unit) -> str:
    """Tell in a word what became of the target that an engine made for a unit."""
    if not unit.translated:
        return "rejected" if unit.rejected else "refused"
    if unit.suggestion is not None:
        return "suggested"
    if unit.state is UnitState.REVIEWED:
        return "reviewed"
    if not unit.engines_own:
        return "changed"
    return "with_findings" if unit.findings else "needs_review"


def note_risk(unit: Unit, risk: int) -> Unit:
    """Write beside a machine's target how likely it is wrong, 0 to 100; it stays there as long as the target does."""
    if unit.provenance is None or not unit.machine_made:
        return unit
    return replace(unit, provenance=replace(unit.provenance, risk=risk))


def note_findings(unit: Unit, findings: tuple[str, ...]) -> Unit:
    """Write the ids of the findings beside a target, reviewed or not; those whose reason is gone go.

    With a target that was rejected in an editor its findings go too. What is beside a unit that never had one tells why
    no engine's answer was kept, and stays.
    """
    if unit.retired or unit.findings == findings or not (unit.translated or unit.rejected):
        return unit
    return replace(unit, findings=() if unit.rejected else findings)


def _made_by(origin: EngineOrigin, target: str) -> Provenance:
    return Provenance(kind=OriginKind.ENGINE, digest=digest(target), engine=origin)


def _is_cut(unit: Unit) -> bool:
    """Tell whether another tool may have dropped the comment that says where a target comes from."""
    return unit.translated and unit.doubtful and unit.provenance is None and unit.previous is None


def _offered(unit: Unit, accepted: Mapping[str, UnitKey]) -> Unit:
    if len(accepted) != 1 or unit.extras.plural_source:
        return unit
    target, key = next(iter(accepted.items()))
    provenance = Provenance(kind=OriginKind.MEMORY, digest=digest(target), context=key.context)
    if _is_cut(unit):
        return replace(unit, provenance=provenance) if unit.target == target else unit
    if unit.rejected:
        return unit
    return replace(unit, target=target, doubtful=True, provenance=provenance, attempt=None, findings=(), previous=None)
