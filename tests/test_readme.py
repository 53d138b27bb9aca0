"""Every command in the README runs, as it stands there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loaded import run_loaded
from tests.projects import CHECKOUT, polypost
from tests.shared import built_samples

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = list(dict.fromkeys(line for block in BLOCKS for line in block.strip().split("\n")))
# These are run by other means: the first is this very run, the others wait for a browser until they are stopped.
ELSEWHERE = {"make test", "make serve", "polypost serve"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("readme") / "polypost"
    ignored = shutil.ignore_patterns(".git", ".venv", "build", "public", ".public-releases", ".*_cache", ".hypothesis")
    shutil.copytree(CHECKOUT, copy, ignore=ignored)
    shutil.copytree(built_samples(tmp_path_factory) / "build", copy / "build")
    return copy


def set_up_environment(venv: Path) -> None:
    """Let make find the environment that runs this test, and find it ready."""
    venv.mkdir()
    (venv / "bin").symlink_to(Path(sys.executable).parent)
    (venv / ".ready").touch()


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ELSEWHERE])
def test_command_of_the_readme_runs(checkout: Path, command: str) -> None:
    venv = checkout / ".venv"
    models = {"POLYPOST_MODELS_DIR": str(checkout / "build/models"), "ARGOS_PACKAGES_DIR": str(checkout / "build/none")}
    if not venv.exists():
        set_up_environment(venv)
    person = {"GIT_AUTHOR_NAME": "Ana Souza", "GIT_AUTHOR_EMAIL": "ana@example.org"}  # who reviews
    environment = {**os.environ, **models, **person, "PATH": f"{venv / 'bin'}:{os.environ['PATH']}"}
    program, *arguments = shlex.split(command)
    loaded = {**environment, "PYTHONPATH": str(CHECKOUT)}
    done = run_loaded(checkout, ["-m", "pipeline", *arguments], loaded) if program == "polypost" else None
    done = done or subprocess.run(  # make and env start the program that is installed
        shlex.split(command), cwd=checkout, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_every_command_is_in_the_readme() -> None:
    listed = polypost(CHECKOUT, "--help").stdout.partition("Commands:")[2]
    for name in re.findall(r"^  (\w+)  ", listed, re.MULTILINE):
        assert any(re.match(rf"(polypost|make) {name}\b", command) for command in COMMANDS), name


def test_every_make_target_is_in_help_and_every_help_line_is_complete() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    done = subprocess.run(["make", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    shown = set(re.findall(r"^  make ([\w-]+) +\S", done.stdout, re.MULTILINE))
    assert shown == set(phony[1].split())
