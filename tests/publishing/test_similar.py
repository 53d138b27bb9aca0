"""To which other postings a page leads: similar ones, and more of the same employer."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.publishing.pages.similar import MOST, Lead, Leads, Neighbours, Related, Subject, words_of_title
from pipeline.publishing.versions.gone import Gone
from pipeline.publishing.versions.version import Entry
from tests.publishing.examples import as_written, nurse, site_of, versions_of

FILLING = tuple(f"Filler{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(40))


def entry(posting: str, title: str, *, country: str = "IE", organization: str = "", day: int = 1) -> Entry:
    return Entry(
        posting=posting,
        title=title,
        organization=organization,
        slug=f"p-{posting}",
        line=0,
        position=0,
        posted=date(2026, 1, 1) + timedelta(day),
        countries=(country,),
        translation="source",
        title_language=Locale("en"),
    )


def filled(*entries: Entry) -> list[Entry]:
    """Add postings that have nothing in common with these."""
    return [*entries, *(entry(f"filling-{number}", title) for number, title in enumerate(FILLING))]


def others(entries: list[Entry], subject: Subject) -> Related:
    neighbours = Neighbours(entries, [subject])
    *_, found = neighbours.related(neighbours.leads())
    return found


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [each.posting for each in entries]


def test_postings_are_similar_by_the_rare_words_of_their_titles_and_by_country() -> None:
    wanted = entry("1", "Community Nurse (m/f/d)")
    entries = filled(
        wanted,
        entry("2", "Senior nurse"),
        entry("3", "Senior nurse", country="FR"),
        entry("4", "Community nurse", country="FR"),
        entry("5", "Manager (m/f/d)"),
    )
    assert ids(others(entries, wanted).similar) == ["4", "2", "3"]


def test_common_word_among_many_others_makes_no_two_similar() -> None:
    wanted = entry("0", "Data engineer for solar power plants")
    entries = filled(wanted, *(entry(f"e-{title}", f"Engineer {title} and more, downtown") for title in FILLING))
    assert others(entries, wanted).similar == ()


def test_postings_of_the_employer_stand_by_themselves() -> None:
    wanted = entry("1", "Cook", organization="Acme")
    entries = filled(wanted, entry("2", "Cook", organization=" ACME"), entry("3", "Cook", organization="Other"))
    found = others(entries, wanted)
    assert (ids(found.similar), ids(found.of_employer), found.more) == (["3"], ["2"], False)
    assert others(entries, entry("9", "Pilot")).of_employer == ()


def test_employer_of_many_postings_shows_the_nearest_and_leads_to_all() -> None:
    entries = [entry(f"{number:02}", f"Job {number}", organization="Acme", day=number) for number in range(20)]
    found = others(entries, entries[10])
    assert ids(found.of_employer) == ["13", "12", "11", "09", "08"]
    assert (found.more, len(found.of_employer)) == (True, MOST)


def test_posting_that_is_no_longer_open_has_neighbours_too() -> None:
    gone = Gone(posting="0", slug="p-0", title="Nurse", countries=("IE",), posted=date(2026, 1, 2))
    found = others(filled(entry("1", "Nurse"), entry("2", "Nurse", country="FR")), gone)
    assert ids(found.similar) == ["1", "2"]


def test_new_posting_changes_the_neighbours_of_few() -> None:
    words = ("Night", "Day", "Senior", "Junior", "Lead")
    before = filled(
        *(
            entry(f"{number:03}", f"{words[number % 5]} nurse {number}", organization="Acme", day=number)
            for number in range(200)
        )
    )
    after = [*before, entry("new", "Night nurse", organization="Acme", day=100)]
    old, new = Neighbours(before), Neighbours(after)
    pages = zip(old.related(old.leads()), new.related(new.leads()), strict=False)
    changed = [page for page, later in pages if page != later]
    assert 0 < len(changed) < 60


def test_order_of_the_postings_changes_nothing() -> None:
    entries = filled(entry("1", "Nurse"), entry("2", "Nurse"), entry("3", "Nurse", country="FR"))
    there, back = Neighbours(entries), Neighbours(entries[::-1])
    assert there.leads() == back.leads()
    assert list(there.related(there.leads())) == list(back.related(back.leads()))[::-1]


WORDS = ("nurse", "night", "senior", "head", "ward", "cook", "chef", "clinic", "school", "seaside")
NO_LONGER_OPEN = Gone(posting="x", slug="p-x", title="Night nurse", countries=("IE",), posted=date(2026, 1, 2))


def any_entry(chance: Random, posting: int) -> Entry:
    title = " ".join(chance.sample(WORDS, chance.randint(1, 6)))
    country, organization = chance.choice(("IE", "FR")), chance.choice(("", "Acme", "ACME", "Other"))
    return entry(f"{posting:03}", title, country=country, organization=organization, day=chance.randint(1, 90))


@settings(max_examples=25)
@given(chance=st.randoms(use_true_random=False), count=st.integers(0, 300), edits=st.integers(0, 3))
def test_what_is_taken_over_of_an_earlier_run_is_what_would_be_found_anew(
    chance: Random, count: int, edits: int
) -> None:
    base = {posting: any_entry(chance, posting) for posting in range(count)}
    edited = dict(base)
    for _ in range(edits):
        edited[chance.randrange(count + 3)] = any_entry(chance, chance.randrange(count + 3))
        edited.pop(chance.randrange(count + 3), None)
    edited = {posting: replace(each, posting=f"{posting:03}") for posting, each in edited.items()}
    now = Neighbours(edited.values(), [NO_LONGER_OPEN] * chance.randint(0, 1))
    assert now.leads(Neighbours(base.values()).leads()) == now.leads()


def test_nothing_is_looked_for_where_nothing_has_changed() -> None:
    entries = filled(entry("1", "Nurse"), entry("2", "Nurse"))
    before = Neighbours(entries).leads()
    assert Neighbours(entries[::-1]).leads(before) is before


def test_new_posting_is_looked_for_around_itself_alone() -> None:
    """Marks what an earlier run found, so that what is taken over of it can be told."""
    entries = [entry(f"{number:03}", "Nurse", organization=f"Firm {number}", day=number) for number in range(600)]
    before = Neighbours(entries).leads()
    marked = Leads(before.postings, before.others, [Lead((), each.of_employer) for each in before.leads])
    now = Neighbours([*entries, entry("new", "Nurse", day=300)])
    found, anew = now.leads(marked), now.leads()
    assert 0 < sum(each.similar != () for each in found.leads) < 60 < sum(each.similar != () for each in anew.leads)


def test_title_in_chinese_or_japanese_is_compared_by_pairs_of_signs() -> None:
    assert words_of_title("看護師 の仕事 III") == {"看護", "護師", "の仕", "仕事", "iii"}


def test_page_leads_to_similar_postings_under_their_titles() -> None:
    postings = [
        replace(nurse(f"acme-{number}"), title=title) for number, title in enumerate(("Nurse", "Night nurse", "Cook"))
    ]
    files = site_of(versions_of((Locale("en"),), map(as_written, postings)))
    page = next(text for path, text in files.items() if path.startswith("en/postings/nurse"))
    root: Any = html.fromstring(page)
    (link,) = root.xpath("//div[@class='others']//li/a")
    assert (link.text, f"en/postings/{link.get('href')}" in files) == ("Night nurse", True)
