"""Names of people, places and products that no list knows: told by the capital that English gives only to names."""

import re
from collections.abc import Callable

from babel import Locale

from pipeline.checks.capitals import missing_acronyms
from pipeline.checks.foreign_letters import foreign_letters_check
from pipeline.checks.half_names import half_changed_check, half_translated_check
from pipeline.checks.known_words import known_words
from pipeline.checks.scripts import lost_foreign_words
from pipeline.checks.signs import lost_range, lost_signs
from pipeline.model.locale import parse_locale, script_of
from pipeline.model.scripts import CAPITAL_LATIN, LATIN, SMALL_LATIN

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# One capitalised word that does not begin a sentence. Of several together one is often a word that is translated, as
# in Rift Valley; a plural is rather the label of a button or a kind of people.
_NAME = re.compile(
    rf"(?<=[{SMALL_LATIN}0-9,;)] )[{CAPITAL_LATIN}][^\W\d_]*(?!s)[{SMALL_LATIN}](?![\w'’&-])(?! [{CAPITAL_LATIN}])"
)
# Several in a row, of which one may be translated; none all in capitals. English writes too much else so: of its
# translations by people one in forty had lost a Find Invoice or Human Resources.
_TITLED = f"[{CAPITAL_LATIN}][{SMALL_LATIN}]+"
_NAMES = re.compile(rf"(?<=[{SMALL_LATIN}0-9,;:)(] ){_TITLED}(?: {_TITLED})+(?![\w'’&-])")
# Languages that write every noun with a capital.
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_BEFORE = re.compile(rf"[{CAPITAL_LATIN}][^\W\d_]*\Z")
# "a)", "(2)" and "iv.": what stands behind the number of an item begins a sentence.
_NUMBER = re.compile(r"\s*(?:\((?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\)|(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s+")
# Words for the people and things of a country, which English writes with a capital and other languages translate.
_OF_A_COUNTRY = re.compile(r"(?:[ai]an|ish|ese|ch|ean|[a-z]ic|[a-z]i)s?\Z")
MIN_GARBLED_CHARS = 4
MIN_LOST_ACRONYMS = 2
# Degrees, subjects and words of offices, which languages call by their own names: CS or EE, an MSC, PPE.
_SPELLED_OUT_TEXT = (
    "ASAP BA BS BSC CE CS DOB ECE EE EECS FTE FYI HQ HSE LLB LLM MA MD ME MS MSC PHD PPE PTO QC RN TBC TBD"
)
_SPELLED_OUT = frozenset(_SPELLED_OUT_TEXT.split())
_LOUD = re.compile(r"\b[A-Z]{2,} [A-Z]{2,}\b")
# Above this share of capitals a line is a heading in title case.
MAX_CAPITAL_SHARE = 0.5


def garbled_check(source_language: str, target_language: str) -> Callable[[str, str], str]:
    """Return the check for names that an engine spoiled, also by a letter that is foreign, or a word it translated."""
    changed_foreign = foreign_letters_check(source_language)
    half_translated = half_translated_check(source_language, target_language)

    def garbled(source: str, target: str) -> str:
        return garbled_names(source, target) or changed_foreign(source, target) or half_translated(source, target)

    return garbled


def garbled_names(source: str, target: str) -> str:
    """Say which word lost a letter that an engine did not know, or what it could not write at all is gone.

    >>> garbled_names("You work in Liège.", "Você trabalha em Lige."), garbled_names("From A → B", "De A B")
    ('Liège became Lige', 'missing →')
    """
    if source.isascii():
        return lost_range(source, target)
    return (
        _garbled(source.replace("’", "'"), target.replace("’", "'"))
        or lost_foreign_words(source, target)
        or lost_signs(source, target)
        or lost_range(source, target)
    )


def _garbled(source: str, target: str) -> str:
    written = set(_WORD.findall(target))
    for word in _WORD.findall(source):
        if not word.isascii() and len(word) >= MIN_GARBLED_CHARS and word not in written:
            spoiled = "".join(re.escape(char) if char.isascii() else r"[^\w\s]{0,2}" for char in word)
            match = re.search(rf"(?<!\w){spoiled}(?!\w)", target)
            if match and match[0] != word and any(map(str.isalpha, match[0])):
                return f"{word} became {match[0]}"
    return ""


def lost_names_check(source_language: str, locale: Locale) -> Callable[[str, str], str]:
    """Return the check for names in a source that a target in the same script does not have: of one word, or whole.

    >>> check = lost_names_check("pt", Locale("es"))
    >>> check("Trabalhe na loja do Pingo Doce.", "Trabaja en la tienda del Goteo Dulce.")
    'missing Pingo Doce'
    """
    if script_of(locale) != LATIN or not source_language or not _tells_names(source_language):
        return lambda _source, _target: ""
    half_changed = half_changed_check(source_language, locale.language)

    def lost_names(text: str, target: str) -> str:
        source = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
        words = _WORD.findall(source)[1:]
        if sum(word[0].isupper() for word in words) > MAX_CAPITAL_SHARE * len(words):
            return half_changed(source, target)
        told, known = target.casefold(), known_words(source_language)
        names = [match[0] for match in _NAME.finditer(source) if _is_name(match, known)]
        if source_language != "en":
            names += [match[0] for match in _NAMES.finditer(source) if not known & {*match[0].split()}]
        lost = [name for name in names if not any(_stem(word) in told for word in name.split())]
        return f"missing {', '.join(lost)}" if lost else half_changed(source, target)

    return lost_names


def _tells_names(language: str) -> bool:
    """Tell whether a language gives capitals to names and to no other nouns."""
    return language not in _CAPITAL_NOUNS and script_of(parse_locale(language)) == LATIN


def several_lost_check(target_script: str) -> Callable[[str, str], str]:
    """Return the check for several acronyms that a target in Latin letters lost: for one it may have its own word.

    Words in a row of capitals are no acronyms, and names that begin with a capital are too often labels of buttons:
    of 13,000 translations by people two lost names were told of 36, two lost acronyms of 11.
    """
    if target_script != LATIN:
        return lambda _source, _target: ""

    def several_lost(source: str, target: str) -> str:
        missing = set() if _LOUD.search(source) else missing_acronyms(source, target) - _SPELLED_OUT
        return f"missing {', '.join(sorted(missing))}" if len(missing) >= MIN_LOST_ACRONYMS else ""

    return several_lost


def _stem(name: str) -> str:
    """Return what of a name every language keeps: Berlin is Berlim in Portuguese, Rust stays Rust."""
    return name.casefold()[: max(MIN_GARBLED_CHARS, len(name) - 2)]


def _is_name(match: re.Match[str], known: frozenset[str]) -> bool:
    """Tell whether a capitalised word stands alone and is neither one that is known nor one for a people."""
    alone = not _BEFORE.search(match.string[: match.start() - 1])
    return alone and match[0] not in known and not _OF_A_COUNTRY.search(match[0])
