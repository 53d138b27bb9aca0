"""JSON-LD: all that Google requires and recommends of a job posting, by a checker of our own that follows its list."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.locale import parse_locale
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.feeds.content import content_of
from pipeline.publishing.pages.structured_data import serialize_job_posting
from tests.publishing.examples import as_written, nurse, versions_of
from tests.publishing.outputs import structured
from tests.publishing.sample_site import UNBROKEN

EN = parse_locale("en")
FULL = replace(
    nurse("acme 4711"),
    organization="Acme & Söhne",
    url="https://acme.example/jobs",
    locations=(Location(country="FR", city="Lyon"), Location(country="FR", city="Lyon"), Location()),
    remote=True,
    applicant_countries=("BE",),
    date_posted=date(2026, 11, 1),
    valid_through=date(2026, 12, 31),
    employment_type=("FULL_TIME", "PERMANENT", "APPRENTICE"),
    salary=Salary(currency="EUR", minimum=60000, maximum=75000.5),
)
WHOLE = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Nurse",
    "description": '<div lang="en" dir="ltr"><ul><li>Patience</li></ul></div>',
    "url": "https://jobs.example.org/en/postings/nurse-c204fd2de2.html",
    "identifier": {"@type": "PropertyValue", "name": "Acme & Söhne", "value": "acme 4711"},
    "datePosted": "2026-11-01",
    "validThrough": "2026-12-31",
    "employmentType": ["FULL_TIME", "OTHER"],
    "hiringOrganization": {"@type": "Organization", "name": "Acme & Söhne"},
    "jobLocation": [
        {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Lyon", "addressCountry": "FR"},
        }
    ],
    "jobLocationType": "TELECOMMUTE",
    "applicantLocationRequirements": [{"@type": "Country", "name": "BE"}],
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 60000, "maxValue": 75000.5, "unitText": "YEAR"},
    },
    "directApply": False,
}
REQUIRED = ("title", "description", "datePosted", "hiringOrganization")
RECOMMENDED = ("baseSalary", "employmentType", "validThrough", "identifier", "directApply")
EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}


def data_of(posting: Posting) -> dict[str, Any]:
    (version,) = versions_of([EN], [as_written(posting)])
    localized = version.postings[0]
    found: dict[str, Any] = json.loads(serialize_job_posting(version, localized, content_of(localized)))
    return found


def errors(data: dict[str, Any]) -> Iterator[str]:
    """Say what keeps a posting out of Google's list of jobs."""
    yield from (name for name in REQUIRED if not data.get(name))
    organization = data.get("hiringOrganization")
    if organization != "confidential" and not (isinstance(organization, dict) and organization.get("name")):
        yield "hiringOrganization"
    places, remote = data.get("jobLocation", []), data.get("jobLocationType") == "TELECOMMUTE"
    if not places and not (remote and data.get("applicantLocationRequirements")):
        yield "jobLocation"
    if not all(place["address"].get("addressCountry") for place in places):
        yield "addressCountry"
    if not set(data.get("employmentType", [])) <= EMPLOYMENT:
        yield "employmentType"
    pay = data.get("baseSalary", {}).get("value")
    if pay and not ({"value", "minValue", "maxValue"} & set(pay) and pay["unitText"] in UNITS):
        yield "baseSalary"
    for name in ("datePosted", "validThrough"):
        if name in data:
            date.fromisoformat(data[name])


def missing(data: dict[str, Any]) -> list[str]:
    """Say what Google recommends and the posting has not."""
    return [name for name in RECOMMENDED if name not in data]


def test_full_posting_says_all_that_google_requires_and_recommends() -> None:
    data = data_of(FULL)
    assert data == WHOLE
    assert (list(errors(data)), missing(data)) == ([], [])


@pytest.mark.parametrize(
    ("posting", "fault"),
    [
        (replace(FULL, locations=(Location(city="Atlantis"),)), ["addressCountry"]),
        (replace(FULL, locations=(), applicant_countries=()), ["jobLocation"]),
        (replace(FULL, locations=(), remote=False), ["jobLocation"]),
        (replace(FULL, date_posted=None), ["datePosted"]),
        (replace(FULL, locations=()), []),
        (replace(FULL, organization=""), []),
        (replace(FULL, salary=None), []),
    ],
)
def test_what_a_posting_does_not_say_is_not_made_up(posting: Posting, fault: list[str]) -> None:
    assert list(errors(data_of(posting))) == fault


def test_employer_without_a_name_is_confidential() -> None:
    data = data_of(replace(FULL, organization=""))
    assert data["hiringOrganization"] == "confidential"
    assert data["identifier"] == {"@type": "PropertyValue", "value": "acme 4711"}


@pytest.mark.parametrize(
    ("minimum", "maximum", "value"),
    [
        (50.0, 50.0, {"value": 50}),
        (50.5, None, {"minValue": 50.5}),
        (None, 60.0, {"maxValue": 60}),
        (0.0, 60.0, {"minValue": 0, "maxValue": 60}),
    ],
)
def test_pay_is_a_range_or_one_amount(minimum: float | None, maximum: float | None, value: dict[str, float]) -> None:
    salary = Salary(currency="EUR", minimum=minimum, maximum=maximum, unit="HOUR")
    assert data_of(replace(FULL, salary=salary))["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", **value, "unitText": "HOUR"},
    }


def test_pay_without_an_amount_is_left_out() -> None:
    assert "baseSalary" not in data_of(replace(FULL, salary=Salary(currency="EUR")))


def test_every_sample_with_a_country_is_a_job_posting_to_google(sample_site: Path) -> None:
    pages = {page: structured(page.read_bytes()) for page in sample_site.glob("*/postings/*.html")}
    faulty = {page.name: found for page, data in pages.items() if (found := list(errors(data)))}
    placeless = {
        page.name: ["jobLocation"]
        for page, data in pages.items()
        if "jobLocation" not in data and "applicantLocationRequirements" not in data
    }
    assert faulty == placeless
    assert len(placeless) < len(pages) / 5
    assert any(UNBROKEN in str(data["title"]) for data in pages.values())
