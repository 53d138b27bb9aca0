"""The checks of a project: put together once for each pair of languages, each target checked once a run."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from babel import Locale

from pipeline.checks.registry import Check, Languages, check_unit, checks_for, refusals
from pipeline.checks.terms import CHECK_ID, check_terms
from pipeline.config import Settings
from pipeline.intake.detection.detectors import LangdetectDetector, base_language
from pipeline.intake.detection.ensemble import SURE
from pipeline.model.finding import Finding, Severity
from pipeline.model.glossary import Glossary, TermScope
from pipeline.model.locale import source_language
from pipeline.model.unit import Unit, UnitState

_Checked = tuple[str, str, str, UnitState]  # source, target, context where terms depend on it


class UnitChecker:
    """Says what the checks of one pair find; what it said of a unit it remembers."""

    def __init__(self, checks: tuple[Check, ...], terms: TermScope, of_terms: Severity | None) -> None:
        self._checks = checks
        self._errors = tuple(check for check in checks if check.severity is Severity.ERROR)
        self._terms = terms
        self._of_terms = of_terms
        self._known: dict[_Checked, tuple[Finding, ...]] = {}
        self._faulty: dict[_Checked, bool] = {}

    def findings(self, unit: Unit) -> tuple[Finding, ...]:
        """Return what the checks say of a unit."""
        if unit.extras.plural_source:
            return ()
        key = self._key(unit)
        if key not in self._known:
            self._known[key] = (*check_unit(unit, self._checks), *self._disregarded_terms(unit))
        return self._known[key]

    def faulty(self, unit: Unit) -> bool:
        """Tell whether a check holds the unit; warnings, some of which read a lexicon, are not asked for that."""
        if unit.extras.plural_source:
            return False
        key = self._key(unit)
        if key not in self._faulty:
            found = self._known.get(key)
            if found is None:
                found = (*check_unit(unit, self._errors), *self._disregarded_terms(unit))
            self._faulty[key] = any(finding.severity is Severity.ERROR for finding in found)
        return self._faulty[key]

    def _key(self, unit: Unit) -> _Checked:
        return unit.key.source, unit.target, unit.key.context if self._terms.terms else "", unit.state

    def _disregarded_terms(self, unit: Unit) -> tuple[Finding, ...]:
        if self._of_terms is None:
            return ()
        return tuple(replace(finding, severity=self._of_terms) for finding in check_terms(unit, self._terms))


class Checks:
    """The checks of a project for every pair of languages, made when they are first needed."""

    def __init__(self, settings: Settings, glossary: Glossary) -> None:
        self._settings = settings
        self._glossary = glossary
        self._names = settings.do_not_translate
        self._checkers: dict[tuple[str, Locale], UnitChecker] = {}

    def of(self, source: Locale | None, locale: Locale) -> UnitChecker:
        """Return the checks of targets in `locale` for sources in a language, None while it is undetermined."""
        pair = (source_language(source) if source else "", locale)
        if pair not in self._checkers:
            terms = self._glossary.scope(*pair)
            languages = Languages(
                source=source.language if source else "",
                target=locale,
                language_of=self._language_of,
                forms_of=self._glossary.forms_of,
                kept=(*self._names, *_wordings(terms)),
            )
            severities = self._settings.severities_of(locale)
            made = checks_for(self._names, languages, severities)
            self._checkers[pair] = UnitChecker(made, terms, severities.get(CHECK_ID, Severity.ERROR))
        return self._checkers[pair]

    def refuse(self, source: str, target: str) -> tuple[str, ...]:
        """Name the checks for which machine output between any two languages is not worth keeping."""
        return refusals(source, target, self._between_any)

    @cached_property
    def _between_any(self) -> tuple[Check, ...]:
        return checks_for(self._names)

    @cached_property
    def _detector(self) -> LangdetectDetector:
        return LangdetectDetector()

    def _language_of(self, text: str) -> str | None:
        """Name the language of a text; None while the detector is unsure."""
        best = max(self._detector(text), key=lambda guess: guess.probability, default=None)
        return base_language(best.language) if best and best.probability >= SURE else None


def _wordings(terms: TermScope) -> Iterator[str]:
    """Yield what the glossary keeps or asks for."""
    for term in terms.terms:
        yield from (term.source,) if term.keep else term.required
