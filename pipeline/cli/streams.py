"""Standard input, output and error as a command needs them: closed, full, or with nobody who reads.

A command whose reader is gone (`polypost status | head -1`) ends without a word and with 141; one whose output finds no
room (`> /dev/full`) says so in one line. Python alone would say both by a traceback, the second one when it shuts down.
"""

import io
import os
import select
import sys
from pathlib import Path
from typing import Any, TextIO

from pipeline.errors import FileError

READER_GONE = 141  # 128 and the number of SIGPIPE, as shells count


class ReaderGone(BaseException):
    """Nobody reads what the command prints any more; no OSError, which click would answer in its own way."""


class _Output(io.FileIO):
    """A descriptor to write to. What comes after a failure is dropped, so that it is told once."""

    def write(self, data: Any, /) -> int:
        """Write bytes; return how many it took.

        Raises ReaderGone, or FileError if they find no room.
        """
        try:
            while (written := super().write(data)) is None:  # another program made the pipe a non-blocking one
                select.select([], [self], [])
        except BrokenPipeError as error:
            self._drop()
            raise ReaderGone from error
        except OSError as error:
            self._drop()
            self._refuse(error)
            return memoryview(data).nbytes
        return written

    def _refuse(self, error: OSError) -> None:
        raise FileError(Path("standard output"), error.strerror or "cannot be written") from error

    def _drop(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


class _Notes(_Output):
    """Standard error: that a note finds no room is no reason to stop the work."""

    def _refuse(self, error: OSError) -> None:
        pass


def open_standard_streams() -> None:
    """Put streams that end a command as it should in the place of Python's.

    A descriptor that is closed (`2>&-`) becomes /dev/null: else the next file that is opened, the memory say, would
    take its number, and notes would be written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # takes the lowest free number
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  as long as the process
    sys.stdout = _text(_Output(1, "w", closefd=False), sys.stdout)
    sys.stderr = _text(_Notes(2, "w", closefd=False), sys.stderr, by_line=True)


def _text(output: io.FileIO, before: TextIO | None, *, by_line: bool = False) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(output),
        encoding=before.encoding if before else "utf-8",
        errors=before.errors if before else "backslashreplace",
        line_buffering=by_line or output.isatty(),
    )
