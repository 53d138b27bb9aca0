"""Every row of the merge table of DESIGN, section 4, and what its footnotes promise."""

from dataclasses import replace

import pytest

from pipeline.catalog.filling import note_risk
from pipeline.catalog.incoming import Incoming, posting_of
from pipeline.catalog.merge import clear_machine, merge_units
from pipeline.model.segment import UnitKey
from pipeline.model.unit import TITLES_ENGINE, Extras, OriginKind, Provenance, Suggestion, Unit, digest
from tests.catalog.units import ARGOS, empty, engines, incoming, key, persons, references

OLD = "Two years of experience with welding robots"
NEW = "Three years of experience with welding robots"
TARGET = "Deux ans d’expérience des robots de soudage"


def test_new_source_is_an_untranslated_unit() -> None:
    assert merge_units([], [incoming(OLD)]) == (empty(OLD),)


@pytest.mark.parametrize(
    "unit",
    [
        persons(OLD, TARGET),
        engines(OLD, TARGET, doubtful=False),
        engines(OLD, TARGET),
        persons(OLD, TARGET, doubtful=True),
        note_risk(engines(OLD, TARGET), 72),
        replace(note_risk(engines(OLD, TARGET), 72), doubtful=False),
        replace(engines(OLD, ""), target=""),
        replace(persons(OLD, TARGET, doubtful=True), previous=key(NEW)),
        replace(persons(OLD, TARGET), extras=Extras(notes=("ask the welders",), flags=("no-wrap",))),
    ],
    ids=[
        "reviewed",
        "accepted",
        "engine's own",
        "person's",
        "with a risk",
        "accepted with one",
        "rejected",
        "stale",
        "noted",
    ],
)
def test_unit_of_the_same_source_is_unchanged(unit: Unit) -> None:
    assert merge_units([unit], [incoming(OLD)]) == (unit,)


def test_references_of_a_reviewed_unit_follow_the_postings() -> None:
    unit = persons(OLD, TARGET, "acme-1")
    assert merge_units([unit], [incoming(OLD, "acme-3", "acme-2")]) == (persons(OLD, TARGET, "acme-2"),)


def test_unit_of_forty_postings_names_the_first_by_id_which_no_later_one_changes() -> None:
    postings = tuple(f"acme-{number:02}" for number in range(40))
    merged = merge_units([persons(OLD, TARGET)], [incoming(OLD, *reversed(postings))])
    assert merged == (persons(OLD, TARGET, "acme-00"),)
    assert merge_units(merged, [incoming(OLD, "acme-40", *postings)]) == merged


def test_catalog_that_names_five_postings_names_one_at_its_next_change() -> None:
    before = persons(OLD, TARGET, *"abcde")
    assert merge_units([before], [incoming(OLD, *"abcdefg")]) == (persons(OLD, TARGET, "a"),)


def test_sentence_that_all_its_postings_edit_is_known_by_the_one_that_the_catalog_names() -> None:
    before = persons(OLD, TARGET, "a")
    edited, retired = merge_units([before], [incoming(NEW, *"cab")])
    assert edited == replace(persons(NEW, TARGET, "a", doubtful=True), previous=before.key)
    assert retired == replace(before, retired=True)


def test_edited_source_of_an_engines_own_target_is_to_be_translated_anew() -> None:
    assert merge_units([engines(OLD, TARGET)], [incoming(NEW)]) == (
        replace(empty(NEW), previous=key(OLD)),
        replace(engines(OLD, TARGET), retired=True),
    )


@pytest.mark.parametrize(
    "unit",
    [persons(OLD, TARGET), engines(OLD, TARGET, doubtful=False), persons(OLD, TARGET, doubtful=True)],
    ids=["reviewed", "accepted", "person's"],
)
def test_edited_source_keeps_a_persons_target_as_stale_and_the_old_unit_as_obsolete(unit: Unit) -> None:
    kept, old = merge_units([unit], [incoming(NEW)])
    assert (kept, old) == (
        replace(persons(NEW, TARGET, doubtful=True), previous=key(OLD)),
        replace(unit, retired=True),
    )
    assert kept.stale


def test_reverted_source_has_its_review_back() -> None:
    unit = persons(OLD, TARGET)
    edited = merge_units([unit], [incoming(NEW)])
    reverted = merge_units(edited, [incoming(OLD)])
    assert reverted[0] == unit
    assert merge_units(reverted, [incoming(NEW)])[0] == edited[0]


