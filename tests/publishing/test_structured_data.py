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
from pipeline.publishing.pages.structured_data import serialize_item_list, serialize_job_posting
from tests.publishing.examples import WORDS, as_written, nurse, versions_of
from tests.publishing.outputs import local, structured
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


def serialized(posting: Posting) -> str:
    (version,) = versions_of([EN], [as_written(posting)])
    localized = version.postings[0]
    return serialize_job_posting(version, localized, content_of(localized, WORDS))


def data_of(posting: Posting) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(serialized(posting))
    return found


def errors(data: dict[str, Any]) -> Iterator[str]:
    """Say what keeps a posting out of Google's list of jobs."""
    yield from (name for name in REQUIRED if not data.get(name))
    organization = data.get("hiringOrganization")
    if organization != "confidential" and not (isinstance(organization, dict) and organization.get("name")):
        yield "hiringOrganization"
    places, remote = data.get("jobLocation", []), data.get("jobLocationType") == "TELECOMMUTE"
    if not places and not remote:
        yield "jobLocation"
    if remote and not data.get("applicantLocationRequirements"):
        yield "applicantLocationRequirements"
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
    "posting",
    [
        replace(FULL, locations=(Location(city="Atlantis"),), remote=False),
        replace(FULL, locations=(), applicant_countries=()),
        replace(FULL, locations=(), remote=False),
        replace(FULL, date_posted=None),
    ],
    ids=["no country", "remote from nobody knows where", "no place", "no day of posting"],
)
def test_posting_that_would_be_refused_has_no_structured_data(posting: Posting) -> None:
    assert serialized(posting) == ""


@pytest.mark.parametrize(
    "posting",
    [
        replace(FULL, locations=()),
        replace(FULL, locations=(Location(city="Atlantis"), Location(country="FR"))),
        replace(FULL, applicant_countries=()),
        replace(FULL, organization=""),
        replace(FULL, salary=None),
    ],
    ids=["remote alone", "a place without a country", "remote without applicants", "no employer", "no pay"],
)
def test_what_a_posting_does_not_say_is_not_made_up(posting: Posting) -> None:
    assert list(errors(data_of(posting))) == []


def test_remote_work_is_named_only_with_the_countries_it_can_be_done_from() -> None:
    data = data_of(replace(FULL, applicant_countries=()))
    assert "jobLocationType" not in data
    assert "applicantLocationRequirements" not in data


def test_remote_work_open_to_an_area_names_the_countries_of_the_area() -> None:
    data = data_of(replace(FULL, locations=(), applicant_countries=("CH", "LU"), areas=("BENELUX",)))
    assert [place["name"] for place in data["applicantLocationRequirements"]] == ["CH", "LU", "BE", "NL"]
    assert (data["jobLocationType"], list(errors(data))) == ("TELECOMMUTE", [])


def test_area_of_a_job_on_site_is_nobody_s_home() -> None:
    assert "applicantLocationRequirements" not in data_of(replace(FULL, remote=False, areas=("EU",)))
    assert serialized(replace(FULL, remote=False, locations=(), areas=("EU",))) == ""


def test_page_with_sentences_as_written_has_no_structured_data() -> None:
    localized = replace(as_written(FULL), original=1)
    (version,) = versions_of([EN], [localized])
    assert serialize_job_posting(version, version.postings[0], content_of(localized, WORDS)) == ""


def test_region_and_postal_code_are_said() -> None:
    where = Location(country="IE", city="Athlone", region="Westmeath", postal_code="N37")
    (place,) = data_of(replace(FULL, locations=(where,)))["jobLocation"]
    assert place["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Athlone",
        "addressRegion": "Westmeath",
        "postalCode": "N37",
        "addressCountry": "IE",
    }


def test_list_names_its_pages_in_order() -> None:
    (version,) = versions_of([EN], [as_written(FULL), as_written(replace(FULL, id="b", title="</script>"))])
    entries = version.postings.entries
    found = json.loads(serialize_item_list(version, entries))
    assert found == {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": version.url(entry.path)}
            for number, entry in enumerate(entries, 1)
        ],
    }
    assert serialize_item_list(version, ()) == ""


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


def test_every_sample_that_says_its_country_in_one_language_is_a_job_posting_to_google(sample_site: Path) -> None:
    feeds = [json.loads(path.read_bytes()) for path in sample_site.glob("*/feed.json")]
    pages = {local(item["url"]): item["_polypost"] for feed in feeds for item in feed["items"]}
    found = {path: (sample_site / path).read_bytes() for path in pages}
    data = {path: structured(page) for path, page in found.items() if b"application/ld+json" in page}
    assert {path: list(errors(each)) for path, each in data.items() if list(errors(each))} == {}
    assert data.keys() == {path for path, own in pages.items() if own["countries"] and "original" not in own}
    assert any(UNBROKEN in str(each["title"]) for each in data.values())
