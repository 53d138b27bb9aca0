"""A build by several processes gives the bytes of a build by one, whatever becomes of its children."""

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import polib
import pytest

from pipeline.config import read_settings
from pipeline.errors import LostWorkError
from pipeline.storage.children import Children
from pipeline.workflow.build import build
from pipeline.workflow.maintenance import CheckedCatalog, check_catalogs
from pipeline.workflow.posting_files import find_posting_files
from pipeline.workflow.project import Project
from pipeline.workflow.run import Run
from tests.projects import read_tree

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no children")
POSTINGS = 150
CONFIG = """
[project]
base_url = "https://jobs.example/"
postings = ["jobs.jsonl"]
locales = ["en", "fr", "pt_BR", "pt_PT"]
[translate]
engines = []
[publish]
policy = "machine"
max_withdrawn = 100
"""
WORK = ("You mend 12 nets.", "You bake bread.", "You drive a van until 17:00.", "You count stock.", "You greet guests.")
CATALOGS = "locales/*/LC_MESSAGES/postings.*.po"
Outputs = dict[str, dict[str, bytes]]


def written(folder: Path, *, edited: bool = False) -> None:
    chance = Random(5)  # noqa: S311  postings, not secrets
    postings = []
    for number in range(POSTINGS):
        texts = [*chance.sample(WORK, 2), f"Your team is number {number}.", f"You earn EUR {number},500 a year."]
        if edited and number % 3 == 0:
            texts[2] = f"Your own team is number {number}."
        postings.append(
            {
                "id": f"job-{number:03d}",
                "title": f"Cook {number % 7}" if number % 10 else "Cozinheiro",
                "language": "en" if number % 10 else "pt",
                "date_posted": f"2026-10-{1 + number % 28:02d}",
                "locations": [{"country": ("FR", "DE", "PT")[number % 3], "city": "Harbour"}],
                "description": "<h2>Requirements</h2><ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>",
            }
        )
    (folder / "jobs.jsonl").write_text("".join(json.dumps(one) + "\n" for one in postings))


def accept(path: Path) -> None:
    """Have somebody translate a part of a catalog."""
    catalog = polib.pofile(str(path))
    for entry in catalog[::2]:
        entry.msgstr = f"{entry.msgid} :"
        entry.flags = []
    catalog.save(str(path))


def project_of(folder: Path, children: Children, *, allow_losses: bool = False) -> Project:
    settings = read_settings(folder / "polypost.toml")
    run = Run(
        settings=settings,
        files=find_posting_files(settings),
        locales_dir=folder / "locales",
        build_dir=folder / "build",
        out=folder / "public",
        allow_losses=allow_losses,
        children=children,
    )
    return Project.of(run)


def outputs(folder: Path, children: Children, *, allow_losses: bool = False) -> Outputs:
    build(project_of(folder, children, allow_losses=allow_losses), allow_withdrawals=True)
    files = {name: read_tree(folder / name) for name in ("locales", "public")}
    lines = {path.name: path.read_bytes() for path in (folder / "build").glob("*.jsonl")}
    words = {path.name: b"" for path in (folder / "build").glob("forms.*")}  # in the order in which they were asked for
    return {**files, "build": {**lines, **words}}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of which people have reviewed some, and whose postings have changed since."""
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "polypost.toml").write_text(CONFIG)
    written(folder)
    outputs(folder, Children(processes=1))
    for path in sorted(folder.glob(CATALOGS)):
        accept(path)
    outputs(folder, Children(processes=1))
    written(folder, edited=True)
    return folder


@pytest.fixture(scope="module")
def by_one(reviewed: Path, tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    folder = tmp_path_factory.mktemp("by-one")
    return outputs(begun(reviewed, folder / "project"), Children(processes=1))


def begun(reviewed: Path, folder: Path) -> Path:
    """Return a copy of the project without what was kept, so that all has to be made."""
    return shutil.copytree(reviewed, folder, ignore=shutil.ignore_patterns("build", "public", ".public-releases"))


@pytest.mark.parametrize("processes", [0, 2, 3, 6])
def test_any_number_of_processes_makes_the_same_bytes(
    reviewed: Path, by_one: Outputs, tmp_path: Path, processes: int
) -> None:
    project = begun(reviewed, tmp_path / "project")
    children = Children(processes=processes, least=0)
    assert outputs(project, children) == by_one
    assert outputs(project, children) == by_one  # over what the first run has kept


def child_processes() -> set[int]:
    """Return the numbers of the processes that this one has started."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8")
    return set(map(int, listed.split()))


@contextmanager
def killer(seed: int) -> Iterator[list[int]]:
    """Kill the children of this process at random moments, the first ones as soon as there are any."""
    chance, ended, killed = Random(seed), threading.Event(), list[int]()  # noqa: S311  moments, not secrets
    own = child_processes()  # of the tests, as a browser is

    def kill() -> None:
        while not ended.wait(chance.uniform(0, 0.2) if killed else 0.001):
            for pid in child_processes() - own:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("seed", [1, 2])
def test_children_that_are_killed_change_no_byte(reviewed: Path, by_one: Outputs, tmp_path: Path, seed: int) -> None:
    project = begun(reviewed, tmp_path / "project")
    with killer(seed) as killed:
        assert outputs(project, Children(processes=4, least=0)) == by_one
    assert killed


@pytest.mark.parametrize("processes", [2, 5])
def test_checks_find_the_same_with_any_number_of_processes(reviewed: Path, tmp_path: Path, processes: int) -> None:
    found = [
        list(check_catalogs(project_of(begun(reviewed, tmp_path / f"{number}"), Children(processes=number, least=0))))
        for number in (1, processes)
    ]
    assert sum(len(catalog.units) for catalog in found[0]) > POSTINGS
    assert [of_checks(catalog) for catalog in found[1]] == [of_checks(catalog) for catalog in found[0]]


def of_checks(catalog: CheckedCatalog) -> list[object]:
    return [(checked.unit, checked.findings, checked.line, checked.postings) for checked in catalog.units]


def test_lost_work_stops_a_run_that_has_children(reviewed: Path, tmp_path: Path) -> None:
    project = shutil.copytree(reviewed, tmp_path / "project", symlinks=True)
    path = project / "locales/fr/LC_MESSAGES/postings.en.po"
    catalog = polib.pofile(str(path))
    del catalog[:]
    catalog.save(str(path))
    with pytest.raises(LostWorkError):
        outputs(project, Children(processes=3, least=0))
    outputs(project, Children(processes=3, least=0), allow_losses=True)


def test_a_few_lost_reviews_are_noted_whichever_process_finds_them(reviewed: Path, tmp_path: Path) -> None:
    lost = {}
    for processes in (1, 4):
        folder = shutil.copytree(reviewed, tmp_path / f"{processes}", symlinks=True)
        for path in folder.glob(CATALOGS):
            catalog = polib.pofile(str(path))
            catalog.remove(next(entry for entry in catalog if entry.translated()))
            catalog.save(str(path))
        project = project_of(folder, Children(processes=processes, least=0))
        build(project, allow_withdrawals=True)
        lost[processes] = sorted((path.relative_to(folder), number) for path, number in project.last_run.lost.items())
    assert lost[1] == lost[4] != []
