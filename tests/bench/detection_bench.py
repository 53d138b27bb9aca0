"""Detection of whole postings beside bare libraries: how many a second, and how many right."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import Any, TypeVar

from babel import Locale

from pipeline.intake.detection.detectors import Detector, Guess, LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.reading.headings import load_headings
from pipeline.model.posting import Posting
from tests.bench.table import Found, Row, tried
from tests.detection_sets import built_cases, described, dev_texts, posting

_Item = TypeVar("_Item")
LENGTHS = ("full1500", "section300", "bullet60", "title25")
ROUNDS = 5
POSTINGS_EACH = 10
FEW = 40  # for the slow peers
AT_LEAST = {"langdetect-rs": 0.25}  # a posting has many sections, and a bare call none


def rows() -> Iterator[Found]:
    """Compare the speed of whole postings with their sections, then the share that is right, by length."""
    ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    lexicon = load_headings()

    def read(each: Posting) -> Locale | None:
        return read_language(each, ensemble, lexicon).language

    yield from tried("detection, postings", lambda: speed_rows(read, ROUNDS))
    for length in LENGTHS:
        yield from tried(f"detection, right at {length}", partial(accuracy_rows, length, read))


def speed_rows(read: Callable[[Posting], object], rounds: int, each: int = POSTINGS_EACH) -> Iterator[Row]:
    """Compare with one bare call of each library for the whole text of a posting, by the processor's time."""
    postings = [case.posting for case in built_cases("plain", each=each)]
    texts = list(map(pooled, postings))
    chars = sum(map(len, texts)) // len(texts)
    peers: dict[str, tuple[Detector, Sequence[str]]] = {
        "langdetect-rs": (LangdetectDetector("langdetect_rs"), texts),
        "langdetect": (LangdetectDetector("langdetect"), texts[:: 1 + len(texts) // FEW]),
        "py3langid": (bare_py3langid(), texts[:: 1 + len(texts) // FEW]),
    }
    for name, (detect, some) in peers.items():
        measured = [(a_second(read, postings), a_second(detect, some)) for _ in range(rounds)]
        ours, peer = zip(*measured, strict=True)
        size, least = f"{chars:,} characters", AT_LEAST.get(name)
        what, against = "detection, postings", f"one bare {name} call"
        yield Row(what=what, size=size, unit="/s", ours=ours, peer=peer, against=against, at_least=least)


def accuracy_rows(length: str, read: Callable[[Posting], Locale | None]) -> Iterator[Row]:
    """Compare the share of the shared texts whose language is right; in a posting of its own an unsure one is wrong."""
    ours = share_right(length, lambda text: read(posting("x", described(text))))
    detectors: dict[str, Detector] = {
        "langdetect-rs": LangdetectDetector("langdetect_rs"),
        "py3langid": bare_py3langid(),
    }
    for name, detect in detectors.items():
        peer = share_right(length, partial(best_guess, detect))
        yield Row(what="detection, right", size=length, unit="%", ours=(ours,), peer=(peer,), against=name)


def bare_py3langid() -> Detector:
    """Return py3langid as it comes: all its languages, the whole text."""
    langid: Any = import_module("py3langid.langid")
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)

    def detect(text: str) -> Sequence[Guess]:
        language, probability = identifier.classify(text)
        return (Guess("nb" if language == "no" else language, probability),)

    return detect


def best_guess(detect: Detector, text: str) -> str | None:
    """Return the most probable language of a text."""
    return next((guess.language for guess in detect(text)), None)


def share_right(length: str, answer: Callable[[str], object]) -> float:
    """Return how many of a hundred texts are read as what they are; the Chinese ones are in both scripts."""
    texts = [(language, text) for language, texts in dev_texts(length).items() for text in texts]
    return 100 * sum(str(answer(text)).removesuffix("_Hant") == language for language, text in texts) / len(texts)


def pooled(each: Posting) -> str:
    """Return all text of a posting."""
    lines = (line for section in each.sections for line in section.lines)
    return "\n".join([each.title, *lines])


def a_second(work: Callable[[_Item], object], items: Sequence[_Item]) -> float:
    """Return how many items are done in a second of the processor: the machine has other work."""
    started = time.process_time()
    for item in items:
        work(item)
    return len(items) / (time.process_time() - started)
