"""What a reviewer's command makes of a unit."""

from dataclasses import replace

import pytest

from pipeline.catalog.reviewing import Edit, EditKind, edited
from pipeline.errors import ReviewError
from pipeline.model.segment import UnitKey
from pipeline.model.unit import (
    DELIBERATELY_EMPTY,
    EngineOrigin,
    Extras,
    OriginKind,
    Provenance,
    Suggestion,
    Unit,
    UnitState,
    digest,
)

ENGINE = EngineOrigin(engine="bergamot", model="1/r3", route="en→pt")
MADE = Provenance(kind=OriginKind.ENGINE, digest=digest("Enfermeira"), engine=ENGINE, risk=20)
UNIT = Unit(
    key=UnitKey("title", "Nurse"), target="Enfermeira", doubtful=True, provenance=MADE, findings=("one_gender",)
)
STALE = replace(
    UNIT,
    target="Enfermeira-chefe",
    previous=UnitKey("title", "Head nurse"),
    suggestion=Suggestion(engine=ENGINE, target="Enfermeira"),
)
ACCEPT, REJECT = Edit(kind=EditKind.ACCEPT), Edit(kind=EditKind.REJECT)
SUGGESTED = Edit(kind=EditKind.ACCEPT_SUGGESTION)


def test_accepted_target_is_reviewed_and_stays_the_engines() -> None:
    assert edited(UNIT, ACCEPT) == replace(UNIT, doubtful=False)


def test_accepted_stale_target_is_the_target_of_the_new_source() -> None:
    accepted = edited(STALE, ACCEPT)
    assert accepted == replace(STALE, doubtful=False, previous=None, suggestion=None)
    assert accepted.made_by is OriginKind.HUMAN


def test_accepted_suggestion_takes_the_place_of_the_target() -> None:
    accepted = edited(STALE, SUGGESTED)
    assert (accepted.target, accepted.state, accepted.made_by) == ("Enfermeira", UnitState.REVIEWED, OriginKind.ENGINE)
    assert (accepted.previous, accepted.suggestion) == (None, None)


def test_rejected_target_of_an_engine_stays_known_as_rejected() -> None:
    rejected = edited(UNIT, REJECT)
    assert rejected == replace(UNIT, target="", doubtful=False, findings=())
    assert rejected.rejected


def test_rejected_target_of_a_person_takes_the_suggestion_with_it() -> None:
    by_person = replace(STALE, provenance=None)
    assert edited(by_person, REJECT) == Unit(key=UNIT.key, attempt=ENGINE)
    assert edited(replace(by_person, suggestion=None), REJECT) == Unit(key=UNIT.key)


def test_replaced_target_is_a_persons() -> None:
    replaced = edited(UNIT, Edit(kind=EditKind.REPLACE, target="Enfermeiro(a)"))
    assert (replaced.target, replaced.state, replaced.made_by) == (
        "Enfermeiro(a)",
        UnitState.REVIEWED,
        OriginKind.HUMAN,
    )


def test_target_may_be_deliberately_empty() -> None:
    replaced = edited(UNIT, Edit(kind=EditKind.REPLACE, target=DELIBERATELY_EMPTY))
    assert (replaced.target, replaced.state) == (DELIBERATELY_EMPTY, UnitState.REVIEWED)


@pytest.mark.parametrize("reviewed", [True, False])
def test_target_that_is_put_back_is_the_engines_again(*, reviewed: bool) -> None:
    rejected = edited(UNIT, REJECT)
    back = edited(rejected, Edit(kind=EditKind.PUT_BACK, target="Enfermeira", reviewed=reviewed))
    assert back == replace(UNIT, doubtful=not reviewed, findings=())


@pytest.mark.parametrize(
    "edit", [ACCEPT, REJECT, Edit(kind=EditKind.REPLACE, target="Enfermeiro")], ids=lambda edit: str(edit.kind)
)
def test_verdict_ends_a_conflict_and_undo_brings_it_back(edit: Edit) -> None:
    others = ("conflict: reviewed Enfermeira-chefe", "conflict: rejected")
    disputed = replace(UNIT, extras=Extras(remarks=("from the ministry's list", *others)))
    assert disputed.conflicts == ("reviewed Enfermeira-chefe", "rejected")
    decided = edited(disputed, edit)
    assert decided.extras.remarks == ("from the ministry's list",)
    back = edited(decided, Edit(kind=EditKind.PUT_BACK, target=UNIT.target, conflicts=disputed.conflict_lines))
    assert back == replace(disputed, findings=UNIT.findings if edit is ACCEPT else ())


@pytest.mark.parametrize(
    ("unit", "edit", "reason"),
    [
        (replace(UNIT, retired=True), ACCEPT, "is obsolete"),
        (replace(UNIT, extras=Extras(plural_source="Nurses")), ACCEPT, "has plural forms"),
        (Unit(key=UNIT.key), ACCEPT, "has no target to accept"),
        (Unit(key=UNIT.key), REJECT, "has no target to reject"),
        (UNIT, SUGGESTED, "has no engine's version"),
        (UNIT, Edit(kind=EditKind.REPLACE, target=" "), "in which nothing can be seen"),
        (UNIT, Edit(kind=EditKind.REPLACE, target=f" {DELIBERATELY_EMPTY}"), "in which nothing can be seen"),
    ],
)
def test_what_a_unit_does_not_allow_is_refused_with_the_reason(unit: Unit, edit: Edit, reason: str) -> None:
    with pytest.raises(ReviewError, match=reason):
        edited(unit, edit)
