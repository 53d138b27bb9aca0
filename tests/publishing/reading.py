"""Reads a release through its link over and over, as a process of its own; prints what it sees.

It prints a line for each release that it has not read before, and at the end, as JSON, how often it saw what.

A reader goes through the link once a round and stays in that folder, as a web server does that opens it or a copy
that has resolved it. A release that is cleaned away under a reader shows as a missing file, never as another content.
"""

import hashlib
import json
import os
import sys
from pathlib import Path


def _read(folder: int, path: str) -> bytes:
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags, dir_fd=folder)) as file:
        return file.read()


def read_whole(out: Path) -> str:
    """Return which edition the release is, `gone` if it was cleaned away meanwhile; anything else is a mixture."""
    folder = os.open(out, os.O_RDONLY)
    try:
        listed = json.loads(_read(folder, "manifest.json"))["files"]
        contents = {entry["path"]: _read(folder, entry["path"]) for entry in listed}
    except FileNotFoundError:
        return "gone"
    finally:
        os.close(folder)
    torn = [
        entry["path"]
        for entry in listed
        if (len(contents[entry["path"]]), hashlib.sha256(contents[entry["path"]]).hexdigest())
        != (entry["bytes"], entry["sha256"])
    ]
    return f"torn: {torn}" if torn else contents["edition.json"].decode()


def watch(out: Path, stop: Path) -> dict[str, int]:
    """Read until `stop` appears; count what was seen, and tell what is seen for the first time."""
    seen: dict[str, int] = {}
    parent = os.getppid()
    while not stop.exists() and os.getppid() == parent:
        found = read_whole(out)
        if found not in seen:
            print(found, flush=True)  # noqa: T201  a line of its answer
        seen[found] = seen.get(found, 0) + 1
    return seen


if __name__ == "__main__":
    print(json.dumps(watch(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201  its answer
