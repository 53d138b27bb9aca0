"""Postings come in: read, merged, their language detected, cut into segments."""

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.reading.headings import load_headings
from pipeline.model.locale import source_language
from pipeline.model.outcome import Merged, Rejection
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.storage.derived import Derived, open_derived
from pipeline.storage.files import write_lines_if_changed, writing
from pipeline.storage.spool import Spool, packing_of
from pipeline.workflow.inputs import digest_of_program
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
    segmented: Sequence[SegmentedPosting]

    @cached_property
    def by_language(self) -> Mapping[str, "Chosen"]:
        """The postings by the language that they are written in, as domains name it; without undetermined ones."""
        positions: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        for position, item in enumerate(self.segmented):
            if item.posting.language is not None:
                positions[source_language(item.posting.language)].append(position)
        return {language: Chosen(self.segmented, found) for language, found in positions.items()}

    def find(self, posting_id: str) -> SegmentedPosting:
        """Return the posting with this id.

        Raises UnknownPostingError if none was read.
        """
        for segmented in self.segmented:
            if segmented.posting.id == posting_id:
                return segmented
        near = [s.posting.id for s in self.segmented if posting_id.casefold() in s.posting.id.casefold()]
        raise UnknownPostingError(posting_id, tuple(near[:5]))


def read_postings(project: Project, *, whole: bool = False) -> Read:
    """Read the posting files and decide the language of every posting.

    A record that an earlier run read costs nothing again; after a `whole` run nothing is kept of others.
    """
    with open_derived(project.build_dir / _KEPT, program=digest_of_program()) as derived:
        read = _read(project, derived)
        if whole:
            derived.drop_unused()
        return read


def _read(project: Project, derived: Derived) -> Read:
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
    kept = Spool(Posting)
    merger = Merger(kept)
    for record in reader.read(project.files):
        merger.add(record)
    ensemble = Ensemble(first=LangdetectDetector(), second=Py3langidDetector())
    decide = partial(_decided, derived, partial(read_language, ensemble=ensemble, lexicon=lexicon))
    groups = LanguageGroups(published=project.published_ids)
    postings = Spool(Posting)
    for number, posting in enumerate(kept):
        decided = decide(merger.united.get(number, posting))
        groups.add(number, decided)
        postings.append(decided)
        project.progress("detect", number + 1, len(kept))
    read = Read(postings=postings, merged=tuple(merger.merged), rejected=merger.rejected)
    united = groups.united()
    return _unite_languages(read, united, refused_of(merger.shared.values(), united))


def _decided(derived: Derived, read: Callable[[Posting], Posting], posting: Posting) -> Posting:
    """Decide the language of a posting and its versions, unless that was done; where it stood is no part of it."""
    anywhere = replace(posting, file="", position=0)
    inputs = b"decided\0" + packing_of(Posting).encode(anywhere)
    decided = derived.make(Posting, inputs, lambda: read_versions(anywhere, read))
    return replace(decided, file=posting.file, position=posting.position)


def _unite_languages(read: Read, united: Mapping[int, Sequence[int]], refused: Mapping[int, int]) -> Read:
    """Put the postings that are one job in further languages into the one that they belong to."""
    if not united and not refused:
        return read
    within = {number: owner for owner, numbers in united.items() for number in numbers}
    postings, merged, rejected = Spool(Posting), list(read.merged), Spool(Rejection, read.rejected)
    for number, posting in enumerate(read.postings):
        if number in within:
            owner = read.postings[within[number]]
            merged.append(Merged(file=posting.file, position=posting.position, posting_id=owner.id))
        elif number in refused:
            rejected.append(claimed_twice(posting, read.postings[refused[number]]))
        else:
            postings.append(with_versions(posting, (read.postings[other] for other in united.get(number, ()))))
    return Read(postings=postings, merged=tuple(merged), rejected=rejected)


def take_in(project: Project) -> Intake:
    """Read the postings, cut them into segments, and keep in `build/` what was read and what was rejected."""
    with writing(project.build_dir):
        project.build_dir.mkdir(parents=True, exist_ok=True)
    read = read_postings(project, whole=True)
    write_lines_if_changed(project.build_dir / "postings.jsonl", lambda: map(posting_line, read.postings))
    write_lines_if_changed(project.build_dir / "rejected.jsonl", lambda: map(_serialize_rejection, read.rejected))
    return segment(project, read)


def segment(project: Project, read: Read) -> Intake:
    """Cut the postings that were read into segments."""
    return Intake(read=read, segmented=Spool(SegmentedPosting, map(project.segmenter.segment, read.postings)))


class PlainSegment(NamedTuple):
    """A segment that an engine is asked in plainer words than it is written in."""

    posting: str
    context: str
    source: str
    plain: str


def plain_segments(project: Project, read: Read) -> Iterator[PlainSegment]:
    """Yield the segments of postings that have plain words, each once in a posting."""
    for segmented in segment(project, read).segmented:
        posting = segmented.posting
        words = project.plain_words(source_language(posting.language) if posting.language else "")
        keys = segmented.keys()
        for key in keys:
            plain = words.rewrite(key.source, key.context)
            if plain != key.source:
                yield PlainSegment(posting.id, key.context, key.source, plain)


def posting_line(posting: Posting) -> str:
    """Return a posting as one line of JSON that can be read again."""
    return serialize_posting(posting)


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
