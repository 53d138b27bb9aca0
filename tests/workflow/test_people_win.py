"""What a person wrote, edited, reviewed or emptied in a catalog stays and is what the feeds show."""

import json
import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from tests.projects import CONFIG, built, polypost, read_json, read_tree, write_tree
from tests.tools import require_tool
from tests.workflow.counting import engine_calls

POSTING = """\
Title: Ferry steward
Location: Cork, IE
Date-Posted: 2026-10-05

We carry people and bicycles between two islands, every day of the year.
The crossing takes forty minutes.

Requirements:
A calm voice
Good knowledge of the coast and of its weather

Nice to have:
A second language
"""
CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_tree(tmp_path_factory.mktemp("master"), {"polypost.toml": CONFIG, "postings/ferry.txt": POSTING})
    built(folder)
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Path:
    """Return a copy of a project that was built once."""
    return shutil.copytree(master, tmp_path / "project", symlinks=True)


def entries(project: Path) -> dict[tuple[str, str], tuple[str, bool, bool, str]]:
    found = polib.pofile(str(project / CATALOG))
    return {(e.msgctxt, e.msgid): (e.msgstr, e.fuzzy, bool(e.obsolete), e.comment) for e in found}


def edit(project: Path, source: str, target: str, *, accept: bool = True) -> None:
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    entry = next(entry for entry in catalog if entry.msgid == source)
    entry.msgstr = target
    if accept:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    catalog.save()


def change_posting(project: Path, before: str, after: str) -> None:
    path = project / "postings/ferry.txt"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def shown(project: Path) -> str:
    feed = read_json(project / "public/pt-BR/feed.json")
    content: str = feed["items"][0]["content_html"]
    return content


@pytest.mark.parametrize("accept", [True, False])
@pytest.mark.parametrize("command", [["build"], ["translate", "--retranslate"], ["catalogs", "update"]])
def test_reviewers_edit_survives_every_command_and_is_published(
    project: Path,
    command: list[str],
    accept: bool,  # noqa: FBT001  a parameter of the table
) -> None:
    edit(project, "A calm voice", "Voz serena", accept=accept)
    assert engine_calls(project, *command) == []
    target, doubtful, retired, _ = entries(project)["requirements", "A calm voice"]
    assert (target, doubtful, retired) == ("Voz serena", not accept, False)
    built(project)
    assert "<li>Voz serena</li>" in shown(project)


def test_edited_sentence_costs_one_call_and_changes_only_its_entry(project: Path) -> None:
    before = entries(project)
    change_posting(project, "crossing takes forty", "voyage takes forty")
    assert engine_calls(project, "build") == ["The voyage takes forty minutes."]
    after = entries(project)
    old = ("description", "The crossing takes forty minutes.")
    new = ("description", "The voyage takes forty minutes.")
    assert {key: value for key, value in after.items() if key not in {old, new}} == {
        key: value for key, value in before.items() if key != old
    }
    assert after[old][2]
    assert not after[new][2]
    assert "viagem" in shown(project)


def test_sentence_of_which_a_number_alone_was_edited_costs_no_call(project: Path) -> None:
    change_posting(project, "takes forty minutes", "takes fifty minutes")
    assert engine_calls(project, "build") == []
    assert ("50 minutos" in shown(project), "quarenta" in shown(project)) == (True, False)


def test_reverted_sentence_costs_no_call_even_without_the_memory(project: Path) -> None:
    before = read_tree(project / "locales/pt_BR")
    change_posting(project, "takes forty minutes", "takes fifty minutes")
    built(project)
    (project / "build/memory.sqlite3").unlink()
    change_posting(project, "takes fifty minutes", "takes forty minutes")
    assert engine_calls(project, "build") == []
    live = {key: value for key, value in entries(project).items() if not value[2]}
    write_tree(project, {CATALOG: before["LC_MESSAGES/postings.en.po"].decode()})
    assert live == entries(project)


