"""The registry: every check by its id, over a unit."""

from dataclasses import replace

import pytest

from pipeline.checks.registry import check_unit, checks_for, refusals
from pipeline.model.finding import Finding, Severity
from pipeline.model.segment import UnitKey
from pipeline.model.unit import DELIBERATELY_EMPTY, Extras, Unit

CHECKS = checks_for(("Acme", "Blue Oven"))


def unit(source: str, target: str) -> Unit:
    return Unit(key=UnitKey("requirements", source), target=target, doubtful=True)


def found(source: str, target: str) -> list[tuple[str, Severity]]:
    return [(finding.check, finding.severity) for finding in check_unit(unit(source, target), CHECKS)]


def test_ids_are_stable() -> None:
    assert [check.id for check in CHECKS] == [
        "empty",
        "length",
        "urls",
        "placeholders",
        "names",
        "markup",
        "numbers",
        "currency",
        "repetition",
        "unchanged",
        "spaces",
    ]


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        ("empty", "Bake bread", " "),
        ("length", "Bake bread every night for all of our forty shops", "Pão"),
        ("urls", "See https://bread.example/jobs", "Veja https: //bread"),
        ("placeholders", "Dear {name}", "Prezado nome"),
        ("names", "Join Acme today", "Junte-se ao Auge hoje"),
        ("names", "Write C++ code", "Escreva código C"),
        ("names", "Baker (m/f/d)", "Padeiro (a)"),
        ("names", "Bread 🍞 lovers", "Amantes de pão"),
        ("markup", "<b>Bake</b> bread", "Assar pão"),
        ("numbers", "2 ovens", "3 fornos"),
        ("repetition", "a varied workplace", "um local de trabalho de trabalho"),
    ],
)
def test_error_is_found(check: str, source: str, target: str) -> None:
    assert found(source, target) == [(check, Severity.ERROR)]


@pytest.mark.parametrize(
    ("check", "source", "target"),
    [
        ("unchanged", "Bake bread", "Bake bread"),
        ("spaces", "Bake bread", " Assar pão"),
        ("spaces", "Bake bread", "Assar pão\n"),
    ],
)
def test_warning_is_found(check: str, source: str, target: str) -> None:
    assert found(source, target) == [(check, Severity.WARNING)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Bake bread at Acme, see https://bread.example", "Assar pão na Acme, veja https://bread.example"),
        ("Internship", "Internship"),
        ("Acme Blue Oven", "Acme Blue Oven"),
        ("SQL ETL", "SQL ETL"),
        ("https://bread.example jobs@bread.example", "https://bread.example jobs@bread.example"),
        (" Bake bread", " Assar pão"),
        ("Write C++ and Node.js, {name}!", "Escreva C++ e Node.js, {name}!"),
    ],
)
def test_sound_target_has_no_finding(source: str, target: str) -> None:
    assert found(source, target) == []


def test_finding_says_what_is_wrong() -> None:
    assert check_unit(unit("2 ovens", "3 fornos"), CHECKS) == (
        Finding(check="numbers", severity=Severity.ERROR, detail="missing 2, added 3"),
    )


def test_empty_target_is_one_finding_only() -> None:
    assert found("Bake 2 loaves at Acme", "\u00a0") == [("empty", Severity.ERROR)]


def test_untranslated_deliberately_empty_and_plural_units_are_not_checked() -> None:
    plural = replace(unit("2 ovens", "3"), extras=Extras(plural_source="ovens", plural_targets=("1", "3")))
    units = [unit("2 ovens", ""), unit("2 ovens", DELIBERATELY_EMPTY), plural]
    assert [check_unit(each, CHECKS) for each in units] == [(), (), ()]


def test_only_empty_and_length_are_worth_refusing() -> None:
    long_source = "Bake 2 loaves every night for all of our forty shops"
    assert [refusals(long_source, target, CHECKS) for target in ("", "Pão", "Asse 3 pães todas as noites")] == [
        ("empty",),
        ("length",),
        (),
    ]
