"""The index of a list: by what each posting is chosen, what its card says, in which tables."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from babel import Locale

from pipeline.intake.reading.gazetteer import other_names
from pipeline.model.locale import parse_locale
from pipeline.model.posting import Location, Posting, Salary
from pipeline.publishing.pages.list_index import choices_of, no_other_names, serialize_list, serialize_names
from pipeline.publishing.pages.list_parts import Part, cut_parts, name_part, serialize_part
from pipeline.publishing.pages.script_words import day_choices
from pipeline.publishing.pages.search_index import SEGMENT_SIZE, segments_of
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


def index_of(version: Version, size: int = SEGMENT_SIZE) -> dict[str, Any]:
    """Return the list of a version, all in one part."""
    parts = [Part("all", len(version.postings))]
    found: dict[str, Any] = json.loads(
        serialize_list(version, list(segments_of(version.postings.entries, size)), parts)
    )
    return found


def cards_of(version: Version) -> dict[str, Any]:
    """Return what the cards of a version say, all in one part."""
    found: dict[str, Any] = json.loads(serialize_part(version, version.postings))
    return found


def test_choices_of_a_posting_stand_in_columns_that_name_tables() -> None:
    index = index_of(version_of(full(), nurse("bare", countries=())))
    assert index["parts"] == [["all", 2]]
    assert index["columns"] == {
        "posted": [1],
        "closes": [2],
        "countries": [1, 2],
        "places": [1],
        "types": [1],
        "pays": [1],
        "remotes": [],
        "translated": [],
    }
    assert index["days"] == ["", "2026-11-01", "2026-12-24"]
    assert index["groups"] == [["DE", "Germany"], ["FR", "France"], ["no-country", "No country named"]]
    assert index["countries"] == [[], [0, 1], [2]]
    assert (index["cities"], index["places"]) == ([["München", "DE"]], [[], [0]])
    assert (index["types"], index["kinds"]) == ([[], ["FULL_TIME"]], [["FULL_TIME", "Full time"]])
    assert (index["pays"], index["remotes"]) == ([["", 0], ["EUR", 53040]], [""])
    assert (index["people"], index["segments"]) == ([], "")


def test_row_names_the_texts_of_its_card_in_tables() -> None:
    version = version_of(full())
    cards = cards_of(version)
    (entry,) = version.postings.entries
    assert cards == {
        "languages": [""],
        "employers": ["", "Acme"],
        "places": ["", "München, Germany · France"],
        "remotes": [""],
        "pays": [["", ""], ["€20.00 – €25.50 per hour", "20 25.5"]],
        "types": ["", "Full time"],
        "days": [["", ""], ["2026-11-01", "Posted Nov 1, 2026"], ["2026-12-24", "Apply by Dec 24"]],
        "labels": [["", 0]],
        "rows": [[entry.slug.removeprefix("nurse-"), "Nurse", 1, 1, 1, 1, 0, 1, 2]],
    }


def test_what_is_not_known_takes_no_place() -> None:
    version = version_of(nurse("bare", countries=()))
    (entry,) = version.postings.entries
    assert cards_of(version)["rows"] == [[entry.slug.removeprefix("nurse-"), "Nurse"]]


def test_parts_are_cut_from_the_oldest_posting_on_and_named_by_what_they_say() -> None:
    postings = [full(f"p{number}", date_posted=date(2026, 11, 1 + number)) for number in range(9)]
    before, after = (version_of(*postings[:count]) for count in (8, 9))
    old, new = ([*cut_parts(version.postings, size=4)] for version in (before, after))
    assert [[entry.posting for entry in part.entries] for part in new] == [
        ["p8", "p7", "p6", "p5", "p4"],
        ["p3", "p2", "p1", "p0"],
    ]
    names = [[name_part(serialize_part(after, part)) for part in parts] for parts in (old, new)]
    assert names[0][1] == names[1][1]
    assert len({each.name for each in (*names[0], *names[1])}) == 3
    assert names[0][1].path == f"list/{names[0][1].name}.json"
    assert list(cut_parts(version_of().postings)) == []


def test_remote_work_is_open_to_its_applicants_to_people_where_it_is_or_to_anyone() -> None:
    version = version_of(
        full("b", remote=True, applicant_countries=("AT", "CH")),
        full("c", remote=True),
        nurse("d", countries=()),
    )
    index = index_of(version)
    assert index["remotes"] == ["", "AT CH", "DE FR"]
    assert cards_of(version)["remotes"] == ["", "Remote – open to Austria, Switzerland", "Remote"]
    assert index["people"] == [["AT", "Austria"], ["FR", "France"], ["DE", "Germany"], ["CH", "Switzerland"]]
    union = version_of(full("f", remote=True, applicant_countries=("CH", "FR"), areas=("BENELUX",)))
    assert index_of(union)["remotes"] == ["", "CH FR BE LU NL"]
    open_to_area = "Remote – open to Belgium, Luxembourg, Netherlands, 2 more countries"
    assert cards_of(union)["remotes"] == ["", open_to_area]
    anyone = version_of(replace(nurse("e", countries=()), remote=True), locale="en")
    people = dict(index_of(anyone)["people"])
    assert people["BR"] == "Brazil"
    assert len(people) > 240
    assert not {"EU", "UN", "001"} & people.keys()


def test_title_in_other_letters_or_of_an_older_address_keeps_its_whole_slug() -> None:
    version = version_of(full(title="Ärztin/Arzt"), full("b", title="Медсестра"))
    rows = cards_of(version)["rows"]
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
    assert index_of(version)["cities"] == cities
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
    index, cards = index_of(version), cards_of(version)
    assert cards["labels"] == [["", 0], ["Machine-translated from Portuguese", 2], ["Translated and reviewed", 1]]
    assert cards["languages"] == ["", ["pt", "ltr"]]
    assert [row[6:] for row in cards["rows"]] == [[1, 0, 2, 0, 0, 1], [2, 0, 2]]
    assert (cards["pays"], index["pays"]) == ([["", ""]], [["", 0]])  # a currency without an amount is no pay
    assert index["columns"]["translated"] == [1, 1]


def test_rows_of_a_large_version_say_in_which_segment_they_stand() -> None:
    version = version_of(*[full(f"p{number}") for number in range(9)])
    entries = version.postings.entries
    segments = list(segments_of(entries, size=4))
    index = index_of(version, size=4)
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
