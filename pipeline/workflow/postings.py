"""The postings of a run: in short in memory, their texts wherever they lie until somebody asks for one.

The text of a posting that an earlier run has read lies in `build/`, that of a new one in a temporary file. So a posting
that nothing asks for costs only its outline:

    changed = [number for number, outline in enumerate(postings.outlines) if outline.digest not in published]
    texts = [postings[number] for number in changed]
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, overload

from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.model.outline import Outline
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived
from pipeline.storage.spool import Chest, packing_of

# So many are looked up together where all are wanted.
_AT_ONCE = 500
Open = Callable[[], AbstractContextManager[Derived]]


class Row(NamedTuple):
    """A posting in short, where it was read, and where its text is.

    That is the piece of this number in the temporary file; else `build/` has it under `inputs`, and `make` makes it
    again, should it be gone or damaged.
    """

    outline: Outline
    file: str
    position: int
    inputs: bytes = b""
    make: Callable[[], SegmentedPosting] | None = None
    piece: int = -1


class Postings(Sequence[SegmentedPosting]):
    """Postings in their order, cut into segments; `kept` opens what earlier runs made of them."""

    def __init__(self, kept: Open) -> None:
        self.outlines: list[Outline] = []
        self._kept = kept
        self._rows: list[Row] = []
        self._chest = Chest()

    def append(self, row: Row) -> None:
        """Add a posting at the end."""
        self._rows.append(row)
        self.outlines.append(row.outline)

    def put(self, outline: Outline, packed: bytes, file: str, position: int, inputs: bytes) -> Row:
        """Keep a posting that was made just now."""
        self._chest.add(packed)
        return Row(outline, file, position, inputs, piece=len(self._chest) - 1)

    def chosen(self, rows: Iterable[Row]) -> "Postings":
        """Return other postings, whose texts lie in the same places."""
        found = Postings(self._kept)
        found._chest = self._chest
        for row in rows:
            found.append(row)
        return found

    def row(self, number: int) -> Row:
        """Return where a posting is."""
        return self._rows[number]

    def packed(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """Yield postings as bytes, without where they were read."""
        ordered = iter(numbers)
        while rows := [self._rows[number] for number in islice(ordered, _AT_ONCE)]:
            yield from self._packed(rows)

    def _packed(self, rows: Sequence[Row]) -> list[bytes]:
        away = [row.inputs for row in rows if row.piece < 0]
        found: dict[bytes, bytes | None] = {}
        if away:
            with self._kept() as derived:
                found = dict(zip(away, derived.find_packed(SegmentedPosting, away), strict=True))
        return [self._whole(row, found.get(row.inputs)) for row in rows]

    def _whole(self, row: Row, found: bytes | None) -> bytes:
        if row.piece >= 0:
            return self._chest.read(row.piece)
        if found is None:
            if row.make is None:
                raise AssertionError(row)
            return packing_of(SegmentedPosting).encode(row.make())
        return found

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> SegmentedPosting: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SegmentedPosting]: ...
    def __getitem__(self, index: int | slice) -> SegmentedPosting | Sequence[SegmentedPosting]:
        """Return one, or some of them as they were read."""
        if isinstance(index, slice):
            return self.chosen(self._rows[index])
        return next(self.at([range(len(self))[index]]))

    def __iter__(self) -> Iterator[SegmentedPosting]:
        """Yield them in their order."""
        return self.at(range(len(self)))

    def at(self, numbers: Sequence[int]) -> Iterator[SegmentedPosting]:
        """Yield those of these numbers: looked up together, they take a fraction of the time."""
        decode = packing_of(SegmentedPosting).decode
        for number, packed in zip(numbers, self.packed(numbers), strict=True):
            segmented, row = decode(packed), self._rows[number]
            yield replace(segmented, posting=replace(segmented.posting, file=row.file, position=row.position))

    def lines(self, numbers: Iterable[int]) -> Iterator[str]:
        """Yield those of these numbers as lines of JSON that can be read again, without line ends."""
        return (serialize_posting(segmented.posting) for segmented in self.at(list(numbers)))


@dataclass(frozen=True, slots=True)
class Whole(Sequence[Posting]):
    """The same postings, not cut into segments."""

    _of: Postings

    def __len__(self) -> int:
        """How many there are."""
        return len(self._of)

    @overload
    def __getitem__(self, index: int) -> Posting: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Posting]: ...
    def __getitem__(self, index: int | slice) -> Posting | Sequence[Posting]:
        """Return one, or some of them."""
        if isinstance(index, slice):
            return [segmented.posting for segmented in self._of[index]]
        return self._of[index].posting

    def __iter__(self) -> Iterator[Posting]:
        """Yield them in their order."""
        return (segmented.posting for segmented in self._of)
