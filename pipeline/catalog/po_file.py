"""Catalogs as files: read, changed while people may save them, written; msgid, msgstr and fuzzy go no further.

The house form is read and written by `house_form`, any other is read by `foreign_form`. A file that was cut off, or
lost a quote, is refused with its line.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.foreign_form import (
    decode_catalog,
    read_other_form,
    refuse_another_locale,
    refuse_torn_header,
    refuse_what_is_not_meant,
)
from pipeline.catalog.house_form import Entry, read_entry, read_house_form, write_entry, write_header
from pipeline.catalog.remarks import NO_REMARKS, parse_remarks, serialize_remarks
from pipeline.errors import CatalogError, FileError, LostWorkError
from pipeline.language.plurals import PluralRule, parse_plural_rule
from pipeline.model.segment import UnitKey
from pipeline.model.text import is_visible
from pipeline.model.unit import CONFLICT, DELIBERATELY_EMPTY, Extras, Unit
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
_NO_EXTRAS = Extras()
_FORMS_OF_ENGLISH = 2  # what a template has
_WRAP_FLAGS = frozenset({"wrap", "no-wrap"})
_FORMAT_FLAG = re.compile("(?!no-).*-format")


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
    if content is None:
        return None
    text = decode_catalog(content, path)
    catalog = parse_catalog(text, path)
    refuse_another_locale(text, dict(catalog.headers), path)
    return catalog


def parse_catalog(text: str, path: Path, *, doubles: bool = False) -> Catalog:
    """Read PO text; `path` is only for the error messages. `doubles` may be there where git has joined lines."""
    house = read_house_form(text)
    other = read_other_form(house.header if house else text, path, doubles=doubles)
    entries = house.entries if house else other.entries
    refuse_torn_header(other.headers, path, entries=len(entries))
    refuse_what_is_not_meant(text, path)
    return Catalog(
        headers=tuple((name, value) for name, value in other.headers.items() if name),
        notes=other.notes,
        units=tuple(map(_unit, entries)),
    )


def entry_lines(path: Path) -> dict[UnitKey, int]:
    """Return the line at which the entry of each live unit begins, in a file that has just been read."""
    text = decode_catalog(read_shared_file(path) or b"", path)
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


def _unit(entry: Entry) -> Unit:
    """Return what an entry says of a unit."""
    remarks = parse_remarks(entry.remarks) if entry.remarks else NO_REMARKS
    doubtful = _FUZZY in entry.flags
    before = UnitKey(entry.previous_context, entry.previous_source) if entry.previous_source else None
    foreign = _foreign_flags(entry.flags) if len(entry.flags) > doubtful else ()
    told = remarks.foreign
    if told and not doubtful:  # what two people differed about has been decided
        told = tuple(line for line in told if not line.startswith(CONFLICT))
    plain = not (entry.notes or told or foreign or entry.plural_source or entry.plural_targets)
    target = entry.target if entry.obsolete else _said(entry.target, entry.source)
    return Unit(
        key=UnitKey(entry.context or "", entry.source),
        target=target,
        doubtful=doubtful and bool(target),
        retired=entry.obsolete,
        provenance=remarks.provenance,
        previous=before if doubtful or not target else None,
        suggestion=remarks.suggestion if doubtful else None,
        attempt=remarks.attempt,
        findings=remarks.findings,
        neighbours=remarks.neighbours if doubtful or not target else (),
        references=entry.references,
        extras=_NO_EXTRAS
        if plain
        else Extras(
            notes=entry.notes,
            remarks=told,
            flags=foreign,
            plural_source=entry.plural_source,
            plural_targets=tuple(_said(form, entry.source) for form in entry.plural_targets),
        ),
    )


def _said(target: str, source: str) -> str:
    """Return a target as it is kept: "" for one in which nothing can be seen, line ends only where the source has any.

    msgfmt refuses a target that begins or ends a line where its source does not. U+2060 alone is deliberate.
    """
    if target == DELIBERATELY_EMPTY:
        return target
    if not is_visible(target):
        return ""
    if "\n" in {target[0], target[-1], source[:1], source[-1:]}:
        begin, end = ("\n" if edge == "\n" else "" for edge in (source[:1], source[-1:]))
        return begin + target.strip("\n") + end
    return target


def _written(unit: Unit, forms: int) -> Entry:
    """Return the entry of a unit; of a plural without a target with as many empty forms as msgfmt asks for.

    msgfmt refuses a plural with more or fewer forms than its header says, unless it waits for review.
    """
    extras, previous = unit.extras, unit.previous
    targets = extras.plural_targets
    miscounted = any(targets) and len(targets) != forms and not unit.retired
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
        flags=(_FUZZY, *extras.flags) if unit.target and (unit.doubtful or miscounted) else extras.flags,
        previous_context=previous.context if previous else "",
        previous_source=previous.source if previous else "",
        obsolete=unit.retired,
    )


def _foreign_flags(flags: Iterable[str]) -> tuple[str, ...]:
    """Return other tools' flags, each once, in msgcat's order: those about wrapping come last.

    `c-format` and its like go, as msgmerge has it: whether a source is a format string is for the template to say. Our
    templates say it of none, and msgfmt refuses the target of a "100% remote" that keeps no "% r" for a number.
    """
    kept = dict.fromkeys(flag for flag in flags if flag != _FUZZY and not _FORMAT_FLAG.fullmatch(flag))
    return tuple(sorted(kept, key=_WRAP_FLAGS.__contains__))
