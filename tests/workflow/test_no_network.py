"""Nothing connects anywhere unless it is asked to: only `polypost models install FROM TO` does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loaded import run_loaded
from tests.models.argos_archives import EN_PT
from tests.models.firefox_models import EN_PT as PAIR
from tests.models.firefox_models import folder_of
from tests.projects import CHECKOUT, CONFIG, NO_MODELS, write_tree

POSTING = """\
Title: Nurse
Language: en

Requirements:
Two years of experience
"""
# This comes before a command, and where one begins anew before anything else that Python imports; what would leave
# the machine is written down and fails. A connection of the native code of an engine is not seen here: no engine that
# ships is given an address.
GUARD = """\
import os
import socket
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"):
        with open("../connections", "a") as file:
            file.write(f"{event}\\n")
        raise OSError("the guard lets nobody out")

sys.addaudithook(refuse)
"""
COMMAND = "from pipeline.cli import main; main(sys.argv[1:])"
COMMANDS = [
    ("init",),
    ("build",),
    ("inspect",),
    ("detect", "--json"),
    ("translate", "--json"),
    ("publish",),
    ("catalogs", "update"),
    ("catalogs", "stats"),
    ("check",),
    ("status", "--json"),
    ("why", "nurse", "pt_BR"),
    ("engines", "--json"),
    ("models", "list"),
    ("models", "verify"),
    ("models", "install", "--from", str(EN_PT)),
    ("models", "install", "--from", str(folder_of(PAIR))),
    ("models", "install"),
]
BEGUN_ANEW = [("build",), ("engines", "--json")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"polypost.toml": CONFIG, "postings/nurse.txt": POSTING}
    write_tree(tmp_path / "guard", {"sitecustomize.py": GUARD})
    return write_tree(tmp_path / "project", files)


def guarded(project: Path, *arguments: str, anew: bool = False) -> tuple[int, list[str]]:
    """Run a command; return how it ended and what it tried to connect."""
    connections = project.parent / "connections"
    connections.write_text("", encoding="utf-8")
    guard = f"{project.parent / 'guard'}{os.pathsep}" if anew else ""
    python = ["-m", "pipeline"] if anew else ["-c", GUARD + COMMAND]
    environment = {
        **os.environ,
        **NO_MODELS,
        "PYTHONPATH": f"{guard}{CHECKOUT}",
        "POLYPOST_MODELS_DIR": str(project.parent / "models"),
    }
    done = run_loaded(project, [*python, *arguments], environment) or subprocess.run(
        [sys.executable, *python, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, connections.read_text(encoding="utf-8").splitlines()


def test_no_command_connects_but_the_one_that_is_asked_to(project: Path) -> None:
    assert guarded(project, "models", "install", "--from", str(EN_PT)) == (0, [])  # so that Argos runs as well
    config = CONFIG.replace('engines = ["bergamot"]', 'engines = ["argos", "bergamot"]')
    write_tree(project, {"polypost.toml": config})
    done = [guarded(project, *command) for command in COMMANDS]
    done += [guarded(project, *command, anew=True) for command in BEGUN_ANEW]
    assert [tried for _, tried in done] == [[]] * len(done)
    # 1 is the check that finds something in what the small engine wrote; it ran, which is what counts here.
    assert {code for code, _ in done} <= {0, 1}
    code, tried = guarded(project, "models", "install", "en", "fr", "--attempts", "1")
    assert (code, set(tried)) == (3, {"socket.getaddrinfo"})
    code, tried = guarded(project, "models", "install", "en", "fr", "--attempts", "1", anew=True)
    assert (code, set(tried)) == (3, {"socket.getaddrinfo"})
