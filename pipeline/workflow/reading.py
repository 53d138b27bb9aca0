"""Postings come in: read, merged, their language detected, cut into segments."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.errors import UnknownPostingError
from pipeline.files import write_if_changed
from pipeline.intake.formats.json_lines import serialize_posting
from pipeline.intake.headings import load_headings
from pipeline.intake.langdetect_detector import LangdetectDetector
from pipeline.intake.language import read_language
from pipeline.intake.merging import Read, merge_records
from pipeline.intake.opinions import Opinions
from pipeline.intake.posting_file import PostingReader
from pipeline.intake.py3langid_detector import Py3langidDetector
from pipeline.model.outcome import Rejection
from pipeline.model.posting import Posting
from pipeline.model.segment import SegmentedPosting
from pipeline.workflow.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What was read, and its postings cut into segments."""

    read: Read
    segmented: tuple[SegmentedPosting, ...]

    def find(self, posting_id: str) -> SegmentedPosting:
        """Return the posting with this id.

        Raises UnknownPostingError if none was read.
        """
        for segmented in self.segmented:
            if segmented.posting.id == posting_id:
                return segmented
        near = [s.posting.id for s in self.segmented if posting_id.casefold() in s.posting.id.casefold()]
        raise UnknownPostingError(posting_id, tuple(near[:5]))


def read_postings(project: Project) -> Read:
    """Read the posting files and decide the language of every posting."""
    lexicon = load_headings()
    reader = PostingReader(root=project.settings.root, lexicon=lexicon, drop_lines=project.settings.drop_lines)
    read = merge_records(reader.read(project.files))
    opinions = Opinions(first=LangdetectDetector(), second=Py3langidDetector())
    postings: list[Posting] = []
    for number, posting in enumerate(read.postings, start=1):
        postings.append(read_language(posting, opinions, lexicon))
        project.progress("detect", number, len(read.postings))
    return replace(read, postings=tuple(postings))


def take_in(project: Project) -> Intake:
    """Read the postings, cut them into segments, and keep in `build/` what was read and what was rejected."""
    read = read_postings(project)
    write_if_changed(project.build_dir / "postings.jsonl", _lines(map(posting_line, read.postings)))
    write_if_changed(project.build_dir / "rejected.jsonl", _lines(map(_serialize_rejection, read.rejected)))
    return segment(project, read)


def segment(project: Project, read: Read) -> Intake:
    """Cut the postings that were read into segments."""
    return Intake(read=read, segmented=tuple(map(project.segmenter.segment, read.postings)))


def posting_line(posting: Posting) -> str:
    """Return a posting as one line of JSON that can be read again."""
    return serialize_posting(posting)


def _serialize_rejection(rejection: Rejection) -> str:
    fields = {
        "file": rejection.file,
        "position": rejection.position,
        "reason": rejection.reason,
        "record": rejection.record,
    }
    return json.dumps(fields, ensure_ascii=False)


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode()
