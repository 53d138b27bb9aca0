"""Postings come in: read, merged, their language detected, cut into segments."""

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

from pipeline.errors import UnknownPostingError
from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.formats.json_lines import serialize_posting
from pipeline.intake.merging import (
    LanguageGroups,
    Merger,
    Read,
    claimed_twice,
    read_versions,
    refused_of,
    with_versions,
)
from pipeline.intake.posting_file import PostingReader, Record
from pipeline.intake.reading.headings import load_headings
from pipeline.model.locale import source_language
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.outline import Outline, Taken, outline_of
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.files import write_lines_if_changed, writing
from pipeline.storage.spool import Chest, packing_of
from pipeline.translation.segmenter import Segmenter
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.postings import Postings, Row, Whole
from pipeline.workflow.project import Project

# What records became, by what they were.
_KEPT = "read.sqlite3"


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
    """What was read, and its postings cut into segments; both lie in files, whatever their number."""

    read: Read
    segmented: Postings

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
        near = [outline.id for outline in self.outlines if posting_id.casefold() in outline.id.casefold()]
        raise UnknownPostingError(posting_id, tuple(near[:5]))


def read_postings(project: Project, *, whole: bool = False) -> Intake:
    """Read the posting files, decide the language of every posting and cut it into segments.

    A record that an earlier run read costs nothing again; after a `whole` run nothing is kept of others.
    """
    with open_derived(project.build_dir / _KEPT, program=digest_of_program()) as derived:
        intake = _read(project, derived)
        if whole:
            derived.drop_unused()
        return intake


def _read(project: Project, derived: Derived) -> Intake:
    lexicon = load_headings()
    settings = project.settings
    reader = PostingReader(
        root=settings.root,
        lexicon=lexicon,
        drop_lines=settings.drop_lines,
        drop_furniture=settings.drop_furniture,
        as_of=project.as_of,
        read_as=project.read_as,
        derived=derived,
    )
    records = _Records()
    merger = Merger(records)
    for record in project.progress.over("read", reader.records(project.files)):
        merger.add(record if isinstance(record, Rejection) else _opened(record))
    ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    understand = _Understanding(derived, partial(read_language, ensemble=ensemble, lexicon=lexicon), project.segmenter)
    groups = LanguageGroups(published=_Lazily(lambda: project.published_ids))
    postings = records.postings
    for number, row in enumerate(project.progress.over("detect", records.rows)):
        united = merger.united.get(number)
        if united is not None or not row.inputs:
            postings.append(understand.whole(united or records[number]), row.file, row.position)
        elif row.taken is not None:
            postings.append_row(row.taken)
        else:
            postings.append(understand.record(records[number], row.inputs), row.file, row.position)
        groups.add(number, postings.outlines[-1])
    found = groups.united()
    return _unite_languages(understand, postings, merger, found, refused_of(merger.shared.values(), found))


class _Opened(NamedTuple):
    """A record that is a posting, its id, and what an earlier run made of it."""

    id: str
    record: Record
    taken: Taken | None

    def posting(self) -> Posting:
        """Unpack the posting."""
        return self.record.posting()


def _opened(record: Record) -> _Opened:
    taken = packing_of(Taken).decode(record.taken) if record.taken is not None else None
    return _Opened(taken.outline.id if taken else record.posting().id, record, taken)


class _RecordRow(NamedTuple):
    """Where a record stands, and a digest of what it is made of, b"" if of several records.

    `taken` is where the postings have it already.
    """

    file: str
    position: int
    inputs: bytes
    taken: Row | None


class _Records:
    """The records that are postings, packed, and what earlier runs made of them."""

    def __init__(self) -> None:
        self.rows: list[_RecordRow] = []
        self.postings = Postings()
        self._chest = Chest()

    def append(self, found: _Opened | Posting) -> None:
        """Keep a record, or a posting that records of one id were made into."""
        if isinstance(found, Posting):
            packed = packing_of(Posting).encode(found)
            self.rows.append(_RecordRow(found.file, found.position, b"", None))
            self._chest.add(packed)
            return
        record, taken = found.record, found.taken
        known = self.postings.put(taken, record.file, record.position) if taken else None
        self.rows.append(_RecordRow(record.file, record.position, record.inputs, known))
        self._chest.add(record.packed)

    def __getitem__(self, number: int) -> Posting:
        """Return a posting as it was read."""
        row = self.rows[number]
        return replace(packing_of(Posting).decode(self._chest.read(number)), file=row.file, position=row.position)


