"""Catalogs as files: read, changed while people may save them, written; msgid, msgstr and fuzzy go no further.

The house form is read and written by `house_form`, any other is read by polib. A file that was cut off, or lost a
quote, is refused with its line: polib reads over that, and entries would be lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polib

from pipeline.catalog.house_form import Entry, read_entry, read_house_form, write_entry, write_header
from pipeline.catalog.remarks import NO_REMARKS, parse_remarks, serialize_remarks
from pipeline.errors import CatalogError, FileError, LostWorkError
from pipeline.language.plurals import PluralRule, parse_plural_rule
from pipeline.model.segment import UnitKey
from pipeline.model.unit import Extras, Unit
from pipeline.storage.files import alone_in, write_if_changed
from pipeline.storage.shared_file import read_shared_file, use_shared_file

PLURAL_FORMS = "Plural-Forms"
_FUZZY = "fuzzy"
_HEADER_ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    PLURAL_FORMS,
    "X-Source-Language",
)
# polib reads text line by line as str.splitlines does; these are no line ends in PO. They pass through as
# noncharacters, which no text holds: a private use character may be somebody's letter.
_SEPARATORS = dict(zip(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), range(0xFDD0, 0xFDD8), strict=True))
_RESTORED = {stand_in: separator for separator, stand_in in _SEPARATORS.items()}
_NO_EXTRAS = Extras()
_FORMS_OF_ENGLISH = 2  # what a template has
_WRAP_FLAGS = frozenset({"wrap", "no-wrap"})
_OBSOLETE_PREVIOUS = re.compile(r"^#~\| ", re.MULTILINE)
_LINE_NUMBER = re.compile(r"\(line (\d+)\)(?:: )?(.*)", re.DOTALL)
_REMEDY = "restore the file from version control"
# polib cuts the first and the last character off whatever stands where a string should, and keeps escapes that it
# does not know as text: an unclosed quote would cost a letter.
_STRING_LINE = re.compile(r'(?:(msgid|msgid_plural|msgctxt|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\[\\ntrvbf"])*"')
# They belong to the entry that follows; a free comment (`# `) may stand at the end of a file.
_ENTRY_COMMENTS = ("#.", "#:", "#,", "#|")
_CHARSET = re.compile(r"charset\s*=\s*([^\s;]+)", re.IGNORECASE)
_READABLE = frozenset({"utf-8", "utf8", "charset"})  # the last is what a new template says


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The units of one domain in one locale, with the header's fields and comment lines as they stand."""

    headers: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()

    @property
    def plural_rule(self) -> PluralRule | None:
        """The rule in its header; None without one, and for one that cannot be read."""
        try:
            return parse_plural_rule(dict(self.headers)[PLURAL_FORMS])
        except (KeyError, ValueError):
            return None


def read_catalog(path: Path) -> Catalog | None:
    """Read a catalog; None if there is no such file.

    Raises CatalogError, where it can with the line, if it is not UTF-8 PO text, is torn or holds an entry twice.
    """
    with catalog_errors(path):
        return parse_content(read_shared_file(path), path)


def read_settled_catalog(path: Path, use: Callable[[Catalog | None], None]) -> tuple[Catalog | None, bytes | None]:
    """Read a catalog and its bytes; while it cannot be read, or `use` finds work missing, somebody may be saving it.

    Raises what `read_catalog` and `use` raise if that does not change in a moment.
    """

    def parse(content: bytes | None) -> Catalog | None:
        catalog = parse_content(content, path)
        use(catalog)
        return catalog

    with catalog_errors(path):
        content, catalog = use_shared_file(path, parse, doubts=(CatalogError, LostWorkError))
    return catalog, content


def write_catalog(path: Path, catalog: Catalog) -> bool:
    """Write a catalog that nobody edits, a template, if that changes a byte; tell whether it did.

    Raises CatalogError if it cannot be written.
    """
    return write_content(path, serialize_catalog(catalog).encode("utf-8"))


