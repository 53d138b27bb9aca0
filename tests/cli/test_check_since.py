"""`polypost check --since REV`: only units that a branch has changed are checked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import CHECKOUT, CONFIG, polypost, write_tree
from tests.repositories import commit, git, repository

HEADER = """\
msgid ""
msgstr ""
"Language: pt_BR\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"
"""
PATH = "locales/pt_BR/LC_MESSAGES/postings.en.po"


def entry(source: str, target: str, *comments: str) -> str:
    return "\n".join(("", *comments, 'msgctxt "offer"', f'msgid "{source}"', f'msgstr "{target}"', ""))


OLD = entry("3 ovens.", "4 fornos.", "#, fuzzy")
OTHER = entry("5 ovens.", "6 fornos.", "#, fuzzy")
NEW = entry("7 ovens.", "8 fornos.", "#, fuzzy")


def sources(project: Path, *arguments: str) -> list[str]:
    done = polypost(project, "check", "--json", *arguments)
    assert done.stdout, done.stderr
    return [found["source"] for found in json.loads(done.stdout)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path / "project", {"polypost.toml": CONFIG, PATH: HEADER + OLD + OTHER})


def test_units_are_compared_by_key_and_not_by_line(project: Path) -> None:
    moved = HEADER + NEW + OTHER.replace("#, fuzzy", "#: postings/a\n#, fuzzy") + OLD
    write_tree(project, {PATH: moved})
    assert sources(project, "--since", "HEAD") == ["7 ovens."]
    assert sources(project) == ["7 ovens.", "5 ovens.", "3 ovens."]


def test_another_target_or_an_accepted_one_is_a_change_and_an_obsolete_one_is_none(project: Path) -> None:
    retired = "\n".join(f"#~ {line}" for line in NEW.strip().splitlines()[1:]) + "\n"
    accepted = OTHER.replace("#, fuzzy\n", "")
    write_tree(project, {PATH: HEADER + OLD.replace("4 fornos", "9 fornos") + accepted + "\n" + retired})
    assert sources(project, "--since", "HEAD") == ["3 ovens.", "5 ovens."]


def test_nothing_changed_is_nothing_to_check_and_no_failure(project: Path) -> None:
    done = polypost(project, "check", "--since", "HEAD")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all: 0 errors, 0 warnings")


def test_what_the_other_branch_has_gained_since_is_no_change_of_this_one(project: Path) -> None:
    git(project, "checkout", "--quiet", "-b", "reviewer")
    commit(project, {PATH: HEADER + OLD + OTHER + NEW})
    git(project, "checkout", "--quiet", "main")
    commit(project, {PATH: HEADER + OTHER})
    git(project, "checkout", "--quiet", "reviewer")
    assert sources(project, "--since", "main") == ["7 ovens."]


def test_renamed_catalog_is_compared_with_what_it_was(project: Path) -> None:
    git(project, "mv", "locales", "words")
    write_tree(project, {PATH.replace("locales", "words"): HEADER + OLD + OTHER + NEW})
    assert sources(project, "--since", "HEAD", "--locales-dir", "words") == ["7 ovens."]


def test_new_catalog_is_changed_as_a_whole(project: Path) -> None:
    write_tree(
        project, {PATH.replace("pt_BR", "fr"): HEADER.replace("pt_BR", "fr") + NEW.replace("8 fornos", "9 fours")}
    )
    assert sources(project, "--since", "HEAD") == ["7 ovens."]


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write_tree(tmp_path, {"polypost.toml": CONFIG, PATH: HEADER + OLD})
    assert sources(tmp_path, "--since", "HEAD") == ["3 ovens."]


def test_catalog_that_was_damaged_then_is_checked_whole_and_that_is_said(project: Path) -> None:
    commit(project, {PATH: HEADER + OLD.replace('"3 ovens."', '"3 ovens.')})
    write_tree(project, {PATH: HEADER + OLD})
    done = polypost(project, "check", "--since", "HEAD")
    assert "all: 1 errors" in done.stdout
    assert "could not be read as it was in" in done.stderr


def test_answer_about_a_revision_is_not_kept_beyond_it(project: Path) -> None:
    write_tree(project, {PATH: HEADER + OLD + OTHER + NEW})
    (project / "build").mkdir()
    assert sources(project, "--since", "HEAD") == ["7 ovens."]
    commit(project)
    assert sources(project, "--since", "HEAD") == []


def test_gate_counts_all_units_and_not_only_changed_ones(project: Path) -> None:
    done = polypost(project, "check", "--since", "HEAD", "--fail-under", "pt-BR=50")
    told = "error: pt_BR: 0 % of its units are reviewed (0 of 2), --fail-under asks for 50 %\n"
    assert (done.returncode, done.stderr) == (1, told)


def test_revision_that_is_not_there_says_how_to_get_it(project: Path) -> None:
    for revision in ("origin/main", "--all", "HEAD:locales"):
        done = polypost(project, "check", f"--since={revision}")
        remedy = "`git branch --all` lists what there is, `git fetch origin` brings what is new"
        told = f"error: git has no revision '{revision}' in {project}; {remedy}\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_shallow_clone_says_which_setting_fetches_more(project: Path, tmp_path: Path) -> None:
    first = git(project, "rev-parse", "HEAD")
    git(project, "checkout", "--quiet", "-b", "reviewer")
    commit(project, {PATH: HEADER + OLD})
    git(project, "checkout", "--quiet", "main")
    commit(project, {PATH: HEADER + OTHER})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", project.as_uri(), str(clone))
    for revision in (first, "origin/reviewer"):
        done = polypost(clone, "check", "--since", revision)
        assert done.returncode == 2
        assert revision in done.stderr
        assert "shallow clone" in done.stderr
        assert "`fetch-depth: 0` of actions/checkout, or `GIT_DEPTH: 0` of GitLab" in done.stderr


def test_unrelated_history_is_compared_with_as_it_is(project: Path) -> None:
    git(project, "checkout", "--quiet", "--orphan", "anew")
    commit(project, {PATH: HEADER + OLD + OTHER + NEW})
    assert sources(project, "--since", "main") == ["7 ovens."]


def test_folder_in_no_repository_is_told(tmp_path: Path) -> None:
    write_tree(tmp_path, {"polypost.toml": CONFIG, PATH: HEADER + OLD})
    done = polypost(tmp_path, "check", "--since", "HEAD")
    assert done.returncode == 2
    assert f"{tmp_path}: git has no history to compare with: not a git repository" in done.stderr


def test_git_that_is_missing_is_told(project: Path) -> None:
    done = polypost(project, "check", "--since", "HEAD", PATH="/nonexistent")
    told = "error: the program git is not installed, and it has to say what was changed\n"
    assert (done.returncode, done.stderr) == (2, told)


def test_hook_of_a_repository_above_the_project_is_not_led_astray(tmp_path: Path) -> None:
    files = {"shop/polypost.toml": CONFIG, f"shop/{PATH}": HEADER + OLD}
    root = repository(tmp_path / "root", files)
    write_tree(root, {f"shop/{PATH}": HEADER + OLD + NEW})
    command = [sys.executable, "-m", "pipeline", "check", "--config", "shop/polypost.toml", "--json", "--since", "HEAD"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert [found["source"] for found in json.loads(done.stdout)] == ["7 ovens."]
