"""Projects in temporary folders, and the command run on them as a user does."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import pytest

from tests.loaded import run_loaded
from tests.tools import without_privilege

CHECKOUT = Path(__file__).parents[1]
# What a tester's machine has installed for Argos must not change what the tests see.
NO_MODELS = {"POLYPOST_MODELS_DIR": "/nonexistent/models", "ARGOS_PACKAGES_DIR": "/nonexistent/argos"}
CONFIG = """
[project]
base_url = "https://jobs.example.org/"
postings = ["postings/*.txt", "postings/*.jsonl"]
locales = ["en", "pt_BR", "fr"]

[intake]
drop_lines = ["^This list contains only the countries"]

[translate]
engines = ["bergamot"]
do_not_translate = ["Microsoft", "Azure"]

[publish]
policy = "reviewed"

[publish.locales.en]
policy = "machine"

[publish.locales.pt_BR]
policy = "machine"
"""


def write_tree(root: Path, files: Mapping[str, str]) -> Path:
    """Write files by their paths below `root`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def read_tree(root: Path) -> dict[str, bytes]:
    """Read every file below `root`, by its path; through a symbolic link too."""
    real = root.resolve()
    return {path.relative_to(real).as_posix(): path.read_bytes() for path in sorted(real.rglob("*")) if path.is_file()}


def read_times(root: Path) -> dict[str, int]:
    """Read when every file below `root` was last written."""
    real = root.resolve()
    return {path.relative_to(real).as_posix(): path.stat().st_mtime_ns for path in real.rglob("*") if path.is_file()}


def polypost(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the folder of a project, in a process of its own.

    It is forked from one that has the program loaded, where it can be; what `processes` starts begins anew.
    """
    return _forked(project, arguments, environment, stdout=None)


def polypost_into(project: Path, stdout: IO[bytes], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with another standard output."""
    return _forked(project, arguments, {}, stdout=stdout)


def bound_polypost(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody whom the permissions of files bind."""
    return _run(project, [*without_privilege(), sys.executable, "-m", "pipeline", *arguments], {})


def private_polypost(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody whose new files are for nobody else."""
    return _run(project, [sys.executable, "-m", "pipeline", *arguments], {}, umask=0o077)


def _forked(
    project: Path, arguments: Sequence[str], environment: Mapping[str, str], *, stdout: IO[bytes] | None
) -> subprocess.CompletedProcess[str]:
    python = ["-m", "pipeline", *arguments]
    done = run_loaded(project, python, _environment(environment), stdout=stdout)
    return done or _run(project, [sys.executable, *python], environment, stdout=stdout)


def _run(
    project: Path,
    command: list[str],
    environment: Mapping[str, str],
    *,
    umask: int = -1,
    stdout: IO[bytes] | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=project,
        env=_environment(environment),
        stdout=stdout or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
        check=False,
        umask=umask,
    )


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **NO_MODELS, "PYTHONPATH": str(CHECKOUT), **more}


def built(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build a project that is expected to build."""
    done = polypost(project, "build", *arguments)
    assert done.returncode == 0, done.stderr
    return done


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def shared_data() -> Path:
    """Return the folder of real data; skip without it on a user's machine, fail in CI."""
    named = os.environ.get("POLYPOST_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    if folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail("POLYPOST_DATA has to name the real data in CI")
    pytest.skip("POLYPOST_DATA does not name the real data")
