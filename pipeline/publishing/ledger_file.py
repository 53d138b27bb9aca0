"""`locales/publications.jsonl`: the record on disk, appended to only on change."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from pipeline.errors import LedgerError
from pipeline.files import write_if_changed
from pipeline.publishing.ledger import Publication

FILE_NAME = "publications.jsonl"


def read_ledger(path: Path) -> list[Publication]:
    """Read every line, oldest first; none if there is no file yet.

    Raises LedgerError if it cannot be read, or with the number of the first line that is not of our form.
    """
    try:
        record = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LedgerError(path, error.strerror or "cannot be read") from error
    decoder = msgspec.json.Decoder(Publication)
    lines = []
    for number, line in enumerate(record.splitlines()):
        try:
            lines.append(replace(decoder.decode(line), number=number))
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise LedgerError(path, str(error), number + 1) from error
    return lines


def append_ledger(path: Path, lines: Iterable[Publication]) -> None:
    """Add lines to the record in one step."""
    added = "".join(map(_serialize, lines))
    before = path.read_bytes() if path.exists() else b""
    if added:
        gap = b"" if before.endswith(b"\n") or not before else b"\n"  # an editor may have cut the last line end
        write_if_changed(path, before + gap + added.encode())


def _serialize(line: Publication) -> str:
    """Write a line; its number is where it stands."""
    fields = msgspec.to_builtins(line)
    del fields["number"]
    return json.dumps(fields, ensure_ascii=False) + "\n"
