"""What holds a unit is decided by the checks that can hold one, and agrees with what they all find."""

from pathlib import Path

from babel import Locale

from pipeline.checks.registry import Check
from pipeline.config import Settings
from pipeline.model.finding import Severity
from pipeline.model.glossary import Glossary, TermScope
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.model.word_forms import ExactForms
from pipeline.translation.simplemma_forms import SimplemmaForms
from pipeline.workflow.checking import Checks, UnitChecker
from tests.checks.damaged import damaged_pairs

FR = Locale("fr")
UNIT = Unit(key=UnitKey("title", "Nurse"), target="Infirmière", doubtful=True)
NO_TERMS = TermScope((), FR, source_forms=ExactForms(), target_forms=ExactForms())


def too_costly(source: str, target: str) -> str:
    raise AssertionError(f"{source} and {target} were compared")


def test_no_warning_is_asked_whether_a_unit_is_held() -> None:
    warning = Check(id="w", severity=Severity.WARNING, run=too_costly)
    error = Check(id="e", severity=Severity.ERROR, run=lambda _, target: target)
    assert not UnitChecker((warning,), NO_TERMS, None).faulty(UNIT)
    assert UnitChecker((warning, error), NO_TERMS, None).faulty(UNIT)


def test_unit_is_held_exactly_if_a_finding_is_an_error() -> None:
    asked_first, asked_after = (Checks(Settings(root=Path()), Glossary((), SimplemmaForms)) for _ in range(2))
    held = 0
    for pair in damaged_pairs()[::5]:
        unit = Unit(key=UnitKey("offer", pair.source), target=pair.target, doubtful=True)
        locale = Locale.parse(pair.locale)
        found = asked_after.of(Locale("en"), locale).findings(unit)
        wrong = any(finding.severity is Severity.ERROR for finding in found)
        assert asked_first.of(Locale("en"), locale).faulty(unit) is wrong, pair
        assert asked_after.of(Locale("en"), locale).faulty(unit) is wrong, pair
        held += wrong
    assert held > 50
