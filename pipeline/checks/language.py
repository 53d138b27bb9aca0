"""Checks that a target is in its language: as a whole, in its script, and word by word.

Engines leave text as it was, answer in a near language, and make words that nobody writes. The language of a sentence
is told by its script, then by the small words that stand in nearly every sentence, and only in doubt by a detector.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import Final
from unicodedata import normalize

from pipeline.checks.check import Check, Compared, LanguageOf
from pipeline.checks.protected import words_only
from pipeline.language import spans
from pipeline.language.glossary import FormsOf
from pipeline.language.knowledge import ANY, knowledge, languages
from pipeline.language.scripts import HAN, HANGUL, KANA, LATIN, letters_of
from pipeline.language.vocabulary import has_vocabulary, is_known, unknown_words
from pipeline.model.finding import Severity
from pipeline.model.locale import script_of
from pipeline.model.markup import strip_markup
from pipeline.model.patterns import lazy_pattern
from pipeline.model.text import count_letters

_WORD = re.compile(r"[^\W\d_]+")
# Up to this many capitals may be an acronym, which is the same everywhere.
_MAX_ACRONYM = 4
_MIN_COPIED_RUN = 4

# Below this many letters every detector of LESSONS errs more than once in fifty.
MIN_TELLING_LETTERS = 40
# From here on frequent words can tell, and a detector with their consent.
MIN_HINTING_LETTERS = 20
# So many different frequent words of one language more than of another are no coincidence.
_ENOUGH_WORDS = 3
_NEARLY_ALL = 0.9
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
# A name; names that were found in both texts, with the small words that join them.
# Its capital stands first in the pattern, by which the search goes from one to the next.
_NAME = re.compile(r"[A-Z\u00c0-\u00d6\u00d8-\u00de](?<!\w\w)[^\W_]*")
_SHARED = re.compile("\\0(?: (?:[a-z]{1,3} )?\\0)*")

# Some names and terms may stay in another script, a whole sentence may not.
_MIN_OWN_SHARE = 0.2
_MIN_FOREIGN_WORDS = 3
_MIN_FOREIGN_WORDS_ALONE = 2
# What a text in these scripts of a locale may be written in; the others are one script each.
_MIXED: Final = {"Jpan": (KANA, HAN), "Hans": (HAN,), "Hant": (HAN,), "Kore": (HANGUL,)}
_CHECKED: Final = (LATIN, "Cyrl", "Arab", "Grek", "Hebr", "Deva", "Thai", *_MIXED)
_OWN_LETTERS = {script: lazy_pattern(f"[{letters_of(*_MIXED.get(script, (script,)))}]+") for script in _CHECKED}
_BEYOND_LATIN = re.compile("[\u00aa\u00b5\u00ba]|[^\0-\u024f]")
_HAN_SCRIPTS = frozenset({"Jpan", "Hans", "Hant"})
_KANA = re.compile(f"[{letters_of(KANA)}]")
_HAN = lazy_pattern(f"[{letters_of(HAN)}]")
# So many ideographs in a row of words without one kana are Chinese.
_MIN_HAN = 12
# Scripts that one language writes, so that nobody needs to ask which; Arabic letters are Arabic without these.
_OF_ONE_LANGUAGE = frozenset({"Jpan", "Hans", "Hant", "Kore", "Grek", "Hebr", "Thai"})
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06be\u06c1\u06cc\u06a9]")

MIN_LEFT_CHARS = 4
# No language has a longer one, and to look up all that one may be made of takes long.
MAX_WORD_CHARS = 40
# A word of small letters, no part of a compound or of an address.
_PLAIN_WORD = re.compile(r"(?<![\w'’@.#/&-])[^\W\d_]+(?![\w'’@#/&-]|\.\w)")
# A capital at the start of a text says nothing, but two in a row are a name.
_FIRST = re.compile(r"\s*([^\W\d_]+)(?= [^\W\d_A-Z])")
# What an engine leaves of "Educador(a)": English has no such ending.
_GENDER_ENDING = re.compile(r"\((?<=[^\W\d_]{3}.)(?:a|as|o|os|e|es|in|innen)\)")
_BESIDE_CAPITAL = r"[A-Z\u00c0-\u00de][^\W\d_]* {0}|{0} [A-Z\u00c0-\u00de]"


def wrong_language(pair: Compared) -> str:
    """Say in which other language or script a target is.

    Found 375 of 390 targets in a third language and 38 of 390 half left in the source's. Of 7,884 translations by
    people it reports 9, of which 8 are not translated.
    """
    if pair.language_of is None:
        return ""
    text = words_only(pair.target)
    script = script_of(pair.locale)
    if pair.source.strip() == pair.target.strip():
        near = frozenset((pair.source_language.partition("_")[0], pair.language)) in _ALIKE
        copied = not near and sum(map(str.islower, _WORD.findall(text))) >= _MIN_COPIED_WORDS
        copied = copied and not _has_words_of(text, pair.language, pair.source_language)
        return f"reads as {pair.source_language}, it is the source itself" if copied else ""
    if foreign := _foreign_script(text, script):
        return foreign
    if pair.language in _BY_SCRIPT and _tells_language(text, script):
        return ""
    found = _read_as(_without_shared_names(text, words_only(pair.source)), pair.language, pair.language_of)
    return f"reads as {found}" if found and not _has_words_of(text, pair.language, found) else ""


def unchanged(pair: Compared) -> str:
    """Say that a target is its source; names, addresses and acronyms may be.

    Of 4,097 targets of engines it reports 40; of four that a translator judged three may stay as they are.
    """
    if pair.source.strip().casefold() != pair.target.strip().casefold():
        return ""
    source = strip_markup(pair.source).strip()  # as the rule has it by which links are copied
    if " " not in source:
        return ""
    if _has_words_of(source, pair.language, pair.source_language):
        return ""
    for pattern in (*spans.PATTERNS, *pair.names):
        source = pattern.sub(" ", source)
    words = _WORD.findall(source)
    return "the target is the source" if any(not word.isupper() or len(word) > _MAX_ACRONYM for word in words) else ""


def left_untranslated(pair: Compared) -> str:
    """Name the words of the source that stand in the target as they stood there, four or more in a row.

    Found 193 of 390 planted, false 2 of 7,884 translations by people.
    """
    source, target = pair.source, pair.target
    if source == target:
        return ""
    known = set(source.split())
    if sum(map(known.__contains__, target.split())) < _MIN_COPIED_RUN - 1:
        return ""
    words = _WORD.findall(words_only(source))
    longest = _longest_run(_WORD.findall(words_only(target)), frozenset(words))
    phrase = " ".join(longest)
    small = sum(word.islower() for word in longest)
    if len(longest) < _MIN_COPIED_RUN or small < _MIN_COPIED_RUN - 1:
        return ""
    return phrase if f" {phrase} " in f" {' '.join(words)} " else ""


def left_words(pair: Compared) -> str:
    """Name the words of the source that stand in the target and are none of its language; those of `kept` may stay.

    Of judged machine translations it reports 14 of 106 wrong, 5 of 135 awkward and 3 of 119 right ones; false 73 of
    7,884 translations by people.
    """
    if not pair.source_language or pair.source == pair.target:
        return ""
    text = words_only(pair.target)
    source = words_only(pair.source)
    known = set(map(str.casefold, _plain_words(text)))
    if known.isdisjoint(_plain_words(source)) and known.isdisjoint(map(str.casefold, _plain_words(source))):
        return ""
    left = [word for word in _ordinary_words(source, text) if word in known]
    if not left:
        return ""
    own, other = (_words_of(language, pair.forms_of) for language in (pair.language, pair.source_language))
    if own is None or other is None:
        return ""
    may_stay = _may_stay(pair.kept)
    foreign = [word for word in dict.fromkeys(left) if word not in may_stay and not own(word) and other(word)]
    return ", ".join(foreign) if foreign and _is_read(text, own) else ""


def misspelled(pair: Compared) -> str:
    """Name the words that no dictionary of the language knows and that are not the source's, or English loans.

    Of judged machine translations it reports 10 of 106 wrong, 1 of 135 awkward and none of 119 right ones, and 9 of 14
    with a word that nobody writes; 28 of 7,884 translations by people, of which 18 misspell a word. The list of Spanish
    has too few words for it: of 768 sentences it would report 21, half of them wrongly.
    """
    if pair.language == "en" and (ending := _GENDER_ENDING.search(pair.target)):
        return f"{pair.target[: ending.start()].rsplit(maxsplit=1)[-1]}{ending[0]}"
    text = words_only(pair.target)
    new = unknown_words(text, pair.language)
    if not new:
        return ""
    source = normalize("NFC", " ".join((pair.source, *pair.kept))).casefold()
    new = tuple(word for word in new if word not in source)
    if len(new) > 1 and not _is_read(text, partial(is_known, language=pair.language)):
        return ""
    return ", ".join(word for word in new if not is_known(word, "en"))


def frequent_words(text: str) -> dict[str, int]:
    """Count, for each language that is known here, how many different frequent words of it stand in the text.

    >>> counts = frequent_words("Você vai trabalhar com a nossa equipe")
    >>> counts["pt"], counts["es"]
    (4, 1)
    """
    counts = dict.fromkeys(_told_languages(), 0)
    telling = _telling_words()
    for word in telling.keys() & _WORD.findall(text.lower()):
        for language in telling[word]:
            counts[language] += 1
    return counts


@cache
def _told_languages() -> tuple[str, ...]:
    """Return the languages with frequent words, those with more of them first: of two alike the better known one."""
    words = {language: knowledge(language).listed("writing", "frequent") for language in languages("writing")}
    return tuple(sorted(filter(words.get, words), key=lambda language: -len(words[language])))


@cache
def _telling_words() -> dict[str, tuple[str, ...]]:
    """Return the frequent words of all languages, each with those that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for language in _told_languages():
        for word in knowledge(language).listed("writing", "frequent"):
            found[word] = (*found.get(word, ()), language)
    return found


