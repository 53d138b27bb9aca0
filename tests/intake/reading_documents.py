"""Documents given as they would stand in a file, and what became of each record."""

import io
import json
from collections.abc import Mapping

from pipeline.intake.formats.item import Item
from pipeline.intake.formats.registry import Reader
from pipeline.intake.formats.table import Columns
from pipeline.intake.reading.headings import load_headings
from pipeline.intake.reading.record import PostingRecord

LEXICON = load_headings()


def read_all(
    content: str | bytes | object, name: str = "x", *, forced: str = "", columns: Mapping[str, str] | None = None
) -> list[Item | Columns]:
    """Read a document; anything but text and bytes is written as JSON first."""
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    raw = content if isinstance(content, bytes) else content.encode()
    return list(Reader(lexicon=LEXICON, columns=columns or {}).read(io.BytesIO(raw), name=name, forced=forced))


def items(content: object, name: str = "x", *, forced: str = "") -> list[Item]:
    """Return what became of each record of a document."""
    return [item for item in read_all(content, name, forced=forced) if isinstance(item, Item)]


def records(content: object, name: str = "x", *, forced: str = "") -> list[PostingRecord | str]:
    """Return each record of a document, or the reason why it is none."""
    found = (item.found for item in items(content, name, forced=forced))
    return [record if isinstance(record, PostingRecord) else str(record) for record in found]
