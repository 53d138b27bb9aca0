"""Posting files become postings: their records read and merged, their languages detected, cut into segments.

This is the long part of reading. What an earlier run made of a record costs a look-up here; where no posting file has
changed since, `kept_reading` has all of it, and this module with the formats and detectors is not loaded.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from pipeline.intake.detection.detectors import LangdetectDetector, Py3langidDetector
from pipeline.intake.detection.ensemble import Ensemble
from pipeline.intake.detection.language import read_language
from pipeline.intake.merging import LanguageGroups, Merger, claimed_twice, read_versions, refused_of, with_versions
from pipeline.intake.posting_file import PostingReader, Record
from pipeline.intake.reading.headings import load_headings
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.outline import Outline, outline_of
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived
from pipeline.storage.spool import Chest, packing_of
from pipeline.translation.segmenter import Segmenter
from pipeline.workflow.kept_reading import Reading, open_texts
from pipeline.workflow.postings import Postings, Row
from pipeline.workflow.project import Project

# To find the language of a posting and cut it into segments takes .7 ms, of 10,000 of them 7 s.
_SECONDS_A_RECORD = 0.0007
_RECORDS_A_PART = 50
_DIGEST_BYTES = 32


def understand(project: Project, texts: Derived, outlines: Derived) -> Reading:
    """Read the posting files, decide the language of every posting and cut it into segments."""
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
    understanding = _Understanding(
        partial(read_language, ensemble=ensemble, lexicon=lexicon), Segmenter(), texts, outlines
    )
    published = _Lazily(lambda: project.published_ids)
    groups = LanguageGroups(published=published)
    postings = Postings(partial(open_texts, project))
    new = [number for number, record in enumerate(records.rows) if record.is_new and number not in merger.united]
    understood = _understood(project, understanding, records, new)
    for number, record in enumerate(project.progress.over("detect", records.rows)):
        united = merger.united.get(number)
        if united is not None or not record.inputs:
            postings.append(understanding.whole(postings, united or records[number]))
        elif record.is_new:
            postings.append(understanding.keep(postings, record, next(understood)))
        else:
            postings.append(understanding.known(record, partial(records.__getitem__, number)))
        groups.add(number, postings.outlines[-1])
    found = groups.united()
    postings = _unite_languages(understanding, postings, merger, found)
    return Reading(
        postings=postings,
        merged=tuple(merger.merged),
        rejected=merger.rejected,
        remarks=tuple(remarks),
        by_published=published.asked,
    )


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
        return postings.put(outline, understood.packed, record.file, record.position, record.inputs)

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
        inputs = blake2b(kind + packing_of(Posting).encode(alone), digest_size=_DIGEST_BYTES).digest()
        outline = self._outlines.find(Outline, inputs)

        def make() -> SegmentedPosting:
            return self._segmenter.segment(decide(alone))

        if outline is not None:
            return Row(outline, *place, inputs, make)
        return self._made(postings, inputs, make(), place)

    def _made(self, postings: Postings, inputs: bytes, segmented: SegmentedPosting, place: tuple[str, int]) -> Row:
        packed = self._texts.keep_packed(SegmentedPosting, inputs, segmented)
        outline = self._outlines.keep(Outline, inputs, outline_of(segmented, packed))
        return postings.put(outline, packed, *place, inputs)


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

    @property
    def asked(self) -> bool:
        """Whether somebody has asked."""
        return "_ids" in vars(self)

    @cached_property
    def _ids(self) -> Container[str]:
        return self.make()


def _unite_languages(
    understanding: _Understanding, postings: Postings, merger: Merger, united: Mapping[int, Sequence[int]]
) -> Postings:
    """Put the postings that are one job in further languages into the one that they belong to."""
    refused = refused_of(merger.shared.values(), united)
    if not united and not refused:
        return postings
    within = {number: owner for owner, numbers in united.items() for number in numbers}
    rows: list[Row] = []
    for number in range(len(postings)):
        row = postings.row(number)
        if number in within:
            owner = postings.outlines[within[number]]
            merger.merged.append(Merged(file=row.file, position=row.position, posting_id=owner.id))
        elif number in refused:
            merger.rejected.append(claimed_twice(postings[number].posting, postings[refused[number]].posting))
        elif number in united:
            others = (segmented.posting for segmented in postings.at(united[number]))
            rows.append(understanding.decided(postings, with_versions(postings[number].posting, others)))
        else:
            rows.append(row)
    return postings.chosen(rows)
