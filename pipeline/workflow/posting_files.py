"""Which files the configured patterns mean: nothing that matches one is passed over in silence."""

import logging
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config import KNOWN_FORMATS, Settings
from pipeline.errors import PostingsError
from pipeline.intake.read_as import ReadAs

_log = logging.getLogger(__name__)
_WILD = frozenset("*?[")
# What Word and Excel put beside a document while it is open: who has it.
OWNER_FILE = "~$"


def find_posting_files(settings: Settings) -> tuple[Path, ...]:
    """Return the configured posting files, each once, in the order of the patterns and their names.

    Raises PostingsError if a file named outright is missing, if something that matches cannot be read, or if nothing
    at all is found.
    """
    patterns = (*settings.postings, *(name for source in settings.sources for name in source.files))
    found = tuple(path for pattern in patterns for path in _meant(settings.root, pattern))
    if not found:
        raise PostingsError(str(settings.root), "no posting file found; see project.postings in polypost.toml")
    return each_once(found)


def find_ways_to_read(
    settings: Settings, files: Iterable[Path] = (), forced: str | None = None
) -> Mapping[Path, ReadAs]:
    """Return how the files of `[[intake.sources]]` are to be read; a file of several sources by the first.

    If a format is `forced`, all `files` are read as that one.

    Raises PostingsError for a format that there is not.
    """
    ways: dict[Path, ReadAs] = {}
    for number, source in enumerate(settings.sources):
        if source.format and source.format not in KNOWN_FORMATS:
            known = ", ".join(KNOWN_FORMATS)
            raise PostingsError(f"intake.sources[{number}]", f"{source.format!r} is not a format; there are {known}")
        way = ReadAs(format=source.format, id_prefix=source.id_prefix, columns=source.columns)
        for pattern in source.files:
            for path in _meant(settings.root, pattern):
                ways.setdefault(path, way)
    return {**ways, **{path: replace(ways.get(path, ReadAs()), format=forced) for path in files if forced}}


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files themselves, and in place of a folder those below it by their names, each once."""
    return each_once([file for path in paths for file in (_below(path) if path.is_dir() else [path])])


def _below(folder: Path) -> list[Path]:
    """Return the files below a folder in the order of their names, without hidden ones and those of open documents.

    Raises PostingsError if one of its folders cannot be read.
    """
    found: list[Path] = []
    for path, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += (Path(path, name) for name in sorted(names) if not name.startswith((".", OWNER_FILE)))
    return [path for path in found if _is_file(path)]


def _refuse(error: OSError) -> None:
    raise PostingsError(str(error.filename), error.strerror or "cannot be read") from error


def each_once(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return each real file once: of several names for it the one that is no link, else the first."""
    names: dict[Path, Path] = {}
    for path in sorted(paths, key=Path.is_symlink):
        kept = names.setdefault(path.resolve(), path)
        if kept != path:
            _log.warning("%s is %s by another name; it is read once", path, kept)
    chosen = set(names.values())
    return tuple(dict.fromkeys(path for path in paths if path in chosen))


def _meant(root: Path, pattern: str) -> list[Path]:
    """Return the files that a pattern means; a name that is there as it stands is no pattern."""
    try:
        outright = _stands(root / pattern)
        paths = (
            [root / pattern]
            if outright
            else sorted(path for path in _matching(root, pattern) if not path.name.startswith(OWNER_FILE))
        )
    except (ValueError, NotImplementedError) as error:  # what pathlib says to `**.txt` or a null character
        raise PostingsError(pattern, f"not a pattern for project.postings: {error}") from error
    if outright and paths[0].is_dir():
        files = _below(paths[0])
        if not files:
            raise PostingsError(pattern, "is a folder without a file in it")
        return files
    files = [path for path in paths if _is_file(path)]
    deep = "**" in Path(pattern).parts  # then folders are matched as well as the files in them
    others = [path.name for path in paths if path not in files and not (deep and path.is_dir())]
    if others and not outright:
        _log.warning("project.postings: %s matches what is no file and is not read: %s", pattern, ", ".join(others))
    elif others:
        raise PostingsError(pattern, "is not a regular file; project.postings names it")
    elif not files and not set(pattern) & _WILD:
        raise PostingsError(pattern, "no such file; project.postings names it")
    elif not files:
        _log.warning("project.postings: nothing matches %s", pattern)
    return files


def _stands(path: Path) -> bool:
    """Tell whether there is something, be it a link to nowhere."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise PostingsError(str(path), error.strerror or "cannot be read") from error
    return True


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        what = f"is a link to {path.readlink()}: " if path.is_symlink() else ""
        raise PostingsError(str(path), f"{what}{error.strerror or 'cannot be read'}") from error


def _matching(root: Path, pattern: str) -> Iterator[Path]:
    """Yield what a pattern matches; one that begins at the root of the file system too, which pathlib's own may not."""
    anchor = Path(pattern).anchor
    base = Path(anchor) if anchor else root
    parts = Path(pattern).parts[1 if anchor else 0 :]
    for depth, part in enumerate(parts):
        above = "/".join(parts[:depth])
        for folder in base.glob(above) if above else (base,):
            _refuse_closed(folder, pattern, os.R_OK | os.X_OK if set(part) & _WILD else os.X_OK)
    yield from base.glob("/".join(parts))


def _refuse_closed(folder: Path, pattern: str, needed: int) -> None:
    """Raise PostingsError for a folder that pathlib would pass over as if it were empty."""
    if folder.is_dir() and not os.access(folder, needed):
        raise PostingsError(str(folder), f"Permission denied; {pattern} in project.postings looks for files in it")
