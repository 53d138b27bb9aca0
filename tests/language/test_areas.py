"""People in each country of an area find what is open to it; an area is named in the words of the reader's language."""

import pytest
from babel import Locale

from pipeline.intake.reading.places import read_area
from pipeline.language.areas import area_names, countries_of_area
from tests.make.known_places import AREAS


@pytest.mark.parametrize("area", AREAS)
def test_every_area_that_is_read_has_countries_that_have_names(area: str) -> None:
    held = countries_of_area(area)
    assert held
    assert set(held) <= Locale("en").territories.keys()


def test_area_that_nobody_knows_holds_no_country_and_is_called_as_it_is_written() -> None:
    assert (countries_of_area("MARS"), area_names(Locale("en"), "MARS")) == ((), ("MARS",))


def test_economic_area_is_more_than_the_union() -> None:
    assert {*countries_of_area(read_area("EU/EEA"))} - {*countries_of_area(read_area("EU"))} == {"IS", "LI", "NO"}
    assert area_names(Locale("de"), "EEA")[0] == "Europäische Union"
