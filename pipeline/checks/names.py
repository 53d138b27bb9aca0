"""Checks that names reach the target: of people, firms and places, acronyms, and countries.

No list knows the names of a posting. They are told by a capital on a word that the lexicon of the source's language
does not know, or writes with a capital itself: "Marta Oliveira", "Alvorada Foods", "Geneva", but not "Head of
Delivery". A name may be inflected or be what the other language calls a place (Geneva, Genf, Genebra), so that words
that sound alike count as the name; "Munich" is not Mailand.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import islice, pairwise
from unicodedata import combining, normalize

from babel import Locale

from pipeline.checks.check import Check, Compared, difference
from pipeline.checks.protected import words_only
from pipeline.language.letters import writes_capital_nouns
from pipeline.language.scripts import CAPITAL_LATIN, LATIN, SMALL_LATIN
from pipeline.language.trade_words import is_trade_word
from pipeline.language.vocabulary import is_known
from pipeline.language.word_forms import WordForms
from pipeline.model.finding import Severity
from pipeline.model.locale import parse_locale, script_of
from pipeline.model.patterns import lazy_pattern

_LETTERS = re.compile(r"[^\W\d_]+")
# A word with a capital and small letters, and those beside it in a row. What each begins with stands first in the
# patterns, by which the search goes from one to the next.
_NAME_WORD = rf"[{CAPITAL_LATIN}][{SMALL_LATIN}]+"
_RUN = lazy_pattern(rf"[{CAPITAL_LATIN}](?<![\w'’&./@#-].)[{SMALL_LATIN}]+(?:[ \u00a0]{_NAME_WORD})*(?![\w'’&@-])")
_CAPITALISED = re.compile(rf"[{CAPITAL_LATIN}][^\W\d_]+")
# Words for the people and things of a country, which English writes with a capital and other languages translate.
_OF_A_COUNTRY = re.compile(r"(?:[ai]an|ish|ese|ean|[a-z]ic|tani|eli|aqi|audi|eni|aiti|atari|ist)s?\Z")
# Beside what CLDR names, in English.
_TRANSLATED_NAMES = frozenset({"Internet", "Bachelor", "Master", "Christmas", "Easter", "Senior", "Sênior"})
# Two names with at most two small words between them: "Vienna and Lisbon", "Geneva to Seville".
_COUPLE = lazy_pattern(
    rf"([{CAPITAL_LATIN}](?<!\w.)[{SMALL_LATIN}]+)(?= (?:[{SMALL_LATIN}]{{1,4}} ){{1,2}}({_NAME_WORD})\b)"
)
_NUMBER = re.compile(r"\d(?<![\w.,:/-].)\d*(?:[.,]\d+)*(?![\w:/-]|[.,]\d)")
_SENTENCE_ENDS = frozenset({"", *".!?:…"})
MIN_NAME_CHARS = 4
# Words that sound so much alike are one name in two languages.
MIN_NEARNESS = 0.6
# What begins with another letter has to be nearer, and longer: Estación is station.
MIN_LONG_CHARS = 6
MIN_LONG_NEARNESS = 0.75
# Comparing all with all takes long; no sentence has more names.
MAX_NAMES = 40
# Letters that are no letter of a-z with a mark, and sounds that languages spell in their own ways: Kraków is Cracóvia.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ə": "e", "ħ": "h", "ŋ": "n"}
)
_SOUNDS = str.maketrans("cqwvyjz", "kkbbiis")

# Two to six capitals, perhaps with digits in or behind them.
_ACRONYM = re.compile(r"[A-Z](?<![A-Za-z0-9À-ɏ.&'-].)[A-Z0-9]{1,5}(?![A-Za-z0-9À-ɏ&'-])")
# Countries, offices, degrees and papers that each language abbreviates or calls in its own way, and what
# `quantities` compares.
_OWN_ACRONYMS = (
    "AD AI AIDS AM ASAP BA BC BS BSC CE CEO CFO COO CS CTO CV DNA DOB ECE EE EECS EU FAQ FTE FYI "
    "GDPR GMT GST HIV HQ HR "
    "HSE ID IT LLB LLM MA MD ME MS MSC NATO NGO NYC OK PHD PM PPE PTO QA QC RH RN SME TBC TBD TI TIP UAE UK UN US USA "
    "UTC VAT EUR USD GBP CHF JPY BRL"
)
_TRANSLATED_ACRONYMS = frozenset(_OWN_ACRONYMS.split())

_COUNTRY_CODE = re.compile("[A-Z]{2}")
# Codes of CLDR that are no countries: the European Union, the eurozone, pseudo-locales, an unknown region.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_NEVER = re.compile("(?!)")
_FIRST_DENSE = 0x3000  # where the scripts begin that write no space between words


def lost_names(pair: Compared) -> str:
    """Name the people, firms and places of the source that are not in the target, in no form that sounds like them.

    Found 383 of 450 planted losses and exchanges of names and places, false 50 of 7,884 translations by people.
    """
    language = pair.source_language
    if pair.forms_of is None or not language or writes_capital_nouns(language) or not _in_latin(pair):
        return ""
    source = words_only(pair.source)
    names = _names_of(source, pair.source_language, pair.forms_of(pair.source_language))
    target = words_only(pair.target)
    lost = _not_in(target, names)
    damaged = [spoiled for name in lost if (spoiled := _spoiled(name, target))]
    return ", ".join(damaged) or (f"missing {', '.join(lost)}" if lost else "")


def swapped(pair: Compared) -> str:
    """Say which two names beside each other, or two numbers, changed places: from Geneva to Seville, 4 and 8 weeks.

    Found 109 of 150 planted, false 3 of 7,884 translations by people; of 4,491 targets of an engine it reports 6.
    """
    if numbers := _swapped(pair, _number_places):
        return numbers
    return _swapped(pair, _name_places) if pair.source_language and _in_latin(pair) else ""


def lost_acronyms(pair: Compared) -> str:
    """Name the acronyms that are not in the target, but for those that languages translate and words in capitals.

    Of the judged machine translations it reports 0 of 119 right, 1 of 135 awkward and 2 of 106 wrong ones; false 115 of
    7,884 translations by people, who write many of them out.
    """
    if pair.source.isupper():
        return ""
    language = pair.source_language.partition("_")[0]
    acronyms = set(_ACRONYM.findall(pair.source)) - _TRANSLATED_ACRONYMS
    found = {acronym for acronym in acronyms if not is_trade_word(acronym, language)}
    return difference(Counter(acronym for acronym in found if acronym not in pair.target)) if found else ""


def exchanged_countries(pair: Compared) -> str:
    """Say which country is gone while another one came, by the names of CLDR.

    A name that is only missing may be inflected or written otherwise, and is left to the reviewer.
    Found 140 of 150 planted, none of which another check finds; false 0 of 7,884 translations by people.
    """
    if not pair.source_language:
        return ""
    before = _countries_in(pair.source, pair.source_language)
    if not before:
        return ""
    after = _countries_in(pair.target, str(pair.locale))
    lost, come = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    if not lost or not come:
        return ""
    return f"{', '.join(before[code] for code in lost)} became {', '.join(after[code] for code in come)}"


def _in_latin(pair: Compared) -> bool:
    return _writes_latin(pair.locale) and _writes_latin(pair.source_language)


@cache
def _writes_latin(locale: str | Locale) -> bool:
    return script_of(parse_locale(locale) if isinstance(locale, str) else locale) == LATIN


def _swapped(pair: Compared, places: Callable[[str, str, str], list[tuple[str, int]]]) -> str:
    """Name the first two of what stands once in both texts that follow each other the other way round."""
    for (one, here), (two, there) in pairwise(places(pair.source, pair.target, pair.source_language)):
        if here > there:
            return f"{two} before {one}"
    return ""


def _number_places(source: str, target: str, _language: str) -> list[tuple[str, int]]:
    """Return the numbers of a source that both texts have once, with their places in the target."""
    found = _NUMBER.findall(source)
    if len(found) <= 1:
        return []
    before, after = Counter(found), Counter(_NUMBER.findall(target))
    once = [number for number in before if before[number] == after[number] == 1]
    places = {match[0]: match.start() for match in _NUMBER.finditer(target)}
    return [(number, places[number]) for number in once]


def _name_places(source: str, target: str, language: str) -> list[tuple[str, int]]:
    """Return the first two names beside each other that both texts have, with their places in the target.

    Two words of the language with a capital are no names: "Tecnologia da Informação" is Information Technology.
    """
    words: dict[str, int] = {}
    for couple in islice(_COUPLE.finditer(source), MAX_NAMES):
        if all(is_known(name.lower(), language) for name in couple.groups()):
            continue
        words = words or {match[0]: match.start() for match in islice(_CAPITALISED.finditer(target), MAX_NAMES)}
        one, two = (_place_of(name, words) if source.count(name) == 1 else None for name in couple.groups())
        if one is not None and two is not None and one != two:
            return [(couple[1], one), (couple[2], two)]
    return []


def _place_of(name: str, words: dict[str, int]) -> int | None:
    if name in words:
        return words[name]
    alike = (place for word, place in words.items() if _sound_alike(name, word))
    return next(alike, None)


@lru_cache(maxsize=16384)  # the locales of a project have the same sources
def _names_of(text: str, language: str, forms: WordForms) -> tuple[str, ...]:
    """Return the words of a text that are names, each once.

    What begins a sentence is one only beside another capital.
    """
    seen: dict[str, None] = {}
    for run in _RUN.finditer(text):
        words = run[0].replace("\u00a0", " ").split(" ")
        alone = len(words) == 1 and text[: run.start()].rstrip()[-1:] in _SENTENCE_ENDS
        for word in words:
            if word in seen or len(word) < MIN_NAME_CHARS or len(seen) == MAX_NAMES:
                continue
            form = forms.form(word)
            if not alone and (form.proper or not form.known) and not _is_translated(word, language):
                seen[word] = None
    return tuple(seen)


@lru_cache(maxsize=16384)
def _is_translated(word: str, language: str) -> bool:
    return bool({word, word.removesuffix("s")} & _known_words(language)) or _OF_A_COUNTRY.search(word) is not None


def _not_in(target: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand in a target in no form."""
    lost: list[str] = []
    text = ""
    others: list[str] = []
    for name in names:
        if name in target:
            continue
        if not text:
            text = target.casefold()
            others = list(dict.fromkeys(_CAPITALISED.findall(target)))[:MAX_NAMES]
        if not name.isascii() and _spoiled(name, target):
            lost.append(name)
            continue
        if name.casefold()[: max(MIN_NAME_CHARS, len(name) - 2)] in text:
            continue
        if not any(_sound_alike(name, other) for other in others):
            lost.append(name)
    return lost


