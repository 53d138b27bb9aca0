"""Two versions of a catalog become one, unit by unit, by what each has changed since they parted.

Git merges lines, and a catalog is no text: a reviewer who takes a `fuzzy` away and a run that adds a posting touch
neighbouring lines and no common unit. Here a unit is what is merged, found by context and source:

    done = merge_catalogs(base, ours, theirs)
    serialize_catalog(done.catalog), done.disputes

What people said of a unit goes before what a machine made of it meanwhile. Only where people on both sides said
different things is there a dispute: the unit then waits for review with one of the targets, and the other stands in a
comment (`#. conflict: reviewed Infirmière`) until somebody accepts or changes the target.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from pipeline.catalog.incoming import Incoming
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog
from pipeline.model.segment import UnitKey
from pipeline.model.unit import CONFLICT, OriginKind, Suggestion, Unit, UnitState, shown

_REVISED = "PO-Revision-Date"
T = TypeVar("T")


class Dispute(NamedTuple):
    """A unit about which people on both sides said different things: both units as they were."""

    ours: Unit
    theirs: Unit


class Merged(NamedTuple):
    """What became of two versions of a catalog."""

    catalog: Catalog
    disputes: tuple[Dispute, ...] = ()


def merge_catalogs(base: Catalog | None, ours: Catalog, theirs: Catalog) -> Merged:
    """Merge two versions of a catalog that parted at `base`; None if that is not known.

    A unit whose source one side has edited, moved or dropped while the other reviewed it takes the review along as
    `merge_units` does. The entries stand in the order of the side that changed it; of two that did, in `theirs`.
    """
    before = {unit.key: unit for unit in base.units} if base else {}
    left, right = (
        {unit.key: _with_origin(unit, before.get(unit.key)) for unit in catalog.units} for catalog in (ours, theirs)
    )
    units: dict[UnitKey, Unit] = {}
    disputes: list[Dispute] = []
    for key in dict.fromkeys((*left, *right)):
        unit, dispute = _merge_unit(before.get(key), left.get(key), right.get(key))
        if unit is not None:
            units[key] = unit
        disputes += [dispute] if dispute else []
    for reviewed, edited in ((left, right), (right, left)):
        units = _carry_reviews(units, before, reviewed=reviewed, edited=edited)
    lead, other = (ours, theirs) if base and _order(theirs) == _order(base) else (theirs, ours)
    ordered = [units[key] for key in _in_order(tuple(unit.key for unit in lead.units), other.units) if key in units]
    ordered.sort(key=lambda unit: unit.retired)
    headers = _merge_headers(base, ours, theirs)
    notes = _merge_lists(base.notes if base else (), ours.notes, theirs.notes)
    return Merged(Catalog(headers=headers, notes=notes, units=tuple(ordered)), tuple(disputes))


def unite_doubles(catalog: Catalog) -> Merged:
    """Make one of the units that stand twice, as where git has put in a line of each side without noticing."""
    first: dict[UnitKey, Unit] = {}
    others = [unit for unit in catalog.units if first.setdefault(unit.key, unit) is not unit]
    if not others:
        return Merged(catalog)
    rest = unite_doubles(replace(catalog, units=tuple(others)))
    done = merge_catalogs(None, rest.catalog, replace(catalog, units=tuple(first.values())))
    return Merged(done.catalog, rest.disputes + done.disputes)


def find_unseen_units(joined: Catalog, ours: Catalog, theirs: Catalog) -> Iterator[Unit]:
    """Yield the units that are reviewed with an engine's target that nobody has accepted on either side.

    git makes them where it joins lines: `fuzzy` is gone, as on one side, from above the target that the other side has
    made anew.
    """
    accepted = {
        (unit.key.source, unit.target)
        for side in (ours, theirs)
        for unit in side.units
        if unit.state is UnitState.REVIEWED
    }
    for unit in joined.units:
        engines = unit.state is UnitState.REVIEWED and unit.made_by is OriginKind.ENGINE and not unit.by_rule
        if engines and (unit.key.source, unit.target) not in accepted:
            yield unit


def _with_origin(unit: Unit, base: Unit | None) -> Unit:
    """Return a unit with who made its target, where another tool has dropped the comment that tells it.

    msgmerge, Babel and pot2po do; the target would pass for a person's.
    """
    if base is None or unit.provenance is not None or not unit.translated or _wording(unit) != _wording(base):
        return unit
    return replace(unit, provenance=base.provenance)


def _merge_unit(base: Unit | None, ours: Unit | None, theirs: Unit | None) -> tuple[Unit | None, Dispute | None]:
    """Merge one unit; a side that does not have it is None."""
    if theirs in {base, ours}:
        return ours, None
    if ours == base:
        return theirs, None
    if ours is None or theirs is None:  # gone on one side, changed on the other: kept for when its source returns
        left = ours or theirs
        return (replace(left, retired=True) if left is not None and (left.translated or left.rejected) else None), None
    ours_said, theirs_said = _said(ours), _said(theirs)
    dispute = None
    if ours_said == theirs_said or (base is not None and theirs_said == _said(base)):
        chosen = ours
    elif base is not None and ours_said == _said(base):
        chosen = theirs
    elif _by_people(ours) != _by_people(theirs):
        chosen = ours if _by_people(ours) else theirs
    elif not _by_people(ours) or _wording(ours) == _wording(theirs):
        chosen = min(ours, theirs, key=lambda unit: (not unit.translated, unit.doubtful, unit.risk or 0))
    else:
        dispute = Dispute(ours, theirs)
        chosen = _undecided(ours, theirs)
    return _with_the_rest(chosen, base, ours, theirs), dispute


def _said(unit: Unit) -> tuple[object, ...]:
    """Return what somebody says of a unit; the rest follows from it, or from the postings."""
    return (*_wording(unit), unit.doubtful, unit.previous)


def _wording(unit: Unit) -> tuple[object, ...]:
    return unit.target, unit.extras.plural_targets


def _by_people(unit: Unit) -> bool:
    """Tell whether people wrote, changed, accepted or rejected the target."""
    offered = unit.doubtful and unit.made_by is OriginKind.MEMORY
    return unit.rejected or (unit.translated and not unit.engines_own and not offered)


def _undecided(ours: Unit, theirs: Unit) -> Unit:
    """Return a unit that waits for review with one of two targets, and with the other in a comment."""
    chosen, other = (ours, theirs) if ours.translated else (theirs, ours)
    words = " | ".join(other.extras.plural_targets or (shown(other.target),)).replace("\n", "\\n")
    state = "rejected" if other.rejected else other.state.value
    extras = replace(chosen.extras, remarks=(*chosen.extras.remarks, f"{CONFLICT} {state} {words}".rstrip()))
    return replace(chosen, doubtful=True, extras=extras)


def _with_the_rest(chosen: Unit, base: Unit | None, ours: Unit, theirs: Unit) -> Unit:
    """Return the chosen unit with what both sides changed beside its target."""

    def pick(of: Callable[[Unit], T], both: Callable[[T, T], T]) -> T:
        return _pick(of(base) if base else None, of(ours), of(theirs), both)

    def lists(of: Callable[[Unit], tuple[str, ...]]) -> tuple[str, ...]:
        return _merge_lists(of(base) if base else (), of(ours), of(theirs))

    alike = _wording(ours) == _wording(theirs)
    remarks = lists(lambda unit: unit.extras.remarks)
    conflicts = tuple(line for line in chosen.conflict_lines if line not in remarks)
    return replace(
        chosen,
        references=pick(lambda unit: unit.references, min),
        retired=pick(lambda unit: unit.retired, lambda one, other: one and other),
        provenance=pick(lambda unit: unit.provenance, _first) if alike else chosen.provenance,
        findings=pick(lambda unit: unit.findings, _first) if alike else chosen.findings,
        extras=replace(
            chosen.extras,
            notes=lists(lambda unit: unit.extras.notes),
            remarks=(*remarks, *conflicts),
            flags=lists(lambda unit: unit.extras.flags),
        ),
    )


def _first(one: T, _: T) -> T:
    return one


def _pick(base: T | None, ours: T, theirs: T, both: Callable[[T, T], T]) -> T:
    """Return what was changed; where both sides changed it, what `both` makes of the two."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else both(ours, theirs)


