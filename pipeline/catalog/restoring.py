"""What people decided and what a catalog says are brought to agree, a unit at a time.

Other tools write entries anew from the template: msgmerge, Babel and pot2po keep target and `fuzzy` and drop our
comments, and with them who made the target and what was rejected; msgmerge also marks what it matched. What such an
entry lost comes back from the decisions. The other way round, what a person accepted, rejected or wrote in an editor of
PO files is found in the catalog, and becomes a decision:

    unit = emptied_again(unit, locale, decisions)    # as the catalog was read
    unit = restored(unit, locale, decisions)         # before and after it is merged with the postings
    unit = settled(unit, filled, locale, decisions)  # after targets were filled in: no question is asked twice
    decisions += found(unit, locale, decisions)      # after the catalog was written

Each looks at one unit and at nothing else, so that it has to be asked of those that changed only.
"""

from collections.abc import Iterator
from dataclasses import replace

from babel import Locale

from pipeline.catalog.decisions import NOTHING, TOOLS, Decisions, Standing, target_digest, unit_digest
from pipeline.catalog.remarks import origin_lines, parse_remarks
from pipeline.model.decision import Action, Decision
from pipeline.model.unit import OriginKind, Provenance, Unit, digest


def emptied_again(unit: Unit, locale: Locale, decisions: Decisions) -> Unit:
    """Return a rejected unit as it was, where a tool has filled it with the target of a similar source.

    pot2po does; it writes the similar source beside it. Our own merge does so too, with a person's target, and that
    is not taken away: it is on record then that the rejection has ended.
    """
    if unit.provenance is not None or not (unit.translated and unit.doubtful and unit.previous):
        return unit
    rejection = decisions.of(target_digest(locale, unit.key, "")) if decisions.any_rejected else NOTHING
    if not rejection.rejected or decisions.of(unit_digest(locale, unit)).known:
        return unit
    return _emptied(replace(unit, provenance=_provenance(rejection)))


def restored(unit: Unit, locale: Locale, decisions: Decisions) -> Unit:
    """Return a unit with what another tool has taken from it: who made it, and what people said of it.

    That is so where it has lost the comment that tells how it was made, or was given a previous source. A `fuzzy` alone
    on what was accepted is a person's. An obsolete entry has no `fuzzy` where Babel wrote it, reviewed or not: it is
    reviewed if that is on record.
    """
    if _is_unvouched(unit) and decisions.any_found and not decisions.of(unit_digest(locale, unit)).accepted:
        return replace(unit, doubtful=True)
    marked = unit.translated and unit.doubtful and unit.previous is not None
    if unit.provenance is not None and not marked:
        return unit
    standing = decisions.of(unit_digest(locale, unit))
    origin = _provenance(standing)
    lost = unit.provenance is None and origin is not None
    if not (lost or (marked and standing.known)):
        return unit
    whole = replace(unit, provenance=unit.provenance or origin)
    if not unit.translated:
        return whole if standing.rejected else unit
    if standing.rejected:
        return _emptied(whole) if unit.doubtful else whole
    return replace(whole, doubtful=False, previous=None, suggestion=None) if standing.accepted else whole


def settled(unit: Unit, filled: Unit, locale: Locale, decisions: Decisions) -> Unit:
    """Return what becomes of a unit that was filled in: what was accepted before is, what was rejected is not offered.

    `unit` is the one before.
    """
    if filled is unit or not filled.doubtful:
        return filled
    offer = filled.suggestion
    if offer is not None and offer != unit.suggestion:
        refused = _is_refused(unit, offer.target, locale, decisions)
        return replace(filled, suggestion=None, attempt=offer.engine) if refused else filled
    if filled.target == unit.target:
        return filled
    if _is_refused(unit, filled.target, locale, decisions):
        return unit if unit.translated else _emptied(filled)
    accepted = decisions.of(unit_digest(locale, filled)).accepted
    return replace(filled, doubtful=False, findings=()) if accepted else filled


def found(unit: Unit, locale: Locale, decisions: Decisions) -> Iterator[Decision]:
    """Yield what a person has done to a unit in its catalog, as far as no decision tells of it yet.

    What they have accepted is what is not `fuzzy`, but for copies that need no review. What they have rejected is empty
    under the comment that tells what was offered. A target of theirs that is still `fuzzy` is recorded as not accepted,
    so that its origin can come back.
    """
    if unit.for_show or not (unit.translated or unit.rejected):
        return
    about = unit_digest(locale, unit)
    standing = decisions.of(about)
    action = _action(unit, standing)
    if action is not None:
        yield Decision(action=action, digest=about, person=TOOLS, origin=origin_lines(unit))
    if unit.translated and decisions.any_rejected:
        empty = target_digest(locale, unit.key, "")
        if decisions.of(empty).rejected:  # they have thought again
            yield Decision(action=Action.WITHDRAW, digest=empty, person=TOOLS)


def carried(unit: Unit, before: Unit, locale: Locale, decisions: Decisions) -> Iterator[Decision]:
    """Yield what makes all that people said of a unit hold for what a move or a mechanical edit has made of it.

    Where that has to be reviewed, as a part of a split sentence may have to, no acceptance is carried.
    """
    old, new = unit_digest(locale, before), unit_digest(locale, unit)
    standing = decisions.of(old)
    vouched = not (unit.doubtful and standing.accepted)
    if old != new and standing.known and vouched and not decisions.of(new).known:
        yield Decision(action=Action.CARRY, digest=new, previous=old, person=TOOLS, origin=origin_lines(unit))


def _action(unit: Unit, standing: Standing) -> Action | None:
    if not unit.translated:
        return Action.REJECT if unit.rejected and not standing.rejected else None
    if not unit.doubtful:
        return None if unit.by_rule or standing.accepted else Action.ACCEPT
    if unit.previous is not None:
        return None
    if standing.accepted:
        cut = unit.provenance is None and _provenance(standing) is not None  # not withdrawn: it lost its comment too
        return None if cut else Action.WITHDRAW
    draft = unit.provenance is not None and unit.made_by is OriginKind.HUMAN
    return Action.WITHDRAW if draft and not standing.origin else None


def _is_unvouched(unit: Unit) -> bool:
    """Tell whether nothing but the missing `fuzzy` of an obsolete entry says that it was reviewed."""
    cut = unit.retired and unit.translated and unit.provenance is None
    return cut and not unit.doubtful and unit.target != unit.key.source


def _is_refused(unit: Unit, target: str, locale: Locale, decisions: Decisions) -> bool:
    """Tell whether a person has rejected this target, by name or by emptying the unit when it stood there.

    That stays so when the unit has got another target since.
    """
    if decisions.of(target_digest(locale, unit.key, target)).rejected:
        return True
    rejection = decisions.of(target_digest(locale, unit.key, "")) if decisions.any_rejected else NOTHING
    made = _provenance(rejection)
    return made is not None and made.digest == digest(target)


def _provenance(standing: Standing) -> Provenance | None:
    return parse_remarks(standing.origin).provenance if standing.origin else None


def _emptied(unit: Unit) -> Unit:
    """Return the unit as a person leaves it who rejects its target."""
    return replace(unit, target="", doubtful=False, previous=None, suggestion=None, findings=())
