"""In which language a text is written: its letters first, then a fast detector, then in doubt a second one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale

from pipeline.intake.close_languages import leaves_doubt, weigh_marks
from pipeline.intake.guess import Detector, Guess, weigh_guesses
from pipeline.intake.names import strip_names
from pipeline.intake.scripts import has_words, read_script
from pipeline.model.locale import parse_locale

# langdetect walks seven times; below this one of them came out elsewhere.
SURE = 0.95
# In shorter texts the first detector errs more than once in fifty even where it is sure (LESSONS), the second half
# as often.
_MIN_CHARS = 100
# How much more the second opinion counts; measured on titles, bullets and sections alike.
_SECOND_WEIGHT = 4.0
# Languages that few postings are written in, each close to one that many are, or taken for one in a word or two.
_RARE = frozenset(
    ["af", "az", "bs", "cy", "eu", "fil", "ga", "gl", "is", "lb", "ms", "mt", "nn", "so", "sq", "sw", "uz"]
)
RARE_WEIGHT = 0.5
# Up to so many letters, names can be most of a text.
_MAX_NAMED = 200
_MIN_NAMES = 0.25
# What is left without them has to say something.
_MIN_UNNAMED = 16
# How much more a text counts without its names.
_UNNAMED_WEIGHT = 2.0
# Two looks that differ and leave no language more than this are no help.
_MIN_WEIGHED = 0.36


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """A detector made of two; the second is asked only where the first is no help."""

    first: Detector
    second: Detector

    def __call__(self, text: str) -> Sequence[Guess]:
        """Return the candidates, most probable first."""
        reading = read_script(text)
        if reading.language is not None:
            return (Guess(language=_locale(reading.language), probability=1.0),)
        if not has_words(reading.text):
            return ()
        guesses = self._read(reading.text)
        if len(reading.text) > _MAX_NAMED:
            return guesses
        unnamed = strip_names(reading.text)
        names = _count(reading.text) - _count(unnamed)
        if names < _MIN_NAMES * _count(reading.text) or _count(unnamed) < _MIN_UNNAMED:
            return guesses
        return weigh_marks(_without_names(guesses, self._read_short(unnamed)), reading.text)

    def ask_both(self, text: str) -> Sequence[Guess]:
        """Return the candidates of both, for a text whose language is in doubt for reasons outside it."""
        reading = read_script(text)
        if reading.language is not None:
            return (Guess(language=_locale(reading.language), probability=1.0),)
        return self._weighed(reading.text, self.first(reading.text)) if has_words(reading.text) else ()

    def _read(self, text: str) -> Sequence[Guess]:
        if _count(text) < _MIN_CHARS:
            return self._read_short(text)
        guesses = self.first(text)
        return guesses if _settles(guesses, text) else self._weighed(text, guesses)

    def _read_short(self, text: str) -> Sequence[Guess]:
        """Return what the second detector says, in doubt for the language that more postings are written in."""
        weighted = [(guess, RARE_WEIGHT if guess.language.language in _RARE else 1.0) for guess in self.second(text)]
        return weigh_marks(weigh_guesses(weighted, sum(weight * guess.probability for guess, weight in weighted)), text)

    def _weighed(self, text: str, guesses: Sequence[Guess]) -> Sequence[Guess]:
        weighted = [(guess, 1.0) for guess in guesses]
        weighted += [(guess, _SECOND_WEIGHT) for guess in self.second(text)]
        return weigh_marks(weigh_guesses(weighted, _SECOND_WEIGHT + (1.0 if guesses else 0.0)), text)


def _settles(guesses: Sequence[Guess], text: str) -> bool:
    best = guesses[0] if guesses else None
    if best is None or best.probability < SURE:
        return False
    return not leaves_doubt(text, best.language.language)


def _without_names(guesses: Sequence[Guess], unnamed: Sequence[Guess]) -> Sequence[Guess]:
    """Weigh what a text says with its names and without them, where that makes a difference."""
    if not unnamed or not guesses or unnamed[0].language == guesses[0].language:
        return guesses
    weighted = [(guess, 1.0) for guess in guesses] + [(guess, _UNNAMED_WEIGHT) for guess in unnamed]
    weighed = weigh_guesses(weighted, 1.0 + _UNNAMED_WEIGHT)
    if weighed[0].probability >= _MIN_WEIGHED:
        return weighed
    return tuple(replace(guess, probability=guess.probability / 2) for guess in weighed)


def _count(text: str) -> int:
    return len(text) - text.count(" ")


@cache
def _locale(code: str) -> Locale:
    return parse_locale(code)
