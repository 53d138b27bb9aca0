"""Reports terms of pay that a target leaves out: its bound, its period, gross or net, commission.

What became its opposite is for `bounds`, `periods` and `polarity`; here the target says nothing of it at all, in
languages whose words for it are known: no bound, or only one where the source has a lowest and a highest amount. A
bound may be said by a denial ("must not exceed"), which is let pass.

Sound translations by people and our own sentences with a finding: 0 of 7,884 and 0 of 1,720.

>>> from babel import Locale
>>> pair = Compared(source="Up to $40 an hour", target="US$ 40 por hora", source_language="en", locale=Locale("pt"))
>>> lost_terms(pair)
'missing at most'
"""

from collections.abc import Iterator
from typing import Final

from pipeline.checks.check import Check, Compared
from pipeline.language import meaning, quantities
from pipeline.language.knowledge import knowledge
from pipeline.language.lexicon import lexicon
from pipeline.language.meaning import NEGATION, NOT
from pipeline.language.quantity import Kind, Quantity
from pipeline.language.words import Phrases, words_of
from pipeline.model.finding import Severity

_LOWEST: Final = frozenset({"at_least", "more_than"})
_HIGHEST: Final = frozenset({"at_most", "less_than"})
_BOUNDS: Final = _LOWEST | _HIGHEST


def lost_terms(pair: Compared) -> str:
    """Name what qualifies the pay of the source and is nowhere in the target."""
    amounts = [
        each for each in quantities.read(pair.source, pair.source_language) if each.kind is Kind.MONEY and each.sure
    ]
    if not amounts or not knowledge(pair.locale.language).known:
        return ""
    lost = dict.fromkeys([*_lost_bounds(amounts, pair), *_lost_periods(amounts, pair), *_lost_extras(pair)])
    return f"missing {', '.join(lost)}".replace("_", " ") if lost else ""


def _lost_bounds(amounts: list[Quantity], pair: Compared) -> Iterator[str]:
    known = lexicon(pair.locale.language)
    if any(sign in pair.target for sign in known.bound_signs):
        return
    if NOT in meaning.sides(pair.target, pair.locale.language).get(NEGATION, ()):
        return  # must not exceed
    named = {found.meaning for found in known.comparators.all(words_of(pair.target))}
    named |= {each.comparator for each in quantities.read(pair.target, pair.locale.language)}
    asked = [each.comparator for each in amounts if each.comparator in _BOUNDS and each.upper is None]
    if _LOWEST.isdisjoint(asked) or _HIGHEST.isdisjoint(asked):
        yield from asked if _BOUNDS.isdisjoint(named) else ()
    else:
        yield from (bound for bound in asked if named.isdisjoint(_LOWEST if bound in _LOWEST else _HIGHEST))


def _lost_periods(amounts: list[Quantity], pair: Compared) -> Iterator[str]:
    named = quantities.periods(pair.target, pair.locale.language)
    sides = lexicon(pair.locale.language).bases
    bases = {sides[word] for word in words_of(pair.target).texts & sides.keys()}
    for each in amounts:
        if each.period and not named:
            yield f"per {each.period}"
        if each.basis and each.basis not in bases:
            yield each.basis


def _lost_extras(pair: Compared) -> Iterator[str]:
    """Yield what comes on top of the pay: only where both languages have words for it."""
    named = Phrases(knowledge(pair.source_language).phrases("pay")).all(words_of(pair.source))
    listed, low = knowledge(pair.locale.language).table("pay"), pair.target.lower()
    for found in named:
        if found.meaning in listed and not any(word in low for word in listed[found.meaning]):
            yield found.meaning


CHECKS = (
    Check(
        id="pay",
        severity=Severity.ERROR,
        remedy="say of the pay what the source says: up to or at least, per month, gross or net, plus commission",
        find=lost_terms,
        promised=True,
    ),
)
