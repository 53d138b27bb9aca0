"""What holds a unit is decided by the checks that can hold one, and agrees with what they all find."""

from pathlib import Path

from babel import Locale

from pipeline.checks.check import Check, Compared
from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.model.finding import Severity
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.workflow.checking import Checks, UnitChecker
from tests.checks.damaged import damaged_pairs

FR = Locale("fr")
UNIT = Unit(key=UnitKey("title", "Nurse"), target="Infirmière", doubtful=True)
FROM_ENGLISH = Compared(source="", target="", source_language="en", locale=FR)


def too_costly(pair: Compared) -> str:
    raise AssertionError(f"{pair.source} and {pair.target} were compared")


def test_no_warning_is_asked_whether_a_unit_is_held() -> None:
    warning = Check(id="w", severity=Severity.WARNING, remedy="look", find=too_costly)
    error = Check(id="e", severity=Severity.ERROR, remedy="mend", find=lambda pair: pair.target)
    assert not UnitChecker((warning,), FROM_ENGLISH).faulty(UNIT)
    assert UnitChecker((warning, error), FROM_ENGLISH).faulty(UNIT)


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


def test_findings_are_those_of_the_run_before_until_the_severities_are_others(tmp_path: Path) -> None:
    units = [
        Unit(key=UnitKey("offer", pair.source), target=pair.target, doubtful=True)
        for pair in damaged_pairs()[::25]
        if pair.locale == "fr"
    ]

    def checks(**severities: Severity) -> Checks:
        settings = Settings(root=tmp_path, severities=severities)
        return Checks(settings, Glossary((), SimplemmaForms), build_dir=tmp_path)

    anew = checks()
    found = [anew.of(Locale("en"), FR).findings(unit) for unit in units]
    anew.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["findings.en.fr.msgpack"]
    assert [checks().of(Locale("en"), FR).findings(unit) for unit in units] == found
    stricter = checks(end_mark=Severity.ERROR).of(Locale("en"), FR)
    marks = [finding for unit in units for finding in stricter.findings(unit) if finding.check == "end_mark"]
    assert {finding.severity for finding in marks} == {Severity.ERROR}
