"""Fit the numbers of `pipeline/intake/detection/fit.toml`: which of two detectors to believe, and how far.

Run from the root of the repository, with POLYPOST_DATA set and the packages of `PACKAGES` installed:

    python -m tests.make.fit_detection            # print the errors, cross-validated
    python -m tests.make.fit_detection --write    # and write the file

It learns from the shared texts of 22 languages (`detection/dev.json.gz`), and for the languages that langdetect has no
profile of, or that few postings are written in, from messages of gettext catalogs that people translated. That a text
is in none of the languages that the detectors know is learned from catalogs in such languages, and from those in
languages that py3langid alone knows, read without that one. Each text is described by the features of
`ensemble.describe_candidates`; a conditional logit (softmax over the candidates of a text) is fitted by Newton's
method. The same data gives the same numbers.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import polib

from pipeline.intake.detection.detectors import (
    PROFILED,
    Detector,
    LangdetectDetector,
    Py3langidDetector,
)
from pipeline.intake.detection.ensemble import (
    MIN_FIRST_CHARS,
    MIN_OWN_WORDS,
    SURE,
    Features,
    count_chars,
    describe_candidates,
    has_locale,
    length_of,
    rarity_of,
)
from pipeline.intake.detection.language import MIN_SHARE
from pipeline.intake.detection.letters import UNKNOWN, has_words, read_script
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
# By the catalogs' own names; those that only a language without a profile or a rare one needs, and those of languages
# that neither detector knows.
SMALL = (
    *(
        "af",
        "am",
        "as",
        "az",
        "be",
        "bg",
        "bn",
        "bs",
        "br",
        "cy",
        "eo",
        "et",
        "eu",
        "fi",
        "fo",
        "ga",
        "gd",
        "gl",
        "hr",
        "hu",
        "id",
        "is",
        "ku",
    ),
    *(
        "kk",
        "ky",
        "lg",
        "lt",
        "lv",
        "mk",
        "mr",
        "ms",
        "ne",
        "nn",
        "my",
        "nso",
        "oc",
        "ps",
        "rw",
        "sk",
        "sl",
        "so",
        "sq",
        "sr@latin",
    ),
    *("fa", "mn", "sr", "ug", "uk", "ur", "ckb", "tg", "tk", "tl", "tt", "uz", "uz@cyrillic", "wa", "xh", "zu"),
)
STRANGE = ("ang", "ast", "be@latin", "csb", "fur", "ia", "io", "kw", "li", "mi", "nds", "sc", "son", "tt@iqtelif", "ve")
# Serbian is translated in Cyrillic and written in Latin letters by one rule.
CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = (*"abvgdđežzijkl", "lj", *"mn", "nj", *"oprstćufhcč", "dž", "š")
TO_LATIN = {
    ord(letter): spelled
    for first, second in zip(CYRILLIC, LATIN, strict=True)
    for letter, spelled in ((first, second), (first.upper(), second.capitalize()))
}
SPELLED = {"sr@latin": "sr_Latn", "tl": "fil", "uz@cyrillic": "uz_Cyrl"}
# So many texts of each length a language, and so much one of them counts, by the rarity of its language: few postings
# are written in these.
EACH = 60
WEIGHTS = {0.0: 1.0, 1.0: 0.3, 2.0: 0.1}
WEIGHT_OF_UNKNOWN = 0.3
# Features that count more or less in longer texts.
SLOPED = ("first", "second", "rarity", "unprofiled", "unknown", "strange")
# Characters of the texts that are put together of messages.
SMALL_LENGTHS = {"catalog800": (600, 800), "catalog300": (200, 320), "catalog60": (45, 80), "catalog25": (15, 32)}
LONG = ("catalog800", "catalog300")
# So many words of its own are kept of each language; a word that texts have as often which langdetect takes for that
# language costs so many times as much.
OWN_WORDS = 64
OWN_WORD_PENALTY = 8
MIN_OWN_SHARE = 0.03
MIN_TAKEN = 3
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
    without: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text as the decision sees it: its candidates, and a row of features for each; none if the letters decide."""

    text: Text
    settled: str
    candidates: tuple[str, ...]
    features: Any
    first: str
    second: str = ""


