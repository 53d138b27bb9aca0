"""Every check in one list, chosen for a locale and run over a unit.

A new check is a function and a row in the module of its subject; a new subject is a module and a line here.
`docs/checks.md` is made from this list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from babel import Locale
from msgspec import structs

from pipeline.checks import (
    address,
    calendar,
    completeness,
    form,
    gender,
    language,
    meaning,
    names,
    pay,
    protected,
    quantities,
    terms,
)
from pipeline.checks.check import Check, Compared
from pipeline.language.limits import is_too_long
from pipeline.model.finding import CheckIds, Finding, Severity
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit, UnitState

SUBJECTS: Final = (
    completeness,
    protected,
    quantities,
    pay,
    calendar,
    names,
    gender,
    language,
    meaning,
    form,
    address,
    terms,
)
CHECKS: Final[tuple[Check, ...]] = tuple(check for subject in SUBJECTS for check in subject.CHECKS)

# Ids of earlier versions, which catalogs and configurations may still name: the check that reports it now, "" where
# none does any more.
SUCCESSORS: Final[Mapping[str, str]] = {
    "garbled": "proper_names",
    "lost_acronyms": "acronyms",
    "gender_forms": "gender",
    "comparison": "bounds",
    "control": "characters",
    "bidi": "characters",
    "engine_marks": "characters",
    **dict.fromkeys(
        ("verb_forms", "language_names", "lines", "capitals", "capital_start", "brackets", "french_spacing"), ""
    ),
    **dict.fromkeys(("ranges", "number_words"), ""),
}
IDS: Final = CheckIds(
    promised=frozenset(check.id for check in CHECKS if check.promised),
    adjustable=frozenset(check.id for check in CHECKS if not check.promised),
    successors=SUCCESSORS,
)


def checks_for(locale: Locale, severities: Mapping[str, Severity | None] | None = None) -> tuple[Check, ...]:
    """Return the checks that read targets in a locale.

    `severities` are those of a project where they are not the usual ones, None for a check that is off.
    """
    own = severities or {}
    chosen = ((check, own.get(check.id, check.severity)) for check in CHECKS if check.reads(locale))
    return tuple(replace(check, severity=severity) for check, severity in chosen if severity is not None)


def check_unit(unit: Unit, known: Compared, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Return the findings about a translated unit; none about a deliberately empty one.

    `known` is what the checks may know of its pair of languages; its own texts do not count.
    """
    return check_units((unit,), known, checks)[0]


def check_units(units: Sequence[Unit], known: Compared, checks: Iterable[Check]) -> list[tuple[Finding, ...]]:
    """Return the findings about each of some units of a pair of languages, check after check over all of them.

    A check has its words and patterns in the caches of the processor then: 100 units take 0.6 of the time that they
    take one after another.
    """
    pairs = [_compared(unit, known) for unit in units if _is_compared(unit)]
    found = iter(_findings(pairs, checks))
    return [next(found) if _is_compared(unit) else () for unit in units]


def _is_compared(unit: Unit) -> bool:
    return unit.translated and unit.target != DELIBERATELY_EMPTY and not unit.extras.plural_source


def _compared(unit: Unit, known: Compared) -> Compared:
    trade = known.trade if unit.state is UnitState.NEEDS_REVIEW else None
    return structs.replace(known, source=unit.key.source, target=unit.target, context=unit.key.context, trade=trade)


def _findings(pairs: Iterable[Compared], checks: Iterable[Check]) -> list[tuple[Finding, ...]]:
    """Return what the checks say of each pair; of an empty target only that."""
    asked: list[tuple[Compared, list[Finding]]] = [(pair, []) for pair in pairs]
    found = [its for _, its in asked]
    short = [(pair, its) for pair, its in asked if not (is_too_long(pair.source) or is_too_long(pair.target))]
    for check in checks:
        find = check.find
        for pair, its in asked if check.any_length else short:
            if detail := find(pair):
                its.append(Finding(check=check.id, severity=check.severity, detail=detail))
        if check.id == "empty":
            asked, short = ([each for each in some if not _is_empty(each[1])] for some in (asked, short))
    return list(map(tuple, found))


def _is_empty(found: Iterable[Finding]) -> bool:
    return any(finding.check == "empty" for finding in found)


def refusals(source: str, target: str) -> tuple[str, ...]:
    """Name the checks for which a target is not worth keeping, between any two languages."""
    pair = Compared(source=source, target=target, source_language="", locale=_ANY)
    return tuple(finding.check for finding in _findings((pair,), _REFUSED)[0])


_ANY = Locale("en")  # without a source's language nothing depends on it
_REFUSED = tuple(check for check in CHECKS if check.refused)
