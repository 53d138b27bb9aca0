"""The index of a list: what it says of each posting, in which tables."""

import json
from dataclasses import replace
from datetime import date

import pytest
from babel import Locale

from pipeline.intake.reading.gazetteer import other_names
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.pages.list_index import choices_of, no_other_names, serialize_list, serialize_names
from pipeline.publishing.pages.script_words import day_choices
from pipeline.publishing.pages.search_index import segments_of
from pipeline.publishing.pages.search_words import words_of
from pipeline.publishing.versions.version import Version
from tests.publishing.examples import WORDS, as_written, nurse, versions_of


def version_of(*postings: Posting, locale: str = "en") -> Version:
    (version,) = versions_of([parse_locale(locale)], [as_written(posting, locale) for posting in postings])
    return version


def full(posting_id: str = "a", **facts: object) -> Posting:
    posting = replace(
        nurse(posting_id),
        organization="Acme",
        locations=(Location(country="DE", city="München"), Location(country="FR")),
        employment_type=("FULL_TIME",),
        salary=Salary(currency="EUR", minimum=20, maximum=25.5, unit="HOUR"),
        date_posted=date(2026, 11, 1),
        valid_through=date(2026, 12, 24),
    )
    return replace(posting, **facts)  # type: ignore[arg-type]  # fields of a posting


def test_row_names_its_texts_and_choices_in_tables() -> None:
    version = version_of(full())
    index = json.loads(serialize_list(version, list(segments_of(version.postings.entries))))
    (entry,) = version.postings.entries
    assert index["rows"] == [[entry.slug.removeprefix("nurse-"), "Nurse", 1, 1, 1, 1, 1, 0, 1, 2]]
    assert index["days"] == [["", ""], ["2026-11-01", "Posted Nov 1, 2026"], ["2026-12-24", "Apply by Dec 24"]]
    assert (index["groups"], index["countries"]) == ([["DE", "Germany"], ["FR", "France"]], [[], [0, 1]])
    assert index["places"] == [["", []], ["München, Germany · France", [0]]]
    assert index["cities"] == [["München", "DE"]]
    assert index["types"] == [["", []], ["Full time", ["FULL_TIME"]]]
    assert index["pays"] == [["", "", 0, 0, ""], ["€20.00 – €25.50 per hour", "EUR", 41600, 53040, "20 25.5"]]
    assert (index["employers"], index["kinds"], index["segments"]) == (["", "Acme"], [["FULL_TIME", "Full time"]], "")


def test_what_is_not_known_takes_no_place() -> None:
    version = version_of(nurse("bare", countries=()))
    index = json.loads(serialize_list(version, list(segments_of(version.postings.entries))))
    (entry,) = version.postings.entries
    assert index["rows"] == [[entry.slug.removeprefix("nurse-"), "Nurse", 0, 1]]
    assert (index["groups"], index["people"]) == ([["no-country", "No country named"]], [])


def test_remote_work_is_open_to_its_applicants_to_people_where_it_is_or_to_anyone() -> None:
    version = version_of(
        full("b", remote=True, applicant_countries=("AT", "CH")),
        full("c", remote=True),
        nurse("d", countries=()),
    )
    index = json.loads(serialize_list(version, list(segments_of(version.postings.entries))))
    assert index["remotes"][1:] == [["Remote – open to Austria, Switzerland", "AT CH"], ["Remote", "DE FR"]]
    assert index["people"] == [["AT", "Austria"], ["FR", "France"], ["DE", "Germany"], ["CH", "Switzerland"]]
    union = version_of(full("f", remote=True, applicant_countries=("CH", "FR"), areas=("BENELUX",)))
    (_, open_to_area) = json.loads(serialize_list(union, list(segments_of(union.postings.entries))))["remotes"]
    assert open_to_area == ["Remote – open to Belgium, Luxembourg, Netherlands, 2 more countries", "CH FR BE LU NL"]
    anyone = version_of(replace(nurse("e", countries=()), remote=True), locale="en")
    people = dict(json.loads(serialize_list(anyone, list(segments_of(anyone.postings.entries))))["people"])
    assert people["BR"] == "Brazil"
    assert len(people) > 240
    assert not {"EU", "UN", "001"} & people.keys()


