"""What each posting of a version is in every format: made once, kept until feeds and lists are put together."""

from array import array
from collections.abc import Iterable, Iterator
from enum import IntEnum

from pipeline.publishing.versions.version import Entry
from pipeline.storage.spool import Chest


class Format(IntEnum):
    """Where a posting is put into."""

    JSON_FEED = 0
    ATOM = 1
    RSS = 2
    JOB_XML = 3
    CARD = 4


class Renderings:
    """The renderings of a version's postings, in a temporary file; each posting comes once with all of them."""

    def __init__(self, postings: int) -> None:
        self._chest = Chest()
        self._places = array("Q", [0]) * postings

    def add(self, entry: Entry, *renderings: bytes) -> None:
        """Keep what a posting is, in the order of Format."""
        self._places[entry.position] = len(self._chest)
        for rendering in renderings:
            self._chest.add(rendering)

    def of(self, wanted: Format, entries: Iterable[Entry]) -> Iterator[bytes]:
        """Yield what these postings are in a format."""
        return (self._chest.read(self._places[entry.position] + wanted) for entry in entries)
