"""The hooks of pre-commit and the examples for GitHub and GitLab: valid, and every command in them does its work."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import __version__
from pipeline.model.locale import parse_locale
from pipeline.workflow.beginning import Answers, begin_project
from tests.programs import offered
from tests.projects import CHECKOUT, CONFIG, NO_MODELS, built, write_tree
from tests.repositories import commit, git, repository

DOCS = CHECKOUT / "docs" / "ci"
GITHUB, GITLAB = DOCS / "github.yml", DOCS / "gitlab.yml"
ATTRIBUTES = CHECKOUT / "pipeline" / "workflow" / "project_files" / "gitattributes"
HOOKS = CHECKOUT / ".pre-commit-hooks.yaml"
NURSE = "Title: Night nurse\nLanguage: en\nLocation: Porto, PT\n\nWe look after forty patients.\n"
COOK = NURSE.replace("Night nurse", "Cook").replace("We look after forty patients.", "We cook for forty guests.")
CATALOG = "locales/pt_BR/LC_MESSAGES/postings.en.po"
NOTE = "# asked the ward\n"
BROKEN = '\n#, fuzzy\nmsgctxt "offer"\nmsgid "Pay: €500"\nmsgstr "Salário: US$ 900"\n'


def loaded(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[Path]:
    """Make a server's copy of a project in which one posting is built, and a program `polypost` for runners."""
    files = {
        "polypost.toml": CONFIG.replace(', "postings/*.jsonl"', ""),
        "postings/nurse.txt": NURSE,
        ".gitignore": "/build/\n/public\n/.public-releases/\n*.mo\n",
        ".gitattributes": ATTRIBUTES.read_text(encoding="utf-8"),
    }
    first = repository(tmp_path / "first", files)
    built(first)
    commit(first)
    git(tmp_path, "clone", "--quiet", "--bare", str(first), "server.git")
    git(tmp_path / "server.git", "config", "receive.advertisePushOptions", "true")
    with offered(tmp_path / "programs"):
        yield tmp_path / "server.git"


def cloned(remote: Path, name: str) -> Path:
    git(remote.parent, "clone", "--quiet", str(remote), name)
    return remote.parent / name


def run(project: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does, with the program `polypost` that lies beside the server's copy."""
    programs = project.parent / "programs"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {**NO_MODELS, "PYTHONPATH": str(CHECKOUT), "PATH": f"{programs}:{os.environ['PATH']}"}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "PRE_COMMIT_HOME": str(project.parent / "hooks"), **variables}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def carried_out(project: Path, scripts: list[str], **variables: str) -> str:
    """Carry out all that needs no package index, and return what was printed."""
    done = [run(project, script, **variables) for script in scripts if not script.startswith("pip install")]
    assert [each.stderr for each in done if each.returncode] == []
    return "".join(each.stdout for each in done)


def steps(job: str) -> list[str]:
    return [step["run"] for step in loaded(GITHUB)["jobs"][job]["steps"] if "run" in step]


def script(job: str) -> list[str]:
    lines: list[str] = loaded(GITLAB)[job]["script"]
    return lines


