from dataclasses import replace

import pytest
from babel import Locale

from pipeline.catalog.decisions import TOOLS, Decisions, target_digest, unit_digest
from pipeline.catalog.remarks import origin_lines
from pipeline.catalog.restoring import carried, emptied_again, found, restored, settled
from pipeline.model.decision import Action, Decision
from pipeline.model.unit import EngineOrigin, OriginKind, Provenance, Suggestion, Unit, digest
from tests.catalog.units import ARGOS, engines, key, persons

FR = Locale("fr")
OFFERED = engines("A lathe", "Un tour")
ACCEPTED = replace(OFFERED, doubtful=False)
BEGUN = replace(OFFERED, target="Un tour à métaux")  # a person has changed it and not accepted it yet
TYPED = persons("A lathe", "Un tour")
REJECTED = replace(OFFERED, target="", doubtful=False)
COPY = replace(
    persons("SAP", "SAP"),
    provenance=Provenance(
        kind=OriginKind.ENGINE, digest=digest("SAP"), engine=EngineOrigin(engine="copy", model="1", route="en→fr")
    ),
)


def said(action: Action, unit: Unit, *, turn: int = 1, undoes: Action | None = None) -> Decision:
    return Decision(
        action=action,
        digest=unit_digest(FR, unit),
        person=TOOLS,
        origin=() if action is Action.WITHDRAW and undoes is None and unit is OFFERED else origin_lines(unit),
        turn=turn,
        undoes=undoes,
    )


def cut(unit: Unit) -> Unit:
    """Return what msgmerge leaves of an entry."""
    return replace(unit, provenance=None, suggestion=None, attempt=None, findings=())


def find(unit: Unit, *decisions: Decision) -> list[tuple[Action, str]]:
    return [(decision.action, decision.digest) for decision in found(unit, FR, Decisions(decisions))]


@pytest.mark.parametrize("unit", [ACCEPTED, REJECTED, BEGUN])
def test_what_lost_its_comment_gets_it_back(unit: Unit) -> None:
    (decision,) = found(unit, FR, Decisions())
    assert restored(cut(unit), FR, Decisions([decision])) == unit
    assert restored(unit, FR, Decisions([decision])) == unit
    assert list(found(unit, FR, Decisions([decision]))) == []
    assert list(found(cut(unit), FR, Decisions([decision]))) == []


def test_target_that_was_rejected_is_no_suggestion_beside_another_one() -> None:
    rejected = said(Action.REJECT, REJECTED)
    again = Decision(action=Action.WITHDRAW, digest=rejected.digest, person=TOOLS, turn=2)
    stale = replace(BEGUN, provenance=None, previous=key("A lath"))
    offered = replace(stale, suggestion=Suggestion(engine=ARGOS, target=OFFERED.target))
    assert settled(stale, offered, FR, Decisions([rejected, again])) == replace(stale, attempt=ARGOS)


def test_obsolete_entry_without_fuzzy_is_reviewed_only_if_that_is_on_record() -> None:
    left = replace(cut(OFFERED), doubtful=False, retired=True)  # as Babel writes it, whatever it was
    other = said(Action.ACCEPT, replace(ACCEPTED, key=key("A saw")))
    assert restored(left, FR, Decisions([other])) == replace(left, doubtful=True)
    assert restored(left, FR, Decisions([said(Action.ACCEPT, ACCEPTED)])) == replace(ACCEPTED, retired=True)
    assert restored(left, FR, Decisions([replace(other, person="ana")])) == left  # no run has looked at it yet


def test_what_was_accepted_is_so_again_where_a_tool_marked_it() -> None:
    decisions = Decisions([said(Action.ACCEPT, ACCEPTED)])
    marked = replace(ACCEPTED, doubtful=True, previous=key("A lath"))
    assert restored(marked, FR, decisions) == ACCEPTED
    assert restored(replace(cut(ACCEPTED), doubtful=True), FR, decisions) == ACCEPTED
    assert (
        restored(replace(TYPED, doubtful=True, previous=key("A lath")), FR, Decisions([said(Action.ACCEPT, TYPED)]))
        == TYPED
    )


def test_fuzzy_alone_on_what_was_accepted_is_a_persons() -> None:
    for unit in (ACCEPTED, TYPED):
        decisions = Decisions([said(Action.ACCEPT, unit)])
        doubted = replace(unit, doubtful=True)
        assert restored(doubted, FR, decisions) == doubted
        assert find(doubted, said(Action.ACCEPT, unit)) == [(Action.WITHDRAW, unit_digest(FR, unit))]
        assert find(doubted, said(Action.ACCEPT, unit), said(Action.WITHDRAW, unit, turn=2)) == []


def test_what_nobody_decided_on_stays_as_a_tool_left_it() -> None:
    for unit in (TYPED, cut(OFFERED), replace(OFFERED, previous=key("A lath"))):
        assert restored(unit, FR, Decisions()) == unit
    empty = replace(cut(OFFERED), target="", doubtful=False)
    assert restored(empty, FR, Decisions([said(Action.COMMENT, empty)])) == empty


def test_what_a_tool_matched_takes_no_rejection_back() -> None:
    matched = replace(cut(TYPED), target="Une fraise", doubtful=True, previous=key("A mill"))
    rejected = Decisions([said(Action.REJECT, REJECTED)])
    assert emptied_again(matched, FR, rejected) == REJECTED
    assert emptied_again(matched, FR, Decisions()) == matched
    assert emptied_again(matched, FR, Decisions([said(Action.REJECT, OFFERED)])) == matched
    assert (
        emptied_again(matched, FR, Decisions([said(Action.REJECT, REJECTED), said(Action.ACCEPT, matched)])) == matched
    )
    for unit in (OFFERED, TYPED, REJECTED, cut(REJECTED), replace(TYPED, doubtful=True)):
        assert emptied_again(unit, FR, rejected) == unit


