"""In which language a text is written: its letters first, then a fast detector, then in doubt a second one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from pipeline.intake.guess import Detector, Guess, weigh_guesses
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
_GALICIAN = r"[dn]?unha|nos[oa]s?|máis|xa|catro|dous|traballo|xestión|coñecementos|ofrécese"
# The first detector does not know Malay, Serbian and Bosnian in Latin letters, Nynorsk, Galician and Luxembourgish, and
# is sure of a neighbour's language; these words are theirs alone.
_UNKNOWN_TO_FIRST = {
    "id": r"kerana|boleh|mesti\w*|pejabat|kemahiran|tanggungjawab|kelayakan|syarikat|sekurang|iaitu|ialah",
    "hr": r"vreme|mest[oau]|uslov\w*|opšt\w*|preduzeć\w*|sedmic\w*|hiljad\w*|tačn\w*|bezbednost\w*|saradnj\w*",
    "nb": r"ikkje|ein|eit|frå|vere|dei|noko|korleis|kva|søkjer|arbeidsoppgåver|eigen",
    "es": _GALICIAN,
    "pt": _GALICIAN,
    "de": r"vun|fir|déi|eis|sichen|aarbecht\w*",
}
_MARKS = {language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for language, words in _UNKNOWN_TO_FIRST.items()}


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
        if len(reading.text) - reading.text.count(" ") < _MIN_CHARS:
            return self._read_short(reading.text)
        guesses = self.first(reading.text)
        return guesses if _settles(guesses, reading.text) else self._weighed(reading.text, guesses)

    def ask_both(self, text: str) -> Sequence[Guess]:
        """Return the candidates of both, for a text whose language is in doubt for reasons outside it."""
        reading = read_script(text)
        if reading.language is not None:
            return (Guess(language=_locale(reading.language), probability=1.0),)
        return self._weighed(reading.text, self.first(reading.text)) if has_words(reading.text) else ()

    def _read_short(self, text: str) -> Sequence[Guess]:
        """Return what the second detector says, in doubt for the language that more postings are written in."""
        weighted = [(guess, RARE_WEIGHT if guess.language.language in _RARE else 1.0) for guess in self.second(text)]
        return weigh_guesses(weighted, sum(weight * guess.probability for guess, weight in weighted))

    def _weighed(self, text: str, guesses: Sequence[Guess]) -> Sequence[Guess]:
        weighted = [(guess, 1.0) for guess in guesses]
        weighted += [(guess, _SECOND_WEIGHT) for guess in self.second(text)]
        return weigh_guesses(weighted, _SECOND_WEIGHT + (1.0 if guesses else 0.0))


def _settles(guesses: Sequence[Guess], text: str) -> bool:
    best = guesses[0] if guesses else None
    if best is None or best.probability < SURE:
        return False
    marks = _MARKS.get(best.language.language)
    return marks is None or not marks.search(text)


@cache
def _locale(code: str) -> Locale:
    return parse_locale(code)
