"""Similar sources looked up among 200,000: how many a second, and how many of those that a scan of all would find."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from rapidfuzz import fuzz, process

from pipeline.catalog.past_units import MIN_SCORE, MOST, PastUnit, PastUnits
from tests.bench.catalogs_bench import made_units
from tests.bench.plain_bench import real_segments
from tests.bench.table import Row

SOURCES, LOOKED_UP, SCANNED = 200_000, 1_000, 60
_SEED = 20261130
# What an index in a database reaches at the same number, which is the bar; a scan of all reaches 11 to 27.
_AT_LEAST = 781


def rows(sources: int = SOURCES, looked_up: int = LOOKED_UP, scanned: int = SCANNED) -> Iterator[Row]:
    """Look up sources that differ from one of real postings in two words, and scan all for some of them."""
    chance = Random(_SEED)  # noqa: S311  sentences, not secrets
    real = [key.source for key in real_segments()["en"]]
    every = [*real, *(unit.key.source for unit in made_units(sources - len(real)))]
    asked = [_edited(chance.choice(real), chance) for _ in range(looked_up)]
    past = PastUnits(PastUnit("requirements", source, "x") for source in every)
    list(past.nearest(asked))  # makes the index
    started = time.process_time()
    found = list(past.nearest(asked))
    taken = time.process_time() - started
    size = f"{sources:,} units"
    yield Row(what="neighbours looked up", size=size, unit="/s", ours=(looked_up / taken,), at_least=_AT_LEAST)
    met = wanted = 0
    for source, matches in list(zip(asked, found, strict=True))[:scanned]:
        best = process.extract(source, every, scorer=fuzz.ratio, score_cutoff=MIN_SCORE, limit=MOST)
        wanted += len(best)
        met += _common([match.score for match in matches], [score for _, score, _ in best])
    what = "neighbours found of those of a full scan, by score"
    yield Row(what=what, size=f"{wanted} neighbours", unit="%", ours=(100 * met / max(wanted, 1),))


def _common(found: Sequence[float], wanted: Sequence[float]) -> int:
    """Return how many scores are in both: of equally similar sources any will do."""
    scores = (Counter(round(score, 6) for score in some) for some in (found, wanted))
    first, second = scores
    return (first & second).total()


def _edited(source: str, chance: Random) -> str:
    words = source.split(" ")
    for _ in range(2):
        words[chance.randrange(len(words))] = chance.choice(("night", "team", "customers", "every", "large"))
    return " ".join(words)
