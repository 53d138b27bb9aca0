"""Parts of a work are shared with child processes, and what comes of them is taken in their order.

A first run over ten thousand postings is work for more than one core. Its parts, the catalog of a locale or the pages
of fifty postings, know nothing of each other:

    children = Children(processes=4)
    for catalog in children.share(make_catalog, len(names), packing_of(Made)):
        write(catalog)

A child is a copy of this process, which knows all that was read until then and starts within milliseconds. It takes a
part that nobody has begun, puts what comes of it into a temporary file, and takes the next; this process does the same.
Nothing depends on a child: what it has not finished when it is killed, fails or hangs is done here, so that the result
is the same and a fault is told as if there were none. It writes no other file, hears no Ctrl-C, and ends with this
process at the latest. What it logs is logged here, before what it made is taken.

Only on Linux: on macOS a copy of a process may not use the libraries of the system. A pool of `multiprocessing` waits
for ever for a worker that was killed, `ProcessPoolExecutor` gives the run up.
"""

import ctypes
import gc
import logging
import os
import select
import signal
import struct
import sys
import warnings
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Generic, Never, TypeVar

import msgspec

from pipeline.errors import FileError, PipelineError
from pipeline.storage.spool import Packing, open_unnamed, write_at

T = TypeVar("T")
_NUMBER = struct.Struct("<I")
_PLACE = struct.Struct("<IQQ")  # of what part it is, where it begins, how long it is
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Each takes memory of its own, 80 MB in a build of 10,000 postings, and a container sees the cores of its host.
_MOST_PROCESSES = 8
# So many parts are made here before their turn: what waits for its turn takes memory.
_AHEAD = 4


def usable_cores() -> int:
    """Return how many cores this process may use, at most 8; 1 where it cannot be copied."""
    return min(len(os.sched_getaffinity(0)), _MOST_PROCESSES) if sys.platform == "linux" else 1


def _do_nothing() -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Children:
    """How work is shared: by so many `processes`, this one counted; one alone has no children.

    Work that takes less than `least` seconds is not shared: to copy a process of 500 MB takes 20 ms here, and what a
    child made is packed and unpacked. One that finishes nothing for `patience` seconds while it is waited for is ended.
    """

    processes: int = field(default_factory=usable_cores)
    least: float = 0.5
    patience: float = 300.0

    def share(
        self,
        work: Callable[[int], T],
        parts: int,
        packing: Packing[T],
        *,
        seconds: float,
        own: Collection[int] = (),
        begin: Callable[[], None] = _do_nothing,
    ) -> Generator[T, None, None]:
        """Yield what `work` makes of each part, from 0 on, in their order; those that are `own` are only done here.

        In a child, which calls `begin` first, `work` changes nothing but what belongs to it alone, and what comes of a
        part comes packed. `seconds` is about how long it takes to do all that is not own.
        """
        sharing = _Sharing(work, parts, packing, own)
        try:
            if parts > 1 and seconds >= self.least:
                sharing.start(min(self.processes - 1, parts - len(own)), begin)
            yield from sharing.results(self.patience)
        finally:
            sharing.end()


NO_CHILDREN = Children(processes=1)