def _without_shared_names(target: str, source: str) -> str:
    """Leave out the names that both texts have, whatever language they are from: they say nothing of the target's.

    >>> _without_shared_names("Live in São José dos Campos", "Morar em São José dos Campos")
    'Live in '
    """
    names = set(_NAME.findall(source))
    if names.isdisjoint(_NAME.findall(target)):
        return target
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
    best = max(hits, key=hits.__getitem__)
    lead = own - hits[best]
    if lead > -short:  # whatever a detector says, no other language has enough words
        return ""
    if known and -lead >= _ENOUGH_WORDS:
        return best
    found = language_of(text) if language in _TELLABLE else None
    if found is None and known and -lead >= _CLEAR_LEAD:
        return best
    if found is None or found == language or frozenset((found, language)) in _ALIKE:
        return ""
    return found if hits.get(found, hits[best]) >= own + short else ""


def _has_words_of(text: str, language: str, other: str) -> bool:
    """Tell whether the dictionary of a language has nearly all words of a text, and that of another one fewer.

    Detectors are unsure of short sentences, and a posting in one language may have sentences in another: of 21 errors
    on 4,483 targets of an engine 19 were wrong for that.
    """
    words = [word for word in _WORD.findall(text) if len(word) >= MIN_LEFT_CHARS and word.islower()]
    if len(words) < _ENOUGH_WORDS or not has_vocabulary(language):
        return False
    own = sum(is_known(word, language) for word in words)
    if own < len(words) * _NEARLY_ALL:
        return False
    return not has_vocabulary(other) or own > sum(is_known(word, other) for word in words)


