"""An occupation's name in both genders, written short: "engenheiro(a)", "Entwickler/in", "chargé(e) de clientèle".

The bundled words keep each name in this paired form. From it come the masculine and the feminine name, by the endings
of its language, and a gender-neutral one where the language has one that people use. The short form of two whole names,
as ESCO doubles them, is made by `shorten`.

>>> masculine("diseñador/a gráfico/a"), feminine("diseñador/a gráfico/a")
('diseñador gráfico', 'diseñadora gráfica')
>>> feminine("technische/r Redakteur/in"), masculine("technische/r Redakteur/in")
('technische Redakteurin', 'technischer Redakteur')
>>> neutral("engenheiro(a) de dados", "pt"), neutral("Entwickler/in", "de")
('pessoa engenheira de dados', 'Entwickler:in')
"""

import re
from enum import StrEnum

from pipeline.language.gender_forms import gender_forms

# The ending that stands behind a name: what it takes the place of, and the whole new one.
_ENDINGS = {
    "a": (("o", "a"), ("fe", "fa"), ("", "a")),
    "e": (("", "e"),),
    "ne": (("", "ne"),),
    "le": (("", "le"),),
    "fe": (("", "fe"),),
    "in": (("", "in"),),
    "euse": (("eur", "euse"),),
    "trice": (("teur", "trice"),),
    "ère": (("er", "ère"),),
    "ive": (("if", "ive"),),
}
_ENDING = "|".join(_ENDINGS)
# A word is read from its first letter on only, so that one of any length takes linear time.
_BEGINS = r"(?<![^\W\d_])"
_SHORT = re.compile(rf"{_BEGINS}([^\W\d_]+)(?:\(({_ENDING})\)|/({_ENDING})(?!\w))")
# A German adjective: technische/r, Beauftragte/r.
_ADJECTIVE = re.compile(rf"{_BEGINS}([^\W\d_]+e)/r(?!\w)")
# Two whole names: Koch/Köchin, ator/atriz, but not UX/UI.
_BOTH = re.compile(rf"{_BEGINS}([^\W\d_][^\W\d_]{{3,}})/([^\W\d_]{{4,}})(?!\w)")
_DOTTED = re.compile(rf"(?<=[^\W\d_])(?:\((e|ne|le|fe)\)|/({_ENDING})(?!\w))")


class Gender(StrEnum):
    """The form in which titles of a locale name people."""

    NEUTRAL = "neutral"
    PAIRED = "paired"
    MASCULINE = "masculine"
    FEMININE = "feminine"


def masculine(name: str) -> str:
    """Return the masculine name of a paired one."""
    return _BOTH.sub(r"\1", _ADJECTIVE.sub(r"\1r", _SHORT.sub(r"\1", name)))


def feminine(name: str) -> str:
    """Return the feminine name of a paired one."""
    return _BOTH.sub(r"\2", _ADJECTIVE.sub(r"\1", _SHORT.sub(_with_ending, name)))


def neutral(name: str, language: str) -> str:
    """Return the name that speaks of everybody, in the way of a language; without one, the paired name."""
    if masculine(name) == feminine(name):
        return name
    if language == "pt":
        return f"pessoa {feminine(name)}"
    sign = {"de": ":", "fr": "·"}.get(language)
    if sign is None:
        return name
    return _ADJECTIVE.sub(rf"\1{sign}r", _DOTTED.sub(lambda match: sign + (match[1] or match[2]), name))


def in_gender(name: str, gender: Gender, language: str) -> str:
    """Return a paired name in the form that a locale wants."""
    if gender is Gender.MASCULINE:
        return masculine(name)
    if gender is Gender.FEMININE:
        return feminine(name)
    return neutral(name, language) if gender is Gender.NEUTRAL else name


def one_form(label: str) -> str:
    """Return a label with one of the two genders that it names, and with what stands behind them.

    >>> one_form("Betriebsleiter/Betriebsleiterin - Forst"), one_form("Développeur / Développeuse web")
    ('Betriebsleiter - Forst', 'Développeur web')
    """
    if "/" not in label and "(" not in label:
        return label
    whole, *forms = gender_forms(label)
    if not forms:
        return whole
    one, other = forms[0].split(" "), forms[-1].split(" ")
    return " ".join([*one, *other[len(one) :]])


def _with_ending(match: re.Match[str]) -> str:
    word, ending = match[1], match[2] or match[3]
    old, new = next((pair for pair in _ENDINGS[ending] if word.endswith(pair[0])), ("", ending))
    return word[: len(word) - len(old)] + new
