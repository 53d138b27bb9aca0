"""What becomes of the units of a catalog when new segments come in: the table in docs/why/catalogs-are-the-record.md.

Example: a reviewed unit whose sentence was edited keeps its target, to be reviewed again with the old source beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from rapidfuzz import fuzz

from pipeline.catalog.mechanical import Lines, carry_edit, join_targets, split_target, wording_of, words_of
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Extras, Unit, digest

# Below it two sentences share a subject, not a wording (0–100).
EDITED_SCORE = 75
_PREFIX = "postings/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A segment that the postings hold now, with all the places it stands in."""

    key: UnitKey
    references: tuple[str, ...]
    plural_source: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The place that a catalog names: the first by id, which rarely changes."""
        return (min(self.references),) if self.references else ()


def merge_units(current: Sequence[Unit], incoming: Iterable[Incoming]) -> tuple[Unit, ...]:
    """Return `incoming` in its order, then what only `current` has and has a target, marked obsolete.

    A reviewed target, and any that a person touched, is never changed. Merging the same `incoming` again changes
    nothing.
    """
    known = {unit.key: unit for unit in current}
    wide = {arriving.key: arriving for arriving in incoming}
    wanted = dict(_with_narrow(wide, current))
    lost = [unit for unit in current if unit.key not in wanted and not unit.retired]
    fresh = [arriving for key, arriving in wanted.items() if key not in known]
    moved = _find_moves(lost, fresh)
    gone = {unit.key for unit in moved.values()}
    carried = _find_mechanical_edits(
        [unit for unit in lost if unit.key not in gone], [arriving for arriving in fresh if arriving.key not in moved]
    )
    gone |= {unit.key for unit in carried.replaced}
    moved |= carried.units
    edited = _find_edits(
        [unit for unit in lost if unit.key not in gone],
        [arriving for arriving in fresh if arriving.key not in moved],
    )
    live = [
        _arrive(arriving, known.get(key) or moved.get(key), edited.get(key))
        for key, arriving in wanted.items()
        # A narrow unit without a past would be an empty one that wins over the wide one's target.
        if key in wide or key in known or key in moved or (key in edited and edited[key].translated)
    ]
    rest = (unit for unit in current if unit.key not in wanted and unit.key not in gone)
    return (*live, *(_retire(unit) for unit in rest if unit.translated))


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


def clear_machine(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Empty the targets that are an engine's own and unreviewed, and forget failed attempts."""
    return tuple(_cleared(unit) for unit in units)


def _cleared(unit: Unit) -> Unit:
    if unit.retired:
        return unit
    if unit.engines_own and unit.doubtful:
        return replace(unit, target="", doubtful=False, provenance=None, findings=())
    return replace(unit, attempt=None, findings=()) if unit.attempt else unit


def _arrive(arriving: Incoming, unit: Unit | None, edited_from: Unit | None) -> Unit:
    references = arriving.named
    extras = Extras(plural_source=arriving.plural_source)
    if unit is not None:
        if unit.key == arriving.key and unit.references == references and not unit.retired:
            return unit
        moved_from = None if unit.key == arriving.key else unit.key
        return replace(unit, key=arriving.key, references=references, retired=False, moved_from=moved_from)
    if edited_from is None or not edited_from.translated or _one_is_plural(edited_from, arriving):
        return Unit(key=arriving.key, references=references, extras=extras)
    if edited_from.engines_own:
        return Unit(key=arriving.key, references=references, previous=edited_from.key, extras=extras)
    # The source that the target was made for, which may be older than the last edit.
    made_for = (edited_from.stale and edited_from.previous) or edited_from.key
    return Unit(
        key=arriving.key,
        target=edited_from.target,
        doubtful=True,
        previous=None if made_for == arriving.key else made_for,
        references=references,
        extras=replace(edited_from.extras, plural_source=arriving.plural_source),
    )


def _one_is_plural(unit: Unit, arriving: Incoming) -> bool:
    """Tell whether targets of the one cannot be targets of the other."""
    return bool(unit.extras.plural_source) != bool(arriving.plural_source)


def _retire(unit: Unit) -> Unit:
    return unit if unit.retired else replace(unit, retired=True)


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


def _find_moves(lost: Iterable[Unit], fresh: Iterable[Incoming]) -> dict[UnitKey, Unit]:
    """Pair units with the same source in another context of the same posting: a heading got a kind."""
    by_source: dict[tuple[str, bool], list[Unit]] = defaultdict(list)
    for unit in lost:
        by_source[unit.key.source, "|" in unit.key.context].append(unit)
    moves: dict[UnitKey, Unit] = {}
    for arriving in fresh:
        candidates = by_source.get((arriving.key.source, "|" in arriving.key.context), [])
        match = next((unit for unit in candidates if _share_posting(unit, arriving)), None)
        if match is not None:
            candidates.remove(match)
            moves[arriving.key] = match
    return moves


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carried:
    """Units of new keys with what people made of the same words, and the units that these replace."""

    units: Mapping[UnitKey, Unit]
    replaced: tuple[Unit, ...]


