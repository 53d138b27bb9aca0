"""A digest of everything that a run reads, so that one about the same can answer from what an earlier one kept.

What is read is compared by content, never by time stamps, but for the models of engines and what a release holds: of
those it is the names and sizes of files, the lock of the models and the manifest of the release, which names the digest
of every file itself.
"""

import hashlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pipeline
from pipeline.model.site_settings import NO_SETTINGS
from pipeline.models.package import model_folders
from pipeline.storage.files import open_regular
from pipeline.workflow.run import Run

Inputs = Mapping[str, str]
# What a build writes into `build/` and a person may look for there.
_WORKING_FILES = ("postings.jsonl", "rejected.jsonl", "translation-report.jsonl")
_RECORD = frozenset({".po", ".pot", ".jsonl"})
_MODES = Path("/usr/share/apertium/modes")
_STANDARD_INPUT = Path("-")


def digest_inputs(run: Run) -> Inputs:
    """Return a digest of each kind of thing that a run reads, by a word for it."""
    settings = run.settings
    return {
        "program": digest_of_program(),
        "configuration": _digest([settings.site.digest, *_lists(run)]),
        "postings": digest_of_postings(run),
        "record": _digest(_files(run.locales_dir, _record(run.locales_dir))),
        "engines": _digest(_engines(run)),
        "day": str(run.as_of),
        "working files": _digest(f"{name} {_size(run.build_dir / name)}" for name in _WORKING_FILES),
        "release": _digest([str(run.out.resolve()), *_files(run.out, [run.out / "manifest.json"])]),
    }


def digest_of_postings(run: Run) -> str:
    """Return a digest of the posting files, and of how each of them is told to be read."""
    return _digest([*_files(run.settings.root, run.files), *(f"{run.read_as.get(file)}" for file in run.files)])


def digest_of_configuration(run: Run) -> str:
    """Return a digest of what decides on texts, with the lists of words that the configuration names.

    It is the same where the project lies elsewhere: files are told by their names in it and by what they hold.
    """
    placeless = replace(run.settings, root=Path(), path=None, glossary=None, plain_words=None, site=NO_SETTINGS)
    return _digest((repr(placeless), *_lists(run)))


def _lists(run: Run) -> Iterator[str]:
    settings = run.settings
    return _files(settings.root, filter(None, (settings.path, settings.glossary, settings.plain_words)))


def _digest(texts: Iterable[str]) -> str:
    state = hashlib.sha256()
    for text in texts:
        state.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return state.hexdigest()


def _files(root: Path, paths: Iterable[Path]) -> Iterator[str]:
    """Yield names and digests of files, "" for one that cannot be read: a run will say why.

    Standard input is never the same: it can be read only once.
    """
    for path in paths:
        if path == _STANDARD_INPUT:
            yield secrets.token_hex()
            continue
        try:
            with open_regular(path) as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            digest = ""
        yield f"{os.path.relpath(path, root)} {digest}"


def _record(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _RECORD)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


@cache
def digest_of_program() -> str:
    """Return a digest of the program: whatever it makes of the same is the same under the same one."""
    return _digest(_program())


def _program() -> tuple[str, ...]:
    """Return the digests of our code and data, the installed packages with their versions, and Python's."""
    package = Path(pipeline.__file__).parent
    own = sorted(path for path in package.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".pyo"})
    folders = [folder for folder in sys.path if Path(folder).is_dir()]
    entries = (entry.name for folder in folders for entry in os.scandir(folder or os.curdir))
    installed = sorted(name for name in entries if name.endswith(".dist-info"))
    return (sys.version, *installed, *_files(package, own))


def _engines(run: Run) -> Iterator[str]:
    """Yield what decides which engines there are and how they translate."""
    yield " ".join((*run.asked_engines, "|", *run.settings.engines, run.settings.libretranslate))
    if run.settings.libretranslate and "libretranslate" in {*run.asked_engines, *run.settings.engines}:
        yield secrets.token_hex()  # what a server translates may change between two runs, and nobody asks it here
    yield from _files(run.settings.root, [run.settings.root / "models.lock"])
    for folder in model_folders(os.environ):
        yield from _listing(folder)
    if "apertium" in {*run.asked_engines, *run.settings.engines}:
        yield str(shutil.which("apertium"))
        yield from _listing(_MODES.parent)


def _listing(folder: Path) -> Iterator[str]:
    for path, folders, names in os.walk(folder):
        folders.sort()
        yield from (f"{os.path.relpath(path, folder)}/{name} {_size(Path(path, name))}" for name in sorted(names))
