"""Our Argos engine against those who run the same packages, on a small real one and on one of the usual size."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from os import cpu_count
from pathlib import Path
from typing import Any

from pipeline.model.packages import InstalledPackage
from pipeline.models.install import install_package
from pipeline.models.package import list_packages
from pipeline.translation.engines.argos import DECODING, MAX_TOKENS, ArgosEngine
from pipeline.translation.segmenter import Segmenter
from tests.bench.argos_peers import PAIR, argostranslate, libretranslate
from tests.bench.big_model import Size, big_packages
from tests.bench.race import Runner, race
from tests.bench.sentences import distinct_sentences, even_share
from tests.bench.table import Found, Missing, Row, tried
from tests.models.argos_archives import EN_PT, PT_ES
from tests.projects import CHECKOUT

CACHE = CHECKOUT / "build" / "bench"
LIBRETRANSLATE = "POLYPOST_LIBRETRANSLATE"
SEED = 3
ONE_THREAD = {"ARGOS_INTRA_THREADS": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much is translated: a slow peer gets a share of the segments."""

    segments: int
    share: int
    rounds: int


SMALL = Extent(segments=2000, share=20, rounds=3)
BIG = Extent(segments=600, share=24, rounds=2)
# What is fastest where lengths are mixed: larger batches are slower on a CPU, by a tenth at 1,024 (LESSONS).
MIXED_TOKENS = 512
# What the ratio is to reach with a model of the usual size.
AT_LEAST = {
    "argostranslate": 12,
    "argostranslate, 1 thread": 7,
    "LibreTranslate": 6,
    "LibreTranslate, 1 thread": 6,
    "bare translate_batch": 0.9,
}


def rows() -> Iterator[Found]:
    """Compare on both models."""
    yield from tried(
        "small argos",
        lambda: compare("small argos", small_packages(CACHE), SMALL, at_least={"bare translate_batch": 0.9}),
    )
    yield from tried("big argos", lambda: compare("big argos", big_packages(CACHE, Size()), BIG, at_least=AT_LEAST))
    if not os.environ.get(LIBRETRANSLATE):
        yield Missing(what="LibreTranslate", need=f"{LIBRETRANSLATE} has to name its executable")


def compare(model: str, models: Path, extent: Extent, at_least: Mapping[str, float]) -> Iterator[Row]:
    """Let everyone translate with the packages in `models`; argostranslate a segment a call, as callers use it."""
    segments = distinct_sentences(extent.segments, SEED)
    share = even_share(segments, extent.share)
    with ExitStack() as running:
        engine = open_engine(models)
        ours = Runner(name="ours", translate=lambda batch: engine.translate(batch, PAIR), segments=segments)
        bare = BareModel(models)
        bare.cut(segments)
        runners = [Runner(name="bare translate_batch", translate=bare.translate, segments=segments)]
        for threads, settings in (("", {}), (", 1 thread", ONE_THREAD)):
            folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
            peer = running.enter_context(argostranslate(models, folder, **settings))
            runners.append(Runner(name=f"argostranslate{threads}", translate=peer, segments=share))
            if executable := os.environ.get(LIBRETRANSLATE):
                server = running.enter_context(libretranslate(executable, models, folder, **settings))
                runners.append(Runner(name=f"LibreTranslate{threads}", translate=server, segments=share))
        figures = race([ours, *runners], extent.rounds)
    for runner in runners:
        yield Row(
            what=f"{model}, words",
            size=f"{len(segments):,} segments",
            unit="/s",
            against=runner.name,
            ours=figures["ours"],
            peer=figures[runner.name],
            at_least=at_least.get(runner.name),
        )


class BareModel:
    """CTranslate2 alone, with as many workers: all segments in one call."""

    def __init__(self, models: Path, **decoding: int) -> None:
        folder = package(models).folder
        self._decoding = {**DECODING, **decoding}
        self._tokenizer = import_module("sentencepiece").SentencePieceProcessor(
            model_file=str(folder / "sentencepiece.model")
        )
        self._translator = import_module("ctranslate2").Translator(
            str(folder / "model"), inter_threads=cpu_count() or 1, intra_threads=1
        )
        self._pieces: dict[str, list[str]] = {}

    def cut(self, segments: Sequence[str]) -> None:
        """Cut into pieces once, outside of what is measured."""
        self._pieces.update(zip(segments, self._tokenizer.encode(list(segments), out_type=str), strict=True))

    def pieces(self, segment: str) -> list[str]:
        """Return what a segment was cut into."""
        return self._pieces[segment]

    def translate(self, segments: Sequence[str]) -> Any:
        """Translate what was cut, sorted by length; segments that were not cut are cut now."""
        if missing := [segment for segment in segments if segment not in self._pieces]:
            self.cut(missing)
        return self._translator.translate_batch(
            sorted((self._pieces[segment] for segment in segments), key=len),
            max_batch_size=MIXED_TOKENS,
            batch_type="tokens",
            max_decoding_length=MAX_TOKENS,
            **self._decoding,
        )

    def texts(self, segments: Sequence[str]) -> list[str]:
        """Return the targets, in the order of the segments."""
        self.cut(segments)
        ordered = sorted(segments, key=lambda segment: len(self._pieces[segment]))  # as translate() sorts them
        found = (self._tokenizer.decode_pieces(result.hypotheses[0]) for result in self.translate(ordered))
        targets = dict(zip(ordered, found, strict=True))
        return [targets[segment] for segment in segments]


def small_packages(cache: Path) -> Path:
    """Return a folder with the two small real packages, installed once."""
    models = cache / "small-models"
    for archive in (EN_PT, PT_ES):
        install_package(archive, models)
    return models


def package(models: Path) -> InstalledPackage:
    """Return the en→pt package."""
    return next(package for package in list_packages([models]) if (package.source, package.target) == PAIR)


def open_engine(models: Path, workers: int | None = None) -> ArgosEngine:
    """Return our engine on these packages, a worker a core unless told."""
    return ArgosEngine(list_packages([models]), Segmenter(), workers)
