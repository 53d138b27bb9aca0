"""In which language one text is written: its letters first, then two detectors, weighed by one fitted decision.

Letters settle most scripts (Greek, Thai, the Cyrillic of Mongolian). A longer text is read by the first detector alone
where it is sure and the text has frequent words of that language. Else every language that either detector names, and
"none of them", get a score, the sum of a few features times their weights; the scores become probabilities (a
conditional logit). Words and weights lie in `fit.toml` and are made by `tests/make/fit_detection.py`.

    >>> from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
    >>> ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    >>> ensemble("Wij zoeken een bakker voor onze zaak in Breda")[0].language
    'nl'
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, inf, log
from typing import NamedTuple

from pipeline.errors import LocaleError
from pipeline.intake.detection.detectors import MAX_SECOND_CHARS, PROFILED, Detector, Guess
from pipeline.intake.detection.letters import LETTERED, SETTLED, UNKNOWN, has_words, read_script
from pipeline.language.scripts import CAPITAL_LATIN
from pipeline.model.locale import parse_locale

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
# A word without digits and signs inside, but marks of vowels and an apostrophe or hyphen.
_RUNNING = re.compile(r"[^\w&<>/@|]*(?:[^\W\d_](?:[^\w\s!-,./:-@\[-`{-~]|['’])*-?)+[^\w&<>/@|]*")
# Of fewer no text is called strange.
MIN_RUNNING_CHARS = 60
# Less is not strange; above it other parts of the text are read. Without: 1 of 296 real postings has no language.
_MIN_STRANGE = 0.3
# So many words of its own show that a text is in the language it is read as.
MIN_OWN_WORDS = 3
# One word of a close language may be a name or a slip.
_MAX_TELLING = 3
# py3langid takes each for the others in half of the texts: an answer needs a telling word as well.
_ALIKE = frozenset({"hr", "bs", "sr_Latn"})
# Only of Croatian that is told from Serbian: 2 of 31 Serbian texts without a telling word are below, 11 of 25 Croatian.
_MAX_SERBIAN = 0.04


class Features(NamedTuple):
    """What speaks for one language: logarithms of probabilities, and counts; of `UNKNOWN` only the last two."""

    first: float = (
        0.0  # what langdetect gives it; 0 in short texts, which it is not asked about, and where it cannot know
    )
    second: float = 0.0  # what py3langid gives it
    unnamed: float = 0.0  # what py3langid gives it without the names in a short text
    unprofiled: float = 0.0  # 1 where langdetect was asked but cannot know the language
    rarity: float = 0.0  # 0 for the languages that most postings are written in, 1 for others, 2 for rare ones
    telling: float = 0.0  # how many words of its own the text has that a close language does not have, at most three
    unknown: float = 0.0  # 1 for `UNKNOWN`
    strange: float = 0.0  # how far the text is from what py3langid has learned of its best guess; only for `UNKNOWN`


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The fitted numbers and words.

    `weights` are those of a text of 60 characters, `slopes` what is added with the logarithm of how many times longer a
    text is. `own_words` are frequent words of languages, which texts that langdetect takes for them do not have.
    """

    weights: Features
    slopes: Features
    own_words: Mapping[str, frozenset[str]]


