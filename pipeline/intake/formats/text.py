"""Text files: labelled lines first, then the posting as people write it.

Senior baker                    a title, where none has the label
Firma: Rye                      labels in any language; at most three words before the colon
Shift: nights                   a label that is not known: reported, and text
Ort: Lyon, FR

We bake at night. …             everything else is text
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.intake.formats.labels import (
    PARTS,
    Labelled,
    LabelledLine,
    block_of,
    gather,
    is_header,
    labels_apart,
    read_label,
)
from pipeline.intake.reading.aliases import record_of
from pipeline.intake.reading.furniture import announces_advert, is_furniture
from pipeline.intake.reading.headings import HeadingLexicon, strip_heading
from pipeline.intake.reading.record import PostingRecord
from pipeline.model.cleaning import clean_line, clean_text
from pipeline.model.posting import SectionKind

_LONGEST_TITLE = 80
# A headline may shout: "Waiter wanted!"
_END_MARKS = tuple(".?:;,-。？：；،؟…")
# Pictures and stars around a headline.
_DECORATION = "*=~#_ \u00a0\ufe0f\u200d" + "".join(map(chr, (*range(0x2600, 0x27C0), *range(0x1F000, 0x1FB00))))
_MIN_PARTS = 3
# What stands behind a label that is not known, in a line that is no title: "Orario: 8.00-12.00", "From: a@b.example".
_NO_TITLE = re.compile(r"^[\s\W]*\d|@")
# A longer line that goes on in small letters below was cut at some width: it is the beginning of a sentence.
_LONGEST_UNWRAPPED = 50
_MARKED = re.compile(r"#{1,6}\s")
# Labels of 0.1.0, which blank lines between them do not end.
_OWN_LABELS = re.compile(
    r"(?:Title|Id|Organization|Location|Remote|Applicant-Countries|Date-Posted|Valid-Through|Employment-Type|Language|Url)"
    r"[ \u00a0]*:",
    re.IGNORECASE,
)


class _Parts(NamedTuple):
    """The parts of a text file: what stands above its labelled lines, these, and what stands below."""

    above: list[str]
    header: list[LabelledLine]
    below: list[str]


def parse_text(
    content: str, *, stem: str, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]] = ()
) -> PostingRecord:
    """Read one posting from a text file whose name without ending is `stem`."""
    lines = [line for line in clean_text(content).split("\n") if not dropped(line, drop_lines)]
    above, header, below = _split_header(lines, lexicon)
    fields, written, kept = gather(header)
    title, guessed = fields.pop("title", None), False
    body = [*above, *below]
    if title is None:
        title, body = _title_of(body, lexicon)
        guessed = title is not None and not _MARKED.match(title)
        title = strip_heading(title) if title else None
    described = fields.pop("description", None)
    below_title = len(above) if body[: len(above)] == above else len(above) - 1
    body[below_title:below_title] = [*kept, ""]
    text = [str(described), *body] if described else body
    record = record_of({**fields, "id": fields.get("id") or stem, "title": title or stem_in_words(stem)})
    from pipeline.intake.reading.bodies.reader import read_body  # noqa: PLC0415  its patterns take long to compile

    return replace(
        record,
        sections=list(read_body("\n".join(text), lexicon)),
        title_guessed=guessed or title is None,
        lines=written,
    )


def dropped(line: str, drop_lines: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether the configuration wants this line left out."""
    bare = clean_line(line)
    return any(pattern.search(bare) for pattern in drop_lines)


def _split_header(lines: Sequence[str], lexicon: HeadingLexicon) -> _Parts:
    """Part the labelled lines above the first blank line, from the first that is a field on, from the text."""
    lines = labels_apart(lines)
    start, stop = block_of(lines, 0)
    if stop == start + 1 and _stands_above_labels(lines[start], lines[slice(*block_of(lines, stop))], lexicon):
        parts = _split_header(lines[stop:], lexicon)
        return parts._replace(above=[lines[start], "", *parts.above])
    read = [read_label(line) for line in lines[start:stop]]
    lead = _lead(read, clean_line(lines[start]) if read else "")
    count = lead
    for number in range(lead, len(read)):
        line = read[number]
        if line is None or (not line.value.strip() and not _label_follows(read, number)):
            break
        if not line.value.strip() and not line.field and lexicon.knows(line.label):
            break
        count = number + 1
    known = [number for number in range(lead, count) if _is_field(read[number])]
    if not known:
        return _Parts([], [], list(lines[start:]))
    header = [line for line in read[known[0] : count] if line is not None]
    after = start + count
    if count == len(read):
        further, after = _own_labels_after_blanks(lines, stop)
        header += further
    return _Parts(list(lines[start : start + known[0]]), header, list(lines[after:]))


