"""Decisions on disk: `locales/decisions/<person>.jsonl`, one line a decision, one file a person.

A person has a file of their own because git unites files to which several have appended only if each has one. Its name
is made of the name and the digest of the e-mail address that git knows, and holds no address:

    locales/decisions/ana-souza-1f0c22de.jsonl
"""

import hashlib
import re
import secrets
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

from pipeline.catalog.decisions import TOOLS, Decisions, parse_decision, serialize_decision
from pipeline.model.decision import Decision
from pipeline.storage.appended import append_lines
from pipeline.storage.shared_file import read_shared_file

FOLDER_NAME = "decisions"
_SUFFIX = ".jsonl"
LINE_DIGEST_BYTES = 12
_MAX_NAME_CHARS = 40
_EMAIL_DIGEST_CHARS = 8
_RANDOM_BYTES = 8  # twice as many digits as an e-mail's digest has: nobody is mistaken for a person
_BY_EMAIL = re.compile(rf".*-([0-9a-f]{{{_EMAIL_DIGEST_CHARS}}})")


class BrokenLine(NamedTuple):
    """A line that is not of our form; it stays in its file."""

    path: Path
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.number}: {self.reason}; the line stays and counts for nothing: mend it, or remove it"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDecisions:
    """What a folder holds: the decisions, and how many lines each file has.

    `about` tells what each line is about, by a digest of the line.
    """

    decisions: Decisions
    lines: Mapping[Path, int]
    about: Mapping[bytes, str] = field(default_factory=dict)
    broken: tuple[BrokenLine, ...] = ()


def person_name(name: str, email: str) -> str:
    """Return the stem of a person's file.

    >>> person_name("Ana Souza", "ana@example.org")
    'ana-souza-86b9260a'
    """
    return f"{_slug(name or email.partition('@')[0])}-{email_digest(email)}"


def _slug(name: str) -> str:
    words = re.sub("[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    return words[:_MAX_NAME_CHARS].rstrip("-") or "person"


def email_digest(email: str) -> str:
    """Return the digits that stand for an e-mail address in the name of a file."""
    return hashlib.sha256(email.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()[:_EMAIL_DIGEST_CHARS]


def named_email_digest(person: str) -> str:
    """Return the digits that stand for an e-mail address in the stem of a file; "" if none is named there."""
    found = _BY_EMAIL.fullmatch(person)
    return found[1] if found and person != TOOLS else ""


def person_files(folder: Path) -> list[Path]:
    """Return the files of all persons, sorted; what begins with a dot is none."""
    return sorted(path for path in folder.glob(f"*{_SUFFIX}") if not path.name.startswith("."))


def read_decisions(folder: Path) -> ReadDecisions:
    """Read every file of a folder; lines that are not of our form are named, and the others hold.

    Raises FileError if a file cannot be read.
    """
    found: list[Decision] = []
    broken: list[BrokenLine] = []
    lines: Counter[Path] = Counter()
    about: dict[bytes, str] = {}
    for path in person_files(folder):
        content = (read_shared_file(path) or b"").removeprefix(BOM_UTF8)  # an editor has saved it
        for number, line in enumerate(content.split(b"\n"), start=1):
            if line.strip():
                lines[path] += 1
                try:
                    found.append(parse_decision(line, path.stem))
                    about[line_digest(line, path.stem)] = found[-1].subject
                except ValueError as error:
                    broken.append(BrokenLine(path, number, str(error)))
    return ReadDecisions(decisions=Decisions(found), lines=lines, about=about, broken=tuple(broken))


def line_digest(line: bytes, person: str) -> bytes:
    """Return a digest of a line of a person's file."""
    return blake2b(person.encode() + b"\0" + line.strip(), digest_size=LINE_DIGEST_BYTES).digest()


def append_decisions(folder: Path, decisions: Iterable[Decision]) -> None:
    """Add decisions to the files of their persons; they are on the disk when this returns.

    Raises FileError if a file cannot be written.
    """
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        lines[decision.person].append(serialize_decision(decision))
    for person, own in lines.items():
        append_lines(folder / f"{person}{_SUFFIX}", own)


def find_person(folder: Path, person: str) -> list[Path]:
    """Return the files that a stem, an e-mail address or a name means; those of all persons of a name."""
    files = [path for path in person_files(folder) if path.stem != TOOLS]
    if "@" in person:
        return [path for path in files if named_email_digest(path.stem) == email_digest(person)]
    return [path for path in files if path.stem == person] or [
        path for path in files if path.stem.rpartition("-")[0] == _slug(person)
    ]


def new_anonymous_name(folder: Path) -> Path:
    """Return a path for the file of a person who is to be forgotten."""
    return folder / f"anonymous-{secrets.token_hex(_RANDOM_BYTES)}{_SUFFIX}"
