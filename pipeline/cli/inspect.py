"""`polypost inspect`: postings as they are read."""

from collections import Counter
from collections.abc import Iterator

import click

from pipeline.cli import options, report
from pipeline.model.posting import BlockKind, Location, Posting, Section
from pipeline.workflow.project import Project
from pipeline.workflow.reading import inspection_line, read_postings


@click.command()
@options.with_reading
@options.as_json
def inspect(project: Project, *, as_json: bool) -> None:
    """Print the postings as they are read: fields, countries, sections; with --json as JSON Lines."""
    read = read_postings(project)
    for posting in read.postings:
        click.echo(inspection_line(posting) if as_json else _outline(posting))
    report.print_doubts(read.postings)
    report.print_rejections(read.rejected)
    report.exit_after(read.rejected)


def _outline(posting: Posting) -> str:
    lines = [
        f"{posting.id}  ({posting.file}:{posting.position})",
        f"  title: {posting.title}{' (guessed)' if posting.title_guessed else ''}",
        f"  language: {posting.language or 'undetermined'} ({posting.detection.reason.value})",
        f"  countries: {', '.join(posting.countries) or ('anywhere' if posting.worldwide else 'none')}",
        *(f"  {name}: {value}" for name, value in _further_fields(posting) if value),
    ]
    lines += map(_section_line, posting.sections)
    for version in posting.versions:
        lines += [f"  also written in {version.language}: {version.title}", *map(_section_line, version.sections)]
    lines += [
        f"  doubt: `{doubt.field}` {doubt.reason}: {doubt.value!r}{f'; {doubt.hint}' if doubt.hint else ''}"
        for doubt in posting.doubts
    ]
    return "\n".join(lines)


def _further_fields(posting: Posting) -> Iterator[tuple[str, str]]:
    pay = posting.salary
    yield "organization", posting.organization
    yield "url", posting.url
    yield "locations", "; ".join(map(_place, posting.locations))
    yield "remote", "yes" if posting.remote else ""
    yield "applicant countries", ", ".join(posting.applicant_countries)
    yield "areas", ", ".join(posting.areas)
    yield "date posted", str(posting.date_posted or "")
    yield "valid through", str(posting.valid_through or "")
    yield "employment type", ", ".join(posting.employment_type)
    yield (
        "salary",
        f"{pay.minimum:g} to {pay.maximum:g} {pay.currency} a {pay.unit.lower()}"
        if pay and pay.minimum is not None and pay.maximum is not None
        else "",
    )
    yield "held by", ", ".join(posting.unclear)


def _place(place: Location) -> str:
    return ", ".join(filter(None, (place.city, place.region, place.country)))


def _section_line(section: Section) -> str:
    heading = f" {section.heading!r}" if section.heading else ""
    count = Counter(block.kind for block in section.blocks)
    return f"  {section.kind}{heading}: {count[BlockKind.PARAGRAPH]} paragraphs, {count[BlockKind.ITEM]} items"
