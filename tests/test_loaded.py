"""A command that is forked from the loaded program does what one that begins anew does."""

import os
from pathlib import Path

import pytest

from tests.cli.every_command import FILES
from tests.loaded import run_loaded
from tests.processes import POLYPOST, ended, started
from tests.projects import CHECKOUT, built, read_tree, write_tree

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(CHECKOUT)}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_tree(tmp_path_factory.mktemp("project"), FILES)
    built(folder)
    return folder


@pytest.mark.parametrize("command", [("build",), ("status", "--json"), ("why", "nobody", "fr"), ("dance",)])
def test_fork_says_and_writes_what_a_new_process_does(project: Path, command: tuple[str, ...]) -> None:
    forked = run_loaded(project, ["-m", "pipeline", *command], ENVIRONMENT)
    assert forked is not None
    left = read_tree(project)
    with started(project, *POLYPOST, *command) as process:
        assert ended(process) == (forked.returncode, forked.stdout, forked.stderr)
    assert read_tree(project) == left


def test_what_the_interpreter_reads_at_its_start_takes_a_new_process(project: Path) -> None:
    assert run_loaded(project, ["-m", "pipeline", "--version"], {**ENVIRONMENT, "PYTHONHASHSEED": "7"}) is None
