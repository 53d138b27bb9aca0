"""Catalogs that other tools have written anew: who made a target, and what people said of it, come back."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from translate.convert.pot2po import convertpot

from tests.projects import CONFIG, built, polypost, read_tree, write_tree
from tests.tools import require_tool

POSTING = """\
Title: Ferry steward
Location: Cork, IE
Date-Posted: 2026-10-05

We carry people and bicycles between two islands, every day of the year.
The crossing takes forty minutes.

Requirements:
A calm voice
Good knowledge of the coast and of its weather
Microsoft Azure

Nice to have:
A second language
A bicycle with two wheels
A bicycle with three wheels
"""
SECOND = """\
Title: Harbour pilot
Location: Cork, IE
Date-Posted: 2026-10-06

You bring ships into the harbour.

Nice to have:
A calm voice
"""
CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
TEMPLATE = "locales/postings.en.pot"
TOOLS = "locales/decisions/tools.jsonl"


def edit(project: Path, source: str, target: str | None = None, *, fuzzy: bool, context: str = "") -> None:
    """Do what a reviewer does in an editor of PO files."""
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    entry = next(entry for entry in catalog if entry.msgid == source and context in {"", entry.msgctxt})
    entry.msgstr = entry.msgstr if target is None else target
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"] + ["fuzzy"] * fuzzy
    catalog.save()


def entry_of(project: Path, source: str, context: str = "") -> tuple[str, bool, str]:
    found = polib.pofile(str(project / CATALOG), wrapwidth=0)
    return next((e.msgstr, e.fuzzy, e.comment) for e in found if e.msgid == source and context in {"", e.msgctxt})


def entries(project: Path) -> list[tuple[str, str, str, list[str], list[str]]]:
    """Return what entries say; neighbours are shown when an entry is made, and never again."""
    found = polib.pofile(str(project / CATALOG))
    comments = ([line for line in e.comment.split("\n") if not line.startswith("neighbour:")] for e in found)
    return [(e.msgctxt, e.msgid, e.msgstr, e.flags, lines) for e, lines in zip(found, comments, strict=True)]


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which units are accepted, replaced, begun, rejected, remembered, copied and untouched."""
    folder = write_tree(tmp_path_factory.mktemp("reviewed"), {"polypost.toml": CONFIG, "postings/ferry.txt": POSTING})
    built(folder)
    edit(folder, "A calm voice", fuzzy=False)
    edit(folder, "Good knowledge of the coast and of its weather", "Bom conhecimento da costa e do tempo", fuzzy=False)
    edit(folder, "The crossing takes forty minutes.", "A travessia demora quarenta minutos.", fuzzy=True)
    edit(folder, "A bicycle with two wheels", "", fuzzy=False)
    edit(folder, "A bicycle with three wheels", fuzzy=False)
    write_tree(folder, {"postings/pilot.txt": SECOND})
    built(folder)
    catalog = (folder / CATALOG).read_text(encoding="utf-8")
    assert "#. engine: copy" in catalog
    assert "#. memory: 100 requirements" in catalog
    return folder


@pytest.fixture
def project(reviewed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(reviewed, tmp_path / "project", symlinks=True)


def msgmerge(project: Path, *options: str) -> None:
    catalog = project / CATALOG
    subprocess.run(
        [require_tool("msgmerge"), "-q", *options, "-U", "--backup=off", catalog, project / TEMPLATE], check=True
    )


def babel(project: Path) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "update", "-l", "pt_BR"]
    subprocess.run([*command, "-i", project / TEMPLATE, "-o", project / CATALOG], check=True)


def pot2po(project: Path) -> None:
    catalog, template = project / CATALOG, project / TEMPLATE
    before = catalog.with_name("before.po")
    catalog.rename(before)
    with template.open("rb") as read, catalog.open("wb") as write, before.open("rb") as old:
        convertpot(read, write, old)
    before.unlink()


def polib_merge(project: Path) -> None:
    catalog = polib.pofile(str(project / CATALOG))
    catalog.merge(polib.pofile(str(project / TEMPLATE)))
    catalog.save()


def previous(project: Path) -> None:
    msgmerge(project, "--previous")


def without_comments(project: Path) -> None:
    """Do what tools do that keep no comment at all."""
    lines = (project / CATALOG).read_text(encoding="utf-8").splitlines(keepends=True)
    (project / CATALOG).write_text("".join(line for line in lines if not line.startswith("#.")), encoding="utf-8")


