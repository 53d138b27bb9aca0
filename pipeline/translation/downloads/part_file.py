"""A file on its way: what has come so far, what it is a part of, and the rest of it."""

import fcntl
import hashlib
import io
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import msgspec

from pipeline.errors import DownloadError, ModelPackageError
from pipeline.files import write_if_changed
from pipeline.translation.downloads.http_request import Answer, open_url
from pipeline.translation.downloads.patience import Patience, deadline_of, try_patiently

_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
_CONTENT_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class _Whole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the part belongs to; `validator` is empty where the server names none that a resumption can rely on."""

    url: str
    validator: str = ""
    total: int | None = None


class PartFile:
    """A download in a file of its own, which nobody else writes to until it is closed."""

    def __init__(self, path: Path, file: io.FileIO) -> None:
        self.path = path
        self._file = file
        self._state = path.with_name(f"{path.name}.json")

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self._file.seek(0, 2)

    def fetch(self, url: str, *, patience: Patience, limit: int, progress: Progress) -> None:
        """Fetch all that is missing of the file at `url`, which may have `limit` bytes at most.

        Raises DownloadError if it does not come whole; what has come stays for the next time.
        """
        deadline = deadline_of(patience)

        def attempt() -> None:
            self._attempt(url, patience, deadline, _limited(url, limit, progress))

        try_patiently(attempt, patience, deadline, had=lambda: self.size)

    def sha256(self) -> str:
        """Return the checksum of the whole file, read from the disk again."""
        self._file.seek(0)
        return hashlib.file_digest(self._file, "sha256").hexdigest()

    def discard(self) -> None:
        """Delete what has come: it is used up, or of no use."""
        self._state.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _attempt(self, url: str, patience: Patience, deadline: float, watch: Progress) -> None:
        whole = self._read_state(url)
        start = self.size if whole.validator else 0
        if start and start == whole.total:
            return
        try:
            with open_url(url, _range_headers(start, whole), patience, deadline) as answer:
                self._take(answer, start, whole, watch)
        except DownloadError as error:
            if error.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise self._begun_anew(url) from error
            raise

    def _take(self, answer: Answer, start: int, whole: _Whole, watch: Progress) -> None:
        """Write what comes behind what is there, or in place of it."""
        if answer.status == HTTPStatus.OK:
            start, whole = 0, _whole_of(answer, whole.url)
            watch(0, whole.total or 0)  # too long is too long before anything is given up for it
            self._restart(whole)
        elif answer.status != HTTPStatus.PARTIAL_CONTENT or not start:
            raise DownloadError(answer.url, f"the server answers {answer.status}, which is no file")
        elif not _continues(answer, start, whole):
            raise self._begun_anew(answer.url)
        for piece in answer.pieces():
            self._append(piece)
            start += len(piece)
            watch(start, whole.total or 0)
        if whole.total is not None and start < whole.total:
            raise DownloadError(answer.url, f"broke off at {start} of {whole.total} bytes", passing=True)
        if whole.total is not None and start > whole.total:
            raise self._begun_anew(answer.url)

    def _append(self, piece: bytes) -> None:
        rest = memoryview(piece)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]  # not buffered, so that what came survives the process
        except OSError as error:
            raise ModelPackageError(self.path, error.strerror or "cannot be written") from error

    def _begun_anew(self, url: str) -> DownloadError:
        self._restart(_Whole(url=url))
        return DownloadError(url, "has changed since its first part came", passing=True)

    def _restart(self, whole: _Whole) -> None:
        try:
            self._file.truncate(0)  # before the state: bytes of one file must never stand under another's name
        except OSError as error:
            raise ModelPackageError(self.path, error.strerror or "cannot be written") from error
        write_if_changed(self._state, msgspec.json.encode(whole))

    def _read_state(self, url: str) -> _Whole:
        try:
            whole = msgspec.json.decode(self._state.read_bytes(), type=_Whole)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return _Whole(url=url)
        fits = whole.url == url and (whole.total is None or self.size <= whole.total)
        return whole if fits else _Whole(url=url)


@contextmanager
def open_part(path: Path) -> Iterator[PartFile]:
    """Open what has come of a file, once no other process does."""
    while True:
        with _opened(path) as file:
            _wait_for(path, file)
            if _is_still(path, file):  # else the one before us has used it up
                yield PartFile(path, file)
                return


def fetch_bytes(url: str, *, patience: Patience, limit: int) -> bytes:
    """Fetch a small file into memory.

    Raises DownloadError if it does not come whole or has more than `limit` bytes.
    """
    deadline = deadline_of(patience)

    def attempt() -> bytes:
        content = bytearray()
        watch = _limited(url, limit, lambda _done, _total: None)
        with open_url(url, {}, patience, deadline) as answer:
            if answer.status != HTTPStatus.OK:
                raise DownloadError(url, f"the server answers {answer.status}, which is no file")
            watch(0, answer.length or 0)
            for piece in answer.pieces():
                content += piece
                watch(len(content), 0)
        return bytes(content)

    return try_patiently(attempt, patience, deadline)


def _limited(url: str, limit: int, progress: Progress) -> Progress:
    def watch(done: int, total: int) -> None:
        if max(done, total) > limit:
            raise DownloadError(url, f"has more than {limit} bytes, which are the limit")
        progress(done, total)

    return watch


def _range_headers(start: int, whole: _Whole) -> Mapping[str, str]:
    return {"Range": f"bytes={start}-", "If-Range": whole.validator} if start else {}


def _whole_of(answer: Answer, url: str) -> _Whole:
    if answer.encoding:  # lengths and ranges are then those of the packed bytes
        return _Whole(url=url)
    tag = answer.headers.get("ETag", "").strip()
    # RFC 9110, section 13.1.5: a weak tag is no good for If-Range.
    validator = tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")
    return _Whole(url=url, validator=validator, total=answer.length)


def _continues(answer: Answer, start: int, whole: _Whole) -> bool:
    """Tell whether a part goes on where ours ends, and to the end of the same file."""
    told = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
    if told is None or answer.encoding:
        return False
    first, last, total = int(told[1]), int(told[2]), told[3]
    tag = answer.headers.get("ETag", "").strip()
    return (
        first == start
        and (total == "*" or (int(total) == last + 1 and whole.total in {None, int(total)}))
        and answer.length in {None, last + 1 - first}
        and not (tag.startswith('"') and whole.validator.startswith('"') and tag != whole.validator)
    )


def _opened(path: Path) -> io.FileIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+b", buffering=0)
    except OSError as error:
        raise ModelPackageError(path, error.strerror or "cannot be written") from error


def _wait_for(path: Path, file: io.FileIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _log.warning("%s is being fetched by another process; waiting for it", path.stem)
        fcntl.flock(file, fcntl.LOCK_EX)


def _is_still(path: Path, file: io.FileIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
