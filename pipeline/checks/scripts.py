"""Whether a target is written in the script of its locale."""

import re
from typing import Final

from pipeline.model.scripts import HAN, HANGUL, KANA, LATIN, letters_of

# Some names and terms may stay in another script, a whole sentence may not.
_MIN_OWN_SHARE = 0.2
_MIN_FOREIGN_WORDS = 3
_MIN_FOREIGN_WORDS_ALONE = 2
# What a text in these scripts of a locale may be written in; the others are one script each.
_MIXED: Final = {"Jpan": (KANA, HAN), "Hans": (HAN,), "Hant": (HAN,), "Kore": (HANGUL,)}
_CHECKED: Final = (LATIN, "Cyrl", "Arab", "Grek", "Hebr", "Deva", "Thai", *_MIXED)
_OWN_LETTERS = {script: re.compile(f"[{letters_of(*_MIXED.get(script, (script,)))}]") for script in _CHECKED}
_HAN_SCRIPTS = frozenset({"Jpan", "Hans", "Hant"})
_KANA = re.compile(f"[{letters_of(KANA)}]")
_HAN = re.compile(f"[{letters_of(HAN)}]")
# So many ideographs in a row of words without one kana are Chinese.
_MIN_HAN = 12
# Scripts that one language writes, so that nobody needs to ask which; Arabic letters are Arabic without these.
_OF_ONE_LANGUAGE = frozenset({"Jpan", "Hans", "Hant", "Kore", "Grek", "Hebr", "Thai"})
_NOT_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06be\u06c1\u06cc\u06a9]")
_WORD = re.compile(r"[^\W\d_]+")


def foreign_script(text: str, script: str) -> str:
    """Say that a text is hardly or not at all in a script (ISO 15924), or is Chinese where it has to be Japanese.

    >>> foreign_script("Apply today and start", "Arab"), foreign_script("خبرة في SAP", "Arab")
    ('written in another script', '')
    """
    own = _OWN_LETTERS.get(script)
    if own is None:
        return ""
    if script in _HAN_SCRIPTS and (confused := _chinese_or_japanese(text, script)):
        return confused
    letters = sum(map(str.isalpha, text))
    if not letters or len(own.findall(text)) >= letters * _MIN_OWN_SHARE:
        return ""
    # One word of a script without spaces is as good as several.
    if script not in _HAN_SCRIPTS and (_HAN.search(text) or _KANA.search(text)):
        return "written in another script"
    foreign = [word for word in _WORD.findall(text) if not own.search(word) and (word.islower() or not word.isascii())]
    needed = _MIN_FOREIGN_WORDS if own.search(text) else _MIN_FOREIGN_WORDS_ALONE
    return "written in another script" if len(foreign) >= needed else ""


def tells_language(text: str, script: str) -> bool:
    """Tell whether a text in its script cannot be in another language than its own."""
    return script in _OF_ONE_LANGUAGE or (script == "Arab" and not _NOT_ARABIC.search(text))


def _chinese_or_japanese(text: str, script: str) -> str:
    if script != "Jpan":
        return "written in kana" if _KANA.search(text) else ""
    return "written without kana" if not _KANA.search(text) and len(_HAN.findall(text)) >= _MIN_HAN else ""
