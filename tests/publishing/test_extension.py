"""What feeds say beyond the words of their formats is the same in JSON and in XML."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import etree

from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.feeds.extension import NAMESPACE, extension_elements, extension_of
from tests.publishing.examples import as_written, nurse

WHOLE = replace(
    nurse(language="en-IE"),
    organization="Acme & Söhne",
    locations=(Location(country="FR", region="Rhône", city="Lyon"), Location(), Location(city="Lyon")),
    remote=True,
    applicant_countries=("FR", "BE"),
    areas=("EU",),
    employment_type=("FULL_TIME", "TEMPORARY"),
    salary=Salary(currency="EUR", minimum=60000, maximum=75000.5),
    valid_through=date(2026, 12, 31),
)


def elements(posting: Posting, **more: Any) -> list[str]:
    return extension_elements(extension_of(replace(as_written(posting), **more), posting.countries)).splitlines()


def test_elements_say_every_fact() -> None:
    assert elements(WHOLE, text_modified=date(2026, 11, 2)) == [
        "<polypost:remote>true</polypost:remote>",
        "<polypost:source_language>en-IE</polypost:source_language>",
        '<polypost:location country="FR" region="Rhône" city="Lyon"/>',
        '<polypost:location city="Lyon"/>',
        "<polypost:applicant_country>FR</polypost:applicant_country>",
        "<polypost:applicant_country>BE</polypost:applicant_country>",
        "<polypost:applicant_area>EU</polypost:applicant_area>",
        '<polypost:salary currency="EUR" min="60000" max="75000.5" unit="YEAR"/>',
        "<polypost:employment_type>FULL_TIME</polypost:employment_type>",
        "<polypost:employment_type>TEMPORARY</polypost:employment_type>",
        "<polypost:valid_through>2026-12-31</polypost:valid_through>",
        "<polypost:organization>Acme &amp; Söhne</polypost:organization>",
        "<polypost:text_modified>2026-11-02T00:00:00Z</polypost:text_modified>",
    ]


def test_posting_that_says_nothing_has_its_language_alone() -> None:
    bare = nurse(countries=())
    assert elements(bare) == ["<polypost:source_language>en</polypost:source_language>"]
    assert list(extension_of(as_written(bare), ())) == [
        *("posting", "countries", "remote", "translation", "source_language"),
    ]


@pytest.mark.parametrize("posting", [WHOLE, nurse(), nurse(countries=())], ids=["whole", "country", "bare"])
def test_json_and_xml_have_the_same_fields(posting: Posting) -> None:
    localized = as_written(posting)
    fields = extension_of(localized, posting.countries)
    root = etree.fromstring(f'<x xmlns:polypost="{NAMESPACE}">{extension_elements(fields)}</x>')
    found = {etree.QName(child).localname for child in root}
    singular = {
        "locations": "location",
        "applicant_countries": "applicant_country",
        "applicant_areas": "applicant_area",
    }
    elsewhere = {"posting", "countries", "translation", "original"}  # the id and the categories of an entry
    wanted = {singular.get(name, name) for name, value in fields.items() if value}
    assert found == wanted - elsewhere
