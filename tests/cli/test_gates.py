"""`--fail-under`: the share of reviewed units that a team has agreed on."""

from fractions import Fraction

import click
import pytest
from babel import Locale

from pipeline.cli.gates import Gate, GateParam, missed_gates
from pipeline.errors import UnknownLocaleError
from pipeline.model.unit import UnitState

FR, PT_BR = Locale("fr"), Locale("pt", "BR")


def read(text: str) -> Gate:
    return GateParam().convert(text, None, None)


def states(reviewed: int, needs_review: int = 0, obsolete: int = 0) -> dict[UnitState, int]:
    return {UnitState.REVIEWED: reviewed, UnitState.NEEDS_REVIEW: needs_review, UnitState.OBSOLETE: obsolete}


def test_a_gate_names_a_locale_in_either_spelling_or_none() -> None:
    found = [read(text) for text in ("fr=95", "pt-BR=99.5%", "pt_BR=0", "100")]
    assert found == [
        Gate(percent=Fraction(95), locale=FR),
        Gate(percent=Fraction(199, 2), locale=PT_BR),
        Gate(percent=Fraction(0), locale=PT_BR),
        Gate(percent=Fraction(100)),
    ]
    assert read.__annotations__["return"] is Gate
    assert GateParam().convert(found[0], None, None) is found[0]


@pytest.mark.parametrize("text", ["", "fr=", "fr", "fr=many", "fr=101", "-1", "1/0", "xx_=5", "fr=95=3"])
def test_what_is_no_gate_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="is no gate"):
        read(text)


def test_share_is_of_the_units_that_are_not_obsolete_and_never_rounded_up() -> None:
    missed = missed_gates([read("95")], {FR: states(18_999, 1_001, obsolete=9)})
    assert list(missed) == [
        "fr: 94.9 % of its units are reviewed (18999 of 20000), --fail-under asks for 95 %",
    ]


def test_gate_that_is_just_reached_is_reached() -> None:
    assert list(missed_gates([read("95")], {FR: states(19, 1)})) == []


def test_gate_of_a_locale_goes_before_that_of_all_and_the_last_before_the_first() -> None:
    counts = {FR: states(8, 2), PT_BR: states(8, 2)}
    gates = list(map(read, ("90", "fr=99", "fr=80")))
    assert [text.partition(":")[0] for text in missed_gates(gates, counts)] == ["pt_BR"]
    assert [text.partition(":")[0] for text in missed_gates([read("fr=90")], counts)] == ["fr"]


def test_locale_without_a_unit_has_nothing_to_review() -> None:
    assert list(missed_gates([read("100")], {FR: states(0, obsolete=3), PT_BR: {}})) == []


def test_gate_of_a_locale_that_is_not_configured_is_a_mistake() -> None:
    with pytest.raises(UnknownLocaleError):
        list(missed_gates([read("de=90")], {FR: states(1)}))
