"""In which language one text is written: its letters first, then two detectors, weighed by one fitted decision.

Letters settle most scripts (Greek, Thai, the Cyrillic of Mongolian). A longer text in Latin letters is read by the
first detector alone where it is sure. Else every language that either detector names gets a score, the sum of a few
features times their weights, and the scores become probabilities (a conditional logit). The weights lie in `fit.toml`
and are made by `tests/make/fit_detection.py`.

    >>> from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
    >>> ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    >>> ensemble("Wij zoeken een bakker voor onze zaak in Breda")[0].language
    'nl'
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, inf, log
from typing import NamedTuple

from pipeline.intake.detection.detectors import MAX_SECOND_CHARS, PROFILED, Detector, Guess
from pipeline.intake.detection.letters import has_words, read_script
from pipeline.language.scripts import CAPITAL_LATIN

# langdetect walks seven times over a text; below this one of the walks came out elsewhere.
SURE = 0.95
# In shorter texts langdetect errs more than once in fifty even where it is sure; it adds nothing there to py3langid.
MIN_FIRST_CHARS = 100
# A language that a detector does not name is this probable to it.
_FLOOR = 0.005
# Less is no candidate unless the other detector names it.
_MIN_CANDIDATE = 0.01
# The weights are those of a text of so many characters.
_REFERENCE_CHARS = 60
_UNCOMMON, _RARE = 1.0, 2.0
# Names can be most of a short text: read without them where they are a quarter of it, and enough is left. Without that
# 4 of 44 hostile postings are wrong.
_MAX_NAMED_CHARS = 200
_MAX_UNNAMED = 0.75
_MIN_UNNAMED_CHARS = 16
# So many words of its own show that a text is in the language it is read as.
MIN_OWN_WORDS = 2
# One word of a close language may be a name or a slip; two were right in 90 of the 91 texts of 18,000 that have them.
_MIN_CLOSE_WORDS = 2


class Features(NamedTuple):
    """What speaks for one language: logarithms of probabilities, and counts."""

    first: float  # what langdetect gives it; 0 in short texts, which it is not asked about
    second: float  # what py3langid gives it
    unnamed: float  # what py3langid gives it without the names in a short text
    unprofiled: float  # 1 where langdetect was asked but cannot know the language
    rarity: float  # 0 for the languages that most postings are written in, 1 for others, 2 for rare ones
    close_words: float  # 1 where the text has two words that the language it is taken for does not have


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The fitted numbers and words.

    `weights` are those of a text of 60 characters, `slopes` what is added with the logarithm of how many times longer a
    text is. `concealing` are the answers of langdetect that languages without a profile get as well, each with frequent
    words that only a text which really is in this language has.
    """

    weights: Features
    slopes: Features
    concealing: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """`close` has, by the language that a text is taken for, the words of each close one."""

    close: Mapping[str, Mapping[str, re.Pattern[str]]]
    rarity: Mapping[str, float]
    name: re.Pattern[str]


@cache
def load_fit() -> Fit:
    """Read the numbers that lie beside this module."""
    fit = tomllib.loads((files(__package__) / "fit.toml").read_text(encoding="utf-8"))
    no_slopes = Features(*(0.0 for _ in Features._fields))
    return Fit(
        weights=Features(**fit["weights"]),
        slopes=no_slopes._replace(**fit["slopes"]),
        concealing={language: frozenset(words) for language, words in fit["concealing"].items()},
    )


@cache
def _words() -> _Words:
    table = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    close: dict[str, dict[str, re.Pattern[str]]] = {}
    for language, others in table["close"].items():
        for other, words in others.items():
            close.setdefault(other, {})[language] = re.compile(rf"\b(?:{'|'.join(words)})(?!\w)")
    rarity = {**dict.fromkeys(table["common"], 0.0), **dict.fromkeys(table["rare"], _RARE)}
    return _Words(close=close, rarity=rarity, name=_name_pattern(table["name_particles"]))


