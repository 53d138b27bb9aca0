"""What the checks of a project without configuration say of a pair; the only file here that touches the product."""

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from babel import Locale

from pipeline.checks import registry
from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.model.finding import Severity
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.workflow.checking import Checks
from tests.evidence.pairs import Pair

ERROR, WARNING = str(Severity.ERROR), str(Severity.WARNING)
CHECKS = tuple(sorted(check.id for check in registry.CHECKS))

Found = Mapping[str, str]  # the severity of its finding, by the id of a check


def found(pair: Pair, target: str | None = None) -> Found:
    """Return what is found in an unreviewed target, the pair's own unless another is given."""
    return _found(_all_checks(), pair, pair.target if target is None else target)


def details(pair: Pair) -> Mapping[str, str]:
    """Return what the checks say, for people."""
    checker = _all_checks().of(Locale.parse(pair.language), Locale.parse(pair.locale))
    return {finding.check: finding.detail for finding in checker.findings(_unit(pair, pair.target))}


def microseconds(pairs: Sequence[Pair], checks: Iterable[str] = CHECKS) -> dict[str, float]:
    """Return what each check costs a pair when it runs alone, and under "" what all of them cost together.

    By the processor's time; what several checks read and share is counted for each of them.
    """
    times = {check: _microseconds(_only(check), pairs) for check in checks}
    return {"": _microseconds(_all_checks.__wrapped__(), pairs), **times}


def _microseconds(checks: Checks, pairs: Sequence[Pair]) -> float:
    for pair in {pair.direction: pair for pair in pairs}.values():  # loads what a language needs
        _found(checks, pair, f"{pair.target} ")
    started = time.process_time()
    for pair in pairs:
        _found(checks, pair, pair.target)
    return 1e6 * (time.process_time() - started) / max(1, len(pairs))


@cache
def _all_checks() -> Checks:
    return Checks(Settings(root=Path()), Glossary((), SimplemmaForms))


def _only(check: str) -> Checks:
    severities: dict[str, Severity | None] = {other: None for other in CHECKS if other != check}
    return Checks(Settings(root=Path(), severities=severities), Glossary((), SimplemmaForms))


def _found(checks: Checks, pair: Pair, target: str) -> Found:
    checker = checks.of(Locale.parse(pair.language), Locale.parse(pair.locale))
    graver: dict[str, str] = {}
    for finding in checker.findings(_unit(pair, target)):
        if graver.get(finding.check) != ERROR:
            graver[finding.check] = str(finding.severity)
    return graver


def _unit(pair: Pair, target: str) -> Unit:
    return Unit(key=UnitKey(pair.context, pair.source), target=target, doubtful=True)
