"""A bilingual posting is published in both languages as people wrote it, and translated from its first half only."""

import json
from pathlib import Path

from tests.intake.test_bilingual import ENGLISH, FRENCH
from tests.projects import CONFIG, built, polypost, read_json, write_tree

TITLE = "Boulangère de nuit (h/f) / Baker working at night"
POSTING = f"Title: {TITLE}\nId: rye-1\nLocation: Lyon, FR\n\n{FRENCH}\n{ENGLISH}"


def project(folder: Path) -> Path:
    return write_tree(folder, {"polypost.toml": CONFIG, "postings/bread.txt": POSTING})


def test_both_language_versions_list_it_as_written_and_no_half_is_translated_into_the_other(tmp_path: Path) -> None:
    built(project(tmp_path))
    items = [item for feed in sorted(tmp_path.glob("public/*/feed.json")) for item in read_json(feed)["items"]]
    assert [(item["id"], item["title"], item["language"], item["_polypost"]["translation"]) for item in items] == [
        ("rye-1/en", "Baker working at night", "en", "source"),
        ("rye-1/fr", "Boulangère de nuit (h/f)", "fr", "source"),
    ]
    assert [item["_polypost"]["source_language"] for item in items] == ["en", "fr"]
    assert ["Knead" in item["content_html"] for item in items] == [True, False]
    catalogs = {
        path.relative_to(tmp_path / "locales").as_posix() for path in tmp_path.glob("locales/*/*/postings.*.po")
    }
    assert catalogs == {"pt_BR/LC_MESSAGES/postings.fr.po"}


def test_detect_names_the_reason_and_the_language_of_every_section(tmp_path: Path) -> None:
    (found,) = map(json.loads, polypost(project(tmp_path), "detect", "--json").stdout.splitlines())
    assert (found["language"], found["reason"]) == ("fr", "bilingual")
    assert [(section["kind"], section["language"]) for section in found["sections"]] == [
        (kind, language) for language in ("fr", "en") for kind in ("description", "responsibilities", "requirements")
    ]
