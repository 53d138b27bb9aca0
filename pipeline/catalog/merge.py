"""What becomes of the units of a catalog when new segments come in: the table in docs/why/catalogs-are-the-record.md.

Example: a reviewed unit whose sentence was edited keeps its target, to be reviewed again with the old source beside it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.catalog.incoming import Incoming, posting_reference
from pipeline.catalog.pairing import Carried, Languages, Proposal, find_pairs
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, Extras, Unit, digest

# How a catalog names what was repaired: a neighbour with other facts.
_BY_RULE = "neighbour"


class Merged(NamedTuple):
    """The units of a catalog after a merge, and those whose reviews go on under another key or source."""

    units: tuple[Unit, ...]
    carried: tuple[Carried, ...]


def merge_units(
    current: Sequence[Unit], incoming: Iterable[Incoming], languages: Languages | None = None
) -> tuple[Unit, ...]:
    """Return `incoming` in its order, then what only `current` has and has a target, marked obsolete.

    A reviewed target, and any that a person touched, is never changed. Merging the same `incoming` again changes
    nothing. Without `languages` no fact is put into a target.
    """
    return merge(current, incoming, languages).units


def merge(current: Sequence[Unit], incoming: Iterable[Incoming], languages: Languages | None = None) -> Merged:
    """Merge as `merge_units`, and tell which units were moved or edited in their marks."""
    known = {unit.key: unit for unit in current}
    wide = {arriving.key: arriving for arriving in incoming}
    wanted = dict(_with_narrow(wide, current))
    lost = [unit for unit in current if unit.key not in wanted and not unit.retired]
    fresh = [arriving for key, arriving in wanted.items() if key not in known]
    leaving = list(_leaving(current, wanted)) if fresh else []
    pairs = find_pairs(lost, leaving, fresh, languages)
    live = [
        _arrive(arriving, known.get(key) or pairs.units.get(key), pairs.proposals.get(key))
        for key, arriving in wanted.items()
        # A narrow unit without a past would be an empty one that wins over the wide one's target.
        if key in wide or key in known or key in pairs.units or key in pairs.proposals
    ]
    rest = (unit for unit in current if unit.key not in wanted and unit.key not in pairs.replaced)
    return Merged((*live, *(_retire(unit) for unit in rest if unit.translated)), pairs.carried)


def take_over(base: Sequence[Unit], ours: Sequence[Unit], theirs: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return `ours`, made of `base`, with what people have changed meanwhile in `base`, which gave `theirs`.

    Where both changed a unit the people's wins; where it stands, and which postings name it, is ours to say. What they
    added comes last, an obsolete unit that they purged is gone.
    """
    before = {unit.key: unit for unit in base}
    saved = {unit.key: unit for unit in theirs}
    changed = {key: unit for key, unit in saved.items() if unit != before.get(key)}
    purged = {unit.key for unit in ours if unit.retired and unit.key in before and unit.key not in saved}
    known = {unit.key for unit in ours}
    kept = (
        replace(changed[unit.key], references=unit.references, retired=unit.retired) if unit.key in changed else unit
        for unit in ours
        if unit.key not in purged
    )
    return (*kept, *(unit for key, unit in changed.items() if key not in known))


def clear_machine(units: Iterable[Unit], makes_again: Callable[[EngineOrigin], bool]) -> tuple[Unit, ...]:
    """Empty the targets that are an engine's own and unreviewed, and forget failed attempts.

    `makes_again` tells whether the engines that are here can make what an origin names. What they cannot stays: a
    draft, or a target of an engine that only another machine has, would be lost.
    """
    return tuple(_cleared(unit, makes_again) for unit in units)


def _cleared(unit: Unit, makes_again: Callable[[EngineOrigin], bool]) -> Unit:
    if unit.retired:
        return unit
    origin = unit.provenance.engine if unit.provenance else None
    if origin and unit.engines_own and unit.doubtful:
        again = not unit.machine_made or makes_again(origin)
        return replace(unit, target="", doubtful=False, provenance=None, findings=()) if again else unit
    return replace(unit, attempt=None, findings=()) if unit.attempt and makes_again(unit.attempt) else unit


def _arrive(arriving: Incoming, unit: Unit | None, proposal: Proposal | None) -> Unit:
    references = arriving.named
    if unit is not None:
        if unit.key == arriving.key and unit.references == references and not unit.retired:
            return unit
        return replace(unit, key=arriving.key, references=references, retired=False)
    extras = Extras(plural_source=arriving.plural_source)
    if proposal is None or _one_is_plural(proposal.unit, arriving):
        return Unit(key=arriving.key, references=references, extras=extras)
    return replace(_proposed(arriving, proposal), references=references)


def _proposed(arriving: Incoming, proposal: Proposal) -> Unit:
    """Return a new unit with what stands in the one that it was edited from, for a person to review.

    What an engine made goes again unless a rule has put the new facts into it; then it is still the engine's.
    """
    unit, target = proposal
    extras = Extras(plural_source=arriving.plural_source)
    if unit.engines_own:
        made = unit.provenance
        if not target or made is None:
            return Unit(key=arriving.key, previous=unit.key, extras=extras)
        made = replace(made, digest=digest(target), asked="", repair=_BY_RULE)
        return Unit(key=arriving.key, target=target, doubtful=True, provenance=made, previous=unit.key, extras=extras)
    # The source that the target was made for, which may be older than the last edit.
    made_for = (unit.stale and unit.previous) or unit.key
    return Unit(
        key=arriving.key,
        target=target or unit.target,
        doubtful=True,
        previous=None if made_for == arriving.key else made_for,
        extras=replace(unit.extras, plural_source=arriving.plural_source),
    )


def _one_is_plural(unit: Unit, arriving: Incoming) -> bool:
    """Tell whether targets of the one cannot be targets of the other."""
    return bool(unit.extras.plural_source) != bool(arriving.plural_source)


def _retire(unit: Unit) -> Unit:
    return unit if unit.retired else replace(unit, retired=True)


def _leaving(current: Iterable[Unit], wanted: Mapping[UnitKey, Incoming]) -> Iterator[Unit]:
    """Yield the units that stay in some postings and leave others, with the postings that they leave."""
    for unit in current:
        arriving = wanted.get(unit.key)
        if arriving is None or unit.retired or unit.references == arriving.references:
            continue
        left = tuple(reference for reference in unit.references if reference not in arriving.references)
        if left:
            yield replace(unit, references=left)


def _with_narrow(wide: Mapping[UnitKey, Incoming], current: Sequence[Unit]) -> Iterator[tuple[UnitKey, Incoming]]:
    """Yield every incoming segment, and behind it the narrow keys that a unit a person narrowed may have there."""
    narrowed_to: dict[str, str] = {}
    for unit in current:
        _, bar, posting_id = unit.key.context.partition("|")
        if bar:
            narrowed_to[posting_reference(posting_id)] = posting_id
    for key, arriving in wide.items():
        yield key, arriving
        for reference in arriving.references if narrowed_to else ():
            if reference in narrowed_to:
                narrowed = key.narrowed(narrowed_to[reference])
                yield narrowed, Incoming(key=narrowed, references=(reference,))