def _foreign_script(text: str, script: str) -> str:
    """Say that a text is hardly or not at all in a script (ISO 15924), or is Chinese where it has to be Japanese.

    >>> _foreign_script("Apply today and start", "Arab"), _foreign_script("خبرة في SAP", "Arab")
    ('written in another script', '')
    """
    own = _OWN_LETTERS.get(script)
    if own is None or (script == LATIN and not _BEYOND_LATIN.search(text)):
        return ""
    if script in _HAN_SCRIPTS and (confused := _chinese_or_japanese(text, script)):
        return confused
    letters = sum(map(str.isalpha, text))
    if not letters or sum(map(len, own.findall(text))) >= letters * _MIN_OWN_SHARE:
        return ""
    # One word of a script without spaces is as good as several.
    if script not in _HAN_SCRIPTS and (_HAN.search(text) or _KANA.search(text)):
        return "written in another script"
    foreign = [word for word in _WORD.findall(text) if not own.search(word) and (word.islower() or not word.isascii())]
    needed = _MIN_FOREIGN_WORDS if own.search(text) else _MIN_FOREIGN_WORDS_ALONE
    return "written in another script" if len(foreign) >= needed else ""


def _tells_language(text: str, script: str) -> bool:
    """Tell whether a text in its script cannot be in another language than its own."""
    return script in _OF_ONE_LANGUAGE or (script == "Arab" and not _NOT_ARABIC.search(text))


