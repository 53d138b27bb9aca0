"""What merging promises for any catalog and any sequence of posting sets, with people and engines at work between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.filling import EngineMade, fill_from_engine, wants_engine
from pipeline.catalog.incoming import Incoming
from pipeline.catalog.mechanical import wording_of
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog, parse_catalog, serialize_catalog
from pipeline.model.segment import UnitKey
from pipeline.model.unit import OriginKind, Unit
from tests.catalog.random_units import HEADERS
from tests.catalog.units import ARGOS, references

STEMS = (
    "Two years of experience with welding robots",
    "Sie pflegen Menschen in ihrer Wohnung",
    "خبرة سنتين في صيانة توربينات الرياح",
    "風力タービンの保守を二年以上経験した方",
    "Опыт работы на складе от двух лет",
    'Ph.D. 🎓 in a "related" field \\ or C++',
)
EDITS = ("", ".", " (Lyon)", " — neu")
CONTEXTS = ("requirements", "offer", "heading")
POSTINGS = tuple(f"p {number}" for number in range(40))
ACTS = ("accept", "edit", "doubt", "reject", "narrow", "nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The segments that the postings hold now, and what people do after the merge."""

    segments: tuple[Incoming, ...]
    acts: tuple[str, ...]


@st.composite
def steps(draw: st.DrawFn) -> Step:
    sources = st.builds(str.__add__, st.sampled_from(STEMS), st.sampled_from(EDITS))
    keys = draw(st.lists(st.builds(UnitKey, st.sampled_from(CONTEXTS), sources), max_size=6, unique=True))
    segments = []
    for key in keys:
        first = draw(st.integers(0, 8))
        count = draw(st.sampled_from((1, 1, 2, 7, 40)))
        segments.append(Incoming(key=key, references=references(*POSTINGS[first : first + count])))
    acts = draw(st.lists(st.sampled_from(ACTS), min_size=6, max_size=6))
    return Step(segments=tuple(segments), acts=tuple(acts))


histories = st.lists(steps(), min_size=1, max_size=5)


def filled(unit: Unit, number: int) -> Unit:
    made = EngineMade(ARGOS, f"→{unit.key.source}{number}")
    return fill_from_engine(unit, made) if wants_engine(unit, ARGOS) else unit


def acted(unit: Unit, act: str) -> list[Unit]:
    """Return what a person makes of a live unit; narrowing adds one."""
    accepted = replace(unit, doubtful=False, previous=None, suggestion=None)
    narrowed = Unit(key=unit.key.narrowed(POSTINGS[0]), target="ici seulement", references=references(POSTINGS[0]))
    possible = {
        "accept": (unit.translated, [accepted]),
        "edit": (True, [replace(accepted, target=f"✎{unit.key.source}", attempt=None)]),
        "doubt": (True, [replace(unit, target=f"?{unit.key.source}", doubtful=True)]),
        "reject": (unit.engines_own, [replace(unit, target="", doubtful=False)]),
        "narrow": ("|" not in unit.key.context and narrowed.references[0] in unit.references, [unit, narrowed]),
    }
    allowed, made = possible.get(act, (False, []))
    return made if allowed and not unit.retired else [unit]


def worked_on(units: Sequence[Unit], step: Step) -> tuple[Unit, ...]:
    """Fill by an engine, then let people act; a key stays one unit."""
    acts = (*step.acts, *("nothing" for _ in units))
    made: dict[UnitKey, Unit] = {}
    for unit in units:
        made[unit.key] = unit
    for number, (unit, act) in enumerate(zip(units, acts, strict=False)):
        first, *added = acted(filled(unit, number), act)
        made[unit.key] = first
        for narrowed in added:
            made.setdefault(narrowed.key, narrowed)
    return tuple(made.values())


def catalogs(history: Sequence[Step]) -> list[tuple[tuple[Unit, ...], Step, tuple[Unit, ...]]]:
    """Return each merge of a history: what was there, what came in, what came out."""
    merges = []
    current: tuple[Unit, ...] = ()
    for step in history:
        after = merge_units(current, step.segments)
        merges.append((current, step, after))
        current = worked_on(after, step)
    return merges


