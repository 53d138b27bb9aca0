"""An edited posting is built again: what of its reviews stays, what is proposed, and what goes out of it."""

import json
import shutil
from pathlib import Path

import polib
import pytest

from tests.projects import CONFIG, built, polypost, read_json, write_tree

POSTING = """\
Title: Ferry steward
Location: Cork, IE
Date-Posted: 2026-10-05

We carry people and bicycles between two islands, every day of the year.

Requirements:
At least 3 years on the water
A calm voice

Benefits:
A free "island pass" for the family
"""
CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
REVIEWS = {
    "At least 3 years on the water": "Ao menos 3 anos passados sobre as águas",
    "A calm voice": "Voz serena",
    'A free "island pass" for the family': 'Um "passe da ilha" para toda a família',
}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_tree(tmp_path_factory.mktemp("edits"), {"polypost.toml": CONFIG, "postings/ferry.txt": POSTING})
    built(folder)
    catalog = polib.pofile(str(folder / CATALOG), wrapwidth=0)
    for entry in catalog:
        if entry.msgid in REVIEWS:
            entry.msgstr, entry.flags = REVIEWS[entry.msgid], []
    catalog.save()
    built(folder)
    return folder


@pytest.fixture
def project(reviewed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(reviewed, tmp_path / "project", symlinks=True)


def edit(project: Path, before: str, after: str) -> None:
    path = project / "postings/ferry.txt"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def entry_of(project: Path, source: str) -> polib.POEntry:
    return next(each for each in polib.pofile(str(project / CATALOG)) if each.msgid == source and not each.obsolete)


def shown(project: Path) -> str:
    content: str = read_json(project / "public/pt-BR/feed.json")["items"][0]["content_html"]
    return content


def test_marks_and_quotes_keep_the_review_and_the_log_names_the_edit(project: Path) -> None:
    edit(project, 'A free "island pass" for the family', "A free “island pass” for the family.")
    run = built(project, "--verbose")
    entry = entry_of(project, "A free “island pass” for the family.")
    assert (entry.msgstr, entry.fuzzy) == ("Um “passe da ilha” para toda a família.", False)
    assert entry.msgstr in shown(project)
    assert "keeps its target: quotes, end_mark" in run.stderr


def test_item_that_moved_to_another_section_keeps_its_review(project: Path) -> None:
    edit(project, "A calm voice\n", "")
    edit(project, "Benefits:\n", "Benefits:\nA calm voice\n")
    built(project)
    entry = entry_of(project, "A calm voice")
    assert (entry.msgctxt, entry.msgstr, entry.fuzzy) == ("offer", "Voz serena", False)


def test_number_is_proposed_in_the_reviewed_target_and_not_published(project: Path) -> None:
    edit(project, "At least 3 years", "At least 5 years")
    built(project)
    entry = entry_of(project, "At least 5 years on the water")
    assert (entry.msgstr, entry.fuzzy) == ("Ao menos 5 anos passados sobre as águas", True)
    assert entry.previous_msgid == "At least 3 years on the water"
    assert "passados" not in shown(project)
    why = polypost(project, "why", "ferry", "pt-BR", "--json")
    states = {unit["source"]: unit["state"] for unit in json.loads(why.stdout)["units"]}
    assert states["At least 5 years on the water"] == "needs_review"
