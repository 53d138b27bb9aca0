"""The fixed words of the trade, such as REMOTE and FULL-TIME, in every language that has a table of them.

They stand alone in lines, where an engine has no sentence to tell their sense by: it made a forwarding of "Relocation"
and left "ONSITE" in English.

>>> trade_wording("REMOTE", "en", "pt"), trade_wording("tempo integral", "pt", "de")
('Remoto', 'Vollzeit')
>>> trade_wording("Nurse", "en", "pt")
''
"""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.language.knowledge import knowledge

# "On-site", "on site": what stands between the parts of a word tells nothing.
_GAP = re.compile(r"[\s\u2010-\u2012-]+")


def trade_wording(text: str, source: str, target: str) -> str:
    """Return how a language says a fixed word of another, "" if it is none or the language has no word for it.

    It begins with a capital where the source does.
    """
    wording = _wordings(target).get(_meanings(source).get(_folded(text), ""), "")
    return wording[0].upper() + wording[1:] if wording and text.strip()[:1].isupper() else wording


def is_trade_word(text: str, language: str) -> bool:
    """Tell whether a text is a fixed word of the trade in a language.

    >>> is_trade_word("ONSITE", "en"), is_trade_word("SQL", "en")
    (True, False)
    """
    return _folded(text) in _meanings(language)


def names_occupation(text: str, language: str) -> bool:
    """Tell whether one of the words of a line names an occupation.

    >>> [names_occupation(*line) for line in (("Ruby developer", "en"), ("Ruby Labs", "en"), ("Rubyentwickler", "de"))]
    [True, False, True]
    """
    roles, ends = _roles(language)
    return any(word in roles or word.endswith(ends) for word in re.findall(r"[^\W\d_]+", text.casefold()))


def knows_occupations(language: str) -> bool:
    """Tell whether words for occupations are known of a language."""
    return bool(_roles(language)[0])


def _folded(text: str) -> str:
    return _GAP.sub(" ", text.casefold()).strip()


@cache
def _meanings(language: str) -> Mapping[str, str]:
    return {_folded(phrase): name for phrase, name in knowledge(language).phrases("lines", "words")}


@cache
def _wordings(language: str) -> Mapping[str, str]:
    return {name: listed[0] for name, listed in knowledge(language).table("lines", "words").items()}


@cache
def _roles(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for occupations, and those that compounds end with: Softwareentwickler."""
    listed = knowledge(language).listed("lines", "roles")
    return frozenset(listed), listed if knowledge(language).table("lines").get("compounds") else ()
