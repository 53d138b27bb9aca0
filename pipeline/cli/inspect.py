"""`polypost inspect`: postings as they are read."""

from collections import Counter

import click

from pipeline.cli import options, report
from pipeline.model.posting import BlockKind, Posting, Section
from pipeline.workflow.project import Project
from pipeline.workflow.reading import posting_line, read_postings


@click.command()
@options.with_reading
@options.as_json
def inspect(project: Project, *, as_json: bool) -> None:
    """Print the postings as they are read: fields, countries, sections; with --json as JSON Lines."""
    read = read_postings(project)
    for posting in read.postings:
        click.echo(posting_line(posting) if as_json else _outline(posting))
    report.print_rejections(read.rejected)
    report.exit_after(read.rejected)


def _outline(posting: Posting) -> str:
    lines = [
        f"{posting.id}  ({posting.file}:{posting.position})",
        f"  title: {posting.title}",
        f"  language: {posting.language or 'undetermined'} ({posting.detection.reason.value})",
        f"  countries: {', '.join(posting.countries) or ('anywhere' if posting.worldwide else 'none')}",
    ]
    lines += map(_section_line, posting.sections)
    for version in posting.versions:
        lines += [f"  also written in {version.language}: {version.title}", *map(_section_line, version.sections)]
    return "\n".join(lines)


def _section_line(section: Section) -> str:
    heading = f" {section.heading!r}" if section.heading else ""
    count = Counter(block.kind for block in section.blocks)
    return f"  {section.kind}{heading}: {count[BlockKind.PARAGRAPH]} paragraphs, {count[BlockKind.ITEM]} items"
