"""The letters that a language writes its own words with, and the names that have others: engines lose those."""

import re
from functools import cache

from pipeline.language.knowledge import ANY, knowledge
from pipeline.language.scripts import BLOCKS, LATIN


@cache
def writes_capital_nouns(language: str) -> bool:
    """Tell whether every noun has a capital."""
    return bool(knowledge(language).table("writing").get("capital_nouns"))


@cache
def foreign_names(language: str) -> re.Pattern[str] | None:
    """Return what finds the words with a capital and a letter foreign to a language; None if its letters are unknown.

    >>> foreign_names("en").findall("Liège: ask Đặng Thị Hà at Şişecam's café, Résumé in hand")
    ['Liège', 'Đặng', 'Thị', 'Hà', 'Şişecam']
    """
    own = knowledge(language).table("writing").get("letters")
    if own is None:
        return None
    latin = [chr(code) for first, last in BLOCKS[LATIN] for code in range(first, last + 1)]
    foreign = "".join(char for char in latin if char.isalpha() and not char.isascii() and char.lower() not in own)
    capital = "".join(filter(str.isupper, latin))
    # Foreign words that its dictionaries have are translated as any other: "Résumé", "Chargé".
    loans = "|".join(sorted(knowledge(ANY).listed("loans", "accented")))
    return re.compile(rf"(?<!\w)(?=\w*[{foreign}])(?!(?i:{loans})s?(?!\w))[{capital}][^\W\d_]*")
