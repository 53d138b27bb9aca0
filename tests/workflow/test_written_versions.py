"""A job that people wrote in several languages is one posting, published in each as written."""

import json
from pathlib import Path

from tests.projects import CONFIG, built, polypost, read_json, write_tree

ENGLISH = {
    "language": "en",
    "title": "Glass cutter",
    "url": "https://rye.example/en/7",
    "sections": [
        {
            "kind": "description",
            "paragraphs": ["We cut panes for greenhouses in the whole region. You learn it from us in 6 weeks."],
        },
        {"kind": "offer", "items": ["Free parking at the workshop", "30 days of holiday"]},
    ],
}
FRENCH = {
    "language": "fr",
    "title": "Coupeur de verre (h/f)",
    "url": "https://rye.example/fr/7",
    "sections": [
        {
            "kind": "description",
            "paragraphs": ["Nous coupons des vitres pour les serres de la région. Vous l'apprenez en 6 semaines."],
        },
        {"kind": "offer", "items": ["Parking gratuit à l'atelier", "30 jours de congés"]},
    ],
}
OTHER = {
    "id": "rye-8",
    "title": "Glazier",
    "language": "en",
    "description": "We repair windows in old houses and need somebody who likes heights and putty.",
    "sections": [{"kind": "offer", "items": ["Free parking at the workshop"]}],
}


def project(folder: Path, *records: object) -> Path:
    lines = "\n".join(map(json.dumps, records))
    return write_tree(folder, {"polypost.toml": CONFIG, "postings/jobs.jsonl": lines})


def items(folder: Path) -> list[tuple[str, str, str, str, str]]:
    found = [item for feed in sorted(folder.glob("public/*/feed.json")) for item in read_json(feed)["items"]]
    return [
        (item["id"], item["title"], item["external_url"], item["_polypost"]["translation"], item["language"])
        for item in found
        if item["id"] in {"rye-7/en", "rye-7/fr"}
    ]


def test_each_version_is_published_as_written_with_its_own_address(tmp_path: Path) -> None:
    built(project(tmp_path, {"id": "rye-7", **ENGLISH, "versions": [FRENCH]}))
    assert items(tmp_path) == [
        ("rye-7/en", "Glass cutter", "https://rye.example/en/7", "source", "en"),
        ("rye-7/fr", "Coupeur de verre (h/f)", "https://rye.example/fr/7", "human", "fr"),
    ]
    (feed,) = (item for item in read_json(tmp_path / "public/fr/feed.json")["items"])
    assert feed["_polypost"]["source_language"] == "en"
    assert not (tmp_path / "locales/fr/LC_MESSAGES/postings.en.po").exists()
    assert not (tmp_path / "locales/en/LC_MESSAGES/postings.fr.po").exists()


def test_versions_are_read_again_from_what_was_read(tmp_path: Path) -> None:
    record = {"id": "rye-7", **ENGLISH, "versions": [FRENCH]}
    built(project(tmp_path / "first", record))
    line = (tmp_path / "first/build/postings.jsonl").read_text(encoding="utf-8")
    built(project(tmp_path / "second", json.loads(line)))
    assert (tmp_path / "second/build/postings.jsonl").read_text(encoding="utf-8") == line
    assert items(tmp_path / "second") == items(tmp_path / "first")


def test_what_a_version_says_is_offered_for_the_same_words_in_other_postings(tmp_path: Path) -> None:
    built(project(tmp_path, {"id": "rye-7", **ENGLISH, "versions": [FRENCH]}, OTHER))
    catalog = (tmp_path / "locales/fr/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    (entry,) = (entry for entry in catalog.split("\n\n") if "Free parking" in entry)
    assert 'msgstr "Parking gratuit à l\'atelier"' in entry
    assert "#. memory: 100 offer" in entry
    assert "fuzzy" in entry


def test_version_that_says_no_title_is_named_with_its_place(tmp_path: Path) -> None:
    done = polypost(project(tmp_path, {"id": "rye-7", **ENGLISH, "versions": [{**FRENCH, "title": ""}]}), "inspect")
    assert done.returncode == 0
    assert "`versions[0]` is left out: it names no title: rye-7" in done.stdout


def test_feeds_of_one_job_in_two_languages_under_one_id_become_one_posting(tmp_path: Path) -> None:
    texts = {
        "en": ("Glass cutter", "We cut and polish window glass in our workshop, by hand and with machines."),
        "fr": ("Coupeur de verre", "Nous coupons et polissons le verre à vitres dans notre atelier, à la main."),
        "en2": ("Glazier", "We put new panes of glass into old windows, all over the town and in every season."),
    }
    files = {
        f"postings/{name}.xml": "<workzag-jobs><position><id>7</id><name>{}</name><jobDescriptions><jobDescription>"
        "<name/><value>{}</value></jobDescription></jobDescriptions></position></workzag-jobs>".format(*said)
        for name, said in texts.items()
    }
    config = CONFIG.replace("postings/*.jsonl", "postings/*.xml")
    done = polypost(write_tree(tmp_path, {"polypost.toml": config, **files}), "inspect", "--json")
    (posting,) = map(json.loads, done.stdout.splitlines())
    assert (posting["id"], posting["title"]) == ("7", "Glass cutter")
    assert [version["title"] for version in posting["versions"]] == ["Coupeur de verre"]
    refusal = "rejected: postings/en2.xml:1: id: '7' is already used by another text at postings/en.xml:1"
    assert done.stderr.splitlines()[-1] == refusal
    assert done.returncode == 1


def test_records_of_one_id_that_declare_two_languages_are_one_posting(tmp_path: Path) -> None:
    built(project(tmp_path, {"id": "rye-7", **ENGLISH}, {"id": "rye-7", **FRENCH}))
    assert items(tmp_path) == [
        ("rye-7/en", "Glass cutter", "https://rye.example/en/7", "source", "en"),
        ("rye-7/fr", "Coupeur de verre (h/f)", "https://rye.example/fr/7", "human", "fr"),
    ]


def test_second_text_of_one_id_in_one_language_is_refused(tmp_path: Path) -> None:
    done = polypost(project(tmp_path, {"id": "rye-7", **ENGLISH}, {**OTHER, "id": "rye-7"}), "inspect")
    assert done.returncode == 1
    assert "'rye-7' is already used by another text" in done.stderr
