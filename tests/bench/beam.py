"""What a wider beam costs and brings, to choose the engine's default from."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from pipeline.translation.engines.argos import DECODING
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.segmenter import Segmenter
from tests.bench.argos_bench import CACHE, BareModel, small_packages
from tests.bench.argos_peers import PAIR
from tests.bench.big_model import Size, big_packages
from tests.bench.race import Runner, race
from tests.bench.sentences import distinct_sentences
from tests.bench.table import Found, Row, tried

BEAMS = (1, 2, 4, 6)
SEED = 17
SMALL, BIG = 600, 60
ROUNDS = 3


def rows() -> Iterator[Found]:
    """Compare speed on both models; quality on the small one, since random weights have none."""
    small = small_packages(CACHE)
    yield from tried("small argos, chrF", lambda: quality(small, distinct_sentences(SMALL, SEED)))
    yield from tried("small argos, beams", lambda: speed("small argos", small, distinct_sentences(SMALL, SEED), ROUNDS))
    yield from tried(
        "big argos, beams",
        lambda: speed("big argos", big_packages(CACHE, Size()), distinct_sentences(BIG, SEED), ROUNDS),
    )


def quality(models: Path, segments: Sequence[str]) -> Iterator[Row]:
    """Compare chrF (0-100) with that of the engine's own beam.

    The reference is Bergamot, from which the model learned; the sentences are of the templates that it was trained on,
    put together anew.
    """
    expected = BergamotEngine(Segmenter()).translate(segments, PAIR)
    scores = {beam: chrf(BareModel(models, beam_size=beam).texts(segments), expected) for beam in BEAMS}
    for beam in BEAMS:
        ours, peer = (scores[beam],), (scores[_default()],)
        what = f"small argos, chrF with beam {beam}"
        yield Row(what=what, size=_size(segments), ours=ours, peer=peer, against=_peer())


def speed(model: str, models: Path, segments: Sequence[str], rounds: int) -> Iterator[Row]:
    """Compare words a second with those of the engine's own beam."""
    runners = [
        Runner(name=str(beam), translate=BareModel(models, beam_size=beam).translate, segments=segments)
        for beam in BEAMS
    ]
    figures = race(runners, rounds)
    for beam in BEAMS:
        what, ours, peer = f"{model}, words with beam {beam}", figures[str(beam)], figures[str(_default())]
        yield Row(what=what, size=_size(segments), unit="/s", ours=ours, peer=peer, against=_peer())


def chrf(found: Sequence[str], expected: Sequence[str]) -> float:
    """Return how far the characters agree, 0-100 (Popović 2015), by SacreBLEU."""
    return float(import_module("sacrebleu").corpus_chrf(list(found), [list(expected)]).score)


def _default() -> int:
    return int(DECODING["beam_size"])


def _peer() -> str:
    return f"beam {_default()}"


def _size(segments: Sequence[str]) -> str:
    return f"{len(segments)} segments"