def _chinese_or_japanese(text: str, script: str) -> str:
    if script != "Jpan":
        return "written in kana" if _KANA.search(text) else ""
    return "written without kana" if not _KANA.search(text) and len(_HAN.findall(text)) >= _MIN_HAN else ""


def _longest_run(words: Iterable[str], known: frozenset[str]) -> list[str]:
    """Return the first of the longest rows of words that are all known."""
    longest: list[str] = []
    run: list[str] = []
    for word in words:
        if word not in known:
            run = []
            continue
        run.append(word)
        longest = run if len(run) > len(longest) else longest
    return longest


@lru_cache(maxsize=64)
def _may_stay(kept: tuple[str, ...]) -> frozenset[str]:
    loans = knowledge(ANY).listed("loans", "words")
    return frozenset(loans) | {word for text in kept for word in _PLAIN_WORD.findall(text.casefold())}


@lru_cache(maxsize=4096)
def _plain_words(text: str) -> tuple[str, ...]:
    """Return the plain words of a text, which several checks ask for."""
    return tuple(_PLAIN_WORD.findall(text))


def _ordinary_words(source: str, target: str) -> Iterator[str]:
    """Yield the words of a source that are no names: in small letters, or first and without a capital beside them."""
    first = _FIRST.match(source)
    for match in _PLAIN_WORD.finditer(source):
        word = match[0]
        if not MIN_LEFT_CHARS <= len(word) <= MAX_WORD_CHARS:
            continue
        if word.islower():
            yield word
        elif first and match.start() == first.start(1) and word.istitle() and not _begins(target, word):
            yield word.casefold()


def _begins(target: str, word: str) -> bool:
    """Tell whether a word begins the target too, or stands beside a capital there: it may be a name."""
    if word not in target:
        return False
    beside = _BESIDE_CAPITAL.format(re.escape(word))
    return target.lstrip().startswith(word) or re.search(beside, target) is not None


def _is_read(text: str, knows: Callable[[str], bool]) -> bool:
    """Tell whether most words of a text are known: else it is none of its language, or nothing is known of that."""
    words = [word for word in _plain_words(text) if word.islower()]
    return 2 * sum(map(knows, words)) > len(words)


def _words_of(language: str, forms_of: FormsOf | None) -> Callable[[str], bool] | None:
    """Return what tells whether a language has a word, by its dictionary or else by the lexicon that is handed in."""
    code = language.partition("_")[0]
    if has_vocabulary(code):
        return partial(is_known, language=code)
    if forms_of is None:
        return None
    forms = forms_of(language)
    return lambda word: forms.form(word).known or (word.endswith("s") and forms.form(word[:-1]).known)


CHECKS = (
    Check(
        id="language",
        severity=Severity.ERROR,
        remedy="translate the sentence, it is in another language",
        find=wrong_language,
    ),
    Check(
        id="unchanged",
        severity=Severity.WARNING,
        remedy="translate the text, or accept it if it is the same in this language",
        find=unchanged,
    ),
    Check(
        id="untranslated",
        severity=Severity.WARNING,
        remedy="translate these words",
        find=left_untranslated,
    ),
    Check(
        id="left_words",
        severity=Severity.WARNING,
        remedy="translate these words, or accept them if this language uses them",
        find=left_words,
    ),
    Check(
        id="spelling",
        severity=Severity.ERROR,
        remedy="correct the spelling, or write a word that the language has",
        find=misspelled,
        languages=frozenset({"en", "fr", "nl", "pt"}),
    ),
)
