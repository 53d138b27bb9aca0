"""How likely a machine's target is wrong: as it was found when the target was made, else by source and target alone.

What is made now is looked at once, with all that is known then, and the number is written beside the target; what an
earlier version made has no such line, and is looked at when it is to be published.
"""

from collections.abc import Callable

from babel import Locale

from pipeline.model.finding import Severity
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.translation.risk import UNASKED, Evidence, SecondAnswers, estimate_risk
from pipeline.workflow.checking import Checks, UnitChecker

Estimate = Callable[[Evidence], int]


class RiskReader:
    """Says how likely the targets of one pair are wrong; what it found of a unit it remembers."""

    def __init__(self, checker: UnitChecker, source: Locale | None, locale: Locale, estimate: Estimate) -> None:
        self._checker = checker
        self._source, self._target = source.language if source else "", locale.language
        self._estimate = estimate
        self._known: dict[tuple[UnitKey, str], int] = {}

    def risk(self, unit: Unit) -> int | None:
        """Return the risk of a machine's target, of a stale one that of the engine's new target; None of any other."""
        current = unit.made_anew or unit
        if not current.machine_made:
            return None
        if current.risk is not None:
            return current.risk
        made = current.key, current.target
        if made not in self._known:
            self._known[made] = self.find(current)
        return self._known[made]

    def find(self, unit: Unit, again: SecondAnswers = UNASKED) -> int:
        """Find how likely a target is wrong, with what engines answered that were asked again."""
        return self._estimate(self.evidence(unit, again))

    def evidence(self, unit: Unit, again: SecondAnswers, asked: str = "") -> Evidence:
        """Return what is known of a target; `asked` are the plainer words of one that no catalog has."""
        severities = [finding.severity for finding in self._checker.findings(unit)]
        return Evidence(
            source=unit.key.source,
            target=unit.target,
            source_language=self._source,
            language=self._target,
            errors=severities.count(Severity.ERROR),
            asked=unit.provenance.asked if unit.provenance else asked,
            returned=again.returned,
            others=(again.other,) if again.other else (),
        )


class Risks:
    """The risks of a project's targets, for every pair of languages."""

    def __init__(self, checks: Checks, estimate: Estimate = estimate_risk) -> None:
        self._checks = checks
        self._estimate = estimate
        self._readers: dict[tuple[Locale | None, Locale], RiskReader] = {}

    def of(self, source: Locale | None, locale: Locale) -> RiskReader:
        """Return what reads the risks of targets in `locale` for sources in a language, None if undetermined."""
        if (source, locale) not in self._readers:
            checker = self._checks.of(source, locale)
            self._readers[source, locale] = RiskReader(checker, source, locale, self._estimate)
        return self._readers[source, locale]
