"""Two versions of a catalog become one by what each says of a unit, not by lines."""

from dataclasses import replace

import pytest

from pipeline.catalog.filling import note_risk
from pipeline.catalog.merge import merge_units
from pipeline.catalog.po_file import Catalog
from pipeline.catalog.three_way import find_unseen_units, merge_catalogs, unite_doubles
from pipeline.model.unit import DELIBERATELY_EMPTY, OriginKind, Provenance, Suggestion, Unit, digest
from tests.catalog.units import ARGOS, BERGAMOT, empty, engines, incoming, key, persons

OLD, NEW = "Two years with welding robots", "Three years with welding robots"
MADE = engines(OLD, "Deux ans avec des robots")
ACCEPTED = replace(MADE, doubtful=False)
EDITED = replace(ACCEPTED, target="Deux ans sur des robots")
REJECTED = replace(MADE, target="", doubtful=False)
AGAIN = replace(
    MADE,
    target="Deux années de robots",
    provenance=Provenance(kind=OriginKind.ENGINE, digest=digest("Deux années de robots"), engine=BERGAMOT),
)


def merged(base: tuple[Unit, ...] | None, ours: tuple[Unit, ...], theirs: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Merge both ways round; who is who changes nothing."""
    before = None if base is None else Catalog(units=base)
    one = merge_catalogs(before, Catalog(units=ours), Catalog(units=theirs))
    other = merge_catalogs(before, Catalog(units=theirs), Catalog(units=ours))
    assert not one.disputes
    assert one.catalog.units == other.catalog.units
    return one.catalog.units


@pytest.mark.parametrize("said", [ACCEPTED, EDITED, REJECTED], ids=["accepted", "edited", "rejected"])
def test_what_people_say_goes_before_what_a_machine_made_meanwhile(said: Unit) -> None:
    assert merged((MADE,), (said,), (MADE,)) == (said,)
    assert merged((MADE,), (said,), (AGAIN,)) == (said,)
    assert merged(None, (said,), (AGAIN,)) == (said,)


def test_target_whose_comment_a_tool_has_dropped_is_no_persons() -> None:
    moved = replace(MADE, key=key(OLD, context="offer"))
    cut = replace(MADE, provenance=None)
    assert merged((MADE,), (cut,), (moved,)) == (moved,)
    assert merged((MADE,), (cut,), (AGAIN,)) == (AGAIN,)
    assert merged((MADE,), (replace(cut, doubtful=False),), (AGAIN,)) == (ACCEPTED,)


def test_each_side_has_what_it_alone_changed_in_one_unit() -> None:
    ours = replace(EDITED, extras=replace(EDITED.extras, notes=("says Ana",)))
    theirs = replace(MADE, references=("postings/acme-0",), retired=True, findings=("numbers",))
    assert merged((MADE,), (ours,), (theirs,)) == (replace(ours, references=("postings/acme-0",), retired=True),)


def test_findings_and_origin_of_the_same_target_are_the_newer_ones() -> None:
    found = replace(MADE, findings=("numbers",))
    assert merged((MADE,), (ACCEPTED,), (found,)) == (replace(ACCEPTED, findings=("numbers",)),)


def test_of_two_findings_about_the_same_target_ours_stay() -> None:
    ours, theirs = (replace(MADE, findings=(finding,)) for finding in ("numbers", "length"))
    done = merge_catalogs(Catalog(units=(MADE,)), Catalog(units=(ours,)), Catalog(units=(theirs,)))
    assert done.catalog.units == (ours,)


def test_of_two_machines_the_one_with_a_target_and_the_lower_risk_wins() -> None:
    low, high = (note_risk(unit, risk) for unit, risk in ((MADE, 9), (AGAIN, 40)))
    assert merged((empty(OLD),), (low,), (high,)) == (low,)
    assert merged((AGAIN,), (replace(empty(OLD), attempt=ARGOS),), (low,)) == (low,)


def test_an_accepted_target_goes_before_the_same_one_in_doubt() -> None:
    doubted = replace(EDITED, doubtful=True)
    assert merged((MADE,), (EDITED,), (doubted,)) == (EDITED,)


def test_two_people_who_differ_leave_both_targets_to_a_reviewer() -> None:
    done = merge_catalogs(Catalog(units=(MADE,)), Catalog(units=(ACCEPTED,)), Catalog(units=(EDITED,)))
    assert done.disputes == ((ACCEPTED, EDITED),)
    note = "conflict: reviewed Deux ans sur des robots"
    assert done.catalog.units == (replace(MADE, extras=replace(MADE.extras, remarks=(note,))),)
    done = merge_catalogs(Catalog(units=(MADE,)), Catalog(units=(REJECTED,)), Catalog(units=(EDITED,)))
    note = "conflict: rejected"
    kept = replace(EDITED, doubtful=True)
    assert done.catalog.units == (replace(kept, extras=replace(kept.extras, remarks=(note,))),)


def test_what_cannot_be_seen_is_said_in_words_where_two_differ() -> None:
    left_out = replace(EDITED, target=DELIBERATELY_EMPTY)
    done = merge_catalogs(Catalog(units=(MADE,)), Catalog(units=(ACCEPTED,)), Catalog(units=(left_out,)))
    note = "conflict: reviewed (deliberately empty: U+2060)"
    assert done.catalog.units == (replace(MADE, extras=replace(MADE.extras, remarks=(note,))),)


def test_unit_that_one_side_dropped_and_the_other_reviewed_is_obsolete() -> None:
    other = persons(NEW, "Trois ans")
    assert merged((MADE, other), (ACCEPTED, other), (other,)) == (other, replace(ACCEPTED, retired=True))
    assert merged((MADE, other), (MADE, other), (other,)) == (other,)
    noted = replace(empty(OLD), extras=replace(MADE.extras, notes=("hm",)))
    assert merged((empty(OLD), other), (noted, other), (other,)) == (other,)


@pytest.mark.parametrize("said", [ACCEPTED, EDITED], ids=["accepted", "edited"])
def test_review_follows_a_source_that_the_other_side_edited(said: Unit) -> None:
    theirs = merge_units((MADE,), [incoming(NEW)])
    translated = replace(engines(NEW, "Trois ans avec des robots"), previous=MADE.key)
    after = merged((MADE,), (said,), (translated, *theirs[1:]))
    proposal, obsolete = merge_units((said,), [incoming(NEW)])
    if proposal.stale:
        proposal = replace(proposal, suggestion=Suggestion(engine=ARGOS, target="Trois ans avec des robots"))
    assert after == (proposal, obsolete)


def test_review_follows_a_source_that_the_other_side_moved() -> None:
    moved = replace(MADE, key=key(OLD, "offer"))
    assert merged((MADE,), (EDITED,), (moved,)) == (replace(EDITED, key=moved.key),)


def test_unit_that_git_put_in_twice_becomes_one() -> None:
    other = persons(NEW, "Trois ans")
    assert unite_doubles(Catalog(units=(MADE, other))).catalog.units == (MADE, other)
    assert unite_doubles(Catalog(units=(MADE, other, EDITED, AGAIN))).catalog.units == (EDITED, other)
    assert unite_doubles(Catalog(units=(ACCEPTED, EDITED))).disputes


def test_new_units_stand_where_their_side_has_them() -> None:
    first, last, ours, theirs = (persons(name, name) for name in ("a", "z", "m", "n"))
    assert merged((first, last), (first, ours, last), (first, last)) == (first, ours, last)
    both = merge_catalogs(
        Catalog(units=(first, last)), Catalog(units=(ours, first, last)), Catalog(units=(first, last, theirs))
    )
    assert both.catalog.units == (ours, first, last, theirs)


def test_header_says_what_was_saved_last_and_keeps_what_either_side_added() -> None:
    def headed(*fields: tuple[str, str], notes: tuple[str, ...] = ()) -> Catalog:
        return Catalog(headers=fields, notes=notes)

    base = headed(("Language", "fr"), ("PO-Revision-Date", "2026-01-01"), ("X-Old", "1"), notes=("ours",))
    ours = headed(
        ("Language", "fr"), ("PO-Revision-Date", "2026-03-01"), ("Last-Translator", "Ana"), notes=("ours", "a")
    )
    theirs = headed(
        ("Language", "fr"), ("PO-Revision-Date", "2026-02-01"), ("Last-Translator", "Ben"), ("X-Old", "1"), notes=()
    )
    assert merge_catalogs(base, ours, theirs).catalog == headed(*ours.headers, notes=("a",))
    assert dict(merge_catalogs(base, theirs, ours).catalog.headers) == dict(ours.headers)


def test_target_that_nobody_accepted_on_either_side_is_found_where_lines_were_joined() -> None:
    joined = replace(AGAIN, doubtful=False)
    sides = Catalog(units=(ACCEPTED,)), Catalog(units=(AGAIN,))
    assert tuple(find_unseen_units(Catalog(units=(joined, EDITED)), *sides)) == (joined,)
    assert tuple(find_unseen_units(Catalog(units=(ACCEPTED, AGAIN, REJECTED)), *sides)) == ()
