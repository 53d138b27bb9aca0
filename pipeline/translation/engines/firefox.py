"""Firefox's own models, run by fxtranslate: each worker is a process with one instance of a model.

The native library keeps Python's lock while it translates and lets no second thread use an instance, so threads would
wait for each other; and a damaged file can end its whole process. A worker that ends or hangs is an error of ours.
"""

import json
import os
import re
import selectors
import subprocess
import sys
import weakref
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from difflib import SequenceMatcher
from importlib.util import find_spec
from os import cpu_count
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, cast

import msgspec

from pipeline.errors import EngineError, ModelPackageError
from pipeline.model.locale import parse_locale, sentence_gap
from pipeline.model.packages import FIREFOX, SHORT_LIST, InstalledPackage, Pair
from pipeline.translation.engines import Engine
from pipeline.translation.engines.cutting import cut_batches, translate_by_sentence
from pipeline.translation.protection import Marker
from pipeline.translation.segmenter import Segmenter

# Beyond this the models lose and repeat what they read: of sentences of 2 to 12 clauses none lost one up to 95 tokens,
# four of five beyond 100; of an enumeration of 129 tokens 23 of 30 members came back, of 430 tokens 11 of 100.
MAX_TOKENS = 90
# A start takes 0.2 s and the longest sentence 3 s; a machine that is ten times as busy still makes four of them.
SECONDS = 120
# One a question costs a twentieth on a busy machine, many leave the last worker alone at the end of a batch.
SENTENCES_A_QUESTION = 4
# Every model copies numbers, unless a vocabulary is not its own; a short list that is its own hardly changes what it
# writes. How like two texts are is between 0 and 1.
_NUMBERS = "17, 23, 58, 640, 2031."
_MIN_NUMBERS = 3
_MIN_LIKENESS = 0.7
_WORKER = Path(__file__).with_name("firefox_worker.py")


class WorkerError(Exception):
    """A worker did not answer, or said that it could not."""


class _Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a worker says: an answer for each sentence, or what went wrong."""

    answers: list[object] = []
    error: str = ""


class _Worker:
    """A process with one loaded model."""

    def __init__(self, package: InstalledPackage, seconds: float) -> None:
        self._seconds = seconds
        self._process = subprocess.Popen(  # noqa: S603  our own script
            [sys.executable, "-P", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a panic prints, it also answers
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for us to hear; a worker ends with its input
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
        self.ask("load", str(package.folder), dict(package.files))

    def ask(self, *request: object) -> list[object]:
        """Return the answers to a request, one a sentence.

        Raises WorkerError if there is none; the process has ended then.
        """
        try:
            answer = self._exchange(request)
        except BaseException:
            self.close()
            raise
        if answer.error:
            self.close()
            raise WorkerError(" ".join(answer.error.split()))
        return answer.answers

    def _exchange(self, request: Sequence[object]) -> _Answer:
        questions, answers = (cast("IO[str]", pipe) for pipe in (self._process.stdin, self._process.stdout))
        with suppress(BrokenPipeError):  # then there is no answer either
            questions.write(f"{json.dumps(request)}\n")
            questions.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(answers, selectors.EVENT_READ)
            if not selector.select(self._seconds):
                raise WorkerError(f"no answer within {self._seconds:g} seconds")
        line = answers.readline()
        if not line:
            raise WorkerError(f"its process ended with {self._process.wait()}")
        return msgspec.json.decode(line, type=_Answer)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        with suppress(BrokenPipeError):
            self._process.communicate()


class _Crew:
    """The workers of one model, started when they are needed; `size` work at once."""

    def __init__(self, package: InstalledPackage, size: int, seconds: float) -> None:
        self.package = package
        self._seconds = seconds
        self._places = BoundedSemaphore(size)
        self._idle: deque[_Worker] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def ask(self, verb: str, *sentences: str) -> list[object]:
        """Let one worker answer, once for each sentence."""
        with self._places:
            try:
                worker = self._idle.pop()
            except IndexError:
                worker = _Worker(self.package, self._seconds)
            answers = worker.ask(verb, *sentences)
            self._idle.append(worker)
        return answers


def _close_all(workers: Iterable[_Worker]) -> None:
    for worker in workers:
        worker.close()


class FirefoxEngine(Engine):
    """Translates with the models it is given, some sentences a question; workers start with the first of their pair."""

    name = FIREFOX
    # Bergamot's: the models are alike. Of 61 sentences en→pt and 21 pt→en with up to three markers Q{}Q came through in
    # 60 and 21, PH{} in all; __{}__ in 34 and 15, addresses in 37 and 15 (`tests/bench/markers.py`).
    marker = Marker(form="Q{}Q")
    other_markers = (Marker(form="PH{}"), Marker(form="https://e.co/{}"))
    batch_segments = 256

    def __init__(
        self,
        packages: Sequence[InstalledPackage],
        segmenter: Segmenter,
        workers: int | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._segmenter = segmenter
        self._workers = workers or cpu_count() or 1
        self._crews = {package.pair: _Crew(package, self._workers, seconds) for package in packages}

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of the models."""
        return frozenset(self._crews)

    def covers(self, pair: Pair) -> bool:
        """Tell whether a model for `pair` is installed."""
        return pair in self._crews

    def model(self, pair: Pair) -> str:
        """Return the beginning of the sha256 over the files of the model, for example 5c0f7a31be42."""
        return self._crews[pair].package.version

    def translate(self, segments: Sequence[str], pair: Pair) -> list[str]:
        """Translate a batch; a segment with a clause beyond 90 tokens comes back empty.

        Raises EngineError if the model cannot be loaded or run, or is not as it was installed.
        """
        source, target = parse_locale(pair.source), parse_locale(pair.target)
        crew = self._crews[pair]
        try:
            return translate_by_sentence(
                segments,
                split=lambda segment: self._segmenter.split(segment, source.language),
                translate=lambda sentences: self._run(crew, sentences),
                gap=sentence_gap(target),
                fits=lambda sentence: _fits(crew, sentence),
            )
        except WorkerError as error:
            raise EngineError(self.name, _broken(crew.package, error)) from error

    def _run(self, crew: _Crew, sentences: Sequence[str]) -> list[str]:
        fitting = [sentence for sentence in sentences if _fits(crew, sentence)]
        targets = dict.fromkeys(sentences, "")
        batches = list(cut_batches(fitting, max_texts=SENTENCES_A_QUESTION))
        with ThreadPoolExecutor(self._workers) as pool:
            for batch, answers in zip(
                batches, pool.map(lambda texts: crew.ask("translate", *texts), batches), strict=True
            ):
                targets |= zip(batch, map(str, answers), strict=True)
        return [targets[sentence] for sentence in sentences]