def main() -> None:
    """Fit, print the errors, and write the file if asked to."""
    parser = argparse.ArgumentParser(description="Fit the decision of language detection.")
    parser.add_argument("--write", action="store_true", help="write pipeline/intake/detection/fit.toml")
    write = parser.parse_args().write
    examples = list(describe([*shared_texts(), *catalog_texts()]))
    weights, words = fit(examples), own_words(examples)
    for title, answers in (
        ("fitted on all texts", [decide(each, weights, words) for each in examples]),
        (f"cross-validated, {FOLDS} folds", cross_validated(examples, words)),
    ):
        print(title)  # noqa: T201
        for row in count_errors(examples, answers):
            print(f"  {row}")  # noqa: T201
    for row in trusted_rows(examples, words):
        print(row)  # noqa: T201
    lines = "\n".join(fit_lines(weights, words))
    print(lines)  # noqa: T201
    if write:
        Path(str(files("pipeline.intake.detection") / "fit.toml")).write_text(lines + "\n", encoding="utf-8")


def shared_texts() -> Iterator[Text]:
    """Yield the shared texts of 22 languages."""
    for length in LENGTHS:
        for language, texts in dev_texts(length).items():
            yield from (Text(length=length, language=language, text=text) for text in texts)


def catalog_texts() -> Iterator[Text]:
    """Yield texts of small and strange languages: single messages, and some of them together."""
    for name in (*SMALL, *STRANGE):
        drawn = random.Random(name)  # noqa: S311  no secret: the same texts in every run
        messages = catalog_messages(name)
        language = UNKNOWN if name in STRANGE else SPELLED.get(name, name)
        for length, (least, most) in SMALL_LENGTHS.items():
            for text in pieces(messages, least, most, drawn) if name not in STRANGE or length in LONG else ():
                weight = 1.0 if length in LONG else WEIGHTS[rarity_of(language)]
                weight = WEIGHT_OF_UNKNOWN if language == UNKNOWN else weight
                yield Text(length=length, language=language, text=text, weight=weight)
                if length in LONG and language not in {*PROFILED, UNKNOWN}:
                    yield Text(
                        length="unknown", language=UNKNOWN, text=text, weight=WEIGHT_OF_UNKNOWN, without=language
                    )


def catalog_messages(name: str) -> list[str]:
    """Return the translated messages of a language, without what is no word of it."""
    if name == "sr@latin":
        return [message.translate(TO_LATIN) for message in catalog_messages("sr")]
    found: dict[str, None] = {}
    for domain in PACKAGES:
        path = CATALOGS / name / "LC_MESSAGES" / f"{domain}.mo"
        for entry in polib.mofile(str(path)) if path.is_file() else ():
            text = " ".join(_NO_WORDS.sub(" ", entry.msgstr).split())
            if entry.msgid != entry.msgstr and re.search(r"[^\W\d_]{3}", text):
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
    lacking: dict[str, Detector] = {"": second}
    for each in texts:
        reading = read_script(each.text)
        long = count_chars(reading.text) >= MIN_FIRST_CHARS
        settled = (reading.language or "").removesuffix("_Hant")
        if reading.certain or (reading.language and not long) or not has_words(reading.text):
            yield Example(text=each, settled=settled, candidates=(), features=None, first="")
            continue
        if each.without and reading.language:
            continue
        if each.without not in lacking:
            lacking = {"": second, each.without: Py3langidDetector(without=each.without)}
        guesses = first(reading.text) if long else None
        found = describe_candidates(reading.text, guesses, lacking[each.without])
        longer = length_of(reading.text)
        rows = np.array(
            [[*features, *(longer * getattr(features, name) for name in SLOPED)] for features in found.values()]
        )
        sure = settled or (guesses[0].language if guesses and guesses[0].probability >= SURE else "")
        best = max(found, key=lambda language: found[language].second, default="")
        names = tuple(language if has_locale(language) else UNKNOWN for language in found)
        yield Example(text=each, settled="", candidates=names, features=rows, first=sure, second=best)


def fit(examples: Sequence[Example]) -> Any:
    """Return the weights under which the right candidates are most probable: levels, then slopes."""
    usable = [
        each
        for each in examples
        if len(each.candidates) > 1
        and each.text.language in each.candidates
        # Long texts that are no sentences are all in small languages here: their languages would be learned instead.
        and (UNKNOWN in each.candidates or count_chars(each.text.text) < MIN_FIRST_CHARS)
    ]
    most = max(len(each.candidates) for each in usable)
    size = len(Features._fields) + len(SLOPED)
    table = np.zeros((len(usable), most, size))
    absent = np.full((len(usable), most), -np.inf)
    right = np.zeros((len(usable), most))
    for number, each in enumerate(usable):
        table[number, : len(each.candidates)] = each.features
        absent[number, : len(each.candidates)] = 0
        right[number, : len(each.candidates)] = [language == each.text.language for language in each.candidates]
    # Of several candidates without a locale the one that no detector names.
    right = right[:, ::-1] * (right[:, ::-1].cumsum(axis=1) == 1)
    wanted = (right[:, ::-1, None] * table).sum(axis=1)
    weight = np.array([each.text.weight for each in usable])
    weights = np.zeros(size)
    for _ in range(STEPS):
        scores = table @ weights + absent
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
    return weights


