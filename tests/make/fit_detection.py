"""Fit the numbers of `pipeline/intake/detection/fit.toml`: which of two detectors to believe, and how far.

Run from the root of the repository, with POLYPOST_DATA set and the packages of `PACKAGES` installed:

    python -m tests.make.fit_detection            # print the errors, cross-validated
    python -m tests.make.fit_detection --write    # and write the file

It learns from the shared texts of 22 languages (`detection/dev.json.gz`), and for the languages that langdetect has no
profile of, or that few postings are written in, from messages of gettext catalogs that people translated. Each text is
described by the features of `ensemble.describe_candidates`; a conditional logit (softmax over the candidates of a text)
is fitted by Newton's method. The same data gives the same numbers.
"""

import argparse
import gettext
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.intake.detection.detectors import PROFILED, LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import (
    MIN_FIRST_CHARS,
    MIN_OWN_WORDS,
    SURE,
    Features,
    count_chars,
    describe_candidates,
    length_of,
    rarity_of,
)
from pipeline.intake.detection.language import MIN_SHARE
from pipeline.intake.detection.letters import has_words, read_script
from tests.detection_sets import dev_texts

# Catalogs that are translated into many small languages, and the Debian packages that install them.
PACKAGES = {
    "aptitude": "aptitude-common",
    "at-spi2-core": "at-spi2-common",
    "dpkg": "dpkg",
    "gdk-pixbuf": "libgdk-pixbuf2.0-common",
    "glib20": "libglib2.0-data",
    "gnome-control-center-2.0": "gnome-control-center-data",
    "gnucash": "gnucash-common",
    "gtk30": "libgtk-3-common",
    "homebank": "homebank-data",
}
CATALOGS = Path("/usr/share/locale")
LENGTHS = ("full1500", "section300", "bullet60", "title25")
# By the catalogs' own names.
SMALL = (
    *("af", "az", "bs", "cy", "et", "eu", "fi", "ga", "gd", "gl", "hr", "hu", "id", "is", "ku", "lt", "lv", "ms", "nn"),
    *("oc", "sk", "sl", "sq", "sr@latin", "tl", "uz", "zu"),
)
SPELLED = {"sr@latin": "sr_Latn", "tl": "fil"}
# So many texts of each length a language, and so much one of them counts, by the rarity of its language: few postings
# are written in these.
EACH = 60
WEIGHTS = {1.0: 0.3, 2.0: 0.1}
# Features that count more or less in longer texts.
SLOPED = ("first", "second", "rarity", "unprofiled")
# A feature whose weight is counted: it speaks where the detectors are wrong, too rarely for a fit.
COUNTED = "close_words"
# Characters of the texts that are put together of messages.
SMALL_LENGTHS = {"catalog800": (600, 800), "catalog300": (200, 320), "catalog60": (45, 80), "catalog25": (15, 32)}
# An answer conceals a language if langdetect surely gives it for at least so many of twice `EACH` long texts.
MIN_CONCEALED = 3
LONG = ("catalog800", "catalog300")
# So many words of its own are kept of each concealing answer; a word that texts in a concealed language have as often
# costs so many times as much.
OWN_WORDS = 16
OWN_WORD_PENALTY = 8
MIN_OWN_SHARE = 0.1
# A word that stands in this share of the texts of more languages is a name.
MIN_SHARED = 0.03
MAX_LANGUAGES = 12
FOLDS = 5
# A weak pull to zero keeps what the data says nothing about small.
RIDGE = 1.0
STEPS = 50
_NO_WORDS = re.compile(r"%[-#0-9.*lhz$]*[a-zA-Z]|&\w+;|<[^<>]*>|--?[\w-]+|[_&](?=\w)")
_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text whose language is known."""

    length: str
    language: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text as the decision sees it: its candidates, and a row of features for each; none if the letters decide."""

    text: Text
    settled: str
    candidates: tuple[str, ...]
    features: Any
    first: str


def main() -> None:
    """Fit, print the errors, and write the file if asked to."""
    parser = argparse.ArgumentParser(description="Fit the decision of language detection.")
    parser.add_argument("--write", action="store_true", help="write pipeline/intake/detection/fit.toml")
    write = parser.parse_args().write
    examples = list(describe([*shared_texts(), *catalog_texts()]))
    weights, concealed = fit(examples), concealing(examples)
    for title, answers in (
        ("fitted on all texts", [decide(each, weights, concealed) for each in examples]),
        (f"cross-validated, {FOLDS} folds", cross_validated(examples, concealed)),
    ):
        print(title)  # noqa: T201
        for row in count_errors(examples, answers):
            print(f"  {row}")  # noqa: T201
    for row in concealed_rows(examples, concealed):
        print(row)  # noqa: T201
    lines = "\n".join(fit_lines(weights, concealed))
    print(lines)  # noqa: T201
    if write:
        Path(str(files("pipeline.intake.detection") / "fit.toml")).write_text(lines + "\n", encoding="utf-8")


