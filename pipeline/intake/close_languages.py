"""Words that tell a language from a close one that detectors take it for; it changes with what they confuse."""

import re
from collections.abc import Sequence

from pipeline.intake.guess import Guess
from pipeline.model.locale import parse_locale

_GALICIAN = (
    r"[dn]?unha|[nv]os[oa]s?|máis|xa|catro|dous|traballo|traballa\w*|xestión|coñec\w+|ofrécese|precísase|xornada|galeg[oa]s?"
    r"|camareir[oa]s?|á|ás|coas?|xunto|xente|persoas?|servizos?|enfermeiras?|veciñ\w+"
)
# Language -> the close one that is guessed in its place -> words that are the first's alone. The first detector does
# not know Malay, Serbian in Latin letters, Nynorsk, Galician and Luxembourgish.
_MARKS = {
    "ms": {
        "id": r"kerana|pejabat|syarikat|sekurang|iaitu|ialah|lori|pemandu|jurujual|cawangan|kwsp|socso|perkeso"
        r"|rm ?\d[\d.,]*|elaun|mestilah|warganegara malaysia|kakitangan|peruncitan|jururawat|johor bahru|pulau pinang",
    },
    "sr_Latn": {
        "hr": r"vreme|mest[oau]|bezbednost\w*|prevoza?|beograd\w*|nov(?:i|om|og) sad\w*|srbij\w*|nedelj\w*|zahtev\w*"
        r"|gde|rešenj\w*|deo|posle|primer|ovde|uvek|obezbeđ\w*|dinar\w*",
    },
    "nn": {"nb": r"ikkje|ein|eit|frå|vere|dei|noko|korleis|kva|søkjer|arbeidsoppgåver|eigen"},
    "gl": {"es": _GALICIAN, "pt": _GALICIAN},
    "ru": {
        "bg": r"ищем|требу(?:ет|ют)ся|требования|обязанности|услови[яй]|опыта?|нуж(?:ен|на|но|ны)|для|если|есть|что"
        r"|зарплата|руб|рублей|утром|вечером|дн[её]м|ночью|звоните|пишите|уборк[аи]|повара?|смен[аыу]|выходн\w+|москв\w*",
    },
    "lb": {"de": r"vun|fir|déi|sichen|aarbecht\w*|engem|fëll\w*|dës\w*|nuecht\w*"},
}
# Words that leave it open, but ask for a second opinion.
_HINTS = {
    "id": r"boleh|mesti\w*|kemahiran|tanggungjawab|kelayakan|permulaan",
    "hr": r"uslov\w*|opšt\w*|preduzeć\w*|sedmic\w*|hiljad\w*|tačn\w*|saradnj\w*|plat[aeu]",
    "de": "eis",
}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})(?!\w)")


_CLOSE: dict[str, dict[str, re.Pattern[str]]] = {}
for _language, _others in _MARKS.items():
    for _other, _words in _others.items():
        _CLOSE.setdefault(_other, {})[_language] = _pattern(_words)
_ASKING = {
    other: _pattern("|".join([*(_MARKS[language][other] for language in close), *filter(None, [_HINTS.get(other)])]))
    for other, close in _CLOSE.items()
}
# One such word may be a name or a slip.
_MIN_MARKS = 2
# What is left to a language when a close one has so many words of its own in the text.
_LEFT = 0.2


def leaves_doubt(text: str, language: str) -> bool:
    """Tell whether a text read as `language` has a word of one that is close to it.

    >>> leaves_doubt("Iskustvo nije uslov.", "hr"), leaves_doubt("Iskustvo nije uvjet.", "hr")
    (True, False)
    """
    asking = _ASKING.get(language)
    return asking is not None and asking.search(text.lower()) is not None


def weigh_marks(guesses: Sequence[Guess], text: str) -> Sequence[Guess]:
    """Move most of what the best guess has to the close language whose words are in the text."""
    lowered = text.lower()
    for language, pattern in _CLOSE.get(guesses[0].language.language, {}).items() if guesses else ():
        if len(set(pattern.findall(lowered))) >= _MIN_MARKS:
            return _moved(guesses, language)
    return guesses


def _moved(guesses: Sequence[Guess], code: str) -> Sequence[Guess]:
    best, *others = guesses
    language = parse_locale(code)
    found = sum(guess.probability for guess in others if guess.language == language)
    rest = [guess for guess in others if guess.language != language]
    theirs = Guess(language=language, probability=found + (1 - _LEFT) * best.probability)
    left = Guess(language=best.language, probability=_LEFT * best.probability)
    return tuple(sorted((theirs, left, *rest), key=lambda guess: guess.probability, reverse=True))
