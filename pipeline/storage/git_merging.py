"""What git keeps of a merge, finished or not, and the driver that it is told to merge catalogs with.

Git is asked by its own program. A driver is a command in the configuration of a clone, which `.gitattributes` names for
a kind of file (gitattributes(5), "Defining a custom merge driver").
"""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError

_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_SECONDS = 60


class Stages(NamedTuple):
    """The three versions of a file in a merge; `base` is None where both sides added the file."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def read_stages(path: Path) -> Stages | None:
    """Return the versions of a file whose merge git has not finished; None where there is none, or no git."""
    try:
        base, ours, theirs = (_git(path.parent, "show", f":{number}:./{path.name}") for number in (1, 2, 3))
    except UsageError:
        return None
    if ours.returncode or theirs.returncode:
        return None
    return Stages(None if base.returncode else base.stdout, ours.stdout, theirs.stdout)


class LastMerge(NamedTuple):
    """The two commits that the last commit of a clone has merged, and where they parted; "" if git does not know."""

    base: str
    ours: str
    theirs: str


def find_last_merge(folder: Path) -> LastMerge | None:
    """Return what the last commit has merged; None if it is no merge of two, or if there is no git."""
    try:
        commits = os.fsdecode(_git(folder, "rev-list", "--parents", "--max-count=1", "HEAD").stdout).split()
    except UsageError:
        return None
    if len(commits) != len(LastMerge._fields):
        return None
    base = os.fsdecode(_git(folder, "merge-base", *commits[1:]).stdout).strip()
    return LastMerge(base, commits[1], commits[2])


def read_committed(path: Path, commit: str) -> bytes | None:
    """Return what a file holds in a commit; None if it is not there."""
    found = _git(path.parent, "show", f"{commit}:./{path.name}")
    return None if found.returncode else found.stdout


def find_clone(folder: Path) -> Path:
    """Return the uppermost folder of the clone that a folder lies in. Raises UsageError if it lies in none."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise UsageError(f"{folder} is in no clone of git, so that there is nothing to merge; `git init` makes one")
    return Path(os.fsdecode(found.stdout).rstrip("\n"))


def read_setting(clone: Path, name: str) -> str:
    """Return what the configuration of a clone itself says; "" if it says nothing."""
    return os.fsdecode(_git(clone, "config", "--local", "--get", name).stdout).rstrip("\n")


def write_setting(clone: Path, name: str, value: str) -> None:
    """Set what the configuration of a clone says. Raises UsageError with what git says if it cannot."""
    done = _git(clone, "config", "--local", name, value)
    if done.returncode:
        raise UsageError(f"git config {name}: {os.fsdecode(done.stderr).strip()}")


def merge_lines(base: Path, ours: Path, theirs: Path) -> None:
    """Merge files as git does by itself, into `ours`, with markers where both sides changed the same lines."""
    labels = (part for label in ("ours", "base", "theirs") for part in ("-L", label))
    _git(Path.cwd(), "merge-file", "--diff3", *labels, *map(str, (ours, base, theirs)))


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        return subprocess.run(  # noqa: S603  no shell, and no argument but our own and paths
            ["git", "-C", str(folder), *arguments],  # noqa: S607  whichever git the person uses
            capture_output=True,
            check=False,
            env=environment,
            timeout=_SECONDS,
        )
    except FileNotFoundError as error:
        raise UsageError("the program git is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git {arguments[0]} did not answer within {_SECONDS} seconds in {folder}") from error
