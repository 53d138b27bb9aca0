"""Translations from elsewhere, imported for the memory: one file for each pair of a source language and a locale.

`locales/memory/en.pt_BR.jsonl` holds a line for each, in order and none twice, so that git unites two imports:

    {"source":"Night shift","target":"Turno da noite"}

They are offered and shown like what people have reviewed here, and never count as reviewed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from babel import Locale

from pipeline.catalog.past_units import PastUnit
from pipeline.errors import ImportedMemoryError, LocaleError
from pipeline.model.locale import parse_locale
from pipeline.storage.files import alone_in, read_regular, write_lines_if_changed

FOLDER_NAME = "memory"
# The context that imported units have: it stands where others name the one that their target comes from.
IMPORTED = "imported"


class _Line(msgspec.Struct, frozen=True, order=True):
    source: str
    target: str


class ImportedFile(NamedTuple):
    """Where translations from a language into a locale lie."""

    path: Path
    source: Locale
    locale: Locale


def imported_path(locales_dir: Path, source: str, locale: Locale) -> Path:
    """Return where translations from a source language into a locale lie."""
    return locales_dir / FOLDER_NAME / f"{source}.{locale}.jsonl"


def imported_files(locales_dir: Path) -> Iterator[ImportedFile]:
    """Yield the files of a project by name; one whose name says no two languages is somebody else's."""
    for path in sorted((locales_dir / FOLDER_NAME).glob("*.jsonl")):
        source, _, locale = path.stem.partition(".")
        try:
            yield ImportedFile(path, parse_locale(source), parse_locale(locale))
        except LocaleError:
            continue


def read_imported(path: Path) -> tuple[PastUnit, ...]:
    """Read the translations in a file, none if there is no such file.

    Raises ImportedMemoryError, where it can with the line, if it cannot be read.
    """
    return tuple(PastUnit(IMPORTED, line.source, line.target) for line in _read(path))


def add_imported(path: Path, units: Iterable[PastUnit]) -> int:
    """Add translations to a file; return how many of them it did not have.

    Raises ImportedMemoryError if it cannot be read, FileError if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(path.parent):
        known = _read(path)
        lines = sorted({*known, *(_Line(unit.source, unit.target) for unit in units)})
        write_lines_if_changed(path, lambda: (msgspec.json.encode(line).decode() for line in lines))
    return len(lines) - len(known)


def _read(path: Path) -> set[_Line]:
    try:
        content = read_regular(path)
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise ImportedMemoryError(path, error.strerror or "cannot be read") from error
    found: set[_Line] = set()
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            found.add(msgspec.json.decode(line, type=_Line))
        except msgspec.MsgspecError as error:
            reason = 'not {"source": "…", "target": "…"}; remove the line, or restore the file'
            raise ImportedMemoryError(path, reason, number) from error
    return found
