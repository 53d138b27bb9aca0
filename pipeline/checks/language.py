"""Is the target written in its language? By script, then by frequent words, and only in doubt by a detector."""

import re
from collections.abc import Callable

from babel import Locale

from pipeline.checks.frequent_words import frequent_words
from pipeline.checks.protected import words_only
from pipeline.checks.scripts import foreign_script, tells_language
from pipeline.model.locale import script_of
from pipeline.model.text import count_letters

# Below this many letters every detector of LESSONS errs more than once in fifty.
MIN_TELLING_LETTERS = 40
# From here on frequent words can tell, and a detector with their consent.
MIN_HINTING_LETTERS = 20
# So many different frequent words of one language more than of another are no coincidence.
_ENOUGH_WORDS = 3
# With a detector that is unsure, or in favour of the right language, so many are enough.
_CLEAR_LEAD = 2
# Small words that a target which is its source has in common with it, before that is no coincidence of names.
_MIN_COPIED_WORDS = 2
# What langdetect tells apart; of other languages it would say the nearest one that it knows.
_CODES = (
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr nb ne nl pa pl pt ro "
    "ru sk sl so sq sv sw ta te th tl tr uk ur vi zh"
)
_TELLABLE = frozenset(_CODES.split())
# Of the languages of a script that tells its language, those that it tells.
_BY_SCRIPT = frozenset({"ja", "zh", "ko", "el", "he", "th", "ar"})
# Pairs that detectors confuse even on long texts, and in which a sentence may be the same.
_PAIRS = "es-gl pt-gl es-ca nb-da nb-sv hr-sl id-tl bg-mk cs-sk hi-mr hi-ne"
_ALIKE = frozenset(frozenset(pair.split("-")) for pair in _PAIRS.split())
_WORD = re.compile(r"[^\W\d_]+")
# A name; names that were found in both texts, with the small words that join them.
_NAME = re.compile(r"\b(?=[^\W\d_])[A-Z\u00c0-\u00de][^\W_]*")
_SHARED = re.compile("\\0(?: (?:[a-z]{1,3} )?\\0)*")

LanguageOf = Callable[[str], str | None]


def language_check(source_language: str, locale: Locale, language_of: LanguageOf) -> Callable[[str, str], str]:
    """Return the check of a target's language; `language_of` names that of a text, None while it is unsure."""
    script = script_of(locale)
    near = frozenset((source_language.partition("_")[0], locale.language)) in _ALIKE

    def wrong_language(source: str, target: str) -> str:
        text = words_only(target)
        if source.strip() == target.strip():
            copied = not near and sum(map(str.islower, _WORD.findall(text))) >= _MIN_COPIED_WORDS
            return f"reads as {source_language}, it is the source itself" if copied else ""
        if foreign := foreign_script(text, script):
            return foreign
        if locale.language in _BY_SCRIPT and tells_language(text, script):
            return ""
        found = _read_as(_without_shared_names(text, words_only(source)), locale.language, language_of)
        return f"reads as {found}" if found else ""

    return wrong_language


def _without_shared_names(target: str, source: str) -> str:
    """Leave out the names that both texts have, whatever language they are from: they say nothing of the target's.

    >>> _without_shared_names("Live in São José dos Campos", "Morar em São José dos Campos")
    'Live in '
    """
    names = set(_NAME.findall(source))
    return _SHARED.sub("", _NAME.sub(lambda match: "\0" if match[0] in names else match[0], target))


def _read_as(text: str, language: str, language_of: LanguageOf) -> str:
    """Name the other language that a text is in, "" if it is in `language` or too short to tell."""
    letters = count_letters(text)
    if letters < MIN_HINTING_LETTERS:
        return ""
    short = letters < MIN_TELLING_LETTERS
    hits = frequent_words(text)
    known = language in hits
    own = hits.pop(language, 0)
    best = max(hits, key=lambda other: hits[other])
    lead = own - hits[best]
    if (own >= _ENOUGH_WORDS and lead > 0) or lead >= _CLEAR_LEAD or (short and lead >= 0):
        return ""
    if known and -lead >= _ENOUGH_WORDS:
        return best
    found = language_of(text) if language in _TELLABLE else None
    if found is None and known and -lead >= _CLEAR_LEAD:
        return best
    if found is None or found == language or frozenset((found, language)) in _ALIKE:
        return ""
    return found if hits.get(found, hits[best]) >= own + short else ""
