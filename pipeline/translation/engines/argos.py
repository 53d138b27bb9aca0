"""Argos packages, run on CTranslate2 directly: all sentences of a batch at once, on every core."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from os import cpu_count
from typing import Any, Protocol, TypeVar

from pipeline.errors import EngineError, ModelPackageError
from pipeline.model.locale import parse_locale, sentence_gap
from pipeline.model.packages import InstalledPackage, Pair
from pipeline.translation.engines import Engine
from pipeline.translation.engines.cutting import translate_by_sentence
from pipeline.translation.protection import Marker
from pipeline.translation.segmenter import Segmenter

# CTranslate2 cuts a target off at 256 tokens without a word, and a source beyond the positions that a model was
# trained on (512 in small ones) fails its whole batch; such a sentence is left untranslated for a person.
MAX_TOKENS = 256
# Beyond this a sentence is cut at its clauses: models drop parts of longer ones, an enumeration of 250 tokens came
# back with 7 of its 60 members.
LONG_TOKENS = 100
# Tokens a worker takes at once: with a large model 768 are no faster over a thousand sentences and 1,024 slower by a
# twentieth (a tenth, where lengths are mixed); with a small one 768 are slower by a tenth.
BATCH_TOKENS = 512
# As argostranslate sets them; the models were tuned and are judged with these.
BEAM_SIZE = 4
DECODING: Mapping[str, Any] = {"beam_size": BEAM_SIZE, "replace_unknowns": True, "length_penalty": 0.2}
# Our small test packages let none through: of 40 sentences with markers (20 en→pt, 20 pt→es) Q{}Q, PH{}, [{}],
# __{}__, <{}>, #{}, {}Q and https://e.co/{} survived in 0, ({}) in 2, A{} in 4. So the choice is that of neural
# en→pt in general, where Q{}Q survived in all of 60 sentences; to be measured on a large package.
MARKER = Marker(form="Q{}Q")
# What the two native libraries raise.
_NATIVE_ERRORS = (RuntimeError, OSError, ValueError, MemoryError)

_Result = TypeVar("_Result")


class _Decoded(Protocol):
    hypotheses: list[list[str]]


class _Pending(Protocol):
    def result(self) -> _Decoded: ...


class _Tokenizer(Protocol):
    def encode(self, sentences: list[str], *, out_type: type[str]) -> list[list[str]]: ...

    def decode_pieces(self, pieces: list[str]) -> str: ...


class _Translator(Protocol):
    def translate_batch(
        self, source: list[list[str]], target_prefix: list[list[str]] | None, *, asynchronous: bool, **decoding: Any
    ) -> list[_Pending]: ...


class ArgosEngine(Engine):
    """Translates with the packages it is given; a model is loaded when the first segment of its pair comes."""

    name = "argos"
    marker = MARKER
    hypotheses = BEAM_SIZE
    # How many segments one transaction holds: some seconds of work, so that no worker waits long at the end of one.
    batch_segments = 2048

    def __init__(self, packages: Sequence[InstalledPackage], segmenter: Segmenter, workers: int | None = None) -> None:
        self._packages = {package.pair: package for package in packages}
        self._segmenter = segmenter
        self._workers = workers or cpu_count() or 1
        self._loaded: dict[Pair, _Model] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of the packages."""
        return frozenset(self._packages)

    def covers(self, pair: Pair) -> bool:
        """Tell whether a package for `pair` is installed."""
        return pair in self._packages

    def model(self, pair: Pair) -> str:
        """Return the version of the package, for example 1.9."""
        return self._packages[pair].version

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Translate a batch; a segment with a clause beyond 256 tokens comes back empty.

        Raises EngineError if the package cannot be loaded or run.
        """
        return self.hypothesis(segments, pair, 0)

    def hypothesis(self, segments: Sequence[str], pair: Pair, rank: int) -> list[str]:
        """Translate a batch, each sentence of a segment by its hypothesis of a rank; otherwise as `translate` does."""
        source, target = parse_locale(pair.source), parse_locale(pair.target)
        return translate_by_sentence(
            segments,
            split=lambda segment: self._segmenter.split(segment, source.language),
            translate=lambda sentences: self._run(pair, lambda model: model.translate(sentences, rank)),
            gap=sentence_gap(target),
            fits=lambda sentence: self._run(pair, lambda model: model.fits(sentence)),
        )

    def _run(self, pair: Pair, work: Callable[["_Model"], _Result]) -> _Result:
        package = self._packages[pair]
        try:
            if pair not in self._loaded:
                self._loaded[pair] = _load(package, self._workers)
            return work(self._loaded[pair])
        except _NATIVE_ERRORS as error:
            raise EngineError(self.name, _broken(package, error)) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A loaded package."""

    tokenizer: _Tokenizer
    translator: _Translator
    target_prefix: str

    def fits(self, sentence: str) -> bool:
        """Tell whether a sentence is short enough to be translated whole; no token is shorter than a character."""
        return len(sentence) < LONG_TOKENS or len(self.tokenizer.encode([sentence], out_type=str)[0]) <= LONG_TOKENS

    def translate(self, sentences: Sequence[str], rank: int = 0) -> list[str]:
        """Translate each sentence by its hypothesis of a rank; one that cannot be translated whole comes back empty."""
        tokens = self.tokenizer.encode(list(sentences), out_type=str)
        fitting = [number for number, pieces in enumerate(tokens) if 0 < len(pieces) <= MAX_TOKENS]
        # The longest first, so that no worker is left with a long one at the end.
        fitting.sort(key=lambda number: (-len(tokens[number]), _is_marked(sentences[number])))
        pending: list[_Pending] = []
        for (_, marked), alike in groupby(
            fitting, key=lambda number: (len(tokens[number]), _is_marked(sentences[number]))
        ):
            pending += self._submit([tokens[number] for number in alike], BEAM_SIZE if marked or rank else 1)
        targets = [""] * len(sentences)
        for number, waiting in zip(fitting, pending, strict=True):
            texts = [self._text(pieces) for pieces in waiting.result().hypotheses]
            ranked = rank_hypotheses(texts, sentences[number])
            targets[number] = ranked[rank] if rank < len(ranked) else ""
        return targets

    def _submit(self, tokens: list[list[str]], hypotheses: int) -> list[_Pending]:
        """Hand sentences of one length to the workers.

        Beside a longer one a sentence is padded, which rounds its numbers differently: cut into batches in another way,
        1 of 10,000 sentences had another target with a small model. Without padding none had, alone or in company.
        """
        return self.translator.translate_batch(
            tokens,
            [[self.target_prefix]] * len(tokens) if self.target_prefix else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_decoding_length=MAX_TOKENS,
            num_hypotheses=hypotheses,
            asynchronous=True,
            **DECODING,
        )

    def _text(self, pieces: list[str]) -> str:
        """Join the pieces of a target; "" if it was cut off.

        A source piece that stands in for an unknown one keeps its mark of a space, so that is replaced after. Unlike
        argostranslate we leave underscores alone: in a posting they belong to names.
        """
        if len(pieces) >= MAX_TOKENS:
            return ""
        own = pieces[1:] if self.target_prefix and pieces[:1] == [self.target_prefix] else pieces
        return self.tokenizer.decode_pieces(own).replace("▁", " ")


