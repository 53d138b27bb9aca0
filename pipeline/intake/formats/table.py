"""Tables: CSV in any dialect, and the rows of spreadsheets; the header says what the columns hold.

Which column is which field is guessed from the header in any language, and where a header says nothing, from what
stands below it. The configuration can name them: `columns = {title = "Stelle"}`. What was guessed is shown.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from msgspec.structs import replace

from pipeline.intake.formats.generic import field_of, parse_posting
from pipeline.intake.formats.item import Item
from pipeline.intake.reading.gazetteer import fold_name
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import RecordError
from pipeline.language.limits import MAX_RECORD_BYTES

DELIMITERS = ",;\t|"
# A header may stand below a title of the sheet and empty rows.
_HEADER_WITHIN = 20
_SAMPLE_ROWS = 50
_LOOKED_AT_CHARS = 20_000
_MAX_COLUMNS = 1_000
# A column of texts, where no header names one: longer than any label.
_TEXT_CHARS = 120
# What readers are to know in the words of the table, where its field does not hold all of it.
_SAID_TO_READERS = frozenset({"hours", "salary", "employment_type", "valid_through", "remote"})
_PAIR = 2
_FIELDS_OF_FORM = 3
_ADDRESS = re.compile(r"https?://\S+$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}$")
csv.field_size_limit(MAX_RECORD_BYTES)


class _Lines(Protocol):
    """What `csv.reader` makes."""

    @property
    def line_num(self) -> int:
        """The number of lines that were read."""

    def __next__(self) -> list[str]:
        """Return the next row."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field: by its number, in the order of the columns; `guessed` came from the content."""

    names: Sequence[str]
    fields: Mapping[int, str] = field(default_factory=dict)
    guessed: frozenset[int] = frozenset()

    def __str__(self) -> str:
        """Say it as the configuration would."""
        columns = (f'{name} = "{self.names[number] or number + 1}"' for number, name in self.fields.items())
        return f"columns = {{{', '.join(columns)}}}"


def read_csv(text: str, lexicon: HeadingLexicon, *, columns: Mapping[str, str]) -> Iterator[Item | Columns]:
    """Read a table of text; yield which columns were taken for what, then a posting a row."""
    delimiter = delimiter_of(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return read_rows(_numbered(rows, unclosed=text.count('"') % 2 == 1), lexicon, columns=columns, delimiter=delimiter)


def _numbered(rows: _Lines, *, unclosed: bool) -> Iterator[tuple[int, Sequence[object]]]:
    """Yield each row with the line on which it begins; where a quote is `unclosed`, the last row swallowed others."""
    line = 1
    last: tuple[int, Sequence[object]] | None = None
    while True:
        try:
            row: Sequence[object] = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            row = (RecordError(f"not CSV: {error}; export the table again"),)
        if last is not None:
            yield last
        last, several, line = (line, row), rows.line_num > line, rows.line_num + 1
    if last is not None and unclosed and several:
        last = (
            last[0],
            (
                RecordError(
                    'a cell that is opened with " and never closed, up to the end of the file; export the table again'
                ),
            ),
        )
    if last is not None:
        yield last


def delimiter_of(text: str) -> str:
    """Return what parts the columns: the sign that cuts the most rows at the beginning into equally many."""
    sample = text[:_LOOKED_AT_CHARS]
    best, most = ",", (0, 0)
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign) if row][
                :_HEADER_WITHIN
            ]
        except csv.Error:
            continue
        usual = max({width for width in widths if width > 1}, key=widths.count, default=0)
        weight = (widths.count(usual), usual)
        best, most = (sign, weight) if weight > most else (best, most)
    return best


def looks_like_table(text: str) -> bool:
    """Tell a table by its header: two columns at least whose names are known, one of them a title or a text.

    A title and empty lines may stand above it; more than the header has to be there.
    """
    lines = [line for line in text[:_LOOKED_AT_CHARS].split("\n") if line.strip()][: _HEADER_WITHIN + 1]
    if lines and lines[0].lower().startswith("sep="):
        return True
    return any(_is_header(line, sign) and rest for line, *rest in _tails(lines) for sign in DELIMITERS)


