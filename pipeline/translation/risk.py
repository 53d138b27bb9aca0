"""Estimates how likely a machine's target is wrong, 0 to 100, from what can be seen of it beside its source.

A logistic regression over few features: words that another answer of the engine says otherwise, words that do not come
back from the reverse direction, words left in the source's language, long runs of words without a small one among them.
Its weights stand in `risk.toml` beside this module, made by `tests/make/risk_weights.py` from a translator's verdicts;
`make bench` prints what each is good for. A feature that cannot be read, such as a way back that was not asked or the
words of a language without a list, counts as usual, so that pairs that nobody judged get a number too.

On 207 fresh verdicts, 37 of them wrong, it tells wrong from right with an AUC of .74 (.65 to .81 in 95 of 100 samples),
errors of sense with .79; without the two features for which an engine is asked again, with .67 and .62. Above a risk of
50 are 3 in 100 lines, and every third of them is wrong.
"""

import math
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, NamedTuple

from pipeline.language.exonyms import words_for_same
from pipeline.language.knowledge import knowledge
from pipeline.language.letters import writes_capital_nouns
from pipeline.language.product_names import find_names, lost_names
from pipeline.language.vocabulary import has_vocabulary, is_known
from pipeline.model.markup import strip_markup

HIGHEST: Final = 100
# Features and weights are counted in thousandths, so that their sum is the same on every machine.
SCALE: Final = 1000
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|[,;:.()/|–—-]")
_MIN_CONTENT: Final = 3
_MIN_LEFT: Final = 4
# Each word of one text is held against each of another.
_MOST_READ: Final = 200
# Words that begin alike in so many letters, or in this share of the longer one, are forms of one.
_ALIKE_LETTERS: Final = 4
_ALIKE_SHARE: Final = 0.6
_SHORT: Final = 5
# More of the same says no more: one sentence with ten such words is not ten times as wrong.
_MOST_WORDS: Final = 6
_MOST_LEFT: Final = 3
_MOST_FINDINGS: Final = 2
_LONGEST_RUN: Final = 8


class SecondAnswers(NamedTuple):
    """What came of asking again: the target in the source's language, and another target; "" for what is not known."""

    returned: str = ""
    other: str = ""


UNASKED: Final = SecondAnswers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a target; `errors` is the number of findings that hold it.

    `asked` are the plainer words in which the engine was asked, "" if they are those of the source. `returned` is what
    the reverse direction makes of the target, "" if it was not asked; `others` are other answers to the same question.
    """

    source: str
    target: str
    source_language: str
    language: str
    errors: int = 0
    asked: str = ""
    returned: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What is seen of a target, 0 where nothing speaks against it, None where it cannot be read.

    `errors` are findings, `others` the words that other answers do not have, `unreturned` the words of
    the source that do not come back, `left` words of the source that the target's language does not know, `made` other
    such words, `names` listed names that were lost, `run` the longest run of words without a small one between,
    `capitals` the share of the source's words with a capital.
    """

    errors: float | None
    others: float | None
    unreturned: float | None
    left: float | None
    made: float | None
    names: float | None
    run: float | None
    capitals: float | None


NAMES: Final = tuple(field.name for field in fields(Features))


class Weights(NamedTuple):
    """What a target has to begin with, what each feature adds to it, and what one that cannot be read counts as."""

    intercept: float
    weights: Mapping[str, float]
    usual: Mapping[str, float]


def estimate_risk(evidence: Evidence) -> int:
    """Return how likely a target is wrong, 0 to 100."""
    return risk_of(read_features(evidence))


def risk_of(features: Features, weights: Weights | None = None) -> int:
    """Weigh the features of a target; the weights are the bundled ones if absent.

    >>> unknown = Features(**dict.fromkeys(NAMES))
    >>> risk_of(unknown, Weights(0.0, dict.fromkeys(NAMES, 1.0), dict.fromkeys(NAMES, 0.0)))
    50
    """
    intercept, each, usual = weights or bundled_weights()
    score = round(intercept * SCALE) * SCALE
    for name in NAMES:
        value = getattr(features, name)
        known = usual[name] if value is None else value
        score += round(each[name] * SCALE) * round(known * SCALE)
    return bisect_right(_scores(), score)


def read_features(evidence: Evidence) -> Features:
    """Read what is seen of a target."""
    source, target = strip_markup(evidence.source), strip_markup(evidence.target)
    language, own = evidence.source_language, evidence.language
    words = _WORD.findall(source)
    left, made = _foreign_words(source, target, language, own)
    return Features(
        errors=float(min(evidence.errors, _MOST_FINDINGS)),
        others=_disagreement(target, evidence.others, own),
        unreturned=_unreturned((source, strip_markup(evidence.asked)), strip_markup(evidence.returned), language),
        left=left,
        made=made,
        names=float(min(len(lost_names(source, target, language)), _MOST_FINDINGS)),
        run=_longest_run(source, language),
        capitals=None if writes_capital_nouns(language) else sum(map(_has_capital, words)) / max(len(words), 1),
    )


