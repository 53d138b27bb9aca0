"""A package of the size that Argos's own have, with random weights: for speed, since its targets mean nothing.

Random weights never end a sentence, and argostranslate has no bound of its own below 256 tokens. So one channel of the
512 is kept free of noise and counts: in the encoder it holds the place of a token, one head of the last decoder layer
takes its mean over the source, half the length, the decoder subtracts its own place, and `</s>` listens to that channel
alone. So a target ends within some tokens of the length of its source, for every engine alike.
"""

import json
import shutil
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.models.install import install_package
from tests.models.argos_archives import EN_PT, PT_ES

VERSION = "0.2"  # raised when the weights change, so that a package kept from before is made anew
SEED = 20_261_125
POSITIONS = 512
CLOCK = 0  # the channel that counts
PLACE = 1 / 8  # what one token adds to it; the other channels vary by about 1
LAST_PLACE = 127  # a longer source counts as this long, so that the clock never outweighs the words
STEEPNESS = 320.0  # the score of </s> for a whole clock: about 17 a token, as much as the best words have
PEAKED = 4.0  # how far the scores of words lie apart: a trained model is sure of most words, a flat one of none
END = 2  # </s>, as SentencePiece numbers it


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a model is; the defaults are those of the packages in the Argos index."""

    layers: int = 6
    width: int = 512
    heads: int = 8
    inner: int = 2048
    vocabulary: int = 32_000


def big_packages(cache: Path, size: Size | None = None) -> Path:
    """Return a folder with a large en→pt package, made once, and the small pt→es one beside it.

    Two, because LibreTranslate starts slowly with a single one.
    """
    models = cache / f"big-models-{VERSION}"
    if not models.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            draft = Path(folder) / "models"
            install_package(PT_ES, draft)
            small = install_package(EN_PT, Path(folder) / "small").folder
            _write_package(small, draft / f"translate-en_pt-{VERSION.replace('.', '_')}", size or Size())
            draft.rename(models)
    return models


def _write_package(small: Path, package: Path, size: Size) -> None:
    """Write a package that has its tokenizer and splitter from the small one."""
    shutil.copytree(small, package, ignore=shutil.ignore_patterns("model"))
    metadata = json.loads((small / "metadata.json").read_text(encoding="utf-8"))
    (package / "metadata.json").write_text(json.dumps({**metadata, "package_version": VERSION}), encoding="utf-8")
    tokenizer = import_module("sentencepiece").SentencePieceProcessor(model_file=str(small / "sentencepiece.model"))
    pieces = [tokenizer.id_to_piece(number) for number in range(tokenizer.get_piece_size())]
    vocabulary = [*pieces, *(f"▁w{number}" for number in range(len(pieces), size.vocabulary))]
    spec = _Weights(size).spec()
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    (package / "model").mkdir()
    spec.save(str(package / "model"))


class _Weights:
    """Fills a specification, always with the same numbers."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._numpy = import_module("numpy")
        self._chance = self._numpy.random.default_rng(SEED)

    def spec(self) -> Any:
        """Return all layers, filled."""
        specs, size = import_module("ctranslate2").specs, self._size
        spec = specs.TransformerSpec.from_config(
            size.layers, size.heads, pre_norm=True, activation=specs.Activation.RELU
        )
        embeddings = self._matrix(size.vocabulary, size.width)
        embeddings[:, CLOCK] = 0
        spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embeddings
        for side, direction in ((spec.encoder, 1), (spec.decoder, -1)):
            side.scale_embeddings = True
            side.position_encodings.encodings = self._positions(direction)
            self._fill_norm(side.layer_norm)
            for layer in side.layer:
                self._fill_layer(layer)
        self._take_mean_place(spec.decoder.layer[-1].attention)
        # Not the embeddings again, as in a trained model: without training, each word would be followed by itself.
        spec.decoder.projection.weight = self._numpy.float32(PEAKED) * self._matrix(size.vocabulary, size.width)
        spec.decoder.projection.weight[END] = 0
        spec.decoder.projection.weight[END, CLOCK] = -STEEPNESS
        return spec

    def _positions(self, direction: int) -> Any:
        """Return the place of each token: in the clock as a number, in all other channels at random."""
        places = 0.5 * self._chance.standard_normal((POSITIONS, self._size.width), dtype=self._numpy.float32)
        places[:, CLOCK] = self._numpy.arange(POSITIONS) * PLACE * direction
        if direction > 0:
            places[:, CLOCK] = places[:, CLOCK].clip(0, LAST_PLACE * PLACE)
        return places

    def _fill_layer(self, layer: Any) -> None:
        """Fill one layer; what it adds to the clock is nothing."""
        width = self._size.width
        blocks = [(layer.self_attention, [3 * width, width])]
        if hasattr(layer, "attention"):  # the query comes from the target, key and value from the source
            blocks.append((layer.attention, [width, 2 * width, width]))
        for attention, heights in blocks:
            self._fill_norm(attention.layer_norm)
            for linear, height in zip(attention.linear, heights, strict=True):
                self._fill(linear, height, width)
            attention.linear[-1].weight[CLOCK] = 0
        self._fill_norm(layer.ffn.layer_norm)
        self._fill(layer.ffn.linear_0, self._size.inner, width)
        self._fill(layer.ffn.linear_1, width, self._size.inner)
        layer.ffn.linear_1.weight[CLOCK] = 0

    def _take_mean_place(self, attention: Any) -> None:
        """Let the first head look at all tokens alike and add twice the mean of their clocks, the length, to ours."""
        width, head = self._size.width, self._size.width // self._size.heads
        attention.linear[0].weight[:head] = 0
        value = attention.linear[1].weight[width]
        value[:] = 0
        value[CLOCK] = 1
        attention.linear[2].weight[CLOCK, 0] = 2 * self._spread()

    def _spread(self) -> float:
        """Return by how much the last norm of the encoder divides; 3/4 a layer is measured."""
        words, places = 1.0, 0.25
        return float((words + places + 0.75 * self._size.layers) ** 0.5)

    def _fill(self, linear: Any, height: int, width: int) -> None:
        linear.weight = self._matrix(height, width)
        linear.bias = self._numpy.zeros(height, self._numpy.float32)

    def _fill_norm(self, norm: Any) -> None:
        norm.gamma = self._numpy.ones(self._size.width, self._numpy.float32)
        norm.beta = self._numpy.zeros(self._size.width, self._numpy.float32)

    def _matrix(self, height: int, width: int) -> Any:
        """Return numbers that leave the spread of what they are multiplied with as it was."""
        numbers = self._chance.standard_normal((height, width), dtype=self._numpy.float32)
        return numbers * self._numpy.float32(width**-0.5)
