"""Every section of the bench runs, on little text and without a look at the clock."""

import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.bench.__main__ as bench
from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.reading.headings import load_headings
from pipeline.translation.engines.argos import ArgosEngine
from tests.bench import (
    argos_bench,
    beam,
    bodies_bench,
    catalogs_bench,
    detection_bench,
    facts_bench,
    intake_bench,
    large_bench,
    memory_bench,
    neighbours_bench,
    risk_bench,
    same_targets,
    samples_bench,
)
from tests.bench.argos_peers import PAIR
from tests.bench.big_model import Size, big_packages
from tests.bench.cost import cost_of
from tests.bench.results import head, merged
from tests.bench.sentences import distinct_sentences
from tests.bench.table import HEAD, Found, Missing, Row, layout
from tests.detection_sets import dev_texts
from tests.make.risk_weights import fit, read_judged, write
from tests.projects import CHECKOUT
from tests.translation.libretranslate_servers import require_libretranslate

EXTENT = argos_bench.Extent(segments=12, share=3, rounds=1)
TINY = Size(layers=2, width=64, heads=4, inner=128, vocabulary=6000)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return argos_bench.small_packages(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return big_packages(tmp_path_factory.mktemp("tiny"), TINY)


def test_all_ways_to_run_argos_are_compared(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(argos_bench.LIBRETRANSLATE, raising=False)
    rows = list(argos_bench.compare("small", small, EXTENT, {"argostranslate": 12}))
    assert [(row.what, row.against, row.at_least) for row in rows] == [
        ("small, words", "bare translate_batch", None),
        ("small, words", "argostranslate", 12),
        ("small, words", "argostranslate, 1 thread", None),
    ]


def test_libretranslate_is_compared_where_there_is_one(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(argos_bench.LIBRETRANSLATE, require_libretranslate())
    rows = argos_bench.compare("small", small, EXTENT, {})
    assert sum("LibreTranslate" in row.against for row in rows) == 2


def test_random_weights_end_near_the_length_of_the_source_and_are_the_same_each_time(
    tiny: Path, tmp_path: Path
) -> None:
    again = big_packages(tmp_path, TINY)
    model = Path("model", "model.bin")
    assert (argos_bench.package(tiny).folder / model).read_bytes() == (
        argos_bench.package(again).folder / model
    ).read_bytes()
    bare = argos_bench.BareModel(tiny)
    segments = distinct_sentences(40, seed=1)
    bare.cut(segments)
    lengths = [len(result.hypotheses[0]) for result in bare.translate(segments)]
    sources = sorted(len(bare.pieces(segment)) for segment in segments)
    assert 0.6 < sum(lengths) / sum(sources) < 1.4
    assert max(lengths) < 2 * max(sources)


@pytest.mark.parametrize("kind", ["small", "tiny"])
def test_neither_workers_nor_order_nor_batches_change_one_of_some_hundred_targets(
    kind: str, request: pytest.FixtureRequest
) -> None:
    found = list(same_targets.count(kind, request.getfixturevalue(kind), 400))
    assert [(row.ours, row.met) for row in found if isinstance(row, Row)] == [((0,), True)] * len(same_targets.OTHERS)


def test_sentence_alone_and_in_company_has_one_target(tiny: Path) -> None:
    engine: ArgosEngine = argos_bench.open_engine(tiny, workers=2)
    segments = distinct_sentences(200, seed=4)
    alone = [engine.translate([segment], PAIR)[0] for segment in segments]
    assert engine.translate(segments, PAIR) == alone


def test_chrf_tells_equal_from_different() -> None:
    assert beam.chrf(["Contador"], ["Contador"]) == 100
    assert beam.chrf(["Contador"], ["zzz"]) == 0


def test_beams_are_compared(small: Path) -> None:
    segments = distinct_sentences(8, seed=1)
    rows = [*beam.quality(small, segments), *beam.speed("small", small, segments, rounds=1)]
    assert len(rows) == 2 * len(beam.BEAMS)
    assert all(0 < row.ours[0] <= 100 for row in rows[: len(beam.BEAMS)])


def test_memory_is_measured_early_and_late(small: Path) -> None:
    row = memory_bench.row(small, early=10, late=30)
    assert 10 < row.peer[0] <= row.ours[0] < 1000


def test_reading_of_bodies_is_measured_in_every_form() -> None:
    rows = list(bodies_bench.rows(rounds=1, bodies=2))
    assert list(dict.fromkeys(row.what for row in rows)) == ["bodies in HTML", "bodies in Markdown", "bodies in text"]
    assert all(row.ours[0] > 0 for row in rows)


def test_samples_are_measured() -> None:
    sources = samples_bench.sample_sources()[:6]
    rows = [samples_bench.detection_row(sources, 1), samples_bench.bergamot_row(sources[:2], 1)]
    rows += samples_bench.firefox_rows(sources[:2], 1)
    assert all(row.ours[0] > 0 for row in rows)


def test_detection_is_measured() -> None:
    dev_texts("full1500")
    ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    rows = list(
        detection_bench.speed_rows(lambda each: read_language(each, ensemble, load_headings()), rounds=1, each=1)
    )
    assert all(row.ours[0] > 0 < row.peer[0] for row in rows)


def test_machine_without_real_data_measures_the_rest_and_is_told_in_a_row(tmp_path: Path) -> None:
    environment = {**os.environ, "POLYPOST_DATA": "/nonexistent", "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "tests.bench", "--results", str(tmp_path / "results"), "detection"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "POLYPOST_DATA" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr
    assert [line for line in done.stdout.splitlines()[1:] if "missing: POLYPOST_DATA" not in line] == []
    assert "missing: POLYPOST_DATA" in (tmp_path / "results").read_text(encoding="utf-8")


def test_fault_of_a_section_is_a_row() -> None:
    assert (
        bench.fault_of(1, ["Traceback", f"OSError: no {CHECKOUT}/samples"], 60) == "it ended with OSError: no ./samples"
    )
    assert bench.fault_of(-9, [], 60) == "it did not end within 60 s"


def test_sections_that_are_measured_alone_take_the_place_of_their_rows() -> None:
    def page(old: str, machine: str = "two cores", **figures: float) -> str:
        rows = {name: [Row(what=f"row {name}", ours=(value,))] for name, value in figures.items()}
        return merged(old, rows, order=["a", "b", "c"], head=machine)

    first = page("", a=1.0, c=3.0)
    both = page(first, c=4.0, b=2.0)
    assert [line.split(" | ")[1:4:2] for line in both.splitlines()[3:]] == [
        ["row a", "1.00"],
        ["row b", "2.00"],
        ["row c", "4.00"],
    ]
    assert page(both, machine="four cores", b=2.0) == page("", machine="four cores", b=2.0)


def test_results_name_neither_the_machine_nor_a_folder_of_it() -> None:
    told = head()
    assert socket.gethostname() not in told
    assert "/" not in told.replace("`make", "")


def test_what_a_command_takes_is_its_own() -> None:
    held = bytearray(300_000_000)  # of this process, which a peak of another must not hold
    cost = cost_of("-c", "import time; time.sleep(0.2); print(7)")
    assert len(held) > cost.megabytes * 1e6
    assert (cost.output, 0.2 <= cost.seconds < 20, cost.processor_seconds < cost.seconds) == ("7\n", True, True)


def test_command_that_fails_is_told_with_what_it_said() -> None:
    with pytest.raises(RuntimeError, match="ended with 3: gone"):
        cost_of("-c", "import sys; print('gone', file=sys.stderr); sys.exit(3)")


def test_builds_and_changes_of_a_small_project_are_measured(tmp_path: Path) -> None:
    steps = [step for step in large_bench.STEPS if step.what.startswith(("first", "unchanged", "build after one acc"))]
    rows = list(large_bench.project_rows(tmp_path, 9, [step._replace(rounds=min(step.rounds, 2)) for step in steps]))
    assert {row.what for row in rows} >= {step.what for step in steps}
    assert [row.ours for row in rows if row.what == "unchanged build, files written"] == [(0,)]


def test_catalogs_are_merged_beside_msgmerge_and_checked() -> None:
    rows = [*catalogs_bench.merge_rows(60, 6, 1), *catalogs_bench.check_rows(60)]
    assert [(row.what, row.size) for row in rows] == [
        ("catalog read, merged and written", "60 units, 6 edited"),
        ("catalogs update, beyond the merge", "60 units, 6 edited"),
        ("checks of a catalog, the first time", "60 units"),
        ("checks of a catalog, again", "60 units"),
    ]


def test_neighbours_are_looked_up_and_compared_with_those_of_a_full_scan() -> None:
    rows = list(neighbours_bench.rows(sources=12_000, looked_up=5, scanned=2))
    assert [row.what for row in rows] == ["neighbours looked up", "neighbours found of those of a full scan, by score"]
    assert all(row.ours[0] > 0 for row in rows)


def every_row() -> Iterator[Found]:
    yield Row(what="peer", ours=(2.0, 1.0, 3.0), peer=(1.0, 1.0, 1.0), against="it", at_least=2)
    yield Row(what="limit", size="10", unit="s", ours=(7.0,), at_most=3.5)
    yield Row(what="none", ours=(1.0,), at_most=0)
    yield Row(what="alone", ours=(1234.0,))
    yield Missing(what="other", need="gettext")


def test_table_shows_medians_the_span_of_the_ratios_and_whether_the_bar_is_met() -> None:
    assert [re.split("  +", line) for line in layout(every_row()).splitlines()] == [
        list(HEAD),
        ["peer", "2.00", "1.00 it", "2.00 (1.00–3.00)", "≥ 2.00", "yes"],
        ["limit", "10", "7.00 s", "limit 3.50", "2.00", "≤ 1.00", "NO"],
        ["none", "1.00", "limit 0.00", "NO"],
        ["alone", "1,234"],
        ["other", "missing: gettext"],
    ]


def test_row_with_two_bars_is_refused() -> None:
    with pytest.raises(ValueError, match="one bar a row"):
        Row(what="a", ours=(1.0,), at_most=1, at_least=1)


def test_row_without_a_peer_for_every_round_is_refused() -> None:
    with pytest.raises(ValueError, match="2 rounds of ours, 1 of the peer"):
        Row(what="a", ours=(1.0, 2.0), peer=(1.0,))


def test_documents_of_each_form_give_their_records() -> None:
    found = [row.what for row in intake_bench.rows(count=20, rounds=1) if isinstance(row, Row)]
    assert found == [
        "JSON Lines, records",
        "JSON Lines, records",
        "JSON list, records",
        "job XML, records",
        "JSON Lines, postings read and validated",
    ]


def test_facts_of_real_lines_are_counted_in_both_directions() -> None:
    rows = [row for row in facts_bench.rows(most=3) if isinstance(row, Row)]
    assert [(row.what, row.size) for row in rows] == [
        (f"facts {pair}, lines with a changed or lost one", "3 lines")
        for pair in ("en→pt_BR", "en→pt_BR", "pt_BR→en", "pt_BR→en")
    ]


VERDICTS = (
    ("We bake bread.", "Assamos pão.", "ok"),
    ("You manage the sales team.", "Você gerencia a equipe de vendas.", "ok"),
    ("We offer paid holidays.", "Oferecemos férias remuneradas.", "awkward"),
    ("Night nurse wanted.", "Noite enfermeira procurada.", "awkward"),
    ("Don't bullshit people.", "Não bullshit pessoas.", "wrong"),
    ("Senior Product Operations Manager", "Senior Operations gerente de chumbo", "wrong"),
)


def test_the_risk_of_judged_targets_is_measured_by_weights_from_others(tmp_path: Path) -> None:
    lines = [
        {"source": source, "target": target, "locale": "pt_BR", "context": "offer", "verdict": verdict, "kind": "sense"}
        for source, target, verdict in VERDICTS
    ]
    back = {"source": "Vaga de padeiro", "target": "Bread job", "pair": "pt>en", "context": "title", "verdict": "wrong"}
    (tmp_path / "verdicts.jsonl").write_text("\n".join(map(json.dumps, (*lines, back))), encoding="utf-8")
    judged = read_judged([tmp_path / "verdicts.jsonl"])
    assert [each.wrong for each in judged] == [False] * 4 + [True] * 3
    weights = fit(judged)
    assert all(weight >= 0 for weight in weights.weights.values())
    assert tomllib.loads(write(weights, judged))["weights"] == weights.weights
    rows = list(risk_bench.risk_rows(judged))
    assert isinstance(rows[0], Row)
    assert (rows[0].what.split("(")[0], rows[0].size) == ("risk, AUC, 3 wrong ", "7 targets")
    assert len(rows) == 8


def test_of_risks_that_say_nothing_every_second_pair_is_right() -> None:
    assert risk_bench.auc([5, 5, 5], [True, False, False]) == 50
    assert risk_bench.worst([9, 8, 1, 1], [True, False, False, True], 50) == (50, 50)
