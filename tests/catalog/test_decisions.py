from random import Random

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.decisions import (
    NOTHING,
    TOOLS,
    Decisions,
    parse_decision,
    serialize_decision,
    target_digest,
    unit_digest,
)
from pipeline.model.decision import Action, Decision
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Extras, Unit

ONE, OTHER, THIRD = "1" * 16, "2" * 16, "3" * 16
ANA, BEN = "ana-11111111", "ben-22222222"


def said(action: Action, person: str = ANA, *, turn: int = 1, digest: str = ONE, check: str = "") -> Decision:
    return Decision(action=action, person=person, turn=turn, digest=digest, check=check)


DECISIONS = st.builds(
    Decision,
    action=st.sampled_from([Action.ACCEPT, Action.REJECT, Action.APPROVE, Action.COMMENT, Action.ASSIGN]),
    digest=st.sampled_from([ONE, OTHER]),
    person=st.sampled_from([ANA, BEN, TOOLS]),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    when=st.sampled_from(["", "2026-11-30T04:18:03Z"]),
    origin=st.sampled_from([(), ("engine: argos 1.9 en→fr 3f2a9c1b", "risk: 12")]),
    turn=st.integers(1, 5),
)


@given(DECISIONS)
def test_what_is_written_is_read_back_in_one_line(decision: Decision) -> None:
    line = serialize_decision(decision)
    assert "\n" not in line
    assert parse_decision(line.encode(), decision.person) == decision


@given(st.lists(DECISIONS), st.randoms(use_true_random=False))
def test_what_stands_depends_on_no_order_of_lines_and_on_no_double(decisions: list[Decision], random: Random) -> None:
    mixed = [*decisions, *decisions]
    random.shuffle(mixed)
    for digest in (ONE, OTHER):
        assert Decisions(mixed).of(digest) == Decisions(decisions).of(digest)


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        '{"digest": "12", "action": "accept"}',
        '{"digest": "1111111111111111", "action": "like"}',
        '{"digest": "1111111111111111", "action": "dismiss"}',
        '{"digest": "1111111111111111", "action": "carry", "previous": "x"}',
        '{"digest": "1111111111111111", "action": "accept", "turn": 0}',
        '{"action": "withhold"}',
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_decision(line.encode(), ANA)


def test_the_digest_is_of_all_that_a_reviewer_saw() -> None:
    nurse = UnitKey("title", "Nurse")
    seen = {
        target_digest("fr", nurse, "Infirmier"),
        target_digest("fr_CA", nurse, "Infirmier"),
        target_digest("fr", UnitKey("heading", "Nurse"), "Infirmier"),
        target_digest("fr", UnitKey("title", "Nurses"), "Infirmier"),
        target_digest("fr", nurse, "Infirmière"),
    }
    assert len(seen) == 5


def test_the_digest_of_a_plural_is_of_all_its_forms() -> None:
    forms = Extras(plural_source="%d jobs", plural_targets=("un poste", "%d postes"))
    unit = Unit(key=UnitKey("", "%d job"), target="un poste", extras=forms)
    changed = Unit(
        key=unit.key, target="un poste", extras=Extras(plural_source="%d jobs", plural_targets=("un poste", "x"))
    )
    assert unit_digest(Locale("fr"), unit) != unit_digest(Locale("fr"), changed)


def test_of_a_target_of_which_nobody_said_anything_nothing_stands() -> None:
    assert Decisions().of(ONE) is NOTHING
    assert not NOTHING.accepted
    assert not NOTHING.rejected
    assert not Decisions()
    assert Decisions([said(Action.ACCEPT)])


def test_what_was_said_last_holds() -> None:
    accepted, rejected = said(Action.ACCEPT), said(Action.REJECT, BEN, turn=2)
    assert Decisions([rejected, accepted]).of(ONE).rejected_by == (BEN,)
    again = Decisions([rejected, accepted, said(Action.APPROVE, ANA, turn=3)]).of(ONE)
    assert (again.accepted, again.rejected, again.approved_by) == (True, False, (ANA,))


def test_a_withdrawal_takes_every_verdict_back_and_leaves_the_comments() -> None:
    comment = Decision(action=Action.COMMENT, digest=ONE, person=BEN, text="Which Java?")
    about = [said(Action.ACCEPT), said(Action.APPROVE, BEN), comment, said(Action.WITHDRAW, TOOLS, turn=2)]
    standing = Decisions(about).of(ONE)
    assert not standing.accepted
    assert standing.comments == (comment,)
    assert standing.known


