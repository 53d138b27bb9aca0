"""What git has of a folder: the commit at which a branch left another one, and files as they were then.

It is asked by its own program, and nothing is written. `find_fork(Path("locales"), "origin/main")` is what a pull
request started from: what others have added to the main branch since then is none of its changes.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

# A hook of git is told where the repository is, as seen from a folder that need not be ours.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_DEEPER = (
    "fetch the history: `git fetch --unshallow`; in CI set `fetch-depth: 0` of actions/checkout, or `GIT_DEPTH: 0` of "
    "GitLab"
)
_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit of the repository whose files lie in `root`; `id` is "" before the first one, when there is no file."""

    root: Path
    id: str

    def read(self, name: str) -> bytes | None:
        """Return what a file held, by its path below `root`; None if it was not there."""
        done = _git(self.root, "cat-file", "blob", f"{self.id}:{name}") if self.id else None
        return done.stdout if done and done.returncode == 0 else None

    def former_names(self, pattern: str) -> Mapping[str, str]:
        """Return the paths that files had then which are renamed now, by those of now; `pattern` is a glob."""
        if not self.id:
            return {}
        options = ("--name-status", "--find-renames", "--diff-filter=R", "-z", "--no-ext-diff")
        done = _git(self.root, "diff", *options, self.id, "--", f":(top,glob){pattern}")
        fields = os.fsdecode(done.stdout).split("\0")
        return dict(zip(fields[2::3], fields[1::3], strict=False))


def repository_root(folder: Path) -> Path:
    """Return the folder of the repository that a folder lies in, by the look of it; the current folder if in none."""
    above = (folder.resolve(), *folder.resolve().parents)
    return next((path for path in above if (path / ".git").exists()), Path.cwd())


def find_fork(folder: Path, revision: str) -> Commit:
    """Return the newest commit that `revision` and what is checked out have in common.

    Of two histories that have none it is the revision itself. Raises UsageError, with what to type, if the folder lies
    in no repository, git knows no such revision, or a shallow clone does not reach so far.
    """
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise UsageError(f"{folder}: git has no history to compare with: {_complaint(found)}")
    root = Path(os.fsdecode(found.stdout).rstrip("\n"))
    if not _git(root, "rev-list", "--max-count=1", "--all", "HEAD", "--").stdout:
        return Commit(root=root, id="")  # the very first commit is about to be made
    wanted = (
        "" if revision.startswith("-") else _answer(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    )
    shallow = _answer(root, "rev-parse", "--is-shallow-repository") == "true"
    if not wanted:
        remedy = _DEEPER if shallow else "`git branch --all` lists what there is, `git fetch origin` brings what is new"
        raise UsageError(
            f"git has no revision {revision!r} in {root}{', a shallow clone' if shallow else ''}; {remedy}"
        )
    base = _answer(root, "merge-base", wanted, "HEAD")
    if not base and shallow:
        raise UsageError(f"this shallow clone does not reach back to where {revision} was left; {_DEEPER}")
    return Commit(root=root, id=base or wanted)


def _answer(folder: Path, *arguments: str) -> str:
    """Return what git answers, "" if it fails."""
    done = _git(folder, *arguments)
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def _complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(done.stderr.decode(errors="replace").removeprefix("fatal: ").split())


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(  # noqa: S603  no shell; a revision that looks like an option is refused
            command,
            capture_output=True,
            check=False,
            env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            timeout=_SECONDS,
        )
    except FileNotFoundError as error:
        raise UsageError("the program git is not installed, and it has to say what was changed") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git {arguments[0]} did not answer within {_SECONDS} seconds in {folder}") from error
