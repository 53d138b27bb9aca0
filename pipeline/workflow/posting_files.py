"""Which files the configured patterns mean: nothing that matches one is passed over in silence."""

import logging
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import PostingsError

_log = logging.getLogger(__name__)
_WILD = frozenset("*?[")


def find_posting_files(settings: Settings) -> tuple[Path, ...]:
    """Return the configured posting files, each once, in the order of the patterns and their names.

    Raises PostingsError if a file named outright is missing, if something that matches cannot be read, or if nothing
    at all is found.
    """
    found = tuple(path for pattern in settings.postings for path in _meant(settings.root, pattern))
    if not found:
        raise PostingsError(str(settings.root), "no posting file found; see project.postings in polypost.toml")
    return each_once(found)


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
        paths = [root / pattern] if outright else sorted(_matching(root, pattern))
    except (ValueError, NotImplementedError) as error:  # what pathlib says to `**.txt` or a null character
        raise PostingsError(pattern, f"not a pattern for project.postings: {error}") from error
    files = [path for path in paths if _is_file(path)]
    others = [path.name for path in paths if path not in files]
    if others and not outright:
        _log.warning("project.postings: %s matches what is no file and is not read: %s", pattern, ", ".join(others))
    elif others:
        meant = "is a folder; write for example folder/*.txt in project.postings"
        raise PostingsError(pattern, meant if paths[0].is_dir() else "is not a regular file; project.postings names it")
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
