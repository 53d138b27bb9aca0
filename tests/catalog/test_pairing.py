"""What a moved, split, joined or edited segment gets of the unit that it comes from, and what stays to be reviewed."""

from dataclasses import replace

import pytest

from pipeline.catalog.mechanical import Edit
from pipeline.catalog.merge import merge, merge_units
from pipeline.catalog.pairing import Carried, Languages
from pipeline.model.locale import parse_locale
from pipeline.model.segment import UnitKey
from pipeline.model.unit import OriginKind, Unit, UnitState, digest
from tests.catalog.units import empty, engines, incoming, key, persons, references

LANGUAGES = Languages(
    source=parse_locale("en"), target=parse_locale("fr"), names={"postings/acme-1": ("Bolt", "Grenoble")}
)
OLD, TARGET = "Two to five years of welding in Lyon", "Deux à cinq ans de soudage à Lyon"
NEW, PROPOSED = "Two to six years of welding in Lyon", "Deux à six ans de soudage à Lyon"


@pytest.mark.parametrize(
    "unit",
    [persons(OLD, TARGET), engines(OLD, TARGET, doubtful=False), persons(OLD, TARGET, doubtful=True)],
    ids=["reviewed", "accepted", "person's"],
)
def test_fact_that_alone_changed_is_proposed_in_a_persons_target_and_never_published(unit: Unit) -> None:
    proposal, old = merge_units([unit], [incoming(NEW)], LANGUAGES)
    assert proposal == replace(persons(NEW, PROPOSED, doubtful=True), previous=unit.key)
    assert old == replace(unit, retired=True)
    assert (proposal.stale, proposal.machine_made) == (True, False)


def test_fact_that_alone_changed_makes_another_target_of_a_machines_own() -> None:
    old = engines(OLD, TARGET)
    made, _ = merge_units([old], [incoming(NEW)], LANGUAGES)
    assert made.provenance is not None
    assert (made.target, made.state, made.made_by) == (PROPOSED, UnitState.NEEDS_REVIEW, OriginKind.ENGINE)
    assert (made.provenance.digest, made.provenance.repair, made.previous) == (digest(PROPOSED), "neighbour", old.key)
    assert (made.stale, made.machine_made) == (False, True)


def test_machines_target_with_more_than_facts_changed_is_made_anew() -> None:
    old = engines(OLD, TARGET)
    edited = "Two to five years of arc welding in Lyon"
    assert merge_units([old], [incoming(edited)], LANGUAGES)[0] == replace(empty(edited), previous=old.key)


def test_name_that_alone_changed_is_proposed() -> None:
    edited = OLD.replace("Lyon", "Grenoble")
    (proposal, _) = merge_units([persons(OLD, TARGET)], [incoming(edited)], LANGUAGES)
    assert (proposal.target, proposal.stale) == (TARGET.replace("Lyon", "Grenoble"), True)


def test_name_of_another_posting_is_a_word_like_any_other() -> None:
    edited = OLD.replace("Lyon", "Grenoble")
    old = persons(OLD, TARGET, "acme-2")
    assert merge_units([old], [incoming(edited, "acme-2")], LANGUAGES)[0].target == TARGET


def test_text_that_is_short_beside_its_amount_is_paired_by_what_stays() -> None:
    old = persons("Pay: €41,000 a year", "Salaire : 41 000 € par an")
    (proposal, _) = merge_units([old], [incoming("Pay: €98,700 a year")], LANGUAGES)
    assert (proposal.target, proposal.previous) == ("Salaire : 98 700 € par an", old.key)


def test_facts_are_edited_twice_and_the_source_that_a_person_translated_is_named() -> None:
    once = merge_units([persons(OLD, TARGET)], [incoming(NEW)], LANGUAGES)
    twice = merge_units(once, [incoming(OLD.replace("five", "nine"))], LANGUAGES)
    assert (twice[0].target, twice[0].previous) == ("Deux à neuf ans de soudage à Lyon", key(OLD))
    assert merge_units(twice, [incoming(OLD)], LANGUAGES)[0] == persons(OLD, TARGET)


def test_item_that_another_posting_keeps_is_copied_with_its_review() -> None:
    old = persons(OLD, TARGET, "acme-1")
    merged = merge([old], [incoming(OLD, "acme-2"), incoming(OLD, "acme-1", context="offer")])
    copied = persons(OLD, TARGET, "acme-1", context="offer")
    assert merged.units == (persons(OLD, TARGET, "acme-2"), copied)
    assert [(each.after.key, each.edits) for each in merged.carried] == [(copied.key, (Edit.MOVED,))]