def in_one(arriving: Incoming) -> Incoming:
    return replace(arriving, references=arriving.named)


def untouched(before: Unit, after: Unit) -> bool:
    return replace(before, references=(), retired=False) == replace(after, references=(), retired=False)


@given(histories)
def test_merging_the_same_again_changes_nothing(history: list[Step]) -> None:
    for _, step, after in catalogs(history):
        assert merge_units(after, step.segments) == after


@given(histories)
def test_live_units_are_the_incoming_ones_in_their_order(history: list[Step]) -> None:
    for _, step, after in catalogs(history):
        live = [unit.key for unit in after if not unit.retired and "|" not in unit.key.context]
        assert live == [arriving.key for arriving in step.segments]
        assert len({unit.key for unit in after}) == len(after)


@given(histories)
def test_what_a_person_wrote_or_reviewed_is_unchanged_under_the_same_source(history: list[Step]) -> None:
    for before, _, after in catalogs(history):
        known = {unit.key: unit for unit in after}
        for unit in before:
            if unit.translated and unit.key in known and not unit.engines_own:
                assert untouched(unit, known[unit.key])


@given(histories)
def test_no_unit_with_a_target_is_lost(history: list[Step]) -> None:
    for before, _, after in catalogs(history):
        known = {unit.key: unit for unit in after}
        for unit in before:
            if unit.translated:
                moved = [other for other in after if untouched(replace(unit, key=other.key), other)]
                same_source = [other for other in moved if other.key.source == unit.key.source]
                same_words = [other for other in after if wording_of(other.key.source) == wording_of(unit.key.source)]
                carried = [other for other in same_words if other.state is unit.state]
                assert untouched(unit, known[unit.key]) if unit.key in known else same_source or carried


@given(histories)
def test_untranslated_units_live_only_as_long_as_their_segment(history: list[Step]) -> None:
    for _, _, after in catalogs(history):
        assert all(unit.translated for unit in after if unit.retired)


@given(histories)
def test_kept_target_of_an_edited_source_is_stale_and_its_unit_stays_obsolete(history: list[Step]) -> None:
    for before, _, after in catalogs(history):
        known = {unit.key for unit in before}
        sources = {unit.key.source for unit in before}
        obsolete = {unit.key: unit for unit in after if unit.retired}
        wordings = {wording_of(source) for source in sources}
        fresh = [unit for unit in after if unit.key not in known and wording_of(unit.key.source) not in wordings]
        for unit in fresh:
            if unit.translated:
                origin = next(old for old in before if old.target == unit.target and old.key in obsolete)
                assert unit.stale
                assert unit.made_by is OriginKind.HUMAN
                assert untouched(origin, obsolete[origin.key])


@given(histories)
def test_each_old_unit_serves_one_new_source(history: list[Step]) -> None:
    for before, _, after in catalogs(history):
        known = {unit.key for unit in before}
        kept = [unit for unit in after if unit.key not in known and unit.previous is not None and not unit.retired]
        lost = [unit for unit in before if not unit.retired and unit.key not in {u.key for u in after if not u.retired}]
        assert len(kept) <= len(lost)
        anew = [unit.previous for unit in kept if not unit.translated]
        assert len(anew) == len(set(anew))


@given(steps(), steps())
def test_reverting_every_source_restores_every_review(first: Step, second: Step) -> None:
    # A unit that moved to another context comes back by the postings it names, and it names one.
    here, elsewhere = (tuple(map(in_one, step.segments)) for step in (first, second))
    reviewed = tuple(replace(unit, target=f"✎{unit.key.source}") for unit in merge_units((), here))
    there = merge_units(reviewed, elsewhere)
    back = {unit.key: unit for unit in merge_units(there, here)}
    assert all(back[unit.key] == unit for unit in reviewed)


@given(histories)
def test_every_catalog_of_a_history_is_read_back_as_it_was_written(history: list[Step]) -> None:
    path = Path("postings.en.po")
    for before, step, after in catalogs(history):
        for units in (before, after, worked_on(after, step)):
            live = (*(unit for unit in units if not unit.retired), *(unit for unit in units if unit.retired))
            assert parse_catalog(serialize_catalog(Catalog(headers=HEADERS, units=units)), path).units == live
