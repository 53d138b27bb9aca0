"""Estimates how likely a machine's target is wrong, from what can be seen of it beside its source: 0 to 100.

Each feature is a number that needs no other text: how many words come back when the target is translated back, how
many of its words no dictionary knows, how many findings it has. A logistic regression weighs them; its weights stand in
`risk.toml` beside this module. What is not known of a target, such as a way back that was not asked, counts as
average.
"""

import math
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Final

from pipeline.language.product_names import lost_names
from pipeline.language.vocabulary import is_known, unknown_words
from pipeline.model.markup import strip_markup

HIGHEST: Final = 100
# A score is counted in thousandths, so that its sum is the same on every machine.
_SCALE: Final = 1000
_WORD = re.compile(r"[^\W\d_]+")
# Words that begin alike in so many letters count as forms of one.
_STEM: Final = 5
_CONTENT: Final = 4
_GRAMS: Final = (1, 6)
# What a way back that was not asked counts as: the average of those that were.
_USUAL_UNRETURNED: Final = 0.3
_USUAL_CHANGED: Final = 0.4
# Both languages of most pairs need about as many letters.
_USUAL_LENGTH: Final = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of a target: `errors` and `warnings` are numbers of findings.

    `returned` is what the reverse direction makes of the target, "" if it was not asked; `others` are other answers to
    the same question.
    """

    source: str
    target: str
    source_language: str
    language: str
    context: str = ""
    errors: int = 0
    warnings: int = 0
    returned: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What is seen of a target, each 0 where nothing speaks against it."""

    errors: float
    warnings: float
    unknown: float
    left: float
    length: float
    names: float
    words: float
    unreturned: float
    changed: float


def estimate_risk(evidence: Evidence) -> int:
    """Return how likely a target is wrong, 0 to 100."""
    return risk_of(read_features(evidence))


def risk_of(features: Features) -> int:
    """Weigh the features of a target."""
    weights, intercept = _weights()
    score = intercept + sum(
        weights[field.name] * round(getattr(features, field.name) * _SCALE) for field in fields(features)
    )
    return bisect_right(_thresholds(), score)


def read_features(evidence: Evidence) -> Features:
    """Read what is seen of a target."""
    source, target = strip_markup(evidence.source), strip_markup(evidence.target)
    words = _WORD.findall(source)
    unreturned, changed = _round_trip(source, strip_markup(evidence.returned))
    return Features(
        errors=min(evidence.errors, 2),
        warnings=min(evidence.warnings, 2),
        unknown=min(len(unknown_words(target, evidence.language)), 2),
        left=min(sum(1 for _ in _left(words, target, evidence)), 3),
        length=abs(math.log(max(len(target), 1) / max(len(source), 1) / _USUAL_LENGTH)) if words else 0.0,
        names=min(len(lost_names(source, target, evidence.source_language)), 2),
        words=min(len(words), 40),
        unreturned=unreturned,
        changed=changed,
    )


def _left(words: list[str], target: str, evidence: Evidence) -> Iterator[str]:
    """Yield the words of the source that stand in the target and are none of its language."""
    kept = {word for word in _WORD.findall(target) if word.islower() and len(word) >= _CONTENT}
    for word in dict.fromkeys(words):
        if word in kept and not is_known(word, evidence.language):
            yield word


def _round_trip(source: str, returned: str) -> tuple[float, float]:
    """Return which share of the content words does not come back, and how much else the letters changed."""
    if not returned:
        return _USUAL_UNRETURNED, _USUAL_CHANGED
    stems = Counter(_stems(source))
    back = Counter(_stems(returned))
    lost = sum((stems - back).values())
    return lost / max(stems.total(), 1), 1 - similarity(source, returned)


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM] for word in _WORD.findall(text.casefold()) if len(word) >= _CONTENT)


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are by their strings of one to six letters (chrF, Popović 2015, with beta 2), 0 to 1.

    >>> similarity("night nurse", "night nurse"), similarity("night", "cook")
    (1.0, 0.0)
    """
    wanted, found = ("".join(text.casefold().split()) for text in (one, other))
    scores = []
    for size in range(_GRAMS[0], _GRAMS[1] + 1):
        grams, hits = _grams(wanted, size), _grams(found, size)
        if not grams or not hits:
            continue
        common = (grams & hits).total()
        recall, precision = common / grams.total(), common / hits.total()
        scores.append(5 * precision * recall / (4 * precision + recall) if common else 0.0)
    return sum(scores) / len(scores) if scores else 0.0


def _grams(text: str, size: int) -> Counter[str]:
    return Counter(text[start : start + size] for start in range(len(text) - size + 1))


@cache
def _weights() -> tuple[Mapping[str, int], int]:
    """Return the weights in thousandths, and what a target without a feature has in millionths."""
    table = tomllib.loads((files("pipeline.translation") / "risk.toml").read_text(encoding="utf-8"))
    return {name: round(weight * _SCALE) for name, weight in table["weights"].items()}, round(
        table["intercept"] * _SCALE * _SCALE
    )


@cache
def _thresholds() -> tuple[int, ...]:
    """Return the scores from which a risk of 1, 2, … 100 percent is said."""
    shares = ((number - 0.5) / HIGHEST for number in range(1, HIGHEST + 1))
    return tuple(round(math.log(share / (1 - share)) * _SCALE * _SCALE) for share in shares)
