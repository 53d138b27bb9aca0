"""Which unit of a catalog a new segment comes from: it was moved, edited in its marks or its facts, split or joined.

Only units that a posting no longer has, and segments that the catalog does not have, are compared; both have to share
a posting. What is moved or edited in its marks keeps its review. The rest are proposals: their targets were made for
another source.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from babel import Locale
from rapidfuzz import fuzz

from pipeline.catalog.fact_edits import FactEdit
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.mechanical import (
    Edit,
    Lines,
    carry_edit,
    edits_between,
    join_targets,
    split_target,
    wording_of,
    words_of,
)
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit, digest

# Below it two sentences share a subject, not a wording (0–100).
EDITED_SCORE = 75
# Sentences that were split or joined have the words of the old ones, but for an "and" and their marks.
REGROUPED_SCORE = 85
_MAX_PARTS = 4
# Longer texts are no sentences; how alike two are takes more than linear time.
_MAX_CHARS = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The languages of a catalog; `names` are a posting's own, by its reference: its employer, its cities."""

    source: Locale
    target: Locale
    names: Mapping[str, Collection[str]] = field(default_factory=dict)

    def fact_edit(self, references: Iterable[str] = ()) -> FactEdit:
        """Return what carries facts for a segment of some postings."""
        names = frozenset(name for reference in references for name in self.names.get(reference, ()))
        return FactEdit(source=self.source, target=self.target, names=names)


class Carried(NamedTuple):
    """A unit whose review goes on under another key or source, what it is now, and what was done to it."""

    before: Unit
    after: Unit
    edits: tuple[Edit, ...]


class Proposal(NamedTuple):
    """What a target is to be reviewed as: the unit that it was made for, and what a rule has made of it."""

    unit: Unit
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """What new segments come from: units that go on under new keys, and proposals.

    `replaced` are the keys of the old units that went on under another one.
    """

    units: Mapping[UnitKey, Unit]
    replaced: frozenset[UnitKey]
    carried: tuple[Carried, ...]
    proposals: Mapping[UnitKey, Proposal]


def find_pairs(
    lost: Sequence[Unit], leaving: Sequence[Unit], fresh: Sequence[Incoming], languages: Languages | None
) -> Pairs:
    """Pair new segments with the units that they come from; each of `lost` serves once.

    `leaving` are units that stay in other postings; their references are the postings that have them no longer.
    """
    carrier = _Carrier(lost, leaving, languages.target if languages else None)
    carrier.move(fresh)
    carrier.edit([arriving for arriving in fresh if arriving.key not in carrier.units])
    proposals: dict[UnitKey, Proposal] = {}
    for find in (_find_fact_edits, _find_regrouped, _find_edits):
        served = carrier.replaced | {each.unit.key for each in proposals.values()}
        units = [unit for unit in lost if unit.translated and unit.key not in served]
        rest = [each for each in fresh if each.key not in carrier.units and each.key not in proposals]
        proposals |= find(units, rest, languages)
    return Pairs(
        units=carrier.units,
        replaced=frozenset(carrier.replaced),
        carried=tuple(carrier.carried),
        proposals=proposals,
    )