def _is_marked(sentence: str) -> bool:
    return MARKER.pattern.search(sentence) is not None


def rank_hypotheses(hypotheses: Sequence[str], sentence: str) -> list[str]:
    """Return the hypotheses that have the markers of their source before the others, both in the engine's order."""
    wanted = sorted(MARKER.pattern.findall(sentence))
    return sorted(hypotheses, key=lambda text: sorted(MARKER.pattern.findall(text)) != wanted)


def is_installed() -> bool:
    """Tell whether CTranslate2 and SentencePiece are there."""
    return find_spec("ctranslate2") is not None and find_spec("sentencepiece") is not None


def try_package(package: InstalledPackage, sentences: Sequence[str]) -> list[str]:
    """Load a package and translate a few sentences with it.

    Raises ModelPackageError if it cannot.
    """
    try:
        return _load(package, 1).translate(sentences)
    except _NATIVE_ERRORS as error:
        reason = f"cannot be translated with: {_one_line(error, package)}"
        raise ModelPackageError(package.folder, reason) from error


def _broken(package: InstalledPackage, error: Exception) -> str:
    return (
        f"the package {package.folder} cannot be used: {_one_line(error, package)}; "
        f"`polypost models verify` tells whether it was changed, `polypost models install {package.source} "
        f"{package.target}` (or --from FILE.argosmodel) installs it again; or remove the folder"
    )


def _one_line(error: Exception, package: InstalledPackage) -> str:
    """Return one line that names files by their places in the package: it may lie in a folder of a moment."""
    return " ".join(str(error).replace(f"{package.folder}/", "").split())


def _load(package: InstalledPackage, workers: int) -> _Model:
    # One thread a worker: with two, the same work took five times as long.
    return _Model(
        tokenizer=import_module("sentencepiece").SentencePieceProcessor(
            model_file=str(package.folder / "sentencepiece.model")
        ),
        translator=import_module("ctranslate2").Translator(
            str(package.folder / "model"), device="cpu", inter_threads=workers, intra_threads=1
        ),
        target_prefix=package.target_prefix,
    )
