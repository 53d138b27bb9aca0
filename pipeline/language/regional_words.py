"""Says what a language writes in one country as another country writes it: Portuguese "equipa" in Brazil is "equipe".

Engines know languages, readers have locales. A model of Portuguese answers in Brazilian, and now and then in European
words: in 23 of 2,216 targets for Brazil, and this puts each right. The words are data, `regional/<locale>.tsv`: forms
that nobody of the locale writes, with one of the same gender and number, so that the words around them still agree.

>>> reworded("Equipas em Helsínquia", "pt_BR"), reworded("Equipas", "pt_PT")
('Equipes em Helsinque', 'Equipas')
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_FOLDER = files("pipeline.language") / "regional"


class _Words(NamedTuple):
    pattern: re.Pattern[str]
    wordings: Mapping[str, str]


def reworded(text: str, locale: str) -> str:
    """Return a text in the words of a locale, each with the capitals of the one that it stands for."""
    words = _words(locale)
    return words.pattern.sub(lambda found: _cased(words.wordings[found[0].lower()], found[0]), text) if words else text


def _cased(wording: str, written: str) -> str:
    if written.isupper():
        return wording.upper()
    return wording[0].upper() + wording[1:] if written[0].isupper() else wording


@cache
def _words(locale: str) -> _Words | None:
    file = _FOLDER / f"{locale}.tsv"
    if not locale.isidentifier() or not file.is_file():
        return None
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    wordings = dict(line.split("\t") for line in lines)
    longest_first = sorted(wordings, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)
    return _Words(pattern, wordings)
