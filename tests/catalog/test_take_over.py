"""What people save while a command is at work wins, unit by unit; all else is as the command made it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.merge import take_over
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from tests.catalog.random_units import TARGET, random_units

UNITS = st.lists(random_units(), max_size=6, unique_by=lambda unit: unit.key)
NURSE, COOK, PILOT = (
    Unit(key=UnitKey("title", word), references=("postings/a",)) for word in ("Nurse", "Cook", "Pilot")
)


@given(UNITS, UNITS)
def test_nothing_saved_leaves_what_was_made(base: list[Unit], ours: list[Unit]) -> None:
    assert take_over(base, ours, base) == tuple(ours)


@given(UNITS, st.data())
def test_every_saved_target_is_there_and_no_other_unit_changes(base: list[Unit], data: st.DataObject) -> None:
    ours = [replace(unit, references=("postings/new",)) for unit in base]
    edited = data.draw(st.sets(st.sampled_from(base), max_size=3)) if base else set()
    target = data.draw(TARGET)
    theirs = [replace(unit, target=target, doubtful=False) if unit in edited else unit for unit in base]
    changed = {unit.key for unit, before in zip(theirs, base, strict=True) if unit != before}
    for unit, made in zip(take_over(base, ours, theirs), ours, strict=True):
        assert unit.references == made.references
        assert unit == (replace(made, target=target, doubtful=False) if unit.key in changed else made)


def test_person_wins_where_both_changed_a_unit() -> None:
    machine = replace(NURSE, target="Enfermeira", doubtful=True)
    person = replace(NURSE, target="Enfermeiro")
    assert take_over([NURSE], [machine], [person]) == (person,)


def test_what_people_add_stays_and_what_is_new_too() -> None:
    narrow = replace(NURSE, key=NURSE.key.narrowed("a"), target="Enfermeira")
    assert take_over([NURSE], [NURSE, COOK], [NURSE, narrow]) == (NURSE, COOK, narrow)


def test_purged_obsolete_unit_is_gone_and_a_live_one_is_not() -> None:
    retired = replace(COOK, target="Cozinheiro", retired=True)
    assert take_over([NURSE, retired], [NURSE, retired], []) == (NURSE,)


def test_review_of_a_unit_that_became_obsolete_meanwhile_is_kept_there() -> None:
    reviewed = replace(PILOT, target="Piloto")
    retired = replace(PILOT, target="Pilota", doubtful=True, retired=True)
    assert take_over([replace(PILOT, target="Pilota", doubtful=True)], [retired], [reviewed]) == (
        replace(reviewed, retired=True),
    )
