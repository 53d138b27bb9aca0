"""A card says where, for how much and until when, and who translated it; lists are ordered by the day of posting."""

from dataclasses import replace
from datetime import date
from gettext import NullTranslations

import pytest
from babel import Locale

from pipeline.model.posting import Location, Salary
from pipeline.publishing.pages.cards import Card, card_of
from pipeline.publishing.pages.listings import ListPage, cut_list
from pipeline.publishing.versions.facts import short_date
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.version import Postings, Version
from tests.publishing.examples import WORDS, as_written, nurse, version_of

EN = Locale("en")
LYON = Location(country="FR", city="Lyon")
FULL = replace(
    nurse(),
    organization="Acme",
    locations=(LYON, LYON, Location(country="BE")),
    remote=True,
    applicant_countries=("FR", "BE"),
    employment_type=("FULL_TIME", "INTERN"),
    salary=Salary(currency="EUR", minimum=30000.0, maximum=40000.0),
    date_posted=date(2026, 11, 1),
    valid_through=date(2027, 2, 15),
)


def version_with(*postings: LocalizedPosting, words: NullTranslations = WORDS) -> Version:
    return version_of(EN, [replace(item, slug=item.posting.id) for item in postings], words)


def card(localized: LocalizedPosting) -> Card:
    version = version_with(localized)
    return card_of(version, version.postings.entries[0])


def test_card_says_all_that_lists_show() -> None:
    localized = replace(as_written(FULL), published=date(2026, 11, 3), updated=date(2026, 12, 2), translation="machine")
    assert card(localized) == Card(
        path="postings/acme-1.html",
        title="Nurse",
        employer="Acme",
        place="Lyon, France · Belgium",
        remote="Remote – open to Belgium, France",
        pay="€30,000 – €40,000 per year",
        types="Full time, Internship",
        posted=date(2026, 11, 1),
        posted_text="Posted Nov 1, 2026",
        edited=date(2026, 12, 2),
        edited_text="updated Dec 2",
        apply_by=date(2027, 2, 15),
        apply_text="Apply by Feb 15",
        label="Machine-translated from English",
        by_machine=True,
    )


def test_card_says_nothing_of_what_nobody_knows() -> None:
    assert card(as_written(nurse(countries=()))) == Card(path="postings/acme-1.html", title="Nurse")


@pytest.mark.parametrize(
    ("remote", "applicants", "areas", "written"),
    [
        (False, (), (), ""),
        (True, (), (), "Remote – anywhere"),
        (True, (), ("EU",), "Remote – open to European Union"),
        (True, ("BR", "CH"), ("BENELUX",), "Remote – open to Belgium, Luxembourg, Netherlands, 2 more countries"),
        (True, (), ("EMEA", "APAC"), "Remote – open to EMEA, APAC"),
        (False, (), ("EU",), ""),
        (True, ("AU", "CH"), (), "Remote – open to Australia, Switzerland"),
        (True, ("FR", "BE", "CH", "DE"), (), "Remote – open to Belgium, France, Germany, Switzerland"),
        (True, ("FR", "BE", "CH", "DE", "LU"), (), "Remote – open to Belgium, France, Germany, 2 more countries"),
    ],
)
def test_card_says_from_where_remote_work_may_be_done(
    *, remote: bool, applicants: tuple[str, ...], areas: tuple[str, ...], written: str
) -> None:
    posting = replace(nurse(countries=()), remote=remote, applicant_countries=applicants, areas=areas)
    assert card(as_written(posting)).remote == written


def test_work_on_site_that_names_no_country_says_its_areas() -> None:
    posting = replace(nurse(countries=()), locations=(Location(city="Brest"),), areas=("LATAM",))
    assert (card(as_written(posting)).place, card(as_written(posting)).remote) == ("Brest · Latin America", "")


