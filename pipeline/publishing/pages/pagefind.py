"""Pagefind makes what a browser searches the full text with: an index per language, of files only."""

import subprocess
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pipeline.errors import MissingSearchError, SearchIndexError
from pipeline.publishing.release.switch import FileContent, pieces_of

_PACKAGE = "pagefind_bin_extended"  # the build that cuts Japanese and Chinese into words too
_FOLDER = "pagefind"
# Its ready-made windows; ours is the list.
_UNUSED = ("-ui.js", "-ui.css", "-highlight.js")


def find_pagefind() -> Path:
    """Return where the program is.

    Raises MissingSearchError if the extra is not installed.
    """
    if find_spec(_PACKAGE) is None:
        raise MissingSearchError
    executable: Path = import_module(_PACKAGE).get_executable()
    return executable


def with_indexes(executable: Path, files: Iterable[tuple[str, FileContent]]) -> Iterator[tuple[str, FileContent]]:
    """Yield the files of a release, then the index of each language, below its folder.

    One run per language: an index of several differs from run to run in the order of the languages (1.5.2).
    Raises SearchIndexError if the program fails.
    """
    with TemporaryDirectory() as temporary:
        root = Path(temporary)
        for name, content in files:
            path = PurePosixPath(name)
            if path.suffix == ".html" and len(path.parts) > 2:  # noqa: PLR2004  language/postings/page
                page = b"".join(pieces_of(content))
                _write(root / path, page)
                yield name, page
            else:
                yield name, content
        for language in sorted(root.iterdir()):
            yield from _index(executable, language)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _index(executable: Path, language: Path) -> Iterator[tuple[str, bytes]]:
    command = [str(executable), "--site", str(language), "--output-subdir", _FOLDER, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own extra
    if done.returncode:
        raise SearchIndexError(language.name, (done.stderr or done.stdout).strip())
    for path in sorted((language / _FOLDER).rglob("*")):
        if path.is_file() and not path.name.endswith(_UNUSED):
            yield path.relative_to(language.parent).as_posix(), path.read_bytes()
