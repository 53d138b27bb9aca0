"""What holds a unit is decided by the checks that can hold one, and agrees with what they all find."""

from dataclasses import replace
from pathlib import Path

from babel import Locale

from pipeline.checks.check import Check, Compared
from pipeline.config import Settings
from pipeline.language.glossary import Glossary
from pipeline.model.finding import Severity
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Unit
from pipeline.terminology.simplemma_forms import SimplemmaForms
from pipeline.terminology.trade_glossary import trade_terms
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


def test_unit_that_was_checked_ahead_is_not_checked_again() -> None:
    asked: list[str] = []

    def noted(pair: Compared) -> str:
        asked.append(pair.target)
        return pair.target

    checker = UnitChecker((Check(id="e", severity=Severity.ERROR, remedy="mend", find=noted),), FROM_ENGLISH)
    units = [replace(UNIT, target=f"{number}", retired=number == 7) for number in range(250)] + [
        replace(UNIT, target="", doubtful=False)
    ]
    yielded = [(unit, [finding.detail for finding in checker.findings(unit)]) for unit in checker.ahead(units)]
    assert yielded == [(unit, [unit.target] if unit.target else []) for unit in units]
    assert sorted(asked) == sorted(unit.target for unit in units[:-1])


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


def test_what_is_found_in_a_draft_alone_is_not_told_of_it_once_it_is_reviewed(tmp_path: Path) -> None:
    """A term of the trade is asked of a machine's draft; people may word it as they like."""
    spanish = Locale("es")
    draft = Unit(key=UnitKey("offer", "You drive a forklift."), target="Conduces una horquilla.", doubtful=True)
    reviewed = replace(draft, doubtful=False)
    trade = Glossary(trade_terms(), SimplemmaForms)

    def checks() -> Checks:
        return Checks(Settings(root=tmp_path), Glossary((), SimplemmaForms), trade, build_dir=tmp_path)

    first = checks()
    assert [finding.check for finding in first.of(Locale("en"), spanish).findings(draft)] == ["trade_terms"]
    assert first.of(Locale("en"), spanish).findings(reviewed) == ()
    first.keep()
    assert checks().of(Locale("en"), spanish).findings(reviewed) == ()
