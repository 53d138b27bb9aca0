"""The record of publications: dates, slugs and withdrawals, a line only where something changed."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pipeline.errors import LedgerError
from pipeline.model.outcome import ChangeKind, Decision, Reason
from pipeline.model.posting import Location, Salary, SectionKind, WrittenVersion
from pipeline.publishing.versions.ledger import (
    NO_DATE,
    SLUG,
    Departure,
    Known,
    Publication,
    PublicationKey,
    allowed_withdrawals,
    change_kind,
    continue_ledger,
    count_undated,
    departures,
    edition_date,
    find_refusal,
    follow,
    latest,
    with_record,
    withdrawn_everywhere,
)
from pipeline.publishing.versions.ledger_file import read_ledger, revise_ledger
from pipeline.publishing.versions.localized import LocalizedPosting, localize
from tests.publishing.examples import WORDS, as_written, nurse, reviewed, segmented

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 6)
NURSE = as_written(replace(nurse(), date_posted=MONDAY))
UNDATED = as_written(nurse("acme-2"))
FIRST = Publication(
    posting="acme-1",
    locale="en",
    digest=NURSE.digest,
    slug="nurse-8a7e99c9a0",
    published=MONDAY,
    updated=MONDAY,
    countries=("IE",),
    facts=NURSE.facts,
    text_modified=MONDAY,
)
EDITED = as_written(replace(NURSE.posting, title="Night nurse"))
# As a version of the program wrote it that knew of no facts.
OLD = structs.replace(FIRST, countries=None, facts="", text_modified=None)


def append(path: Path, added: Iterable[Publication]) -> None:
    revise_ledger(path, lambda _: added, alone_in_folder=path.parent)


def lines(
    before: list[Publication], published: list[LocalizedPosting], edition: date | None = None, as_of: date | None = None
) -> list[Publication]:
    """Return the lines that a record goes on by, without their numbers."""
    added = continue_ledger(latest(before), published, edition=edition, as_of=as_of)
    return [structs.replace(line, number=0) for line in added]


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
    assert line == structs.replace(FIRST, slug=line.slug)
    assert line.slug.startswith("nurse-")


def test_latest_known_day_is_that_of_the_postings_and_the_record() -> None:
    record = latest([structs.replace(FIRST, withdrawn=FRIDAY)])
    assert edition_date(record, [MONDAY, None], None) == FRIDAY
    assert edition_date({}, [MONDAY, None, TUESDAY], None) == TUESDAY
    assert edition_date(record, [FRIDAY], TUESDAY) == TUESDAY
    assert edition_date({}, [None], None) is None


def with_facts(**facts: Any) -> LocalizedPosting:
    return as_written(replace(NURSE.posting, **facts))


def in_german(title: str, *, source: str = "Nurse") -> LocalizedPosting:
    posting = replace(NURSE.posting, title=source)
    units = reviewed(posting, {source: title, "Patience": "Geduld"})
    decision = Decision(
        segmented=segmented(posting), locale=Locale("de"), reason=Reason.MACHINE, units=tuple(units.values())
    )
    return localize(decision, WORDS)


def test_unchanged_posting_makes_no_line_on_any_day() -> None:
    assert lines([FIRST], [NURSE], FRIDAY, FRIDAY) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"organization": "Acme"},
        {"url": "https://acme.example/jobs/1"},
        {"remote": True},
        {"applicant_countries": ("BE",)},
        {"areas": ("EU",)},
        {"employment_type": ("FULL_TIME",)},
        {"salary": Salary(currency="EUR", minimum=40000)},
        {"valid_through": FRIDAY},
        {"locations": (Location(country="IE", city="Cork"),)},
        {"locations": (Location(country="IE", region="Munster"),)},
    ],
    ids=str,
)
def test_changed_fact_moves_the_day_of_the_update_and_not_that_of_the_text(facts: dict[str, object]) -> None:
    changed = with_facts(**facts)
    assert lines([FIRST], [changed], FRIDAY) == [
        structs.replace(FIRST, facts=changed.facts, countries=changed.posting.countries, updated=FRIDAY)
    ]


@pytest.mark.parametrize(
    "kept",
    [
        {"date_posted": TUESDAY},
        {"locales": (Locale("en"),)},
        {"group": "g", "file": "a.jsonl", "position": 7, "title_guessed": True},
        {"sections": tuple(replace(part, kind=SectionKind.OTHER) for part in NURSE.posting.sections)},
    ],
    ids=["day posted", "where it goes", "where it was read", "kind of a section"],
)
def test_what_is_no_fact_is_none_of_the_digest(kept: dict[str, object]) -> None:
    assert with_facts(**kept).facts == NURSE.facts


def test_order_of_places_and_the_form_of_a_number_say_nothing() -> None:
    places = (Location(country="IE"), Location(country="FR"))
    pay = Salary(currency="EUR", minimum=40000)
    one = with_facts(locations=places, salary=pay)
    assert with_facts(locations=places[::-1], salary=replace(pay, minimum=40000.0)).facts == one.facts


def test_better_translation_moves_the_day_of_the_text_alone() -> None:
    (first,) = lines([], [in_german("Schwester")])
    better = in_german("Pflegekraft")
    assert lines([first], [better], FRIDAY) == [structs.replace(first, digest=better.digest, text_modified=FRIDAY)]


def test_edited_source_of_a_translation_moves_both_days() -> None:
    (first,) = lines([], [in_german("Schwester")])
    edited = in_german("Nachtschwester", source="Night nurse")
    assert lines([first], [edited], FRIDAY) == [
        structs.replace(first, digest=edited.digest, facts=edited.facts, updated=FRIDAY, text_modified=FRIDAY)
    ]


def test_edited_source_that_is_translated_the_same_moves_the_day_of_the_update() -> None:
    (first,) = lines([], [in_german("Schwester")])
    edited = in_german("Schwester", source="Nurse.")
    assert lines([first], [edited], FRIDAY) == [structs.replace(first, facts=edited.facts, updated=FRIDAY)]


def test_version_that_people_wrote_follows_its_own_text() -> None:
    german = WrittenVersion(language=Locale("de"), title="Pflegekraft", sections=NURSE.posting.sections, separate=True)
    before = as_written(replace(NURSE.posting, versions=(german,)), "de")
    assert as_written(replace(before.posting, title="Night nurse"), "de").facts == before.facts
    edited = replace(german, title="Nachtpflegekraft")
    assert as_written(replace(before.posting, versions=(edited,)), "de").facts != before.facts


def test_changed_text_moves_the_days_of_the_update_and_of_the_text() -> None:
    assert lines([FIRST], [EDITED], TUESDAY) == [
        structs.replace(FIRST, digest=EDITED.digest, facts=EDITED.facts, updated=TUESDAY, text_modified=TUESDAY)
    ]


def test_upgrade_appends_nothing_and_announces_nothing() -> None:
    assert lines([OLD], [NURSE], FRIDAY) == []
    assert lines([OLD], [with_facts(organization="Acme")], FRIDAY) == []  # unknown is not different
    dated = with_record(NURSE, latest([OLD]))
    assert (dated.updated, dated.text_modified) == (MONDAY, MONDAY)


def test_next_line_of_a_locale_knows_the_facts_of_older_lines() -> None:
    (added,) = lines([OLD], [UNDATED, NURSE], FRIDAY)
    assert added.posting == "acme-2"
    assert added.known == {"acme-1": Known(facts=NURSE.facts, countries=("IE",))}
    assert latest([OLD, added])[OLD.key] == FIRST
    changed = with_facts(salary=Salary(currency="EUR", minimum=1))
    (line,) = lines([OLD, added], [changed, UNDATED], date(2026, 11, 9))
    assert line == structs.replace(FIRST, facts=changed.facts, updated=date(2026, 11, 9))
    assert lines([OLD, added, line], [changed, UNDATED], FRIDAY) == []


def test_each_locale_knows_its_own() -> None:
    irish = structs.replace(OLD, locale="en_IE", posting="acme-3")
    other = as_written(nurse("acme-3"), "en_IE")
    (added,) = lines([OLD, irish], [UNDATED, NURSE, other], FRIDAY)
    assert list(added.known) == ["acme-1"]


def test_known_facts_do_not_outlive_a_newer_line() -> None:
    known = {"acme-1": Known(facts="0" * 8), "gone": Known(facts="1" * 8)}
    knowing = structs.replace(FIRST, posting="acme-2", known=known)
    assert latest([FIRST, knowing])[FIRST.key] == FIRST


def test_edited_text_of_an_older_line_moves_the_day_of_the_update() -> None:
    (line,) = lines([OLD], [EDITED], FRIDAY)
    moved = {"updated": FRIDAY, "text_modified": FRIDAY}
    assert line == structs.replace(FIRST, digest=EDITED.digest, facts=EDITED.facts, **moved)


def test_days_that_nobody_knows_stay_unknown() -> None:
    (first,) = lines([], [UNDATED])
    changed = as_written(replace(UNDATED.posting, organization="Acme"))
    (line,) = lines([first], [changed], FRIDAY)
    assert (line.updated, line.text_modified, with_record(changed, latest([line])).text_modified) == (
        FRIDAY,
        None,
        None,
    )


def departed(*record: Publication, new: Iterable[Publication] = ()) -> list[Departure]:
    return departures(follow(record), new).get("en", [])


def test_withdrawn_posting_leaves_its_version_and_its_countries() -> None:
    gone = structs.replace(FIRST, withdrawn=FRIDAY)
    assert departed(FIRST, gone) == departed(FIRST, new=[gone])
    assert departed(FIRST, gone) == [Departure("acme-1", FRIDAY, ""), Departure("acme-1", FRIDAY, "IE")]
    assert departed(FIRST, gone, structs.replace(FIRST, updated=FRIDAY)) == []


def test_posting_that_moves_leaves_one_country_alone() -> None:
    moved = structs.replace(FIRST, countries=("FR",), updated=TUESDAY)
    assert departed(FIRST, moved) == [Departure("acme-1", TUESDAY, "IE")]
    gone = structs.replace(moved, withdrawn=FRIDAY)
    assert departed(FIRST, moved, gone) == [
        Departure("acme-1", TUESDAY, "IE"),
        Departure("acme-1", FRIDAY, ""),
        Departure("acme-1", FRIDAY, "FR"),
    ]
    assert departed(FIRST, moved, gone, structs.replace(moved, updated=FRIDAY)) == [Departure("acme-1", TUESDAY, "IE")]
    assert departed(FIRST, moved, FIRST) == [Departure("acme-1", MONDAY, "FR")]


def test_posting_of_unknown_countries_leaves_none() -> None:
    gone = structs.replace(OLD, withdrawn=FRIDAY)
    assert departed(OLD, gone) == [Departure("acme-1", FRIDAY)]
    assert departed(OLD, structs.replace(FIRST, countries=("FR",))) == []
    assert departed(FIRST, structs.replace(OLD, updated=FRIDAY), new=[]) == []


def test_countries_that_a_later_line_knows_are_left() -> None:
    knowing = structs.replace(FIRST, posting="acme-2", known={"acme-1": Known(facts=FIRST.facts, countries=("IE",))})
    gone = structs.replace(OLD, withdrawn=FRIDAY)
    assert departed(OLD, knowing, gone) == [Departure("acme-1", FRIDAY), Departure("acme-1", FRIDAY, "IE")]


def test_update_never_lies_before_the_one_before() -> None:
    before = structs.replace(FIRST, updated=FRIDAY)
    assert lines([before], [EDITED], MONDAY) == [
        structs.replace(before, digest=EDITED.digest, facts=EDITED.facts, text_modified=FRIDAY)
    ]


def test_vanished_posting_is_withdrawn_once() -> None:
    (gone,) = lines([FIRST], [], FRIDAY)
    assert gone == structs.replace(FIRST, withdrawn=FRIDAY)
    assert lines([FIRST, gone], [], FRIDAY) == []
    assert lines([structs.replace(FIRST, published=None, updated=None)], [])[0].withdrawn == NO_DATE


def test_posting_that_returns_keeps_its_slug_and_its_first_day() -> None:
    gone = structs.replace(FIRST, withdrawn=TUESDAY)
    assert lines([FIRST, gone], [NURSE], FRIDAY) == [structs.replace(FIRST, updated=FRIDAY)]
    assert lines([gone], [EDITED], MONDAY) == [
        structs.replace(FIRST, digest=EDITED.digest, facts=EDITED.facts, updated=TUESDAY, text_modified=TUESDAY)
    ]


def test_one_posting_in_two_locales_has_two_lines() -> None:
    other = as_written(NURSE.posting, "en_IE")
    assert [line.key for line in lines([FIRST], [NURSE, other])] == [PublicationKey("acme-1", "en_IE")]


def test_record_gives_a_posting_its_slug_and_dates() -> None:
    dated = with_record(NURSE, latest([structs.replace(FIRST, updated=FRIDAY)]))
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
    countries=st.none() | st.just(("FR", "IE")) | st.just(()),
    facts=st.sampled_from(["", "01234567"]),
    text_modified=days,
    known=st.dictionaries(st.text(min_size=1), st.just(Known(facts="89abcdef", countries=("FR",))), max_size=2),
)


@given(st.lists(publications, max_size=4), st.lists(publications, max_size=4))
def test_reading_returns_what_was_appended(
    tmp_path_factory: pytest.TempPathFactory, first: list[Publication], second: list[Publication]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "publications.jsonl"
    append(path, first)
    append(path, second)
    assert read_ledger(path) == [structs.replace(line, number=number) for number, line in enumerate(first + second)]


def test_line_of_an_older_version_is_written_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, [OLD, FIRST])
    old, new = map(json.loads, path.read_text("utf-8").splitlines())
    assert list(old) == ["posting", "locale", "digest", "slug", "published", "updated", "withdrawn"]
    assert list(new) == [*old, "countries", "facts", "text_modified"]


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, [])
    assert not path.exists()
    assert read_ledger(path) == []


def test_line_that_an_editor_left_open_is_closed_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "publications.jsonl"
    append(path, [FIRST])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append(path, [structs.replace(FIRST, withdrawn=FRIDAY)])
    assert read_ledger(path) == [FIRST, structs.replace(FIRST, withdrawn=FRIDAY, number=1)]


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
    before = [structs.replace(FIRST, posting=f"acme-{number}") for number in range(10)]
    gone = [structs.replace(line, withdrawn=FRIDAY) for line in before[:3]]
    refusal = find_refusal(latest(before), gone, 20)
    assert refusal is not None
    assert str(refusal).startswith("en: 3 of 10 published postings would vanish, 2 may;")
    assert find_refusal(latest(before), gone[:2], 20) is None


def test_new_line_adds_changes_or_withdraws_a_posting() -> None:
    gone = structs.replace(FIRST, withdrawn=TUESDAY)
    kinds = [
        change_kind({}, FIRST),
        change_kind(latest([gone]), FIRST),
        change_kind(latest([FIRST]), structs.replace(FIRST, digest=EDITED.digest)),
        change_kind(latest([FIRST]), gone),
    ]
    assert kinds == [ChangeKind.ADDED, ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.WITHDRAWN]


def test_posting_is_gone_since_the_last_locale_lost_it() -> None:
    german = structs.replace(FIRST, locale="de")
    everywhere = [structs.replace(FIRST, withdrawn=TUESDAY), structs.replace(german, withdrawn=FRIDAY)]
    assert withdrawn_everywhere(latest(everywhere)) == {"acme-1": FRIDAY}
    assert withdrawn_everywhere(latest([german, everywhere[0]])) == {}


def test_change_without_a_later_day_is_counted() -> None:
    undated, dated, better = (
        structs.replace(FIRST, digest="0"),
        structs.replace(FIRST, updated=FRIDAY),
        structs.replace(FIRST, text_modified=FRIDAY),
    )
    gone = structs.replace(FIRST, withdrawn=FRIDAY)
    assert [count_undated(latest([FIRST]), [line]) for line in (undated, dated, better, gone)] == [1, 0, 0, 0]
    assert count_undated(latest([gone]), [FIRST]) == 0
