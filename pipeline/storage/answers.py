"""What commands printed, kept in `build/` under a digest of all that they had read.

Asked again about the same, a command prints it again instead of reading ten thousand postings. Nothing is lost with the
file: whatever is wrong with it, the command does its work anew.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.storage.kept_file import opened, sealed

FILE_NAME = "answers.sqlite3"
# Longer ones are not kept: they are listings of everything, and reading them takes as long as making them.
MAX_CHARS = 4_000_000
# Commands read different things, so that those about an older state cannot be told from those of another command.
MAX_ANSWERS = 50
_SCHEMA = "CREATE TABLE IF NOT EXISTS answer (inputs TEXT, question TEXT, answer BLOB, PRIMARY KEY (inputs, question))"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a command printed on standard output and standard error, and its exit code."""

    output: str
    notes: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Answers:
    """The newest answers, which lie in a folder; one that is not there keeps none."""

    folder: Path

    def find(self, inputs: str, question: str) -> Answer | None:
        """Return what was answered to a question about these inputs; None if it has not been asked."""
        with contextlib.suppress(sqlite3.Error, msgspec.MsgspecError), self._opened() as database:
            wanted = "SELECT answer FROM answer WHERE inputs = ? AND question = ?"
            for (kept,) in database.execute(wanted, (inputs, question)):
                content = opened(kept)
                return None if content is None else msgspec.msgpack.decode(content, type=Answer)
        return None

    def keep(self, inputs: str, question: str, answer: Answer) -> None:
        """Keep an answer, and forget the oldest where there are too many."""
        if not self.folder.is_dir() or len(answer.output) + len(answer.notes) > MAX_CHARS:
            return
        with contextlib.suppress(sqlite3.Error), self._opened() as database, database:
            database.execute(_SCHEMA)
            row = (inputs, question, sealed(msgspec.msgpack.encode(answer)))
            database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", row)
            newest = "SELECT rowid FROM answer ORDER BY rowid DESC LIMIT ?"
            database.execute(f"DELETE FROM answer WHERE rowid NOT IN ({newest})", (MAX_ANSWERS,))  # noqa: S608  our own text

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        path = self.folder / FILE_NAME
        if not self.folder.is_dir():
            raise sqlite3.OperationalError(f"no folder {self.folder}")
        database = sqlite3.connect(path, timeout=1)
        try:
            database.execute("PRAGMA synchronous = OFF")  # what a falling machine damages is told by its digest
            yield database
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError):  # damaged: made anew by the next run
                path.unlink(missing_ok=True)
            raise
        finally:
            database.close()
