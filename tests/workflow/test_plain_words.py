"""A project's own plain words, from its configuration to what `inspect --plain` shows."""

import json
from pathlib import Path

import pytest

from tests.projects import CONFIG, polypost, write_tree

POSTING = """\
Title: Self-starter for our kitchen
Language: en
Location: Lisbon, PT

Perks at jobs@example.org. The Blue Oven method.
"""
OWN = "language\tpattern\tplain\nen\tBlue Oven method\tsteam cooking\nen\tperks\tperks\nde\tmethod\tWeg\n"
CONFIGURED = CONFIG.replace('["Microsoft", "Azure"]', '["Microsoft", "Azure"]\nplain_words = "plain-words.tsv"')


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"polypost.toml": CONFIGURED, "postings/cook.txt": POSTING, "plain-words.tsv": OWN})


def test_inspect_shows_what_an_engine_is_asked_in_plainer_words(project: Path) -> None:
    assert polypost(project, "inspect", "--plain").stdout == (
        "cook  (title)\n  Self-starter for our kitchen\n  → Proactive person for our kitchen\n\n"
        "cook  (description)\n  The Blue Oven method.\n  → The steam cooking.\n\n"
    )


def test_inspect_prints_plainer_words_as_json_lines_too(project: Path) -> None:
    lines = polypost(project, "inspect", "--plain", "--json").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "posting": "cook",
            "context": "title",
            "source": "Self-starter for our kitchen",
            "plain": "Proactive person for our kitchen",
        },
        {
            "posting": "cook",
            "context": "description",
            "source": "The Blue Oven method.",
            "plain": "The steam cooking.",
        },
    ]


def test_a_mistake_in_the_projects_list_stops_with_its_place(project: Path) -> None:
    write_tree(project, {"plain-words.tsv": OWN + "en\tsenior cook\tcook\n"})
    ended = polypost(project, "inspect", "--plain")
    assert ended.returncode == 2
    assert "plain-words.tsv:5: 'senior cook' → 'cook': rank is 'senior' in the one and '' in the other" in ended.stderr


def test_a_missing_list_stops_a_build_that_has_nothing_to_ask(project: Path) -> None:
    (project / "plain-words.tsv").unlink()
    ended = polypost(project, "build")
    assert ended.returncode == 2
    assert "plain-words.tsv: no such file; translate.plain_words names it" in ended.stderr
    assert not (project / "public").exists()