class _Carrier:
    """Carries units over to other keys together with their reviews."""

    def __init__(self, lost: Sequence[Unit], leaving: Sequence[Unit], locale: Locale | None) -> None:
        self._lost, self._leaving, self._locale = lost, leaving, locale
        self._stay = frozenset(unit.key for unit in leaving)
        self.units: dict[UnitKey, Unit] = {}
        self.replaced: set[UnitKey] = set()
        self.carried: list[Carried] = []

    def move(self, fresh: Iterable[Incoming]) -> None:
        """Carry units to the same source in another context of the same posting: a heading got a kind."""
        by_source: dict[tuple[str, bool], list[Unit]] = defaultdict(list)
        for unit in (*self._lost, *self._leaving):
            by_source[unit.key.source, _is_narrow(unit.key)].append(unit)
        for arriving in fresh:
            candidates = by_source.get((arriving.key.source, _is_narrow(arriving.key)), ())
            free = (unit for unit in candidates if unit.key not in self.replaced and _share_posting(unit, arriving))
            if (match := next(free, None)) is not None:
                self._carry(match, replace(match, key=arriving.key), Edit.MOVED)

    def edit(self, fresh: Sequence[Incoming]) -> None:
        """Carry what people made over to sources that say the same words: marks were changed, lines joined or split.

        A unit of joined lines is reviewed if each of them was; they stay as obsolete ones.
        """
        made = [unit for unit in (*self._lost, *self._leaving) if _is_persons(unit) and unit.key not in self.replaced]
        alike: dict[tuple[str, bool], list[Unit]] = defaultdict(list)
        lines: dict[tuple[str, bool], Lines] = defaultdict(Lines)
        for number, unit in enumerate(made):
            narrow = _is_narrow(unit.key)
            alike[wording_of(unit.key.source), narrow].append(unit)
            for reference in unit.references:
                lines[reference, narrow].add(unit.key.source, number)
        for arriving in fresh if made else ():
            source, narrow = arriving.key.source, _is_narrow(arriving.key)
            same = [unit for unit in alike.get((wording_of(source), narrow), ()) if _share_posting(unit, arriving)]
            match = next((unit for unit in same if unit.key not in self.replaced), same[0] if same else None)
            if match is not None:
                edits = edits_between(match.key.source, source)
                target = carry_edit(match.target, match.key.source, source, self._locale)
                self._carry(match, _made_likewise(match, arriving.key, target), *edits)
                continue
            near = (lines[ref, narrow] for ref in arriving.references if (ref, narrow) in lines)
            parts = next(filter(None, (text.find(words_of(source)) for text in near)), ())
            if parts:
                self._join([made[number] for number in parts], arriving.key)
        rest = [arriving for arriving in fresh if arriving.key not in self.units]
        self._split([unit for unit in made if unit.key not in self.replaced], rest)

    def _carry(self, before: Unit, after: Unit, *edits: Edit) -> None:
        self.units[after.key] = replace(after, moved_from=before.key)
        self.carried.append(Carried(before, after, edits))
        if before.key not in self._stay:
            self.replaced.add(before.key)

    def _join(self, parts: Sequence[Unit], key: UnitKey) -> None:
        target = join_targets(unit.target for unit in parts)
        joined = Unit(key=key, target=target, doubtful=any(unit.doubtful for unit in parts))
        self.units[key] = joined
        self.carried += (Carried(unit, joined, (Edit.JOINED,)) for unit in parts)

    def _split(self, made: Sequence[Unit], fresh: Sequence[Incoming]) -> None:
        """Give each sentence of a source that was one unit its part of the target, where that has as many sentences."""
        wanted = {(ref, _is_narrow(unit.key)) for unit in made for ref in unit.references}
        lines: dict[tuple[str, bool], Lines] = defaultdict(Lines)
        for number, arriving in enumerate(fresh):
            for place in ((ref, _is_narrow(arriving.key)) for ref in arriving.references):
                if place in wanted:
                    lines[place].add(arriving.key.source, number)
        for unit in made:
            near = (lines[ref, _is_narrow(unit.key)] for ref in unit.references)
            parts = next(filter(None, (text.find(words_of(unit.key.source)) for text in near)), ())
            for number, target in zip(parts, split_target(unit.target, len(parts)), strict=False):
                part = _made_likewise(unit, fresh[number].key, target)
                self.units[part.key] = replace(part, moved_from=unit.key)
                self.carried.append(Carried(unit, part, (Edit.SPLIT,)))


def _find_fact_edits(
    lost: Sequence[Unit], fresh: Sequence[Incoming], languages: Languages | None
) -> dict[UnitKey, Proposal]:
    """Pair segments of which only facts are other ones, however short they are, with their target so edited."""
    if languages is None:
        return {}
    edit = languages.fact_edit()
    skeletons: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(lost):
        if _takes_facts(unit) and (skeleton := edit.skeleton(unit.key.source)):
            for reference in unit.references:
                skeletons[unit.key.context, reference, skeleton].append(number)
    candidates: list[tuple[float, int, int]] = []
    for new, arriving in enumerate(fresh if skeletons else ()):
        skeleton = edit.skeleton(arriving.key.source)
        context, source = arriving.key
        places = (skeletons.get((context, reference, skeleton), ()) for reference in arriving.references)
        near = {number for listed in places for number in listed}
        candidates += ((-fuzz.ratio(lost[old].key.source, source), new, old) for old in near)
    return {
        fresh[new].key: Proposal(lost[old], edit.carry(lost[old].key.source, fresh[new].key.source, lost[old].target))
        for new, old in _best(candidates)
    }


