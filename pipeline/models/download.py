"""Packages on their way: a file that breaks off is taken up where it stopped, and nothing is used before it is whole.

What has come lies in `NAME.part`, and beside it `NAME.part.json` says what it is a part of: the address, the length and
the validator (ETag or date) by which the server tells whether its file is still the same (If-Range).
"""

import fcntl
import hashlib
import io
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import msgspec

from pipeline.errors import DownloadError, ModelPackageError
from pipeline.http_client import HttpClient, Response, require_within
from pipeline.storage.files import read_regular, refuse_irregular, write_if_changed

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

    def fetch(self, client: HttpClient, url: str, *, limit: int, progress: Progress) -> None:
        """Fetch all that is missing of the file at `url`, which may have `limit` bytes at most.

        Raises DownloadError if it does not come whole; what has come stays for the next time.
        """

        def watch(done: int, total: int) -> None:
            require_within(url, max(done, total), limit)
            progress(done, total)

        client.retry(lambda deadline: self._attempt(client, url, deadline, watch), lambda: self.size)

    def sha256(self) -> str:
        """Return the checksum of the whole file, read from the disk again."""
        self._file.seek(0)
        return hashlib.file_digest(self._file, "sha256").hexdigest()

    def discard(self) -> None:
        """Delete what has come: it is used up, or of no use."""
        self._state.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _attempt(self, client: HttpClient, url: str, deadline: float, watch: Progress) -> None:
        whole = self._read_state(url)
        start = self.size if whole.validator else 0
        if start and start == whole.total:
            return
        headers = {"Range": f"bytes={start}-", "If-Range": whole.validator} if start else {}
        try:
            with client.open(url, deadline=deadline, headers=headers) as response:
                self._take(response, start, whole, watch)
        except DownloadError as error:
            if error.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise self._begun_anew(url) from error
            raise

    def _take(self, response: Response, start: int, whole: _Whole, watch: Progress) -> None:
        """Write what comes behind what is there, or in place of it."""
        if response.raw.status == HTTPStatus.OK:
            start, whole = 0, _whole_of(response)
            watch(0, whole.total or 0)  # too long is too long before anything is given up for it
            self._restart(whole)
        elif response.raw.status != HTTPStatus.PARTIAL_CONTENT or not start:
            raise DownloadError(response.url, f"the server answers {response.raw.status}, which is no file")
        elif not _continues(response, start, whole):
            raise self._begun_anew(response.url)
        for piece in response.pieces():
            self._append(piece)
            start += len(piece)
            watch(start, whole.total or 0)
        if whole.total is not None and start < whole.total:
            raise DownloadError(response.url, f"broke off at {start} of {whole.total} bytes", transient=True)
        if whole.total is not None and start > whole.total:
            raise self._begun_anew(response.url)

    def _append(self, piece: bytes) -> None:
        rest = memoryview(piece)
        with _disk_errors(self.path):
            while rest:
                rest = rest[self._file.write(rest) :]  # not buffered, so that what came survives the process

    def _begun_anew(self, url: str) -> DownloadError:
        self._restart(_Whole(url=url))
        return DownloadError(url, "has changed since its first part came", transient=True)

    def _restart(self, whole: _Whole) -> None:
        with _disk_errors(self.path):
            self._file.truncate(0)  # before the state: bytes of one file must never stand under another's name
        write_if_changed(self._state, msgspec.json.encode(whole))

    def _read_state(self, url: str) -> _Whole:
        try:
            whole = msgspec.json.decode(read_regular(self._state), type=_Whole)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return _Whole(url=url)
        fits = whole.url == url and (whole.total is None or self.size <= whole.total)
        return whole if fits else _Whole(url=url)


@contextmanager
def open_part(path: Path) -> Iterator[PartFile]:
    """Open what has come of a file, once no other process does."""
    while True:
        with _disk_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            opened = path.open("a+b", buffering=0)
        with opened as file:
            with _disk_errors(path):
                refuse_irregular(os.fstat(file.fileno()), path)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _log.warning("%s is being fetched by another process; waiting for it", path.stem)
                fcntl.flock(file, fcntl.LOCK_EX)
            if _is_still(path, file):
                yield PartFile(path, file)
                return


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelPackageError(path, error.strerror or "cannot be written") from error


def _is_still(path: Path, file: io.FileIO) -> bool:
    """Tell whether the file is there yet; the one that was waited for may have used it up."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _whole_of(response: Response) -> _Whole:
    if response.encoding:  # lengths and ranges are then those of the packed bytes
        return _Whole(url=response.url)
    headers = response.raw.headers
    tag = headers.get("ETag", "").strip()
    # RFC 9110, section 13.1.5: a weak tag is no good for If-Range.
    validator = tag if tag.startswith('"') else headers.get("Last-Modified", "")
    return _Whole(url=response.url, validator=validator, total=response.raw.length_remaining)


def _continues(response: Response, start: int, whole: _Whole) -> bool:
    """Tell whether a part goes on where ours ends, and to the end of the same file."""
    headers = response.raw.headers
    span = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", "").strip())
    if span is None or response.encoding:
        return False
    first, last, total = int(span[1]), int(span[2]), span[3]
    tag = headers.get("ETag", "").strip()
    return (
        first == start
        and (total == "*" or (int(total) == last + 1 and whole.total in {None, int(total)}))
        and response.raw.length_remaining in {None, last + 1 - first}
        and not (tag.startswith('"') and whole.validator.startswith('"') and tag != whole.validator)
    )
