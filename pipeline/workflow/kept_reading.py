"""What the posting files became as a whole, kept in `build/` until one of them changes.

To look every record of ten thousand up takes a third of a second, and what reads, detects and cuts takes a tenth to
load; a command that only asks about one posting needs neither:

    reading = find_reading(project)  # None where a file, the program or the configuration has changed since
    posting = reading.postings[7]  # looked up alone

Texts stay where `postings` finds them; only what is known of every posting in short lies here.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

import msgspec

from pipeline.model.outcome import Merged, Rejection
from pipeline.model.outline import Outline
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.kept_file import find_kept, keep
from pipeline.storage.spool import packing_of
from pipeline.workflow.inputs import digest_of_postings, digest_of_program
from pipeline.workflow.postings import Postings, Row
from pipeline.workflow.project import Project

_TEXTS = "read.sqlite3"
_READING = "read.msgpack"
# A rejected record is kept whole, up to a million characters of it.
_MOST_REJECTED = 100
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the records of the posting files became.

    `remarks` say what may have been understood wrongly in a file as a whole. `by_published` tells whether it depends on
    which postings feeds have already.
    """

    postings: Postings
    merged: tuple[Merged, ...]
    rejected: Sequence[Rejection]
    remarks: tuple[str, ...]
    by_published: bool


class _KeptRow(msgspec.Struct, frozen=True, array_like=True, gc=False):
    outline: Outline
    file: str
    position: int
    inputs: bytes


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A reading; `published` is a digest of the postings that feeds have, empty where it does not depend on them."""

    published: bytes
    rows: tuple[_KeptRow, ...]
    merged: tuple[Merged, ...]
    rejected: tuple[Rejection, ...]
    remarks: tuple[str, ...]


class _Again:
    """The same postings, read once more: should what was made of one be gone from `build/`, or damaged."""

    def __init__(self, read: Callable[[], Postings]) -> None:
        self._read = read

    def posting(self, number: int) -> SegmentedPosting:
        """Return a posting."""
        return self._postings[number]

    @cached_property
    def _postings(self) -> Postings:
        return self._read()


def open_texts(project: Project) -> AbstractContextManager[Derived]:
    """Open what is kept of records by what they are, whatever else stands beside them."""
    return open_derived(project.build_dir / _TEXTS, program=digest_of_program())


def grounds_of(project: Project) -> bytes:
    """Return a digest of what postings are made of: the files, the program, and how it is told to read."""
    settings = project.settings
    elsewhere = [str(path) for path in project.files if not path.is_relative_to(settings.root)]
    told = ([each.pattern for each in settings.drop_lines], settings.drop_furniture, project.as_of)
    grounds = (digest_of_program(), digest_of_postings(project), elsewhere, told)
    return sha256(repr(grounds).encode("utf-8", "surrogatepass")).digest()


def find_reading(project: Project, grounds: bytes, read: Callable[[], Postings]) -> Reading | None:
    """Return what the posting files became in an earlier run; None if one has changed since.

    `read` reads the postings again, should the texts that belong to it be gone.
    """
    found = find_kept(_path(project))
    if found is None or found[:_DIGEST_BYTES] != grounds:
        return None
    kept = packing_of(_Kept).decode(found[_DIGEST_BYTES:])
    if kept.published and kept.published != _published(project):
        return None
    postings, again = Postings(partial(open_texts, project)), _Again(read)
    for number, row in enumerate(kept.rows):
        postings.append(Row(row.outline, row.file, row.position, row.inputs, partial(again.posting, number)))
    return Reading(
        postings=postings,
        merged=kept.merged,
        rejected=kept.rejected,
        remarks=kept.remarks,
        by_published=bool(kept.published),
    )


def keep_reading(project: Project, grounds: bytes, reading: Reading) -> None:
    """Keep what the posting files became, unless one was saved meanwhile."""
    if not project.build_dir.is_dir() or len(reading.rejected) > _MOST_REJECTED or grounds_of(project) != grounds:
        return
    rows = map(reading.postings.row, range(len(reading.postings)))
    kept = _Kept(
        _published(project) if reading.by_published else b"",
        tuple(_KeptRow(row.outline, row.file, row.position, row.inputs) for row in rows),
        reading.merged,
        tuple(reading.rejected),
        reading.remarks,
    )
    keep(_path(project), grounds + packing_of(_Kept).encode(kept))


def _published(project: Project) -> bytes:
    return sha256(repr(sorted(project.published_ids)).encode("utf-8", "surrogatepass")).digest()


def _path(project: Project) -> Path:
    return project.build_dir / _READING