def _find_regrouped(
    lost: Sequence[Unit], fresh: Sequence[Incoming], _languages: Languages | None
) -> dict[UnitKey, Proposal]:
    """Pair the sentences that one was split into with its target, and a joined one with the targets of its parts."""
    old, new = _by_place((unit.key, unit.references) for unit in lost), _by_place((a.key, a.references) for a in fresh)
    units = {unit.key: unit for unit in lost if _is_persons(unit)}
    proposals: dict[UnitKey, Proposal] = {}
    for place in filter(new.__contains__, old):
        for key in (key for key in old[place] if key in units):
            if parts := _parts_of(key.source, [each for each in new[place] if each not in proposals]):
                cut = split_target(units[key].target, len(parts)) or (units[key].target,) * len(parts)
                proposals |= {part: Proposal(units[key], target) for part, target in zip(parts, cut, strict=True)}
        for key in (key for key in new[place] if key not in proposals):
            if parts := _parts_of(key.source, [each for each in old[place] if each in units]):
                before = UnitKey(key.context, " ".join(part.source for part in parts))
                target = join_targets(units[part].target for part in parts)
                proposals[key] = Proposal(replace(units[parts[0]], key=before, previous=None), target)
    return proposals


def _by_place(keys: Iterable[tuple[UnitKey, Sequence[str]]]) -> dict[tuple[str, str], list[UnitKey]]:
    """Return keys by their context and posting, in their order."""
    found: dict[tuple[str, str], list[UnitKey]] = defaultdict(list)
    for key, references in keys:
        for reference in references:
            found[key.context, reference].append(key)
    return dict(sorted(found.items()))


def _parts_of(source: str, keys: Sequence[UnitKey]) -> tuple[UnitKey, ...]:
    """Return the neighbouring sources that together are a source, more than any one of them is; none if none are."""
    best = float(REGROUPED_SCORE)
    parts: tuple[UnitKey, ...] = ()
    for count in range(2, _MAX_PARTS + 1) if len(source) <= _MAX_CHARS else ():
        for first in range(len(keys) - count + 1):
            window = tuple(keys[first : first + count])
            score = fuzz.ratio(source, " ".join(key.source for key in window), score_cutoff=best)
            if score > best and score > max(fuzz.ratio(source, key.source) for key in window):
                best, parts = score, window
    return parts


def _find_edits(
    lost: Sequence[Unit], fresh: Sequence[Incoming], languages: Languages | None
) -> dict[UnitKey, Proposal]:
    """Pair each new segment with the unit it was edited from: same context, shared posting, best score first."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, unit in enumerate(lost):
        for reference in unit.references:
            places[unit.key.context, reference].append(number)
    candidates = [
        (-score, new, old)
        for new, arriving in enumerate(fresh)
        for old in sorted({n for ref in arriving.references for n in places.get((arriving.key.context, ref), ())})
        if (score := match_score(lost[old].key.source, arriving.key.source)) >= EDITED_SCORE
    ]
    return {fresh[new].key: _proposal(lost[old], fresh[new], languages) for new, old in _best(candidates)}


def _proposal(unit: Unit, arriving: Incoming, languages: Languages | None) -> Proposal:
    """Return an edited unit, with its target where only names were changed."""
    if languages is None or not _takes_facts(unit):
        return Proposal(unit)
    edit = languages.fact_edit(arriving.references)
    return Proposal(unit, edit.carry(unit.key.source, arriving.key.source, unit.target))


def _best(candidates: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return pairs of a new and an old one, the best first, each serving once."""
    pairs: dict[int, int] = {}
    served: set[int] = set()
    for _, new, old in sorted(candidates):
        if old not in served and new not in pairs:
            served.add(old)
            pairs[new] = old
    return list(pairs.items())


def match_score(first: str, second: str) -> float:
    """Return how alike two sources are, 0-100; 100 is exact.

    >>> match_score("Ph.D. in a related field", "Ph.D. in a closely related field") >= EDITED_SCORE
    True
    """
    return fuzz.ratio(first, second, score_cutoff=EDITED_SCORE)


def _made_likewise(unit: Unit, key: UnitKey, target: str) -> Unit:
    """Return a unit with a target of the same words: who vouches for the old one vouches for it."""
    provenance = unit.provenance
    if provenance is not None and provenance.digest == digest(unit.target):
        provenance = replace(provenance, digest=digest(target))
    return replace(unit, key=key, target=target, provenance=provenance, findings=())


def _is_persons(unit: Unit) -> bool:
    return unit.translated and not unit.engines_own and not unit.extras.plural_source


def _takes_facts(unit: Unit) -> bool:
    """Tell whether facts may be put into a target: a person's, or words of a machine's own."""
    return _is_persons(unit) or (unit.machine_made and not unit.extras.plural_source)


def _is_narrow(key: UnitKey) -> bool:
    return "|" in key.context


def _share_posting(unit: Unit, arriving: Incoming) -> bool:
    return not set(unit.references).isdisjoint(arriving.references)
