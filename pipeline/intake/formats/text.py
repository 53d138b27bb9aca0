"""Text files: labelled lines first, then the posting as people write it.

Senior baker                    a title, where none has the label
Firma: Rye                      labels in any language; at most three words before the colon
Shift: nights                   a label that is not known, between known ones: reported and left out
Ort: Lyon, FR

We bake at night. …             everything else is text
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.intake.reading.aliases import field_named, record_of
from pipeline.intake.reading.furniture import announces_advert, is_furniture
from pipeline.intake.reading.headings import HeadingLexicon, strip_heading
from pipeline.intake.reading.pay import pay_unit_in
from pipeline.intake.reading.record import PostingRecord
from pipeline.model.cleaning import clean_line, clean_text

_LABEL = re.compile(r"[*_]{0,2}(?P<label>[^\W\d_][\w.'’/()&#-]*(?:[ \u00a0][\w.'’/()&#-]+){0,2})[ \t\u00a0]*[*_]{0,2}"
                    r"[:：](?!//)[*_]{0,2}(?P<value>.*)")  # fmt: skip
_LONGEST_LABEL = 40
# A longer value is a sentence that begins with a word and a colon.
_LONGEST_VALUE = 300
_LONGEST_TITLE = 80
# A headline may shout: "Waiter wanted!"
_END_MARKS = tuple(".?:;,-。？：；،؟…")
# Pictures and stars around a headline.
_DECORATION = "*=~#_ \u00a0\ufe0f\u200d" + "".join(map(chr, (*range(0x2600, 0x27C0), *range(0x1F000, 0x1FB00))))
# What parts a headline that says everything at once: "Waiter · Lyon · full time · 2,000 €".
_PARTS = re.compile(r"\s+[·•|｜]\s+|\t+")
_MIN_PARTS = 3
# What stands behind a label that is not known, in a line that is no title: "Orario: 8.00-12.00", "From: a@b.example".
_NO_TITLE = re.compile(r"^[\s\W]*\d|@")
# A longer line that goes on in small letters below was cut at some width: it is the beginning of a sentence.
_LONGEST_UNWRAPPED = 50
_MARKED = re.compile(r"#{1,6}\s")
# Fields that may stand several times; of the others the first counts.
_REPEATED = frozenset({"locations", "applicant_countries", "employment_type", "locales", "areas"})
# Labels of 0.1.0, which blank lines between them do not end.
_OWN_LABELS = re.compile(
    r"(?:Title|Id|Organization|Location|Remote|Applicant-Countries|Date-Posted|Valid-Through|Employment-Type|Language|Url)"
    r"[ \u00a0]*:",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    """A line of the header: its label as written, the field that it names, "" for none, and its value."""

    label: str
    field: str
    value: str
    text: str


def parse_text(
    content: str, *, stem: str, lexicon: HeadingLexicon, drop_lines: Sequence[re.Pattern[str]] = ()
) -> PostingRecord:
    """Read one posting from a text file whose name without ending is `stem`."""
    lines = [line for line in clean_text(content).split("\n") if not dropped(line, drop_lines)]
    header, body = _split_header(lines, lexicon)
    fields: dict[str, object] = {}
    for line in header:
        _add(fields, line)
    title, guessed = fields.pop("title", None), False
    if title is None:
        title, body = _title_of(body, lexicon)
        guessed = title is not None and not _MARKED.match(title)
        title = strip_heading(title) if title else None
    described = fields.pop("description", None)
    text = [str(described), *body] if described else body
    record = record_of({**fields, "id": fields.get("id") or stem, "title": title or stem_in_words(stem)})
    from pipeline.intake.reading.bodies.reader import read_body  # noqa: PLC0415  its patterns take long to compile

    return replace(
        record,
        sections=list(read_body("\n".join(text), lexicon)),
        title_guessed=guessed or title is None,
        lines={
            name: tuple(clean_line(line.text) for line in header if line.field == name)
            for name in dict.fromkeys(line.field for line in header if line.field)
        },
    )


def dropped(line: str, drop_lines: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether the configuration wants this line left out."""
    bare = clean_line(line)
    return any(pattern.search(bare) for pattern in drop_lines)


def _add(fields: dict[str, object], line: _Line) -> None:
    value = clean_line(line.value)
    if not value:
        return
    name = line.field or line.label
    if name == "salary" and pay_unit_in(line.label) and not pay_unit_in(value):
        value = f"{line.label}: {value}"  # "Stundenlohn: 16 €"
    if name in _REPEATED:
        held = fields.setdefault(name, [])
        assert isinstance(held, list)  # noqa: S101  for the type checker; only lists are put there
        held += [value] if name == "locations" else [part for part in re.split(r"\s*[,;]\s*", value) if part]
    elif name in fields:
        fields.setdefault(line.label, value)
    else:
        fields[name] = value


