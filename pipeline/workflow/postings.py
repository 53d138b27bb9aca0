"""The postings of a run: packed in a temporary file, so that one costs nothing until somebody asks for its text.

What has to be known of every posting stands in its outline, which is in memory:

    changed = [number for number, outline in enumerate(postings.outlines) if outline.digest not in published]
    texts = [postings[number] for number in changed]
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, overload

from pipeline.model.outline import Outline, Taken
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.spool import Chest, packing_of


class Row(NamedTuple):
    """A posting in short, where it was read, and the number of its first piece in the file."""

    outline: Outline
    file: str
    position: int
    piece: int


class Postings(Sequence[SegmentedPosting]):
    """Postings in their order, cut into segments."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self._rows: list[Row] = []
        self._chest = Chest()

    def append(self, taken: Taken, file: str, position: int) -> None:
        """Add a posting at the end."""
        self.append_row(self.put(taken, file, position))

    def put(self, taken: Taken, file: str, position: int) -> Row:
        """Keep a posting that may be added later."""
        row = Row(taken.outline, file, position, len(self._chest))
        self._chest.add(taken.segmented)
        self._chest.add(taken.line)
        return row

    def append_row(self, row: Row) -> None:
        """Add a posting that is kept already at the end."""
        self._rows.append(row)
        self.outlines.append(row.outline)

    def chosen(self, wanted: Iterable[Row]) -> "Postings":
        """Return other postings of the same file."""
        found = Postings.__new__(Postings)
        found._chest = self._chest  # noqa: SLF001  its own class
        found._rows = list(wanted)  # noqa: SLF001
        found.outlines = [row.outline for row in found._rows]  # noqa: SLF001
        return found

    def row(self, number: int) -> Row:
        """Return where a posting is kept."""
        return self._rows[number]

    def packed(self, number: int) -> bytes:
        """Return a posting as bytes, without where it was read."""
        return self._chest.read(self._rows[number].piece)

    def lines(self) -> Iterator[bytes]:
        """Yield the postings as lines of JSON that can be read again, without line ends."""
        return (self._chest.read(row.piece + 1) for row in self._rows)

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
        row = self._rows[index]
        segmented = packing_of(SegmentedPosting).decode(self._chest.read(row.piece))
        return replace(segmented, posting=replace(segmented.posting, file=row.file, position=row.position))

    def __iter__(self) -> Iterator[SegmentedPosting]:
        """Yield them in their order."""
        return map(self.__getitem__, range(len(self)))


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
        return (
            Whole(self._of.chosen(map(self._of.row, range(len(self))[index])))
            if isinstance(index, slice)
            else self._of[index].posting
        )

    def __iter__(self) -> Iterator[Posting]:
        """Yield them in their order."""
        return (segmented.posting for segmented in self._of)
