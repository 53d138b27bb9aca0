"""What separates the cells of a table: a comma, or what a spreadsheet writes where the comma stands in decimals."""

from collections.abc import Collection

DELIMITERS = ",;\t"


def delimiter_of(text: str, columns: Collection[str]) -> str:
    """Return the delimiter by which the first line names most of the columns; the comma if none does.

    >>> delimiter_of("conceptUri;preferredLabel", ("conceptUri", "preferredLabel"))
    ';'
    """
    return max(DELIMITERS, key=lambda delimiter: _named(text, delimiter, columns))


def _named(text: str, delimiter: str, columns: Collection[str]) -> int:
    header = text.partition("\n")[0].split(delimiter)
    return sum(cell.strip(' \r"') in columns for cell in header) if len(header) > 1 else 0
