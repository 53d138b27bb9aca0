"""Whether a target depends on how many workers there are, on the order of the segments, or on where batches are cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.translation.engines.argos import ArgosEngine
from tests.bench.argos_bench import CACHE, open_engine, small_packages
from tests.bench.argos_peers import PAIR
from tests.bench.big_model import Size, big_packages
from tests.bench.sentences import distinct_sentences
from tests.bench.table import Found, Note, Row, tried

SMALL, BIG = 10_000, 100
SEED = 11
SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way through the same segments; without `batch`, the batches of the engine."""

    workers: int
    shuffle: int | None = None
    batch: int | None = None

    def __str__(self) -> str:
        order = "in order" if self.shuffle is None else f"shuffled ({self.shuffle})"
        return f"workers {self.workers}, {order}, batches of {self.batch or ArgosEngine.batch_segments}"


FIRST = Way(workers=1)
OTHERS = (Way(workers=2), Way(workers=4, shuffle=1, batch=97))


def rows() -> Iterator[Found]:
    """Count the segments with more than one target, on both models."""
    yield from tried("small argos", lambda: count("small argos", small_packages(CACHE), SMALL))
    yield from tried("big argos", lambda: count("big argos", big_packages(CACHE, Size()), BIG))


def count(model: str, models: Path, number: int) -> Iterator[Found]:
    """Translate each way and compare with the first; what differs is shown."""
    segments = distinct_sentences(number, SEED)
    expected = translate(models, segments, FIRST)
    for way in OTHERS:
        found = translate(models, segments, way)
        different = [segment for segment in segments if found[segment] != expected[segment]]
        yield Row(
            what=f"{model}, other targets with {way}",
            size=f"{number:,} segments",
            ours=(len(different),),
            at_most=0,
        )
        for segment in different[:SHOWN]:
            yield Note(what=f"{model}, {way}", text=f"{segment!r}: {expected[segment]!r}, {found[segment]!r}")


def translate(models: Path, segments: Sequence[str], way: Way) -> dict[str, str]:
    """Return the targets by their sources."""
    engine = open_engine(models, way.workers)
    ordered = list(segments)
    if way.shuffle is not None:
        Random(way.shuffle).shuffle(ordered)  # noqa: S311  an order, not a secret
    size = way.batch or engine.batch_segments
    batches = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    targets = [target for batch in batches for target in engine.translate(batch, PAIR)]
    return dict(zip(ordered, targets, strict=True))
