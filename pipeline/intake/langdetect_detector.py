"""langdetect, through langdetect-rs where it is installed: the same answers, about fifty times faster."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from babel import Locale

from pipeline.intake.language import Guess
from pipeline.model.locale import parse_locale

_CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh_Hant"}


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
        return tuple(Guess(language=_locale(guess.lang), probability=guess.prob) for guess in found)


def _locale(code: str) -> Locale:
    return parse_locale(_CODES.get(code, code))
