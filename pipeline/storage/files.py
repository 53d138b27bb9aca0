"""Writing files so that a reader sees the old or the new one and never a half, and an unchanged one is left alone."""

import contextlib
import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path

from pipeline.errors import FileError

NOT_ALLOWED = "make the file and its folder writable, or name another folder"
_NO_ROOM = "make room and run again; nothing there has changed"
_NO_FOLDER = "something else stands where one of its folders should be; move it away, or name another folder"
_REMEDIES = {
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.EROFS: NOT_ALLOWED,
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EISDIR: "a folder stands where the file should be; move it away",
    errno.EEXIST: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
}

MAX_FILE_BYTES = 1 << 30  # no file that is read whole is larger, and any larger one would be a mistake
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file to be read; what may never come to an end, a pipe or /dev/zero, is refused at once.

    Raises OSError, whose `strerror` says what the path is instead.
    """
    refuse_irregular(path.stat(), path)  # to open a pipe or a device can do something already
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        refuse_irregular(os.fstat(handle), path)
        return os.fdopen(handle, "rb")
    except OSError:
        os.close(handle)
        raise


def read_regular(path: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """Read a regular file whole.

    Raises OSError as `open_regular` does, and for a file of more than `most` bytes.
    """
    with open_regular(path) as file:
        content = file.read(most + 1) if os.fstat(file.fileno()).st_size <= most else None
    if content is None or len(content) > most:
        raise OSError(errno.EFBIG, f"has more than {most:,} bytes, too many to be meant", str(path))
    return content


def refuse_irregular(found: os.stat_result, path: Path) -> None:
    """Raise an OSError, whose `strerror` says what the path is, for anything but a regular file."""
    if not stat.S_ISREG(found.st_mode):
        kind = _KINDS.get(stat.S_IFMT(found.st_mode), "something else")
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(code, f"is {kind}, not a regular file", str(path))


def write_if_changed(path: Path, content: bytes, *, lasting: bool = True) -> bool:
    """Replace the file at `path` by `content` in one step; tell whether anything had to be written.

    What is `lasting` is on the disk when this ends; what would be made anew if the machine fell need not wait for it.
    Raises FileError, with what to do, if it cannot be written.
    """
    with writing(path):
        with contextlib.suppress(FileNotFoundError):
            if read_regular(path) == content:
                return False
        return replace_file(path, (content,), lasting=lasting)


def write_lines_if_changed(path: Path, lines: Callable[[], Iterable[str]], *, lasting: bool = True) -> bool:
    """Do the same with lines of text, made when they are asked for, so that any number fits into memory.

    Raises FileError as `write_if_changed` does.
    """

    def pieces() -> Iterator[bytes]:
        return (f"{line}\n".encode() for line in lines())

    with writing(path):
        return not _holds(path, pieces()) and replace_file(path, pieces(), lasting=lasting)


def _holds(path: Path, pieces: Iterable[bytes]) -> bool:
    try:
        with open_regular(path) as file:
            return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError while a file is written into a FileError that says what to do."""
    try:
        yield
    except OSError as error:
        reason = filter(None, (error.strerror or "cannot be written", remedy_of(error)))
        raise FileError(path, "; ".join(reason)) from error


def remedy_of(error: OSError) -> str:
    """Return what a person can do about a file that could not be written; "" if we know of nothing."""
    return _REMEDIES.get(error.errno or 0, "")


def replace_file(path: Path, pieces: Iterable[bytes], *, lasting: bool) -> bool:
    """Put the pieces in the place of the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = create_beside(path, pieces, name=f".{path.name[:40]}.{secrets.token_hex(8)}", lasting=lasting)
    try:
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return True


def create_beside(path: Path, pieces: Iterable[bytes], *, name: str, lasting: bool = True) -> Path:
    """Write a new file into the folder of `path`, with the mode and owner of `path`; by the umask if there is none."""
    draft = path.with_name(name)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            _take_mode(file.fileno(), path)
            file.writelines(pieces)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _take_mode(handle: int, path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        before = path.stat()
        os.fchmod(handle, stat.S_IMODE(before.st_mode))
        # Only root can give a file away, and in a container nobody to whom it does not know.
        with contextlib.suppress(OSError):
            os.fchown(handle, before.st_uid, before.st_gid)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep out other processes that ask for the same folder; the lock ends with the process at the latest."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
