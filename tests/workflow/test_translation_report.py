"""The report lists what each engine was asked, what became of it, and why a unit is held."""

import json
from pathlib import Path

from tests.projects import built, polypost, write_tree

CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["*.txt"]
locales = ["en", "pt_BR"]
[translate]
engines = ["bergamot"]
"""
POSTING = """Title: Assistant
Language: en

We bake bread every night in a small team near the harbour.
"""


def report_of(project: Path) -> list[dict[str, object]]:
    lines = (project / "build/translation-report.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_report_says_who_was_asked_and_what_became_of_it(tmp_path: Path) -> None:
    project = write_tree(tmp_path, {"polypost.toml": CONFIG, "baker.txt": POSTING})
    done = built(project)
    assert "engines' targets: 2 needs review; listed in " in done.stdout
    title, sentence = report_of(project)
    assert title | {"model": "", "target": ""} == {
        "locale": "pt_BR",
        "catalog": "pt_BR/LC_MESSAGES/postings.en.po",
        "postings": ["postings/baker"],
        "context": "title",
        "source": "Assistant",
        "engine": "titles",
        "model": "",
        "route": "en→pt",
        "outcome": "needs_review",
        "target": "",
        "findings": [],
    }
    assert sentence["target"] != ""


def test_report_of_an_unchanged_run_is_the_same_and_follows_the_reviewers(tmp_path: Path) -> None:
    project = write_tree(tmp_path, {"polypost.toml": CONFIG, "baker.txt": POSTING})
    built(project)
    first = (project / "build/translation-report.jsonl").read_bytes()
    built(project)
    assert (project / "build/translation-report.jsonl").read_bytes() == first
    catalog = project / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    text = catalog.read_text(encoding="utf-8")
    target = str(report_of(project)[1]["target"])
    catalog.write_text(text.replace("#, fuzzy\n", "", 1).replace(f'msgstr "{target}"', 'msgstr ""'), encoding="utf-8")
    assert polypost(project, "translate").returncode == 0
    assert [item["outcome"] for item in report_of(project)] == ["reviewed", "rejected"]