def _disagreement(target: str, others: Sequence[str], language: str) -> float | None:
    """Return how many content words of a target other answers do not have, on average of their roots.

    Alone it tells wrong from right with an AUC of .71 on 551 judged lines.
    """
    words = _content(target, language)
    counted = [_missing(words, _content(strip_markup(other), language)) for other in others if other]
    return sum(map(_damped, counted)) / len(counted) if counted else None


def _unreturned(asked: Sequence[str], returned: str, language: str) -> float | None:
    """Return how many content words of a source do not come back; of two wordings the one with more that do."""
    if not returned:
        return None
    back = _content(returned, language)
    wordings = [words for text in asked if (words := _content(text, language))]
    return min((_damped(_missing(words, back)) for words in wordings), default=0.0)


def _foreign_words(source: str, target: str, language: str, own: str) -> tuple[float | None, float | None]:
    """Count the words that the target's language does not know: those of the source, if it knows them, and new ones."""
    if not (has_vocabulary(own) and has_vocabulary(language)):
        return None, None
    names = {word for start, stop in find_names(source, language) for word in _WORD.findall(source[start:stop])}
    known = frozenset(_WORD.findall(source.lower()))
    unknown = [
        word
        for word in dict.fromkeys(_WORD.findall(target))
        if len(word) >= _MIN_LEFT and word not in names and not is_known(word.lower(), own)
    ]
    left = sum(word.lower() in known and is_known(word.lower(), language) for word in unknown)
    made = [word.lower() for word in unknown if word.lower() not in known and not word.isupper()]
    if made:
        same = words_for_same(source, target, language, own)
        made = [word for word in made if word not in same]
    return float(min(left, _MOST_LEFT)), float(min(len(made), _MOST_LEFT))


def _longest_run(source: str, language: str) -> float | None:
    """Return how many words at most stand side by side without a small one or a sign: noun stacks have many."""
    small = _small_words(language)
    if not small:
        return None
    longest = run = 0
    for match in _WORD_OR_SIGN.finditer(source):
        run = run + 1 if match[0][0].isalpha() and match[0].casefold() not in small else 0
        longest = max(longest, run)
    return float(min(longest, _LONGEST_RUN))


def _content(text: str, language: str) -> list[str]:
    """Return the words of a text that are not small ones, in small letters; of a long text the first ones."""
    small = _small_words(language)
    words = (match[0] for match in _WORD.finditer(text.casefold()))
    return list(islice((word for word in words if len(word) >= _MIN_CONTENT and word not in small), _MOST_READ))


def _missing(words: Sequence[str], others: Sequence[str]) -> int:
    """Count the words of which no form is among the others."""
    known = frozenset(others)
    return sum(word not in known and not any(_are_forms(word, other) for other in known) for word in words)


def _are_forms(one: str, other: str) -> bool:
    """Tell whether two words may be forms of one, by their beginnings.

    >>> _are_forms("manage", "managing"), _are_forms("nurse", "nurses"), _are_forms("cook", "book")
    (True, True, False)
    """
    longer = max(len(one), len(other))
    common = next(_differing(one, other), min(len(one), len(other)))
    return (common >= _ALIKE_LETTERS and common >= _ALIKE_SHARE * longer) or (
        common == _ALIKE_LETTERS - 1 and longer <= _SHORT
    )


def _differing(one: str, other: str) -> Iterator[int]:
    return (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


def _damped(count: int) -> float:
    return math.sqrt(min(count, _MOST_WORDS))


def _has_capital(word: str) -> bool:
    return word[0].isupper()


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(knowledge(language).listed("writing", "frequent"))


@cache
def bundled_weights() -> Weights:
    """Return the weights that were made from verdicts."""
    table = tomllib.loads((files("pipeline.translation") / "risk.toml").read_text(encoding="utf-8"))
    return Weights(table["intercept"], table["weights"], table["usual"])


@cache
def _scores() -> tuple[int, ...]:
    """Return the scores from which a risk of 1, 2, … 100 is said: the logarithm of the odds of half a percent less."""
    shares = ((number - 0.5) / HIGHEST for number in range(1, HIGHEST + 1))
    return tuple(round(math.log(share / (1 - share)) * SCALE * SCALE) for share in shares)