def _fits(crew: _Crew, sentence: str) -> bool:
    """Tell whether a sentence is translated whole; no token is shorter than a character."""
    return len(sentence) < MAX_TOKENS or crew.ask("count", sentence) <= [MAX_TOKENS]


def is_installed() -> bool:
    """Tell whether fxtranslate is there."""
    return find_spec("fxtranslate") is not None


def try_package(package: InstalledPackage, sentences: Sequence[str]) -> list[str]:
    """Load a model and translate a few sentences with it.

    Raises ModelPackageError if it cannot, or if a vocabulary or the short list is that of another model.
    """
    numbers, *targets = _try(package, (_NUMBERS, *sentences))
    if len(set(re.findall(r"\d+", numbers)) & set(re.findall(r"\d+", _NUMBERS))) < _MIN_NUMBERS:
        reason = f"a vocabulary is not that of the model: {_NUMBERS!r} comes out as {numbers!r}"
        raise ModelPackageError(package.folder, f"{reason}; take all files of one pair and release")
    if SHORT_LIST in package.files:
        files = {name: digest for name, digest in package.files.items() if name != SHORT_LIST}
        without = _try(replace(package, files=files), sentences)
        if SequenceMatcher(None, "\n".join(targets), "\n".join(without), autojunk=False).ratio() < _MIN_LIKENESS:
            reason = f"the short list is not that of the model: {targets[0]!r} is {without[0]!r} without it"
            raise ModelPackageError(package.folder, f"{reason}; take all files of one pair and release")
    return targets


def _try(package: InstalledPackage, sentences: Sequence[str]) -> list[str]:
    try:
        with closing(_Worker(package, SECONDS)) as worker:
            return list(map(str, worker.ask("translate", *sentences)))
    except WorkerError as error:
        raise ModelPackageError(package.folder, f"cannot be translated with: {error}") from error


def _broken(package: InstalledPackage, error: WorkerError) -> str:
    return (
        f"the model {package.folder} cannot be used: {error}; `polypost models verify` tells whether it was changed, "
        "`polypost models install --from DIR` installs it again; or remove the folder"
    )
