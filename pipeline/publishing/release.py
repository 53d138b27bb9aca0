"""A release is written beside the current one and switched in one step; unchanged files keep bytes and times."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import ReleaseError
from pipeline.model.outcome import ReleaseChanges

_STAGING = ".staging"
_DIGEST_CHARS = 16


def switch_release(out: Path, files: Iterable[tuple[str, bytes]]) -> ReleaseChanges:
    """Make `out` hold exactly `files`; a reader sees the old release or the new one, never a mixture.

    `out` becomes a symbolic link into a folder `.<name>-releases` beside it. If nothing differs, nothing is written.
    Raises ReleaseError if `out` is a folder with other things in it.
    """
    _refuse_foreign(out)
    store = out.parent.resolve() / f".{out.name}-releases"  # compared with where the link leads
    staging = store / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    draft = _Draft(out, staging)
    try:
        for path, content in files:
            draft.put(path, content)
        changes = draft.changes()
        if not (changes.added or changes.changed or changes.removed) and out.is_dir():
            return changes
        draft.complete()
        _switch(out, store, draft)
    except OSError as error:
        raise ReleaseError(out, error.strerror or "cannot be written") from error
    return changes


class _Draft:
    """The next release while it is written: changed files are new, the others links to the current one's."""

    def __init__(self, current: Path, staging: Path) -> None:
        self._current = current
        self.staging = staging
        self._added: list[str] = []
        self._changed: list[str] = []
        self._kept: list[str] = []
        self._digest = hashlib.sha256()

    def put(self, path: str, content: bytes) -> None:
        self._digest.update(f"{path}\0{hashlib.sha256(content).hexdigest()}\0".encode())
        before = self._current / path
        if not before.is_file():
            self._added.append(path)
        elif before.read_bytes() == content:
            self._kept.append(path)
            return
        else:
            self._changed.append(path)
        target = self.staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def changes(self) -> ReleaseChanges:
        present = {*self._added, *self._changed, *self._kept}
        before = (path for path in self._current.rglob("*") if path.is_file()) if self._current.is_dir() else ()
        names = {path.relative_to(self._current).as_posix() for path in before}
        return ReleaseChanges(
            added=tuple(self._added),
            changed=tuple(self._changed),
            removed=tuple(sorted(names - present)),
            unchanged=len(self._kept),
        )

    def complete(self) -> None:
        self.staging.mkdir(parents=True, exist_ok=True)
        for path in self._kept:
            target = self.staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(self._current / path, target)

    @property
    def name(self) -> str:
        return self._digest.hexdigest()[:_DIGEST_CHARS]


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ReleaseError(out, "is a file; name a folder for the output")
    ours = out.is_symlink() or all(map(_of_a_release, out.iterdir()))
    if any(out.iterdir()) and not (ours and (out / "languages.json").is_file()):
        raise ReleaseError(out, "holds other files than a release; name another folder, or empty this one")


def _of_a_release(path: Path) -> bool:
    """Tell whether something in a real folder may go with it: a pages branch's `.git`, say, may not."""
    return not path.name.startswith(".")


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source.resolve(), target)
    except OSError:  # another file system, or one without hard links
        shutil.copy2(source, target)


def _switch(out: Path, store: Path, draft: _Draft) -> None:
    before = out.resolve() if out.is_symlink() else None
    release = store / draft.name
    if release == before:  # somebody changed files of the current release by hand
        release = store / f"{draft.name}-again"
    if release.exists():
        shutil.rmtree(release)
    draft.staging.rename(release)
    if out.is_dir() and not out.is_symlink():
        shutil.rmtree(store / "folder", ignore_errors=True)
        out.rename(store / "folder")
    link = store / ".link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(store.name) / release.name)
    link.rename(out)
    for old in store.iterdir():  # the one before stays for readers that are still in it
        if old not in {release, before}:
            shutil.rmtree(old, ignore_errors=True)
