"""Sends sentences through an engine as it would see them, and says which facts came out changed or lost.

The comparison is not that of the checks: every amount, number, date and time of the source is looked for in the target
by its value, with currency, bound, period, gross or net and time zone, and nothing is forgiven but how it is written.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from babel import Locale

from pipeline.language import calendar, quantities
from pipeline.language.lexicon import lexicon
from pipeline.language.quantity import Kind, Quantity
from pipeline.language.spans import protected_spans, without_spans
from pipeline.language.words import words_of
from pipeline.model.markup import strip_markup
from pipeline.translation.engines import Engine, Pair
from pipeline.translation.fact_forms import fit_facts
from pipeline.translation.facts import NO_HINTS, FactHints, find_facts
from pipeline.translation.lettering import Evidence
from pipeline.translation.protection import MarkerError, mask, unmask
from pipeline.translation.shape import give_shape, take_shape

LOWER = {"at_least": "least", "more_than": "least", "at_most": "most", "less_than": "most"}
# A number that is written as in English: 1,200 or 13.50; in languages that write it otherwise.
ENGLISH_FORM = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d.,]\d)")
FIRST_YEAR, LAST_YEAR = 1900, 2100
OPEN_UNITS = frozenset({"dollar", "yen", "krone"})


def translated(
    sources: Sequence[str],
    pair: tuple[Locale, Locale],
    engine: Engine,
    hints: Sequence[FactHints] | None = None,
    *,
    hidden: bool = False,
) -> list[str]:
    """Return the targets of sources; with `hints`, one a source, their facts are carried, else left to the engine.

    `hidden` hides every fact behind a marker. A target is "" where the engine lost a marker or no target is safe.
    """
    source, target = pair
    evidence = Evidence(language=source.language)
    shaped = [take_shape(text, evidence) for text in sources]
    found = [
        find_facts(each.text, source, target, hint).replacements if hints else ()
        for each, hint in zip(shaped, hints or [NO_HINTS] * len(sources), strict=True)
    ]
    shown = [tuple(fact._replace(asked="") for fact in facts) if hidden else facts for facts in found]
    masked = [mask(each.text, engine.marker, (), facts) for each, facts in zip(shaped, shown, strict=True)]
    answers = engine.translate([each.text for each in masked], Pair(source.language, target.language))
    targets = []
    for each, facts, asked, answer in zip(shaped, shown, masked, answers, strict=True):
        try:
            core = fit_facts(unmask(answer, asked.originals, engine.marker), facts, target)
        except MarkerError:
            core = ""
        targets.append(give_shape(core, each.shape, target) if core else "")
    return targets


def changed(source: str, target: str, pair: tuple[Locale, Locale], hints: FactHints = NO_HINTS) -> list[str]:
    """Name the facts of a source that its target has not, and numbers in the form of another language."""
    one, other = pair
    if not target:
        return ["nothing"]
    before, after = Counter(stated(source, one.language, hints)), Counter(stated(target, other.language, NO_HINTS))
    named = {*_named(target, other.language)}
    found = [
        f"lost {fact}"
        for fact in before - after
        if fact not in named and not _bounds_as_often(fact.partition(" ")[0], before, target, other.language)
    ]
    if other.number_symbols["latn"]["decimal"] != ".":
        found += [f"English form {match[0]}" for match in ENGLISH_FORM.finditer(without_spans(*_plain(target)))]
    return found


def stated(text: str, language: str, hints: FactHints) -> Iterator[str]:
    """Yield each fact of a text in a form that does not depend on how it is written."""
    text = without_spans(*_plain(text))
    moments = calendar.read(text, language)
    for moment in moments:
        if moment.minute is not None and moment.sure:
            yield f"time {moment.minute % 720 if moment.other_minute is not None else moment.minute} {moment.zone}"
        elif moment.month is not None and moment.day is not None:
            yield f"date {_in_order(moment.day, moment.month, hints, open_order=moment.order_open)} {moment.year or ''}"
    for quantity in quantities.read(text, language):
        if quantity.worded or quantity.kind in {Kind.ORDINAL, Kind.IDENTIFIER, Kind.ALWAYS}:
            continue
        if not any(moment.start < quantity.end and quantity.start < moment.end for moment in moments):
            yield from _of_quantity(quantity, hints)


def _bounds_as_often(side: str, before: Counter[str], target: str, language: str) -> bool:
    """Tell whether a target names as many bounds of a side, where one stands apart: a minimum net salary of $5."""
    named = [found for found in lexicon(language).comparators.all(words_of(target)) if LOWER.get(found.meaning) == side]
    return side in LOWER.values() and len(named) >= sum(fact.startswith(f"{side} ") for fact in before)


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its tags and what in it is protected anyway."""
    plain = strip_markup(text)
    return plain, protected_spans(plain)


def _named(text: str, language: str) -> Iterator[str]:
    """Yield the periods, gross and net that a text names anywhere."""
    yield from (f"per {period}" for period in quantities.periods(text, language))
    bases = lexicon(language).bases
    yield from (f"tax {bases[word.text]}" for word in words_of(text) if word.text in bases)


def _in_order(day: int, month: int, hints: FactHints, *, open_order: bool) -> str:
    if open_order and hints.day_first is not None:
        return f"{sorted((day, month))} {hints.day_first}"
    return f"{day}/{month}"


def _of_quantity(quantity: Quantity, hints: FactHints) -> Iterator[str]:
    unit = quantity.unit if quantity.kind in {Kind.MONEY, Kind.PERCENT} else ""
    if unit in OPEN_UNITS and hints.currency:
        unit = hints.currency
    values = [value for value in (quantity.value, quantity.upper) if value is not None]
    yield from (f"{value.normalize():f} {unit}".strip() for value in values)
    if quantity.period:
        yield f"per {quantity.period}"
    if quantity.basis:
        yield f"tax {quantity.basis}"
    if quantity.comparator in LOWER and len(values) == 1 and not FIRST_YEAR <= values[0] <= LAST_YEAR:
        yield f"{LOWER[quantity.comparator]} {values[0].normalize():f}"


def with_facts(texts: Iterable[str], language: str) -> list[str]:
    """Return the texts that state something in figures."""
    return [text for text in dict.fromkeys(texts) if any(stated(text, language, NO_HINTS))]
