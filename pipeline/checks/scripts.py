"""Whether a target is written in the script of its locale."""

import re
from collections import Counter
from typing import Final

from pipeline.checks.comparing import told
from pipeline.checks.frequent_words import frequent_words
from pipeline.model.scripts import HAN, HANGUL, KANA, LATIN, foreign_words, letters_of, main_script

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
_LATIN = re.compile(f"[{letters_of(LATIN)}]")
# So many small words of a Latin language make a sentence of it.
_MIN_LATIN_WORDS = 2


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


def lost_foreign_words(source: str, target: str) -> str:
    """Name the words that stand in the source in another script than the rest of it, and nowhere in the target.

    A target that is itself in their script may write them in another form.

    >>> lost_foreign_words("We speak Русский and 日本語 in the office", "Falamos 日本語 no escritório")
    'missing Русский'
    """
    if source.isascii():
        return ""
    others = foreign_words(_script_of_sentence(source), main_script(target))
    missing = Counter(word for word in others.findall(source) if word not in target)
    return told(missing, Counter()) if missing else ""


def _script_of_sentence(text: str) -> str:
    """Name the script of a text's sentence: names in Latin letters may outnumber the words around them."""
    if max(frequent_words(text).values()) >= _MIN_LATIN_WORDS:
        return LATIN
    return main_script(_LATIN.sub("", text))


def tells_language(text: str, script: str) -> bool:
    """Tell whether a text in its script cannot be in another language than its own."""
    return script in _OF_ONE_LANGUAGE or (script == "Arab" and not _NOT_ARABIC.search(text))


def _chinese_or_japanese(text: str, script: str) -> str:
    if script != "Jpan":
        return "written in kana" if _KANA.search(text) else ""
    return "written without kana" if not _KANA.search(text) and len(_HAN.findall(text)) >= _MIN_HAN else ""
