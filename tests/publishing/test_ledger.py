"""The record of publications: dates, slugs and withdrawals, a line only where something changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import LedgerError
from pipeline.model.outcome import ChangeKind
from pipeline.publishing.versions.ledger import (
    NO_DATE,
    SLUG,
    Publication,
    PublicationKey,
    allowed_withdrawals,
    change_kind,
    continue_ledger,
    count_undated,
    edition_date,
    find_refusal,
    latest,
    with_record,
    withdrawn_everywhere,
)
from pipeline.publishing.versions.ledger_file import read_ledger, revise_ledger
from pipeline.publishing.versions.localized import LocalizedPosting
from tests.publishing.examples import as_written, nurse

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 6)
NURSE = as_written(replace(nurse(), date_posted=MONDAY))
UNDATED = as_written(nurse("acme-2"))
FIRST = Publication(
    posting="acme-1", locale="en", digest=NURSE.digest, slug="nurse-8a7e99c9a0", published=MONDAY, updated=MONDAY
)
EDITED = replace(NURSE, title="Night nurse")


def append(path: Path, added: Iterable[Publication]) -> None:
    revise_ledger(path, lambda _: added, alone_in_folder=path.parent)


def lines(
    before: list[Publication], published: list[LocalizedPosting], edition: date | None = None, as_of: date | None = None
) -> list[Publication]:
    return continue_ledger(latest(before), published, edition=edition, as_of=as_of)


@pytest.mark.parametrize(
    ("localized", "edition", "as_of", "first"),
    [
        (NURSE, TUESDAY, None, MONDAY),
        (NURSE, FRIDAY, FRIDAY, FRIDAY),
        (UNDATED, TUESDAY, None, TUESDAY),
        (UNDATED, None, None, None),
    ],
    ids=["date_posted", "as_of", "latest known", "none known"],
)
def test_first_publication_is_dated(
    localized: LocalizedPosting, edition: date | None, as_of: date | None, first: date | None
) -> None:
    (line,) = lines([], [localized], edition, as_of)
    assert (line.published, line.updated, line.withdrawn) == (first, first, None)


def test_first_line_holds_everything() -> None:
    (line,) = lines([], [NURSE])
    assert line == replace(FIRST, slug=line.slug)
    assert line.slug.startswith("nurse-")


def test_latest_known_day_is_that_of_the_postings_and_the_record() -> None:
    record = latest([replace(FIRST, withdrawn=FRIDAY)])
    assert edition_date(record, [MONDAY, None], None) == FRIDAY
    assert edition_date({}, [MONDAY, None, TUESDAY], None) == TUESDAY
    assert edition_date(record, [FRIDAY], TUESDAY) == TUESDAY
    assert edition_date({}, [None], None) is None


def test_unchanged_text_makes_no_line_on_any_day() -> None:
    assert lines([FIRST], [NURSE], FRIDAY, FRIDAY) == []
    facts = replace(NURSE, posting=replace(NURSE.posting, organization="Acme", remote=True))
    assert lines([FIRST], [facts], FRIDAY, FRIDAY) == []


def test_changed_text_moves_only_the_day_of_the_update() -> None:
    assert lines([FIRST], [EDITED], TUESDAY) == [replace(FIRST, digest=EDITED.digest, updated=TUESDAY)]


def test_update_never_lies_before_the_one_before() -> None:
    before = replace(FIRST, updated=FRIDAY)
    assert lines([before], [EDITED], MONDAY) == [replace(before, digest=EDITED.digest)]


def test_vanished_posting_is_withdrawn_once() -> None:
    (gone,) = lines([FIRST], [], FRIDAY)
    assert gone == replace(FIRST, withdrawn=FRIDAY)
    assert lines([FIRST, gone], [], FRIDAY) == []
    assert lines([replace(FIRST, published=None, updated=None)], [])[0].withdrawn == NO_DATE


def test_posting_that_returns_keeps_its_slug_and_its_first_day() -> None:
    gone = replace(FIRST, withdrawn=TUESDAY)
    assert lines([FIRST, gone], [NURSE], FRIDAY) == [replace(FIRST, updated=FRIDAY)]
    assert lines([gone], [EDITED], MONDAY) == [replace(FIRST, digest=EDITED.digest, updated=TUESDAY)]


def test_one_posting_in_two_locales_has_two_lines() -> None:
    other = as_written(NURSE.posting, "en_IE")
    assert [line.key for line in lines([FIRST], [NURSE, other])] == [PublicationKey("acme-1", "en_IE")]


def test_record_gives_a_posting_its_slug_and_dates() -> None:
    dated = with_record(NURSE, latest([replace(FIRST, updated=FRIDAY)]))
    assert (dated.slug, dated.path) == (FIRST.slug, f"postings/{FIRST.slug}.html")
    assert (dated.published, dated.updated) == (MONDAY, FRIDAY)


@pytest.mark.parametrize(
    ("published", "percent", "allowed"), [(0, 20, 0), (1, 20, 1), (5, 20, 1), (6, 20, 2), (10, 0, 0), (7, 100, 7)]
)
def test_started_posting_counts_among_the_allowed_withdrawals(published: int, percent: float, allowed: int) -> None:
    assert allowed_withdrawals(published, percent) == allowed


days = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
publications = st.builds(
    Publication,
    posting=st.text(min_size=1),
    locale=st.sampled_from(["pt_BR", "zh_Hant_TW"]),
    digest=st.just("0123456789abcdef"),
    slug=st.from_regex(SLUG, fullmatch=True),
    published=days,
    updated=days,
    withdrawn=days,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(publications, max_size=4), st.lists(publications, max_size=4))
def test_reading_returns_what_was_appended(
    tmp_path_factory: pytest.TempPathFactory, first: list[Publication], second: list[Publication]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "publications.jsonl"
    append(path, first)
    append(path, second)
    assert read_ledger(path) == first + second


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, [])
    assert not path.exists()
    assert read_ledger(path) == []


def test_line_that_an_editor_left_open_is_closed_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, [FIRST])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append(path, [replace(FIRST, withdrawn=FRIDAY)])
    assert read_ledger(path) == [FIRST, replace(FIRST, withdrawn=FRIDAY)]


@pytest.mark.parametrize(
    "broken",
    [
        "<<<<<<< HEAD",
        '{"posting": "a"}',
        "",
        '{"posting": "a", "locale": "en"',
        '{"posting": "a", "locale": "en", "digest": "1", "slug": "../../../etc/cron"}',
        '{"posting": "a", "locale": "en", "digest": "1", "slug": "index.html\\u0000"}',
    ],
)
def test_line_that_is_not_ours_is_refused_with_its_number(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, [FIRST])
    path.write_bytes(path.read_bytes() + broken.encode() + b"\n")
    with pytest.raises(LedgerError, match=f"^{path}:2: ") as refused:
        read_ledger(path)
    assert (refused.value.path, refused.value.line) == (path, 2)


def test_record_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        LedgerError, match=f"^{tmp_path}: is a folder, not a regular file; restore the file from version control$"
    ):
        read_ledger(tmp_path)


def test_number_of_a_line_is_where_it_stands_and_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, lines([], [NURSE, UNDATED]))
    append(path, continue_ledger(latest(read_ledger(path)), [EDITED, UNDATED], edition=FRIDAY, as_of=None))
    assert b"number" not in path.read_bytes()
    assert [line.number for line in read_ledger(path)] == [0, 1, 2]
    moved = with_record(EDITED, latest(read_ledger(path)))
    assert moved.line == 2


def test_more_withdrawals_than_allowed_speak_against_a_release() -> None:
    before = [replace(FIRST, posting=f"acme-{number}") for number in range(10)]
    gone = [replace(line, withdrawn=FRIDAY) for line in before[:3]]
    refusal = find_refusal(latest(before), gone, 20)
    assert refusal is not None
    assert str(refusal).startswith("en: 3 of 10 published postings would vanish, 2 may;")
    assert find_refusal(latest(before), gone[:2], 20) is None


def test_new_line_adds_changes_or_withdraws_a_posting() -> None:
    gone = replace(FIRST, withdrawn=TUESDAY)
    kinds = [
        change_kind({}, FIRST),
        change_kind(latest([gone]), FIRST),
        change_kind(latest([FIRST]), replace(FIRST, digest=EDITED.digest)),
        change_kind(latest([FIRST]), gone),
    ]
    assert kinds == [ChangeKind.ADDED, ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.WITHDRAWN]


def test_posting_is_gone_since_the_last_locale_lost_it() -> None:
    german = replace(FIRST, locale="de")
    everywhere = [replace(FIRST, withdrawn=TUESDAY), replace(german, withdrawn=FRIDAY)]
    assert withdrawn_everywhere(latest(everywhere)) == {"acme-1": FRIDAY}
    assert withdrawn_everywhere(latest([german, everywhere[0]])) == {}


def test_changed_text_without_a_later_day_is_counted() -> None:
    undated, dated = replace(FIRST, digest="0"), replace(FIRST, digest="0", updated=FRIDAY)
    assert [count_undated(latest([FIRST]), [line]) for line in (undated, dated, FIRST)] == [1, 0, 0]
