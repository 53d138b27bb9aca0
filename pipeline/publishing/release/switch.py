"""A release is written beside the current one and switched in one step; unchanged files keep bytes and times."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline.errors import ReleaseError
from pipeline.model.outcome import ReleaseChanges
from pipeline.publishing.release.listing import FILE_NAME, FileDigest, read_manifest
from pipeline.storage.files import remedy_of

_STAGING = ".staging"
_FOLDER = "folder"
_DIGEST_CHARS = 16
_PIECE = 1 << 20  # bytes
# Parts between slashes, none of them empty or of one or two dots alone.
_INSIDE = re.compile(r"(?:(?!\.{0,2}(?:/|\Z))[^/\\:\0]+(?:/(?!\Z)|\Z))+")
# What we put beside a release; all else there is somebody's and stays.
_MADE = re.compile(rf"[0-9a-f]{{{_DIGEST_CHARS}}}(-\d+)?|{_FOLDER}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """A file of the current release that the next one has too; `digest` is its sha256 in hexadecimal digits."""

    folder: Path
    path: str
    length: int
    digest: str

    @property
    def place(self) -> Path:
        """Where it lies."""
        return self.folder / self.path


# A large file comes in pieces, which are written as they come.
FileContent = bytes | Iterator[bytes] | TakenOver


class Passing:
    """The pieces of a file, each taken once, and what is known when all have passed: its length and its sha256.

    Whoever has to know them asks the same object, so that a file is hashed once.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = self._noted(pieces)
        self._length = 0
        self._sha256 = hashlib.sha256()
        self._listeners: list[Callable[[FileDigest], object]] = []

    @classmethod
    def of(cls, content: FileContent) -> "Passing":
        """Return a file's content as one that is noted."""
        return content if isinstance(content, cls) else cls(pieces_of(content))

    def then(self, tell: Callable[[FileDigest], object]) -> "Passing":
        """Have somebody told when all has passed."""
        self._listeners.append(tell)
        return self

    def __iter__(self) -> Iterator[bytes]:
        """Return what yields the pieces that are left."""
        return self._pieces

    def __next__(self) -> bytes:
        """Return the next piece."""
        return next(self._pieces)

    @property
    def digest(self) -> FileDigest:
        """What has passed so far."""
        return FileDigest(self._length, self._sha256.hexdigest())

    def _noted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._length += len(piece)
            self._sha256.update(piece)
            yield piece
        for tell in self._listeners:
            tell(self.digest)


def switch_release(out: Path, files: Iterable[tuple[str, FileContent]]) -> ReleaseChanges:
    """Make `out` hold exactly `files`; a reader sees the old release or the new one, never a mixture.

    `out` becomes a symbolic link into a folder `.<name>-releases` beside it. If nothing differs, nothing is written.
    Raises ReleaseError if `out` is a folder with other things in it, or a path leads out of it.
    """
    _refuse_foreign(out)
    store = _store_of(out)
    staging = store / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    draft = _Draft(out, staging)
    try:
        for path, content in files:
            draft.put(path, content)
        changes = draft.changes()
        if not (changes.added or changes.changed or changes.removed) and out.is_dir():
            return changes
        _switch(out, store, draft.complete(), draft.name)
    except OSError as error:
        reason = filter(None, (error.strerror or "cannot be written", remedy_of(error)))
        raise ReleaseError(out, "; ".join(reason)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)  # a draft that came no further takes room that may be missing
    return changes


def compare_release(out: Path, files: Iterable[tuple[str, FileContent]]) -> ReleaseChanges:
    """Tell what `switch_release` would change; nothing is written.

    Raises ReleaseError as it would.
    """
    _refuse_foreign(out)
    draft = _Draft(out, None)
    for path, content in files:
        draft.put(path, content)
    return draft.changes()


def pieces_of(content: FileContent) -> Iterator[bytes]:
    """Return a file's content in pieces."""
    if isinstance(content, TakenOver):
        return iter((content.place.read_bytes(),))
    return iter((content,)) if isinstance(content, bytes) else content