def _spoiled(name: str, target: str) -> str:
    """Say what a name became that lost a letter which an engine did not know: Liège is not Lige."""
    if name.isascii():
        return ""
    pattern = "".join(re.escape(char) if char.isascii() else r"[^\w\s]{0,2}" for char in name)
    match = re.search(rf"(?<!\w){pattern}(?!\w)", target)
    return f"{name} became {match[0]}" if match and match[0] != name and any(map(str.isalpha, match[0])) else ""


@lru_cache(maxsize=4096)
def _sound_alike(name: str, other: str) -> bool:
    """Tell whether two words may be one name.

    >>> _sound_alike("Geneva", "Genf"), _sound_alike("Munich", "München"), _sound_alike("Munich", "Mailand")
    (True, True, False)
    """
    one, two = _sounds(name), _sounds(other)
    nearness = SequenceMatcher(None, one, two, autojunk=False).ratio()
    if one[0] == two[0]:
        return nearness >= MIN_NEARNESS
    return min(len(one), len(two)) >= MIN_LONG_CHARS and nearness >= MIN_LONG_NEARNESS


def _sounds(word: str) -> str:
    letters = word.casefold().translate(_PLAIN_LETTERS)
    plain = "".join(char for char in normalize("NFD", letters) if not combining(char))
    return plain.translate(_SOUNDS)


