"""Whatever goes wrong around a build ends with a line that says what to do; the next one makes what is expected.

A full disk under each folder, every database of build/ damaged or held by another process, damaged catalogs, two builds
at once, a signal inside a call of the engine. Read-only folders: `tests/test_files.py`; closed pipes:
`tests/cli/test_streams.py`; editors at work: `tests/workflow/test_saved_meanwhile.py`; signals at any moment:
`tests/cli/test_stopping.py`.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.child import released
from tests.chaos.killing import BUILD, CATALOG, Project, State, state_of, verified
from tests.processes import POLYPOST, STOPPED, ended, started
from tests.projects import polypost

ROOM = 12  # kilobytes beside what lies there
LONG = os.environ.get("POLYPOST_CHAOS") == "long"
long_form = pytest.mark.skipif(not LONG, reason="a part of make chaos")
REMEDY = "make room"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("begun"), postings=1)


@contextmanager
def nearly_full(folder: Path) -> Iterator[None]:
    """Put what lies in a folder on a disk of its own with hardly any room, and back."""
    aside = folder.with_name(f"{folder.name}-aside")
    if folder.exists():
        shutil.copytree(folder, aside, symlinks=True)
    aside.mkdir(exist_ok=True)
    used = sum(-(-path.lstat().st_size // 4096) * 4 for path in aside.rglob("*") if not path.is_dir())
    folder.mkdir(exist_ok=True)
    size = f"size={used + ROOM}k"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        shutil.copytree(aside, folder, symlinks=True, dirs_exist_ok=True)
        yield
        shutil.rmtree(aside)
        shutil.copytree(folder, aside, symlinks=True)
    finally:
        subprocess.run(["umount", folder], check=True)
        shutil.rmtree(folder)
        aside.rename(folder)


@pytest.mark.parametrize("full", ["place", "build", "locales", "temporary"])
def test_full_disk_ends_a_build_with_what_to_do_and_the_next_one_goes_on(
    begun: Project, tmp_path: Path, full: str
) -> None:
    project = begun.copied(tmp_path / "project")
    (project / "place").mkdir()
    (project / "temporary").mkdir()
    for name in ("public", ".public-releases"):
        (project / name).rename(project / "place" / name)
    command = (*BUILD, "--out", "place/public")
    with nearly_full(project / full):
        done = polypost(project, *command, TMPDIR=str(project / "temporary"))
        verified(project / "place/public")
    assert done.returncode == 1
    assert REMEDY in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    done = polypost(project, *command)
    assert done.returncode == 0, done.stderr
    for name in ("public", ".public-releases"):
        (project / "place" / name).rename(project / name)
    assert state_of(project) == begun.alone


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100 : len(content) : 50] = b"\xff" * len(content[100 : len(content) : 50])
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def databases(project: Path) -> list[str]:
    """Return what a build keeps in databases, by name."""
    return sorted(path.name for path in (project / "build").glob("*.sqlite3"))


@long_form
@pytest.mark.parametrize("damage", [truncated, overwritten, emptied])
def test_what_is_derived_may_be_damaged(begun: Project, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    for name in databases(begun.copied(tmp_path / "whole")):
        project = begun.copied(tmp_path / name)
        damage(project / "build" / name)
        done = polypost(project, *BUILD)
        if done.returncode:
            assert (done.returncode, "Traceback" in done.stderr) == (1, False), name
            assert done.stderr.endswith("delete the file, it is made again from the catalogs and the engines\n"), name
            (project / "build" / name).unlink()
            done = polypost(project, *BUILD)
        assert done.returncode == 0, (name, done.stderr)
        assert state_of(project) == begun.alone, name


@long_form
def test_what_is_derived_is_not_waited_for_where_another_process_holds_it(begun: Project, tmp_path: Path) -> None:
    names = [name for name in databases(begun.copied(tmp_path / "whole")) if name != "memory.sqlite3"]
    assert "answers.sqlite3" in names
    for name in names:
        project = begun.copied(tmp_path / name)
        with closing(sqlite3.connect(project / "build" / name)) as other:
            other.execute("BEGIN EXCLUSIVE")
            done = polypost(project, *BUILD)
        assert done.returncode == 0, (name, done.stderr)
        assert state_of(project) == begun.alone, name


@long_form
def test_memory_that_another_process_holds_is_waited_for(begun: Project, tmp_path: Path) -> None:
    project = begun.copied(tmp_path / "project")
    with closing(sqlite3.connect(project / "build/memory.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with started(project, *POLYPOST, *BUILD) as process:
            time.sleep(5)
            other.execute("ROLLBACK")
            code, _, notes = ended(process)
    assert code == 0, notes
    assert state_of(project) == begun.alone


def without_templates(state: State) -> State:
    """Leave out what nobody writes and every run makes anew."""
    kept = {name: content for name, content in state.locales.items() if not name.endswith(".pot")}
    return replace(state, locales=kept)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2 + 7],
        lambda content: content.replace(b'"', b"", 41),
        lambda content: content.replace(b"msgstr", b"msgstr\xff\xfe", 3),
        lambda content: content[: len(content) // 2] + bytes(512) + content[len(content) // 2 + 512 :],  # a torn page
    ],
    ids=["cut", "without quotes", "no UTF-8", "zeros"],
)
def test_damaged_catalog_is_named_with_its_line_and_nothing_of_people_or_readers_is_changed(
    begun: Project, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    project = begun.copied(tmp_path / "project")
    whole = (project / CATALOG).read_bytes()
    (project / CATALOG).write_bytes(damage(whole))
    before = state_of(project)
    done = polypost(project, *BUILD)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"{CATALOG}:" in done.stderr.splitlines()[-1]
    assert without_templates(state_of(project)) == without_templates(before)
    (project / CATALOG).write_bytes(whole)
    assert polypost(project, *BUILD).returncode == 0
    assert state_of(project) == begun.alone


def test_two_builds_at_once_make_what_one_makes(begun: Project, tmp_path: Path) -> None:
    project = begun.copied(tmp_path / "project")
    with started(project, *POLYPOST, *BUILD) as one, started(project, *POLYPOST, *BUILD) as other:
        codes = [ended(process) for process in (one, other)]
    assert [code for code, _, _ in codes] == [0, 0], codes
    assert state_of(project) == begun.alone


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_inside_a_call_of_the_engine_keeps_what_was_finished(
    begun: Project, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    project = begun.copied(tmp_path / "project")
    log = tmp_path / "log"
    child = (sys.executable, "-m", "tests.chaos.child", str(log))
    with started(project, *child, "held 5", *BUILD) as process:
        while not (log.exists() and log.read_text(encoding="utf-8").count('["asked"') >= 5):
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(number)
        released(log).touch()
        assert ended(process) == (code, "", STOPPED)
    verified(project / "public")
    log.unlink()
    with started(project, *child, "never", *BUILD) as process:
        assert ended(process)[0] == 0
    lines = (json.loads(line) for line in log.read_text(encoding="utf-8").splitlines())
    assert {text for kind, text in lines if kind == "asked"} <= begun.asked
    assert state_of(project) == begun.alone
