"""What the posting files became is kept as a whole: nothing that reads is loaded, and nothing comes out otherwise."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.storage.answers import FILE_NAME
from tests.projects import CHECKOUT, CONFIG, NO_MODELS, polypost, write_tree

KEPT = "read.msgpack"
# What reads, detects and translates, and what looks for the time zone.
HEAVY = (
    "pipeline.workflow.understanding",
    "pipeline.intake.posting_file",
    "pipeline.intake.detection",
    "pipeline.translation.round_trip",
    "pipeline.translation.engines.argos",
    "pipeline.terminology.glossary_file",
    "babel.dates",
    "lxml",
)


def line(posting: str, text: str, **more: str) -> str:
    return json.dumps({"id": posting, "title": "Nurse", "language": "en", "description": text, **more}) + "\n"


POSTINGS = (
    line("a-1", "You care for patients in Lyon.")
    + line("a-1", "You care for patients in Lyon.", location="Paris, France")
    + line("g-1", "You bake bread at night.", group="g")
    + line("g-2", "Vous faites du pain la nuit.", group="g", language="fr")
    + "not a posting\n"
)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of merged, grouped and rejected records that was built twice: feeds have its postings."""
    folder = write_tree(tmp_path_factory.mktemp("master"), {"polypost.toml": CONFIG, "postings/jobs.jsonl": POSTINGS})
    for _ in range(2):
        assert polypost(folder, "publish").returncode == 1
    return folder


@pytest.fixture
def project(master: Path, tmp_path: Path) -> Path:
    return shutil.copytree(master, tmp_path / "project", symlinks=True)


def told(project: Path, *, anew: bool = False) -> list[str]:
    """Ask about postings; nothing is answered from what was printed before, or `anew` from what was read before."""
    build = project / "build"
    for kept in build.glob("read.*" if anew else FILE_NAME):
        kept.unlink()
    (build / FILE_NAME).unlink(missing_ok=True)
    asked = (("status", "--json"), ("why", "a-1", "fr", "--json"), ("why", "g-1", "fr"), ("detect",))
    return [f"{done.returncode} {done.stdout} {done.stderr}" for done in (polypost(project, *each) for each in asked)]


def test_command_about_what_was_read_loads_nothing_that_reads(project: Path) -> None:
    (project / "build" / FILE_NAME).unlink(missing_ok=True)
    command = [sys.executable, "-X", "importtime", "-m", "pipeline", "why", "g-1", "fr"]
    environment = {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=True)
    loaded = {each.rpartition("|")[2].strip() for each in done.stderr.splitlines()}
    assert "pipeline.workflow.reading" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []


def test_what_is_kept_tells_the_same_as_reading_anew(project: Path) -> None:
    kept = told(project)
    assert told(project, anew=True) == kept
    assert told(project) == kept


def test_changed_posting_is_read_anew(project: Path) -> None:
    assert "at night" in polypost(project, "inspect", "--json").stdout
    write_tree(project, {"postings/jobs.jsonl": POSTINGS.replace("at night", "by day")})
    after = polypost(project, "inspect", "--json").stdout
    assert ("by day" in after, "at night" in after) == (True, False)
    assert told(project) == told(project, anew=True)


@pytest.mark.parametrize("lost", ["read.sqlite3", "outlines.sqlite3"])
def test_text_that_is_gone_is_made_again(project: Path, lost: str) -> None:
    kept = told(project)
    (project / "build" / lost).unlink()
    assert told(project) == kept


def test_damaged_reading_is_none(project: Path) -> None:
    kept = told(project)
    path = project / "build" / KEPT
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    assert told(project) == kept


def test_reading_of_another_configuration_is_not_taken(project: Path) -> None:
    text = (project / "polypost.toml").read_text(encoding="utf-8")
    write_tree(project, {"polypost.toml": text.replace("^This list", "^You bake")})
    assert "g-1" in polypost(project, "detect").stdout
    assert told(project) == told(project, anew=True)