def test_what_is_undone_is_as_if_it_had_not_been_done() -> None:
    undone = Decision(action=Action.WITHDRAW, undoes=Action.APPROVE, digest=ONE, person=ANA, turn=3)
    about = [said(Action.ACCEPT), said(Action.APPROVE, ANA, turn=2), said(Action.APPROVE, BEN, turn=2), undone]
    standing = Decisions(about).of(ONE)
    assert standing.accepted_by == (ANA,)
    assert standing.approved_by == (BEN,)  # the author's own, not the last of all


def test_what_is_undone_of_a_rejection_brings_the_acceptance_back() -> None:
    undone = Decision(action=Action.WITHDRAW, undoes=Action.REJECT, digest=ONE, person=BEN, turn=3)
    assert Decisions([said(Action.ACCEPT), said(Action.REJECT, turn=2), undone]).of(ONE).accepted_by == (ANA,)


def test_what_was_never_done_can_be_undone_without_harm() -> None:
    undone = Decision(action=Action.WITHDRAW, undoes=Action.REJECT, digest=ONE, person=BEN, turn=2)
    assert Decisions([said(Action.ACCEPT), undone]).of(ONE).accepted


def test_a_finding_is_dismissed_and_shown_again() -> None:
    about = [said(Action.DISMISS, check="numbers"), said(Action.DISMISS, BEN, check="terms")]
    undone = Decision(action=Action.WITHDRAW, undoes=Action.DISMISS, digest=ONE, person=BEN, check="numbers", turn=2)
    assert Decisions(about).of(ONE).dismissed == {"numbers": ANA, "terms": BEN}
    assert Decisions([*about, undone]).of(ONE).dismissed == {"terms": BEN}


def test_who_was_assigned_last_is_assigned() -> None:
    about = [
        Decision(action=Action.ASSIGN, digest=ONE, text="ben", turn=1),
        Decision(action=Action.ASSIGN, digest=ONE, text="cy", turn=2),
    ]
    assert Decisions(about).of(ONE).assigned == "cy"


def test_all_that_was_said_is_carried_to_the_target_that_follows() -> None:
    carried = Decision(action=Action.CARRY, digest=OTHER, previous=ONE, person=TOOLS, origin=("memory: 100 title x",))
    about = [said(Action.ACCEPT), said(Action.APPROVE, BEN), carried]
    standing = Decisions(about).of(OTHER)
    assert standing.accepted_by == (ANA,)
    assert standing.approved_by == (BEN,)
    assert standing.origin == ("memory: 100 title x",)
    rejected = said(Action.REJECT, digest=OTHER, turn=2)
    assert Decisions([*about, rejected]).of(OTHER).rejected
    assert not Decisions([*about, rejected]).of(ONE).rejected


def test_what_moved_there_and_back_stands_as_it_did() -> None:
    there = Decision(action=Action.CARRY, digest=OTHER, previous=ONE)
    back = Decision(action=Action.CARRY, digest=ONE, previous=OTHER, turn=2)
    assert Decisions([said(Action.ACCEPT), there, back]).of(ONE).accepted_by == (ANA,)
    assert Decisions([said(Action.ACCEPT), there, back]).of(OTHER).accepted_by == (ANA,)


def test_an_approval_counts_for_two_persons_only_if_two_have_signed() -> None:
    alone = Decisions([said(Action.ACCEPT), said(Action.APPROVE)]).of(ONE)
    assert alone.signed_off(two_person=False)
    assert not alone.signed_off(two_person=True)
    assert Decisions([said(Action.ACCEPT), said(Action.APPROVE, BEN)]).of(ONE).signed_off(two_person=True)
    assert Decisions([said(Action.APPROVE), said(Action.APPROVE, BEN)]).of(ONE).signed_off(two_person=True)


def test_what_was_found_in_a_catalog_is_nobodys_signature() -> None:
    found = Decisions([said(Action.ACCEPT, TOOLS), said(Action.APPROVE)]).of(ONE)
    assert not found.signed_off(two_person=True)
    assert not Decisions([said(Action.APPROVE, TOOLS)]).of(ONE).signed_off(two_person=False)