def test_target_kept_over_two_edits_names_the_source_it_was_made_for() -> None:
    newest = "Four years of experience with welding robots"
    once = merge_units([persons(OLD, TARGET)], [incoming(NEW)])
    twice = merge_units(once, [incoming(newest)])
    assert twice[0] == replace(persons(newest, TARGET, doubtful=True), previous=key(OLD))


@pytest.mark.parametrize(
    "unit",
    [persons(OLD, TARGET), engines(OLD, TARGET), persons(OLD, TARGET, doubtful=True)],
    ids=["reviewed", "engine's own", "person's"],
)
def test_unit_without_reference_is_obsolete_and_revived_as_it_was(unit: Unit) -> None:
    gone = merge_units([unit], [])
    assert gone == (replace(unit, retired=True),)
    assert merge_units(gone, [incoming(OLD)]) == (unit,)


def test_untranslated_unit_without_reference_is_removed() -> None:
    assert merge_units([empty(OLD)], []) == ()


@pytest.mark.parametrize(
    "unit",
    [
        persons(OLD, TARGET, context="other"),
        engines(OLD, TARGET, context="other"),
        empty(OLD, context="other"),
        replace(empty(OLD, context="other"), attempt=ARGOS, findings=("numbers",)),
    ],
    ids=["reviewed", "engine's own", "untranslated", "attempted"],
)
def test_unit_moves_along_when_its_heading_got_a_kind(unit: Unit) -> None:
    assert merge_units([unit], [incoming(OLD, context="offer")]) == (replace(unit, key=key(OLD, "offer")),)


def test_unit_does_not_move_to_another_posting() -> None:
    before = persons(OLD, TARGET, "acme-1", context="other")
    after = merge_units([before], [incoming(OLD, "acme-2", context="offer")])
    assert after == (empty(OLD, "acme-2", context="offer"), replace(before, retired=True))


def test_unit_that_still_stands_in_a_posting_is_not_edited_away() -> None:
    before = persons(OLD, TARGET, "acme-1", "acme-2")
    after = merge_units([before], [incoming(OLD, "acme-2"), incoming(NEW, "acme-1")])
    assert after == (persons(OLD, TARGET, "acme-2"), empty(NEW, "acme-1"))


@pytest.mark.parametrize(
    "arriving",
    [
        incoming("Five apprentices and a dog", "acme-1"),
        incoming(NEW, "acme-2"),
        incoming(NEW, "acme-1", context="offer"),
    ],
    ids=["not alike", "other posting", "other context"],
)
def test_source_that_is_not_an_edit_starts_empty(arriving: Incoming) -> None:
    before = persons(OLD, TARGET)
    after = merge_units([before], [arriving])
    assert after == (Unit(key=arriving.key, references=arriving.references), replace(before, retired=True))


def test_each_old_unit_serves_one_new_source_and_the_best_match_wins() -> None:
    better, worse = f"{OLD} now", f"{OLD} in Lyon"
    after = merge_units([persons(OLD, TARGET)], [incoming(worse), incoming(better)])
    assert after == (
        empty(worse),
        replace(persons(better, TARGET, doubtful=True), previous=key(OLD)),
        replace(persons(OLD, TARGET), retired=True),
    )


def test_obsolete_unit_does_not_serve_an_edit() -> None:
    gone = replace(persons(OLD, TARGET), retired=True)
    assert merge_units([gone], [incoming(NEW)]) == (empty(NEW), gone)


def test_units_stand_in_the_order_of_the_postings() -> None:
    current = [persons("C", "c"), persons("A", "a"), persons("B", "b")]
    after = merge_units(current, [incoming("A"), incoming("B"), incoming("D")])
    assert after == (
        persons("A", "a"),
        persons("B", "b"),
        empty("D"),
        replace(persons("C", "c"), retired=True),
    )


NARROW = persons(OLD, "Deux ans sur robots", "acme-1", context="requirements|acme-1")
WIDE = persons(OLD, TARGET, "acme-1")


def test_narrow_unit_stands_behind_the_wide_one_and_is_unchanged() -> None:
    assert merge_units([NARROW, WIDE], [incoming(OLD, "acme-1", "acme-2")]) == (WIDE, NARROW)


