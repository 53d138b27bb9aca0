"""Files that people edit while a command is at work: read when nobody writes, replaced only while they are unchanged.

A catalog is read, merged with the postings and written again, and an engine may take minutes in between. Whoever saves
the file meanwhile, in place or by renaming another file over it, must not lose a word. So the new content is exchanged
with the old one in a single step of the file system, and what came out is compared with what had been read; if it
differs, the exchange is taken back and the content is made anew from what the file holds now:

    revise_shared_file(path, lambda before: merged(before), alone_in_folder=folder)
"""

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import logging
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import FileError, UnreadableFileError
from pipeline.storage.files import alone_in, create_beside, open_regular, writing

_log = logging.getLogger(__name__)
T = TypeVar("T")
# How long somebody who is writing a file is waited for, and how long a file that looks cut off may stay as it is.
WRITER_SECONDS = 10.0
SETTLE_SECONDS = 2.0
MAX_TAKEN_OVER = 100  # a person does not save a hundred times in a row faster than a file is made
_POLL_SECONDS = 0.05
_BUSY = "another program is writing it; wait until it has saved, or close it there, and run again"
_RESTLESS = "another program saves it again and again; stop that program, and run again"
_DIGEST_CHARS = 16
_PART = ".part"  # behind the name of a draft that is still being written
_AT_FDCWD = -100  # linux/fcntl.h
_RENAME_EXCHANGE = 2  # linux/fs.h
# The exchange is not to be had: an old kernel, a file system that cannot, another system.
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
_NO_LEASE = frozenset({errno.EACCES, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.ENOLCK, errno.EPERM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What became of a file: its content, whether it was written, how often somebody else had saved it meanwhile."""

    content: bytes | None
    written: bool
    taken_over: int = 0


def revise_shared_file(
    path: Path,
    make: Callable[[bytes | None], bytes | None],
    *,
    alone_in_folder: Path | None,
    doubts: tuple[type[Exception], ...] = (),
) -> Revision:
    """Replace the file by what `make` makes of its content, made anew as often as somebody else saves it meanwhile.

    `make` gets None where there is no file, and returns None to leave everything as it is. An exception among
    `doubts` says that the content looks cut off: somebody may be saving it, so it is read again until it has stayed
    the same for SETTLE_SECONDS. `alone_in_folder` is locked against other runs of ours while the file is replaced; None
    if the caller has locked it.

    Raises FileError if the file cannot be read or written, or if another program does not end writing it.
    """
    for taken_over in range(MAX_TAKEN_OVER):
        _recover(path, alone_in_folder)
        before, after = use_shared_file(path, make, doubts=doubts)
        if after is None or after == before:
            return Revision(content=before, written=False, taken_over=taken_over)
        with writing(path), _alone(alone_in_folder):
            replaced = _replace(path, after, before)
        if replaced:
            return Revision(content=after, written=True, taken_over=taken_over)
    raise FileError(path, _RESTLESS)


@contextlib.contextmanager
def _alone(folder: Path | None) -> Iterator[None]:
    if folder is None:
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with alone_in(folder):
        yield


def use_shared_file(
    path: Path, use: Callable[[bytes | None], T], *, doubts: tuple[type[Exception], ...] = ()
) -> tuple[bytes | None, T]:
    """Return what a file holds and what `use` makes of it, once it does not look cut off any more.

    Raises what `use` raises; an exception among `doubts` only after the file has stayed the same for SETTLE_SECONDS.
    """
    while True:
        content = read_shared_file(path)
        try:
            return content, use(content)
        except doubts:
            if not _changes(path, content):
                raise


def read_shared_file(path: Path) -> bytes | None:
    """Read a file while nobody is writing it; None if there is none.

    Raises UnreadableFileError if it cannot be read, or if somebody does not end writing it within WRITER_SECONDS.
    """
    deadline = time.monotonic() + WRITER_SECONDS
    while True:
        try:
            content = _read_if_quiet(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnreadableFileError(path, error.strerror or "cannot be read") from error
        if content is not None:
            return content
        if time.monotonic() > deadline:
            raise UnreadableFileError(path, _BUSY)
        time.sleep(_POLL_SECONDS)


def digest_of(content: bytes | None) -> str:
    """Return what tells whether two contents are the same; "" where there is no file."""
    return "" if content is None else hashlib.sha256(content).hexdigest()[:_DIGEST_CHARS]


def _changes(path: Path, content: bytes | None) -> bool:
    """Wait until a file holds something else; False if it does not within SETTLE_SECONDS."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        if read_shared_file(path) != content:
            return True
    return False


def _read_if_quiet(path: Path) -> bytes | None:
    """Read a file; None while another program has it open for writing, where the system can tell."""
    with open_regular(path) as file, _quiet(file.fileno()) as quiet:
        return file.read() if quiet else None


@contextlib.contextmanager
def _quiet(handle: int) -> Iterator[bool]:
    """Tell whether nobody else has an open file open for writing, and keep it so: a writer waits until this ends.

    It is a lease (fcntl(2), "Leases"). Where there are none the answer is yes, and content alone has to tell.
    """
    try:
        # The signal by which the system asks for the lease back would end the process; this one is ignored.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        if error.errno == errno.EAGAIN:
            yield False
            return
        if error.errno not in _NO_LEASE:
            raise
        yield True
        return
    except AttributeError:  # not Linux
        yield True
        return
    try:
        yield True
    finally:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)


def _replace(path: Path, after: bytes, before: bytes | None) -> bool:
    """Put `after` in the place of a file that holds `before`; tell whether it still did."""
    real = path.resolve()  # a link stays a link
    real.parent.mkdir(parents=True, exist_ok=True)
    if read_shared_file(real) != before:
        return False
    draft = _write_draft(real, after, before)
    try:
        exchanged = _exchange(draft, real) if before is not None else False
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    if exchanged and before is not None:
        replaced = _settle(draft, real, after=after, before=before)
    else:
        replaced = _add(draft, real) if before is None else _replace_at_once(draft, real, before)
    # Not where something interrupts this: then the draft may be what somebody saved, and the next run gives it back.
    draft.unlink(missing_ok=True)
    return replaced


def _write_draft(path: Path, after: bytes, before: bytes | None) -> Path:
    """Write a draft beside a file; it gets its name once it is whole, so that what a kill leaves can be judged."""
    part = create_beside(path, (after,), name=_draft_name(path, after, before) + _PART)
    return part.replace(part.with_suffix(""))


def _add(draft: Path, path: Path) -> bool:
    """Give a file its name unless somebody was quicker; a link, unlike a rename, fails then."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_EXCHANGE:
            raise
        return _replace_at_once(draft, path, None)  # a file system without links
    return True


def _replace_at_once(draft: Path, path: Path, before: bytes | None) -> bool:
    """Replace a file where two names cannot be exchanged: compared right before, which leaves microseconds."""
    if read_shared_file(path) != before:
        return False
    draft.replace(path)
    return True


def _settle(draft: Path, path: Path, *, after: bytes, before: bytes) -> bool:
    """Compare what an exchange took out with what was expected; tell whether it was that.

    Else somebody has saved the file, and gets it back by another exchange, which is compared in its turn: what comes
    out now has to be what was put in last, else it is newer still.
    """
    expected, inside = before, after
    while (out := _read_if_quiet(draft)) is None or out != expected:
        _exchange(draft, path)
        expected, inside = inside, out or b""
    if out not in {after, before}:
        _keep_aside(draft, path)
    return inside == after and expected == before


def _recover(path: Path, alone_in_folder: Path | None) -> None:
    """Give a file back what a killed run had taken out and not yet compared, and delete drafts that it left."""
    real = path.resolve()
    pattern = re.compile(rf"\.{re.escape(real.name)}\.([0-9a-f]{{16}})-([0-9a-f]{{16}}|new)\.draft({_PART})?")
    try:
        left = [(draft, found) for draft in real.parent.iterdir() if (found := pattern.fullmatch(draft.name))]
    except OSError:
        return
    for draft, found in left:
        with writing(path), _alone(alone_in_folder), contextlib.suppress(FileNotFoundError):
            if found[3]:
                draft.unlink()
            else:
                _recover_draft(draft, real, after=found[1], before=found[2])


def _recover_draft(draft: Path, path: Path, *, after: str, before: str) -> None:
    """Decide by digests what a draft is: content that never came in, content that was to go, or somebody's work."""
    content = draft.read_bytes()
    if not content or digest_of(content) in {after, before}:  # one without content is of an earlier version
        draft.unlink()
    elif path.exists() and digest_of(path.read_bytes()) != after:
        _keep_aside(draft, path)
    else:
        draft.replace(path)


def _keep_aside(draft: Path, path: Path) -> None:
    kept = path.with_name(f"{path.name}.{digest_of(draft.read_bytes())}.saved")
    draft.rename(kept)
    _log.warning("%s was saved twice within an instant; the earlier of the two is kept as %s", path, kept.name)


def _draft_name(path: Path, after: bytes, before: bytes | None) -> str:
    """Name a draft by the digests of what is to come in and of what is expected to come out."""
    return f".{path.name}.{digest_of(after)}-{digest_of(before) or 'new'}.draft"


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two files in one step (renameat2(2)); False where that cannot be done."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = os.fsencode(one), os.fsencode(other)
    if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))
