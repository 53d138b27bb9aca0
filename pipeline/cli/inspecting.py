"""What `polypost inspect` prints of each posting, field by field and block by block."""

import json
import shutil
from collections.abc import Iterator

import click
from babel.numbers import format_decimal
from rich.cells import cell_len, set_cell_size

from pipeline.cli import messages, notes, report
from pipeline.model.locale import to_tag
from pipeline.model.markup import strip_markup
from pipeline.model.posting import BlockKind, Doubt, Location, Posting, Salary, SectionKind
from pipeline.model.segment import SegmentedPosting, SegmentedSection
from pipeline.workflow.project import Project
from pipeline.workflow.reading import PlainSegment, inspection_line, plain_segments, read_postings

_LABEL_WIDTH = 21
_USUAL_SIZE = (100, 24)  # where output is no terminal
_PRINTED_IN = "en"
_MARKS = {BlockKind.PARAGRAPH: "¶", BlockKind.ITEM: "•", BlockKind.HEADING: "#"}


def print_postings(project: Project, *, as_json: bool, plain: bool) -> None:
    """Print how each posting was understood; end with 1 if a record was rejected."""
    intake = read_postings(project)
    read = intake.read
    if plain:
        changed = [*plain_segments(project, intake)]
        for each in changed:
            click.echo(json.dumps(each._asdict(), ensure_ascii=False) if as_json else "\n".join(_plain_lines(each)))
        if not changed:
            messages.note("plain", "engines are asked for every segment as it is written")
    elif as_json:
        for posting in read.postings:
            click.echo(inspection_line(posting))
    else:
        width = shutil.get_terminal_size(_USUAL_SIZE).columns
        for segmented in intake.segmented:
            for line in (*_lines(segmented), ""):
                click.echo(_cut(line, width))
    notes.tell({"file": notes.of_files(intake.remarks)})
    report.print_rejections(read.rejected)
    report.exit_after(read.rejected)


def _plain_lines(changed: PlainSegment) -> tuple[str, ...]:
    return f"{changed.posting}  ({changed.context})", f"  {changed.source}", f"  → {changed.plain}", ""


def _cut(line: str, width: int) -> str:
    """Cut a line to so many columns; letters of Chinese and Japanese take two."""
    return line if cell_len(line) <= width else set_cell_size(line, width - 1).rstrip() + "…"


def _lines(segmented: SegmentedPosting) -> Iterator[str]:
    posting = segmented.posting
    yield f"{posting.id}  ({posting.file}:{posting.position})"
    raw = {doubt.field.replace("_", " "): doubt.value for doubt in posting.doubts}
    for name, value in _fields(posting):
        if value or raw.get(name):
            stood = f"  (stood there: {raw[name]})" if raw.get(name, value) not in value else ""
            yield f"  {name:<{_LABEL_WIDTH}}{value or 'not understood'}{stood}"
    blocks = sum(len(section.blocks) for section in segmented.sections)
    yield (
        f"  {'text':<{_LABEL_WIDTH}}{_counted(len(segmented.sections), 'section')}, {_counted(blocks, 'block')}, "
        f"{_counted(len(segmented.keys()), 'segment')}"
    )
    kinds = [section.kind_given for section in posting.sections]
    for section, kind_given in zip(segmented.sections, kinds, strict=True):
        yield from _section_lines(section, kind_given=kind_given)
    for version in posting.versions:
        yield f"  also written in {to_tag(version.language)}: {version.title}"
        yield from (f"    {line}" for section in version.sections for line in section.lines)
    if posting.doubts:
        yield f"  {_counted(len(posting.doubts), 'doubt')}"
    yield from (f"    {_doubt(doubt)}" for doubt in posting.doubts)


def _fields(posting: Posting) -> Iterator[tuple[str, str]]:
    found = posting.detection
    language = to_tag(found.language) if found.language else "undetermined"
    yield "title", posting.title + "  (guessed)" * posting.title_guessed
    yield "organization", posting.organization
    yield "url", posting.url
    yield "locations", "; ".join(map(_place, posting.locations))
    yield "remote", "yes" if posting.remote else ""
    yield "applicant countries", ", ".join(posting.applicant_countries)
    yield "areas", ", ".join(posting.areas)
    yield "countries", ", ".join(posting.countries) or ("anywhere" if posting.worldwide else "none")
    yield "date posted", str(posting.date_posted or "")
    yield "valid through", str(posting.valid_through or "")
    yield "employment type", ", ".join(posting.employment_type)
    yield "salary", _pay(posting.salary) if posting.salary else ""
    yield "language", f"{language} ({found.reason.value.replace('_', ' ')}, {found.score} of 100)"
    if found.read_as and found.read_as != found.language:
        yield "text reads as", to_tag(found.read_as)
    if posting.locales is not None:
        yield "goes to", ", ".join(map(to_tag, posting.locales)) or "no locale: it is unlisted"
    yield "translate", "" if posting.translate else "no: it stays in its own language"
    yield "held by", ", ".join(f"`{name}`" for name in posting.unclear)


def _place(place: Location) -> str:
    return ", ".join(filter(None, (place.city, place.region, place.country))) or "not understood"


def _doubt(doubt: Doubt) -> str:
    value = f": {doubt.value}" if doubt.value else ""
    return f"`{doubt.field}` {doubt.reason}{value}{doubt.hint and f'; {doubt.hint}'}"


def _pay(pay: Salary) -> str:
    amounts = (pay.minimum, pay.maximum)
    known = dict.fromkeys(format_decimal(amount, locale=_PRINTED_IN) for amount in amounts if amount is not None)
    return f"{pay.currency} {' to '.join(known)} per {pay.unit.lower()}"


def _section_lines(section: SegmentedSection, *, kind_given: bool) -> Iterator[str]:
    opening = not section.heading and section.kind is SectionKind.DESCRIPTION
    known = "given" if kind_given else "known by its heading" if section.standard else "guessed"
    how = "no heading" if opening else known
    segments = tuple(section.keys())
    yield f"  {section.kind} ({how}, {_counted(len(segments), 'segment')}){section.heading and f': {section.heading}'}"
    counted: dict[int, int] = {}  # how many items of a numbered list came so far, by their depth
    for each in section.blocks:
        block, number = each.block, len(each.segments)
        counted = {depth: count for depth, count in counted.items() if depth <= block.depth and block.ordered}
        if block.ordered:
            counted[block.depth] = counted.get(block.depth, 0) + 1
        mark = f"{counted[block.depth]}." if block.ordered else _MARKS[block.kind]
        sentences = f"({number} sentences) " if number > 1 else ""
        yield f"    {'  ' * block.depth}{mark} {sentences}{strip_markup(block.text)}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
