"""Every check by its stable id, run over a unit."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.checks.currency import changed_currencies
from pipeline.checks.length import implausible_length
from pipeline.checks.numbers import changed_numbers
from pipeline.checks.protected import changed_markup, changed_spans
from pipeline.checks.repetition import looping_phrase
from pipeline.model import spans
from pipeline.model.finding import Finding, Severity
from pipeline.model.unit import DELIBERATELY_EMPTY, Unit

# Findings that make a target worthless to a reviewer too: it is not kept.
NOT_WORTH_KEEPING = ("empty", "length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A stable id, how bad its finding is, and a function that says what is wrong, "" if nothing is."""

    id: str
    severity: Severity
    run: Callable[[str, str], str]


def checks_for(names: Iterable[str]) -> tuple[Check, ...]:
    """Return every check; `names` are the ones that no translation may change."""
    kept_names = tuple(map(spans.name_pattern, names))
    return (
        Check(id="empty", severity=Severity.ERROR, run=_emptied),
        Check(id="length", severity=Severity.ERROR, run=implausible_length),
        Check(id="urls", severity=Severity.ERROR, run=_spans_check(spans.URL, spans.EMAIL)),
        Check(id="placeholders", severity=Severity.ERROR, run=_spans_check(spans.PLACEHOLDER)),
        Check(
            id="names",
            severity=Severity.ERROR,
            run=_spans_check(spans.CODE_NAME, spans.GENDER_MARK, spans.EMOJI, spans.COMPARISON, *kept_names),
        ),
        Check(id="markup", severity=Severity.ERROR, run=changed_markup),
        Check(id="numbers", severity=Severity.ERROR, run=changed_numbers),
        Check(id="currency", severity=Severity.ERROR, run=changed_currencies),
        Check(id="repetition", severity=Severity.ERROR, run=looping_phrase),
        Check(id="unchanged", severity=Severity.WARNING, run=_unchanged_check(kept_names)),
        Check(id="spaces", severity=Severity.WARNING, run=_spaces),
    )


def check_unit(unit: Unit, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Return the findings of every check about a translated unit; none about a deliberately empty one."""
    if not unit.translated or unit.target == DELIBERATELY_EMPTY or unit.extras.plural_source:
        return ()
    return tuple(_findings(unit.key.source, unit.target, checks))


def refusals(source: str, target: str, checks: Iterable[Check]) -> tuple[str, ...]:
    """Name the checks for which a target is not worth keeping."""
    wanted = (check for check in checks if check.id in NOT_WORTH_KEEPING)
    return tuple(finding.check for finding in _findings(source, target, wanted))


def _findings(source: str, target: str, checks: Iterable[Check]) -> Iterator[Finding]:
    for check in checks:
        detail = check.run(source, target)
        if detail:
            yield Finding(check=check.id, severity=check.severity, detail=detail)
            if check.id == "empty":
                return


def _spans_check(*patterns: re.Pattern[str]) -> Callable[[str, str], str]:
    return lambda source, target: changed_spans(source, target, patterns)


def _emptied(source: str, target: str) -> str:
    return "the target has no text" if source.strip() and not target.strip() else ""


def _unchanged_check(names: Iterable[re.Pattern[str]]) -> Callable[[str, str], str]:
    """Return the check for a target that is its source; names, addresses and text in capitals may be."""
    kept = (*spans.PATTERNS, *names)

    def unchanged(source: str, target: str) -> str:
        rest = source
        for pattern in kept:
            rest = pattern.sub("", rest)
        words = "".join(char for char in rest if char.isalpha())
        translatable = " " in source and words and not words.isupper()
        return "the target is the source" if source == target and translatable else ""

    return unchanged


def _spaces(source: str, target: str) -> str:
    differs = [side for side, strip in (("before", str.lstrip), ("after", str.rstrip)) if strip(target) != target]
    return f"white space {' and '.join(differs)} the text" if differs and source == source.strip() else ""