def _find_mechanical_edits(lost: Sequence[Unit], fresh: Sequence[Incoming]) -> _Carried:
    """Carry what people made over to sources that say the same words: marks were dropped, or lines joined.

    A unit of joined lines is reviewed if each of them was; they stay as obsolete ones.
    """
    by_people = [unit for unit in lost if unit.translated and not unit.engines_own and not unit.extras.plural_source]
    alike: dict[tuple[str, bool], list[Unit]] = defaultdict(list)
    lines: dict[tuple[str, bool], Lines] = defaultdict(Lines)
    for number, unit in enumerate(by_people):
        narrow = "|" in unit.key.context
        alike[wording_of(unit.key.source), narrow].append(unit)
        for reference in unit.references:
            lines[reference, narrow].add(unit.key.source, number)
    units: dict[UnitKey, Unit] = {}
    replaced: dict[UnitKey, Unit] = {}
    for arriving in fresh if by_people else ():
        source, narrow = arriving.key.source, "|" in arriving.key.context
        same = [unit for unit in alike.get((wording_of(source), narrow), ()) if _share_posting(unit, arriving)]
        match = next((unit for unit in same if unit.key not in replaced), same[0] if same else None)
        if match is not None:
            replaced[match.key] = match
            units[arriving.key] = _with_edit(match, source)
            continue
        near = (lines[ref, narrow] for ref in arriving.references if (ref, narrow) in lines)
        parts = next(filter(None, (text.find(words_of(source)) for text in near)), ())
        if parts:
            joined = [by_people[number] for number in parts]
            target = join_targets(unit.target for unit in joined)
            units[arriving.key] = Unit(key=arriving.key, target=target, doubtful=any(u.doubtful for u in joined))
    rest = [arriving for arriving in fresh if arriving.key not in units]
    units |= _split_units([unit for unit in by_people if unit.key not in replaced], rest)
    return _Carried(units=units, replaced=tuple(replaced.values()))


def _split_units(by_people: Sequence[Unit], fresh: Sequence[Incoming]) -> dict[UnitKey, Unit]:
    """Give each sentence of a source that was one unit its part of the target, where that has as many sentences."""
    wanted = {(ref, "|" in unit.key.context) for unit in by_people for ref in unit.references}
    lines: dict[tuple[str, bool], Lines] = defaultdict(Lines)
    for number, arriving in enumerate(fresh):
        for place in ((ref, "|" in arriving.key.context) for ref in arriving.references):
            if place in wanted:
                lines[place].add(arriving.key.source, number)
    units: dict[UnitKey, Unit] = {}
    for unit in by_people:
        near = (lines[ref, "|" in unit.key.context] for ref in unit.references)
        parts = next(filter(None, (text.find(words_of(unit.key.source)) for text in near)), ())
        for number, target in zip(parts, split_target(unit.target, len(parts)), strict=False):
            units[fresh[number].key] = _made_likewise(replace(unit, key=fresh[number].key), target)
    return units


def _with_edit(unit: Unit, source: str) -> Unit:
    """Return a unit with the edit of its source made in its target; whoever made the target has made this one."""
    return _made_likewise(unit, carry_edit(unit.target, unit.key.source, source))


def _made_likewise(unit: Unit, target: str) -> Unit:
    """Return a unit with a target of the same words: who vouches for the old one vouches for it."""
    provenance = unit.provenance
    if provenance is not None and provenance.digest == digest(unit.target):
        provenance = replace(provenance, digest=digest(target))
    return replace(unit, target=target, provenance=provenance, findings=())


def _find_edits(lost: Sequence[Unit], fresh: Sequence[Incoming]) -> dict[UnitKey, Unit]:
    """Pair each new segment with the unit it was edited from: same context, shared posting, best score first."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(lost):
        for reference in unit.references:
            places[unit.key.context, reference].append(number)
    pairs = [
        (-score, new, old)
        for new, arriving in enumerate(fresh)
        for old in sorted({n for ref in arriving.references for n in places.get((arriving.key.context, ref), ())})
        if (score := match_score(lost[old].key.source, arriving.key.source)) >= EDITED_SCORE
    ]
    edits: dict[UnitKey, Unit] = {}
    served: set[int] = set()
    for _, new, old in sorted(pairs):
        if old not in served and fresh[new].key not in edits:
            served.add(old)
            edits[fresh[new].key] = lost[old]
    return edits


def _share_posting(unit: Unit, arriving: Incoming) -> bool:
    return not set(unit.references).isdisjoint(arriving.references)


def match_score(first: str, second: str) -> float:
    """Return how alike two sources are, 0-100; 100 is exact.

    >>> match_score("Ph.D. in a related field", "Ph.D. in a closely related field") >= EDITED_SCORE
    True
    """
    return fuzz.ratio(first, second, score_cutoff=EDITED_SCORE)


def posting_reference(posting_id: str) -> str:
    """Return the reference of a posting; percent-encoded, since tools split at spaces and read `a:1` as a line.

    >>> posting_reference("acme:4711 b")
    'postings/acme%3A4711%20b'
    """
    return _PREFIX + quote(posting_id, safe="")


def posting_of(reference: str) -> str | None:
    """Return the id of the posting that a reference names; None if it names something else."""
    return unquote(reference.removeprefix(_PREFIX)) if reference.startswith(_PREFIX) else None
