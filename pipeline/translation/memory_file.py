"""The memory of machine output: one SQLite file, a transaction a batch, so that a crash costs one batch."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import MemoryFileError
from pipeline.model.unit import EngineOrigin
from pipeline.storage.files import NOT_ALLOWED, remedy_of

_SCHEMA = """
CREATE TABLE IF NOT EXISTS machine_output (
    engine TEXT NOT NULL, model TEXT NOT NULL, route TEXT NOT NULL, asked TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (engine, model, route, asked)
) WITHOUT ROWID
"""
_RECALL = "SELECT answer FROM machine_output WHERE engine = ? AND model = ? AND route = ? AND asked = ?"
_REMEMBER = "INSERT OR REPLACE INTO machine_output VALUES (?, ?, ?, ?, ?)"
_BUSY_SECONDS = 30.0
_PRIMARY_CODE = 0xFF  # the rest of a code says more about the same (sqlite.org/rescode.html)
_MADE_AGAIN = "delete the file, it is made again from the catalogs and the engines"
_STAYS = "run again; what was remembered stays"
_REMEDIES = {
    sqlite3.SQLITE_PERM: NOT_ALLOWED,
    sqlite3.SQLITE_READONLY: NOT_ALLOWED,
    sqlite3.SQLITE_CANTOPEN: NOT_ALLOWED,
    sqlite3.SQLITE_FULL: f"make room and {_STAYS}",
    # What a full disk says as often, of the files beside the memory.
    sqlite3.SQLITE_IOERR: f"make room, or look at the disk, and {_STAYS}",
    sqlite3.SQLITE_CORRUPT: _MADE_AGAIN,
    sqlite3.SQLITE_NOTADB: _MADE_AGAIN,
    sqlite3.SQLITE_ERROR: _MADE_AGAIN,  # a table of another form
    sqlite3.SQLITE_BUSY: "another run is using it; wait for its end and run again",
}


class MemoryFile:
    """Answers by engine, model, route and the text that the engine was asked, markers and all.

    What is kept is the raw answer: where other names are protected tomorrow, the engine is asked another text. An
    empty answer is one too, so that a failed attempt is not made again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def recall(self, origin: EngineOrigin, asked: Iterable[str]) -> dict[str, str]:
        """Return the answers to texts that were asked before; the others are left out.

        Raises MemoryFileError if the file is no database of ours, or cannot be opened.
        """
        key = (origin.engine, origin.model, origin.route)
        with _naming_remedy(self._path):
            connection = self._connection()
            rows = ((text, connection.execute(_RECALL, (*key, text)).fetchone()) for text in asked)
            return {text: row[0] for text, row in rows if row is not None}

    def remember(self, origin: EngineOrigin, answers: Mapping[str, str]) -> None:
        """Keep a batch, whole or not at all.

        Raises MemoryFileError as `recall` does, and if there is no room.
        """
        rows = [(origin.engine, origin.model, origin.route, text, answer) for text, answer in answers.items()]
        with _naming_remedy(self._path):
            connection = self._connection()
            with connection:
                connection.executemany(_REMEMBER, rows)

    def close(self) -> None:
        """Close the file, if it was needed."""
        if self._opened is not None:
            self._opened.close()

    def _connection(self) -> sqlite3.Connection:
        """Open or make the file when it is first needed: a run with nothing to translate writes nothing."""
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._opened = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
            self._opened.execute("PRAGMA journal_mode = WAL")
            # A batch that the system has not yet written is lost only when the machine itself goes down.
            self._opened.execute("PRAGMA synchronous = NORMAL")
            self._opened.execute(_SCHEMA)
        return self._opened


@contextmanager
def open_memory(path: Path) -> Iterator[MemoryFile]:
    """Give the memory at `path`, and close it after."""
    memory = MemoryFile(path)
    try:
        yield memory
    finally:
        memory.close()


@contextmanager
def _naming_remedy(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        raise MemoryFileError(path, str(error), _REMEDIES.get(code, _STAYS)) from error
    except OSError as error:
        raise MemoryFileError(path, error.strerror or "cannot be made", remedy_of(error) or NOT_ALLOWED) from error
