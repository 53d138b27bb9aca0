"""Our own form of a posting, one JSON object a line, as `json_documents` reads it; `posting_line` writes it."""

from collections.abc import Mapping

from pipeline.intake.formats.json_text import NOT_AN_OBJECT, decode_json
from pipeline.intake.reading.aliases import RECORD_FIELDS, record_of
from pipeline.intake.reading.record import PostingRecord, RecordError

# With what `inspect` says of a posting beyond its fields.
READ_BACK = RECORD_FIELDS | {"doubts", "title_guessed"}


def parse_json_line(line: str) -> PostingRecord:
    """Read a line of our own form; members that are no fields are kept as unknown.

    Raises RecordError if it is no JSON object.
    """
    tree = decode_json(line.encode("utf-8", "surrogatepass"))
    if not isinstance(tree, dict):
        raise RecordError(NOT_AN_OBJECT)
    return native_record(tree)


def native_record(tree: Mapping[str, object]) -> PostingRecord:
    """Return an object of our own form (DESIGN section 7) as a record; members that are null say nothing."""
    return record_of({name: _without_nulls(member) for name, member in tree.items() if member is not None})


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [_without_nulls(member) for member in value]
    return value