def _split_header(lines: Sequence[str], lexicon: HeadingLexicon) -> tuple[list[_Line], list[str]]:
    """Return the labelled lines above the first blank line, and the text."""
    lines = _with_labels_apart(lines)
    start, stop = _block(lines, 0)
    if stop == start + 1 and _is_title(lines[start], lexicon) and _is_header(lines[slice(*_block(lines, stop))]):
        header, body = _split_header(lines[stop:], lexicon)
        return header, [lines[start], "", *body]
    read = [_read_label(line) for line in lines[start:stop]]
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
        return [], list(lines[start:])
    header = [line for line in read[known[0] : known[-1] + 1] if line is not None]
    text = [*lines[start : start + known[0]], *lines[start + known[-1] + 1 :]]
    if known[-1] == len(read) - 1:
        further, after = _own_labels_after_blanks(lines, stop)
        header += further
        text = [*lines[start : start + known[0]], *lines[after:]]
    return header, text


def labelled_fields(lines: Sequence[str]) -> tuple[dict[str, object], Sequence[str]]:
    """Return the fields of the block of labels that a text below its title begins with, and what follows them."""
    lines = _with_labels_apart(lines)
    start, stop = _block(lines, 0)
    if not _is_header(lines[start:stop]):
        return {}, lines
    fields: dict[str, object] = {}
    for line in filter(None, map(_read_label, lines[start:stop])):
        _add(fields, line)
    return fields, lines[stop:]


def _with_labels_apart(lines: Sequence[str]) -> list[str]:
    """Cut a line of the first block that has several labels: "Ort: Lyon | Start: 1.3. | Gehalt: 16 €/h"."""
    stop = _block(lines, 0)[1]
    cut = [_PARTS.split(line) for line in lines[:stop]]
    apart = [
        part
        for line, parts in zip(lines, cut, strict=False)
        for part in (parts if len(parts) > 1 and all(map(_read_label, parts)) else [line])
    ]
    return [*apart, *lines[stop:]]


def _block(lines: Sequence[str], first: int) -> tuple[int, int]:
    """Return where the next block of lines begins and ends."""
    start = next((number for number in range(first, len(lines)) if lines[number].strip()), len(lines))
    return start, next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))


def _is_header(lines: Sequence[str]) -> bool:
    """Tell whether every line has a label, one of them a known one, none a title: what may follow a title's line."""
    fields = {line.field if line else None for line in map(_read_label, lines)}
    return not fields & {None, "title"} and bool(fields - {""})


def _is_field(line: _Line | None) -> bool:
    return line is not None and bool(line.field)


def _lead(read: Sequence[_Line | None], first: str) -> int:
    """Return 1 if the first line is a title above the labels, else 0."""
    return int(len(read) > 1 and read[0] is None and _is_field(read[1]) and _may_be_title(first))


def _label_follows(read: Sequence[_Line | None], number: int) -> bool:
    return number + 1 < len(read) and _is_field(read[number + 1])


def _own_labels_after_blanks(lines: Sequence[str], start: int) -> tuple[list[_Line], int]:
    found: list[_Line] = []
    for number in range(start, len(lines)):
        if not lines[number].strip():
            continue
        line = _read_label(lines[number])
        if line is None or not line.field or not _OWN_LABELS.match(lines[number].strip()):
            return found, number
        found.append(line)
    return found, len(lines)


def _read_label(line: str) -> _Line | None:
    match = _LABEL.fullmatch(line.strip())
    if match is None or len(match["label"]) > _LONGEST_LABEL or len(match["value"]) > _LONGEST_VALUE:
        return None
    label = clean_line(match["label"])
    return _Line(label=label, field=field_named(label), value=match["value"], text=line)


def _title_of(body: Sequence[str], lexicon: HeadingLexicon) -> tuple[str | None, list[str]]:
    """Take the title off the text: a marked heading that the lexicon does not know, or a short first line.

    The menu of the page that a text was copied from may stand above it, or a line that announces any advert ("We are
    hiring!"). A long headline of many parts stays in the text; its first part is the title.
    """
    first, end = _block(body, 0)
    while first < len(body) and _stands_above_title(clean_line(body[first])):
        menu = 2 * sum(is_furniture(clean_line(line)) for line in body[first:end]) > end - first
        first, end = _block(body, end if menu else first + 1)
    if first == len(body):
        return None, list(body)
    line = clean_line(body[first])
    rest = [*body[:first], *body[first + 1 :]]
    if not any(text.strip() for text in rest) or _is_wrapped(line, body[first + 1 : end]):
        return None, list(body)
    if _is_title(line, lexicon):
        return line.strip(_DECORATION) if not _MARKED.match(line) else line, rest
    parts = [clean_line(part) for part in _PARTS.split(body[first].strip())]
    if len(line) > _LONGEST_TITLE and len(parts) >= _MIN_PARTS and _is_title(parts[0], lexicon):
        return parts[0].strip(_DECORATION), list(body)
    return None, list(body)


def _stands_above_title(line: str) -> bool:
    return announces_advert(line) or is_furniture(line)


def _is_wrapped(line: str, below: Sequence[str]) -> bool:
    return len(line) > _LONGEST_UNWRAPPED and bool(below) and clean_line(below[0])[:1].islower()


def _is_title(line: str, lexicon: HeadingLexicon) -> bool:
    """Tell a heading, or a short line without an end mark; none that is, or begins with, a heading that is known."""
    bare = clean_line(line)
    label = _read_label(bare)
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