def test_what_a_person_emptied_is_not_suggested_beside_another_target() -> None:
    stale = replace(TYPED, target="Une fraise", doubtful=True, previous=key("A mill"))
    suggested = replace(stale, suggestion=Suggestion(engine=ARGOS, target="Un tour"))
    assert settled(stale, suggested, FR, Decisions([said(Action.REJECT, REJECTED)])) == replace(stale, attempt=ARGOS)


def test_an_empty_unit_of_which_no_rejection_stands_stays_open() -> None:
    withdrawn = Decisions([said(Action.REJECT, REJECTED), said(Action.WITHDRAW, REJECTED, turn=2)])
    assert restored(cut(REJECTED), FR, withdrawn) == cut(REJECTED)


def test_a_rejected_target_that_a_tool_brings_back_is_taken_out_again() -> None:
    decisions = Decisions([said(Action.REJECT, OFFERED)])
    assert restored(cut(OFFERED), FR, decisions) == REJECTED
    assert restored(cut(ACCEPTED), FR, decisions) == ACCEPTED  # without `fuzzy` it is a person who has thought again
    typed = replace(TYPED, doubtful=True)
    unsigned = Decisions([Decision(action=Action.REJECT, digest=unit_digest(FR, TYPED))])
    assert restored(typed, FR, unsigned) == typed  # nothing tells that it is not typed anew


def test_what_an_engine_offers_is_asked_only_if_nobody_has_answered() -> None:
    empty = replace(cut(OFFERED), target="", doubtful=False)
    assert settled(empty, OFFERED, FR, Decisions()) == OFFERED
    assert settled(empty, OFFERED, FR, Decisions([said(Action.ACCEPT, OFFERED)])) == ACCEPTED
    assert settled(empty, OFFERED, FR, Decisions([said(Action.REJECT, OFFERED)])) == REJECTED
    assert settled(empty, empty, FR, Decisions([said(Action.REJECT, OFFERED)])) == empty
    assert settled(empty, COPY, FR, Decisions([said(Action.REJECT, OFFERED)])) == COPY


def test_a_target_gives_no_way_to_one_that_was_rejected() -> None:
    other = engines("A lathe", "Une tourneuse")
    assert settled(other, OFFERED, FR, Decisions([said(Action.REJECT, OFFERED)])) == other


def test_a_rejected_target_is_not_suggested_either() -> None:
    stale = replace(TYPED, target="Un tour ancien", doubtful=True, previous=key("An old lathe"))
    suggested = replace(stale, suggestion=Suggestion(engine=ARGOS, target="Un tour"))
    refused = Decisions([Decision(action=Action.REJECT, digest=target_digest(FR, key("A lathe"), "Un tour"))])
    assert settled(stale, suggested, FR, Decisions()) == suggested
    assert settled(stale, suggested, FR, refused) == replace(stale, attempt=ARGOS)
    noted = replace(suggested, findings=("numbers",))
    assert settled(suggested, noted, FR, refused) == noted


def test_a_person_accepts_by_taking_fuzzy_away_and_only_once() -> None:
    accepted = unit_digest(FR, ACCEPTED)
    assert find(ACCEPTED) == [(Action.ACCEPT, accepted)]
    assert find(TYPED) == [(Action.ACCEPT, accepted)]
    assert find(ACCEPTED, said(Action.ACCEPT, ACCEPTED)) == []
    assert find(ACCEPTED, said(Action.APPROVE, ACCEPTED)) == []
    assert find(ACCEPTED, said(Action.REJECT, ACCEPTED)) == [(Action.ACCEPT, accepted)]


def test_what_no_person_did_is_not_recorded() -> None:
    pseudo = EngineOrigin(engine="pseudo", model="1", route="en→fr")
    shown = replace(ACCEPTED, provenance=Provenance(kind=OriginKind.ENGINE, digest=digest("Un tour"), engine=pseudo))
    stale = replace(TYPED, doubtful=True, previous=key("An old lathe"))
    empty = replace(cut(OFFERED), target="", doubtful=False)
    for unit in (OFFERED, COPY, shown, stale, empty, replace(TYPED, doubtful=True)):
        assert find(unit) == []


def test_a_target_in_the_place_of_a_rejected_one_takes_the_rejection_back() -> None:
    rejection = said(Action.REJECT, REJECTED)
    assert find(REJECTED) == [(Action.REJECT, unit_digest(FR, REJECTED))]
    assert find(REJECTED, rejection) == []
    assert find(TYPED, rejection, said(Action.ACCEPT, TYPED)) == [(Action.WITHDRAW, unit_digest(FR, REJECTED))]


def test_what_was_said_is_carried_once_and_only_if_something_was() -> None:
    moved = replace(ACCEPTED, key=key("A lathe", "offer"))
    about = [said(Action.ACCEPT, ACCEPTED), said(Action.APPROVE, ACCEPTED)]
    (carry,) = carried(moved, ACCEPTED, FR, Decisions(about))
    assert carry.previous == unit_digest(FR, ACCEPTED)
    assert Decisions([*about, carry]).of(unit_digest(FR, moved)).approved_by == (TOOLS,)
    assert list(carried(moved, ACCEPTED, FR, Decisions([*about, carry]))) == []
    assert list(carried(moved, ACCEPTED, FR, Decisions())) == []
    assert list(carried(replace(moved, doubtful=True), ACCEPTED, FR, Decisions(about))) == []
    assert list(carried(ACCEPTED, ACCEPTED, FR, Decisions(about))) == []
