"""Reads what a release says that it holds: the list in its `manifest.json`, which `manifest` writes."""

from pathlib import Path
from typing import NamedTuple

import msgspec

FILE_NAME = "manifest.json"


class FileDigest(NamedTuple):
    """How long a file is, and its sha256 in hexadecimal digits."""

    length: int
    digest: str


class _Listed(msgspec.Struct):
    path: str
    length: int = msgspec.field(name="bytes")
    sha256: str


class _Manifest(msgspec.Struct):
    files: list[_Listed]


def read_manifest(out: Path) -> dict[str, FileDigest]:
    """Return what the manifest of a release lists; nothing if there is none that can be read."""
    try:
        found = msgspec.json.decode((out / FILE_NAME).read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError):
        return {}
    return {each.path: FileDigest(each.length, each.sha256) for each in found.files}
