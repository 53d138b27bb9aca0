"""What postings bring to a catalog: segments, and the names by which it knows the postings that have them."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from pipeline.model.segment import UnitKey

_PREFIX = "postings/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A segment that the postings hold now, with all the places it stands in."""

    key: UnitKey
    references: tuple[str, ...]
    plural_source: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The place that a catalog names: the first by id, which rarely changes."""
        return (min(self.references),) if self.references else ()


def posting_reference(posting_id: str) -> str:
    """Return the reference of a posting; percent-encoded, since tools split at spaces and read `a:1` as a line.

    >>> posting_reference("acme:4711 b")
    'postings/acme%3A4711%20b'
    """
    return _PREFIX + quote(posting_id, safe="")


def posting_of(reference: str) -> str | None:
    """Return the id of the posting that a reference names; None if it names something else."""
    return unquote(reference.removeprefix(_PREFIX)) if reference.startswith(_PREFIX) else None
