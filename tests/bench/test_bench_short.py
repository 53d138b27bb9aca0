"""Every section of the bench runs, on little text and without a look at the clock."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.reading.headings import load_headings
from pipeline.translation.engines.argos import ArgosEngine
from tests.bench import (
    argos_bench,
    beam,
    bodies_bench,
    detection_bench,
    facts_bench,
    intake_bench,
    memory_bench,
    risk_bench,
    same_targets,
    samples_bench,
)
from tests.bench.argos_peers import PAIR
from tests.bench.big_model import Size, big_packages
from tests.bench.sentences import distinct_sentences
from tests.bench.table import HEAD, Row, layout
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
    rows = list(argos_bench.compare("small", small, EXTENT, {"argostranslate": "≥ 12"}))
    assert [(row.what, row.wanted) for row in rows] == [
        ("small, words a second (peer: bare translate_batch)", ""),
        ("small, words a second (peer: argostranslate)", "≥ 12"),
        ("small, words a second (peer: argostranslate, 1 thread)", ""),
    ]


def test_libretranslate_is_compared_where_there_is_one(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(argos_bench.LIBRETRANSLATE, require_libretranslate())
    rows = argos_bench.compare("small", small, EXTENT, {})
    assert sum("LibreTranslate" in row.what for row in rows) == 2


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
    assert [(row.ours, row.peer) for row in found if isinstance(row, Row)] == [((0,), (400,))] * len(
        same_targets.OTHERS
    )


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
    assert [row.what.split(",")[0] for row in rows] == ["bodies in HTML", "bodies in Markdown", "bodies in text"]
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


def test_machine_without_real_data_measures_the_rest_and_is_told_in_a_line() -> None:
    environment = {**os.environ, "POLYPOST_DATA": "/nonexistent", "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "tests.bench", "detection"]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "POLYPOST_DATA" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr
    assert [line for line in done.stdout.splitlines()[1:] if "skipped: POLYPOST_DATA" not in line] == []


def every_row() -> Iterator[Row]:
    yield Row(what="a", ours=(2.0, 1.0, 3.0), peer=(1.0, 1.0, 1.0), wanted="≥ 2")


def test_table_shows_medians_and_the_span_of_the_ratios() -> None:
    assert [line.split() for line in layout(every_row()).splitlines()] == [
        list(HEAD),
        ["a", "2.0", "1.0", "2.00", "1.00–3.00", "≥", "2"],
    ]


def test_row_without_a_peer_for_every_round_is_refused() -> None:
    with pytest.raises(ValueError, match="2 rounds of ours, 1 of the peer"):
        Row(what="a", ours=(1.0, 2.0), peer=(1.0,))


def test_documents_of_each_form_give_their_records() -> None:
    found = [row.what for row in intake_bench.rows(count=20, rounds=1) if isinstance(row, Row)]
    assert found == [
        "JSON Lines, records a second (peer: bare msgspec)",
        "JSON list, records a second (peer: bare msgspec)",
        "job XML, records a second (peer: bare ElementTree)",
        "JSON Lines, postings read and validated a second",
    ]


def test_facts_of_real_lines_are_counted_in_both_directions() -> None:
    rows = [row for row in facts_bench.rows(most=3) if isinstance(row, Row)]
    assert [row.what for row in rows] == [
        f"facts {pair}, % of 3 lines with a changed or lost one (peer: as written)" for pair in ("en→pt_BR", "pt_BR→en")
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
    figures = [row.what for row in risk_bench.risk_rows(judged)]
    assert figures[0].startswith("risk, AUC in percent of 7 targets, 3 wrong (95 in 100: ")
    assert len(figures) == 8


def test_of_risks_that_say_nothing_every_second_pair_is_right() -> None:
    assert risk_bench.auc([5, 5, 5], [True, False, False]) == 50
    assert risk_bench.worst([9, 8, 1, 1], [True, False, False, True], 50) == (50, 50)