def _name_pattern(particles: Sequence[str]) -> re.Pattern[str]:
    """Return what finds words with a capital, and the particles that join them: Santa Casa da Misericórdia.

    The first word of a line or sentence has its capital from there.
    """
    capitalised = rf"[{CAPITAL_LATIN}][\w&'’.+#-]*"
    joined = rf"(?: (?:(?:{'|'.join(particles)}) ){{0,2}}(?:[dl]['’])?{capitalised})*"
    return re.compile(rf"(?<=[^\s.!?:;•·–—-])[ \u00a0,/(\"“„«]+{capitalised}{joined}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """A detector made of two."""

    first: Detector
    second: Detector
    fit: Fit = field(default_factory=load_fit)

    def __call__(self, text: str) -> Sequence[Guess]:
        """Return the candidates, most probable first; the second detector is asked only where the first is no help."""
        return self._read(text, settling=SURE)

    def ask_both(self, text: str) -> Sequence[Guess]:
        """Return the candidates of both, for a text whose language is in doubt for reasons outside it."""
        return self._read(text, settling=inf)

    def conceals(self, language: str, text: str) -> bool:
        """Tell whether a text that is read as `language` may be in one that the first detector does not know."""
        text = text[:MAX_SECOND_CHARS]
        own = self.fit.concealing.get(language)
        if own is not None and len(own.intersection(text.lower().split())) < MIN_OWN_WORDS:
            return True
        return bool(_close_languages(text, {language}, least=1))

    def _read(self, text: str, *, settling: float) -> Sequence[Guess]:
        reading = read_script(text)
        if reading.language is not None:
            return (Guess(reading.language, 1.0),)
        if not has_words(reading.text):
            return ()
        guesses = self.first(reading.text) if count_chars(reading.text) >= MIN_FIRST_CHARS else None
        if guesses and guesses[0].probability >= settling:
            return guesses
        return self._weighed(reading.text, guesses)

    def _weighed(self, text: str, first: Sequence[Guess] | None) -> Sequence[Guess]:
        candidates = describe_candidates(text, first, self.second)
        longer = length_of(text)
        weights = [weight + slope * longer for weight, slope in zip(self.fit.weights, self.fit.slopes, strict=True)]
        scores = {
            language: sum(weight * value for weight, value in zip(weights, features, strict=True))
            for language, features in candidates.items()
        }
        best = max(scores.values(), default=0.0)
        odds = {language: exp(score - best) for language, score in scores.items()}
        whole = sum(odds.values())
        guesses = [Guess(language, odd / whole) for language, odd in odds.items()]
        return sorted(guesses, key=lambda guess: (-guess.probability, guess.language))


def describe_candidates(text: str, first: Sequence[Guess] | None, second: Detector) -> Mapping[str, Features]:
    """Return the features of every language that a text may be in; `first` is None where langdetect was not asked."""
    text = _without_addresses(text)
    guesses = second(text)
    unnamed = strip_names(text) if len(text) <= _MAX_NAMED_CHARS else text
    telling = _MIN_UNNAMED_CHARS <= count_chars(unnamed) <= _MAX_UNNAMED * count_chars(text)
    guesses_unnamed = second(unnamed) if telling else guesses
    found, found_second, found_unnamed = (
        {guess.language: guess.probability for guess in each} for each in (first or (), guesses, guesses_unnamed)
    )
    named = {
        guess.language for guess in (*(first or ()), *guesses, *guesses_unnamed) if guess.probability >= _MIN_CANDIDATE
    }
    close = _close_languages(text, named)
    return {
        language: Features(
            first=0.0 if first is None else log(max(found.get(language, 0.0), _FLOOR)),
            second=log(max(found_second.get(language, 0.0), _FLOOR)),
            unnamed=log(max(found_unnamed.get(language, 0.0), _FLOOR)),
            unprofiled=float(first is not None and language not in PROFILED),
            rarity=rarity_of(language),
            close_words=float(language in close),
        )
        for language in sorted(named | close)
    }


def strip_names(text: str) -> str:
    """Take out the words with a capital inside their sentence, and the small words that join them.

    Names stay in their own language whatever language the sentence is in.

    >>> strip_names("We bake for Pastelaria de São João, near Oliveira de Azeméis.")
    'We bake for, near'
    """
    return _words().name.sub("", text)


def _without_addresses(text: str) -> str:
    """Leave out web and e-mail addresses, as langdetect does itself."""
    if "://" not in text and "@" not in text:
        return text
    return " ".join(word for word in text.split(" ") if "://" not in word and "@" not in word)


def rarity_of(language: str) -> float:
    """Return how few postings are written in a language, 0-2: a table made by judgment, not measured.

    >>> rarity_of("en"), rarity_of("fi"), rarity_of("ga")
    (0.0, 1.0, 2.0)
    """
    return _words().rarity.get(language, _UNCOMMON)


def _close_languages(text: str, named: set[str], least: int = _MIN_CLOSE_WORDS) -> set[str]:
    """Return the languages whose own words are in a text that is taken for a close one."""
    found = set()
    lowered = ""
    for other in named & _words().close.keys():
        lowered = lowered or text.lower()
        for language, pattern in _words().close[other].items():
            if len(set(pattern.findall(lowered))) >= least:
                found.add(language)
    return found


def length_of(text: str) -> float:
    """Return the logarithm of how many times longer than the reference a text is, as far as both detectors read it."""
    return log(min(max(count_chars(text), 1), MAX_SECOND_CHARS) / _REFERENCE_CHARS)


def count_chars(text: str) -> int:
    """Count the characters of a text without its spaces."""
    return len(text) - text.count(" ")
