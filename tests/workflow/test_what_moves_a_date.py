"""Feeds announce an item again when its employer changed something, and for no other reason; so does an upgrade."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.projects import built, read_json, write_tree

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.jsonl"]
locales = ["fr", "en"]

[translate]
engines = []

[publish]
policy = "source"
max_withdrawn = 100
"""
LEDGER = "locales/publications.jsonl"
ATOM = "{http://www.w3.org/2005/Atom}"
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
COOK: dict[str, Any] = {
    "id": "cook",
    "title": "Cuisinier",
    "language": "fr",
    "date_posted": "2026-10-01",
    "locations": [{"country": "FR", "city": "Lyon"}],
    "description": "Vous cuisinez pour quarante personnes.",
}
BAKER = {**COOK, "id": "baker", "title": "Boulanger"}
PAID = {**COOK, "salary": {"currency": "EUR", "min": 30000, "unit": "YEAR"}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG})
    publish(tmp_path, "2026-11-01", COOK, BAKER)
    return tmp_path


def publish(project: Path, day: str, *postings: dict[str, Any]) -> None:
    write_tree(project, {"postings/all.jsonl": "".join(json.dumps(each) + "\n" for each in postings)})
    built(project, "--as-of", day)


def ledger(project: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (project / LEDGER).read_text("utf-8").splitlines()]


def written_by_an_older_version(project: Path) -> None:
    """Leave out of the record what older versions did not write."""
    lines = [
        {name: value for name, value in line.items() if name not in {"countries", "facts", "text_modified", "known"}}
        for line in ledger(project)
    ]
    (project / LEDGER).write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")


def days(project: Path) -> dict[str, tuple[str, str, str]]:
    """Return when each item was published and changed, and its words: the same in every feed."""
    items = read_json(project / "public/fr/feed.json")["items"]
    found = {
        item["id"].removesuffix("/fr"): tuple(
            day[:10] for day in (item["date_published"], item["date_modified"], item["_polypost"]["text_modified"])
        )
        for item in items
    }
    for entry in etree.parse(project / "public/fr/atom.xml").iter(f"{ATOM}entry"):
        name = entry.findtext(f"{ATOM}id", "").removeprefix("urn:polypost:").removesuffix("/fr")
        assert entry.findtext(f"{ATOM}updated", "")[:10] == found[name][1]
    return found


def graves(project: Path, path: str) -> list[tuple[str, str]]:
    root = etree.parse(project / "public/fr" / path).getroot()
    return [(str(each.get("ref")), str(each.get("when"))[:10]) for each in root.iter(DELETED)]


@pytest.mark.parametrize(
    "fact",
    [
        {"salary": {"currency": "EUR", "min": 30000, "unit": "YEAR"}},
        {"valid_through": "2027-01-31"},
        {"remote": True},
        {"remote": True, "applicant_countries": ["BE"]},
        {"locations": [{"country": "FR", "city": "Metz"}]},
        {"employment_type": ["PART_TIME"]},
        {"organization": "Acme"},
        {"url": "https://acme.example/jobs/1"},
    ],
    ids=" ".join,
)
def test_fact_moves_the_day_of_the_update(project: Path, fact: dict[str, Any]) -> None:
    publish(project, "2026-11-02", {**COOK, **fact}, BAKER)
    assert days(project) == {
        "cook": ("2026-11-01", "2026-11-02", "2026-11-01"),
        "baker": ("2026-11-01", "2026-11-01", "2026-11-01"),
    }


def test_word_of_the_source_moves_both_days_and_another_day_of_posting_none(project: Path) -> None:
    publish(project, "2026-11-02", {**COOK, "date_posted": "2026-11-02"}, {**BAKER, "description": "Vous cuisez."})
    assert days(project) == {
        "cook": ("2026-11-01", "2026-11-01", "2026-11-01"),
        "baker": ("2026-11-01", "2026-11-02", "2026-11-02"),
    }
    assert len(ledger(project)) == 3


def test_upgrade_appends_nothing_and_moves_no_day_and_later_changes_are_seen(project: Path) -> None:
    written_by_an_older_version(project)
    before = (project / LEDGER).read_bytes()
    publish(project, "2026-11-02", COOK, BAKER)
    assert (project / LEDGER).read_bytes() == before
    assert {dates[1] for dates in days(project).values()} == {"2026-11-01"}
    # The first line for another reason tells of the others.
    publish(project, "2026-11-03", COOK, {**BAKER, "title": "Boulangère"})
    assert (project / LEDGER).read_bytes().startswith(before)
    (line,) = ledger(project)[2:]
    assert (line["posting"], list(line["known"])) == ("baker", ["cook"])
    publish(project, "2026-11-04", PAID, {**BAKER, "title": "Boulangère"})
    assert days(project) == {
        "cook": ("2026-11-01", "2026-11-04", "2026-11-01"),
        "baker": ("2026-11-01", "2026-11-03", "2026-11-03"),
    }
    length = len(ledger(project))
    publish(project, "2026-11-05", PAID, {**BAKER, "title": "Boulangère"})
    assert len(ledger(project)) == length


def test_country_is_told_of_what_left_it_and_nothing_of_what_nobody_knows(project: Path) -> None:
    publish(project, "2026-11-02", {**COOK, "locations": [{"country": "BE"}]}, BAKER)
    assert graves(project, "countries/FR/atom.xml") == [("urn:polypost:cook/fr", "2026-11-02")]
    assert (graves(project, "countries/BE/atom.xml"), graves(project, "atom.xml")) == ([], [])
    publish(project, "2026-11-03", BAKER)
    assert graves(project, "atom.xml") == [("urn:polypost:cook/fr", "2026-11-03")]
    assert graves(project, "countries/FR/atom.xml") == [("urn:polypost:cook/fr", "2026-11-02")]
    publish(project, "2026-11-04", COOK, BAKER)
    assert (graves(project, "countries/FR/atom.xml"), graves(project, "atom.xml")) == ([], [])
    written_by_an_older_version(project)
    publish(project, "2026-11-05", BAKER)
    assert (graves(project, "countries/FR/atom.xml"), graves(project, "atom.xml")) == (
        [],
        [("urn:polypost:cook/fr", "2026-11-05")],
    )


def test_release_from_nothing_has_the_same_days(project: Path) -> None:
    publish(project, "2026-11-02", PAID, BAKER)
    kept = (project / "public/fr/atom.xml").read_bytes()
    for name in ("build", "public"):
        (project / name).rename(project / f"old-{name}")
    built(project, "--as-of", "2026-11-02")
    assert (project / "public/fr/atom.xml").read_bytes() == kept
