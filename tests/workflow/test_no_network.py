"""Nothing connects anywhere unless it is asked to: only `polypost models install FROM TO` does."""

import os
from pathlib import Path

import pytest

from tests.models.argos_archives import EN_PT
from tests.models.firefox_models import EN_PT as PAIR
from tests.models.firefox_models import folder_of
from tests.projects import CHECKOUT, CONFIG, polypost, write_tree

POSTING = """\
Title: Nurse
Language: en

Requirements:
Two years of experience
"""
# Python imports this before anything else; what would leave the machine is written down and fails. A connection of
# the native code of an engine is not seen here: no engine that ships is given an address.
GUARD = """\
import os
import socket
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            file.write(f"{event}\\n")
        raise OSError("the guard lets nobody out")

sys.addaudithook(refuse)
"""
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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"polypost.toml": CONFIG, "postings/nurse.txt": POSTING}
    write_tree(tmp_path / "guard", {"sitecustomize.py": GUARD})
    return write_tree(tmp_path / "project", files)


def guarded(project: Path, *arguments: str) -> tuple[int, list[str]]:
    """Run a command; return how it ended and what it tried to connect."""
    connections = project.parent / "connections"
    connections.write_text("", encoding="utf-8")
    done = polypost(
        project,
        *arguments,
        PYTHONPATH=f"{project.parent / 'guard'}{os.pathsep}{CHECKOUT}",
        CONNECTIONS=str(connections),
        POLYPOST_MODELS_DIR=str(project.parent / "models"),
    )
    return done.returncode, connections.read_text(encoding="utf-8").splitlines()


def test_no_command_connects_but_the_one_that_is_asked_to(project: Path) -> None:
    assert guarded(project, "models", "install", "--from", str(EN_PT)) == (0, [])  # so that Argos runs as well
    config = CONFIG.replace('engines = ["bergamot"]', 'engines = ["argos", "bergamot"]')
    write_tree(project, {"polypost.toml": config})
    done = {command: guarded(project, *command) for command in COMMANDS}
    assert {command: tried for command, (_, tried) in done.items()} == {command: [] for command in COMMANDS}
    # 1 is the check that finds something in what the small engine wrote; it ran, which is what counts here.
    assert {code for code, _ in done.values()} <= {0, 1}
    code, tried = guarded(project, "models", "install", "en", "fr", "--attempts", "1")
    assert (code, set(tried)) == (3, {"socket.getaddrinfo"})
