"""Of all sentences those are named that complete the most postings, and how many postings wait for each is counted."""

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Plan, Reason, WantedUnit
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.publishing.versions.waiting import Choice, Place, UnitName, Waiting, best_choice
from tests.publishing.examples import nurse, segmented

SETS = st.dictionaries(st.frozensets(st.sampled_from("abcdef"), min_size=1, max_size=5), st.integers(1, 5), max_size=9)
HOURS, PAY, TEAM, LAW = (Unit(key=UnitKey("offer", text)) for text in ("Hours", "Pay", "Team", "Law"))


def held(*holding: Unit, as_written: tuple[Unit, ...] = (), language: str = "en") -> Decision:
    posting = nurse(language=language)
    return Decision(
        segmented=segmented(posting),
        locale=parse_locale("fr"),
        reason=Reason.FINDING if holding else Reason.MACHINE,
        holding=holding,
        as_written=as_written,
    )


def waiting(*decisions: Decision, most: int = 6) -> Waiting:
    found = Waiting(most)
    for decision in decisions:
        found.note(decision)
    return found


def plan(*units: tuple[Unit, int, int], postings: int, whole: int, of: int, waiting: int) -> Plan:
    wanted = tuple(WantedUnit(unit=unit, postings=number, alone=alone) for unit, number, alone in units)
    return Plan(units=wanted, postings=postings, whole=whole, of=of, waiting=waiting)


def test_the_sentence_that_alone_holds_most_postings_comes_first() -> None:
    found = waiting(held(HOURS), held(PAY), held(PAY), held(PAY, TEAM), most=1)
    assert found.to_publish == plan((PAY, 3, 2), postings=2, whole=2, of=3, waiting=4)


def test_counts_that_stand_for_all_locales_are_those_of_postings_noted_one_by_one() -> None:
    noted = waiting(held(HOURS), held(PAY), held(PAY, TEAM))
    apart = Waiting(6)
    names = {unit: UnitName("en", unit.key) for unit in (HOURS, PAY, TEAM)}
    for units in ((HOURS,), (PAY,), (PAY, TEAM)):
        places = [Place("en", partial(Unit, key=unit.key)) for unit in units]
        apart.add([names[unit] for unit in units], places, published=False, whole=True)
    apart.add_counts(Counter({names[HOURS]: 1, names[PAY]: 2, names[TEAM]: 1}), published=False)
    assert apart.to_publish == noted.to_publish


def test_two_sentences_that_hold_many_together_win_over_one_that_holds_few() -> None:
    found = waiting(*[held(PAY, TEAM)] * 5, held(HOURS), most=2)
    assert found.to_publish == plan((PAY, 5, 0), (TEAM, 5, 0), postings=5, whole=5, of=3, waiting=6)


def test_a_posting_that_goes_live_with_sentences_as_written_is_not_whole() -> None:
    found = waiting(held(PAY, as_written=(TEAM,)), held(PAY))
    assert found.to_publish == plan((PAY, 2, 2), postings=2, whole=1, of=1, waiting=2)
    assert found.to_complete == plan(postings=0, whole=0, of=0, waiting=0)


def test_published_postings_wait_for_what_they_show_as_written() -> None:
    found = waiting(held(as_written=(LAW,)), held(as_written=(LAW, TEAM)), held())
    assert found.to_complete == plan((LAW, 2, 1), (TEAM, 1, 0), postings=2, whole=2, of=2, waiting=2)
    assert found.to_publish == plan(postings=0, whole=0, of=0, waiting=0)


def test_a_posting_that_needs_more_sentences_than_are_named_is_only_counted() -> None:
    found = waiting(held(PAY, TEAM, HOURS), most=2)
    assert found.to_publish == plan(postings=0, whole=0, of=3, waiting=1)


def test_where_every_posting_needs_more_sentences_than_are_named_their_number_is_told() -> None:
    found = Waiting(2)
    found.add_others(3, published=False)
    found.add_others(1, published=True)
    assert found.to_publish == plan(postings=0, whole=0, of=0, waiting=3)
    assert found.to_complete == plan(postings=0, whole=0, of=0, waiting=1)


def test_equal_sentences_of_two_languages_are_two() -> None:
    found = waiting(held(PAY), held(PAY, language="de"))
    assert found.to_publish == plan((PAY, 1, 1), (PAY, 1, 1), postings=2, whole=2, of=2, waiting=2)


def test_sentence_that_waits_for_its_risk_names_it() -> None:
    risky = replace(held(PAY, TEAM), too_risky={PAY.key: 72, LAW.key: 99})
    wanted = (WantedUnit(unit=PAY, postings=2, alone=1, risk=72), WantedUnit(unit=TEAM, postings=1))
    assert waiting(risky, held(PAY)).to_publish.units == wanted
    assert (risky.highest_risk, held(PAY).highest_risk) == (72, 0)


def test_what_no_longer_fits_is_left() -> None:
    sets = {frozenset("a"): 9, frozenset("bcde"): 4}
    assert best_choice(sets, most=4) == Choice(("a",), 9)
    assert best_choice(sets, most=5) == Choice(("a", "b", "c", "d", "e"), 13)


@given(SETS, st.integers(1, 4))
def test_a_choice_completes_what_it_says_within_its_limit(sets: dict[frozenset[str], int], most: int) -> None:
    choice = best_choice(sets, most=most)
    assert len(set(choice.items)) == len(choice.items) <= most
    assert choice.completed == sum(number for items, number in sets.items() if items <= set(choice.items))


@given(SETS)
def test_one_item_is_the_best_one(sets: dict[frozenset[str], int]) -> None:
    alone = [number for items, number in sets.items() if len(items) == 1]
    assert best_choice(sets, most=1).completed == max(alone, default=0)


@pytest.mark.parametrize("most", [2, 3])
def test_a_choice_is_the_best_where_items_overlap_in_pairs(most: int) -> None:
    sets = {frozenset(pair): number for number, pair in enumerate(("ab", "bc", "cd", "ac"), 1)}
    tried = (set(items) for items in combinations("abcd", most))
    best = max(sum(number for items, number in sets.items() if items <= chosen) for chosen in tried)
    assert best_choice(sets, most=most).completed == best
