"""The letters of scripts, by Unicode block: shared by what detects languages and what checks translations."""

import re
from functools import cache
from typing import Final

# ISO 15924, but for the letters that Japanese, Chinese and Korean share or do not: those are named on their own.
LATIN, HAN, KANA, HANGUL = "Latn", "Hani", "Kana", "Hang"
# Each block from its first to its last code point, all at multiples of sixteen but for Latin's.
BLOCKS: Final = {
    LATIN: ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)),
    "Grek": ((0x370, 0x3FF), (0x1F00, 0x1FFF)),
    "Cyrl": ((0x400, 0x52F),),
    "Armn": ((0x530, 0x58F),),
    "Hebr": ((0x590, 0x5FF), (0xFB20, 0xFB4F)),
    "Arab": ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    "Deva": ((0x900, 0x97F),),
    "Beng": ((0x980, 0x9FF),),
    "Guru": ((0xA00, 0xA7F),),
    "Gujr": ((0xA80, 0xAFF),),
    "Taml": ((0xB80, 0xBFF),),
    "Telu": ((0xC00, 0xC7F),),
    "Knda": ((0xC80, 0xCFF),),
    "Mlym": ((0xD00, 0xD7F),),
    "Sinh": ((0xD80, 0xDFF),),
    "Thai": ((0xE00, 0xE7F),),
    "Laoo": ((0xE80, 0xEFF),),
    "Mymr": ((0x1000, 0x109F),),
    "Geor": ((0x10A0, 0x10FF),),
    HANGUL: ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF)),
    "Ethi": ((0x1200, 0x137F),),
    "Khmr": ((0x1780, 0x17FF),),
    KANA: ((0x3040, 0x30FF),),
    HAN: ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)),
}
# Scripts that write words without spaces between them.
UNSPACED: Final = ("Thai", "Laoo", "Mymr", "Khmr", KANA, HAN)
# The capitals and small letters of Latin in U+0041-U+024F, each as what stands between brackets.
_LATIN_LETTERS = [chr(code) for first, last in BLOCKS[LATIN][:3] for code in range(first, last + 1)]
CAPITAL_LATIN: Final = "".join(filter(str.isupper, _LATIN_LETTERS))
SMALL_LATIN: Final = "".join(filter(str.islower, _LATIN_LETTERS))

# What the names of locales' scripts stand for, and the scripts that stand together in one word.
_PARTS: Final = {"Jpan": (KANA, HAN), "Hans": (HAN,), "Hant": (HAN,), "Kore": (HANGUL, HAN)}
_RUNS: Final = ((KANA, HAN), *((script,) for script in BLOCKS if script not in {LATIN, KANA, HAN}))


def letters_of(*scripts: str) -> str:
    """Return the letters of scripts as what stands between the brackets of a regular expression.

    >>> letters_of("Thai", "Laoo")
    '\u0e00-\u0e7f\u0e80-\u0eff'
    """
    return "".join(f"{chr(first)}-{chr(last)}" for script in scripts for first, last in BLOCKS[script])


@cache
def foreign_words(*scripts: str) -> re.Pattern[str]:
    """Return what finds the words in none of these scripts (ISO 15924); Latin letters are at home in every text.

    >>> foreign_words("Latn").findall("We speak Русский, 日本語 and C++ here")
    ['Русский', '日本語']
    """
    own = {LATIN, *(part for script in scripts for part in _PARTS.get(script, (script,)))}
    runs = (letters_of(*run) for run in _RUNS if not own & {*run})
    # Blocks hold signs too, so a word has to start with a letter; accents and joiners go on with it.
    return re.compile("|".join(rf"(?=[^\W\d_])[{run}][{run}\u0300-\u036f\u200c\u200d]*" for run in runs))


def main_script(text: str) -> str:
    """Name the script of most of a text's letters, the first of several alike; "" if it has none.

    >>> main_script("We speak Русский"), main_script("SAPの経験が必要")
    ('Latn', 'Jpan')
    """
    counts = {script: len(found) for script, pattern in _letters().items() if (found := pattern.findall(text))}
    return max(counts, key=lambda script: counts[script], default="")


@cache
def _letters() -> dict[str, re.Pattern[str]]:
    single = {script: (script,) for script in BLOCKS if script not in {KANA, HAN}}
    return {script: re.compile(f"[{letters_of(*run)}]") for script, run in (single | {"Jpan": (KANA, HAN)}).items()}
