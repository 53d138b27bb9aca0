"""What people decided, in a project: who they are, what is published by it, and how they are forgotten."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from babel import Locale

from pipeline.catalog.decisions import unit_digest
from pipeline.catalog.po_file import read_catalog
from pipeline.errors import UsageError
from pipeline.model.decision import Action, Decision
from pipeline.workflow.decisions import DecisionRecord, forget_person, person_here
from tests.projects import CONFIG, built, polypost, read_json, write_tree
from tests.tools import require_tool

POSTING = """\
Title: Ferry steward
Location: Cork, IE
Date-Posted: 2026-10-05

We carry people and bicycles between two islands.
Microsoft Azure
"""
APPROVED = CONFIG.replace('[publish.locales.pt_BR]\npolicy = "machine"', '[publish.locales.pt_BR]\npolicy = "approved"')
CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
ANA, BEN = "ana-souza-86b9260a", "ben-22222222"
IDENTITY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose units are all accepted in the catalog."""
    folder = write_tree(tmp_path_factory.mktemp("master"), {"polypost.toml": APPROVED, "postings/ferry.txt": POSTING})
    built(folder)
    catalog = folder / CATALOG
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")
    built(folder)
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Path:
    return shutil.copytree(master, tmp_path / "project", symlinks=True)


def sign(project: Path, action: Action, person: str, *, leave_out: int = 0) -> None:
    """Add a decision about every unit that needs one."""
    catalog = read_catalog(project / CATALOG)
    assert catalog is not None
    locale = Locale("pt", "BR")
    units = [unit for unit in catalog.units if not unit.by_rule][leave_out:]
    assert len(units) < len(catalog.units)
    DecisionRecord(project / "locales").append(
        Decision(action=action, digest=unit_digest(locale, unit), person=person) for unit in units
    )


def published(project: Path) -> list[str]:
    built(project)
    if not (project / "public/pt-BR").exists():
        return []
    return [item["_polypost"]["translation"] for item in read_json(project / "public/pt-BR/feed.json")["items"]]


def test_only_what_is_signed_off_is_published_and_its_label_is_reviewed(project: Path) -> None:
    assert published(project) == []
    told = polypost(project, "why", "ferry", "pt-BR").stdout
    assert "needs_review" in told
    assert "polypost approve" in told
    sign(project, Action.APPROVE, ANA, leave_out=1)
    assert published(project) == []
    sign(project, Action.APPROVE, ANA)
    assert published(project) == ["reviewed"]
    assert polypost(project, "verify", "public", "--config", "polypost.toml").returncode == 0
    (project / f"locales/decisions/{ANA}.jsonl").unlink()
    assert (
        "neither a target nor the source" in polypost(project, "verify", "public", "--config", "polypost.toml").stdout
    )


def test_status_counts_what_is_approved(project: Path) -> None:
    assert json.loads(polypost(project, "status", "--json").stdout)["locales"]["pt_BR"]["approved"] == 0
    sign(project, Action.APPROVE, ANA)
    counts = json.loads(polypost(project, "status", "--json").stdout)["locales"]["pt_BR"]
    assert (counts["reviewed"], counts["approved"]) == (3, 2)


def test_by_the_rule_of_two_persons_another_one_has_to_approve(project: Path) -> None:
    config = project / "polypost.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("[publish]\n", "[publish]\ntwo_person = true\n"))
    sign(project, Action.ACCEPT, ANA)
    sign(project, Action.APPROVE, ANA)
    assert published(project) == []
    sign(project, Action.APPROVE, BEN)
    assert published(project) == ["reviewed"]


def test_a_broken_line_is_told_in_each_run_and_stays(project: Path) -> None:
    path = project / f"locales/decisions/{ANA}.jsonl"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    for command in ("build", "build", "check", "status"):
        assert f"decisions/{ANA}.jsonl:1: " in polypost(project, command).stderr
    assert path.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


def test_a_file_that_was_cut_off_stops_the_run_unless_that_is_meant(project: Path) -> None:
    sign(project, Action.ACCEPT, ANA)
    sign(project, Action.APPROVE, ANA)
    assert published(project) == ["reviewed"]
    path = project / f"locales/decisions/{ANA}.jsonl"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    stopped = polypost(project, "build")
    assert stopped.returncode == 1
    assert f"{ANA}.jsonl: 2 of 4 lines are gone since the last run" in stopped.stderr
    built(project, "--allow-losses", "--allow-withdrawals")


def test_who_decides_is_whom_git_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match="git config"):
        person_here(tmp_path)
    subprocess.run([require_tool("git"), "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "config", "user.email", "ana@example.org"], check=True)
    assert person_here(tmp_path) == "ana-86b9260a"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ana Souza")
    assert person_here(tmp_path) == ANA


def test_lines_that_git_knows_from_another_person_are_told(project: Path) -> None:
    sign(project, Action.ACCEPT, ANA)
    assert ANA not in polypost(project, "check").stderr
    git = (require_tool("git"), "-C", str(project))
    authors = {"ana@example.org": "Ana Souza", "eve@example.org": "Eve"}
    subprocess.run([*git, "init", "-q"], check=True)
    for email, name in authors.items():
        identity = ("-c", f"user.name={name}", "-c", f"user.email={email}")
        subprocess.run([*git, "add", "locales"], check=True)
        subprocess.run([*git, *identity, "commit", "-qm", "Decide"], check=True)
        sign(project, Action.APPROVE, ANA)
    told = [line for line in polypost(project, "check").stderr.splitlines() if ANA in line]
    assert len(told) == 1
    assert f"{ANA}.jsonl:3: 2 lines were committed by Eve" in told[0]


def test_a_forgotten_persons_decisions_stay(project: Path) -> None:
    sign(project, Action.APPROVE, ANA)
    decisions = project / "locales/decisions"
    lines = (decisions / f"{ANA}.jsonl").read_bytes()
    dry = polypost(project, "forget", "Ana Souza", "--dry-run").stdout
    assert f"{ANA}.jsonl would be " in dry
    done = polypost(project, "forget", "ana@example.org").stdout
    assert "2 decisions in it, all stay" in done
    assert "git filter-repo" in done
    (other,) = (path for path in decisions.iterdir() if path.name != "tools.jsonl")
    assert other.name.startswith("anonymous-")
    assert other.read_bytes() == lines
    assert published(project) == ["reviewed"]
    assert "nobody" in polypost(project, "forget", ANA).stderr


def test_of_two_persons_of_a_name_none_is_forgotten(project: Path) -> None:
    sign(project, Action.APPROVE, ANA)
    sign(project, Action.APPROVE, "ana-souza-11111111")
    with pytest.raises(UsageError, match="ana-souza-11111111, ana-souza-86b9260a"):
        forget_person(project / "locales", "Ana Souza")
