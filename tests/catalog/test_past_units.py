"""Look-ups among what people have translated before: by comparing with everything, and by an index."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog.past_units import PastUnit, PastUnits, past_units
from pipeline.language.limits import MAX_SEGMENT_CHARS
from pipeline.model.unit import DELIBERATELY_EMPTY
from tests.catalog.units import engines, persons


def word(random: Random) -> str:
    return "".join(random.choice("aeiou" if place % 2 else "bcdfglmnprst") for place in range(random.randint(2, 9)))


def edited(random: Random, source: str) -> str:
    words = source.split()
    for _ in range(max(1, len(words) // 5)):
        words[random.randrange(len(words))] = word(random)
    return " ".join(words)


def found(memory: PastUnits, *sources: str) -> list[list[tuple[float, str]]]:
    return [[(round(match.score, 6), match.unit.source) for match in near] for near in memory.nearest(sources)]


def test_best_three_come_first_and_what_shares_no_wording_does_not_come() -> None:
    past = ["two cooks", "two cooks and a waiter", "ten cooks", "six cooks", "a bus driver"]
    memory = PastUnits(PastUnit("", source, source.upper()) for source in past)
    assert [source for _, source in found(memory, "two cooks")[0]] == ["two cooks", "ten cooks", "six cooks"]
    assert found(memory, "xyz") == [[]]


def test_equal_sources_with_different_targets_are_different_neighbours() -> None:
    memory = PastUnits(
        [PastUnit("title", "Cook", "Koch"), PastUnit("offer", "Cook", "Köchin"), PastUnit("", "Cook", "Koch")]
    )
    assert [match.unit.target for match in next(memory.nearest(["Cook"]))] == ["Koch", "Köchin"]
    assert [unit.context for unit in memory.exact("Cook")] == ["title", "offer"]


def test_empty_memory_and_texts_beyond_the_limit_find_nothing() -> None:
    long = "a" * (MAX_SEGMENT_CHARS + 1)
    assert found(PastUnits(()), "Cook") == [[]]
    assert found(PastUnits([PastUnit("", long, "b"), PastUnit("", "Cook", "Koch")]), long) == [[]]


def test_index_finds_what_a_full_scan_finds() -> None:
    random = Random(1)  # noqa: S311  words, not secrets
    vocabulary = [word(random) for _ in range(400)]
    past = [" ".join(random.choices(vocabulary, k=random.randint(2, 14))) for _ in range(1000)]
    past += [edited(random, source) for source in past for _ in range(2)]
    asked = [edited(random, source) for source in past]
    by_index, by_scan = (PastUnits(PastUnit("", source, "x") for source in past) for _ in range(2))
    indexed = found(by_index, *asked)[:300]
    scanned = [found(by_scan, source)[0] for source in asked[:300]]
    scores = [
        ([score for score, _ in near], [score for score, _ in all_of_it])
        for near, all_of_it in zip(indexed, scanned, strict=True)
    ]
    wanted = sum(len(all_of_it) for _, all_of_it in scores)
    assert wanted > 700
    assert sum((Counter(near) & Counter(all_of_it)).total() for near, all_of_it in scores) >= 0.97 * wanted
    assert ["_index" in memory.__dict__ for memory in (by_index, by_scan)] == [True, False]


@given(st.lists(st.text(max_size=12), max_size=8), st.text(max_size=12))
def test_any_text_can_be_kept_and_asked_for(past: list[str], asked: str) -> None:
    memory = PastUnits(PastUnit("", source, "x") for source in past)
    assert found(memory, *[asked] * 400)[0][:1] == found(PastUnits(PastUnit("", s, "x") for s in past), asked)[0][:1]


def test_what_people_accepted_counts_whether_its_posting_is_there_or_not() -> None:
    units = [persons("Cook", "Cuisinier"), replace(persons("Nurse", "Infirmier"), retired=True)]
    assert [unit.target for unit in past_units(units)] == ["Cuisinier", "Infirmier"]


def test_drafts_and_deliberately_empty_targets_do_not_count() -> None:
    units = [
        engines("Cook", "Cuisinier"),
        persons("Nurse", "Infirmier", doubtful=True),
        persons("A", DELIBERATELY_EMPTY),
    ]
    assert list(past_units(units)) == []