def test_reviewed_target_of_an_edited_sentence_is_proposed_and_the_engines_of_it_published(project: Path) -> None:
    edit(project, "The crossing takes forty minutes.", "A travessia leva quarenta minutos.")
    built(project)
    change_posting(project, "takes forty minutes", "takes fifty minutes")
    built(project)
    target, doubtful, _, comment = entries(project)["description", "The crossing takes fifty minutes."]
    assert (target, doubtful) == ("A travessia leva 50 minutos.", True)  # the number was put in by a rule
    assert "suggestion: bergamot" in comment
    told = json.loads(polypost(project, "why", "ferry", "pt_BR", "--json").stdout)
    assert (told["published"], told["reason"]) == (True, "machine")
    assert ("cinquenta" in shown(project), "quarenta" in shown(project)) == (True, False)
    change_posting(project, "takes fifty minutes", "takes forty minutes")
    built(project)
    assert entries(project)["description", "The crossing takes forty minutes."][:3] == (
        "A travessia leva quarenta minutos.",
        False,
        False,
    )


def test_emptied_target_stays_empty_and_is_not_offered_again(project: Path) -> None:
    edit(project, "A second language", "", accept=False)
    assert engine_calls(project, "build", "--allow-withdrawals") == []
    assert engine_calls(project, "translate", "--retranslate") == []
    assert entries(project)["nice_to_have", "A second language"][:3] == ("", False, False)
    told = json.loads(polypost(project, "why", "ferry", "pt_BR", "--json").stdout)
    assert (told["published"], told["reason"]) == (False, "untranslated")


def test_deliberately_empty_target_drops_the_item(project: Path) -> None:
    edit(project, "A second language", "\u2060")
    built(project)
    assert shown(project).count("<li>") == 2


def test_narrow_context_wins_in_its_posting_only(project: Path) -> None:
    write_tree(
        project, {"postings/second.txt": POSTING.replace("Ferry steward", "Ferry cook").replace("Cork", "Kinsale")}
    )
    built(project)
    path = project / CATALOG
    narrow = '\nmsgctxt "requirements|second"\nmsgid "A calm voice"\nmsgstr "Voz de cozinheiro"\n'
    path.write_text(path.read_text(encoding="utf-8") + narrow, encoding="utf-8")
    built(project)
    items = read_json(project / "public/pt-BR/feed.json")["items"]
    assert {item["_polypost"]["posting"]: "Voz de cozinheiro" in item["content_html"] for item in items} == {
        "ferry": False,
        "second": True,
    }
    assert entries(project)["requirements|second", "A calm voice"][:3] == ("Voz de cozinheiro", False, False)


@pytest.mark.parametrize("options", [[], ["--previous"]])
def test_msgmerge_between_builds_loses_nothing_and_publishes_nothing_stale(project: Path, options: list[str]) -> None:
    edit(project, "A calm voice", "Voz serena")
    built(project)
    before = shown(project)
    catalog, template = project / CATALOG, project / "locales/postings.en.pot"
    merge = [require_tool("msgmerge"), "--quiet", "--no-wrap", "--update", "--backup=none", *options, str(catalog)]
    subprocess.run([*merge, str(template)], check=True)
    assert engine_calls(project, "build") == []
    assert shown(project) == before

    changed = template.read_text(encoding="utf-8").replace("takes forty minutes", "takes fifty minutes")
    write_tree(project, {"new.pot": changed})
    subprocess.run([*merge, str(project / "new.pot")], check=True)
    change_posting(project, "takes forty minutes", "takes fifty minutes")
    built(project)
    target, doubtful, _, _ = entries(project)["description", "The crossing takes fifty minutes."]
    assert ("quarenta" in target, doubtful) == (True, True)
    assert entries(project)["requirements", "A calm voice"][:3] == ("Voz serena", False, False)
    assert ("cinquenta" in shown(project), "quarenta" in shown(project)) == (True, False)
