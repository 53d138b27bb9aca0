"""Lines are added to a file that others may add to at the same moment, and are on the disk before anything goes on."""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.storage.files import open_regular, writing


def append_lines(path: Path, lines: Iterable[str]) -> None:
    """Add lines to the end of a file, which is made if there is none; they are there whole or, if this fails, not.

    A last line that a crash left without its end stays a line of its own. Raises FileError if it cannot be written.
    """
    added = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    if not added:
        return
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = _open_alone(path)
        try:
            _append(handle, added)
        finally:
            os.close(handle)
        _keep_name(path.parent)


def _open_alone(path: Path) -> int:
    """Open a file and lock it against others that append; git may put another file in its place meanwhile."""
    while True:
        if path.exists():
            open_regular(path).close()  # refuses a pipe, for which one would wait
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _append(handle: int, added: bytes) -> None:
    size = os.fstat(handle).st_size
    whole = not size or os.pread(handle, 1, size - 1) == b"\n"
    left = memoryview(added if whole else b"\n" + added)
    try:
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except BaseException:
        os.ftruncate(handle, size)
        raise


def _keep_name(folder: Path) -> None:
    """Have the name of a new file survive a crash too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
