"""Spreadsheets: Excel's .xlsx and .xls and OpenDocument's .ods, every sheet that has a table of postings."""

import io
from collections.abc import Iterator, Mapping

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from pipeline.intake.formats.item import Item
from pipeline.intake.formats.table import Columns, read_rows
from pipeline.intake.reading.headings import HeadingLexicon
from pipeline.intake.reading.record import RecordError

# What is in a workbook is read at once, so that it must be of a size that people make by hand or export.
MAX_BYTES = 64 << 20


def read_spreadsheet(
    content: bytes, lexicon: HeadingLexicon, *, columns: Mapping[str, str]
) -> Iterator[Item | Columns]:
    """Read the sheets that are shown; a position is the number of a row.

    A sheet without a known column (a cover, a legend) is passed over if another one has postings.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        tables = [(name, _rows(book.get_sheet_by_name(name))) for name in shown]
    except CalamineError as error:
        yield Item(
            1,
            RecordError(
                f"not a spreadsheet that can be read ({error}); open it in Excel or LibreOffice and save it as .xlsx"
            ),
            str,
            "spreadsheet",
        )
        return
    refused: list[Item] = []
    read = False
    for name, rows in tables:
        found = list(read_rows(enumerate(rows, start=1), lexicon, columns=columns)) if rows else []
        if found and not isinstance(found[0], Columns):
            refused += [item for item in found if isinstance(item, Item)]
            continue
        read = read or bool(found)
        path = name if len(tables) > 1 else ""
        for item in found:
            yield (
                item if isinstance(item, Columns) else Item(item.position, item.found, item.written, item.format, path)
            )
    if not read:
        yield from refused[:1] or [
            Item(
                1,
                RecordError("a spreadsheet without rows; its first row names the columns, one a posting follows"),
                str,
                "spreadsheet",
            )
        ]


def _rows(sheet: CalamineSheet) -> list[list[object]]:
    """Return the rows of a sheet; what stands in a cell that was merged over several rows holds for each of them."""
    rows: list[list[object]] = [[*row] for row in sheet.to_python(skip_empty_area=False)]
    merged = [
        (top, min(bottom, len(rows) - 1), left)
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
        if top < len(rows) and left < len(rows[top])
    ]
    if merged and sum(bottom - top for top, bottom, _ in merged) > len(rows) * len(rows[0]):
        return rows  # they lie over each other, which no program writes
    for top, bottom, left in merged:
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]
    return rows
