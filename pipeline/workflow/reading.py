"""Postings come in: read, merged, their language detected, cut into segments."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.errors import UnknownPostingError
from pipeline.intake.formats.posting_line import serialize_posting
from pipeline.intake.merging import Read
from pipeline.model.locale import source_language
from pipeline.model.outcome import Rejection
from pipeline.model.outline import Outline
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.files import write_lines_if_changed, writing
from pipeline.storage.kept_lines import KeptLines, revise_lines
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.kept_reading import Reading, find_reading, grounds_of, keep_reading, open_texts
from pipeline.workflow.postings import Postings, Whole
from pipeline.workflow.project import Project

# What is looked at in every run that reads a record, apart from the texts.
_OUTLINES = "outlines.sqlite3"
_POSTINGS = "postings.jsonl"


@dataclass(frozen=True, slots=True)
class Chosen(Iterable[SegmentedPosting]):
    """Some of the postings, looked up each time that one goes through them."""

    _all: Sequence[SegmentedPosting]
    _positions: Iterable[int]

    def __iter__(self) -> Iterator[SegmentedPosting]:
        """Yield them in their order."""
        return (self._all[position] for position in self._positions)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What was read, and its postings cut into segments; both lie in files, whatever their number.

    `remarks` say what may have been understood wrongly in a file as a whole.
    """

    read: Read
    segmented: Postings
    remarks: tuple[str, ...] = ()

    @property
    def outlines(self) -> Sequence[Outline]:
        """The postings in short."""
        return self.segmented.outlines

    @cached_property
    def by_language(self) -> Mapping[str, "Chosen"]:
        """The postings by the language that they are written in, as domains name it; without undetermined ones."""
        positions: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        for position, outline in enumerate(self.outlines):
            if outline.language is not None:
                positions[source_language(outline.language)].append(position)
        return {language: Chosen(self.segmented, found) for language, found in positions.items()}

    @property
    def doubtful(self) -> Iterator[Posting]:
        """The postings that have doubts, or declare another language than they read as."""
        return (self.read.postings[number] for number, outline in enumerate(self.outlines) if outline.doubtful)

    def find(self, posting_id: str) -> SegmentedPosting:
        """Return the posting with this id.

        Raises UnknownPostingError if none was read.
        """
        for number, outline in enumerate(self.outlines):
            if outline.id == posting_id:
                return self.segmented[number]
        asked = posting_id.casefold()
        near = [outline.id for outline in self.outlines if asked in outline.id.casefold()]
        near = near or [posting.id for posting in self.read.postings if asked in posting.title.casefold()]
        raise UnknownPostingError(posting_id, tuple(near[:5]))


def read_postings(project: Project, *, whole: bool = False) -> Intake:
    """Read the posting files, decide the language of every posting and cut it into segments.

    Where nothing has changed since an earlier run, what it read is taken as it is. Else a record that it read costs a
    look-up; after a `whole` run nothing is kept of others.
    """
    grounds = grounds_of(project)
    reading = find_reading(project, grounds, lambda: _understood(project).postings)
    if reading is None:
        reading = _understood(project, whole=whole)
        keep_reading(project, grounds, reading)
    read = Read(postings=Whole(reading.postings), merged=reading.merged, rejected=reading.rejected)
    return Intake(read=read, segmented=reading.postings, remarks=reading.remarks)


def _understood(project: Project, *, whole: bool = False) -> Reading:
    # The formats, what detects and what cuts take a tenth of a second to load.
    from pipeline.workflow.understanding import understand  # noqa: PLC0415

    with open_texts(project) as texts, _open_outlines(project) as outlines:
        reading = understand(project, texts, outlines)
        if whole:
            inputs = [row.inputs for row in map(reading.postings.row, range(len(reading.postings)))]
            texts.need(Posting, inputs)
            texts.need(SegmentedPosting, inputs)
            texts.drop_unused()
            outlines.need(KeptLines, [_POSTINGS.encode()])
            outlines.drop_unused()
        return reading


def _open_outlines(project: Project) -> AbstractContextManager[Derived]:
    return open_derived(project.build_dir / _OUTLINES, program=digest_of_program())


def take_in(project: Project) -> Intake:
    """Read the postings, cut them into segments, and keep in `build/` what was read and what was rejected."""
    with writing(project.build_dir):
        project.build_dir.mkdir(parents=True, exist_ok=True)
    intake = read_postings(project, whole=True)
    rejected = intake.read.rejected
    _write_postings(project, intake.segmented)
    path = project.build_dir / "rejected.jsonl"
    write_lines_if_changed(path, lambda: map(_serialize_rejection, rejected), lasting=False)
    return intake


def _write_postings(project: Project, postings: Postings) -> None:
    """Write the postings as they were read; of those that the file holds already no line is made."""
    with _open_outlines(project) as derived:
        digests = [outline.digest for outline in postings.outlines]
        revise_lines(project.build_dir / _POSTINGS, derived, digests, postings.lines)


class PlainSegment(NamedTuple):
    """A segment that an engine is asked in plainer words than it is written in."""

    posting: str
    context: str
    source: str
    plain: str


def plain_segments(project: Project, intake: Intake) -> Iterator[PlainSegment]:
    """Yield the segments of postings that have plain words, each once in a posting."""
    for segmented in intake.segmented:
        posting = segmented.posting
        words = project.plain_words(source_language(posting.language) if posting.language else "")
        keys = segmented.keys()
        for key in keys:
            plain = words.rewrite(key.source, key.context)
            if plain != key.source:
                yield PlainSegment(posting.id, key.context, key.source, plain)


def inspection_line(posting: Posting) -> str:
    """Return a posting as one line of JSON that says also what of it was not understood or guessed."""
    doubts = [{"field": d.field, "value": d.value, "reason": d.reason, "hint": d.hint} for d in posting.doubts]
    fields = json.loads(serialize_posting(posting))
    return json.dumps({**fields, "title_guessed": posting.title_guessed, "doubts": doubts}, ensure_ascii=False)


def _serialize_rejection(rejection: Rejection) -> str:
    fields = {
        "file": rejection.file,
        "position": rejection.position,
        "format": rejection.format,
        "reason": rejection.reason,
        "record": rejection.record,
    }
    return json.dumps(fields, ensure_ascii=False)
