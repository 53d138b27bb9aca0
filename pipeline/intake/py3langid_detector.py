"""py3langid: the second opinion; a small model of its own, no download, and languages that langdetect lacks."""

import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from babel import Locale

from pipeline.intake.guess import Guess
from pipeline.model.locale import parse_locale

# Of its 140 labels those that employers write postings in; the dialects and sacred texts only take votes away.
LANGUAGES = (
    *("af", "sq", "am", "ar", "hy", "az", "eu", "be", "bn", "bs", "bg", "my", "ca", "zh", "hr", "cs", "da", "nl", "en"),
    *("et", "tl", "fi", "fr", "gl", "ka", "de", "el", "gu", "he", "hi", "hu", "is", "id", "ga", "it", "ja", "kn", "kk"),
    *("km", "ko", "ky", "lo", "lv", "lt", "lb", "mk", "ms", "ml", "mt", "mr", "mn", "ne", "no", "nn", "fa", "pl", "pt"),
    *("pa", "ro", "ru", "sr", "si", "sk", "sl", "so", "es", "sw", "sv", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi"),
    *("cy",),
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_MIN_PROBABILITY = 0.01
# A thousand characters decide as well as ten thousand, and its time grows with the text.
_MAX_CHARS = 1000
# Sums of 32-bit floats differ in the last digits from processor to processor.
_DIGITS = 4


class Py3langidDetector:
    """Guesses languages; the same text gets the same answer always."""

    def __call__(self, text: str) -> Sequence[Guess]:
        """Return the candidates, most probable first; every text has some."""
        ranked = self._identifier.rank(text[:_MAX_CHARS])
        return tuple(
            Guess(language=_locale(code, text), probability=round(probability, _DIGITS))
            for code, probability in ranked
            if probability >= _MIN_PROBABILITY
        )

    @cached_property
    def _identifier(self) -> Any:
        """The model, read when the first text is in doubt: that takes half a second."""
        langid: Any = import_module("py3langid.langid")
        identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
        identifier.set_languages(LANGUAGES)
        return identifier


def _locale(code: str, text: str) -> Locale:
    """Name the locale of a code; CLDR takes Serbian for Cyrillic, the model knows it in both scripts."""
    return _parsed("sr_Latn" if code == "sr" and not _CYRILLIC.search(text) else code)


@cache
def _parsed(code: str) -> Locale:
    return parse_locale(code)
