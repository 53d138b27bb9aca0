"""A release lists what it holds; compressed copies say the same as the files beside them, on any day."""

import gzip
import hashlib
import json
import random
from collections.abc import Iterable
from pathlib import Path

from pipeline.publishing.release.manifest import with_gzip, with_manifest
from pipeline.publishing.release.switch import FileContent, pieces_of, switch_release
from tests.projects import read_times, read_tree

FILES = {"fr/index.html": b"<p>un" * 99, "index.html": b"", "a.xml": b"<a/>", "x.css": b"p", "de/é.json": b"[]"}
BINARY = {"icon.png": b"\x89PNG", "fonts/a.woff2": b"wOF2"}


def taken(files: Iterable[tuple[str, FileContent]]) -> dict[str, bytes]:
    """Take the pieces of each file before the next is asked for, as a release does."""
    return {path: b"".join(pieces_of(content)) for path, content in files}


def test_manifest_lists_every_other_file_with_its_size_and_digest() -> None:
    files = taken(with_manifest(FILES.items()))
    listed = json.loads(files.pop("manifest.json"))
    assert files == FILES
    assert listed == {
        "files": [
            {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for path, content in sorted(FILES.items())
        ]
    }


def test_manifest_does_not_depend_on_the_order_of_the_files() -> None:
    shuffled = list(FILES.items())
    random.Random(3).shuffle(shuffled)  # noqa: S311  any other order
    assert taken(with_manifest(shuffled)) == taken(with_manifest(FILES.items()))


def test_text_files_have_a_compressed_copy_of_the_same_content() -> None:
    files = taken(with_gzip({**FILES, **BINARY}.items()))
    assert set(files) == {*FILES, *BINARY, *(f"{path}.gz" for path in FILES)}
    assert {path: gzip.decompress(files[f"{path}.gz"]) for path in FILES} == FILES


def test_compressed_copy_holds_no_time_no_name_and_no_system() -> None:
    copies = taken(with_gzip(FILES.items()))
    assert {copies[f"{path}.gz"][:10].hex() for path in FILES} == {"1f8b08000000000002ff"}


def test_compressed_copies_are_listed_and_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    out = tmp_path / "public"
    files = {**FILES, "languages.json": b"[]"}
    switch_release(out, with_manifest(with_gzip(files.items())))
    before = read_times(out)
    listed = json.loads((out / "manifest.json").read_bytes())["files"]
    assert {entry["path"] for entry in listed} == set(read_tree(out)) - {"manifest.json"}
    switch_release(out, with_manifest(with_gzip(files.items())))
    assert read_times(out) == before
