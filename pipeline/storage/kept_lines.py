"""A file of lines in `build/` of which only those are made that it does not hold yet; the others are copied.

Which line was made of what is kept by digests, and believed as long as the file holds what was written:

    revise_lines(path, derived, digests, lambda numbers: (line_of(values[number]) for number in numbers))
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BufferedReader
from pathlib import Path

import msgspec

from pipeline.storage.derived import Derived
from pipeline.storage.files import open_regular, replace_file, write_lines_if_changed, writing

_MOST_AT_ONCE = 1 << 20  # bytes that are copied in one piece


class KeptLines(msgspec.Struct, frozen=True, array_like=True):
    """What a file holds: its sha256, the digests of what its lines were made of, and their lengths as machine words."""

    sha256: bytes
    digests: list[bytes]
    lengths: bytes

    def is_in(self, path: Path) -> bool:
        """Tell whether a file holds just that."""
        return len(self.lengths) == len(self.digests) * array("Q").itemsize and self.sha256 == _sha256(path)


def revise_lines(
    path: Path, derived: Derived, digests: Sequence[bytes], make: Callable[[Iterable[int]], Iterable[str]]
) -> bool:
    """Make a file hold the lines of these digests; tell whether anything had to be written.

    `make` makes lines, without their ends, of some numbers. Raises FileError if it cannot be written.
    """
    name = path.name.encode()
    known = derived.find(KeptLines, name)
    if known is None or not known.is_in(path):
        written = write_lines_if_changed(path, lambda: make(range(len(digests))), lasting=False)
        derived.keep(KeptLines, name, _look_through(path, digests))
        return written
    if known.digests == digests:
        return False
    whole, lengths = hashlib.sha256(), array("Q")

    def passing(pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            whole.update(piece)
            yield piece

    with writing(path), open_regular(path) as before:
        replace_file(path, passing(_pieces(before, known, digests, make, lengths)), lasting=False)
    derived.keep(KeptLines, name, KeptLines(whole.digest(), list(digests), lengths.tobytes()))
    return True


def _pieces(
    before: BufferedReader,
    known: KeptLines,
    digests: Sequence[bytes],
    make: Callable[[Iterable[int]], Iterable[str]],
    lengths: "array[int]",
) -> Iterator[bytes]:
    """Yield the new content, lines that follow one another in the old one as one piece; note how long each is."""
    old: dict[bytes, tuple[int, int]] = {}
    end = 0
    for digest, length in zip(known.digests, array("Q", known.lengths), strict=True):
        old[digest] = end, end + length
        end += length
    made = iter(make([number for number, digest in enumerate(digests) if digest not in old]))
    start = stop = 0
    for digest in digests:
        place = old.get(digest)
        if place is None or place[0] != stop or place[1] - start > _MOST_AT_ONCE:
            yield _read(before, start, stop)
            start = stop = place[0] if place else 0
        if place is None:
            line = f"{next(made)}\n".encode()
            lengths.append(len(line))
            yield line
        else:
            lengths.append(place[1] - place[0])
            stop = place[1]
    yield _read(before, start, stop)


def _read(file: BufferedReader, start: int, stop: int) -> bytes:
    file.seek(start)
    return file.read(stop - start)


def _look_through(path: Path, digests: Sequence[bytes]) -> KeptLines:
    """Return what is to be kept of a file that was just written."""
    whole, lengths = hashlib.sha256(), array("Q")
    with open_regular(path) as file:
        for line in file:
            whole.update(line)
            lengths.append(len(line))
    return KeptLines(whole.digest(), list(digests), lengths.tobytes())


def _sha256(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b""
