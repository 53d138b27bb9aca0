import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli.commands import polypost as group
from pipeline.config import KNOWN_FORMATS
from pipeline.intake.formats.registry import FORMATS
from pipeline.storage.answers import FILE_NAME, MAX_ANSWERS, Answer, Answers
from tests.projects import CHECKOUT, NO_MODELS, polypost, write_tree

POSTING = '{"id": "acme-1", "title": "Nurse", "language": "en", "description": "You care for patients in Lyon."}\n'
CONFIG = (
    '[project]\nbase_url = "https://jobs.example.org/"\npostings = ["jobs.jsonl"]\nlocales = ["en", "fr"]\n'
    '[translate]\nengines = []\n[publish]\npolicy = "machine"\n'
)


def ran(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", *arguments]
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}  # as of the commands that are forked
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def answered(done: subprocess.CompletedProcess[str]) -> bool:
    """Tell whether a run answered without loading what reads and publishes postings."""
    return "pipeline.workflow.project" not in done.stderr


def notes(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line for line in done.stderr.splitlines() if not line.startswith("import time:")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"polypost.toml": CONFIG, "jobs.jsonl": POSTING + "not a posting\n"})
    assert polypost(tmp_path, "build").returncode == 1
    return tmp_path


def test_an_unchanged_build_says_the_same_without_reading_a_posting(project: Path) -> None:
    (project / "build" / FILE_NAME).unlink()
    worked = polypost(project, "build")
    repeated = ran(project, "build")
    assert answered(repeated)
    assert (repeated.returncode, repeated.stdout, notes(repeated)) == (1, worked.stdout, notes(worked))


def test_a_build_works_again_when_what_was_published_is_gone(project: Path) -> None:
    shutil.rmtree((project / "public").resolve())
    assert not answered(ran(project, "build"))
    assert (project / "public" / "en" / "feed.json").is_file()


def test_a_build_of_another_day_works_again(project: Path) -> None:
    assert not answered(ran(project, "build", "--as-of", "2026-12-01"))


LOOKING = (("status",), ("why", "acme-1", "fr"), ("check",), ("detect", "--json"), ("inspect",))


@pytest.mark.parametrize("command", LOOKING, ids=" ".join)
def test_what_is_only_looked_at_is_answered_again_until_something_changes(
    project: Path, command: tuple[str, ...]
) -> None:
    (project / "build" / FILE_NAME).unlink()  # a build may have answered status
    worked = polypost(project, *command)
    repeated = ran(project, *command)
    assert answered(repeated)
    assert (repeated.returncode, repeated.stdout, notes(repeated)) == (worked.returncode, worked.stdout, notes(worked))
    catalog = project / "locales/fr/LC_MESSAGES/postings.en.po"
    before = catalog.read_text(encoding="utf-8")
    assert before.endswith('msgstr ""\n')
    catalog.write_text(before.removesuffix('""\n') + '"Vous soignez."\n', encoding="utf-8")
    (project / "jobs.jsonl").write_text(POSTING.replace("Lyon", "Vigo"), encoding="utf-8")
    assert not answered(ran(project, *command))


def test_standard_input_is_never_taken_for_the_one_before(project: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "detect", "-"]
    other = POSTING.replace("acme-1", "acme-2")
    done = [
        subprocess.run(command, cwd=project, input=text, capture_output=True, text=True, check=True).stdout
        for text in (POSTING, other)
    ]
    assert ["acme-1" in done[0], "acme-2" in done[1]] == [True, True]


def test_help_loads_no_command() -> None:
    done = ran(CHECKOUT, "--help")
    assert answered(done)
    assert all(name in done.stdout for name in group.list_commands(click.Context(group)))


def test_formats_that_a_configuration_may_name_are_those_that_are_read() -> None:
    assert KNOWN_FORMATS == FORMATS


def test_the_newest_answers_are_kept(tmp_path: Path) -> None:
    answers = Answers(tmp_path)
    kept = Answer(output="a", notes="b", code=1)
    answers.keep("one", "status", kept)
    for number in range(MAX_ANSWERS - 1):
        answers.keep("two", f"why {number}", kept)
    assert answers.find("one", "status") == kept
    answers.keep("three", "status", kept)
    assert answers.find("one", "status") is None
    assert answers.find("two", "why 0") == kept


def test_no_folder_is_made_for_answers(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "build")
    answers.keep("one", "status", Answer(output="", notes=""))
    assert answers.find("one", "status") is None
    assert not (tmp_path / "build").exists()
