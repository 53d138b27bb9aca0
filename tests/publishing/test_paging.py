"""Pages follow the record: each posting stands on one, and a change moves only what it touches."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.locale import parse_locale
from pipeline.publishing.versions.ledger import Publication, continue_ledger, latest, with_record
from pipeline.publishing.versions.localized import LocalizedPosting
from pipeline.publishing.versions.paging import Page, cut_pages
from pipeline.publishing.versions.version import Version
from tests.publishing.examples import as_written, nurse, site_of, version_of

EN = parse_locale("en")
# They name every other file, or say when any of them changed.
OF_THE_WHOLE = {"sitemap.xml", "sitemap-languages.xml", "en/sitemap-lists.xml", "en/list.json"}
LINES = st.sets(st.integers(min_value=0, max_value=3000), max_size=120)


def version_of_lines(lines: set[int]) -> Version:
    postings = [replace(as_written(nurse(f"n{line}")), slug=f"n{line}", line=line) for line in sorted(lines)]
    return version_of(EN, postings)


def pages_of(lines: set[int], size: int) -> list[Page]:
    return list(cut_pages(version_of_lines(lines).postings, size))


def on(page: Page) -> set[int]:
    return {entry.line for entry in page.postings.entries}


@given(LINES, st.integers(min_value=1, max_value=20))
def test_every_posting_stands_on_one_page_and_later_news_on_earlier_pages(lines: set[int], size: int) -> None:
    pages = pages_of(lines, size)
    told = [line for page in pages for line in sorted(on(page), reverse=True)]
    assert told == sorted(lines, reverse=True)
    assert all(len(page.postings) <= size for page in pages)
    assert len({page.name("feed.json") for page in pages}) == len(pages)
    assert pages[0].name("feed.json") == "feed.json"


@given(LINES, st.integers(min_value=2, max_value=20))
def test_first_page_is_never_nearly_empty_where_there_is_more(lines: set[int], size: int) -> None:
    first, *others = pages_of(lines, size)
    assert not others or len(first.postings) > size - max(1, size // 2)


@given(st.sets(st.integers(min_value=0, max_value=3000), min_size=2, max_size=120), st.data())
def test_posting_that_moves_to_the_end_changes_few_pages(lines: set[int], data: st.DataObject) -> None:
    moved = data.draw(st.sampled_from(sorted(lines)))
    size = 8
    before = {page.name("f.x"): on(page) for page in pages_of(lines, size)}
    after = {page.name("f.x"): on(page) for page in pages_of({*lines, 3001} - {moved}, size)}
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    # The page that it left and one that it may join; the first page, and two that the first one may leave behind.
    assert len(touched) <= 2 + 3


def recorded(postings: list[LocalizedPosting], lines: list[Publication]) -> tuple[Version, list[Publication]]:
    lines = [*lines, *continue_ledger(latest(lines), postings, edition=date(2026, 11, 20), as_of=None)]
    dated = [with_record(item, latest(lines)) for item in postings]
    return version_of(EN, dated), lines


def test_after_one_changed_posting_only_files_that_contain_it_change() -> None:
    postings = [
        as_written(replace(nurse(f"n{number:03}", countries=("FR", "BE")[number % 2 :]), date_posted=date(2026, 11, 1)))
        for number in range(150)
    ]
    before, lines = recorded(postings, [])
    edited = [replace(item, title="Nurse again") if item.posting.id == "n031" else item for item in postings]
    after, _ = recorded(edited, lines)
    old, new = (site_of([version], page_size=20, list_size=20) for version in (before, after))
    assert all(sum(path.startswith(f"en/{name}") for path in old) > 5 for name in ("feed", "index"))
    changed = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)} - OF_THE_WHOLE
    assert "en/feed.json" in changed
    slug = next(entry.slug for entry in after.postings.entries if entry.posting == "n031")
    digest = slug.rpartition("-")[2]  # parts of the list leave the words of a title away
    for path in changed:
        text = f"{path}{old.get(path, b'').decode()}{new.get(path, b'').decode()}"
        assert "n031" in text or digest in text, path


def test_page_without_another_names_none() -> None:
    (page,) = pages_of({1, 2}, 4)
    first, second = pages_of({1, 2, 3}, 2)
    assert [page.relations(), first.relations()] == [{}, {"first": 0, "next": 1}]
    assert second.relations() == {"first": 0, "previous": 0}
