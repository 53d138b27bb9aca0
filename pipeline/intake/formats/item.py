"""What every format hands over: one item a record of the document, with its place and the way it was written.

A format only puts a system's values under our names; what a value means is decided in `reading/assembly`, in one place
for all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from pipeline.intake.reading.record import PostingRecord, RecordError

Tree = Mapping[str, object]


class Item(msgspec.Struct, frozen=True):
    """One record of a document, or why it is none.

    `position` counts lines from 1, rows in a table; `path` says where inside (`jobs[3]`) if the line does not tell;
    `written` is asked only for what is rejected. `format` is the name under which the record alone is read again.
    `doubt` says what may have been understood wrongly.
    """

    position: int
    found: PostingRecord | RecordError
    written: Callable[[], str]
    format: str
    path: str = ""
    doubt: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line that nobody has looked into yet: what stands in it depends on its bytes alone, and on the format."""

    position: int
    raw: bytes
    items: Callable[[], Iterator[Item]]

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.raw)


def text_of(value: object) -> str:
    """Return a text or number as text, anything else as "".

    >>> text_of(4711), text_of(None), text_of(True)
    ('4711', '', '')
    """
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def tree_of(value: object) -> Tree:
    """Return a mapping as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def list_of(value: object) -> list[object]:
    """Return a list as it is, nothing as an empty one, anything else as a list of one."""
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "") else [value]


def trees_of(value: object) -> list[Tree]:
    """Return the mappings of a list, or the one that stands in place of a list."""
    return [part for part in list_of(value) if isinstance(part, Mapping)]


def first(*values: object) -> object:
    """Return the first value that says anything; None if none does."""
    return next((value for value in values if value not in (None, "", [], {})), None)


def place(
    city: object = None, region: object = None, country: object = None, *, postal_code: object = None
) -> Tree | None:
    """Return a place by its parts; None if no part says anything."""
    parts = {"city": city, "region": region, "country": country, "postal_code": postal_code}
    kept = {name: value for name, value in parts.items() if value not in (None, "")}
    return kept or None


def places(*found: object) -> list[object] | None:
    """Return the places that say anything, each once; None without any."""
    kept: list[object] = []
    for value in found:
        if value not in (None, "", {}) and value not in kept:
            kept.append(value)
    return kept or None


def section(heading: object, description: object, kind: str = "") -> Tree | None:
    """Return a part of a body whose text is still as the system has it; None if it has no text."""
    raw = description if isinstance(description, str) else ""
    if not raw.strip():
        return None
    return {"kind": kind, "heading": text_of(heading), "description": raw}


def sections(found: Iterable[Tree | None]) -> list[Tree] | None:
    """Return the parts that have text; None without any."""
    return [part for part in found if part] or None


def salary(low: object, high: object, *, currency: object, period: object) -> Tree | None:
    """Return a range of pay, its period in the words of the source; None without an amount or a currency.

    >>> salary(10, None, currency="EUR", period="per-hour-wage")
    {'currency': 'EUR', 'min': 10, 'max': None, 'unit': 'per-hour-wage'}
    """
    if first(low, high) is None or not text_of(currency):
        return None
    return {"currency": currency, "min": low, "max": high, "unit": text_of(period) or "YEAR"}


def listed(*, shown: bool) -> list[object] | None:
    """Return the locales of a posting: none at all if its system does not show it, else whatever is configured."""
    return None if shown else []
