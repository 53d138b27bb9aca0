"""What `review list` and `why` print of a unit, whatever people and tools have left in a catalog."""

import pytest

from pipeline.cli.unit_lines import unit_lines
from pipeline.model.segment import UnitKey
from pipeline.model.unit import EngineOrigin, Extras, Suggestion, Unit

KEY = UnitKey("title", "Night nurse")
TARGET = "Enfermeira da noite"
NOTHING = Suggestion(engine=EngineOrigin(engine="bergamot", model="7", route="en→pt"), target="")


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        (Unit(key=KEY, target=TARGET, extras=Extras(remarks=("conflict:",))), "conflict:"),
        (Unit(key=KEY, target=TARGET, extras=Extras(notes=(" ",))), "note:"),
        (Unit(key=KEY, target=TARGET, extras=Extras(notes=("\x1b\x07",))), "note:"),
        (Unit(key=KEY, target=TARGET, suggestion=NOTHING), "suggested:"),
    ],
)
def test_remark_without_words_is_shown_as_it_is(unit: Unit, line: str) -> None:
    assert list(unit_lines(unit, risk="", assigned="", comments=())) == [f"target: {TARGET}", line]


def test_later_lines_of_a_note_stand_deeper() -> None:
    unit = Unit(key=KEY, target=TARGET, extras=Extras(notes=("of the ward\nsee the glossary",)))
    told = list(unit_lines(unit, risk="", assigned="Bea", comments=()))
    assert told[1:] == ["note: of the ward", "  see the glossary", "assigned to: Bea"]