def decide(each: Example, weights: Any, words: Mapping[str, Sequence[str]]) -> tuple[str, float]:
    """Return the most probable language and its probability, as a posting of this one text is read."""
    if each.features is None:
        return each.settled, 1.0
    if each.first and has_own_words(each, words):
        return each.first, 1.0
    if not each.candidates:
        return "", 0.0
    scores = each.features @ weights
    odds = np.exp(scores - scores.max())
    shares: defaultdict[str, float] = defaultdict(float)
    for language, odd in zip(each.candidates, odds / odds.sum(), strict=True):
        shares[language] += float(odd)
    return max(shares.items(), key=lambda share: share[1])


def has_own_words(each: Example, words: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a text has words of the language that langdetect is sure of."""
    return len(set(words.get(each.first, ())) & set(each.text.text.lower().split())) >= MIN_OWN_WORDS


def cross_validated(examples: Sequence[Example], words: Mapping[str, Sequence[str]]) -> list[tuple[str, float]]:
    """Decide every text by weights that were fitted without it."""
    answers: list[tuple[str, float]] = [("", 0.0)] * len(examples)
    for fold in range(FOLDS):
        weights = fit([each for number, each in enumerate(examples) if number % FOLDS != fold])
        for number in range(fold, len(examples), FOLDS):
            answers[number] = decide(examples[number], weights, words)
    return answers


def count_errors(examples: Sequence[Example], answers: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Say by length how many texts are read as another language, and how many as none for lack of probability."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each, (language, probability) in zip(examples, answers, strict=True):
        unsure = language in {"", UNKNOWN} or probability < MIN_SHARE
        right = language == each.text.language or (unsure and each.text.language == UNKNOWN)
        kind = "right" if right else "none" if unsure else "wrong"
        counts[each.text.length][kind] += 1
    for length, found in counts.items():
        errors = found["wrong"] + found["none"]
        yield f"{length}: {errors} errors of {found.total()} ({found['wrong']} wrong, {found['none']} undetermined)"


def own_words(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return frequent words of every language that langdetect is sure of in some text.

    These are words that many texts in the language have and hardly any of those that it takes for it.
    """
    taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in examples:
        for answer in {each.first, each.second} - {each.text.language, ""}:
            taken[answer][each.text.language] += 1
    words = {language: word_shares(examples, language) for language in {each.text.language for each in examples}}
    found: dict[str, list[str]] = {}
    for language in sorted(words.keys() - {UNKNOWN}):
        others = [other for other, count in taken[language].items() if count >= MIN_TAKEN]
        own = {
            word: share
            - OWN_WORD_PENALTY * max((words[other][word] for other in others if other in words), default=0.0)
            for word, share in words[language].items()
            if sum(shares[word] >= MIN_SHARED for shares in words.values()) <= MAX_LANGUAGES
        }
        ranked = sorted(own, key=lambda word: (-own[word], word))
        found[language] = sorted(word for word in ranked[:OWN_WORDS] if own[word] >= MIN_OWN_SHARE)
    return found


def word_shares(examples: Sequence[Example], language: str) -> Counter[str]:
    """Return in which share of the longer texts of a language each word stands."""
    texts = [each.text for each in examples if each.text.language == language]
    long = [text.text for text in texts if text.length in {*LONG, "section300"}]
    counts = Counter(word for text in long for word in set(text.lower().split()) if word.isalpha())
    return Counter({word: count / len(long) for word, count in counts.items()})


def trusted_rows(examples: Sequence[Example], words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Say of how many long texts the second detector is asked, and how many are trusted in the wrong language."""
    asked: Counter[str] = Counter()
    trusted: Counter[str] = Counter()
    for each in examples:
        if each.first and not each.text.without:
            right = each.first == each.text.language
            asked[f"{'right' if right else 'wrong'} and {'trusted' if has_own_words(each, words) else 'asked'}"] += 1
            if not right and has_own_words(each, words):
                trusted[f"{each.text.language}>{each.first}"] += 1
    yield f"sure answers of langdetect: {dict(sorted(asked.items()))}"
    yield f"wrong and trusted: {dict(trusted)}"


def fit_lines(weights: Any, words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the file."""
    yield "# How far to believe each detector. Made by tests/make/fit_detection.py, which says of what; do not edit."
    yield ""
    yield "# Frequent words of the languages that langdetect knows, which texts that it takes for them do not have."
    yield "[own_words]"
    for language, own in words.items():
        yield f'{language} = "{" ".join(own)}"'
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