REWRITTEN = pytest.mark.parametrize(
    ("tool", "kept"),
    [(msgmerge, True), *((tool, False) for tool in (msgmerge, previous, babel, pot2po, polib_merge, without_comments))],
)


@REWRITTEN
def test_feeds_and_entries_are_those_from_before_the_tool(
    project: Path, tool: Callable[[Path], None], *, kept: bool
) -> None:
    public, decisions = read_tree(project / "public"), read_tree(project / "locales/decisions")
    before = entries(project)
    tool(project)
    assert "engine:" not in (project / CATALOG).read_text(encoding="utf-8")
    if not kept:
        shutil.rmtree(project / "build")
    built(project)
    assert entries(project) == before
    assert read_tree(project / "public") == public
    assert read_tree(project / "locales/decisions") == decisions


def test_what_is_published_of_rewritten_catalogs_without_a_build_is_the_same(project: Path) -> None:
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    for entry in catalog:
        entry.flags = []
    catalog.save()
    built(project)
    public = read_tree(project / "public")
    msgmerge(project)
    for command in (["publish"], ["verify", "public"]):
        done = polypost(project, *command)
        assert done.returncode == 0, done.stderr
    assert read_tree(project / "public") == public


def test_an_unchanged_build_records_nothing_and_so_does_one_without_build(project: Path) -> None:
    before = read_tree(project / "locales")
    built(project)
    shutil.rmtree(project / "build")
    built(project)
    assert read_tree(project / "locales") == before
    assert len((project / TOOLS).read_text(encoding="utf-8").splitlines()) == 5


def test_the_same_work_is_recorded_in_the_same_bytes(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "other", symlinks=True)
    shutil.rmtree(tmp_path / "other/locales/decisions")
    built(tmp_path / "other")
    built(tmp_path / "other")
    assert (tmp_path / "other" / TOOLS).read_bytes() == (project / TOOLS).read_bytes()


def test_a_rejected_target_is_not_offered_again_after_its_segment_was_gone(project: Path) -> None:
    write_tree(project, {"postings/ferry.txt": POSTING.replace("A bicycle with two wheels\n", "")})
    built(project)
    assert "two wheels" not in (project / CATALOG).read_text(encoding="utf-8")
    write_tree(project, {"postings/ferry.txt": POSTING})
    built(project)
    assert entry_of(project, "A bicycle with two wheels")[0] == ""


def test_an_accepted_target_is_not_asked_for_again_after_its_entry_was_purged(project: Path) -> None:
    before = entry_of(project, "A calm voice", "requirements")
    catalog = polib.pofile(str(project / CATALOG), wrapwidth=0)
    catalog.remove(next(e for e in catalog if e.msgid == "A calm voice" and e.msgctxt == "requirements"))
    catalog.save()
    built(project, "--allow-losses")
    assert entry_of(project, "A calm voice", "requirements")[:2] == before[:2]


def test_fuzzy_alone_on_an_accepted_target_is_a_withdrawal_and_stays_one(project: Path) -> None:
    edit(project, "A calm voice", fuzzy=True, context="requirements")
    built(project)
    assert entry_of(project, "A calm voice", "requirements")[1]
    lines = (project / TOOLS).read_text(encoding="utf-8").splitlines()
    assert '"action": "withdraw"' in lines[-1]
    msgmerge(project)
    built(project)
    assert entry_of(project, "A calm voice", "requirements")[1]
    edit(project, "A calm voice", fuzzy=False, context="requirements")
    built(project)
    msgmerge(project)
    built(project)
    assert not entry_of(project, "A calm voice", "requirements")[1]
    assert "engine: bergamot" in entry_of(project, "A calm voice", "requirements")[2]


def test_what_was_said_of_a_unit_holds_where_it_moves_to(project: Path) -> None:
    known = "Good knowledge of the coast and of its weather\n"
    write_tree(project, {"postings/ferry.txt": POSTING.replace(known, "").replace("A second language\n", known)})
    before = (project / TOOLS).read_text(encoding="utf-8")
    built(project)
    added = (project / TOOLS).read_text(encoding="utf-8").removeprefix(before)
    assert added.count("\n") == 1
    assert '"action": "carry"' in added
    assert entry_of(project, known[:-1], "nice_to_have")[:2] == ("Bom conhecimento da costa e do tempo", False)
    built(project)
    assert (project / TOOLS).read_text(encoding="utf-8") == before + added
