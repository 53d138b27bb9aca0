"""Lines with a label, as people write them above a posting: each is a field, or text that stays.

Stellenbezeichnung: Bäckerin    a label of any language is a field
Shift: nights                   one that is not known is reported, and its line stays as text
Ort: Lyon, FR | Gehalt: 16 €/h  several labels in a line
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.intake.reading.aliases import field_named, whole_of
from pipeline.intake.reading.pay import pay_unit_in
from pipeline.model.cleaning import clean_line

_LABEL = re.compile(r"[*_]{0,2}(?P<label>[^\W\d_][\w.'’/()&#-]*(?:[ \u00a0][\w.'’/()&#-]+){0,4})[ \t\u00a0]*[*_]{0,2}"
                    r"[:：](?!//)[*_]{0,2}(?P<value>.*)")  # fmt: skip
_LONGEST_LABEL = 40
# More words are a sentence, unless they name a field: "Date limite de candidature".
_MOST_WORDS = 3
# A longer value is a sentence that begins with a word and a colon.
_LONGEST_VALUE = 300
# What parts a line that says everything at once: "Waiter · Lyon · full time · 2,000 €".
PARTS = re.compile(r"\s+[·•|｜]\s+|\t+")
# What Markdown puts around a label: "**Pay:** 20 €".
_MARKS = re.compile(r"^[*_]{1,2}|[*_]{1,2}(?=[ \t]*[:：])|(?<=[:：])[*_]{1,2}")
# Fields that may stand several times; of the others the first counts.
_REPEATED = frozenset({"locations", "applicant_countries", "employment_type", "hours", "locales", "areas"})
# Whose commas are part of one value.
_WHOLE = frozenset({"locations", "hours"})


class LabelledLine(NamedTuple):
    """A line with a label: the field that it names, "" for none, its value, and the line as it is written."""

    label: str
    field: str
    value: str
    text: str


class Labelled(NamedTuple):
    """What labelled lines say: `fields` by their names, those not known by their labels; `kept` stay as text.

    `lines` are the lines of each field and of each label that is not known, as they are written.
    """

    fields: dict[str, object]
    lines: dict[str, tuple[str, ...]]
    kept: list[str]


def read_label(line: str) -> LabelledLine | None:
    """Return a line by its label and value; None if it has no label.

    >>> read_label("Ort: Lyon, FR")[:3], read_label("https://rye.example")
    (('Ort', 'locations', ' Lyon, FR'), None)
    """
    match = _LABEL.fullmatch(line.strip())
    if match is None or len(match["label"]) > _LONGEST_LABEL or len(match["value"]) > _LONGEST_VALUE:
        return None
    label = clean_line(match["label"])
    field = field_named(label)
    if not field and len(label.split()) > _MOST_WORDS:
        return None
    return LabelledLine(label=label, field=field, value=match["value"], text=line)


def gather(found: Iterable[LabelledLine]) -> Labelled:
    """Put the values of lines under their fields; what is no field, or has a value already, is kept."""
    fields: dict[str, object] = {}
    lines: dict[str, list[str]] = {}
    kept: list[str] = []
    for line in found:
        if line.field and (line.field in _REPEATED or line.field not in fields or not line.value.strip()):
            _add(fields, line)
            name = line.field if line.field == "hours" else whole_of(line.field)
            lines.setdefault(name, []).append(clean_line(_MARKS.sub("", line.text.strip())))
        else:
            kept.append(line.text)
            fields.setdefault(line.label, clean_line(line.value))
            lines.setdefault(line.label, []).append(clean_line(line.text))
    return Labelled(fields, {name: tuple(texts) for name, texts in lines.items()}, kept)


def _add(fields: dict[str, object], line: LabelledLine) -> None:
    value, name = clean_line(line.value), line.field
    if not value:
        return
    if name == "salary" and pay_unit_in(line.label) and not pay_unit_in(value):
        value = f"{line.label}: {value}"  # "Stundenlohn: 16 €"
    if name in _REPEATED:
        held = fields.setdefault(name, [])
        assert isinstance(held, list)  # noqa: S101  for the type checker; only lists are put there
        held += [value] if name in _WHOLE else [part for part in re.split(r"\s*[,;]\s*", value) if part]
    else:
        fields[name] = value


def labels_apart(lines: Sequence[str]) -> list[str]:
    """Cut a line of the first block that has several labels: "Ort: Lyon | Start: 1.3. | Gehalt: 16 €/h"."""
    stop = block_of(lines, 0)[1]
    cut = [PARTS.split(line) for line in lines[:stop]]
    apart = [
        part
        for line, parts in zip(lines, cut, strict=False)
        for part in (parts if len(parts) > 1 and all(map(read_label, parts)) else [line])
    ]
    return [*apart, *lines[stop:]]


def block_of(lines: Sequence[str], first: int) -> tuple[int, int]:
    """Return where the next block of lines begins and ends."""
    start = next((number for number in range(first, len(lines)) if lines[number].strip()), len(lines))
    return start, next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))


def is_header(lines: Sequence[str], *, titled: bool = False) -> bool:
    """Tell whether every line has a label, one of them a known one, and one is the title only where it is `titled`."""
    fields = {line.field if line else None for line in map(read_label, lines)}
    return None not in fields and (titled or "title" not in fields) and bool(fields - {""})