def shared_texts() -> Iterator[Text]:
    """Yield the shared texts of 22 languages."""
    for length in LENGTHS:
        for language, texts in dev_texts(length).items():
            yield from (Text(length=length, language=language, text=text) for text in texts)


def catalog_texts() -> Iterator[Text]:
    """Yield texts of small languages: single messages, and some of them together."""
    for name in SMALL:
        drawn = random.Random(name)  # noqa: S311  no secret: the same texts in every run
        messages = catalog_messages(name)
        for length, (least, most) in SMALL_LENGTHS.items():
            for text in pieces(messages, least, most, drawn):
                language = SPELLED.get(name, name)
                yield Text(length=length, language=language, text=text, weight=WEIGHTS[rarity_of(language)])


def catalog_messages(name: str) -> list[str]:
    """Return the translated messages of a language, without what is no word of it."""
    found: dict[str, None] = {}
    for domain in PACKAGES:
        path = CATALOGS / name / "LC_MESSAGES" / f"{domain}.mo"
        if not path.is_file():
            continue
        with path.open("rb") as opened:
            catalog: dict[object, str] = vars(gettext.GNUTranslations(opened))["_catalog"]
        for source, target in catalog.items():
            text = " ".join(_NO_WORDS.sub(" ", target).split())
            if source and source != target and re.search(r"[^\W\d_]{3}", text):
                found[text] = None
    return list(found)


def pieces(messages: Sequence[str], least: int, most: int, drawn: random.Random) -> list[str]:
    """Draw texts of `least` to `most` characters, each of as many messages as it takes."""
    shuffled = drawn.sample(messages, len(messages))
    texts: list[str] = []
    lines: list[str] = []
    for message in shuffled:
        if len("\n".join([*lines, message])) <= most:
            lines.append(message)
        if len("\n".join(lines)) >= least:
            texts.append("\n".join(lines))
            lines = []
        if len(texts) == EACH:
            break
    return texts


def describe(texts: Iterable[Text]) -> Iterator[Example]:
    """Ask both detectors of every text, as `Ensemble.ask_both` does."""
    first, second = LangdetectDetector(), Py3langidDetector()
    for each in texts:
        reading = read_script(each.text)
        if reading.language is not None or not has_words(reading.text):
            settled = (reading.language or "").removesuffix("_Hant")
            yield Example(text=each, settled=settled, candidates=(), features=None, first="")
            continue
        guesses = first(reading.text) if count_chars(reading.text) >= MIN_FIRST_CHARS else None
        found = describe_candidates(reading.text, guesses, second)
        longer = length_of(reading.text)
        rows = np.array(
            [[*features, *(longer * getattr(features, name) for name in SLOPED)] for features in found.values()]
        )
        sure = guesses[0].language if guesses and guesses[0].probability >= SURE else ""
        yield Example(text=each, settled="", candidates=tuple(found), features=rows, first=sure)


def fit(examples: Sequence[Example]) -> Any:
    """Return the weights under which the right candidates are most probable: levels, then slopes."""
    usable = [each for each in examples if len(each.candidates) > 1 and each.text.language in each.candidates]
    most = max(len(each.candidates) for each in usable)
    size = len(Features._fields) + len(SLOPED)
    table = np.zeros((len(usable), most, size))
    absent = np.full((len(usable), most), -np.inf)
    for number, each in enumerate(usable):
        table[number, : len(each.candidates)] = each.features
        absent[number, : len(each.candidates)] = 0
    right = np.array([each.candidates.index(each.text.language) for each in usable])
    weight = np.array([each.text.weight for each in usable])
    counted = Features._fields.index(COUNTED)
    odds_of_counted = count_odds(examples, counted)
    offset = table[:, :, counted] * odds_of_counted + absent
    table[:, :, counted] = 0
    wanted = table[np.arange(len(usable)), right]
    weights = np.zeros(size)
    for _ in range(STEPS):
        scores = table @ weights + offset
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        probable = odds / odds.sum(axis=1, keepdims=True)
        expected = (probable[:, :, None] * table).sum(axis=1)
        slope = (weight[:, None] * (wanted - expected)).sum(axis=0) - RIDGE * weights
        spread = (table - expected[:, None, :]) * np.sqrt(weight[:, None] * probable)[:, :, None]
        flat = spread.reshape(-1, size)
        step = np.linalg.solve(flat.T @ flat + RIDGE * np.eye(size), slope)
        weights += step
        if np.abs(step).max() < 10**-_DIGITS / 100:
            break
    weights[counted] = odds_of_counted
    return weights


