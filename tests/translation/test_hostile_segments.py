"""What must not change comes back from every engine as it went in, or there is no target and a reason."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel import Locale

from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.engines.firefox import FirefoxEngine
from pipeline.translation.ladder import Output
from pipeline.translation.lettering import Evidence
from pipeline.translation.memory_file import open_memory
from pipeline.translation.preparation import Preparation
from pipeline.translation.routes import Route, Step
from pipeline.translation.segmenter import Segmenter
from pipeline.translation.translator import Translator
from tests.models.firefox_models import EN_PT, install_firefox
from tests.tools import LONG
from tests.translation.asking import ask, recall
from tests.translation.hostile import NAMES, SPOILERS, Hostile, SpoilingEngine, hostile_segments

SEGMENTS = tuple(hostile_segments(400 if LONG else 200, seed=1))


def translated(engine: Engine, segments: Iterable[Hostile], folder: Path) -> dict[str, Output]:
    route = Route(steps=(Step(engine=engine, pair=Pair("en", "pt")),))
    sources = [segment.text for segment in segments]
    with open_memory(folder / "memory.sqlite3") as memory:
        translator = Translator(
            memory=memory,
            refuse=lambda _source, target: () if target else ("empty",),
            locale=Locale("pt", "BR"),
            preparation=Preparation(evidence=Evidence(language="en", names=NAMES)),
        )
        ask(translator, route, sources)
        return recall(translator, route, sources)


def lost(segments: Iterable[Hostile], outputs: dict[str, Output]) -> list[tuple[str, str]]:
    """Return the targets in which a planted span does not stand as often as in the source."""
    return [
        (segment.text, outputs[segment.text].target)
        for segment in segments
        if not outputs[segment.text].failures
        and any(
            outputs[segment.text].target.count(span) != segment.text.count(span) for span in Counter(segment.planted)
        )
    ]


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_no_planted_span_is_lost_doubled_or_changed_in_silence(spoiler: str, tmp_path: Path) -> None:
    outputs = translated(SpoilingEngine(SPOILERS[spoiler]), SEGMENTS, tmp_path)
    assert len(outputs) == len({segment.text for segment in SEGMENTS})
    assert lost(SEGMENTS, outputs) == []
    assert all(bool(output.target) != bool(output.failures) for output in outputs.values())


@pytest.mark.parametrize("spoiler", ["keeps", "drops the first marker", "doubles", "sets spaces"])
def test_most_of_what_an_engine_spoils_is_still_translated(spoiler: str, tmp_path: Path) -> None:
    outputs = translated(SpoilingEngine(SPOILERS[spoiler]), SEGMENTS, tmp_path)
    assert sum(bool(output.target) for output in outputs.values()) == len(outputs)


@pytest.mark.parametrize("name", ["bergamot", "firefox"])
def test_a_real_engine_loses_nothing(name: str, tmp_path: Path) -> None:
    engine: Engine = BergamotEngine(Segmenter())
    if name == "firefox":
        engine = FirefoxEngine([install_firefox(tmp_path / "models", EN_PT)], Segmenter())
    outputs = translated(engine, SEGMENTS[:120], tmp_path)
    assert lost(SEGMENTS[:120], outputs) == []
    assert sum(bool(output.target) for output in outputs.values()) >= 100


def test_a_lost_span_would_be_seen() -> None:
    segment = Hostile(text="write to jobs@a.example", planted=("jobs@a.example",))
    changed = {segment.text: Output(target="escreva para jobs-a.example")}
    assert lost([segment], changed) == [(segment.text, "escreva para jobs-a.example")]