def test_of_many_places_three_are_named() -> None:
    places = tuple(Location(country="FR", city=city) for city in ("Lyon", "Nice", "Brest", "Metz", "Dijon"))
    assert card(as_written(replace(nurse(), locations=places))).place == (
        "Lyon, France · Nice, France · Brest, France · 2 more places"
    )


@pytest.mark.parametrize(
    ("translation", "source", "label"),
    [
        ("source", "pt_BR", ""),
        ("machine", "pt_BR", "Machine-translated from Portuguese"),
        ("machine", "zh_Hant", "Machine-translated from Chinese (Traditional)"),
        ("reviewed", "pt_BR", "Translated and reviewed"),
        ("human", "pt_BR", "Translated and reviewed"),
    ],
)
def test_card_says_who_translated_it(translation: str, source: str, label: str) -> None:
    localized = replace(as_written(nurse(language=source)), translation=translation, language=EN)
    assert (card(localized).label, card(localized).by_machine) == (label, translation == "machine")


def test_title_in_another_language_says_so() -> None:
    assert card(as_written(nurse())).title_language is None
    localized = replace(as_written(nurse(language="de")), language=EN, title_as_written=True, translation="machine")
    assert card(localized).title_language == Locale("de")


def test_year_is_left_out_where_it_can_be_no_other() -> None:
    posted = date(2026, 11, 1)
    days = (date(2026, 11, 1), date(2027, 9, 30), date(2027, 11, 1), date(2026, 10, 31))
    assert [short_date(EN, day, posted) for day in days] == ["Nov 1", "Sep 30", "Nov 1, 2027", "Oct 31, 2026"]


@pytest.mark.parametrize(
    ("published", "updated", "edited"),
    [
        (None, None, None),
        (date(2026, 11, 3), date(2026, 11, 3), None),
        (date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 4)),
        # A first build with a later day than postings name publishes all of them on that day, and changes none.
        (date(2026, 11, 20), date(2026, 11, 20), None),
    ],
)
def test_posting_is_updated_by_what_came_after_it_was_posted_and_published(
    published: date | None, updated: date | None, edited: date | None
) -> None:
    assert card(replace(as_written(FULL), published=published, updated=updated)).edited == edited


def test_lists_are_ordered_by_the_day_of_posting_and_no_edit_lifts_a_posting() -> None:
    def localized(posting_id: str, posted: date | None, published: date, updated: date) -> LocalizedPosting:
        posting = replace(nurse(posting_id), date_posted=posted)
        return replace(as_written(posting), published=published, updated=updated)

    old, new, late = date(2026, 1, 1), date(2026, 11, 1), date(2026, 12, 1)
    version = version_with(
        localized("edited", old, old, late),
        localized("undated", None, new, new),
        localized("b", new, late, late),
        localized("a", new, old, old),
    )
    assert [entry.posting for entry in version.postings.entries] == ["a", "b", "undated", "edited"]
    assert version.postings.updated == late


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (75, [75]), (76, [26, 50]), (125, [75, 50]), (126, [26, 50, 50])]
)
def test_first_page_holds_what_pages_from_the_oldest_on_leave(count: int, sizes: list[int]) -> None:
    postings = version_with(*(as_written(nurse(f"n{number}")) for number in range(count))).postings
    pages = list(cut_list(postings))
    assert [len(page.postings) for page in pages] == sizes
    assert [entry for page in pages for entry in page.postings.entries] == list(postings.entries)
    assert [page.name() for page in pages][1:] == [f"index-{len(pages) - n}.html" for n in range(1, len(pages))]


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [(1, 1, (1,)), (1, 5, (1, 2, 0, 5)), (2, 3, (1, 2, 3)), (4, 5, (1, 0, 3, 4, 5)), (7, 60, (1, 0, 6, 7, 8, 0, 60))],
)
def test_page_leads_to_the_first_the_last_and_those_around_it(number: int, pages: int, shown: tuple[int, ...]) -> None:
    assert ListPage(postings=Postings((), ()), number=number, pages=pages).shown_numbers == shown
