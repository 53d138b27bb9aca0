"""The two libraries that guess the language of a text, behind one interface.

langdetect (through langdetect-rs where that is installed: the same answers, about fifty times faster) is asked first;
it is fast and right on long texts, but answers the nearest language that it knows where it has no profile: Irish,
Basque, Zulu, Malay. py3langid knows 142 languages and reads short texts better, at three times the cost; it also tells
how strange a text is, so that one in a language that neither knows is no language rather than another.

    >>> Py3langidDetector()("Tá báicéir ag teastáil uainn")[0].language
    'ga'

The same text gets the same answer in every call, order and process.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple

from pipeline.errors import FileError
from pipeline.model.patterns import lazy_pattern
from pipeline.storage.files import remedy_of


class Guess(NamedTuple):
    """One language that a text may be in, spelled as locales are (`nb`, `zh_Hant`); `probability` is 0-1.

    `strangeness` is how far a text is from those of this language that the detector learned from: about 0 for a text in
    it, 1 and more for one in a language that the detector never saw.
    """

    language: str
    probability: float
    strangeness: float = 0.0


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
_HANGUL = lazy_pattern("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
# py3langid's labels where they are spelled otherwise than ours; it has two columns for each language of two scripts.
_PY3LANGID_CODES = {"no": "nb", "tl": "fil", "ary": "ar", "arz": "ar", "gug": "gn", "kik": "ki"}
_SECOND_COLUMNS = {"sr": "sr_Latn", "uz": "uz_Cyrl"}
# What it may answer and CLDR knows; in its other languages no posting can be published.
PY3LANGID_LANGUAGES = _codes(
    "af am an ar as az ba be bg bn br bs ca cs cy da de dz el en eo es et eu fa fi fil fo fr fy ga gd gl gn gom gu "
    "ha he hi hr ht hu hy id ig is it ja jv ka kab ki kk km kn ko ku ky la lb lg lij ln lo lt ltg lv mg mk ml mn mr "
    "ms mt my nb ne nl nn nso oc om or pa pcm pl ps pt qu ro ru rw sa sdh se si sk sl sn so sq sr sr_Latn st sv sw "
    "ta te tg th tk tr tt ug uk ur uz uz_Cyrl vec vi vo wa xh yo yue zh zu"
)
# Its time grows with the text, and so much decides as well as more.
MAX_SECOND_CHARS = 300
_MIN_PROBABILITY = 0.005
# A passage in doubt is read again, alone and with its section: up to ten times in one posting.
_REPEATED = 4
# The mean logarithm of the probability of a feature, of texts in the languages that it knows, by the bytes of a
# character: alphabets of two or three bytes share fewer features.
_USUAL = (1.0, 1.8, 2.65), (-8.55, -7.3, -6.75)
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
    """Guesses languages by py3langid, from the beginning of a text.

    The probabilities are those of its own `rank`, which does not say how strange a text is. The model is read when the
    first text is in doubt: that takes half a second. `without` leaves a language out.
    """

    def __init__(self, *, without: str = "") -> None:
        self._without = without

    def __call__(self, text: str) -> Sequence[Guess]:
        """Return the candidates, most probable first; none for a text without any feature of a language."""
        return _read_with_py3langid(text[:MAX_SECOND_CHARS], self._without)

    @property
    def languages(self) -> Sequence[str]:
        """The languages of the model's columns, in their order."""
        return _languages_of(self._without)


@lru_cache(maxsize=_REPEATED)
def _read_with_py3langid(text: str, without: str) -> Sequence[Guess]:
    numpy, model = _numpy(), _py3langid_model(without)
    encoded = model._encode(text)  # noqa: SLF001  its rank does not say how strange a text is
    walk = import_module("py3langid.langid").visit_counts
    visits = walk(model.tk_nextmove, model._rowbase, model.tk_output, encoded)  # noqa: SLF001  as its rank does
    if not visits:
        return ()
    rows = numpy.fromiter(visits.keys(), dtype=numpy.intp, count=len(visits))
    counts = numpy.log1p(numpy.fromiter(visits.values(), dtype=numpy.float32, count=len(visits)))
    sums = counts @ model.nb_ptc[rows]
    odds = (sums + model.nb_pc) / sqrt(len(encoded))
    odds = numpy.exp(odds - odds.max())
    odds /= odds.sum()
    usual = numpy.interp(len(encoded) / len(text), *_USUAL)
    strangeness = usual - sums / counts.sum()
    languages = _languages_of(without)
    found: dict[str, Guess] = {}
    for number in sorted(numpy.flatnonzero(odds >= _MIN_PROBABILITY), key=lambda number: -odds[number]):
        language = languages[number]
        guess = found.get(language, Guess(language, 0.0, round(float(strangeness[number]), _DIGITS)))
        probability = round(guess.probability + float(odds[number]), _DIGITS)
        found[language] = guess._replace(probability=probability)
    return tuple(found.values())


@cache
def _numpy() -> Any:
    return import_module("numpy")


@cache
def _py3langid_model(without: str) -> Any:
    """Read the model, once a process and when the first text is in doubt: that takes half a second."""
    langid: Any = import_module("py3langid.langid")
    try:
        model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    except OSError as error:  # it unpacks its model into the folder for temporary files
        reason = filter(None, (error.strerror or "cannot be written", remedy_of(error)))
        raise FileError(Path(gettempdir()), "; ".join(reason)) from error
    if without:
        model.set_languages([each for each in model.nb_classes if _PY3LANGID_CODES.get(each, each) != without])
    # In the order and precision that the processor reads: two thirds of the time.
    model.nb_ptc = model.nb_ptc.astype("float32", order="C")
    return model


@cache
def _languages_of(without: str) -> Sequence[str]:
    labels = _py3langid_model(without).nb_classes
    return [
        _SECOND_COLUMNS[label] if label in labels[:number] else _PY3LANGID_CODES.get(label, label)
        for number, label in enumerate(labels)
    ]
