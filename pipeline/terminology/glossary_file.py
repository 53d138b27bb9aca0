"""A glossary where it lies: CSV, or TBX by its ending; and one made of a TBX file or of ESCO's names of occupations."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from pipeline.errors import FileError, GlossaryError, UsageError
from pipeline.language.term import Term
from pipeline.model.locale import parse_locale
from pipeline.storage.files import read_regular, write_if_changed
from pipeline.terminology.formats import esco
from pipeline.terminology.formats.csv_text import parse_csv, serialize_csv
from pipeline.terminology.formats.rows import Mistake, Parsed, United, unite_rows
from pipeline.terminology.formats.tbx import parse_tbx

TBX_ENDINGS = frozenset({".tbx", ".xml", ".mtf"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: terms in the file, occupations that have a name in both languages, or in one only."""

    path: Path
    terms: int
    joined: int = 0
    alone: int = 0
    changed: bool = True


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


def import_occupations(
    source: Path, target: Path, language: Locale | None, locale: Locale | None, out: Path
) -> Imported:
    """Make a glossary for titles of the ESCO files of two languages, which their names tell if no locale is given.

    Raises GlossaryError if a file is no such file.
    """
    names = _occupations(source), _occupations(target)
    languages = language or _language_of(source), locale or _language_of(target)
    terms = tuple(esco.join_occupations(*names, *languages))
    joined = len(names[0].keys() & names[1].keys())
    if not terms:
        raise GlossaryError(target, (f" no occupation has a name here and in {source}",))
    changed = write_glossary(out, terms)
    alone = len(names[0].keys() ^ names[1].keys())
    return Imported(path=out, terms=len(terms), joined=joined, alone=alone, changed=changed)


def import_tbx(source: Path, out: Path) -> Imported:
    """Make a CSV glossary of a TBX one.

    Raises GlossaryError with every mistake.
    """
    terms = read_glossary(source).terms
    return Imported(path=out, terms=len(terms), changed=write_glossary(out, terms))


def read_text(path: Path) -> str:
    """Read a file that has to be UTF-8, with a byte order mark or without.

    Raises GlossaryError if it is missing or is not.
    """
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GlossaryError(path, (f" not UTF-8 at byte {error.start}; save it as UTF-8",)) from error


def _occupations(path: Path) -> dict[str, esco.Occupation]:
    found = esco.parse_occupations(read_text(path))
    if found.mistakes:
        raise GlossaryError(path, tuple(f"{mistake.line}: {mistake.reason}" for mistake in found.mistakes))
    return dict(found.by_uri)


def _language_of(path: Path) -> Locale:
    named = esco.language_of(path.name)
    if not named:
        raise UsageError(f"{path}: the name does not end like occupations_de.csv; give --source-language and --locale")
    return parse_locale(named)


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
