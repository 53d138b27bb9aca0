"""`--locked`: a run translates with exactly what models.lock pins, or ends with 3 and the command that supplies it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.models.argos_archives import EN_PT, PT_ES
from tests.projects import CONFIG, polypost, read_tree, write_tree

ARGOS = CONFIG.replace('["bergamot"]', '["argos"]').replace(', "postings/*.jsonl"', "")
POSTING = "Title: Cook\nLanguage: en\n\nRequirements:\nTwo years of experience in a busy kitchen\n"
MODEL = "models/translate-en_pt-0_1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = write_tree(tmp_path / "project", {"polypost.toml": ARGOS, "postings/cook.txt": POSTING})
    assert run(project, "models", "install", "--from", str(EN_PT)).returncode == 0
    return project


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return polypost(project, *arguments, POLYPOST_MODELS_DIR=str(project.parent / "models"))


def test_pinned_models_build_and_translate(project: Path) -> None:
    for command in (("translate", "--locked"), ("build", "--locked"), ("build", "--locked")):
        done = run(project, *command)
        assert done.returncode == 0, done.stderr
    catalog = (project / "locales/pt_BR/LC_MESSAGES/postings.en.po").read_text(encoding="utf-8")
    assert "#. engine: argos 0.1" in catalog


@pytest.mark.parametrize("command", ["build", "translate"])
def test_missing_model_ends_with_3_and_names_the_command(project: Path, command: str) -> None:
    (project.parent / MODEL).unlink()
    before = read_tree(project)
    done = run(project, command, "--locked")
    told = (
        "error: --locked: en→pt missing: version 0.1 is pinned and not installed; "
        "polypost models install en pt, or --from FILE.argosmodel\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "", told)
    assert read_tree(project) == before
    assert run(project, command).returncode == 0


def test_changed_byte_is_found_even_where_nothing_else_has_changed(project: Path) -> None:
    assert run(project, "build", "--locked").returncode == 0
    weights = project.parent / MODEL / "model/model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    done = run(project, "build", "--locked")
    assert (done.returncode, "error: --locked: en→pt changed: the files in " in done.stderr) == (3, True)


def test_other_version_is_named_with_both(project: Path) -> None:
    lock = project / "models.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace('"0.1"', '"0.2"'), encoding="utf-8")
    done = run(project, "build", "--locked")
    assert (done.returncode, "version 0.2 is pinned, installed is 0.1" in done.stderr) == (3, True)


def test_model_that_is_not_pinned_is_left_out(project: Path) -> None:
    (project / "models.lock").unlink()
    assert run(project, "translate", "--locked").returncode == 0
    catalog = project / "locales/pt_BR/LC_MESSAGES/postings.en.po"
    assert "#. engine: argos" not in catalog.read_text(encoding="utf-8")
    assert run(project, "translate").returncode == 0
    assert "#. engine: argos" in catalog.read_text(encoding="utf-8")


def test_pin_of_an_engine_that_the_run_does_not_use_is_not_asked_for(project: Path) -> None:
    write_tree(project, {"polypost.toml": ARGOS.replace('["argos"]', '["bergamot"]')})
    (project.parent / MODEL).unlink()
    assert run(project, "translate", "--locked").returncode == 0
    assert run(project, "translate", "--locked", "--engine", "argos").returncode == 3


def test_every_missing_model_is_told_at_once(project: Path) -> None:
    assert run(project, "models", "install", "--from", str(PT_ES)).returncode == 0
    shutil.rmtree(project.parent / "models")
    done = run(project, "build", "--locked")
    assert [line.split()[2] for line in done.stderr.splitlines()] == ["en→pt", "pt→es"]