def _tails(lines: list[str]) -> Iterator[list[str]]:
    return (lines[number:] for number in range(len(lines)))


def _is_header(line: str, sign: str) -> bool:
    try:
        names = [name for name in next(csv.reader([line], delimiter=sign), []) if name.strip()]
    except csv.Error:
        return False
    fields = {found for name in names if (found := field_of(name))}
    return 2 * len(fields) >= len(names) > 1 and len(fields) > 1 and bool(fields & {"title", "description"})


def read_rows(
    rows: Iterable[tuple[int, Sequence[object]]],
    lexicon: HeadingLexicon,
    *,
    columns: Mapping[str, str],
    delimiter: str = ",",
) -> Iterator[Item | Columns]:
    """Read rows with their numbers; empty ones are passed over."""
    numbered = ((number, row) for number, row in rows if any(map(_cell, row)))
    sample = [row for _, row in zip(range(_SAMPLE_ROWS), numbered, strict=False)]
    header = _header_in(sample, columns, lexicon)
    if not columns and (form := _form_in(sample)):
        lines = {field_of(name): (f"{name}: {value}",) for name, value in form.items() if _is_said(name, value)}
        yield Item(
            sample[0][0], replace(parse_posting(form, lexicon), lines=lines), lambda: _table(sample, delimiter), "csv"
        )
        return
    if header is None:
        reason = 'a table in which no column is known; name them: columns = {title = "...", description = "..."}'
        yield Item(
            sample[0][0] if sample else 1,
            RecordError(reason),
            lambda: _line(sample[0][1] if sample else (), delimiter),
            "csv",
        )
        return
    names = [str(_cell(cell)).strip() for cell in sample[header][1]][:_MAX_COLUMNS]
    found = _columns(names, [row for _, row in sample[header + 1 :]], columns, lexicon)
    yield found
    head = _line(sample[header][1], delimiter)
    for number, row in (*sample[header + 1 :], *()):
        yield _item(number, row, found, lexicon, head, delimiter)
    for number, row in numbered:
        yield _item(number, row, found, lexicon, head, delimiter)


def _form_in(sample: Sequence[tuple[int, Sequence[object]]]) -> dict[str, object]:
    """Return what a form says that is one posting: names in its first column, values in the second; {} for a table.

    A line above it, and those with a name alone, say nothing.
    """
    rows = [[cell for cell in map(_cell, row) if cell not in ("", None)] for _, row in sample]
    said = {str(row[0]): row[1] for row in rows if len(row) == _PAIR}
    fields = {field_of(name) for name in said} - {"", "weak_title"}
    whole = len(sample) < _SAMPLE_ROWS and all(len(row) <= _PAIR for row in rows)
    return said if whole and "title" in fields and len(fields) >= _FIELDS_OF_FORM else {}


def _item(
    number: int, row: Sequence[object], columns: Columns, lexicon: HeadingLexicon, head: str, delimiter: str
) -> Item:
    def written() -> str:
        return f"{head}\n{_line(row, delimiter)}"

    broken = next((cell for cell in row if isinstance(cell, RecordError)), None)
    if broken is not None:
        return Item(number, broken, written, "csv")
    tree: dict[str, object] = {}
    lines: dict[str, tuple[str, ...]] = {}
    for index, cell in enumerate(row[: len(columns.names)]):
        value = _cell(cell)
        name = columns.fields.get(index, columns.names[index] or f"column {index + 1}")
        if value not in ("", None):
            tree[name] = value if tree.get(name, value) == value else f"{tree[name]}\n{value}"
            if _is_said(columns.names[index], value, name):
                lines[name] = (*lines.get(name, ()), f"{columns.names[index]}: {value}")
    return Item(number, replace(parse_posting(tree, lexicon), lines=lines), written, "csv")