def test_unit_that_comes_into_another_posting_leaves_none() -> None:
    arriving = [incoming(OLD, "acme-1", "acme-2"), incoming(OLD, "acme-1", context="offer")]
    assert merge_units([persons(OLD, TARGET)], arriving) == (persons(OLD, TARGET), empty(OLD, context="offer"))


def test_item_whose_posting_keeps_it_too_is_not_copied() -> None:
    arriving = [incoming(OLD, "acme-1"), incoming(OLD, "acme-1", context="offer")]
    assert merge_units([persons(OLD, TARGET)], arriving) == (persons(OLD, TARGET), empty(OLD, context="offer"))


def test_mechanical_edit_in_one_of_two_postings_keeps_the_review_in_both() -> None:
    arriving = [incoming(OLD, "acme-2"), incoming(f"{OLD}.", "acme-1")]
    assert merge_units([persons(OLD, TARGET)], arriving, LANGUAGES) == (
        persons(OLD, TARGET, "acme-2"),
        persons(f"{OLD}.", f"{TARGET}."),
    )


def test_item_in_another_place_of_its_posting_keeps_its_review() -> None:
    units = (persons("A", "a"), persons("B", "b"), persons("C", "c"))
    assert merge_units(units, [incoming("C"), incoming("A"), incoming("B")]) == (units[2], units[0], units[1])


def test_moved_unit_is_told() -> None:
    old = persons(OLD, TARGET)
    moved = replace(old, key=UnitKey("offer", OLD))
    assert merge([old], [incoming(OLD, context="offer")]).carried == (Carried(old, moved, (Edit.MOVED,)),)


WHOLE = persons("You paint hulls and you mend sails.", "Vous peignez des coques et réparez des voiles.")
PARTS = (
    persons("You paint hulls.", "Vous peignez des coques."),
    persons("You mend sails.", "Vous réparez des voiles."),
)


def test_target_of_a_sentence_that_was_split_is_proposed_to_each_part() -> None:
    arriving = [incoming(part.key.source) for part in PARTS]
    assert merge_units([WHOLE], arriving) == (
        *(replace(persons(part.key.source, WHOLE.target, doubtful=True), previous=WHOLE.key) for part in PARTS),
        replace(WHOLE, retired=True),
    )


def test_parts_of_a_target_that_has_as_many_sentences_are_proposed() -> None:
    whole = replace(WHOLE, target="Vous peignez des coques. Vous réparez des voiles.")
    first, second, _ = merge_units([whole], [incoming(part.key.source) for part in PARTS])
    assert (first.target, second.target) == (PARTS[0].target, PARTS[1].target)
    assert first.stale
    assert second.stale


def test_targets_of_sentences_that_were_joined_are_proposed_as_one() -> None:
    both = key("You paint hulls. You mend sails.")
    assert merge_units(PARTS, [incoming(WHOLE.key.source)]) == (
        replace(
            persons(WHOLE.key.source, "Vous peignez des coques. Vous réparez des voiles.", doubtful=True), previous=both
        ),
        *(replace(part, retired=True) for part in PARTS),
    )


def test_edited_sentence_is_no_split_one() -> None:
    edited = "You paint hulls and you mend sails now."
    arriving = [incoming(edited), incoming("A dog")]
    proposal, other, _ = merge_units([WHOLE], arriving)
    assert (proposal.previous, other) == (WHOLE.key, empty("A dog"))


def test_sentences_of_an_engine_are_translated_anew_when_they_are_joined_or_split() -> None:
    made = engines(WHOLE.key.source, WHOLE.target)
    assert [unit.target for unit in merge_units([made], [incoming(part.key.source) for part in PARTS])[:2]] == ["", ""]


def test_plural_is_no_edit_of_a_sentence() -> None:
    arriving = replace(incoming(NEW), plural_source="years")
    assert merge_units([persons(OLD, TARGET)], [arriving], LANGUAGES)[0] == replace(
        empty(NEW), extras=replace(empty(NEW).extras, plural_source="years")
    )


def test_copies_by_rule_are_not_edited() -> None:
    copied = replace(engines("Java 17", "Java 17"), doubtful=False)
    assert copied.provenance is not None
    copied = replace(
        copied,
        provenance=replace(copied.provenance, engine=replace(copied.provenance.engine, engine="copy")),  # type: ignore[type-var]
    )
    assert merge_units([copied], [incoming("Java 21")], LANGUAGES)[0].target == ""


def test_unit_in_five_postings_of_an_earlier_version_leaves_one_of_them() -> None:
    old = Unit(key=key(OLD), target=TARGET, references=references("a", "b", "c", "d", "e"))
    after = merge_units([old], [incoming(OLD, "a", "b", "d", "e"), incoming(OLD, "c", context="offer")])
    assert after == (persons(OLD, TARGET, "a"), persons(OLD, TARGET, "c", context="offer"))