@pytest.mark.parametrize(("path", "schema"), [(GITHUB, "github-workflows"), (GITLAB, "gitlab-ci")])
def test_example_is_valid_by_the_published_schema(path: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_new_project_gets_the_workflow_that_is_documented(tmp_path: Path) -> None:
    answers = Answers(base_url="https://jobs.example.org", locales=(parse_locale("en"),), postings=("*.txt",))
    begin_project(tmp_path, answers)
    written = loaded(tmp_path / ".github" / "workflows" / "polypost.yml")
    documented = loaded(GITHUB)
    assert documented["env"] == {"POLYPOST": f"polypost=={__version__}"}
    assert written | {"env": None} == documented | {"env": None}


def test_both_examples_say_the_same_of_who_commits_what() -> None:
    said = [
        path.read_text(encoding="utf-8").partition("Who commits what:")[2].partition("name:")[0]
        for path in (GITHUB, GITLAB)
    ]
    for words in ("People: postings and polypost.toml", "publications.jsonl", "Nobody: build/ and public/"):
        assert all(words in text for text in said)


def test_github_checks_what_a_pull_request_changes(remote: Path) -> None:
    project = cloned(remote, "pull-request")
    git(project, "checkout", "--quiet", "-b", "change")
    commit(project, {"postings/cook.txt": COOK})
    git(project, "checkout", "--quiet", "main")
    git(
        project,
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "merge",
        "--quiet",
        "--no-ff",
        "--message=m",
        "change",
    )
    summary = project.parent / "summary.md"
    printed = carried_out(project, steps("check"), GITHUB_STEP_SUMMARY=str(summary))
    assert "all: 0 errors" in printed
    assert "added" in printed
    assert summary.read_text(encoding="utf-8").startswith("| locale | reviewed |")
    broken = (project / CATALOG).read_text(encoding="utf-8") + BROKEN
    write_tree(project, {CATALOG: broken})
    check = next(step for step in steps("check") if "--since" in step)
    done = run(project, check)
    assert (done.returncode, done.stdout.count("::error file=locales/pt_BR/")) == (1, 1)


def test_github_publishes_and_keeps_the_record_and_nothing_else(remote: Path) -> None:
    person, runner = cloned(remote, "person"), cloned(remote, "runner")
    commit(person, {"postings/cook.txt": COOK})
    git(person, "push", "--quiet")
    git(runner, "pull", "--quiet")
    noted = (person / CATALOG).read_text(encoding="utf-8").replace("\n\n", f"\n\n{NOTE}", 1)
    commit(person, {CATALOG: noted})  # pushed while the workflow runs, where it puts in the other posting
    git(person, "push", "--quiet")
    carried_out(runner, steps("publish"))
    git(person, "pull", "--quiet")
    changed = git(person, "show", "--name-only", "--format=%an", "HEAD").split()
    assert changed[0] == "polypost"
    assert "locales/publications.jsonl" in changed
    assert CATALOG in changed
    assert {name.partition("/")[0] for name in changed[1:]} == {"locales"}
    merged = (person / CATALOG).read_text(encoding="utf-8")
    assert (merged.count(NOTE), merged.count('msgid "Cook"')) == (1, 1)
    assert (runner / "site" / "en" / "feed.json").is_file()
    carried_out(runner, steps("publish")[:-1])
    assert git(runner, "rev-parse", "HEAD") == git(person, "rev-parse", "HEAD")


def test_gitlab_reports_what_a_merge_request_changes(remote: Path) -> None:
    project = cloned(remote, "merge-request")
    base = git(project, "rev-parse", "HEAD")
    commit(project, {"postings/cook.txt": COOK})
    carried_out(project, script("check"), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert json.loads((project / "code-quality.json").read_text(encoding="utf-8")) == []
    write_tree(project, {CATALOG: (project / CATALOG).read_text(encoding="utf-8") + BROKEN})
    results = [run(project, line, CI_MERGE_REQUEST_DIFF_BASE_SHA=base) for line in script("check")[2:4]]
    assert [done.returncode for done in results] == [0, 1]
    issues = json.loads((project / "code-quality.json").read_text(encoding="utf-8"))
    assert {issue["location"]["path"] for issue in issues} == {CATALOG}
    assert "<failure " in (project / "checks.xml").read_text(encoding="utf-8")


def test_gitlab_publishes_and_keeps_the_record(remote: Path) -> None:
    person, runner = cloned(remote, "person"), cloned(remote, "runner")
    commit(person, {"postings/cook.txt": COOK})
    git(person, "push", "--quiet")
    git(runner, "pull", "--quiet")
    carried_out(runner, script("publish"), RECORD=str(remote), CI_DEFAULT_BRANCH="main")
    git(person, "pull", "--quiet")
    changed = git(person, "show", "--name-only", "--format=%an", "HEAD").split()
    assert (changed[0], {name.partition("/")[0] for name in changed[1:]}) == ("polypost", {"locales"})


def test_hooks_are_those_of_the_manifest_and_stop_a_commit_that_breaks_a_unit(remote: Path) -> None:
    source = repository(remote.parent / "polypost", {HOOKS.name: HOOKS.read_text(encoding="utf-8")})
    hooks = [hook["id"] for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))]
    assert hooks == ["polypost-check", "polypost-catalogs-check"]
    config = {
        "repos": [{"repo": str(source), "rev": git(source, "rev-parse", "HEAD"), "hooks": [{"id": i} for i in hooks]}]
    }
    project = cloned(remote, "reviewer")
    commit(project, {".pre-commit-config.yaml": json.dumps(config)})
    pre_commit = f'"{sys.executable}" -m pre_commit run'
    whole = run(project, f"{pre_commit} --all-files")
    assert (whole.returncode, whole.stdout.count("Passed")) == (0, 2), whole.stdout + whole.stderr
    write_tree(project, {CATALOG: (project / CATALOG).read_text(encoding="utf-8") + BROKEN})
    git(project, "add", "--all")
    stopped = run(project, pre_commit)
    assert stopped.returncode == 1
    assert "Pay: €500" in stopped.stdout
    git(project, "reset", "--quiet", "--hard")
    write_tree(project, {"postings/cook.txt": COOK})
    git(project, "add", "--all")
    unconcerned = run(project, pre_commit)
    assert (unconcerned.returncode, unconcerned.stdout.count("Skipped")) == (0, 2)
