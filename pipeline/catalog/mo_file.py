"""MO files: what programs look reviewed targets up in.

Written here, since polib and babel take minutes for 200,000 entries (docs/why/libraries.md).
"""

import struct
from collections.abc import Iterable
from itertools import accumulate

from pipeline.catalog.po_file import Catalog
from pipeline.model.unit import Unit, UnitState

_MAGIC = 0x950412DE
_HEADER_BYTES = 28
_CONTEXT_END = "\x04"
_PLURAL_END = "\x00"
_ENCODING = {"Content-Type": "text/plain; charset=UTF-8"}


def serialize_mo(catalog: Catalog) -> bytes:
    """Return the reviewed units as a MO file without a hash table, sorted as the format wants (gettext manual 10.3)."""
    fields = dict(catalog.headers) | _ENCODING  # a template's charset=CHARSET stops Python's gettext
    header = "".join(f"{name}: {value}\n" for name, value in fields.items())
    pairs = sorted({"": header, **dict(map(_pair, _reviewed(catalog.units)))}.items())
    keys = [key.encode() for key, _ in sorted(pairs, key=lambda pair: pair[0].encode())]
    targets = [target.encode() for _, target in sorted(pairs, key=lambda pair: pair[0].encode())]
    table = _HEADER_BYTES
    start = table + 16 * len(pairs)
    offsets = list(accumulate((len(text) + 1 for text in keys + targets), initial=start))
    numbers = [
        number for text, offset in zip(keys + targets, offsets[:-1], strict=True) for number in (len(text), offset)
    ]
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), table, table + 8 * len(pairs), 0, start)
    return head + struct.pack(f"<{len(numbers)}I", *numbers) + b"".join(text + b"\0" for text in keys + targets)


def _reviewed(units: Iterable[Unit]) -> Iterable[Unit]:
    return (unit for unit in units if unit.state is UnitState.REVIEWED)


def _pair(unit: Unit) -> tuple[str, str]:
    source = f"{unit.key.context}{_CONTEXT_END}{unit.key.source}" if unit.key.context else unit.key.source
    if not unit.extras.plural_source:
        return source, unit.target
    return f"{source}{_PLURAL_END}{unit.extras.plural_source}", _PLURAL_END.join(unit.extras.plural_targets)
