"""Releases are tampered with here: at random, byte by byte, or on purpose and with a manifest that fits.

Nothing of what checks releases is used, and nothing of what writes them.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

Edit = Callable[[str], str]


class Tamper(NamedTuple):
    """One byte of a file of a release that becomes another one."""

    path: str
    offset: int
    byte: int


def copied(release: Path, to: Path) -> Path:
    """Copy a release into a folder of its own."""
    return Path(shutil.copytree(release.resolve(), to))


def files_of(root: Path) -> list[str]:
    """Return the paths of all files."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def random_tampers(root: Path, count: int, seed: int) -> Iterator[Tamper]:
    """Yield single changed bytes: first one in a file of each kind, then in any file, the manifest among them."""
    chance = Random(seed)  # noqa: S311  tampers, not secrets
    paths = [path for path in files_of(root) if (root / path).stat().st_size]
    kinds = {Path(path).name.partition(".")[2]: path for path in chance.sample(paths, len(paths))}
    chosen = [*kinds.values(), "manifest.json"][:count]
    chosen += chance.choices(paths, k=count - len(chosen))
    for path in chosen:
        content = (root / path).read_bytes()
        offset = chance.randrange(len(content))
        yield Tamper(path, offset, (content[offset] + chance.randrange(1, 256)) % 256)


def put(root: Path, tamper: Tamper) -> int:
    """Put a byte into its place and return the one that stood there."""
    with (root / tamper.path).open("r+b") as file:
        file.seek(tamper.offset)
        before = file.read(1)[0]
        file.seek(tamper.offset)
        file.write(bytes((tamper.byte,)))
    return before


def edit(root: Path, path: str, change: Edit) -> None:
    """Change the text of a file, which has to become another one."""
    file = root / path
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, path
    file.write_text(after, encoding="utf-8")


def replaced_everywhere(root: Path, old: str, new: str) -> int:
    """Replace a text in every file; return in how many it stood."""
    found = 0
    for path in files_of(root):
        content = (root / path).read_bytes()
        if old.encode() in content:
            (root / path).write_bytes(content.replace(old.encode(), new.encode()))
            found += 1
    return found


def relist(root: Path) -> None:
    """Write a manifest that fits the files as they are now."""
    lines = []
    for path in files_of(root):
        if path != "manifest.json":
            content = (root / path).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            lines.append(json.dumps({"path": path, "bytes": len(content), "sha256": digest}, ensure_ascii=False))
    (root / "manifest.json").write_text('{"files": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
