"""Who works here and who wrote a line, as git knows it; git is asked by its own program and nothing is written."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A hook of git is told where the repository is, as seen from a folder that need not be ours.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_SECONDS = 60
_NOT_COMMITTED = "not.committed.yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person by the name and the e-mail address that git is told; both "" if it is told nothing."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """A line of a file that was committed, and who committed it first."""

    number: int
    author: Author


def find_author(folder: Path) -> Author:
    """Return whom git would name as the author of a commit in a folder."""
    return Author(
        name=os.environ.get("GIT_AUTHOR_NAME") or _answer(folder, "config", "user.name").strip(),
        email=os.environ.get("GIT_AUTHOR_EMAIL") or _answer(folder, "config", "user.email").strip(),
    )


def line_authors(path: Path) -> Iterator[WrittenLine]:
    """Yield the lines of a file whose author git knows; none where it has no history of the file.

    Where the history was fetched only in part, its oldest commit stands for all before: these lines are left out.
    """
    shallow = _answer(path.parent, "rev-parse", "--is-shallow-repository").strip() == "true"
    name, number, boundary = "", 0, False
    for line in _answer(path.parent, "blame", "--line-porcelain", "--", path.name).split("\n"):
        word, _, rest = line.partition(" ")
        if line.startswith("\t"):
            boundary = False
        elif len(word) in {40, 64} and len(rest.split()) in {2, 3}:
            number = int(rest.split()[1])
        elif word == "author":
            name = rest
        elif word == "author-mail":
            email = rest.removeprefix("<").removesuffix(">")
        elif word == "boundary":
            boundary = True
        elif word == "filename" and email != _NOT_COMMITTED and not (boundary and shallow):
            yield WrittenLine(number=number, author=Author(name=name, email=email))


def _answer(folder: Path, *arguments: str) -> str:
    """Return what git answers; "" if it fails, or is not installed."""
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(  # noqa: S603  no shell, and no option is made of a text
            ["git", "-C", str(folder), *arguments],  # noqa: S607  git is where the user has it
            capture_output=True,
            check=False,
            env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            timeout=_SECONDS,
        )
    except (FileNotFoundError, NotADirectoryError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""