def labelled_fields(lines: Sequence[str]) -> tuple[Labelled, Sequence[str]]:
    """Return the block of labels that a text below its title begins with, and the text without its fields."""
    lines = labels_apart(lines)
    start, stop = block_of(lines, 0)
    if not is_header(lines[start:stop]):
        return gather([]), lines
    found = gather(filter(None, map(read_label, lines[start:stop])))
    return found, [*found.kept, *lines[stop:]]


def _stands_above_labels(line: str, block: Sequence[str], lexicon: HeadingLexicon) -> bool:
    """Tell a title above a block of labels, or a line that says only that a posting begins: "Job description"."""
    if opens_posting(line, lexicon):
        return is_header(block, titled=True)
    return reads_as_title(line, lexicon) and is_header(block)


def opens_posting(line: str, lexicon: HeadingLexicon) -> bool:
    """Tell a line that says only that a posting begins: "Job description", "Vacancy"."""
    return announces_advert(line) or set(lexicon.readings_of(line).values()) == {SectionKind.DESCRIPTION}


def _is_field(line: LabelledLine | None) -> bool:
    return line is not None and bool(line.field)


def _lead(read: Sequence[LabelledLine | None], first: str) -> int:
    """Return 1 if the first line is a title above the labels, else 0."""
    return int(len(read) > 1 and read[0] is None and _is_field(read[1]) and _may_be_title(first))


def _label_follows(read: Sequence[LabelledLine | None], number: int) -> bool:
    return number + 1 < len(read) and _is_field(read[number + 1])


def _own_labels_after_blanks(lines: Sequence[str], start: int) -> tuple[list[LabelledLine], int]:
    found: list[LabelledLine] = []
    for number in range(start, len(lines)):
        if not lines[number].strip():
            continue
        line = read_label(lines[number])
        if line is None or not line.field or not _OWN_LABELS.match(lines[number].strip()):
            return found, number
        found.append(line)
    return found, len(lines)


def _title_of(body: Sequence[str], lexicon: HeadingLexicon) -> tuple[str | None, list[str]]:
    """Take the title off the text: a marked heading that the lexicon does not know, or a short first line.

    The menu of the page that a text was copied from may stand above it, or a line that announces any advert ("We are
    hiring!"). A long headline of many parts stays in the text; its first part is the title.
    """
    first, end = block_of(body, 0)
    while first < len(body) and stands_above_title(clean_line(body[first])):
        menu = 2 * sum(is_furniture(clean_line(line)) for line in body[first:end]) > end - first
        first, end = block_of(body, end if menu else first + 1)
    if first == len(body):
        return None, list(body)
    line = clean_line(body[first])
    rest = [*body[:first], *body[first + 1 :]]
    if not any(text.strip() for text in rest) or _is_wrapped(line, body[first + 1 : end]):
        return None, list(body)
    if reads_as_title(line, lexicon):
        return line.strip(_DECORATION) if not _MARKED.match(line) else line, rest
    parts = [clean_line(part) for part in PARTS.split(body[first].strip())]
    if len(line) > _LONGEST_TITLE and len(parts) >= _MIN_PARTS and reads_as_title(parts[0], lexicon):
        return parts[0].strip(_DECORATION), list(body)
    return None, list(body)


def stands_above_title(line: str) -> bool:
    """Tell a line that is no title, but may stand above one: "We are hiring!", "Apply now"."""
    return announces_advert(line) or is_furniture(line)


def _is_wrapped(line: str, below: Sequence[str]) -> bool:
    return len(line) > _LONGEST_UNWRAPPED and bool(below) and clean_line(below[0])[:1].islower()


def reads_as_title(line: str, lexicon: HeadingLexicon) -> bool:
    """Tell a heading, or a short line without an end mark; none that is, or begins with, a heading that is known."""
    bare = clean_line(line)
    label = read_label(bare)
    if lexicon.knows(bare) or (label is not None and (lexicon.knows(label.label) or _NO_TITLE.search(label.value))):
        return False
    return bool(_MARKED.match(bare)) or _may_be_title(bare)


def _may_be_title(line: str) -> bool:
    words = line.strip(_DECORATION)
    return len(words) <= _LONGEST_TITLE and not words.endswith(_END_MARKS) and words.lstrip("¡")[:1].isalnum()


def stem_in_words(stem: str) -> str:
    """Return the name of a file without its ending as words: a title where nothing else is one."""
    words = clean_line(re.sub(r"[-_.]+", " ", stem))
    return words[:1].upper() + words[1:]
