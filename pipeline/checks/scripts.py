"""Whether a target is written in the script of its locale."""

import re
from typing import Final

# Some names and terms may stay in another script, a whole sentence may not.
_MIN_OWN_SHARE = 0.2
_MIN_FOREIGN_WORDS = 3
_MIN_FOREIGN_WORDS_ALONE = 2
_SCRIPTS: Final = {
    "Latn": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebr": "\u0590-\u05ff",
    "Deva": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Jpan": "\u3040-\u30ff\u3400-\u9fff",
    "Hans": "\u3400-\u9fff",
    "Hant": "\u3400-\u9fff",
    "Kore": "\uac00-\ud7a3\u1100-\u11ff",
}
_OWN_LETTERS = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}
_HAN_SCRIPTS = frozenset({"Jpan", "Hans", "Hant"})
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
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