def _merge_lists(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of both without those that either took away."""
    kept = [line for line in ours if line in theirs or line not in base]
    return (*kept, *(line for line in theirs if line not in ours and line not in base))


def _carry_reviews(
    units: Mapping[UnitKey, Unit],
    before: Mapping[UnitKey, Unit],
    *,
    reviewed: Mapping[UnitKey, Unit],
    edited: Mapping[UnitKey, Unit],
) -> dict[UnitKey, Unit]:
    """Let what people said on one side of units whose source the other side edited or moved reach the new units."""
    lost = {
        key: unit
        for key, unit in reviewed.items()
        if key in before and not unit.retired and unit.translated and _by_people(unit) and unit != before[key]
        if key not in edited or edited[key].retired
    }
    fresh = {key: unit for key, unit in edited.items() if key not in before and key not in reviewed}
    fresh = {key: unit for key, unit in fresh.items() if not _by_people(unit) or unit.stale}
    if not lost or not fresh:
        return dict(units)
    arriving = [
        Incoming(key=key, references=unit.references, plural_source=unit.extras.plural_source)
        for key, unit in fresh.items()
    ]
    after = {unit.key: unit for unit in merge_units(tuple(lost.values()), arriving)}
    carried = {key: _beside(after[key], unit) for key, unit in fresh.items() if after[key].translated}
    return {key: carried.get(key, unit) for key, unit in units.items() if key not in lost or key in after}


def _beside(carried: Unit, made: Unit) -> Unit:
    """Return a unit with people's target; what an engine made of the new source meanwhile is a suggestion beside it."""
    engine = made.provenance.engine if made.provenance and made.engines_own else None
    suggestion = Suggestion(engine=engine, target=made.target) if engine else made.suggestion
    return replace(carried, suggestion=suggestion if carried.stale else None)


def _order(catalog: Catalog) -> list[UnitKey]:
    return [unit.key for unit in catalog.units if not unit.retired]


def _in_order(lead: Sequence[UnitKey], other: Iterable[Unit]) -> Iterator[UnitKey]:
    """Yield the leading keys, and each that only the other side has behind the one it stands behind there."""
    leading = frozenset(lead)
    behind: defaultdict[UnitKey | None, list[UnitKey]] = defaultdict(list)
    last: UnitKey | None = None
    for unit in other:
        if unit.key in leading:
            last = unit.key
        else:
            behind[last].append(unit.key)
    yield from behind[None]
    for key in lead:
        yield key
        yield from behind[key]


def _merge_headers(base: Catalog | None, ours: Catalog, theirs: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the fields of both; of one that both changed what the side says that was saved last."""
    before, left, right = (dict(catalog.headers) if catalog else {} for catalog in (base, ours, theirs))
    later = right if right.get(_REVISED, "") > left.get(_REVISED, "") else left
    fields: dict[str, str] = {}
    for name in dict.fromkeys((*left, *right)):
        both = later.get(name, "")
        value = _pick(before.get(name), left.get(name), right.get(name), lambda *_, both=both: both)
        if value is not None:
            fields[name] = value
    return tuple(fields.items())