class _Draft:
    """The next release while it is written: changed files are new, the others links to the current one's.

    Without a folder `staging` it is only compared.
    """

    def __init__(self, current: Path, staging: Path | None) -> None:
        self._current = current
        self._staging = staging
        self._added: list[str] = []
        self._changed: list[str] = []
        self._kept: list[str] = []
        self._digest = hashlib.sha256()

    def put(self, path: str, content: FileContent) -> None:
        """Note a file of the release, and write it into the draft where it is new or differs from the current one."""
        if not _leads_inside(path):
            raise ReleaseError(self._current, f"the file {path!r} would lie elsewhere")
        if isinstance(content, TakenOver):
            self._kept.append(path)
            self._digest.update(f"{path}\0{content.digest}\0".encode())
            return
        before = self._current / path
        pieces = Passing.of(content)
        target = self._staging / path if self._staging else None
        if not before.is_file():
            _write(target, pieces)
            self._added.append(path)
        elif _write_unless_equal(target, pieces, before):
            self._changed.append(path)
        else:
            self._kept.append(path)
        self._digest.update(f"{path}\0{pieces.digest.digest}\0".encode())

    def changes(self) -> ReleaseChanges:
        """Compare what was noted with what the current release holds."""
        present = {*self._added, *self._changed, *self._kept}
        names = set(_files_below(f"{self._current}/"))
        return ReleaseChanges(
            added=tuple(self._added),
            changed=tuple(self._changed),
            removed=tuple(sorted(names - present)),
            unchanged=len(self._kept),
        )

    def complete(self) -> Path:
        """Take over the files that did not change; return where the draft lies."""
        if self._staging is None:
            raise ReleaseError(self._current, "a release that is only compared cannot be written")
        self._staging.mkdir(parents=True, exist_ok=True)
        if not self._kept:
            return self._staging
        for folder in {path.rpartition("/")[0] for path in self._kept}:
            (self._staging / folder).mkdir(parents=True, exist_ok=True)
        with _opened(self._current.resolve()) as current, _opened(self._staging) as staging:
            for path in self._kept:
                _link_or_copy(path, current, staging)
        return self._staging

    @property
    def name(self) -> str:
        """What the content is named after."""
        return self._digest.hexdigest()[:_DIGEST_CHARS]


def _write(target: Path | None, pieces: Iterable[bytes]) -> None:
    """Write a file; without a place for it the pieces are read to their end all the same."""
    if target is None:
        for _ in pieces:
            pass
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.writelines(pieces)


def _write_unless_equal(target: Path | None, pieces: Iterator[bytes], before: Path) -> bool:
    """Write a file from the first piece on that `before` does not hold; tell whether there was one."""
    same = 0
    with before.open("rb") as old:
        for piece in pieces:
            if old.read(len(piece)) != piece:
                break
            same += len(piece)
        else:
            piece = b""
            if not old.read(1):
                return False
        old.seek(0)
        _write(target, chain(_read_start(old, same), (piece,), pieces))
    return True


def _read_start(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0:
        piece = file.read(min(length, _PIECE))
        length -= len(piece)
        yield piece


def _refuse_foreign(out: Path) -> None:
    store = _store_of(out)
    if store.is_symlink():
        raise ReleaseError(store, "is a symbolic link, so what lies there may be somebody's; delete the link")
    if not out.exists():
        return
    if not out.is_dir():
        raise ReleaseError(out, "is a file; name a folder for the output")
    stranger = next(_strangers(out), None)
    if stranger is not None:
        reason = f"holds other files than a release ({stranger}); name another folder, or empty this one"
        raise ReleaseError(out, reason)


def _strangers(out: Path) -> Iterator[str]:
    """Yield what in a folder is of no release; a link is only replaced, so one sign of one is enough behind it."""
    if out.is_symlink() and (out / "languages.json").is_file():
        return
    listed = set() if out.is_symlink() else {*read_manifest(out)}
    present = (path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if not path.is_dir())
    yield from (name for name in present if name not in listed and (name != FILE_NAME or not listed))


def _store_of(out: Path) -> Path:
    """Return where the releases lie; it is compared with where the link leads."""
    return out.parent.resolve() / f".{out.name}-releases"


def _leads_inside(path: str) -> bool:
    """Tell whether a path names a file below the folder that it is joined to, on any system."""
    return _INSIDE.fullmatch(path) is not None


def _files_below(folder: str, below: str = "") -> Iterator[str]:
    """Yield the paths of all files in a folder; of folders that are links none, but a link to a file is one."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder + below) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(folder, f"{below}{entry.name}/")
            elif entry.is_file():
                yield below + entry.name


@contextmanager
def _opened(folder: Path) -> Iterator["_Folder"]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _Folder(folder, handle)
    finally:
        os.close(handle)


class _Folder(NamedTuple):
    path: Path
    handle: int


def _link_or_copy(path: str, source: _Folder, target: _Folder) -> None:
    """Take a file over; one that is a link is followed."""
    try:  # from a folder that is open the system finds it in half of the time
        os.link(path, path, src_dir_fd=source.handle, dst_dir_fd=target.handle, follow_symlinks=True)
    except OSError:  # another file system, or one without hard links
        shutil.copy2(source.path / path, target.path / path)


def _switch(out: Path, store: Path, staging: Path, name: str) -> None:
    before = out.resolve() if out.is_symlink() else None
    release = _unused(store, name)
    staging.rename(release)
    link = store / ".link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(store.name) / release.name)
    if out.is_dir() and not out.is_symlink():  # the only step that is not a single one, and only the first time
        shutil.rmtree(store / _FOLDER, ignore_errors=True)
        out.rename(store / _FOLDER)
    link.rename(out)
    for old in store.iterdir():  # the one before stays for readers that are still in it
        if old not in {release, before} and _MADE.fullmatch(old.name):
            shutil.rmtree(old, ignore_errors=True)


def _unused(store: Path, name: str) -> Path:
    """Return where no release lies yet: readers may be in one of the same content, or somebody changed it by hand."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(path for path in (store / candidate for candidate in names) if not path.exists())
