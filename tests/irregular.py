"""Things that are found where a file should be, and that a program which simply reads them never comes back from."""

import os
import socket
from collections.abc import Callable
from pathlib import Path


def _bind(path: Path) -> None:
    """Make a socket, which stays when it is closed; its name is relative, because it may have 107 bytes only."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


# What stands there, and how it is put there.
IRREGULAR: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "socket": _bind,
}


def put(kind: str, path: Path) -> Path:
    """Put something of this kind at `path`, in place of the file that may be there."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    IRREGULAR[kind](path)
    return path
