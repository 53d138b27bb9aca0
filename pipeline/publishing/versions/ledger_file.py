"""`locales/publications.jsonl`: the record on disk, appended to only on change."""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from pipeline.errors import FileError, LedgerError, LostWorkError, UnreadableFileError
from pipeline.publishing.versions.ledger import Publication
from pipeline.storage.conflict_markers import tell_unfinished
from pipeline.storage.shared_file import Revision, read_shared_file, revise_shared_file

FILE_NAME = "publications.jsonl"
_NOT_ON_EACH_LINE = ("countries", "facts", "text_modified", "known")  # those before 0.2 had none of them


def read_ledger(path: Path) -> list[Publication]:
    """Read every line, oldest first; none if there is no file yet.

    Raises LedgerError if it cannot be read, or with the number of the first line that is not of our form.
    """
    try:
        return parse_ledger(read_shared_file(path), path)
    except FileError as error:
        raise LedgerError(path, error.reason) from error


def parse_ledger(content: bytes | None, path: Path) -> list[Publication]:
    """Parse the lines of the record; `path` is only for the error messages.

    Raises LedgerError with the number of the first line that is not of our form.
    """
    return list(_parsed(content, path))


@lru_cache(maxsize=1)  # several steps of a run read it
def _parsed(content: bytes | None, path: Path) -> tuple[Publication, ...]:
    decoder = msgspec.json.Decoder(Publication)
    lines: list[Publication] = []
    for number, line in enumerate((content or b"").splitlines()):
        try:
            lines.append(replace(decoder.decode(line), number=number))
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            if unfinished := tell_unfinished((content or b"").decode(errors="replace"), path):
                raise LedgerError(path, unfinished[1], unfinished[0]) from error
            raise LedgerError(path, str(error), number + 1) from error
    return tuple(lines)


def revise_ledger(
    path: Path, continued: Callable[[list[Publication]], Iterable[Publication]], *, alone_in_folder: Path | None
) -> Revision:
    """Add to the record the lines that `continued` makes of it, made anew whenever somebody saves it in the meantime.

    `alone_in_folder` is locked against other runs while the file is replaced; None if the caller has locked it.
    Raises LedgerError if the record cannot be read, FileError if it cannot be written, and what `continued` raises.
    """

    def extended(content: bytes | None) -> bytes | None:
        before = content or b""
        added = "".join(map(_serialize, continued(parse_ledger(content, path)))).encode()
        gap = b"" if before.endswith(b"\n") or not before else b"\n"  # an editor may have cut the last line end
        return before + gap + added if added else content

    try:
        return revise_shared_file(path, extended, alone_in_folder=alone_in_folder, doubts=(LedgerError, LostWorkError))
    except UnreadableFileError as error:
        raise LedgerError(path, error.reason) from error


def _serialize(line: Publication) -> str:
    """Write a line; its number is where it stands, and what is not known is left out."""
    fields = msgspec.to_builtins(line)
    del fields["number"]
    for name in _NOT_ON_EACH_LINE:
        if fields[name] in (None, "", {}):
            del fields[name]
    return json.dumps(fields, ensure_ascii=False) + "\n"