def _is_said(name: str, value: object, field: str = "") -> bool:
    """Tell words for readers: under a name that people gave ("Working hours"), not a program ("working_hours")."""
    of_people = bool(name) and "_" not in name and not name[0].islower()
    return of_people and isinstance(value, str) and (field or field_of(name)) in _SAID_TO_READERS


def _cell(cell: object) -> object:
    """Return what a cell holds: numbers that are whole as whole ones, dates as ISO writes them."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if hasattr(cell, "isoformat"):
        return cell.isoformat()
    return cell.strip() if isinstance(cell, str) else cell


def _line(row: Iterable[object], delimiter: str) -> str:
    out = io.StringIO()
    cells = ["" if cell is None or isinstance(cell, RecordError) else _cell(cell) for cell in row]
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return out.getvalue().removesuffix("\n")


def _table(rows: Iterable[tuple[int, Sequence[object]]], delimiter: str) -> str:
    return "\n".join(_line(row, delimiter) for _, row in rows)


def _header_in(
    sample: Sequence[tuple[int, Sequence[object]]], columns: Mapping[str, str], lexicon: HeadingLexicon
) -> int | None:
    """Return which of the first rows is the header: the one with the most names that are known."""
    wanted = {fold_name(name) for name in columns.values()}
    best, most = None, 0
    for number, (_, row) in enumerate(sample[:_HEADER_WITHIN]):
        names = [fold_name(cell) for cell in row if isinstance(cell, str)]
        known = {field_of(name) or (name if name in wanted or lexicon.knows(name) else "") for name in names} - {""}
        if len(known) > most:
            best, most = number, len(known)
    return best


def _columns(
    names: Sequence[str], rows: Sequence[Sequence[object]], asked: Mapping[str, str], lexicon: HeadingLexicon
) -> Columns:
    """Decide what the columns hold: what is asked for, then by their names, then by what stands in them."""
    fields: dict[int, str] = {}
    for name, column in asked.items():
        index = next((number for number, text in enumerate(names) if fold_name(text) == fold_name(column)), None)
        if index is not None:
            fields[index] = name
    taken = set(fields.values())
    for number, text in enumerate(names):
        known = field_of(text)
        if number not in fields and known and known not in taken:
            fields[number] = known
            taken |= {known} - {"description"}
    for number, name in list(fields.items()):  # "Name" is a title where nothing else is, else not known
        if name == "weak_title":
            del fields[number]
            if "title" not in taken:
                fields[number] = "title"
                taken |= {"title"}
    guessed = _by_content(names, rows, fields, lexicon)
    return Columns(names, dict(sorted({**fields, **guessed}.items())), frozenset(guessed))


def _by_content(
    names: Sequence[str], rows: Sequence[Sequence[object]], fields: Mapping[int, str], lexicon: HeadingLexicon
) -> dict[int, str]:
    """Guess the columns that say nothing by their names: the longest texts, addresses, dates."""
    cells = {
        number: [str(row[number]).strip() for row in rows if number < len(row) and row[number] not in (None, "")]
        for number, name in enumerate(names)
        if number not in fields and not lexicon.knows(name)
    }
    filled = {number: texts for number, texts in cells.items() if texts}
    taken, guessed = set(fields.values()), {}
    if "description" not in taken and filled:
        longest = max(filled, key=lambda number: sum(map(len, filled[number])) / len(filled[number]))
        if sum(map(len, filled[longest])) / len(filled[longest]) > _TEXT_CHARS:
            guessed[longest] = "description"
    for name, pattern in (("url", _ADDRESS), ("date_posted", _DATE)):
        found = (number for number, texts in filled.items() if number not in guessed and all(map(pattern.match, texts)))
        if name not in taken and (number := next(found, None)) is not None:
            guessed[number] = name
    return guessed
