"""JSON Feed: valid by its schema, its fields as DESIGN section 4 has them."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from pipeline.model.locale import parse_locale
from pipeline.model.outcome import Decision, Reason
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.feeds.json_feed import serialize_countries, serialize_languages
from pipeline.publishing.versions.localized import localize
from pipeline.publishing.versions.version import Country, Version
from tests.publishing.examples import WORDS, as_written, nurse, reviewed, segmented, site_of, versions_of

SCHEMAS = Path(__file__).parents[1] / "schemas"
EN, AR = parse_locale("en"), parse_locale("ar")
FULL = replace(
    nurse("acme 4711/ü", countries=("FR",)),
    organization="Acme & Söhne",
    url="https://acme.example/jobs?id=1&x=2",
    remote=True,
    applicant_countries=("BE",),
    date_posted=date(2026, 11, 1),
    salary=Salary(currency="EUR", minimum=60000),
)


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    contents = {name: json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")) for name in ("feed", "feed-1")}
    resources = [(name, DRAFT4.create_resource(content)) for name, content in contents.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft4Validator(contents["feed"], registry=registry)


def version(*postings: Posting) -> Version:
    return versions_of([EN], [as_written(posting) for posting in postings])[0]


def translated(posting: Posting, reason: Reason) -> Version:
    item = segmented(posting)
    units = reviewed(posting, {"Nurse": "ممرض", "Patience": "صبر <b>كبير</b>"})
    keys = item.keys()
    decision = Decision(segmented=item, locale=AR, reason=reason, units=tuple(units[key] for key in keys))
    return versions_of([AR], [localize(decision, WORDS)])[0]


def feed_of(made: Version, country: Country | None = None) -> Any:
    folder = country.folder if country else ""
    return json.loads(site_of([made])[f"{made.tag}/{folder}feed.json"])


@pytest.mark.parametrize(
    "made",
    [version(FULL, nurse("b", countries=())), translated(FULL, Reason.MACHINE)],
    ids=["source", "translated"],
)
def test_feeds_are_valid_by_the_schema(made: Version, validator: Draft4Validator) -> None:
    validator.validate(feed_of(made))
    for country in made.countries:
        validator.validate(feed_of(made, country))


def test_what_an_item_adds_is_as_the_published_schema_says() -> None:
    schema = json.loads((SCHEMAS.parents[1] / "docs" / "polypost-extension.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    whole = replace(
        FULL,
        areas=("EU",),
        locations=(Location(country="FR", region="Rhône", city="Lyon"), Location(), Location(city="Lyon")),
        employment_type=("FULL_TIME", "SEASONAL"),
        valid_through=date(2026, 12, 31),
        salary=Salary(currency="EUR", minimum=12.5, maximum=15, unit="HOUR"),
    )
    sourced, machine = as_written(whole), replace(as_written(FULL), original=2)
    for localized in (sourced, machine):
        (item,) = feed_of(versions_of([EN], [localized])[0])["items"]
        validator.validate(item["_polypost"])
    assert item["_polypost"]["original"] == 2
    assert not validator.is_valid({**item["_polypost"], "original": 0})


def test_schema_refuses_an_item_without_id(validator: Draft4Validator) -> None:
    feed = feed_of(version(FULL))
    del feed["items"][0]["id"]
    assert not validator.is_valid(feed)


def test_item_says_everything_about_a_translation() -> None:
    (item,) = feed_of(translated(FULL, Reason.MACHINE))["items"]
    assert item == {
        "id": "acme 4711/ü/ar",
        "url": "https://jobs.example.org/ar/postings/mmrd-bee906ee99.html",
        "title": "ممرض",
        "content_html": (
            '<div lang="ar" dir="rtl"><p class="facts"><bdi dir="ltr">Acme &amp; Söhne</bdi> · فرنسا · '
            '<bdi dir="ltr">Remote – open to</bdi> بلجيكا · '
            "\u200f60,000\xa0€ per year · "
            "Machine translation from الإنجليزية, not reviewed by a person</p>"
            "<ul><li>صبر <b>كبير</b></li></ul></div>"
        ),
        "language": "ar",
        "external_url": "https://acme.example/jobs?id=1&x=2",
        "date_published": "2026-11-01T00:00:00Z",
        "date_modified": "2026-11-01T00:00:00Z",
        "authors": [{"name": "Acme & Söhne"}],
        "summary": (
            "\u2066Acme & Söhne\u2069 · فرنسا · \u2066Remote – open to\u2069 بلجيكا · "
            "\u200f60,000\xa0€ per year · Machine translation from الإنجليزية, not reviewed by a person"
        ),
        "tags": ["بلجيكا", "فرنسا"],
        "_polypost": {
            "posting": "acme 4711/ü",
            "countries": ["BE", "FR"],
            "remote": True,
            "translation": "machine",
            "source_language": "en",
            "locations": [{"country": "FR"}],
            "applicant_countries": ["BE"],
            "salary": {"currency": "EUR", "min": 60000, "unit": "YEAR"},
            "organization": "Acme & Söhne",
            "text_modified": "2026-11-01T00:00:00Z",
        },
    }


def test_item_of_a_bare_posting_has_no_empty_field() -> None:
    (item,) = feed_of(version(nurse("b", countries=())))["items"]
    assert item == {
        "id": "b/en",
        "url": "https://jobs.example.org/en/postings/nurse-3e23e81600.html",
        "title": "Nurse",
        "content_html": '<div lang="en" dir="ltr"><ul><li>Patience</li></ul></div>',
        "language": "en",
        "_polypost": {
            "posting": "b",
            "countries": [],
            "remote": False,
            "translation": "source",
            "source_language": "en",
        },
    }


def test_pay_without_an_amount_is_not_said() -> None:
    (item,) = feed_of(version(replace(nurse(), salary=Salary(currency="EUR"))))["items"]
    assert "salary" not in item["_polypost"]


def test_tags_are_words_each_once() -> None:
    lyon = Location(country="FR", city="Lyon")
    posting = replace(nurse(), locations=(lyon, replace(lyon, region="Rhône")), employment_type=("FULL_TIME",))
    (item,) = feed_of(version(posting))["items"]
    assert (item["tags"], item["summary"]) == (["France", "Lyon", "Full time"], "Lyon, France · Full time")


def test_areas_of_applicants_are_said_where_there_are_some() -> None:
    (item,) = feed_of(version(replace(nurse(), remote=True, areas=("EU",))))["items"]
    assert item["_polypost"]["applicant_areas"] == ["EU"]


def test_text_keeps_the_tag_it_is_written_in() -> None:
    (made,) = versions_of([EN], [as_written(nurse(language="en-IE"))])
    (item,) = feed_of(made)["items"]
    assert (item["id"], item["language"], item["_polypost"]["source_language"]) == ("acme-1/en", "en-IE", "en-IE")


def test_country_list_and_its_feeds_carry_the_names_of_the_language() -> None:
    made = translated(FULL, Reason.REVIEWED)
    assert json.loads(serialize_countries(made)) == {
        "language": "ar",
        "countries": [
            {"code": "BE", "name": "بلجيكا", "postings": 1, "feed": "countries/BE/feed.json"},
            {"code": "FR", "name": "فرنسا", "postings": 1, "feed": "countries/FR/feed.json"},
        ],
    }
    feed = feed_of(made, made.countries[1])
    assert {name: value for name, value in feed.items() if name != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Job postings · فرنسا",
        "description": "Job postings in العربية",
        "favicon": "https://jobs.example.org/icon.svg",
        "home_page_url": "https://jobs.example.org/ar/countries/FR/",
        "feed_url": "https://jobs.example.org/ar/countries/FR/feed.json",
        "language": "ar",
    }


def test_language_list_names_each_language_in_itself() -> None:
    made = [version(FULL), translated(FULL, Reason.HUMAN)]
    assert json.loads(serialize_languages(made)) == [
        {"language": "en", "name": "English", "dir": "ltr", "postings": 1, "feed": "en/feed.json"},
        {"language": "ar", "name": "العربية", "dir": "rtl", "postings": 1, "feed": "ar/feed.json"},
    ]
