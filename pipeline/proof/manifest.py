"""The manifest of a release against its folder: each file listed with its bytes, and nothing beside them.

`manifest.json` holds a line a file, ordered by path, and has one form only, so that a single changed byte in it shows:

    {"files": [
    {"path": "fr/feed.json", "bytes": 5120, "sha256": "9f86d081884c7d65…"},
    …
    ]}
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from itertools import pairwise, zip_longest
from pathlib import Path

import msgspec

from pipeline.errors import UsageError
from pipeline.proof.faults import JSON_ERRORS, Fault

FILE_NAME = "manifest.json"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NOT_IN_PATHS = frozenset("\\:\0")


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manifest says of a file."""

    path: str
    bytes: int
    sha256: str


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    files: tuple[Listed, ...]


Manifest = Mapping[str, Listed]


def read_manifest(root: Path) -> tuple[Manifest, list[Fault]]:
    """Return what is listed by path, and what is wrong with the manifest itself.

    Raises UsageError if there is none.
    """
    path = root / FILE_NAME
    if path.is_symlink() or not path.is_file():
        raise UsageError(f"{root} holds no {FILE_NAME}, so it is no release; `polypost build` writes one to public/")
    content = path.read_bytes()
    try:
        listed = msgspec.json.decode(content, type=_Manifest).files
    except JSON_ERRORS as error:
        return {}, [Fault(FILE_NAME, "", f"cannot be read: {error}")]
    return {file.path: file for file in listed}, list(_faults_of(listed, content))


def compare_folder(root: Path, manifest: Manifest) -> Iterator[Fault]:
    """Yield what of the folder is not as listed: another content, a file missing or beside, a link, an empty folder."""
    missing = dict.fromkeys(path for path in manifest if _leads_inside(path))
    for entry, path in _entries(root, ""):
        if entry.is_symlink():
            yield Fault(path, "", "is a link; a release holds files only")
        elif entry.is_dir(follow_symlinks=False):
            yield Fault(path, "", "is a folder without a file")
        elif path not in manifest:
            if path != FILE_NAME:
                yield Fault(path, "", f"is not in {FILE_NAME}")
        else:
            yield from _compare(entry, manifest[path])
        missing.pop(path, None)
    yield from (Fault(path, "", f"is in {FILE_NAME} and not there") for path in missing)


def _faults_of(listed: tuple[Listed, ...], content: bytes) -> Iterator[Fault]:
    for number, file in enumerate(listed):
        if not _leads_inside(file.path) or file.path == FILE_NAME:
            yield Fault(FILE_NAME, f"$.files[{number}].path", f"{file.path!r} is no path of a file below the folder")
        if not _DIGEST.fullmatch(file.sha256):
            yield Fault(
                FILE_NAME, f"$.files[{number}].sha256", f"{file.sha256!r} is no digest of 64 hexadecimal digits"
            )
    for number, (before, after) in enumerate(pairwise(listed)):
        if before.path >= after.path:
            place = f"$.files[{number + 1}].path"
            yield Fault(FILE_NAME, place, f"{after.path!r} is not behind {before.path!r} in the order of paths")
    lines = zip_longest(content.split(b"\n"), _serialize(listed).split(b"\n"))
    for number, (found, wanted) in enumerate(lines, 1):
        if found != wanted:
            yield Fault(FILE_NAME, f"line {number}", f"is {found!r}, and would be written as {wanted!r}")
            return


def _serialize(listed: tuple[Listed, ...]) -> bytes:
    lines = (
        "\n" + json.dumps({"path": file.path, "bytes": file.bytes, "sha256": file.sha256}, ensure_ascii=False)
        for file in listed
    )
    text = f'{{"files": [{",".join(lines)}\n]}}\n' if listed else '{"files": []}\n'
    return text.encode("utf-8", "surrogatepass")


def _leads_inside(path: str) -> bool:
    return not _NOT_IN_PATHS.intersection(path) and all(part not in {"", ".", ".."} for part in path.split("/"))


def _entries(folder: Path, prefix: str) -> Iterator[tuple["os.DirEntry[str]", str]]:
    """Yield what lies in a folder and in those below it, of folders only the empty ones; no link is followed."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            below = _entries(folder / entry.name, f"{path}/")
            first = next(below, None)
            if first is None:
                yield entry, path
            else:
                yield first
                yield from below
        else:
            yield entry, path


def _compare(entry: "os.DirEntry[str]", listed: Listed) -> Iterator[Fault]:
    if not entry.is_file(follow_symlinks=False):
        yield Fault(listed.path, "", "is no regular file")  # a pipe would never end
        return
    try:
        handle = os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            length = os.fstat(handle).st_size
            regular = stat.S_ISREG(os.fstat(handle).st_mode)
            found = hashlib.file_digest(file, "sha256").hexdigest() if regular else ""
    except OSError as error:
        yield Fault(listed.path, "", f"cannot be read: {error.strerror}")
        return
    if length != listed.bytes:
        yield Fault(listed.path, "", f"has {length} bytes, {FILE_NAME} says {listed.bytes}")
    elif found != listed.sha256:
        yield Fault(listed.path, "", f"has the sha256 {found}, {FILE_NAME} says {listed.sha256}")