class _Understanding:
    """Decides the languages of postings and cuts them into segments; what it made of the same before is kept."""

    def __init__(self, derived: Derived, read: Callable[[Posting], Posting], segmenter: Segmenter) -> None:
        self._derived, self._read, self._segmenter = derived, read, segmenter

    def record(self, posting: Posting, inputs: bytes) -> Taken:
        """Return what comes of a record, which is kept under a digest of what it is made of."""
        return self._derived.keep(Taken, inputs, self._taken(read_versions(_anywhere(posting), self._read)))

    def whole(self, posting: Posting) -> Taken:
        """Return what comes of a posting that several records were made into."""
        anywhere = _anywhere(posting)
        inputs = b"whole\0" + packing_of(Posting).encode(anywhere)
        return self._derived.make(Taken, inputs, lambda: self._taken(read_versions(anywhere, self._read)))

    def decided(self, posting: Posting) -> Taken:
        """Return what comes of a posting whose languages are decided."""
        anywhere = _anywhere(posting)
        inputs = b"decided\0" + packing_of(Posting).encode(anywhere)
        return self._derived.make(Taken, inputs, lambda: self._taken(anywhere))

    def _taken(self, posting: Posting) -> Taken:
        segmented = self._segmenter.segment(posting)
        packed = packing_of(SegmentedPosting).encode(segmented)
        line = serialize_posting(posting).encode()
        return Taken(outline=outline_of(segmented, packed), segmented=packed, line=line)


def _anywhere(posting: Posting) -> Posting:
    """Return a posting without where it stood, which is no part of what comes of it."""
    return replace(posting, file="", position=0)


@dataclass(frozen=True)
class _Lazily(Container[str]):
    """Ids that are read when somebody asks for one: few projects have a posting in several records."""

    make: Callable[[], Container[str]]

    def __contains__(self, posting_id: object) -> bool:
        """Tell whether it is one of them."""
        return posting_id in self._ids

    @cached_property
    def _ids(self) -> Container[str]:
        return self.make()


def _unite_languages(
    understand: _Understanding,
    postings: Postings,
    merger: Merger,
    united: Mapping[int, Sequence[int]],
    refused: Mapping[int, int],
) -> Intake:
    """Put the postings that are one job in further languages into the one that they belong to."""
    merged, rejected = merger.merged, merger.rejected
    if united or refused:
        within = {number: owner for owner, numbers in united.items() for number in numbers}
        rows: list[Row] = []
        for number in range(len(postings)):
            row = postings.row(number)
            if number in within:
                owner = postings.outlines[within[number]]
                merged.append(Merged(file=row.file, position=row.position, posting_id=owner.id))
            elif number in refused:
                rejected.append(claimed_twice(postings[number].posting, postings[refused[number]].posting))
            elif number in united:
                others = (postings[other].posting for other in united[number])
                whole = with_versions(postings[number].posting, others)
                rows.append(postings.put(understand.decided(whole), row.file, row.position))
            else:
                rows.append(row)
        postings = postings.chosen(rows)
    return Intake(
        read=Read(postings=Whole(postings), merged=tuple(merged), rejected=rejected),
        segmented=postings,
    )


def take_in(project: Project) -> Intake:
    """Read the postings, cut them into segments, and keep in `build/` what was read and what was rejected."""
    with writing(project.build_dir):
        project.build_dir.mkdir(parents=True, exist_ok=True)
    intake = read_postings(project, whole=True)
    write_lines_if_changed(project.build_dir / "postings.jsonl", intake.segmented.lines)
    rejected = intake.read.rejected
    write_lines_if_changed(
        project.build_dir / "rejected.jsonl", lambda: (_serialize_rejection(each).encode() for each in rejected)
    )
    return intake


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
