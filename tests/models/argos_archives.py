"""The two small real packages, and packages that a test makes up."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.projects import CHECKOUT

EN_PT = CHECKOUT / "tests" / "fixtures" / "argos" / "translate-en_pt-0_1.argosmodel"
PT_ES = CHECKOUT / "tests" / "fixtures" / "argos" / "translate-pt_es-0_1.argosmodel"
METADATA = {"from_code": "en", "to_code": "fr", "package_version": "1.9", "type": "translate"}
TOP = "translate-en_fr-1_9"


def members(**metadata: object) -> dict[str, bytes]:
    """Return the files of a package that is complete in form; `metadata` replaces fields, None removes one."""
    fields = {name: value for name, value in {**METADATA, **metadata}.items() if value is not None}
    return {
        f"{TOP}/metadata.json": json.dumps(fields).encode(),
        f"{TOP}/sentencepiece.model": b"pieces",
        f"{TOP}/model/model.bin": b"weights",
        f"{TOP}/model/shared_vocabulary.json": b"[]",
    }


def write_archive(path: Path, files: Mapping[str, bytes]) -> Path:
    """Pack files as they are named, whatever the names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def repacked(archive: Path, path: Path, files: Mapping[str, bytes] | None = None, /, **metadata: object) -> Path:
    """Pack a real package anew with other metadata, and with `files` in place of its own."""
    with zipfile.ZipFile(archive) as opened:
        content = {name: opened.read(name) for name in opened.namelist()}
    (place,) = (name for name in content if name.endswith("/metadata.json"))
    content[place] = json.dumps({**json.loads(content[place]), **metadata}).encode()
    top = place.partition("/")[0]
    return write_archive(path, content | {f"{top}/{name}": changed for name, changed in (files or {}).items()})
