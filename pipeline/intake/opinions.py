"""In which language a text is written: its letters first, then a fast detector, then in doubt a second one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from pipeline.intake.guess import Detector, Guess, weigh_guesses
from pipeline.intake.scripts import read_script
from pipeline.model.locale import parse_locale

# langdetect walks seven times; below this one of them came out elsewhere.
SURE = 0.95
# In shorter texts the first detector errs more than once in fifty even where it is sure (LESSONS).
_MIN_CHARS = 100
# How much more the second opinion counts; measured on titles, bullets and sections alike.
_SECOND_WEIGHT = 4.0
# The first detector knows only one of these and takes it for sure: Malay, Bosnian and Serbian, Nynorsk are not among
# its languages.
_SPEAKS_FOR_OTHERS = frozenset({"id", "hr", "nb"})


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
        guesses = self.first(reading.text)
        return guesses if _settles(guesses, reading.text) else self._weighed(reading.text, guesses)

    def ask_both(self, text: str) -> Sequence[Guess]:
        """Return the candidates of both, for a text whose language is in doubt for reasons outside it."""
        reading = read_script(text)
        if reading.language is not None:
            return (Guess(language=_locale(reading.language), probability=1.0),)
        return self._weighed(reading.text, self.first(reading.text))

    def _weighed(self, text: str, guesses: Sequence[Guess]) -> Sequence[Guess]:
        weighted = [(guess, 1.0) for guess in guesses]
        weighted += [(guess, _SECOND_WEIGHT) for guess in self.second(text)]
        return weigh_guesses(weighted, _SECOND_WEIGHT + (1.0 if guesses else 0.0))


def _settles(guesses: Sequence[Guess], text: str) -> bool:
    best = guesses[0] if guesses else None
    if best is None or best.probability < SURE or best.language.language in _SPEAKS_FOR_OTHERS:
        return False
    return len(text) - text.count(" ") >= _MIN_CHARS


@cache
def _locale(code: str) -> Locale:
    return parse_locale(code)