def test_title_in_other_letters_or_of_an_older_address_keeps_its_whole_slug() -> None:
    version = version_of(full(title="Ärztin/Arzt"), full("b", title="Медсестра"))
    rows = json.loads(serialize_list(version, list(segments_of(version.postings.entries))))["rows"]
    slugs = {row[1]: row[0] for row in rows}
    assert "-" not in slugs["Ärztin/Arzt"]
    assert slugs["Медсестра"].startswith("medsestra-")


def test_places_have_their_names_in_english_and_in_languages_of_the_script() -> None:
    names = json.loads(serialize_names(version_of(full(), locale="en"), other_names))
    assert names["groups"] == {"DE": "germany", "FR": "france"}
    assert {"munich", "monachium", "munique"} <= set(names["cities"]["DE munchen"].split())
    assert "мюнхен" not in names["cities"]["DE munchen"]
    arabic = json.loads(serialize_names(version_of(full(), locale="ar"), other_names))
    assert set(words_of("ميونخ")) <= set(arabic["cities"]["DE munchen"].split())


def in_city(posting_id: str, country: str, city: str) -> Posting:
    return full(posting_id, locations=(Location(country=country, city=city),))


@pytest.mark.parametrize(
    ("locale", "cities", "called"),
    [
        ("en", [["São Paulo", "BR"], ["東京", "JP", "Tokyo"]], ["JP tokyo"]),
        ("pt_BR", [["São Paulo", "BR"], ["東京", "JP", "Tóquio"], ["Tokyo", "JP"]], ["JP toquio"]),
        ("ja", [["São Paulo", "BR"], ["東京", "JP"], ["Tokyo", "JP"]], []),
    ],
)
def test_city_is_one_however_it_is_written_and_has_a_name_that_readers_can_read(
    locale: str, cities: list[list[str]], called: list[str]
) -> None:
    written = (("BR", "São Paulo"), ("BR", "SAO PAULO"), ("JP", "東京"), ("JP", "Tokyo"))
    version = version_of(*(in_city(str(number), *city) for number, city in enumerate(written)), locale=locale)
    segments = list(segments_of(version.postings.entries))
    assert json.loads(serialize_list(version, segments))["cities"] == cities
    names = json.loads(serialize_names(version, no_other_names))["cities"]
    assert names == dict.fromkeys(called, "東京")


def test_field_that_would_choose_nothing_is_not_offered() -> None:
    assert choices_of(version_of(nurse(countries=()))) == ((), False, "", False, False)
    assert choices_of(version_of(full(remote=True))) == (("FULL_TIME",), True, "EUR", True, False)
    machine = replace(as_written(full("b"), "en"), translation="machine")
    (version,) = versions_of([Locale("en")], [as_written(full(), "en"), machine])
    assert choices_of(version).texts


def test_row_says_who_translated_it_and_in_which_language_its_title_stands() -> None:
    written = as_written(full("b", detection=nurse(language="pt").detection, salary=Salary(currency="EUR")), "pt")
    english = replace(written, locale=Locale("en"), language=Locale("en"))
    machine = replace(english, translation="machine", title_as_written=True)
    person = replace(english, translation="reviewed", posting=replace(english.posting, id="c"))
    (version,) = versions_of([Locale("en")], [machine, person])
    index = json.loads(serialize_list(version, list(segments_of(version.postings.entries))))
    assert index["labels"] == [["", 0], ["Machine-translated from Portuguese", 2], ["Translated and reviewed", 1]]
    assert index["languages"] == ["", ["pt", "ltr"]]
    assert [row[7:] for row in index["rows"]] == [[1, 1, 2, 0, 0, 1], [2, 1, 2]]
    assert index["pays"] == [["", "", 0, 0, ""]] * 2  # a currency without an amount is no pay


def test_rows_of_a_large_version_say_in_which_segment_they_stand() -> None:
    version = version_of(*[full(f"p{number}") for number in range(9)])
    entries = version.postings.entries
    segments = list(segments_of(entries, size=4))
    index = json.loads(serialize_list(version, segments))
    assert index["orders"] == [segment.order for segment in segments]
    assert len(segments) == 4
    for segment in segments:
        held = [entry for entry, digit in zip(entries, index["segments"], strict=True) if int(digit) == segment.number]
        assert tuple(held) == segment.entries


def test_days_to_choose_are_named_with_their_number() -> None:
    expected = [(1, "In the last 1 day"), (7, "In the last 7 days"), (30, "In the last 30 days")]
    assert day_choices(WORDS) == expected


def test_place_without_other_names_has_none() -> None:
    assert json.loads(serialize_names(version_of(full()), no_other_names))["cities"] == {}
