"""Postings come in: read, merged, their language detected, cut into segments."""

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
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
from pipeline.model.outline import Outline, outline_of
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.files import write_lines_if_changed, writing
from pipeline.storage.kept_lines import KeptLines, revise_lines
from pipeline.storage.spool import Chest, packing_of
from pipeline.translation.segmenter import Segmenter
from pipeline.workflow.inputs import digest_of_program
from pipeline.workflow.postings import Postings, Row, Whole
from pipeline.workflow.project import Project

# What records became, by what they were: their texts, and apart from these what is looked at in every run.
_TEXTS = "read.sqlite3"
_OUTLINES = "outlines.sqlite3"
# To find the language of a posting and cut it into segments takes .7 ms, of 10,000 of them 7 s.
_SECONDS_A_RECORD = 0.0007
_RECORDS_A_PART = 50
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

    A record that an earlier run read costs a look-up; after a `whole` run nothing is kept of others.
    """
    with _kept(project, _TEXTS) as texts, _kept(project, _OUTLINES) as outlines:
        intake = _read(project, texts, outlines)
        if whole:
            inputs = [row.inputs for row in map(intake.segmented.row, range(len(intake.segmented)))]
            texts.need(Posting, inputs)
            texts.need(SegmentedPosting, inputs)
            texts.drop_unused()
            outlines.need(KeptLines, [_POSTINGS.encode()])
            outlines.drop_unused()
        return intake


def _kept(project: Project, file_name: str) -> AbstractContextManager[Derived]:
    return open_derived(project.build_dir / file_name, program=digest_of_program())


def _read(project: Project, texts: Derived, outlines: Derived) -> Intake:
    lexicon = load_headings()
    settings = project.settings
    remarks: list[str] = []
    reader = PostingReader(
        root=settings.root,
        lexicon=lexicon,
        drop_lines=settings.drop_lines,
        drop_furniture=settings.drop_furniture,
        as_of=project.as_of,
        read_as=project.read_as,
        derived=texts,
        outlines=outlines,
        children=project.children,
        remark=remarks.append,
    )
    records = _Records()
    merger = Merger(records)
    for record in project.progress.over("read", reader.records(project.files)):
        merger.add(record if isinstance(record, Rejection) else _Named(record))
    ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    understand = _Understanding(
        partial(read_language, ensemble=ensemble, lexicon=lexicon), project.segmenter, texts, outlines
    )
    groups = LanguageGroups(published=_Lazily(lambda: project.published_ids))
    postings = Postings(partial(_kept, project, _TEXTS))
    new = [number for number, record in enumerate(records.rows) if record.is_new and number not in merger.united]
    understood = _understood(project, understand, records, new)
    for number, record in enumerate(project.progress.over("detect", records.rows)):
        united = merger.united.get(number)
        if united is not None or not record.inputs:
            postings.append(understand.whole(postings, united or records[number]))
        elif record.is_new:
            postings.append(understand.keep(postings, record, next(understood)))
        else:
            postings.append(understand.known(record, partial(records.__getitem__, number)))
        groups.add(number, postings.outlines[-1])
    found = groups.united()
    intake = _unite_languages(understand, postings, merger, found, refused_of(merger.shared.values(), found))
    return replace(intake, remarks=tuple(remarks))


class _Named:
    """A record that is a posting, and its id."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.id = record.id

    def posting(self) -> Posting:
        """Unpack the posting."""
        return self.record.posting()


class _Records:
    """The records that are postings: their sources in a temporary file, all else in `rows`."""

    def __init__(self) -> None:
        self.rows: list[Record] = []
        self._chest = Chest()

    def append(self, found: _Named | Posting) -> None:
        """Keep a record, or a posting that records of one id were made into, which has no inputs."""
        if isinstance(found, Posting):
            record = Record(found.file, found.position, found.id, b"", packing_of(Posting).encode(found))
        else:
            record = found.record
        self._chest.add(record.packed())
        self.rows.append(record._replace(source=b"", made=None))

    def __getitem__(self, number: int) -> Posting:
        """Return a posting as it was read."""
        return self.rows[number]._replace(source=self._chest.read(number)).posting()


