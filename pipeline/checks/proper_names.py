"""Names of people, places and products that no list knows: told by the capital that English gives only to names."""

import re
from collections.abc import Callable
from functools import cache

from babel import Locale

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A run of capitalised words that does not begin a sentence.
_NAME = re.compile(r"(?<=[a-z0-9,;)] )[A-Z][^\W\d_]*[a-z][^\W\d_]*(?: [A-Z][^\W\d_]*[a-z][^\W\d_]*)*")
# Words for the people and things of a country, which English writes with a capital and other languages translate.
_OF_A_COUNTRY = re.compile(r"(?:[ai]an|ish|ese|ch|ean|[a-z]ic|[a-z]i)s?\Z")
MIN_GARBLED_CHARS = 4
# Above this share of capitals a line is a heading in title case.
MAX_CAPITAL_SHARE = 0.5


def garbled_names(source: str, target: str) -> str:
    """Say which word lost a letter that an engine did not know: "Liège" became "Li'ge"."""
    if source.isascii():
        return ""
    written = set(_WORD.findall(target))
    for word in _WORD.findall(source):
        if not word.isascii() and len(word) >= MIN_GARBLED_CHARS and word not in written:
            spoiled = "".join(re.escape(char) if char.isascii() else r"[^\w\s]{0,2}" for char in word)
            match = re.search(rf"(?<!\w){spoiled}(?!\w)", target)
            if match and match[0] != word and any(map(str.isalpha, match[0])):
                return f"{word} became {match[0]}"
    return ""


def lost_names_check(source_language: str, target_script: str) -> Callable[[str, str], str]:
    """Return the check for a name of an English source of which no word is in a target in the same script."""
    if source_language != "en" or target_script != "Latn":
        return lambda _source, _target: ""

    def lost_names(source: str, target: str) -> str:
        words = _WORD.findall(source)[1:]
        if sum(word[0].isupper() for word in words) > MAX_CAPITAL_SHARE * len(words):
            return ""
        told = target.casefold()
        lost = [name for name in _NAME.findall(source) if not any(word.casefold() in told for word in _own(name))]
        return f"missing {', '.join(lost)}" if lost else ""

    return lost_names


def _own(name: str) -> list[str]:
    """Return the words of a name that are no word of CLDR and no people's: "" stands for a name that has none."""
    return [word for word in name.split() if word not in _known_words() and not _OF_A_COUNTRY.search(word)] or [""]


@cache
def _known_words() -> frozenset[str]:
    """Words that English writes with a capital and that every language has its own for: by CLDR."""
    english = Locale("en")
    tables = [english.languages, english.territories, english.months["format"]["wide"], english.days["format"]["wide"]]
    tables += [english.months["format"]["abbreviated"], english.scripts]
    return frozenset(word for table in tables for name in table.values() for word in _WORD.findall(name)) | {
        "I",
        "Internet",
        "Monday",
        "Bachelor",
        "Master",
        "Christmas",
        "Easter",
    }
