"""Another route is for what is new: what stands keeps its target until somebody asks for others."""

import json
from pathlib import Path

import pytest

from tests.projects import CONFIG, built, polypost, write_tree
from tests.tools import require_tool

POSTING = """\
Title: Nurse
Language: en

Requirements:
Two years of experience
Good knowledge of Spanish
"""
BY_APERTIUM = "#. engine: apertium eng-spa-"
DIRECT = '\n[translate.ranks]\n"apertium en>es" = 10\n'


def config(ranks: str = "") -> str:
    engines = CONFIG.replace('["bergamot"]', '["bergamot", "apertium"]')
    return engines.replace('["en", "pt_BR", "fr"]', '["en", "pt_BR", "es"]') + ranks


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project whose configuration prefers the direct route, and build it."""
    require_tool("apertium")
    made = write_tree(tmp_path, {"polypost.toml": config(DIRECT), "postings/nurse.txt": POSTING})
    built(made)
    return made


def catalog(project: Path) -> str:
    return (project / "locales/es/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")


def test_target_of_another_route_stands_until_it_is_asked_for_anew_and_a_reviewed_one_always(project: Path) -> None:
    before = catalog(project)
    assert before.count(BY_APERTIUM) == 2
    accepted = before.replace('#, fuzzy\nmsgctxt "requirements"\nmsgid "Two', 'msgctxt "requirements"\nmsgid "Two')
    assert accepted != before
    write_tree(project, {"polypost.toml": config(), "locales/es/LC_MESSAGES/postings.en.po": accepted})
    assert json.loads(polypost(project, "translate", "--json").stdout) == {}
    assert catalog(project) == accepted
    asked = json.loads(polypost(project, "translate", "--retranslate", "--json").stdout)
    # The first step is remembered: the Portuguese catalog asked for it.
    assert {engine: use["segments"] for engine, use in asked.items()} == {"apertium": 1}
    assert (catalog(project).count(BY_APERTIUM), catalog(project).count("en→pt→es")) == (1, 1)


def test_what_is_new_goes_the_better_way_beside_what_stands(project: Path) -> None:
    standing = [line for line in catalog(project).splitlines() if line.startswith(BY_APERTIUM)]
    more = f"{POSTING}Experience with children\n"
    write_tree(project, {"polypost.toml": config(), "postings/nurse.txt": more})
    built(project)
    lines = catalog(project).splitlines()
    assert [line for line in lines if line.startswith(BY_APERTIUM)] == standing
    assert sum("bergamot+apertium" in line and "en→pt→es" in line for line in lines) == 1


def test_engines_tells_the_rank_of_each_route_and_what_it_comes_before(project: Path) -> None:
    write_tree(project, {"polypost.toml": config()})
    (line,) = (line for line in polypost(project, "engines").stdout.splitlines() if line.startswith("  en→es"))
    assert "en→pt→es (rank 36: 20, 20); before apertium eng-spa-" in line
    assert line.endswith("en→es (rank 70)")
    write_tree(project, {"polypost.toml": config(DIRECT)})
    told = json.loads(polypost(project, "engines", "--json").stdout)
    (spanish,) = (pair for pair in told["pairs"] if pair["pair"] == "en→es")
    assert (spanish["engine"], spanish["rank"]) == ("apertium", 10)
    assert spanish["others"] == [{"engine": "bergamot+apertium", "route": "en→pt→es", "rank": 36}]