class _Understood(NamedTuple):
    """A posting cut into segments, packed, and in short."""

    packed: bytes
    outline: Outline


class _Understanding:
    """Decides the languages of postings and cuts them into segments; what it made of the same before is kept."""

    def __init__(
        self, read: Callable[[Posting], Posting], segmenter: Segmenter, texts: Derived, outlines: Derived
    ) -> None:
        self._read, self._segmenter, self._texts, self._outlines = read, segmenter, texts, outlines

    def known(self, record: Record, posting: Callable[[], Posting]) -> Row:
        """Return what comes of a record alone, which an earlier run has read."""
        if record.outline is None:
            raise AssertionError(record)
        return Row(record.outline, record.file, record.position, record.inputs, lambda: self._alone(posting()))

    def new(self, posting: Posting) -> "_Understood":
        """Return what comes of a record alone, which no run has read."""
        segmented = self._alone(posting)
        packed = packing_of(SegmentedPosting).encode(segmented)
        return _Understood(packed, outline_of(segmented, packed))

    def keep(self, postings: Postings, record: Record, understood: "_Understood") -> Row:
        """Keep what comes of a record that no run has read, and return it."""
        self._texts.put(SegmentedPosting, record.inputs, understood.packed)
        outline = self._outlines.keep(Outline, record.inputs, understood.outline)
        return postings.put(outline, understood.packed, record.file, record.position)

    def _alone(self, posting: Posting) -> SegmentedPosting:
        return self._segmenter.segment(read_versions(_anywhere(posting), self._read))

    def whole(self, postings: Postings, posting: Posting) -> Row:
        """Return what comes of a posting that several records were made into."""
        return self._looked_up(postings, b"whole\0", posting, lambda alone: read_versions(alone, self._read))

    def decided(self, postings: Postings, posting: Posting) -> Row:
        """Return what comes of a posting whose languages are decided."""
        return self._looked_up(postings, b"decided\0", posting, lambda alone: alone)

    def _looked_up(
        self, postings: Postings, kind: bytes, posting: Posting, decide: Callable[[Posting], Posting]
    ) -> Row:
        alone, place = _anywhere(posting), (posting.file, posting.position)
        inputs = kind + packing_of(Posting).encode(alone)
        outline = self._outlines.find(Outline, inputs)

        def make() -> SegmentedPosting:
            return self._segmenter.segment(decide(alone))

        if outline is not None:
            return Row(outline, *place, inputs, make)
        return self._made(postings, inputs, make(), place)

    def _made(self, postings: Postings, inputs: bytes, segmented: SegmentedPosting, place: tuple[str, int]) -> Row:
        packed = self._texts.keep_packed(SegmentedPosting, inputs, segmented)
        outline = self._outlines.keep(Outline, inputs, outline_of(segmented, packed))
        return postings.put(outline, packed, *place)


def _understood(
    project: Project, understand: _Understanding, records: _Records, numbers: Sequence[int]
) -> Iterator[_Understood]:
    """Yield what comes of the records of these numbers, some of which child processes work on."""

    def work(part: int) -> list[_Understood]:
        start = part * _RECORDS_A_PART
        return [understand.new(records[number]) for number in numbers[start : start + _RECORDS_A_PART]]

    parts = -(-len(numbers) // _RECORDS_A_PART)
    seconds = len(numbers) * _SECONDS_A_RECORD
    made: Iterator[list[_Understood]] = project.share(work, parts, packing_of(list[_Understood]), seconds=seconds)
    return chain.from_iterable(made)


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
                others = (segmented.posting for segmented in postings.at(united[number]))
                rows.append(understand.decided(postings, with_versions(postings[number].posting, others)))
            else:
                rows.append(row)
        postings = postings.chosen(rows)
    read = Read(postings=Whole(postings), merged=tuple(merged), rejected=rejected)
    return Intake(read=read, segmented=postings)


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
    with _kept(project, _OUTLINES) as derived:
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
