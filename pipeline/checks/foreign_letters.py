"""Names with letters that the language around them does not have: engines that never read one lose or replace it."""

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache
from unicodedata import combining, normalize

from pipeline.checks.known_words import known_words
from pipeline.checks.protected import words_only
from pipeline.model.letters import LOANS, OWN_LETTERS
from pipeline.model.scripts import LATIN, main_script

# Letters that are no letter of a-z with a mark, and what they are written as without them.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ə": "e", "ħ": "h", "ŋ": "n"}
)
# Places that other languages name with other letters: Basileia, Cologne, Breslau, Danzig, Grisons.
_EXONYMS_TEXT = (
    "åbo bâle česká české česko çeşme gdańsk genève graubünden île îles i̇zmir kärnten košice köln liège łódź münchen "
    "neuchâtel niederösterreich oberösterreich österreich öresund øresund rhône río skåne türkiye wrocław"
)
_TRANSLATED = LOANS | frozenset(_EXONYMS_TEXT.casefold().split())
_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*")
# Sounds that languages spell in their own ways: Kraków is Cracóvia, Genève is Genebra.
_SOUNDS = str.maketrans("cqwvyjz", "kkbbiis")
MIN_LETTERS_AROUND = 2
# Shorter names are near too many words.
MIN_NEAR_CHARS = 5
MIN_NEARNESS = 0.6
# What begins with another letter has to be nearer, and longer: Estación is station.
MIN_LONG_CHARS = 6
MIN_LONG_NEARNESS = 0.75
MAX_ENDING = 3
# What some letters are written as elsewhere, beside what they are without their mark: Tiranë is Tirana, Korçë Korcza.
_SPELLED = {
    "ə": "a",
    "ë": "a",
    "ō": "ou|u",
    "ū": "ou",
    "ī": "y",
    "ı": "y|ou?",
    "ç": "cz",
    "č": "cz",
    "ş": "sz|s?ch",
    "š": "sz|s?ch",
    "ž": "rz",
}

Difference = Callable[[str, str], str]


def foreign_letters_check(source_language: str) -> Difference:
    """Return the check that a name with letters foreign to the source's language is kept in a Latin target.

    It may be written without their marks, inflected, or be what another language calls a place.

    >>> check = foreign_letters_check("en")
    >>> check("Ask Ünal.", "Pergunte a Onal."), check("Kraków", "Cracóvia"), check("Baker at Žito", "Padeiro em")
    ('Ünal became Onal', '', 'missing Žito')
    """
    if source_language not in OWN_LETTERS:
        return lambda _source, _target: ""
    own = OWN_LETTERS[source_language]

    def changed_names(source: str, target: str) -> str:
        if source.isascii():
            return ""
        names = [name for name in _capitalised(words_only(source)) if _is_foreign(name, own)]
        if not names or main_script(target) != LATIN:
            return ""
        text = normalize("NFC", target)
        known = _translated_words(source_language)
        return next(filter(None, (_changed(name, text, known) for name in names)), "")

    return changed_names


def _capitalised(text: str) -> Iterator[str]:
    return (word for word in _WORD.findall(normalize("NFC", text)) if word[0].isupper())


def _is_foreign(word: str, own: str) -> bool:
    """Tell whether a word of Latin letters has one that is none of a-z and none of a language's `own`."""
    foreign = [char for char in word.lower() if not char.isascii() and char not in own]
    return bool(foreign) and main_script("".join(foreign)) == LATIN


def _changed(name: str, target: str, known: frozenset[str]) -> str:
    """Say what a name became in the target, that it is gone, or "" if it is there in some form."""
    words = [word for word in _WORD.findall(target) if len(name) >= MIN_NEAR_CHARS or word[0].isupper()]
    if any(_written_as(name).fullmatch(_plain(word)) for word in words):
        return ""
    translated = name.casefold() in known
    if (spoiled := _spoiled(name, target)) and not translated:
        return f"{name} became {spoiled}"
    return "" if translated or any(_is_near(name, word) for word in words) else f"missing {name}"


@cache
def _written_as(name: str) -> re.Pattern[str]:
    """Return what finds a name in plain letters, those with marks perhaps as two, and with an ending: Müller, Muellers.

    Two letters are no name that an ending could be told from.
    """
    letters = "".join(_letter_as(char) for char in name.lower())
    return re.compile(rf"{letters}[^\W\d_]{{0,{min(MAX_ENDING, max(len(name) - 2, 0))}}}")


def _letter_as(char: str) -> str:
    if char.isascii():
        return re.escape(char)
    return f"(?:{_plain(char)}[aehjz]?|{_SPELLED[char]})" if char in _SPELLED else f"{_plain(char)}[aehjz]?"


def _spoiled(name: str, target: str) -> str:
    """Return what has the letters of a-z of a name, and something else or nothing in place of the others."""
    if sum(map(str.isascii, name)) < MIN_LETTERS_AROUND:
        return ""
    pattern = "".join(re.escape(char) if char.isascii() else r"([^\s.,;:!?()]{0,2})" for char in name)
    match = re.search(rf"(?<!\w){pattern}(?!\w)", target, re.IGNORECASE)
    if not match:
        return ""
    marked = (char for char in name if not char.isascii())
    kept = all(_plain(char) in _plain(instead) for char, instead in zip(marked, match.groups(), strict=True))
    return "" if kept else match[0]


def _is_near(name: str, word: str) -> bool:
    one, two = sounds(name), sounds(word)
    if len(name) < MIN_NEAR_CHARS or abs(len(one) - len(two)) > MAX_ENDING:
        return False
    nearness = SequenceMatcher(None, one, two, autojunk=False).ratio()
    if one[0] == two[0]:
        return nearness >= MIN_NEARNESS
    return min(len(one), len(two)) >= MIN_LONG_CHARS and nearness >= MIN_LONG_NEARNESS


@cache
def _plain(word: str) -> str:
    letters = word.casefold().translate(_PLAIN_LETTERS)
    return letters if letters.isascii() else "".join(char for char in normalize("NFD", letters) if not combining(char))


def sounds(word: str) -> str:
    """Return a word in plain letters, with one for those that languages exchange.

    >>> sounds("Kraków"), sounds("Cracóvia")
    ('krakob', 'krakobia')
    """
    return _plain(word).translate(_SOUNDS)


@cache
def _translated_words(language: str) -> frozenset[str]:
    return _TRANSLATED | {word.casefold() for word in known_words(language) if not word.isascii()}
