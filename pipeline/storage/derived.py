"""What was made of something, kept in `build/` under a digest of all that it was made of.

A run over ten thousand postings of which one has changed takes the others from here, as an earlier run read them:

    with open_derived(build_dir / "read.sqlite3", program=digest_of_the_program) as derived:
        posting = derived.make(Posting, b"...", lambda: build_posting(record))

A child process (`storage/children.py`) reads what was open when it began, and keeps nothing there.

The program, that is its code, its data and the versions of its libraries, is part of every digest. A value stands with
a digest of itself, so that a damaged one is made anew; so is everything if the file is damaged, gone or in use.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from pipeline.storage.spool import packing_of

T = TypeVar("T")
_SCHEMA = "CREATE TABLE IF NOT EXISTS made (name BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
_DIGEST_BYTES = 16
_FLUSH_BYTES = 1 << 22
_ASKED_AT_ONCE = 500  # SQLite takes 999 values in one question everywhere
# So much more than what the last run needed may lie there: going back to an earlier state of a project costs nothing.
_KEPT_TIMES = 2


class Derived:
    """Values by what they were made of; without a `path` none is kept."""

    def __init__(self, path: Path | None, program: str) -> None:
        self._path = path
        self._program = program.encode()
        self._used: set[bytes] = set()
        self._read: Mapping[bytes, bytes] | None = None
        self._waiting: dict[bytes, bytes] = {}
        self._waiting_bytes = 0
        self._database: sqlite3.Connection | None = None
        self._of_parent: sqlite3.Connection | None = None
        with self._sound():
            if path is not None:
                self._database = sqlite3.connect(path, timeout=1)
                self._database.execute("PRAGMA synchronous = OFF")  # what a falling machine damages is made anew
                self._database.execute(_SCHEMA)
                _OPEN.add(self)

    def read_only(self) -> None:
        """Go on with an own connection: that of the parent is neither used nor closed in a child process."""
        self._of_parent, self._database = self._database, None
        self._waiting, self._waiting_bytes = {}, 0
        with self._sound():
            if self._path is not None and self._of_parent is not None:
                self._database = sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", timeout=1, uri=True)

    @property
    def keeps(self) -> bool:
        """Whether what is made is kept."""
        return self._database is not None and self._of_parent is None

    def make(self, kind: type[T], inputs: bytes, make: Callable[[], T]) -> T:
        """Return what was made of these inputs, else make it; inputs of two kinds of values never meet.

        What is made now is packed and unpacked too, so that it is the same as when it is found.
        """
        found = self.find(kind, inputs)
        return self.keep(kind, inputs, make()) if found is None else found

    def find(self, kind: type[T], inputs: bytes) -> T | None:
        """Return what was made of these inputs; None if nothing is known of them."""
        if self._read is None:
            (content,) = self.find_packed(kind, (inputs,))
        else:
            name = self._name(kind, inputs)
            self._used.add(name)
            content = _sound_content(name, self._read.get(name))
        return None if content is None else packing_of(kind).decode(content)

    def find_all(self, kind: type[T], inputs: Sequence[bytes]) -> list[T | None]:
        """Return what was made of each of these inputs, None for those of which nothing is known."""
        decode = packing_of(kind).decode
        return [None if content is None else decode(content) for content in self.find_packed(kind, inputs)]

    def find_packed(self, kind: type[T], inputs: Sequence[bytes]) -> list[bytes | None]:
        """Return what was made of each of these inputs, still as bytes: asked together they take less time."""
        if self._database is None:
            return [None] * len(inputs)
        names = [self._name(kind, each) for each in inputs]
        self._used.update(names)
        found: dict[bytes, bytes] = {}
        if self._read is not None:
            return [_sound_content(name, self._read.get(name)) for name in names]
        with self._sound():
            ordered = sorted(names)  # as they lie in the file
            for start in range(0, len(ordered), _ASKED_AT_ONCE):
                asked = ordered[start : start + _ASKED_AT_ONCE]
                places = ",".join("?" * len(asked))
                found.update(self._database.execute(f"SELECT name, value FROM made WHERE name IN ({places})", asked))  # noqa: S608  marks alone
        return [_sound_content(name, found.get(name)) for name in names]

    def keep(self, kind: type[T], inputs: bytes, value: T) -> T:
        """Keep what was made of these inputs, and return it as it will be found."""
        return packing_of(kind).decode(self.keep_packed(kind, inputs, value))

    def keep_packed(self, kind: type[T], inputs: bytes, value: T) -> bytes:
        """Keep what was made of these inputs, and return it as bytes."""
        content = packing_of(kind).encode(value)
        self.put(kind, inputs, content)
        return content

    def put(self, kind: type[T], inputs: bytes, content: bytes) -> None:
        """Keep what was made of these inputs, and is packed already."""
        if self.keeps:
            name = self._name(kind, inputs)
            self._used.add(name)
            self._waiting[name] = _own_digest(name, content) + content
            self._waiting_bytes += len(content)
            if self._waiting_bytes >= _FLUSH_BYTES:
                self._flush()

    def read_all(self) -> "Derived":
        """Read everything at once, which of many small values takes less time than to ask for each."""
        with self._sound():
            if self._database is not None:
                self._read = dict(self._database.execute("SELECT name, value FROM made"))
        return self

    def need(self, kind: type[T], inputs: Iterable[bytes]) -> None:
        """Say that what was made of these inputs may be asked for later, so that it is not dropped."""
        self._used.update(self._name(kind, each) for each in inputs)

    def drop_unused(self) -> None:
        """Drop what was not needed since this was opened, if that is most of what there is."""
        self._flush()
        with self._sound():
            if self._database is not None:
                (count,) = self._database.execute("SELECT count(*) FROM made").fetchone()
                if count > _KEPT_TIMES * len(self._used):
                    with self._database:
                        unused = {name for (name,) in self._database.execute("SELECT name FROM made")} - self._used
                        self._database.executemany("DELETE FROM made WHERE name = ?", ((name,) for name in unused))

    def close(self) -> None:
        """Keep what still waits, and close the file."""
        self._flush()
        if self._database is not None:
            self._database.close()
        self._database = None

    def _name(self, kind: type[T], inputs: bytes) -> bytes:
        return blake2b(self._program + kind.__name__.encode() + b"\0" + inputs, digest_size=_DIGEST_BYTES).digest()

    def _flush(self) -> None:
        with self._sound():
            if self._database is not None and self._waiting:
                with self._database:
                    self._database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", self._waiting.items())
        self._waiting, self._waiting_bytes = {}, 0

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        """Go on without the file if it cannot be used; a damaged one goes."""
        try:
            yield
        except sqlite3.Error as error:
            if self._database is not None:
                self._database.close()
            self._database = None
            passing = isinstance(error, sqlite3.OperationalError) or self._of_parent  # in use, no room, not allowed
            if self._path is not None and not passing:
                with contextlib.suppress(OSError):
                    self._path.unlink(missing_ok=True)


def _sound_content(name: bytes, value: bytes | None) -> bytes | None:
    """Return the content of what is kept, unless it is damaged."""
    if value is None:
        return None
    content = value[_DIGEST_BYTES:]
    return content if value[:_DIGEST_BYTES] == _own_digest(name, content) else None


def _own_digest(name: bytes, content: bytes) -> bytes:
    return blake2b(name + content, digest_size=_DIGEST_BYTES).digest()


@contextlib.contextmanager
def open_derived(path: Path, *, program: str) -> Iterator[Derived]:
    """Give what is kept in a file, and close it after; where its folder is not there nothing is kept."""
    derived = Derived(path if path.parent.is_dir() else None, program)
    try:
        yield derived
    finally:
        derived.close()


def _read_only() -> None:
    for derived in tuple(_OPEN):
        derived.read_only()


_OPEN: WeakSet[Derived] = WeakSet()
os.register_at_fork(after_in_child=_read_only)
NOTHING_KEPT = Derived(None, "")
