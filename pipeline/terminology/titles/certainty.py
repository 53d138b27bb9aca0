"""Tells which occupation of ESCO a title names without doubt.

The nearest occupation is without doubt if the title is its preferred name, of no other one, in whatever gender, number
or case; or if it is near, by far nearer than the second, and also nearest by the labels of related languages alone, and
no label of another one is the same. MELO: so found are de 28 %, es 14 %, fr 64 %, pt 36 % of national names, right are
de 95 %, es 95 %, fr 99 %, pt 96 % of them. An alternative name that related languages do not confirm is right in 84 %,
a near one of 70 and more that is so in 82 %.

>>> esco.labels("en")[certain_occupation("OPERADORES DE GRÚA TORRE", "es") or 0][0]
'tower crane operator'
>>> certain_occupation("Manager", "en") is None
True
"""

from collections.abc import Mapping
from functools import cache

from pipeline.terminology.titles import esco
from pipeline.terminology.titles.person_forms import one_form
from pipeline.terminology.titles.stems import stems_of

_NEAR = 0.75
_MARGIN = 0.2


def certain_occupation(title: str, language: str) -> int | None:
    """Return the number of the occupation that a title names without doubt, None if there is a doubt."""
    from pipeline.terminology.titles.search import nearest_occupation  # noqa: PLC0415  numpy takes a while to load

    near = nearest_occupation(title, language)
    if near is None:
        return None
    named = _named(language).get(frozenset(stems_of(one_form(title), language)), {})
    if [number for number, preferred in named.items() if preferred] == [near.number]:
        return near.number
    alone = not named or list(named) == [near.number]
    clear = near.agreed and near.margin >= _MARGIN and near.score >= _NEAR
    return near.number if alone and clear else None


@cache
def _named(language: str) -> Mapping[frozenset[str], Mapping[int, bool]]:
    """Return by the stems of a label the occupations that it names, and whether it is their preferred one."""
    found: dict[frozenset[str], dict[int, bool]] = {}
    for number, (concept, labels) in enumerate(zip(esco.concepts(), esco.labels(language), strict=True)):
        for place, label in enumerate(labels if concept.startswith("occupation/") else ()):
            stems = frozenset(stems_of(one_form(label), language))
            found.setdefault(stems, {}).setdefault(number, not place)
    return found
