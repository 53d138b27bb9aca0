"""Ids never become paths: the names of pages are safe on every file system, unique, stable and readable."""

import random
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pipeline.publishing.versions.ledger import (
    NO_DATE,
    SLUG,
    Publication,
    PublicationKey,
    continue_ledger,
    latest,
    make_slug,
)
from pipeline.publishing.versions.localized import LocalizedPosting
from tests.publishing.examples import as_written, nurse

# The shortest limit among file systems in use (encrypted home folders): in characters, with the ending.
SHORTEST_LIMIT = 143
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)  # on Windows, with any ending
HOSTILE_IDS = (
    "../../x",
    "..",
    ".",
    "/etc/passwd",
    "C:\\windows",
    "con",
    "CON",
    "nul.html",
    "a/b",
    "a\\b",
    "a b",
    "a" * 300,
    "ä" * 300,
    "\x00",
    "a\x00b",
    "👩🏽‍⚕️",
    "é",
    "e\u0301",
    "STRASSE",
    "straße",
    "strasse",
    "ſ",
    "s",
    "\u212b",
    "Å",
    "Å".lower(),
    "-rf",
    "~",
    "%2e%2e%2f",
    "index.html",
    "?a=b#c",
    "\u202egnp.exe",
    "a\n",
    "a\t",
    "a",
    "A",
)
IDS = st.sampled_from(HOSTILE_IDS) | st.text(min_size=1)
TITLES = IDS | st.sampled_from(["Nurse", "Ingénieur·e", "求人", "con", "Ærø Łódź", "x" * 300])


def postings(ids: Iterable[str], title: str = "Nurse") -> list[LocalizedPosting]:
    return [as_written(replace(nurse(posting_id), title=title)) for posting_id in ids]


def recorded(published: Iterable[LocalizedPosting], before: Iterable[Publication] = ()) -> list[Publication]:
    kept = list(before)
    return kept + continue_ledger(latest(kept), published, edition=None, as_of=None)


def slugs(lines: Iterable[Publication]) -> dict[str, str]:
    return {line.posting: line.slug for line in latest(lines).values()}


@given(TITLES, IDS)
def test_slug_is_a_safe_name_on_every_file_system(title: str, posting_id: str) -> None:
    slug = make_slug(title, posting_id)
    name = f"{slug}.html"
    assert SLUG.fullmatch(slug)
    assert len(name) <= SHORTEST_LIMIT
    assert not RESERVED.match(slug)
    assert (PurePosixPath(name).parts, PureWindowsPath(name).parts) == ((name,), (name,))
    assert {unicodedata.normalize(form, name).casefold() for form in ("NFC", "NFD", "NFKC", "NFKD")} == {name}


@given(st.lists(IDS, unique=True, max_size=30), st.sampled_from(["Nurse", "", "求人"]))
def test_postings_of_one_title_have_a_slug_each(ids: list[str], title: str) -> None:
    found = slugs(recorded(postings(ids, title)))
    assert len(set(found.values())) == len(found) == len(ids)


@given(st.lists(st.sampled_from(HOSTILE_IDS), unique=True, min_size=1), st.randoms(use_true_random=False))
def test_slug_stays_when_other_postings_come_and_go_and_when_the_title_changes(
    ids: list[str], order: random.Random
) -> None:
    lines = recorded(postings(ids))
    first = slugs(lines)
    for title in ("Night nurse", "Nurse", "看護師"):
        present = order.sample(HOSTILE_IDS, order.randint(0, len(HOSTILE_IDS)))
        lines = recorded(postings(present, title), lines)
        found = slugs(lines)
        assert {posting_id: found[posting_id] for posting_id in ids} == first
        assert len(set(found.values())) == len(found)


def test_slug_that_another_posting_has_or_had_gets_a_number() -> None:
    slug = make_slug("Nurse", "acme-1")
    (other,) = recorded(postings(["other"]))
    for line in (structs.replace(other, slug=slug), structs.replace(other, slug=slug, withdrawn=NO_DATE)):
        lines = recorded(postings(["acme-1", "other"]), [line])
        assert slugs(lines) == {"other": slug, "acme-1": f"{slug}-2"}
        assert recorded(postings(["other", "acme-1"]), lines) == lines
    assert make_slug("Nurse", "acme-1", {slug, f"{slug}-2"}) == f"{slug}-3"


def test_one_slug_in_two_locales_is_no_clash() -> None:
    both = [as_written(nurse(), locale) for locale in ("en", "en_IE")]
    lines = latest(recorded(both))
    assert lines[PublicationKey("acme-1", "en")].slug == lines[PublicationKey("acme-1", "en_IE")].slug


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ingénieur·e données", "ingenieur-e-donnees"),
        ("Ærø & Łódź: Straßenbau", "aero-lodz-strassenbau"),
        ("İstanbul'da ışıkçı", "istanbul-da-isikci"),
        ("C++ / C# developer (m/f/d)", "c-c-developer-m-f-d"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ｄａｔａ ①", "data-1"),
        ("求人", "qiuren"),
        ("Медсестра — ночь", "medsestra-noch"),
        ("فني صيانة", "fny-synh"),
        ("간호사 (야간)", "ganhosa-yagan"),
        ("١٢ नर्स 🚀", "12-nrs"),
        ("🚀 !", "posting"),
        ("long " * 40, ("long-" * 12).rstrip("-")),
    ],
)
def test_slug_says_the_title_in_latin_letters(title: str, words: str) -> None:
    assert make_slug(title, "x") == f"{words}-{make_slug('', 'x').removeprefix('posting-')}"


@pytest.mark.parametrize("slug", ["../../x", "a/b", "", "A", "a b", "a.b", "-", "a-", "a\n", "ä"])
def test_record_with_a_slug_that_leads_elsewhere_is_refused(slug: str) -> None:
    (line,) = recorded(postings(["acme-1"]))
    with pytest.raises(ValueError, match="is not a slug"):
        structs.replace(line, slug=slug)