@cache
def _known_words(language: str) -> frozenset[str]:
    """Return the words of a language's names of languages, scripts, countries, months and days, by CLDR."""
    locale = parse_locale(language)
    tables = [locale.languages, locale.territories, locale.scripts]
    tables += [each["format"][width] for each in (locale.months, locale.days) for width in ("wide", "abbreviated")]
    words = {word for table in tables for name in table.values() for word in _LETTERS.findall(name)}
    return frozenset(words | {word[0].upper() + word[1:] for word in words}) | _TRANSLATED_NAMES


def _countries_in(text: str, locale: str) -> dict[str, str]:
    pattern, codes = _country_names(locale)
    return {codes[name]: name for name in pattern.findall(text)}


@cache
def _country_names(locale: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds a country's name, the longest first, and the code of each name.

    CLDR names no country in 100 or so of its languages, such as Bashkir.
    """
    codes = {
        name: code
        for code, name in sorted(parse_locale(locale).territories.items())
        if _COUNTRY_CODE.fullmatch(code) and code not in _NO_COUNTRIES
    }
    if not codes:
        return _NEVER, codes
    longest_first = sorted(codes, key=lambda name: (-len(name), name))
    edge = r"\b" if all(ord(name[0]) < _FIRST_DENSE for name in longest_first) else ""
    begins = f"(?=[{re.escape(''.join(sorted({name[0] for name in longest_first})))}])"  # nearly no word goes further
    return re.compile(begins + edge + "(?:" + "|".join(map(re.escape, longest_first)) + ")" + edge), codes


CHECKS = (
    Check(
        id="countries",
        severity=Severity.ERROR,
        remedy="write the country that the source names",
        find=exchanged_countries,
    ),
    Check(
        id="proper_names",
        severity=Severity.WARNING,
        remedy="write the name, or what it is called in this language",
        find=lost_names,
    ),
    Check(
        id="swapped",
        severity=Severity.WARNING,
        remedy="compare which stands where: source and target have the two in another order",
        find=swapped,
    ),
    Check(
        id="acronyms",
        severity=Severity.WARNING,
        remedy="write the acronym, or what it is called in this language",
        find=lost_acronyms,
    ),
)