def write_content(path: Path, content: bytes) -> bool:
    """Write the bytes of such a catalog, if they are others; tell whether they were.

    The draft that a killed run left is deleted. Raises CatalogError if it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with catalog_errors(path), alone_in(path.parent):
        for draft in path.parent.glob(f".{path.name}.*"):
            draft.unlink()
        return write_if_changed(path, content)


@contextmanager
def catalog_errors(path: Path) -> Iterator[None]:
    """Turn what is wrong with a file into what is wrong with a catalog."""
    try:
        yield
    except FileError as error:
        raise CatalogError(path, error.reason) from error


def parse_content(content: bytes | None, path: Path) -> Catalog | None:
    """Read the bytes of a catalog; None of no file."""
    try:
        return None if content is None else parse_catalog(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise CatalogError(path, f"not UTF-8 at byte {error.start}; save it as UTF-8") from error


def parse_catalog(text: str, path: Path) -> Catalog:
    """Read PO text; `path` is only for the error messages."""
    house = read_house_form(text)
    other = read_other_form(house.header if house else text, path)
    entries = house.entries if house else other.entries
    refuse_torn_header(other.headers, path, entries=len(entries))
    if house is None:
        _refuse_duplicates(entries, path)
    return Catalog(
        headers=tuple((name, value) for name, value in other.headers.items() if name),
        notes=other.notes,
        units=tuple(map(_unit, entries)),
    )


def entry_lines(path: Path) -> dict[UnitKey, int]:
    """Return the line at which the entry of each live unit begins, in a file that has just been read."""
    text = (read_shared_file(path) or b"").decode("utf-8-sig")
    entries = (read_house_form(text) or read_other_form(text, path)).entries
    return {UnitKey(entry.context or "", entry.source): entry.line for entry in entries if not entry.obsolete}


def serialize_catalog(catalog: Catalog) -> str:
    """Write the house form: entries in the order of the units, obsolete ones last."""
    forms = plural_forms(catalog)
    live = [write_unit(unit, forms) for unit in catalog.units if not unit.retired]
    retired = [write_unit(unit, forms) for unit in catalog.units if unit.retired]
    return "\n".join([write_head(catalog), *live, *retired])


def write_head(catalog: Catalog) -> str:
    """Write the header entry of a catalog, its fields in a fixed order."""
    fields = dict(catalog.headers)
    names = [name for name in _HEADER_ORDER if name in fields]
    names += [name for name in fields if name not in _HEADER_ORDER]
    return write_header(catalog.notes, [(name, fields[name]) for name in names])


def plural_forms(catalog: Catalog) -> int:
    """Return how many forms an empty plural of a catalog is written with."""
    rule = catalog.plural_rule
    return rule.forms if rule else _FORMS_OF_ENGLISH


def write_unit(unit: Unit, forms: int) -> str:
    """Write the entry of one unit."""
    return write_entry(_written(unit, forms))


def read_unit(text: str) -> Unit | None:
    """Read the text of one entry in the house form; None of any other text."""
    entry = read_entry(text)
    return None if entry is None or not entry.source else _unit(entry)


class OtherForm(NamedTuple):
    """What polib reads of a file."""

    headers: Mapping[str, str]
    notes: tuple[str, ...]
    entries: list[Entry]


def read_other_form(text: str, path: Path) -> OtherForm:
    """Read PO text in whatever form; of what the house form reads it says the same.

    Raises CatalogError, where it can with the line, if it is not PO text or is torn.
    """
    readable = _OBSOLETE_PREVIOUS.sub("#| ", text).translate(_SEPARATORS)
    refuse_torn_text(readable, path)
    try:
        # Never a path: polib takes a text that names an existing file for that file.
        found = polib.pofile("\n" + readable, wrapwidth=0)
    except OSError as error:
        match = _LINE_NUMBER.search(str(error))
        line = int(match[1]) - 1 if match else None
        raise CatalogError(path, (match and match[2]) or "not a PO file that can be read", line) from error
    notes = tuple(found.header.split("\n")) if found.header else ()
    return OtherForm(found.metadata, notes, [_entry(entry) for entry in found])


def _entry(entry: polib.POEntry) -> Entry:
    plural_targets = tuple(_text(entry.msgstr_plural[number]) for number in sorted(entry.msgstr_plural or {}))
    return Entry(
        line=(entry.linenum or 1) - 1,
        context=None if entry.msgctxt is None else _text(entry.msgctxt),
        source=_text(entry.msgid),
        target=plural_targets[0] if plural_targets else _text(entry.msgstr),
        plural_source=_text(entry.msgid_plural or ""),
        plural_targets=plural_targets,
        notes=tuple(_lines(entry.tcomment)),
        remarks=tuple(_lines(entry.comment)),
        references=tuple(f"{place}:{line}" if line else place for place, line in entry.occurrences),
        flags=tuple(entry.flags),
        previous_context=_text(entry.previous_msgctxt or ""),
        previous_source=_text(entry.previous_msgid or ""),
        obsolete=bool(entry.obsolete),
    )


def _refuse_duplicates(entries: Iterable[Entry], path: Path) -> None:
    seen: dict[tuple[str | None, str], int] = {}
    for entry in entries:
        key = (entry.context, entry.source)
        if key in seen:  # msgcat and msgfmt refuse it among obsolete entries too
            reason = f"{entry.source!r} stands here and in line {seen[key]}; keep one of them"
            raise CatalogError(path, reason, entry.line)
        seen[key] = entry.line


def _unit(entry: Entry) -> Unit:
    """Return what an entry says of a unit."""
    remarks = parse_remarks(entry.remarks) if entry.remarks else NO_REMARKS
    doubtful = _FUZZY in entry.flags
    before = UnitKey(entry.previous_context, entry.previous_source) if entry.previous_source else None
    foreign = _foreign_flags(entry.flags)
    plain = not (entry.notes or remarks.foreign or foreign or entry.plural_source or entry.plural_targets)
    return Unit(
        key=UnitKey(entry.context or "", entry.source),
        target=entry.target,
        doubtful=doubtful and bool(entry.target),
        retired=entry.obsolete,
        provenance=remarks.provenance,
        previous=before if doubtful or not entry.target else None,
        suggestion=remarks.suggestion if doubtful else None,
        attempt=remarks.attempt,
        findings=remarks.findings,
        neighbours=remarks.neighbours if doubtful or not entry.target else (),
        references=entry.references,
        extras=_NO_EXTRAS
        if plain
        else Extras(
            notes=entry.notes,
            remarks=remarks.foreign,
            flags=foreign,
            plural_source=entry.plural_source,
            plural_targets=entry.plural_targets,
        ),
    )


def _written(unit: Unit, forms: int) -> Entry:
    """Return the entry of a unit; of a plural without a target with as many empty forms as msgfmt asks for."""
    extras, previous = unit.extras, unit.previous
    targets = extras.plural_targets
    return Entry(
        line=0,
        context=unit.key.context,
        source=unit.key.source,
        target=unit.target,
        plural_source=extras.plural_source,
        plural_targets=targets if any(targets) else ("",) * forms,
        notes=extras.notes,
        remarks=tuple(serialize_remarks(unit)),
        references=unit.references,
        flags=(_FUZZY, *extras.flags) if unit.doubtful and unit.target else extras.flags,
        previous_context=previous.context if previous else "",
        previous_source=previous.source if previous else "",
        obsolete=unit.retired,
    )


def _foreign_flags(flags: Iterable[str]) -> tuple[str, ...]:
    """Return other tools' flags, each once, in msgcat's order: those about wrapping come last."""
    return tuple(sorted(dict.fromkeys(flag for flag in flags if flag != _FUZZY), key=_WRAP_FLAGS.__contains__))


def _text(value: str) -> str:
    return value.translate(_RESTORED)


def _lines(comment: str | None) -> Iterator[str]:
    return (_text(line) for line in (comment or "").split("\n") if line.strip())


def refuse_torn_text(text: str, path: Path) -> None:
    """Raise CatalogError at a line that is not PO, and at an entry that breaks off before its target."""
    noted = begun = 0  # the lines where the comments, and the strings, of an entry without a target so far begin
    for number, written in _written_lines(text):
        if written.startswith("#"):
            if begun:
                raise _torn(path, begun)
            noted = noted or (number if written.startswith(_ENTRY_COMMENTS) else 0)
            continue
        string = _STRING_LINE.fullmatch(written)
        if string is None:
            raise CatalogError(path, "neither a comment nor a whole quoted string; is a quote missing?", number)
        keyword = string[1] or ""
        if keyword.startswith("msgstr"):
            noted = begun = 0
        elif keyword:
            begun = begun or number
    if begun or noted:
        raise _torn(path, begun or noted)


def refuse_torn_header(headers: Mapping[str, str], path: Path, *, entries: int) -> None:
    """Raise CatalogError if a file has no header entry, only the start of one, or one that names another charset."""
    if not any(headers):
        what = "has no header entry" if entries else "is empty"
        raise CatalogError(path, f"{what}: a crash or a full disk may have cut it; {_REMEDY}")
    if not entries and "Content-Type" not in headers:
        raise CatalogError(path, f"breaks off in its header; {_REMEDY}")
    charset = _CHARSET.search(headers.get("Content-Type", ""))
    if charset and charset[1].lower() not in _READABLE:
        reason = f"its header says charset={charset[1]}; catalogs are UTF-8, msgconv --to-code=UTF-8 converts it"
        raise CatalogError(path, reason)


def _written_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield what each line says, an obsolete entry's too, with its number."""
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.strip().removeprefix("#~").strip()
        if written:
            yield number, written


def _torn(path: Path, line: int) -> CatalogError:
    return CatalogError(path, f"this entry breaks off before its msgstr; {_REMEDY}", line)
