"""The two small real packages, and packages that a test makes up."""

import json
import zipfile
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path

from pipeline.models.install import load_probes
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
    top, content = _content(archive)
    changed = {"metadata.json": json.dumps({**json.loads(content["metadata.json"]), **metadata}).encode()}
    return write_archive(
        path, {f"{top}/{name}": text for name, text in {**content, **changed, **(files or {})}.items()}
    )


def speaking(path: Path, source: str, target: str, version: str = "1.9") -> Path:
    """Pack the model of en→pt with the words of another language in place of its own: it writes word soup in that.

    So a test has a package that runs for any pair, and that is what it claims to be.
    """
    top, content = _content(EN_PT)
    pieces = content.pop("model/shared_vocabulary.json")
    sentences = " ".join(load_probes()[target])
    words = cycle(sentences.split() if target not in {"ja", "th", "zh"} else sentences.replace(" ", ""))
    own = [piece if piece.startswith("<") else f"▁{next(words)}" for piece in json.loads(pieces)]
    named = {"from_code": source, "to_code": target, "package_version": version}
    content |= {
        "model/source_vocabulary.json": pieces,
        "model/target_vocabulary.json": json.dumps(own).encode(),
        "metadata.json": json.dumps({**json.loads(content["metadata.json"]), **named}).encode(),
    }
    return write_archive(path, {f"{top}/{name}": text for name, text in content.items()})


def _content(archive: Path) -> tuple[str, dict[str, bytes]]:
    """Return the top folder of a package, and its files by their paths below that."""
    with zipfile.ZipFile(archive) as opened:
        content = {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
    (top,) = {name.partition("/")[0] for name in content}
    return top, {name.partition("/")[2]: text for name, text in content.items()}