def test_a_decision_that_is_added_is_seen_and_comes_last() -> None:
    decisions = Decisions([said(Action.ACCEPT, turn=4), Decision(action=Action.CARRY, digest=OTHER, previous=ONE)])
    assert decisions.of(OTHER).accepted
    assert not decisions.any_approved
    decisions.add(decisions.next_turn(said(Action.REJECT)))
    assert decisions.of(ONE).rejected
    assert decisions.of(OTHER).rejected
    decisions.add(decisions.next_turn(said(Action.APPROVE, digest=THIRD)))
    assert decisions.any_approved


def test_a_posting_is_withheld_from_one_locale_or_from_all_until_that_is_undone() -> None:
    everywhere = Decision(action=Action.WITHHOLD, posting="acme-1", person=ANA)
    one = Decision(action=Action.WITHHOLD, posting="acme-2", locale="fr", person=ANA)
    undone = Decision(action=Action.WITHDRAW, undoes=Action.WITHHOLD, posting="acme-1", person=BEN, turn=2)
    assert Decisions([everywhere, one]).withheld("acme-1", Locale("fr")) == everywhere
    assert Decisions([everywhere, one]).withheld("acme-2", Locale("fr")) == one
    assert Decisions([everywhere, one]).withheld("acme-2", Locale("de")) is None
    assert Decisions([everywhere, one, undone]).withheld("acme-1", Locale("fr")) is None


def test_what_somebody_said_is_found_again() -> None:
    accepted, approved = said(Action.ACCEPT), said(Action.APPROVE, BEN, turn=2)
    decisions = Decisions([accepted, approved])
    assert decisions.holding(ONE) == (accepted, approved)
    assert list(decisions.by(BEN)) == [approved]
    assert decisions.has(said(Action.APPROVE, BEN, turn=7))
    assert not decisions.has(said(Action.APPROVE, ANA))


def test_what_was_never_said_need_not_be_looked_up() -> None:
    decisions = Decisions([said(Action.DISMISS, check="numbers")])
    assert (decisions.any_dismissed, decisions.any_rejected, decisions.any_approved) == (True, False, False)


def test_what_is_carried_on_is_reached_over_all_steps() -> None:
    second = Decision(action=Action.CARRY, digest=OTHER, previous=ONE)
    third = Decision(action=Action.CARRY, digest=THIRD, previous=OTHER)
    back = Decision(action=Action.CARRY, digest=ONE, previous=THIRD)
    decisions = Decisions([said(Action.ACCEPT), second, third, back])
    assert decisions.reached_from([OTHER]) == {ONE, OTHER, THIRD}
    assert Decisions().reached_from([ONE]) == {ONE}


def test_decision_is_found_whatever_its_turn() -> None:
    decisions = Decisions([said(Action.ACCEPT, turn=3)])
    assert decisions.has(said(Action.ACCEPT))
    assert not decisions.has(said(Action.ACCEPT, BEN))
    assert not decisions.has(said(Action.ACCEPT, digest=OTHER))
    assert decisions.of(ONE) is decisions.of(ONE)


def test_what_a_person_decided_is_listed_though_it_was_taken_back() -> None:
    withdrawn = said(Action.WITHDRAW, turn=2)
    decisions = Decisions([said(Action.ACCEPT), withdrawn, said(Action.REJECT, BEN, digest=OTHER)])
    assert [*decisions.by(ANA)] == [said(Action.ACCEPT), withdrawn]
    assert decisions.holding(ONE) == ()


def test_what_publishing_asks_of_targets_is_told_of_those_alone() -> None:
    decided = [
        said(Action.DISMISS, check="numbers"),
        said(Action.ACCEPT, BEN, digest=OTHER),
        said(Action.APPROVE, digest=OTHER, turn=2),
        said(Action.REJECT, digest=THIRD),
    ]
    assert Decisions(decided).told_of_targets == ((ONE, "numbers", (), ()), (OTHER, (ANA,), (BEN,)))
    assert Decisions(decided[3:]).told_of_targets == ()


def test_kinds_of_decisions_are_known_to_be_there_or_not() -> None:
    withheld = Decision(action=Action.WITHHOLD, posting="nurse")
    found = Decisions([withheld, said(Action.REJECT, TOOLS)])
    assert (found.any_withheld, found.any_rejected, found.any_found) == (True, True, True)
    assert (found.any_dismissed, found.any_approved, Decisions().any_found) == (False, False, False)