def count_odds(examples: Sequence[Example], feature: int) -> float:
    """Return the logarithm of how many times more often a feature is right than wrong."""
    right = [
        language == each.text.language
        for each in examples
        if each.features is not None
        for language, found in zip(each.candidates, each.features[:, feature], strict=True)
        if found
    ]
    return math.log((1 + sum(right)) / (1 + len(right) - sum(right)))


def decide(each: Example, weights: Any, concealed: Mapping[str, Sequence[str]]) -> tuple[str, float]:
    """Return the most probable language and its probability."""
    if each.features is None:
        return each.settled, 1.0
    if each.first and each.first not in concealed:
        return each.first, 1.0
    scores = each.features @ weights
    odds = np.exp(scores - scores.max())
    best = int(odds.argmax())
    return each.candidates[best], float(odds[best] / odds.sum())


def cross_validated(examples: Sequence[Example], concealed: Mapping[str, Sequence[str]]) -> list[tuple[str, float]]:
    """Decide every text by weights that were fitted without it."""
    answers: list[tuple[str, float]] = [("", 0.0)] * len(examples)
    for fold in range(FOLDS):
        weights = fit([each for number, each in enumerate(examples) if number % FOLDS != fold])
        for number in range(fold, len(examples), FOLDS):
            answers[number] = decide(examples[number], weights, concealed)
    return answers


def count_errors(examples: Sequence[Example], answers: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Say by length how many texts are read as another language, and how many as none for lack of probability."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each, (language, probability) in zip(examples, answers, strict=True):
        unsure = not language or probability < MIN_SHARE
        kind = "none" if unsure else "right" if language == each.text.language else "wrong"
        counts[each.text.length][kind] += 1
    for length, found in counts.items():
        errors = found["wrong"] + found["none"]
        yield f"{length}: {errors} errors of {found.total()} ({found['wrong']} wrong, {found['none']} undetermined)"


def concealing(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return the sure answers of langdetect that languages without a profile get, each with words of its own.

    These are words that many texts in the language have and hardly any of the concealed ones.
    """
    answers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in examples:
        if each.text.length in LONG and each.text.language not in PROFILED and each.first:
            answers[each.first][each.text.language] += 1
    words = {language: word_shares(examples, language) for language in {each.text.language for each in examples}}
    found: dict[str, list[str]] = {}
    for answer, counts in sorted(answers.items()):
        concealed = [language for language, count in counts.items() if count >= MIN_CONCEALED]
        if not concealed:
            continue
        own = {
            word: share - OWN_WORD_PENALTY * max(words[language][word] for language in concealed)
            for word, share in words.get(answer, Counter()).items()
            if sum(shares[word] >= MIN_SHARED for shares in words.values()) <= MAX_LANGUAGES
        }
        ranked = sorted(own, key=lambda word: (-own[word], word))
        found[answer] = sorted(word for word in ranked[:OWN_WORDS] if own[word] >= MIN_OWN_SHARE)
    return found


def word_shares(examples: Sequence[Example], language: str) -> Counter[str]:
    """Return in which share of the longer texts of a language each word stands."""
    texts = [each.text for each in examples if each.text.language == language]
    long = [text.text for text in texts if text.length in {*LONG, "section300"}]
    counts = Counter(word for text in long for word in set(text.lower().split()) if word.isalpha())
    return Counter({word: count / len(long) for word, count in counts.items()})


def concealed_rows(examples: Sequence[Example], concealed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say of how many long texts the second detector is asked, and how many are trusted in the wrong language."""
    asked: Counter[str] = Counter()
    for each in examples:
        if each.text.length not in {*LONG, "section300"} or each.first not in concealed:
            continue
        trusted = len(set(concealed[each.first]) & set(each.text.text.lower().split())) >= MIN_OWN_WORDS
        right = each.first == each.text.language
        asked[f"{'right' if right else 'wrong'} and {'trusted' if trusted else 'asked'}"] += 1
    yield f"answers that conceal languages: {dict(sorted(asked.items()))}"


def fit_lines(weights: Any, concealed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the file."""
    yield "# How far to believe each detector. Made by tests/make/fit_detection.py, which says of what; do not edit."
    yield ""
    yield "# Answers that langdetect is sure of for texts in languages that it has no profile of, and words by which it"
    yield "# is right."
    yield "[concealing]"
    for language, words in concealed.items():
        yield f"{language} = [" + ", ".join(f'"{word}"' for word in words) + "]"
    yield ""
    yield "# What each feature counts in a text of 60 characters."
    yield "[weights]"
    names = (*Features._fields, *SLOPED)
    lines = [f"{name} = {weight:.{_DIGITS}f}" for name, weight in zip(names, weights, strict=True)]
    yield from lines[: len(Features._fields)]
    yield ""
    yield "# What is added to that, times the logarithm of how many times longer a text is."
    yield "[slopes]"
    yield from lines[len(Features._fields) :]


if __name__ == "__main__":
    main()