@cache
def load_fit() -> Fit:
    """Read the numbers that lie beside this module."""
    fit = tomllib.loads((files(__package__) / "fit.toml").read_text(encoding="utf-8"))
    return Fit(
        weights=Features(**fit["weights"]),
        slopes=Features()._replace(**fit["slopes"]),
        own_words={language: frozenset(words.split()) for language, words in fit["own_words"].items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    rarity: Mapping[str, float]
    name: re.Pattern[str]
    telling: Mapping[str, re.Pattern[str]]


@cache
def _words() -> _Words:
    table = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    rarity = {**dict.fromkeys(table["common"], 0.0), **dict.fromkeys(table["uncommon"], _UNCOMMON)}
    telling = {
        language: re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)")
        for language, words in table["telling"].items()
    }
    return _Words(rarity=rarity, name=_name_pattern(table["name_particles"]), telling=telling)


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
        """Tell whether a text that is read as `language` may be in one that the letters and the first do not know.

        It lacks frequent words of the language. Of 7,934 right answers of langdetect and the letters the second is
        asked about 635, of 1,725 wrong ones about 1,691 (`tests/make/fit_detection.py`).
        """
        if language in SETTLED or count_chars(text) < MIN_FIRST_CHARS:
            return False
        own = self.fit.own_words.get(language, frozenset())
        least = MIN_OWN_WORDS - (language in LETTERED)
        # Most texts have them in their beginning.
        for part in (text[:MAX_SECOND_CHARS], text):
            if len(own.intersection(part.lower().split())) >= least:
                return False
        return count_telling_words(language, text) <= 1

    def _read(self, text: str, *, settling: float) -> Sequence[Guess]:
        reading = read_script(text)
        long = count_chars(reading.text) >= MIN_FIRST_CHARS
        if reading.language == UNKNOWN:
            return ()
        if reading.language is not None and (
            reading.certain or settling <= SURE or not long or not self.conceals(reading.language, text)
        ):
            return (Guess(reading.language, 1.0),)
        if not has_words(reading.text):
            return ()
        guesses = self.first(reading.text) if long else None
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
        odds: defaultdict[str, float] = defaultdict(float)
        for language, score in scores.items():
            odds[language if has_locale(language) else UNKNOWN] += exp(score - best)
        whole = sum(odds.values())
        guesses = [Guess(language, odd / whole) for language, odd in odds.items()]
        guesses.sort(key=lambda guess: (-guess.probability, guess.language))
        if UNKNOWN in candidates and _in_doubt(guesses, text):
            return (Guess(UNKNOWN, 1.0),)
        return guesses


def _in_doubt(guesses: Sequence[Guess], text: str) -> bool:
    """Tell whether a text may as well be in a language that is written alike, for lack of a word that tells them."""
    best = guesses[0].language
    serbian = next((guess.probability for guess in guesses if guess.language == "sr_Latn"), 0.0)
    if best not in _ALIKE or (best == "hr" and serbian < _MAX_SERBIAN):
        return False
    return not count_telling_words(best, text)


def describe_candidates(text: str, first: Sequence[Guess] | None, second: Detector) -> Mapping[str, Features]:
    """Return the features of every language that a text may be in; `first` is None where langdetect was not asked."""
    text = _without_addresses(text)
    guesses = second(text)
    running = running_text(text) if first is not None and guesses else ""
    judged = count_chars(running) >= MIN_RUNNING_CHARS
    windows = [guesses]
    if judged and guesses[0].strangeness > _MIN_STRANGE:
        windows += [
            second(window) for window in dict.fromkeys((running[:MAX_SECOND_CHARS], running[-MAX_SECOND_CHARS:]))
        ]
    guesses_unnamed = _read_unnamed(text, guesses, second)
    found, found_second, found_unnamed = (
        {guess.language: guess.probability for guess in each} for each in (first or (), guesses, guesses_unnamed)
    )
    named = {
        guess.language for guess in (*(first or ()), *guesses, *guesses_unnamed) if guess.probability >= _MIN_CANDIDATE
    }
    candidates = {
        language: Features(
            first=log(max(found.get(language, 0.0), _FLOOR))
            if first is not None and (language in PROFILED or not judged)
            else 0.0,
            second=log(max(found_second.get(language, 0.0), _FLOOR)),
            unnamed=log(max(found_unnamed.get(language, 0.0), _FLOOR)),
            unprofiled=float(first is not None and language not in PROFILED),
            rarity=rarity_of(language),
            telling=count_telling_words(language, text),
        )
        for language in sorted(named)
    }
    if judged:
        strangeness = min(best.strangeness for best, *_ in filter(None, windows))
        return {**candidates, UNKNOWN: Features(unknown=1.0, strange=strangeness)}
    return {language: features for language, features in candidates.items() if has_locale(language)} or candidates


def _read_unnamed(text: str, guesses: Sequence[Guess], second: Detector) -> Sequence[Guess]:
    """Return what the second detector makes of a short text without its names, where they are a good part of it."""
    unnamed = strip_names(text) if len(text) <= _MAX_NAMED_CHARS else text
    telling = _MIN_UNNAMED_CHARS <= count_chars(unnamed) <= _MAX_UNNAMED * count_chars(text)
    return second(unnamed) if telling else guesses


def running_text(text: str) -> str:
    """Return the words that sentences are made of, without names, addresses, numbers and tools.

    What is left of a list of names is too short to tell how strange it is.

    >>> running_text("Kira Inc. | Toronto | Node.js, AWS | REMOTE | we look for a baker (m/f), 40k")
    'we look for a baker'
    """
    return " ".join([word for word in text.split() if word == word.lower() and _RUNNING.fullmatch(word)])


@cache
def has_locale(language: str) -> bool:
    """Tell whether CLDR knows a language: in others no posting can be published.

    >>> has_locale("ga"), has_locale("ace")
    (True, False)
    """
    try:
        parse_locale(language)
    except LocaleError:
        return False
    return True


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
    return _words().rarity.get(language, _RARE)


def count_telling_words(language: str, text: str) -> float:
    """Count the different words of a text, at most three, that set a language apart from close ones.

    >>> count_telling_words("sr_Latn", "Uvek na istom mestu"), count_telling_words("hr", "Uvijek na istome mjestu")
    (2.0, 2.0)
    """
    words = _words().telling.get(language)
    return float(min(_MAX_TELLING, len(set(words.findall(text.lower()))))) if words else 0.0


def length_of(text: str) -> float:
    """Return the logarithm of how many times longer than the reference a text is, as far as both detectors read it."""
    return log(min(max(count_chars(text), 1), MAX_SECOND_CHARS) / _REFERENCE_CHARS)


def count_chars(text: str) -> int:
    """Count the characters of a text without its spaces."""
    return len(text) - text.count(" ")