class _Sharing(Generic[T]):
    """One work that is shared."""

    def __init__(self, work: Callable[[int], T], parts: int, packing: Packing[T], own: Collection[int]) -> None:
        self._work, self._parts, self._packing = work, parts, packing
        self._own = sorted(own)
        self._children: dict[int, _Child] = {}  # by the end of the pipe that each tells its parts by
        self._finished: dict[int, tuple[_Child, int, int]] = {}
        self._ended: list[_Child] = []
        self._made: dict[int, T] = {}  # here, before their turn
        self._faults: dict[int, PipelineError] = {}
        self._queue = -1

    def start(self, number: int, begin: Callable[[], None]) -> None:
        """Start so many children, or as many as the system allows."""
        if number < 1:
            return
        with suppress(ValueError):  # another thread than the first may not say so
            if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # else the system waits for children in our place
        with suppress(OSError, FileError):
            self._queue = open_unnamed()
            shared = (part for part in range(self._parts) if part not in self._own)
            write_at(self._queue, b"".join(map(_NUMBER.pack, shared)), 0)
            gc.freeze()  # what is not moved about stays in memory once
            for _ in range(number):
                child = _Child(self._packed, self._queue, begin)
                self._children[child.told] = child

    def results(self, patience: float) -> Iterator[T]:
        """Yield what comes of the parts, in their order."""
        for part in range(self._parts):
            while part not in self._made and part not in self._faults and part not in self._finished:
                self._hear(0)
                taken = self._take(part) if len(self._made) < _AHEAD else None
                if taken is not None:
                    self._make(taken)
                elif self._children:
                    self._hear(patience)
                elif part not in self._finished:
                    self._make(part)
            if part in self._faults:
                raise self._faults[part]
            yield self._made.pop(part) if part in self._made else self._unpacked(part)

    def _make(self, part: int) -> None:
        """Work on a part here; a fault is told when its turn comes."""
        try:
            self._made[part] = self._work(part)
        except PipelineError as error:
            self._faults[part] = error

    def end(self) -> None:
        """End the children, whatever they are at."""
        for child in (*self._children.values(), *self._ended):
            child.end()
        if self._queue >= 0:
            os.close(self._queue)
            gc.unfreeze()

    def _packed(self, part: int) -> bytes:
        return self._packing.encode(self._work(part))

    def _unpacked(self, part: int) -> T:
        child, start, length = self._finished.pop(part)
        notes, packed = msgspec.msgpack.decode(child.read(start, length), type=tuple[list[_Note], bytes])
        for note in notes:
            logging.getLogger(note.logger).log(note.level, "%s", note.message)
        return self._packing.decode(packed)

    def _take(self, first: int) -> int | None:
        """Take a part that nobody has begun, from the `first` on; None if there is none."""
        if self._own and self._children:
            return self._own.pop(0)
        taken = _take(self._queue) if self._queue >= 0 else None
        while taken is not None and taken < first:  # a child was killed before it took it, and it was made since
            taken = _take(self._queue)
        return taken

    def _hear(self, patience: float) -> None:
        """Note which parts the children have finished, and which children have ended; wait for something to note."""
        waiting = select.poll()
        for told in self._children:
            waiting.register(told, select.POLLIN)
        ready = waiting.poll(patience * 1000)
        for told, _ in ready:
            child = self._children[told]
            message = os.read(told, _PLACE.size)
            if len(message) == _PLACE.size:
                part, start, length = _PLACE.unpack(message)
                self._finished[part] = child, start, length
            else:
                self._ended.append(self._children.pop(told))
        if patience and not ready:
            for child in self._children.values():
                child.stop()


class _Child:
    """A process that works on parts; it tells each by `told`, the end of a pipe, once it is in the file of results."""

    def __init__(self, work: Callable[[int], bytes], queue: int, begin: Callable[[], None]) -> None:
        self._results = open_unnamed()
        try:
            self.told, telling = os.pipe()
        except OSError:
            os.close(self._results)
            raise
        parent = os.getpid()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            self._pid = _copy_process()
            if not self._pid:
                _live(parent, begin, _Worker(work, queue, self._results, telling))
        except OSError:
            os.close(self.told)
            os.close(self._results)
            raise
        finally:
            os.close(telling)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def read(self, start: int, length: int) -> bytes:
        """Return a piece of its results."""
        return os.pread(self._results, length, start)

    def stop(self) -> None:
        """End the process."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process and let go of what it made."""
        self.stop()
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        os.close(self.told)
        os.close(self._results)


def _copy_process() -> int:
    with warnings.catch_warnings():
        # Another thread of ours only waits for a signal or draws bars: it holds nothing that a child asks for.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


class _Note(msgspec.Struct, array_like=True):
    """Something that was logged."""

    logger: str
    level: int
    message: str


class _Notes(logging.Handler):
    """Keeps what is logged until it can be told."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[_Note] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.kept.append(_Note(record.name, record.levelno, record.getMessage()))


class _Worker:
    """What a child does until no part is left."""

    def __init__(self, work: Callable[[int], bytes], queue: int, results: int, telling: int) -> None:
        self._work, self._queue, self._results, self._telling = work, queue, results, telling

    def run(self) -> None:
        """Work on one part after the other."""
        notes = _Notes()
        logging.getLogger().handlers[:] = [notes]
        start = 0
        while (part := _take(self._queue)) is not None:
            packed = self._work(part)
            piece = msgspec.msgpack.encode((notes.kept, packed))
            notes.kept = []
            write_at(self._results, piece, start)
            os.write(self._telling, _PLACE.pack(part, start, len(piece)))
            start += len(piece)


def _live(parent: int, begin: Callable[[], None], worker: _Worker) -> Never:
    """Be a child: hear no signal of the terminal, say nothing, end with the parent."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(silence, stream)
        if os.getppid() == parent:
            begin()
            worker.run()
    finally:
        os._exit(0)


def _take(queue: int) -> int | None:
    """Take the next number out of a file that processes share with the place at which each goes on reading."""
    found = os.read(queue, _NUMBER.size)
    return _NUMBER.unpack(found)[0] if found else None
