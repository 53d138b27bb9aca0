"""To which other postings a page leads: similar ones, and more of the same employer."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from babel import Locale
from lxml import html

from pipeline.publishing.pages.similar import MOST, Neighbours, Related, Subject, words_of_title
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
    neighbours = Neighbours(entries)
    (found,) = neighbours.related(neighbours.leads([subject]))
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
    pages = zip(old.related(old.leads(before)), new.related(new.leads(before)), strict=True)
    changed = [page for page, later in pages if page != later]
    assert 0 < len(changed) < 60


def test_order_of_the_postings_changes_nothing() -> None:
    entries = filled(entry("1", "Nurse"), entry("2", "Nurse"), entry("3", "Nurse", country="FR"))
    there, back = Neighbours(entries), Neighbours(entries[::-1])
    found = [list(neighbours.related(neighbours.leads(entries))) for neighbours in (there, back)]
    assert found[0] == found[1]
    assert there.digest(entries) == back.digest(entries) != there.digest(entries[1:])


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
