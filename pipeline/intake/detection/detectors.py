"""The two libraries that guess the language of a text, behind one interface.

langdetect (through langdetect-rs where that is installed: the same answers, about fifty times faster) is asked first;
it is fast and right on long texts, but has no profile of Irish, Basque, Gaelic, Mongolian, Zulu, Kurdish, Occitan,
Azerbaijani, Malay and others, and answers the nearest language that it knows. py3langid knows them and reads short
texts better, at three times the cost.

    >>> Py3langidDetector()("Tá báicéir ag teastáil uainn")[0].language
    'ga'

The same text gets the same answer in every call, order and process.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple


class Guess(NamedTuple):
    """One language that a text may be in, spelled as locales are (`nb`, `zh_Hant`); `probability` is 0-1."""

    language: str
    probability: float


def base_language(code: str) -> str:
    """Return the language of a locale's code.

    >>> base_language("zh_Hant")
    'zh'
    """
    return code.partition("_")[0]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Most probable first; none for a text without any feature of a language.
Detector = Callable[[str], Sequence[Guess]]

_LANGDETECT_CODES = {"no": "nb", "tl": "fil", "zh-cn": "zh", "zh-tw": "zh_Hant"}
# What langdetect-rs has profiles of, in our spelling.
PROFILED = frozenset(
    _codes(
        "af ar bg bn ca cs cy da de el en es et fa fi fil fr gu he hi hr hu id it ja kn ko lt lv mk ml mr nb ne nl pa"
        " pl pt ro ru sk sl so sq sv sw ta te th tr uk ur vi zh zh_Hant"
    )
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Of py3langid's 142 labels those that employers write postings in: dialects and dead languages only take votes away.
PY3LANGID_LANGUAGES = _codes(
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gd gl gu he hi hr hu hy id is it ja ka kk km kn"
    " ko ku ky lb lo lt lv mk ml mn mr ms mt my ne nl nn no oc pa pl pt ro ru si sk sl so sq sr sv sw ta te th tl tr"
    " tt uk ur uz vi zh zu"
)
_PY3LANGID_CODES = {"no": "nb", "tl": "fil"}
# Its time grows with the text, and so much decides as well as more.
MAX_SECOND_CHARS = 300
_MIN_PROBABILITY = 0.005
# Sums of 32-bit floats differ in the last digits from processor to processor.
_DIGITS = 4


def installed_implementation() -> str:
    """Name the package that langdetect's answers come from."""
    return "langdetect_rs" if find_spec("langdetect_rs") else "langdetect"


class LangdetectDetector:
    """Guesses languages by langdetect; seeded, since it draws the parts of a text that it looks at."""

    def __init__(self, implementation: str | None = None) -> None:
        module: Any = import_module(implementation or installed_implementation())
        module.DetectorFactory.seed = 0
        self._detect: Callable[[str], Sequence[Any]] = module.detect_langs
        self._nothing_to_detect: type[Exception] = import_module(
            f"{module.__name__}.lang_detect_exception"
        ).LangDetectException

    def __call__(self, text: str) -> Sequence[Guess]:
        """Return the candidates, most probable first; none for text without any feature of a language."""
        try:
            found = self._detect(text)
        except self._nothing_to_detect:
            return ()
        if len(found) == 1:
            return (Guess(_langdetect_language(found[0].lang, text), found[0].prob),)
        probabilities: Counter[str] = Counter()
        for guess in found:
            probabilities[_langdetect_language(guess.lang, text)] += guess.prob
        return tuple(Guess(language, probability) for language, probability in probabilities.most_common())


def _langdetect_language(code: str, text: str) -> str:
    """Spell a code as ours; its Korean without any Hangul is Traditional Chinese."""
    if code == "ko" and not _HANGUL.search(text):
        return "zh_Hant"
    return _LANGDETECT_CODES.get(code, code)


class Py3langidDetector:
    """Guesses languages by py3langid, from the beginning of a text."""

    def __call__(self, text: str) -> Sequence[Guess]:
        """Return the candidates, most probable first; every text has some."""
        guesses = []
        for code, probability in _py3langid_model().rank(text[:MAX_SECOND_CHARS]):
            if probability < _MIN_PROBABILITY:
                break
            guesses.append(Guess(_py3langid_language(code, text), round(probability, _DIGITS)))
        return guesses


@cache
def _py3langid_model() -> Any:
    """Read the model, once a process and when the first text is in doubt: that takes half a second."""
    langid: Any = import_module("py3langid.langid")
    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    model.set_languages(PY3LANGID_LANGUAGES)
    # In the order and precision that the processor reads: two thirds of the time.
    model.nb_ptc = model.nb_ptc.astype("float32", order="C")
    return model


def _py3langid_language(code: str, text: str) -> str:
    """Spell a code as ours; CLDR takes Serbian for Cyrillic, the model knows it in both scripts."""
    if code == "sr":
        return "sr" if _CYRILLIC.search(text) else "sr_Latn"
    return _PY3LANGID_CODES.get(code, code)
