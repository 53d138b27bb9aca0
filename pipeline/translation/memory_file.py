"""The memory of machine output: one SQLite file, a transaction a batch, so that a crash costs one batch."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MemoryFileError
from pipeline.model.unit import EngineOrigin

_SCHEMA = """
CREATE TABLE IF NOT EXISTS output (
    engine TEXT NOT NULL, model TEXT NOT NULL, route TEXT NOT NULL, source TEXT NOT NULL,
    target TEXT NOT NULL, failures TEXT NOT NULL,
    PRIMARY KEY (engine, model, route, source)
) WITHOUT ROWID
"""
_BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What an engine made of a source; `failures` are the checks for which its target was not kept."""

    target: str
    failures: tuple[str, ...] = ()


class MemoryFile:
    """Machine output by engine, model, route and source; what is remembered is never asked for again."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def recall(self, origin: EngineOrigin, sources: Iterable[str]) -> dict[str, Output]:
        """Return what is known of `sources`; sources never asked are left out."""
        with _told(self._path):
            rows = (
                (source, self._connection.execute(
                    "SELECT target, failures FROM output WHERE engine = ? AND model = ? AND route = ? AND source = ?",
                    (origin.engine, origin.model, origin.route, source),
                ).fetchone())
                for source in sources
            )
            return {source: Output(target=row[0], failures=tuple(row[1].split())) for source, row in rows if row}

    def remember(self, origin: EngineOrigin, outputs: Mapping[str, Output]) -> None:
        """Keep a batch, whole or not at all."""
        rows = [
            (origin.engine, origin.model, origin.route, source, output.target, " ".join(output.failures))
            for source, output in outputs.items()
        ]
        with _told(self._path), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?)", rows)


@contextmanager
def open_memory(path: Path) -> Iterator[MemoryFile]:
    """Open, or make, the memory at `path` and close it after.

    Raises MemoryFileError if the file is no database of ours.
    """
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        with _told(path):
            connection.execute("PRAGMA journal_mode = WAL")
            # A batch that the system has not yet written is lost only when the machine itself goes down.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_SCHEMA)
        yield MemoryFile(path, connection)
    finally:
        connection.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise MemoryFileError(path, str(error)) from error
