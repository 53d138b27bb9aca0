"""A glossary where it lies: CSV, or TBX by its ending."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import FileError, GlossaryError
from pipeline.language.term import Term
from pipeline.storage.files import read_regular, write_if_changed
from pipeline.terminology.formats.csv_text import parse_csv, serialize_csv
from pipeline.terminology.formats.rows import Mistake, Parsed, United, unite_rows
from pipeline.terminology.formats.tbx import parse_tbx

TBX_ENDINGS = frozenset({".tbx", ".xml", ".mtf"})


def read_glossary(path: Path) -> United:
    """Read a glossary.

    Raises GlossaryError with every mistake and contradiction at once, each with its line.
    """
    parsed = _parse(path)
    united = unite_rows(parsed.rows)
    mistakes = sorted((*parsed.mistakes, *united.contradictions), key=lambda mistake: mistake.line)
    if mistakes:
        raise GlossaryError(path, tuple(f"{mistake.line}: {mistake.reason}" for mistake in mistakes))
    return united


def write_glossary(path: Path, terms: Iterable[Term]) -> bool:
    """Write terms as CSV if that changes a byte; tell whether it did."""
    try:
        return write_if_changed(path, serialize_csv(terms).encode())
    except FileError as error:
        raise GlossaryError(path, (f" {error.reason}",)) from error


def read_text(path: Path) -> str:
    """Read a file that has to be UTF-8, with a byte order mark or without.

    Raises GlossaryError if it is missing or is not.
    """
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GlossaryError(path, (f" not UTF-8 at byte {error.start}; save it as UTF-8",)) from error


def _parse(path: Path) -> Parsed:
    if path.suffix.lower() in TBX_ENDINGS:
        return parse_tbx(_read(path))
    text = read_text(path)
    if "\0" in text:
        return Parsed(mistakes=(Mistake(line=1, reason="not a text file: it holds NUL characters"),))
    return parse_csv(text)


def _read(path: Path) -> bytes:
    try:
        return read_regular(path)
    except FileNotFoundError as error:
        raise GlossaryError(path, (" no such file; translate.glossary or the command names it",)) from error
    except OSError as error:
        raise GlossaryError(path, (f" {error.strerror or 'cannot be read'}",)) from error