def test_narrow_unit_is_obsolete_without_its_posting_and_returns_with_it() -> None:
    left = merge_units([WIDE, NARROW], [incoming(OLD, "acme-2")])
    assert left == (persons(OLD, TARGET, "acme-2"), replace(NARROW, retired=True))
    assert merge_units(left, [incoming(OLD, "acme-1", "acme-2")]) == (WIDE, NARROW)


def test_narrow_unit_moves_to_one_of_two_contexts_and_leaves_no_empty_one_in_the_other() -> None:
    arriving = [incoming(OLD, context="offer"), incoming(OLD, context="about")]
    after = merge_units([NARROW], arriving)
    assert after == (
        empty(OLD, context="offer"),
        replace(NARROW, key=UnitKey("offer|acme-1", OLD)),
        empty(OLD, context="about"),
    )


def test_obsolete_narrow_unit_makes_no_empty_one_in_another_context() -> None:
    gone = replace(NARROW, retired=True)
    wide = persons(OLD, TARGET, context="offer")
    assert merge_units([wide, gone], [incoming(OLD, context="offer")]) == (wide, gone)


def test_edited_source_keeps_the_narrow_target_for_its_posting() -> None:
    after = merge_units([WIDE, NARROW], [incoming(OLD, "acme-2"), incoming(NEW, "acme-1")])
    assert after == (
        persons(OLD, TARGET, "acme-2"),
        empty(NEW, "acme-1"),
        replace(
            persons(NEW, "Deux ans sur robots", "acme-1", context="requirements|acme-1", doubtful=True),
            previous=NARROW.key,
        ),
        replace(NARROW, retired=True),
    )


def test_edited_plural_takes_the_new_plural_source() -> None:
    counted = replace(
        persons("%d open posting here", "%d annonce ici"),
        extras=Extras(plural_source="%d open postings here", plural_targets=("%d annonce ici", "%d annonces ici")),
    )
    arriving = replace(incoming("%d new posting here"), plural_source="%d new postings here")
    assert merge_units([counted], [arriving])[0] == replace(
        counted,
        key=arriving.key,
        doubtful=True,
        previous=counted.key,
        extras=replace(counted.extras, plural_source="%d new postings here"),
    )


def test_plural_does_not_become_the_target_of_a_singular() -> None:
    counted = replace(
        persons("%d open posting here", "%d annonce ici"),
        extras=Extras(plural_source="%d open postings here", plural_targets=("%d annonce ici", "%d annonces ici")),
    )
    assert merge_units([counted], [incoming("%d new posting here")])[0] == empty("%d new posting here")


def test_clearing_empties_only_the_engines_own_unreviewed_targets() -> None:
    memory = replace(
        persons("B", "b", doubtful=True),
        provenance=Provenance(kind=OriginKind.MEMORY, digest=digest("b"), context="offer"),
    )
    stale = replace(
        persons("E", "e", doubtful=True), previous=key("F"), suggestion=Suggestion(engine=ARGOS, target="f")
    )
    kept = (
        memory,
        persons("C", "c"),
        engines("D", "d", doubtful=False),
        stale,
        replace(engines("G", "g"), retired=True),
        replace(engines("H", "h"), target="person's"),
    )
    before = (engines("A", "a"), replace(empty("I"), attempt=ARGOS, findings=("empty",)), *kept)
    assert clear_machine(before, lambda origin: origin == ARGOS) == (empty("A"), empty("I"), *kept)


def test_clearing_leaves_what_no_engine_here_makes_again() -> None:
    by_list = Provenance(kind=OriginKind.ENGINE, digest=digest("j"), engine=replace(ARGOS, engine=TITLES_ENGINE))
    titled = replace(engines("J", "j"), provenance=by_list)
    before = (engines("A", "a"), replace(empty("I"), attempt=ARGOS, findings=("empty",)), titled)
    assert clear_machine(before, lambda _: False) == (*before[:2], empty("J"))


def test_postings_with_strange_ids_are_told_apart() -> None:
    ids = ("a b", "acme:4711", "ü/x", "a%20b")
    assert len(set(references(*ids))) == len(ids)
    assert merge_units([persons(OLD, TARGET, "a b", context="other")], [incoming(OLD, "a%20b", context="offer")]) == (
        empty(OLD, "a%20b", context="offer"),
        replace(persons(OLD, TARGET, "a b", context="other"), retired=True),
    )


def test_reference_that_another_tool_wrote_names_no_posting() -> None:
    assert [posting_of(reference) for reference in ("postings/acme%3A4711", "src/app.py:3")] == ["acme:4711", None]
