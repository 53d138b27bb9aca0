"""What `polypost detect` prints of each posting."""

import json

import click

from pipeline.cli import notes, report
from pipeline.model.locale import to_tag
from pipeline.model.posting import Posting
from pipeline.workflow.project import Project
from pipeline.workflow.reading import read_postings


def print_languages(project: Project, *, as_json: bool) -> None:
    """Print the language of every posting and why; end with 1 if a record was rejected."""
    intake = read_postings(project)
    read = intake.read
    for posting in read.postings:
        click.echo(json.dumps(_fields(posting), ensure_ascii=False) if as_json else _line(posting))
    notes.tell({"file": notes.of_files(intake.remarks), "contradiction": notes.contradictions(intake.doubtful)})
    report.print_rejections(read.rejected)
    report.exit_after(read.rejected)


def _fields(posting: Posting) -> dict[str, object]:
    found = posting.detection
    return {
        "id": posting.id,
        "language": to_tag(found.language) if found.language else None,
        "score": found.score,
        "reason": found.reason.value,
        "declared": to_tag(found.declared) if found.declared else None,
        "sections": [
            {"kind": section.kind.value, "language": to_tag(section.language) if section.language else None}
            for sections in (posting.sections, *(version.sections for version in posting.versions))
            for section in sections
        ],
    }


def _line(posting: Posting) -> str:
    found = posting.detection
    language = to_tag(found.language) if found.language else "undetermined"
    return f"{language:12}  {found.score:3}  {found.reason.value:15}  {posting.id}"
