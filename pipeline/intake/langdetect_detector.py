"""langdetect, through langdetect-rs where it is installed: the same answers, about fifty times faster."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from babel import Locale

from pipeline.intake.guess import Guess
from pipeline.model.locale import parse_locale

_CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh_Hant"}
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


def installed_implementation() -> str:
    """Name the package that detection goes through."""
    return "langdetect_rs" if find_spec("langdetect_rs") else "langdetect"


class LangdetectDetector:
    """Guesses languages; seeded, so that the same text gets the same answer in every call and order."""

    def __init__(self, implementation: str | None = None) -> None:
        module: Any = import_module(implementation or installed_implementation())
        module.DetectorFactory.seed = 0
        self._detect: Callable[[str], Sequence[Any]] = module.detect_langs
        self._nothing_to_detect: type[Exception] = import_module(
            f"{module.__name__}.lang_detect_exception"
        ).LangDetectException

    def __call__(self, text: str) -> tuple[Guess, ...]:
        """Return the candidates, most probable first; none for text without any feature of a language."""
        try:
            found = self._detect(text)
        except self._nothing_to_detect:
            return ()
        probabilities: Counter[Locale] = Counter()
        for guess in found:
            probabilities[_locale(guess.lang, text)] += guess.prob
        return tuple(Guess(language=locale, probability=sure) for locale, sure in probabilities.most_common())


def _locale(code: str, text: str) -> Locale:
    """Name the locale of a code; its Korean without any Hangul is Traditional Chinese, measured on postings."""
    return _parsed("zh-tw" if code == "ko" and not _HANGUL.search(text) else code)


@cache
def _parsed(code: str) -> Locale:
    return parse_locale(_CODES.get(code, code))
